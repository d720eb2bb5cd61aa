//! Two years joined by lines.

use super::axis::AxisScale;
use super::canvas::{Anchor, Area, Canvas, Face, LineSpan};
use super::text::spread_apart;
use super::theme::Color;
use crate::exhibit::{SlopeChart, SlopeRow};

/// The share of the width that the labels may take on each side.
const LABELS_SHARE: f64 = 0.33;
/// The distance between the lines of a label, in ems.
const LINE_HEIGHT: f64 = 1.12;

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &SlopeChart, area: Area) {
    let slopes = SlopePlot::new(figure, area);
    slopes.draw_columns(canvas, area.top + 12.0);
    let starts = slopes.labels(canvas, SlopeEnd::Start);
    let ends = slopes.labels(canvas, SlopeEnd::End);
    let colors = row_colors(canvas, figure);
    for (index, (row, color)) in figure.rows.iter().zip(colors).enumerate() {
        slopes.draw_line(canvas, row, color);
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
            parts += 1;
            colors.push(canvas.theme.part(parts));
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
    /// The width of the labels on each side.
    labels_width: f64,
}

impl<'a> SlopePlot<'a> {
    fn new(figure: &'a SlopeChart, area: Area) -> Self {
        let labels_width = area.width() * LABELS_SHARE;
        let plot = Area {
            left: area.left + labels_width,
            right: area.right - labels_width,
            top: area.top + 34.0,
            bottom: area.bottom - 10.0,
        };
        let values = figure.rows.iter().flat_map(|row| [row.from, row.to]);
        Self { figure, scale: AxisScale::around(values, 0.0, 4), plot, labels_width }
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
        self.draw_axis(canvas);
    }

    /// The axis: its values are in the middle of the gridlines, because the rows' labels take both sides.
    fn draw_axis(&self, canvas: &mut Canvas<'_>) {
        let face = canvas.face(canvas.theme.text.footer, canvas.theme.colors.quiet);
        let span = LineSpan { from: self.plot.left, to: self.plot.right };
        for tick in &self.scale.ticks {
            let y = self.y(*tick);
            canvas.horizontal_line(y, span, canvas.theme.colors.grid, 1.0);
            let label = self.figure.unit.format_axis(*tick, self.scale.largest());
            canvas.text((self.plot.center_x(), y - 3.0), Anchor::Middle, face, &label);
        }
    }

    /// The labels of one side, kept apart.
    fn labels(&self, canvas: &Canvas<'_>, end: SlopeEnd) -> Vec<EndLabel> {
        let size = canvas.theme.text.label;
        let rows = self.figure.rows.iter();
        let wanted: Vec<f64> = rows.clone().map(|row| self.y(end.value(row))).collect();
        let texts: Vec<Vec<String>> = rows.map(|row| self.label_lines(canvas, row, end)).collect();
        let heights: Vec<f64> = texts.iter().map(|lines| label_height(lines, size)).collect();
        let ys = spread_apart(&wanted, &heights, self.plot.top, self.plot.bottom);
        texts.into_iter().zip(ys).map(|(lines, y)| EndLabel { end, lines, y }).collect()
    }

    /// The value next to the line, and the row's name.
    fn label_lines(&self, canvas: &Canvas<'_>, row: &SlopeRow, end: SlopeEnd) -> Vec<String> {
        let value = self.figure.unit.format(end.value(row));
        let text = match end {
            SlopeEnd::Start => format!("{} {value}", row.label),
            SlopeEnd::End => format!("{value} {}", row.label),
        };
        two_lines(canvas, &text, row.strong, self.labels_width - 20.0)
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

/// The height that a label takes, with a small gap.
fn label_height(lines: &[String], size: f64) -> f64 {
    lines.len() as f64 * size * LINE_HEIGHT + size * 0.15
}

/// A label on at most two lines.
fn two_lines(canvas: &Canvas<'_>, text: &str, bold: bool, width: f64) -> Vec<String> {
    let size = canvas.theme.text.label;
    let mut lines = canvas.ruler.wrap(text, size, bold, width);
    if lines.len() > 2 {
        let rest = lines.split_off(1).join(" ");
        lines.push(canvas.ruler.fit(&rest, size, bold, width));
    }
    lines
}
