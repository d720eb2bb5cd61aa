//! Small charts side by side, with one legend for all of them.

use super::canvas::{Anchor, Area, Canvas, Face};
use super::legend::{self, LegendItem, Sample};
use super::line_plot;
use super::{draw_figure, figure_height};
use crate::exhibit::{Figure, Line, Panel};

/// The space between two small charts.
const GAP: f64 = 26.0;
/// The distance between the lines of a title, in ems.
const TITLE_LINE: f64 = 1.15;
/// The space below a title.
const TITLE_GAP: f64 = 8.0;
/// The most lines that a title takes.
const TITLE_LINES: usize = 2;
/// A small chart is this share of the height of a whole one.
const HEIGHT: f64 = 0.85;

pub(super) fn height(canvas: &Canvas<'_>, panels: &[Panel]) -> f64 {
    let tallest = panels.iter().map(|panel| figure_height(canvas, &panel.figure)).fold(0.0, f64::max);
    let room = canvas.theme.page.width - 2.0 * canvas.theme.page.margin;
    let titles = titles_height(canvas, &titles(canvas, panels, panel_width(room, panels)));
    tallest * HEIGHT + titles + legend::height(canvas, &legend_items(canvas, panels), room)
}

pub(super) fn draw(canvas: &mut Canvas<'_>, panels: &[Panel], area: Area) {
    let items = legend_items(canvas, panels);
    legend::draw(canvas, &items, area);
    let top = area.top + legend::height(canvas, &items, area.width());
    let width = panel_width(area.width(), panels);
    let titles = titles(canvas, panels, width);
    let below_titles = top + titles_height(canvas, &titles);
    let face = title_face(canvas);
    for (index, (panel, title)) in panels.iter().zip(&titles).enumerate() {
        let left = area.left + index as f64 * (width + GAP);
        for (line, text) in title.iter().enumerate() {
            let baseline = top + face.size * (1.0 + TITLE_LINE * line as f64);
            canvas.text((left, baseline), Anchor::Start, face, text);
        }
        let below = Area { left, right: left + width, top: below_titles, ..area };
        draw_figure(canvas, &without_names(&panel.figure), below);
    }
}

fn panel_width(room: f64, panels: &[Panel]) -> f64 {
    let count = panels.len().max(1) as f64;
    (room - GAP * (count - 1.0)) / count
}

fn title_face(canvas: &Canvas<'_>) -> Face {
    Face { bold: true, ..canvas.ink() }
}

/// The titles in lines.
fn titles(canvas: &Canvas<'_>, panels: &[Panel], width: f64) -> Vec<Vec<String>> {
    let face = title_face(canvas);
    let wrapped = panels.iter().map(|panel| canvas.ruler.wrap_to(&panel.title, face, width, TITLE_LINES));
    wrapped.collect()
}

/// The space that the tallest title takes.
fn titles_height(canvas: &Canvas<'_>, titles: &[Vec<String>]) -> f64 {
    let lines = titles.iter().map(Vec::len).max().unwrap_or_default();
    lines as f64 * title_face(canvas).size * TITLE_LINE + TITLE_GAP
}

/// A chart whose lines show their values only, because the legend names them.
pub(super) fn without_names(figure: &Figure) -> Figure {
    let Figure::Line(line) = figure else { return figure.clone() };
    let mut line = line.clone();
    for series in &mut line.series {
        series.label.clear();
    }
    if let Some(band) = &mut line.band {
        band.label.clear();
    }
    for (_, reason) in &mut line.breaks {
        reason.clear();
    }
    Figure::Line(line)
}

/// The lines, bands and breaks of all small charts, each name once.
pub(super) fn legend_items(canvas: &Canvas<'_>, panels: &[Panel]) -> Vec<LegendItem> {
    let mut items: Vec<LegendItem> = Vec::new();
    for panel in panels {
        let Figure::Line(line) = &panel.figure else { continue };
        for item in line_items(canvas, line) {
            if !items.iter().any(|known| known.label == item.label) {
                items.push(item);
            }
        }
    }
    items
}

fn line_items(canvas: &Canvas<'_>, line: &Line) -> Vec<LegendItem> {
    let colors = &canvas.theme.colors;
    let mut items = Vec::new();
    for (index, series) in line.series.iter().enumerate() {
        let color = line_plot::color(canvas, line, index);
        let sample =
            Sample::Line { width: line_plot::width(series.role), dashes: line_plot::dashes(series.role) };
        items.push(LegendItem { color, sample, label: series.label.clone() });
    }
    if let Some(band) = &line.band {
        items.push(LegendItem { color: colors.band, sample: Sample::Area, label: band.label.clone() });
    }
    for (_, reason) in &line.breaks {
        items.push(LegendItem { color: colors.quiet, sample: Sample::Break, label: reason.clone() });
    }
    items
}
