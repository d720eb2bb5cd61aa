//! Horizontal bars, with a mark for comparison.

use super::axis::{self, Scale};
use super::canvas::{Anchor, Area, Canvas, Face};
use crate::exhibit::Bars;

const ROW: f64 = 27.0;
const NAMES: f64 = 0.38;

pub(super) fn height(figure: &Bars) -> f64 {
    figure.rows.len() as f64 * ROW + 54.0
}

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Bars, area: Area) {
    let theme = canvas.theme;
    let size = theme.text.label;
    let ink = canvas.label(theme.colors.ink);
    let bold = Face { bold: true, ..ink };
    let most = (area.right - area.left) * NAMES;
    let names: Vec<String> =
        figure.rows.iter().map(|r| canvas.ruler.fit(&r.label, size, false, most)).collect();
    let widest = names.iter().map(|n| canvas.width(n, ink)).fold(0.0, f64::max);
    let shown = |v: f64| figure.unit.format(v);
    let value_width =
        figure.rows.iter().filter_map(|r| r.value).map(|v| canvas.width(&shown(v), bold)).fold(0.0, f64::max);
    let plot = Area {
        left: area.left + widest + 14.0,
        right: area.right - value_width - 14.0,
        top: area.top + 26.0,
        bottom: area.bottom - 26.0,
    };
    let scale = Scale::of(figure.rows.iter().flat_map(|r| [r.value, r.mark]).flatten(), true, 5);
    axis::horizontal(canvas, &scale, figure.unit, plot);
    let zero = scale.at(0.0, plot.left, plot.right);
    let step = (plot.bottom - plot.top) / figure.rows.len().max(1) as f64;
    let half = step * 0.32;
    for (i, (row, name)) in figure.rows.iter().zip(&names).enumerate() {
        let y = plot.top + (i as f64 + 0.5) * step;
        let baseline = y + size * 0.33;
        canvas.text((area.left + widest, baseline), Anchor::End, ink, name);
        if let Some(value) = row.value {
            let x = scale.at(value, plot.left, plot.right);
            canvas.rect((x.min(zero), y - half), (x.max(zero), y + half), theme.colors.bar);
            canvas.text((area.right, baseline), Anchor::End, bold, &shown(value));
        } else if let Some(why) = &row.absent {
            let quiet = canvas.label(theme.colors.quiet);
            canvas.text((zero + 6.0, baseline), Anchor::Start, quiet, why);
        }
        if let Some(mark) = row.mark {
            let x = scale.at(mark, plot.left, plot.right);
            canvas.line(vec![(x, y - half - 3.0), (x, y + half + 3.0)], theme.colors.ink, 2.6);
        }
    }
    legend(canvas, figure, &scale, plot, area);
}

/// What the mark stands for, above the first bar that has one.
fn legend(canvas: &mut Canvas<'_>, figure: &Bars, scale: &Scale, plot: Area, area: Area) {
    let Some(label) = &figure.mark else { return };
    let Some((i, mark)) = figure.rows.iter().enumerate().find_map(|(i, r)| Some((i, r.mark?))) else {
        return;
    };
    let theme = canvas.theme;
    let face = canvas.face(theme.text.axis, theme.colors.ink);
    let x = scale.at(mark, plot.left, plot.right);
    let half = canvas.width(label, face) / 2.0;
    let at = x.clamp(area.left + half, area.right - half);
    canvas.text((at, plot.top - 12.0), Anchor::Middle, face, label);
    if i == 0 {
        canvas.line(vec![(x, plot.top - 8.0), (x, plot.top)], theme.colors.ink, 1.0);
    }
}
