//! A heat map as a table: each shaded cell has a mark too, so that no meaning depends on color.

use super::deck_table::{CELL_MARGINS, DeckTable, TableCell, TableLook};
use super::geometry::SlideArea;
use super::palette::{Palette, tint};
use super::text_size::{fitted_lines, lines_height, text_width, wrapped};
use crate::exhibit::{Heat, HeatCell, HeatRow};

/// Size of the text, in points.
const SIZE: f64 = 16.0;
/// The least height of a row, in inches.
const ROW_HEIGHT: f64 = 0.275;
/// A higher row is easier to read, up to here.
const MOST_ROW_HEIGHT: f64 = 0.46;
/// The least width of the names of rows.
const LEAST_NAMES: f64 = 2.4;
/// A name has no more lines than this.
const MOST_LINES: usize = 3;
/// The strongest tint.
const STRONGEST: f64 = 0.6;

/// The rows and columns of one table.
struct HeatPage<'a> {
    columns: std::ops::Range<usize>,
    rows: &'a [HeatRow],
}

/// The heat map as tables that fit into the area, one to a slide.
pub(super) fn heat_tables(
    heat: &Heat,
    name: &str,
    alt: &str,
    area: SlideArea,
    palette: &Palette,
) -> Vec<DeckTable> {
    let rows = rows_per_table(heat, area);
    let mut tables = Vec::new();
    let count = heat.columns.len();
    let columns = columns_per_table(heat, area);
    for first in (0..count.max(1)).step_by(columns) {
        for rows in heat.rows.chunks(rows) {
            let page = HeatPage { columns: first..(first + columns).min(count), rows };
            tables.push(table(heat, &page, name, alt, area, palette));
        }
    }
    tables
}

/// How many rows each table has: all if there is room, or an equal share of them. Names on several lines need more room.
fn rows_per_table(heat: &Heat, area: SlideArea) -> usize {
    let room = area.height - header_height(heat, area);
    let count = heat.rows.len().max(1);
    let heights: Vec<f64> =
        heat.rows.iter().map(|row| row_height(name_lines(heat, row, area).len())).collect();
    let mut shares = (1..=count).map(|tables| count.div_ceil(tables));
    shares.find(|rows| fit_on_tables(&heights, *rows, room)).unwrap_or(1)
}

/// Whether tables of this many rows each, with rows this high, fit into the room.
fn fit_on_tables(heights: &[f64], rows: usize, room: f64) -> bool {
    heights.chunks(rows).all(|page| page.iter().sum::<f64>() <= room)
}

/// The name of a row, on as many lines as it needs, up to a few.
fn name_lines(heat: &Heat, row: &HeatRow, area: SlideArea) -> Vec<String> {
    fitted_lines(&row.label, SIZE, false, names_width(heat, area) - CELL_MARGINS, MOST_LINES)
}

/// The minimum height of a row whose name has this many lines, in inches.
fn row_height(lines: usize) -> f64 {
    lines_height(lines, SIZE).max(ROW_HEIGHT)
}

/// The widest text of a cell, in inches, with its mark and margins.
fn widest_cell(heat: &Heat) -> f64 {
    let cells = heat.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let cells = cells.map(|cell| text_width(&cell_text(cell), SIZE, false));
    let words = heat.columns.iter().flat_map(|column| column.split_whitespace());
    let words = words.map(|word| text_width(word, SIZE, true));
    cells.chain(words).fold(0.5, f64::max) + 0.18
}

/// How many columns each table has: all if there is room, or an equal share of them.
fn columns_per_table(heat: &Heat, area: SlideArea) -> usize {
    let room = ((area.width - LEAST_NAMES) / widest_cell(heat)).floor();
    let count = heat.columns.len().max(1);
    let tables = count.div_ceil((room as usize).clamp(1, count));
    count.div_ceil(tables)
}

/// The width of the column of names, in inches.
fn names_width(heat: &Heat, area: SlideArea) -> f64 {
    let widest = heat.rows.iter().map(|row| text_width(&row.label, SIZE, false)).fold(0.0, f64::max);
    let rest = area.width - columns_per_table(heat, area) as f64 * widest_cell(heat);
    (widest + 0.3).clamp(1.5, rest.max(LEAST_NAMES))
}

fn column_width(heat: &Heat, area: SlideArea) -> f64 {
    (area.width - names_width(heat, area)) / columns_per_table(heat, area) as f64
}

fn header_height(heat: &Heat, area: SlideArea) -> f64 {
    let width = column_width(heat, area) - CELL_MARGINS;
    let lines = heat.columns.iter().map(|column| wrapped(column, SIZE, true, width).len()).max().unwrap_or(1);
    lines_height(lines, SIZE) + 0.06
}

fn table(
    heat: &Heat,
    page: &HeatPage<'_>,
    name: &str,
    alt: &str,
    area: SlideArea,
    palette: &Palette,
) -> DeckTable {
    let names = names_width(heat, area);
    let width = column_width(heat, area);
    let mut header = vec![TableCell::new("").bold()];
    header.extend(
        heat.columns[page.columns.clone()].iter().map(|column| TableCell::new(column).bold().centered()),
    );
    let mut rows = vec![header];
    let mut heights = vec![header_height(heat, area)];
    for row in page.rows {
        let lines = name_lines(heat, row, area);
        heights.push(row_height(lines.len()));
        rows.push(table_row(lines.join(" "), row, page, palette));
    }
    // Where there is room, rows are higher than they need to be.
    let needed: f64 = heights.iter().sum();
    let height = (rows.len() as f64 * MOST_ROW_HEIGHT).max(needed).min(area.height);
    let more = (height - needed).max(0.0) / rows.len() as f64;
    heights.iter_mut().for_each(|height| *height += more);
    DeckTable {
        name: name.to_owned(),
        alt: alt.to_owned(),
        area: SlideArea { height, width: names + width * page.columns.len() as f64, ..area },
        widths: std::iter::once(names).chain(page.columns.clone().map(|_| width)).collect(),
        heights,
        rows,
        look: TableLook { size: SIZE, color: palette.ink.clone(), line: palette.grid.clone() },
    }
}

fn table_row(name: String, row: &HeatRow, page: &HeatPage<'_>, palette: &Palette) -> Vec<TableCell> {
    let mut cells = vec![TableCell::new(name)];
    let shown = page.columns.clone().map(|column| row.cells.get(column).and_then(Option::as_ref));
    cells.extend(shown.map(|cell| heat_cell(cell, palette)));
    cells
}

fn heat_cell(cell: Option<&HeatCell>, palette: &Palette) -> TableCell {
    let Some(cell) = cell else { return TableCell::new("–").centered() };
    let shown = TableCell::new(cell_text(cell)).centered();
    match cell.shade {
        Some(shade) if shade > 0.05 => shown.filled(&tint(&palette.favorable, shade.min(1.0) * STRONGEST)),
        Some(shade) if shade < -0.05 => {
            shown.filled(&tint(&palette.unfavorable, -shade.max(-1.0) * STRONGEST))
        }
        _ => shown,
    }
}

/// The text of a cell, with a mark if its shade is strong.
fn cell_text(cell: &HeatCell) -> String {
    match cell.shade {
        Some(shade) if shade >= HeatCell::MARKED => format!("▲\u{a0}{}", cell.text),
        Some(shade) if shade <= -HeatCell::MARKED => format!("▼\u{a0}{}", cell.text),
        _ => cell.text.clone(),
    }
}
