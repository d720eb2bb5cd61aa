//! The cells behind rows, by sheets counted over all files.

use super::frame::{CellRef, Origins};
use super::gather::Incoming;
use super::reading::{FileReading, FileRow};
use crate::catalog::Bounds;

/// Where the files' values come from, and for each file the place of its first sheet in that list.
pub(super) fn origins(readings: &[FileReading]) -> (Origins, Vec<u32>) {
    let mut offsets = Vec::with_capacity(readings.len());
    let mut origins = Origins::default();
    for reading in readings {
        let offset = origins.sheets.len() as u32;
        offsets.push(offset);
        origins.sheets.extend(reading.sheets.iter().cloned());
        let placed = |(&(sheet, row, column), bounds): (&(u16, u32, u32), &Bounds)| {
            (CellRef { sheet: offset + u32::from(sheet), row, column }, *bounds)
        };
        origins.bounds.extend(reading.bounds.iter().map(placed));
    }
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

    /// The cells behind a row: its own, or those that were added up for it.
    pub(super) fn of(&self, incoming: &Incoming) -> RowCells {
        let FileRow { sheet, row, column, sum, .. } = incoming.row;
        let reading = &self.readings[incoming.file as usize];
        let sheet = self.offsets[incoming.file as usize] + u32::from(sheet);
        match sum.and_then(|n| reading.sums.get(n.get() as usize - 1)) {
            Some(parts) => RowCells::Many(
                parts
                    .cells
                    .iter()
                    .map(|(row, column)| CellRef { sheet, row: *row, column: *column })
                    .collect(),
            ),
            None => RowCells::One(CellRef { sheet, row, column }),
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
