//! The cells behind rows, by sheets counted over all files.

use super::gather::Incoming;
use super::origins::{CellRef, Origins};
use super::reading::FileReading;
use super::rows::FileRow;

/// Where the files' values come from, and for each file the place of its first sheet in that list.
pub(super) fn origins(readings: &[FileReading]) -> (Origins, Vec<u32>) {
    let mut offsets = Vec::with_capacity(readings.len());
    let mut origins = Origins::default();
    for reading in readings {
        let offset = origins.sheets.len() as u32;
        offsets.push(offset);
        origins.sheets.extend(reading.sheets.iter().cloned());
        let saids = origins.said.len() as u32;
        origins.said.extend(reading.rows.said());
        for (i, row) in reading.rows.from(0).enumerate() {
            if let Some(at) = reading.rows.saying_of(i).checked_sub(1) {
                let cell = CellRef {
                    sheet: offset + u32::from(row.sheet),
                    row: row.row,
                    column: u32::from(row.column),
                };
                origins.marked.push((cell, saids + at));
            }
        }
    }
    origins.marked.sort_unstable();
    origins.marked.dedup_by_key(|(cell, _)| *cell);
    (origins, offsets)
}

/// The cells behind the rows of files.
pub(super) struct Cells<'a> {
    readings: &'a [FileReading],
    /// For each file, the place of its first sheet in the list of all sheets.
    offsets: Vec<u32>,
}

impl<'a> Cells<'a> {
    pub(super) const fn new(readings: &'a [FileReading], offsets: Vec<u32>) -> Self {
        Self { readings, offsets }
    }

    /// The cell of a row; for a sum, the first of those that were added up.
    pub(super) fn first(&self, incoming: &Incoming) -> CellRef {
        let FileRow { sheet, row, column, .. } = incoming.row;
        let sheet = self.offsets[incoming.file as usize] + u32::from(sheet);
        CellRef { sheet, row, column: u32::from(column) }
    }

    /// The cells behind a row: its own, or those that were added up for it.
    pub(super) fn of(&self, incoming: &Incoming) -> RowCells {
        let own = self.first(incoming);
        let sums = &self.readings[incoming.file as usize].sums;
        let cell = |&(row, column): &(u32, u16)| CellRef { row, column: u32::from(column), ..own };
        match incoming.row.sum.and_then(|number| sums.cells(number)) {
            Some(parts) => RowCells::Many(parts.iter().map(cell).collect()),
            None => RowCells::One(own),
        }
    }
}

/// The cells behind one row; mostly one, which needs no list.
#[derive(Clone)]
pub(super) enum RowCells {
    One(CellRef),
    Many(Vec<CellRef>),
}

impl IntoIterator for RowCells {
    type Item = CellRef;
    type IntoIter = std::iter::Chain<std::option::IntoIter<CellRef>, std::vec::IntoIter<CellRef>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self {
            Self::One(cell) => (Some(cell), Vec::new()),
            Self::Many(cells) => (None, cells),
        };
        one.into_iter().chain(many)
    }
}
