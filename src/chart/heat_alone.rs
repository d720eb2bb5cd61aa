//! Shaded cells on paper: all columns, in blocks one above the other if they are too many for the width. Only of years may the
//! earliest be left out, and then the chart says so.

use super::canvas::{Anchor, Area, Canvas};
use super::heat;
use super::theme::Color;
use crate::exhibit::{Heat, HeatCell};
use crate::wording::chart::EARLIER_YEARS;

/// The two lines of the legend need this much more than the one of a page, and both together this much.
const LEGEND: f64 = 4.0;
const LEGEND_LINES: f64 = 38.0;
const LEGEND_LINE: f64 = 18.0;
/// The least width of a column, with the names of the rows beside them.
const COLUMN: f64 = 66.0;
const NAMES: f64 = 0.38;
/// The signs of the numbers of unfavorable and favorable cells.
const OWN_SIGNS: [&str; 2] = ["−", "+"];
const TRIANGLES: [&str; 2] = ["▼", "▲"];

/// The cells as they are drawn.
struct HeatBlocks {
    /// From the top, each with some of the columns and all rows.
    blocks: Vec<Heat>,
    lacks_years: bool,
}

impl HeatBlocks {
    /// The cells in a width. They have no legend of their own.
    fn new(heat: &Heat, width: f64) -> Self {
        let room = ((width * (1.0 - NAMES) / COLUMN) as usize).max(1);
        let count = heat.columns.len();
        if count > room && heat.of_years {
            return Self { blocks: vec![with_columns(heat, count - room, count)], lacks_years: true };
        }
        let each = count.div_ceil(count.div_ceil(room).max(1)).max(1);
        let firsts = (0..count.max(1)).step_by(each);
        let blocks = firsts.map(|first| with_columns(heat, first, (first + each).min(count))).collect();
        Self { blocks, lacks_years: false }
    }

    fn height(&self, canvas: &Canvas<'_>, width: f64) -> f64 {
        let years = if self.lacks_years { LEGEND_LINE } else { 0.0 };
        let blocks = self.blocks.iter().map(|block| heat::cells_height(canvas, block, width));
        blocks.sum::<f64>() + heat::LEGEND + LEGEND + years
    }
}

fn with_columns(heat: &Heat, first: usize, end: usize) -> Heat {
    let mut block = heat.clone();
    block.columns = heat.columns[first..end].to_vec();
    for row in &mut block.rows {
        let end = end.min(row.cells.len());
        row.cells = row.cells[first.min(end)..end].to_vec();
    }
    block.ends = (String::new(), String::new());
    block
}

/// The height in a width.
pub(super) fn height(canvas: &Canvas<'_>, heat: &Heat, width: f64) -> f64 {
    HeatBlocks::new(heat, width).height(canvas, width)
}

/// Draws the cells, and below them the legend in two lines.
pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Heat, area: Area) {
    let mut figure = figure.clone();
    let signs = mark_shades(&mut figure);
    let cells = HeatBlocks::new(&figure, area.width());
    let mut top = area.top;
    for block in &cells.blocks {
        let bottom = top + heat::cells_height(canvas, block, area.width());
        heat::draw(canvas, block, Area { top, bottom, ..area });
        top = bottom;
    }
    let colors = [canvas.theme.colors.unfavorable, canvas.theme.colors.favorable];
    let legend = area.bottom - LEGEND_LINES;
    for (index, (color, text)) in colors.into_iter().zip([&figure.ends.0, &figure.ends.1]).enumerate() {
        if !text.is_empty() {
            let top = legend + index as f64 * LEGEND_LINE;
            draw_legend_line(canvas, color, &format!("{} {text}", signs[index]), Area { top, ..area });
        }
    }
    if cells.lacks_years {
        let face = canvas.axis_face();
        let text = canvas.ruler.fit(EARLIER_YEARS, face.size, false, area.width());
        canvas.text((area.left, legend - 7.0), Anchor::Start, face, &text);
    }
}

/// A shade with its meaning.
fn draw_legend_line(canvas: &mut Canvas<'_>, color: Color, text: &str, area: Area) {
    let face = canvas.axis_face();
    canvas.rect((area.left, area.top), (area.left + 22.0, area.top + 13.0), color);
    let text = canvas.ruler.fit(text, face.size, false, area.width() - 30.0);
    canvas.text((area.left + 28.0, area.top + 11.0), Anchor::Start, face, &text);
}

/// Makes the two ends of the shading differ without color, and returns their signs: the numbers' own, or else triangles.
fn mark_shades(heat: &mut Heat) -> [&'static str; 2] {
    let mut cells: Vec<&mut HeatCell> =
        heat.rows.iter_mut().flat_map(|row| row.cells.iter_mut().flatten()).collect();
    if cells.iter().all(|cell| is_signed(cell)) {
        return OWN_SIGNS;
    }
    for cell in &mut cells {
        match cell.shade {
            Some(shade) if shade <= -HeatCell::MARKED => {
                cell.text = format!("{} {}", TRIANGLES[0], cell.text)
            }
            Some(shade) if shade >= HeatCell::MARKED => cell.text = format!("{} {}", TRIANGLES[1], cell.text),
            _ => {}
        }
    }
    TRIANGLES
}

/// Whether a cell's number has the sign of its shade.
fn is_signed(cell: &HeatCell) -> bool {
    match cell.shade {
        Some(shade) if shade <= -HeatCell::MARKED => cell.text.starts_with(OWN_SIGNS[0]),
        Some(shade) if shade >= HeatCell::MARKED => cell.text.starts_with(OWN_SIGNS[1]),
        _ => true,
    }
}
