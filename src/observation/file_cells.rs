//! Finds the cells behind rows of files, with the sheets of all files in one list.

use super::cells_behind::CellsBehind;
use super::incoming::IncomingRow;
use super::origins::{CellRef, MarkedCell, Origins};
use super::reading::FileReading;
use super::rows::FileRow;

/// The cells behind the rows of files.
pub(super) struct FileCells<'a> {
    readings: &'a [FileReading],
    /// For each file, the index of its first sheet in the list of all sheets.
    first_sheets: Vec<u32>,
}

impl<'a> FileCells<'a> {
    pub(super) fn new(readings: &'a [FileReading]) -> Self {
        let mut next = 0;
        let mut first_sheets = Vec::with_capacity(readings.len());
        for reading in readings {
            first_sheets.push(next);
            next += reading.sheets.len() as u32;
        }
        Self { readings, first_sheets }
    }

    /// Where the values of all files come from.
    pub(super) fn origins(&self) -> Origins {
        let mut origins = Origins::default();
        for (reading, first_sheet) in self.readings.iter().zip(&self.first_sheets) {
            origins.sheets.extend(reading.sheets.iter().cloned());
            add_bounds(&mut origins, reading, *first_sheet);
        }
        origins.marked.sort_unstable();
        origins.marked.dedup_by_key(|marked| marked.cell);
        origins
    }

    /// The cell of a row; for a sum, the first of the cells that were added up.
    pub(super) fn first(&self, incoming: &IncomingRow) -> CellRef {
        cell_of(&incoming.row, self.first_sheets[incoming.file.0 as usize])
    }

    /// The cells behind a row: its own, or those that were added up.
    pub(super) fn behind(&self, incoming: &IncomingRow) -> CellsBehind {
        let own = self.first(incoming);
        let sums = &self.readings[incoming.file.0 as usize].sums;
        let Some(parts) = incoming.row.sum.and_then(|number| sums.cells(number)) else {
            return CellsBehind::One(own);
        };
        let cells = parts.iter().map(|part| CellRef { row: part.row, column: u32::from(part.column), ..own });
        CellsBehind::Many(cells.collect())
    }
}

/// Adds the bounds that a file's markers give for its masked values.
fn add_bounds(origins: &mut Origins, reading: &FileReading, first_sheet: u32) {
    for rows in [&reading.rows, &reading.school_rows.rows] {
        let first_bounds = origins.bounds.len() as u32;
        origins.bounds.extend(rows.mark_bounds());
        for (i, row) in rows.from(0).enumerate() {
            if let Some(index) = rows.bounds_number(i).checked_sub(1) {
                let cell = cell_of(&row, first_sheet);
                origins.marked.push(MarkedCell { cell, bounds: first_bounds + index });
            }
        }
    }
}

/// The cell of a row of a file whose first sheet has the index `first_sheet`.
fn cell_of(row: &FileRow, first_sheet: u32) -> CellRef {
    CellRef { sheet: first_sheet + u32::from(row.sheet.0), row: row.row, column: u32::from(row.column) }
}
