//! Measures by year, shaded.

use super::canvas::{Anchor, Area, Canvas, Face, LineSpan};
use super::row_names::RowNames;
use super::theme::Color;
use crate::exhibit::{Heat, HeatCell, HeatRow};

/// The height of a row whose name has up to two lines, and of each line more.
const ROW_HEIGHT: f64 = 36.0;
const LINE: f64 = 16.0;
/// The most lines of a name.
const MOST_LINES: usize = 4;
/// The space for the headings of the columns, on two lines.
const HEADINGS: f64 = 44.0;
/// The shares of the width that the names may take; the larger ones only where names would be cut.
const NAMES_SHARES: [f64; 2] = [0.36, 0.41];
/// The distance between the lines of a heading, in ems.
const LINE_HEIGHT: f64 = 1.08;

/// The number of shades in the legend, and the width of each.
const SHADES: usize = 9;
const SHADE_WIDTH: f64 = 18.0;

/// The space below the cells, for the legend.
pub(super) const LEGEND: f64 = 46.0;

/// The height on a page.
pub(super) fn height(canvas: &Canvas<'_>, figure: &Heat) -> f64 {
    let page = &canvas.theme.page;
    cells_height(canvas, figure, page.width - 2.0 * page.margin) + LEGEND
}

/// The height of the headings and rows in a width, without the legend.
pub(super) fn cells_height(canvas: &Canvas<'_>, figure: &Heat, width: f64) -> f64 {
    HeatRows::new(canvas, figure, width).heights.iter().sum::<f64>() + HEADINGS
}

/// The names of the rows, and how high each row is.
struct HeatRows {
    names: RowNames,
    heights: Vec<f64>,
}

impl HeatRows {
    /// Rows are higher only where names would be cut.
    fn new(canvas: &Canvas<'_>, figure: &Heat, width: f64) -> Self {
        let labels: Vec<&str> = figure.rows.iter().map(|row| row.label.as_str()).collect();
        let face = name_face(canvas);
        let names = RowNames::new(canvas, &labels, face, width, ROW_HEIGHT, &NAMES_SHARES);
        if names.are_whole() {
            return Self { names, heights: vec![ROW_HEIGHT; labels.len()] };
        }
        let highest = ROW_HEIGHT + (MOST_LINES - 2) as f64 * LINE;
        let names = RowNames::new(canvas, &labels, face, width, highest, &NAMES_SHARES[1..]);
        let more = (0..labels.len()).map(|row| names.lines(row).saturating_sub(2) as f64 * LINE);
        let heights = more.map(|more| ROW_HEIGHT + more).collect();
        Self { names, heights }
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Heat, area: Area) {
    let HeatRows { names, heights } = HeatRows::new(canvas, figure, area.width());
    let heat = HeatPlot::new(canvas, figure, &names, area);
    heat.draw_headings(canvas);
    let mut top = heat.top;
    for (index, (row, height)) in figure.rows.iter().zip(heights).enumerate() {
        names.draw(canvas, index, heat.names_right, top + height / 2.0);
        heat.draw_cells(canvas, row, LineSpan { from: top, to: top + height });
        top += height;
    }
    heat.draw_legend(canvas, top + 16.0);
}

fn name_face(canvas: &Canvas<'_>) -> Face {
    canvas.face(canvas.theme.text.axis, canvas.theme.colors.ink)
}

/// A name on one line, or on two if it is too long for one.
fn in_two_lines(canvas: &Canvas<'_>, name: &str, size: f64, width: f64) -> Vec<String> {
    let lines = canvas.ruler.wrap(name, size, false, width);
    match lines.len() {
        0..=2 => lines,
        _ => vec![lines[0].clone(), canvas.ruler.fit(&lines[1..].join(" "), size, false, width)],
    }
}

/// A laid-out heat map.
struct HeatPlot<'a> {
    figure: &'a Heat,
    /// Where the names end.
    names_right: f64,
    /// Where the cells begin and end.
    left: f64,
    right: f64,
    /// Where the first row begins.
    top: f64,
    /// The width of a cell.
    step: f64,
}

impl<'a> HeatPlot<'a> {
    fn new(canvas: &Canvas<'_>, figure: &'a Heat, names: &RowNames, area: Area) -> Self {
        let names_right = area.left + names.width(canvas);
        let left = names_right + 14.0;
        let step = (area.right - left) / figure.columns.len().max(1) as f64;
        Self { figure, names_right, left, right: area.right, top: area.top + HEADINGS, step }
    }

    fn draw_headings(&self, canvas: &mut Canvas<'_>) {
        let face = canvas.axis_face();
        for (index, column) in self.figure.columns.iter().enumerate() {
            let x = self.left + (index as f64 + 0.5) * self.step;
            let lines = in_two_lines(canvas, column, face.size, self.step - 6.0);
            for (above, line) in lines.iter().rev().enumerate() {
                let y = self.top - 9.0 - above as f64 * face.size * LINE_HEIGHT;
                canvas.text((x, y), Anchor::Middle, face, line);
            }
        }
    }

    fn draw_cells(&self, canvas: &mut Canvas<'_>, row: &HeatRow, span: LineSpan) {
        for (index, cell) in row.cells.iter().enumerate() {
            let left = self.left + index as f64 * self.step;
            let area = Area { left, top: span.from, right: left + self.step, bottom: span.to };
            draw_cell(canvas, cell.as_ref(), area);
        }
    }

    /// The shades from one end to the other, with the meaning of the ends.
    fn draw_legend(&self, canvas: &mut Canvas<'_>, y: f64) {
        let bar = SHADE_WIDTH * SHADES as f64;
        let face = canvas.axis_face();
        let room = ((self.right - self.left - bar) / 2.0 - 10.0).max(120.0);
        let (low, high) = &self.figure.ends;
        if low.is_empty() && high.is_empty() {
            return;
        }
        let [low, high] = [low, high].map(|end| canvas.ruler.fit(end, face.size, false, room));
        let start = self.left + (self.right - self.left - bar) / 2.0;
        canvas.text((start - 8.0, y + 12.0), Anchor::End, face, &low);
        draw_shades(canvas, start, y);
        canvas.text((start + bar + 8.0, y + 12.0), Anchor::Start, face, &high);
    }
}

/// The shades of the legend, from unfavorable to favorable.
fn draw_shades(canvas: &mut Canvas<'_>, left: f64, top: f64) {
    for index in 0..SHADES {
        let x = left + index as f64 * SHADE_WIDTH;
        let color = shade(canvas, -1.0 + 2.0 * index as f64 / (SHADES - 1) as f64);
        canvas.rect((x, top), (x + SHADE_WIDTH, top + 14.0), color);
    }
}

fn draw_cell(canvas: &mut Canvas<'_>, cell: Option<&HeatCell>, area: Area) {
    let colors = &canvas.theme.colors;
    let color = match cell.and_then(|cell| cell.shade) {
        Some(value) => shade(canvas, value),
        None => colors.background,
    };
    canvas.rect((area.left, area.top), (area.right - 2.0, area.bottom - 2.0), colors.grid);
    canvas.rect((area.left + 1.0, area.top + 1.0), (area.right - 3.0, area.bottom - 3.0), color);
    match cell {
        Some(cell) => draw_cell_text(canvas, &cell.text, canvas.theme.ink_on(color), area),
        None => draw_cell_text(canvas, "–", colors.quiet, area),
    }
}

fn draw_cell_text(canvas: &mut Canvas<'_>, text: &str, color: Color, area: Area) {
    let face = canvas.face(canvas.theme.text.axis, color);
    let text = canvas.ruler.fit(text, face.size, false, area.width() - 6.0);
    let baseline = face.baseline(area.center_y());
    canvas.text((area.center_x() - 1.0, baseline), Anchor::Middle, face, &text);
}

/// The color of a shade between −1 (unfavorable) and 1 (favorable).
fn shade(canvas: &Canvas<'_>, value: f64) -> Color {
    let colors = &canvas.theme.colors;
    let color = if value < 0.0 { colors.unfavorable } else { colors.favorable };
    color.tint(value.abs() * 0.85)
}
