//! The labels at the ends of a line chart's lines.

use super::canvas::{Anchor, Area, Canvas};
use super::line_plot::{IndexedValue, LinePlot, label_face, last_value};
use super::text::spread_apart;
use crate::exhibit::{Line, LineRole, LineSeries};

/// The largest share of the width that the labels may take.
const LABELS_SHARE: f64 = 0.27;
/// The distance between the lines of a label, in ems.
const LINE_HEIGHT: f64 = 1.15;

/// The label of each series: its latest value and its name, on at most three lines. Empty for a series
/// without a value.
pub(super) fn label_texts(canvas: &Canvas<'_>, figure: &Line, area: Area) -> Vec<Vec<String>> {
    let width = area.width() * LABELS_SHARE;
    figure.series.iter().map(|series| label_lines(canvas, figure, series, width)).collect()
}

fn label_lines(canvas: &Canvas<'_>, figure: &Line, series: &LineSeries, width: f64) -> Vec<String> {
    let Some(last) = last_value(&series.values) else { return Vec::new() };
    let (size, bold) = (canvas.theme.text.label, series.role == LineRole::District);
    let text = format!("{} {}", figure.unit.format(last.value), series.label);
    let mut lines = canvas.ruler.wrap(&text, size, bold, width);
    if lines.len() > 3 {
        let rest = lines.split_off(2).join(" ");
        lines.push(canvas.ruler.fit(&rest, size, bold, width));
    }
    lines
}

/// The width of the widest label.
pub(super) fn labels_width(canvas: &Canvas<'_>, figure: &Line, labels: &[Vec<String>]) -> f64 {
    let widths = labels.iter().enumerate();
    widths.map(|(series, lines)| canvas.widest(lines, label_face(canvas, figure, series))).fold(0.0, f64::max)
}

/// Draws the labels right of the plot, kept apart.
pub(super) fn draw(canvas: &mut Canvas<'_>, lines: &LinePlot<'_>, labels: &[Vec<String>]) {
    let ends = line_ends(lines);
    let size = canvas.theme.text.label;
    let wanted: Vec<f64> = ends.iter().map(|end| lines.y(end.last.value)).collect();
    let heights: Vec<f64> =
        ends.iter().map(|end| labels[end.series].len() as f64 * (size * LINE_HEIGHT) + size * 0.2).collect();
    let bottom = lines.plot.bottom - lift(&heights, size, lines.plot);
    let placed = spread_apart(&wanted, &heights, lines.plot.top, bottom);
    for (end, y) in ends.iter().zip(placed) {
        draw_label(canvas, lines, end, &labels[end.series], y);
    }
}

/// How far the middle of the lowest label stays above the bottom of the plot, so that it does not hang into the years. Without room
/// for all labels, it is 0.
fn lift(heights: &[f64], size: f64, plot: Area) -> f64 {
    let tallest = heights.iter().copied().fold(0.0, f64::max);
    let below = (tallest - size * (LINE_HEIGHT + 0.2)) / 2.0;
    let room = plot.height() - heights.iter().sum::<f64>();
    below.min(room).max(0.0)
}

/// The last value of a series.
struct LineEnd {
    /// Index of the series in the figure.
    series: usize,
    last: IndexedValue<f64>,
}

/// The ends of all series that have a value.
fn line_ends(lines: &LinePlot<'_>) -> Vec<LineEnd> {
    let mut ends = Vec::new();
    for (series, shown) in lines.figure.series.iter().enumerate() {
        ends.extend(last_value(&shown.values).map(|last| LineEnd { series, last }));
    }
    ends
}

/// A label around `y`, with a leader line if the series ends at a different height.
fn draw_label(canvas: &mut Canvas<'_>, lines: &LinePlot<'_>, end: &LineEnd, text: &[String], y: f64) {
    let face = label_face(canvas, lines.figure, end.series);
    let x = lines.plot.right + 12.0;
    let (end_x, end_y) = (lines.x(end.last.index) + 5.0, lines.y(end.last.value));
    if (y - end_y).abs() > 3.0 || x - end_x > 20.0 {
        let leader = vec![(end_x, end_y), (lines.plot.right + 2.0, end_y), (x - 3.0, y)];
        canvas.line(leader, face.color.tint(0.5), 0.8);
    }
    canvas.text_lines((x, y), Anchor::Start, face, text, face.size * LINE_HEIGHT);
}
