//! Parts of a whole, one column per year.

use super::axis::{self, AxisScale};
use super::canvas::{Anchor, Area, Canvas, Face, LineSpan};
use super::text::spread_apart;
use super::theme::Color;
use crate::domain::Unit;
use crate::exhibit::{StackPart, Stacked};

/// The largest share of the width that the parts' names may take.
const LABELS_SHARE: f64 = 0.3;
/// The height above the highest column for the sum of its parts.
const TOTALS_ROOM: f64 = 14.0;
/// The whole, in percent.
const WHOLE: f64 = 100.0;
/// Individually rounded percents that add up to at most this still make a whole.
const ROUNDED_WHOLE: f64 = 101.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Stacked, area: Area) {
    let names = end_labels(canvas, figure, area.width() * LABELS_SHARE);
    let mut plot = plot_area(canvas, &names, area);
    if has_totals(figure) {
        plot.top += TOTALS_ROOM;
    }
    let scale = AxisScale::covering((0..figure.columns.len()).map(|i| column_sum(figure, i)), true, 5);
    let margin = axis::vertical(canvas, &scale, figure.unit, plot);
    let stack = StackPlot::new(figure, scale, Area { left: plot.left + margin, ..plot });
    axis::below(canvas, &figure.columns, &stack.centers, area.bottom - 6.0);
    let last_middles = stack.draw_columns(canvas);
    if has_totals(figure) {
        stack.draw_totals(canvas);
    }
    stack.draw_labels(canvas, &names, &last_middles);
}

fn end_labels(canvas: &Canvas<'_>, figure: &Stacked, width: f64) -> Vec<String> {
    figure.parts.iter().map(|part| end_label(canvas, part, figure.unit, width)).collect()
}

/// The part's value in the last column, and its name. An earlier value would be mistaken for the last one.
fn end_label(canvas: &Canvas<'_>, part: &StackPart, unit: Unit, width: f64) -> String {
    let last = match part.values.last().copied().flatten() {
        Some(value) => unit.format(value),
        None => "–".to_owned(),
    };
    canvas.ruler.fit(&format!("{last}  {}", part.label), canvas.theme.text.label, false, width)
}

/// The part of `area` above the years and left of the names; the axis takes its margin out of it.
fn plot_area(canvas: &Canvas<'_>, names: &[String], area: Area) -> Area {
    let widest = canvas.widest(names, canvas.ink());
    Area { top: area.top + 8.0, bottom: area.bottom - 24.0, right: area.right - widest - 26.0, ..area }
}

/// The height of a column. Rounded parts may add up to slightly more than the whole.
fn column_sum(figure: &Stacked, column: usize) -> f64 {
    let sum = figure.parts.iter().filter_map(|part| segment_value(part, column)).sum::<f64>();
    if figure.unit == Unit::Percent && sum <= ROUNDED_WHOLE { sum.min(WHOLE) } else { sum }
}

/// Whether the sums of the columns are written above them: percents always add up to the same.
fn has_totals(figure: &Stacked) -> bool {
    figure.unit != Unit::Percent
}

/// The height of a part in a column, at least 0; `None` if it has no value.
fn segment_value(part: &StackPart, column: usize) -> Option<f64> {
    Some(part.values[column]?.max(0.0))
}

/// Laid-out stacked columns.
struct StackPlot<'a> {
    figure: &'a Stacked,
    scale: AxisScale,
    plot: Area,
    /// The middle of each column.
    centers: Vec<f64>,
    /// Half the width of a column.
    half_width: f64,
}

/// The segment of a column for one part of the whole.
struct Segment {
    value: f64,
    color: Color,
    /// The middle of the column.
    x: f64,
    top: f64,
    bottom: f64,
}

impl<'a> StackPlot<'a> {
    fn new(figure: &'a Stacked, scale: AxisScale, plot: Area) -> Self {
        let step = plot.width() / figure.columns.len().max(1) as f64;
        let centers = (0..figure.columns.len()).map(|i| plot.left + (i as f64 + 0.5) * step).collect();
        Self { figure, scale, plot, centers, half_width: (step * 0.38).min(42.0) }
    }

    /// Draws all columns, and returns the middle of each part's last segment.
    fn draw_columns(&self, canvas: &mut Canvas<'_>) -> Vec<f64> {
        let mut last_middles = vec![self.plot.bottom; self.figure.parts.len()];
        for (column, x) in self.centers.iter().enumerate() {
            let mut base = 0.0;
            for (index, part) in self.figure.parts.iter().enumerate() {
                let Some(value) = segment_value(part, column) else { continue };
                let (bottom, top) = (self.y(base), self.y(base + value));
                base += value;
                last_middles[index] = f64::midpoint(top, bottom);
                let color = canvas.theme.part(index);
                self.draw_segment(canvas, &Segment { value, color, x: *x, top, bottom });
            }
        }
        last_middles
    }

    /// The position of a height. Rounded parts may end slightly above the whole; nothing is drawn beyond it.
    fn y(&self, height: f64) -> f64 {
        self.scale.at(height, self.plot.bottom, self.plot.top).max(self.plot.top)
    }

    fn draw_segment(&self, canvas: &mut Canvas<'_>, segment: &Segment) {
        let Segment { color, top, bottom, .. } = *segment;
        let (left, right) = (segment.x - self.half_width, segment.x + self.half_width);
        canvas.rect((left, top), (right, bottom), color);
        let span = LineSpan { from: left, to: right };
        canvas.horizontal_line(top, span, canvas.theme.colors.background, 1.0);
        self.draw_value(canvas, segment);
    }

    /// The value inside its segment, if it fits.
    fn draw_value(&self, canvas: &mut Canvas<'_>, segment: &Segment) {
        let Segment { top, bottom, .. } = *segment;
        let face = canvas.face(canvas.theme.text.footer, canvas.theme.ink_on(segment.color));
        // A percent has the form that it has in the label beside the column.
        let text = match self.figure.unit {
            Unit::Percent => Unit::Percent.format(segment.value),
            unit => unit.format_axis((segment.value * 10.0).round() / 10.0, self.scale.largest()),
        };
        let fits_height = bottom - top > face.size * 1.4;
        if fits_height && canvas.width(&text, face) < 2.0 * self.half_width - 4.0 {
            let baseline = f64::midpoint(top, bottom) + face.size * 0.35;
            canvas.text((segment.x, baseline), Anchor::Middle, face, &text);
        }
    }

    /// The sums of the columns above them, if they fit beside each other. A column that lacks a part has no sum.
    fn draw_totals(&self, canvas: &mut Canvas<'_>) {
        let face = Face { bold: true, ..canvas.face(canvas.theme.text.footer, canvas.theme.colors.ink) };
        let totals: Vec<Option<f64>> = (0..self.centers.len()).map(|column| self.total(column)).collect();
        let texts: Vec<String> =
            totals.iter().flatten().map(|total| self.figure.unit.format(*total)).collect();
        let step = self.plot.width() / self.centers.len().max(1) as f64;
        if canvas.widest(&texts, face) > step - 4.0 {
            return;
        }
        for (x, total) in self.centers.iter().zip(&totals) {
            if let Some(total) = total {
                let text = self.figure.unit.format(*total);
                canvas.text((*x, self.y(*total) - 4.0), Anchor::Middle, face, &text);
            }
        }
    }

    fn total(&self, column: usize) -> Option<f64> {
        let values = self.figure.parts.iter().map(|part| part.values[column].filter(|value| *value >= 0.0));
        values.sum()
    }

    /// The parts' names next to the last column, kept apart, each with a leader line.
    fn draw_labels(&self, canvas: &mut Canvas<'_>, names: &[String], last_middles: &[f64]) {
        let size = canvas.theme.text.label;
        let heights = vec![size * 1.25; names.len()];
        let placed = spread_apart(last_middles, &heights, self.plot.top, self.plot.bottom);
        let edge = self.centers.last().copied().unwrap_or(self.plot.right) + self.half_width;
        let x = self.plot.right + 16.0;
        for (index, y) in placed.into_iter().enumerate() {
            let color = canvas.theme.part(index);
            let leader = vec![(edge + 3.0, last_middles[index]), (x - 10.0, y), (x - 4.0, y)];
            canvas.line(leader, color.tint(0.6), 0.9);
            let face = Face { size, bold: false, color };
            canvas.text((x, face.baseline(y)), Anchor::Start, face, &names[index]);
        }
    }
}
