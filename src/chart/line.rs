//! Lines over the school years, with the peers' band.

use super::axis::{self, AxisScale};
use super::band_label;
use super::canvas::{Anchor, Area, Canvas, Face};
use super::line_labels::{self, label_texts, labels_width};
use super::line_plot::{self, IndexedValue, LinePlot, color};
use super::theme::Color;
use crate::domain::SchoolYear;
use crate::exhibit::{Line, LineRole, LineSeries};

/// The height of a break's reason.
const REASON_HEIGHT: f64 = 14.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Line, area: Area) {
    let labels = label_texts(canvas, figure, area);
    let plot = plot_area(canvas, figure, &labels, area);
    let scale = scale(figure);
    let margin = axis::vertical(canvas, &scale, figure.unit, plot);
    let lines = LinePlot { figure, scale, plot: Area { left: plot.left + margin, ..plot } };
    draw_years(canvas, &lines, area.bottom - 6.0);
    draw_band(canvas, &lines);
    draw_breaks(canvas, &lines);
    for (index, series) in figure.series.iter().enumerate().rev() {
        draw_series(canvas, &lines, series, color(canvas, figure, index));
    }
    line_labels::draw(canvas, &lines, &labels);
    band_label::draw(canvas, &lines, area.top);
}

/// The part of `area` above the years, left of the labels, and below the reasons for breaks, one line each;
/// the axis takes its margin out of it.
fn plot_area(canvas: &Canvas<'_>, figure: &Line, labels: &[Vec<String>], area: Area) -> Area {
    let has_label = figure.band.as_ref().is_some_and(|band| !band.label.is_empty());
    let legend = if has_label { band_label::HEIGHT } else { 0.0 };
    let reasons = figure.breaks.len().max(1) as f64 * REASON_HEIGHT + legend;
    Area {
        top: area.top + reasons,
        bottom: area.bottom - 24.0,
        right: area.right - labels_width(canvas, figure, labels) - 14.0,
        ..area
    }
}

fn scale(figure: &Line) -> AxisScale {
    let values = figure.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let band = figure.band.iter().flat_map(|band| band.values.iter().flatten());
    AxisScale::around(values.chain(band.flat_map(|(low, high)| [*low, *high])), figure.least_span, 5)
}

fn draw_years(canvas: &mut Canvas<'_>, lines: &LinePlot<'_>, baseline: f64) {
    let years: Vec<String> = lines.figure.years.iter().map(|year| SchoolYear::text_of(*year)).collect();
    let xs: Vec<f64> = (0..years.len()).map(|index| lines.x(index)).collect();
    axis::below(canvas, &years, &xs, baseline);
}

/// The band with its edges; its label is drawn by the caller.
fn draw_band(canvas: &mut Canvas<'_>, lines: &LinePlot<'_>) {
    let Some(band) = &lines.figure.band else { return };
    let (fill, edge) = (canvas.theme.colors.band, canvas.theme.colors.bar);
    for run in lines.unbroken_runs(&band.values) {
        let top: Vec<(f64, f64)> = run.iter().map(|at| (lines.x(at.index), lines.y(at.value.1))).collect();
        let bottom: Vec<(f64, f64)> = run.iter().map(|at| (lines.x(at.index), lines.y(at.value.0))).collect();
        canvas.polygon(top.iter().chain(bottom.iter().rev()).copied().collect(), fill);
        canvas.line(top, edge, 1.0);
        canvas.line(bottom, edge, 1.0);
    }
}

/// A dotted line before each break's year, with the reason above.
fn draw_breaks(canvas: &mut Canvas<'_>, lines: &LinePlot<'_>) {
    for (row, (year, reason)) in lines.figure.breaks.iter().enumerate() {
        let index = lines.figure.years.iter().position(|shown| shown == year);
        let Some(index) = index.filter(|index| *index > 0) else { continue };
        let x = f64::midpoint(lines.x(index - 1), lines.x(index));
        let baseline = lines.plot.top - 4.0 - row as f64 * REASON_HEIGHT;
        draw_break(canvas, lines.plot, reason, x, baseline);
    }
}

fn draw_break(canvas: &mut Canvas<'_>, plot: Area, reason: &str, x: f64, baseline: f64) {
    let face = canvas.face(canvas.theme.text.footer, canvas.theme.colors.quiet);
    canvas.dashed(&[(x, baseline - 8.0), (x, plot.bottom)], face.color, 1.2, line_plot::BREAK);
    let is_in_left_half = x < plot.center_x();
    let (anchor, text_x, room) = if is_in_left_half {
        (Anchor::Start, x + 5.0, plot.right - x - 5.0)
    } else {
        (Anchor::End, x - 5.0, x - 5.0 - plot.left)
    };
    let text = canvas.ruler.fit(reason, face.size, false, room);
    canvas.text((text_x, baseline), anchor, face, &text);
}

fn draw_series(canvas: &mut Canvas<'_>, lines: &LinePlot<'_>, series: &LineSeries, color: Color) {
    for run in lines.unbroken_runs(&series.values) {
        let points: Vec<(f64, f64)> = run.iter().map(|at| (lines.x(at.index), lines.y(at.value))).collect();
        draw_run(canvas, points, series.role, color);
    }
    if series.role == LineRole::District {
        draw_ends(canvas, lines, series, color);
    }
}

/// A line without gaps; a dot for a single value.
fn draw_run(canvas: &mut Canvas<'_>, points: Vec<(f64, f64)>, role: LineRole, color: Color) {
    let width = line_plot::width(role);
    match (points.as_slice(), line_plot::dashes(role)) {
        ([only], _) => canvas.circle(*only, width * 1.2, color),
        (_, Some(dashes)) => canvas.dashed(&points, color, width, dashes),
        (_, None) => canvas.line(points, color, width),
    }
}

/// Dots at the first and last values, and the first value as a number.
fn draw_ends(canvas: &mut Canvas<'_>, lines: &LinePlot<'_>, series: &LineSeries, color: Color) {
    let known = known_values(&series.values);
    for end in known.first().into_iter().chain(known.last()) {
        canvas.circle((lines.x(end.index), lines.y(end.value)), 4.5, color);
    }
    let [first, next, ..] = known.as_slice() else { return };
    // Above if the line goes down, below if it goes up.
    let (x, y) = (lines.x(first.index), lines.y(first.value));
    let baseline = if next.value <= first.value { y - 10.0 } else { y + 19.0 };
    if is_free(lines, first.index, baseline) {
        let face = Face { size: canvas.theme.text.label, bold: true, color };
        let text = lines.figure.unit.format(first.value);
        canvas.text((x - 4.0, baseline), Anchor::Start, face, &text);
    }
}

fn known_values(values: &[Option<f64>]) -> Vec<IndexedValue<f64>> {
    let values = values.iter().enumerate();
    values.filter_map(|(index, value)| Some(IndexedValue { index, value: (*value)? })).collect()
}

/// Whether a number at this year is inside the plot, and clear of the other series and the edges of the band in this year and the next.
fn is_free(lines: &LinePlot<'_>, index: usize, baseline: f64) -> bool {
    let (top, bottom) = (baseline - 12.0, baseline + 4.0);
    let others = lines.figure.series.iter().filter(|series| series.role != LineRole::District);
    let values = others.flat_map(|series| series.values[index..].iter().take(2).flatten()).copied();
    let band = lines.figure.band.iter().flat_map(|band| band.values[index..].iter().take(2).flatten());
    let mut ys = values.chain(band.flat_map(|(low, high)| [*low, *high])).map(|value| lines.y(value));
    top > lines.plot.top && bottom < lines.plot.bottom && ys.all(|y| y < top - 2.0 || y > bottom + 2.0)
}
