//! Parts of a whole, a column a year.

use super::axis::{self, Scale};
use super::canvas::{Anchor, Area, Canvas, Face};
use super::text::apart;
use super::theme::Color;
use crate::domain::Unit;
use crate::exhibit::Stacked;

const LABELS: f64 = 0.3;

/// Percents of a whole.
const WHOLE: f64 = 100.0;

/// Up to so much, percents that were rounded one by one still add up to the whole.
const ROUNDED_WHOLE: f64 = 101.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Stacked, area: Area) {
    let theme = canvas.theme;
    let size = theme.text.label;
    let sum = |column: usize| {
        let sum = figure.parts.iter().filter_map(|p| p.values[column]).map(|v| v.max(0.0)).sum::<f64>();
        // Rounded parts add up to a little more than the whole.
        if figure.unit == Unit::Percent && sum <= ROUNDED_WHOLE { sum.min(WHOLE) } else { sum }
    };
    let scale = Scale::of((0..figure.columns.len()).map(sum), true, 5);
    let names: Vec<String> = figure
        .parts
        .iter()
        .map(|p| {
            // The end is that of the last column: an earlier one's value would be taken for it.
            let last = p.values.last().copied().flatten();
            let last = last.map_or_else(|| "–".to_owned(), |v| figure.unit.format(v));
            canvas.ruler.fit(&format!("{last}  {}", p.label), size, false, (area.right - area.left) * LABELS)
        })
        .collect();
    let widest = names.iter().map(|n| canvas.width(n, canvas.label(theme.colors.ink))).fold(0.0, f64::max);
    let plot =
        Area { top: area.top + 8.0, bottom: area.bottom - 24.0, right: area.right - widest - 26.0, ..area };
    let margin = axis::vertical(canvas, &scale, figure.unit, plot);
    let plot = Area { left: plot.left + margin, ..plot };
    let step = (plot.right - plot.left) / figure.columns.len().max(1) as f64;
    let center = |i: usize| plot.left + (i as f64 + 0.5) * step;
    let half = (step * 0.38).min(42.0);
    let xs: Vec<f64> = (0..figure.columns.len()).map(center).collect();
    axis::below(canvas, &figure.columns, &xs, area.bottom - 6.0);
    let mut last_middles = vec![plot.bottom; figure.parts.len()];
    for (i, x) in xs.iter().enumerate() {
        let mut base = 0.0;
        for (p, part) in figure.parts.iter().enumerate() {
            let Some(value) = part.values[i].map(|v| v.max(0.0)) else { continue };
            // Rounded parts may end a little above the whole: none is drawn beyond it.
            let [bottom, top] =
                [base, base + value].map(|at| scale.at(at, plot.bottom, plot.top).max(plot.top));
            base += value;
            let color = theme.part(p);
            canvas.rect((x - half, top), (x + half, bottom), color);
            canvas.line(vec![(x - half, top), (x + half, top)], theme.colors.background, 1.0);
            inside(canvas, figure, value, color, (*x, top, bottom, half));
            last_middles[p] = f64::midpoint(top, bottom);
        }
    }
    let placed = apart(&last_middles, &vec![size * 1.25; names.len()], plot.top, plot.bottom);
    let edge = xs.last().copied().unwrap_or(plot.right) + half;
    for (p, at) in placed.into_iter().enumerate() {
        let color = theme.part(p);
        let x = plot.right + 16.0;
        canvas.line(vec![(edge + 3.0, last_middles[p]), (x - 10.0, at), (x - 4.0, at)], color.tint(0.6), 0.9);
        canvas.text((x, at + size * 0.33), Anchor::Start, Face { size, bold: false, color }, &names[p]);
    }
}

/// The value inside its segment, where it fits.
fn inside(
    canvas: &mut Canvas<'_>,
    figure: &Stacked,
    value: f64,
    color: Color,
    (x, top, bottom, half): (f64, f64, f64, f64),
) {
    let theme = canvas.theme;
    let face = canvas.face(theme.text.footer, theme.ink_on(color));
    let text = figure.unit.format_axis((value * 10.0).round() / 10.0);
    if bottom - top > face.size * 1.4 && canvas.width(&text, face) < 2.0 * half - 4.0 {
        canvas.text((x, f64::midpoint(top, bottom) + face.size * 0.35), Anchor::Middle, face, &text);
    }
}
