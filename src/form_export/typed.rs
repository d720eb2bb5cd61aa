//! A cell as somebody typed it.

use sheets::{Cell, CellNote, Sheet};

use crate::diagnostic::Place;

/// A cell with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    /// Its column, from 0.
    pub(crate) column: u32,
    pub(crate) text: String,
    /// Whether it is the error of a formula, so that what was typed is not in the file.
    pub(crate) is_error: bool,
    /// Whether the text is that of a cell above, with which this one is merged.
    pub(crate) is_covered: bool,
    /// Whether it is merged with cells below, so that its text stands beside several rows.
    pub(crate) spans_rows: bool,
    /// Whether it is a note or a comment that is attached to the cell, beside what the cell says.
    pub(crate) is_note: bool,
    pub(crate) place: Place,
}

/// The most cells that a merged region is read into.
const COVERED: u32 = 200;

/// The cells of a row that have a text, from left to right. A cell that is merged with one above has its text.
pub(crate) fn typed_cells(sheet: &Sheet, row: u32) -> Vec<Typed> {
    let mut cells: Vec<Typed> = sheet
        .row(row)
        .into_iter()
        .flat_map(|row| row.cells())
        .filter_map(|found| {
            let (column, cell) = found;
            typed(sheet, row, column, cell)
        })
        .collect();
    let merged = sheet.merged();
    let first = merged.partition_point(|region| region.first_row < row.saturating_sub(COVERED));
    let last = merged.partition_point(|region| region.first_row < row);
    for region in &merged[first..last] {
        let is_below =
            region.first_row < row && row <= region.last_row && region.last_row - region.first_row < COVERED;
        if is_below && cells.iter().all(|cell| cell.column != region.first_column) {
            let above = sheet.row(region.first_row).map_or(Cell::Empty, |row| row.cell(region.first_column));
            let covered = typed(sheet, region.first_row, region.first_column, above);
            cells.extend(covered.map(|cell| Typed { is_covered: true, ..cell }));
        }
    }
    for region in merged[last..].iter().take_while(|region| region.first_row == row) {
        let first = cells.iter_mut().find(|cell| cell.column == region.first_column);
        if let Some(cell) = first.filter(|_| region.last_row > row) {
            cell.spans_rows = true;
        }
    }
    cells.sort_by_key(|cell| cell.column);
    cells
}

/// The notes and comments at the cells of a row.
pub(crate) fn notes_at(sheet: &Sheet, row: u32) -> Vec<Typed> {
    let notes = sheet.notes.iter().filter(|note| note.row == row);
    notes.map(|note| note_at(sheet, note)).collect()
}

/// All notes and comments at cells.
pub(crate) fn all_notes(sheet: &Sheet) -> Vec<Typed> {
    sheet.notes.iter().map(|note| note_at(sheet, note)).collect()
}

fn note_at(sheet: &Sheet, note: &CellNote) -> Typed {
    let (column, text, place) = (note.column, note.text.clone(), sheet.place.at(note.row, note.column));
    Typed { column, text, is_error: false, is_covered: false, spans_rows: false, is_note: true, place }
}

fn typed(sheet: &Sheet, row: u32, column: u32, cell: Cell<'_>) -> Option<Typed> {
    let is_error = matches!(cell, Cell::Error(_));
    let text = cell.to_text();
    let is_typed = !text.is_empty();
    is_typed.then(|| Typed {
        column,
        text,
        is_error,
        is_covered: false,
        spans_rows: false,
        is_note: false,
        place: sheet.place.at(row, column),
    })
}
