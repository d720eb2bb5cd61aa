//! Two years joined by lines.

use super::axis::AxisScale;
use super::canvas::{Anchor, Area, Canvas, Face, LineSpan};
use super::text::spread_apart;
use super::theme::Color;
use crate::exhibit::{SlopeChart, SlopeRow};

/// The distance between the lines of a label, in ems.
const LINE_HEIGHT: f64 = 1.12;
/// The space above the plot, for the years, and below it.
const ABOVE: f64 = 34.0;
const BELOW: f64 = 10.0;
/// The space between a label and the end of its line.
const GAP: f64 = 20.0;

/// What stands beside the lines.
#[derive(Clone, Copy)]
pub(super) struct SlopeLabels {
    /// The shares of the width that the labels may take at the left and at the right.
    start: f64,
    end: f64,
    /// Whether the names of the rows are at the left, too.
    names_twice: bool,
    /// The most lines of a label.
    lines: usize,
}

/// Names and values on both sides.
pub(super) const ON_BOTH_SIDES: SlopeLabels =
    SlopeLabels { start: 0.33, end: 0.33, names_twice: true, lines: 2 };
/// Only values at the left, so that a narrow chart has room for whole names at the right.
pub(super) const NAMES_AT_END: SlopeLabels =
    SlopeLabels { start: 0.24, end: 0.46, names_twice: false, lines: 4 };

/// The height that the labels need in a chart of this width.
pub(super) fn height(canvas: &Canvas<'_>, figure: &SlopeChart, width: f64, labels: SlopeLabels) -> f64 {
    let area = Area { left: 0.0, top: 0.0, right: width, bottom: 0.0 };
    let plot = SlopePlot::new(figure, area, labels);
    let size = canvas.theme.text.label;
    let ends = figure.rows.iter().map(|row| plot.label_lines(canvas, row, SlopeEnd::End));
    ends.map(|lines| label_height(&lines, size)).sum::<f64>() + ABOVE + BELOW
}

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &SlopeChart, area: Area, labels: SlopeLabels) {
    let slopes = SlopePlot::new(figure, area, labels);
    slopes.draw_columns(canvas, area.top + 12.0);
    let starts = slopes.labels(canvas, SlopeEnd::Start);
    let ends = slopes.labels(canvas, SlopeEnd::End);
    let colors = row_colors(canvas, figure);
    for (row, color) in figure.rows.iter().zip(&colors) {
        slopes.draw_line(canvas, row, *color);
    }
    // Over the lines, which would strike them out.
    slopes.draw_axis_values(canvas);
    for (index, (row, color)) in figure.rows.iter().zip(colors).enumerate() {
        slopes.draw_label(canvas, row, &starts[index], color);
        slopes.draw_label(canvas, row, &ends[index], color);
    }
}

/// The district's color for the strong rows, and the parts' colors in order for the others.
fn row_colors(canvas: &Canvas<'_>, figure: &SlopeChart) -> Vec<Color> {
    let mut colors = Vec::new();
    let mut parts = 0;
    for row in &figure.rows {
        if row.strong {
            colors.push(canvas.theme.colors.district);
        } else {
            colors.push(canvas.theme.part(parts));
            parts += 1;
        }
    }
    colors
}

/// One end of a slope's line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SlopeEnd {
    /// The earlier year, at the left.
    Start,
    /// The later year, at the right.
    End,
}

impl SlopeEnd {
    const fn value(self, row: &SlopeRow) -> f64 {
        match self {
            Self::Start => row.from,
            Self::End => row.to,
        }
    }

    /// The side of the line that the labels are on: −1 is left, 1 is right.
    const fn direction(self) -> f64 {
        match self {
            Self::Start => -1.0,
            Self::End => 1.0,
        }
    }

    /// The side of a label that is next to the line.
    const fn anchor(self) -> Anchor {
        match self {
            Self::Start => Anchor::End,
            Self::End => Anchor::Start,
        }
    }
}

/// The label at one end of a row's line.
struct EndLabel {
    end: SlopeEnd,
    lines: Vec<String>,
    /// The middle of the label.
    y: f64,
}

/// A laid-out slope chart.
struct SlopePlot<'a> {
    figure: &'a SlopeChart,
    scale: AxisScale,
    /// The area between the two columns.
    plot: Area,
    labels: SlopeLabels,
    /// The widths of the labels at the left and at the right.
    start_width: f64,
    end_width: f64,
}

impl<'a> SlopePlot<'a> {
    fn new(figure: &'a SlopeChart, area: Area, labels: SlopeLabels) -> Self {
        let [start_width, end_width] = [labels.start, labels.end].map(|share| area.width() * share);
        let plot = Area {
            left: area.left + start_width,
            right: area.right - end_width,
            top: area.top + ABOVE,
            bottom: area.bottom - BELOW,
        };
        let values = figure.rows.iter().flat_map(|row| [row.from, row.to]);
        Self { figure, scale: AxisScale::around(values, 0.0, 4), plot, labels, start_width, end_width }
    }

    fn x(&self, end: SlopeEnd) -> f64 {
        match end {
            SlopeEnd::Start => self.plot.left,
            SlopeEnd::End => self.plot.right,
        }
    }

    fn y(&self, value: f64) -> f64 {
        self.scale.at(value, self.plot.bottom, self.plot.top)
    }

    /// The two years as headings, each with a vertical line.
    fn draw_columns(&self, canvas: &mut Canvas<'_>, baseline: f64) {
        let plot = self.plot;
        let heading = Face { bold: true, ..canvas.label(canvas.theme.colors.quiet) };
        canvas.text((plot.left, baseline), Anchor::Middle, heading, &self.figure.from);
        canvas.text((plot.right, baseline), Anchor::Middle, heading, &self.figure.to);
        let span = LineSpan { from: plot.top - 12.0, to: plot.bottom + 8.0 };
        canvas.vertical_line(plot.left, span, canvas.theme.colors.grid, 1.5);
        canvas.vertical_line(plot.right, span, canvas.theme.colors.grid, 1.5);
        let span = LineSpan { from: plot.left, to: plot.right };
        for tick in &self.scale.ticks {
            canvas.horizontal_line(self.y(*tick), span, canvas.theme.colors.grid, 1.0);
        }
    }

    /// The values of the axis, in the middle of the gridlines, because the rows' labels take both sides.
    fn draw_axis_values(&self, canvas: &mut Canvas<'_>) {
        let face = canvas.face(canvas.theme.text.footer, canvas.theme.colors.quiet);
        for tick in &self.scale.ticks {
            let (x, y) = (self.plot.center_x(), self.y(*tick) - 3.0);
            let label = self.figure.unit.format_axis(*tick, self.scale.largest());
            let half = canvas.width(&label, face) / 2.0 + 3.0;
            canvas.rect((x - half, y - face.size * 0.8), (x + half, y + 2.0), canvas.theme.colors.background);
            canvas.text((x, y), Anchor::Middle, face, &label);
        }
    }

    /// The labels of one side, kept apart.
    fn labels(&self, canvas: &Canvas<'_>, end: SlopeEnd) -> Vec<EndLabel> {
        let size = canvas.theme.text.label;
        let rows = self.figure.rows.iter();
        let wanted: Vec<f64> = rows.clone().map(|row| self.y(end.value(row))).collect();
        let texts: Vec<Vec<String>> = rows.map(|row| self.label_lines(canvas, row, end)).collect();
        let heights: Vec<f64> = texts.iter().map(|lines| label_height(lines, size)).collect();
        let Area { top, bottom, .. } = self.plot;
        let low = top + inset(&wanted, &heights, top, size);
        let high = bottom - inset(&wanted, &heights, bottom, size);
        let ys = spread_apart(&wanted, &heights, low, high);
        texts.into_iter().zip(ys).map(|(lines, y)| EndLabel { end, lines, y }).collect()
    }

    /// The value next to the line, and the row's name.
    fn label_lines(&self, canvas: &Canvas<'_>, row: &SlopeRow, end: SlopeEnd) -> Vec<String> {
        let value = self.figure.unit.format(end.value(row));
        let (text, width) = match end {
            SlopeEnd::Start if self.labels.names_twice => {
                (format!("{} {value}", row.label), self.start_width)
            }
            SlopeEnd::Start => (value, self.start_width),
            SlopeEnd::End => (format!("{value} {}", row.label), self.end_width),
        };
        let face = Face { bold: row.strong, ..canvas.ink() };
        canvas.ruler.wrap_to(&text, face, width - GAP, self.labels.lines)
    }

    fn draw_line(&self, canvas: &mut Canvas<'_>, row: &SlopeRow, color: Color) {
        let width = if row.strong { 3.4 } else { 2.0 };
        let (from, to) = ((self.plot.left, self.y(row.from)), (self.plot.right, self.y(row.to)));
        canvas.line(vec![from, to], color, width);
        canvas.circle(from, 4.5, color);
        canvas.circle(to, 4.5, color);
    }

    /// A label, with a leader line if it was moved away from its value.
    fn draw_label(&self, canvas: &mut Canvas<'_>, row: &SlopeRow, label: &EndLabel, color: Color) {
        let (x, direction) = (self.x(label.end), label.end.direction());
        let wanted = self.y(label.end.value(row));
        if (label.y - wanted).abs() > 3.0 {
            let leader = vec![(x + direction * 5.0, wanted), (x + direction * 14.0, label.y)];
            canvas.line(leader, color.tint(0.5), 0.8);
        }
        let size = canvas.theme.text.label;
        let face = Face { size, bold: row.strong, color };
        let at = (x + direction * 17.0, label.y);
        canvas.text_lines(at, label.end.anchor(), face, &label.lines, size * LINE_HEIGHT);
    }
}

/// How far the middle of the label nearest to an edge stays from it, so that its lines do not hang over the edge.
fn inset(wanted: &[f64], heights: &[f64], edge: f64, size: f64) -> f64 {
    let labels = wanted.iter().zip(heights);
    let nearest = labels.min_by(|a, b| (a.0 - edge).abs().total_cmp(&(b.0 - edge).abs()));
    nearest.map_or(0.0, |(_, height)| (height / 2.0 - size * LINE_HEIGHT / 2.0).max(0.0))
}

/// The height that a label takes, with a small gap.
fn label_height(lines: &[String], size: f64) -> f64 {
    lines.len() as f64 * size * LINE_HEIGHT + size * 0.15
}
