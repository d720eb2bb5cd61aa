//! What was added up for the sums of a file: cells and schools, stored compactly.

use std::num::NonZeroU32;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::rows::FileRow;
use super::schools::SchoolIndex;

/// What was added up for each sum of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct SumParts {
    /// The cells of all sums, one sum after another.
    cells: Vec<SumCell>,
    /// The schools of all sums, without duplicates within a sum; empty if the layout does not say which
    /// column names them.
    schools: Vec<SchoolIndex>,
    /// Where the cells and the schools of each sum end.
    ends: Vec<SumEnd>,
}

/// A cell that was added up.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(from = "(u32, u16)", into = "(u32, u16)")]
pub(super) struct SumCell {
    pub(super) row: u32,
    pub(super) column: u16,
}

impl From<(u32, u16)> for SumCell {
    fn from(cell: (u32, u16)) -> Self {
        Self { row: cell.0, column: cell.1 }
    }
}

impl From<SumCell> for (u32, u16) {
    fn from(cell: SumCell) -> Self {
        (cell.row, cell.column)
    }
}

/// Where the cells and the schools of a sum end in their lists.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(from = "PlainEnd", into = "PlainEnd")]
struct SumEnd {
    cells: u32,
    schools: u32,
    /// Whether columns of one row were added up, and not rows.
    is_of_columns: bool,
}

/// The same as a tuple.
type PlainEnd = (u32, u32, bool);

impl From<PlainEnd> for SumEnd {
    fn from(end: PlainEnd) -> Self {
        Self { cells: end.0, schools: end.1, is_of_columns: end.2 }
    }
}

impl From<SumEnd> for PlainEnd {
    fn from(end: SumEnd) -> Self {
        (end.cells, end.schools, end.is_of_columns)
    }
}

impl SumParts {
    /// Adds the parts of a sum and returns its number, from 1.
    pub(super) fn push(
        &mut self,
        cells: impl Iterator<Item = SumCell>,
        schools: impl Iterator<Item = SchoolIndex>,
    ) -> Option<NonZeroU32> {
        let mut own: Vec<SchoolIndex> = schools.collect();
        own.sort_unstable();
        own.dedup();
        self.cells.extend(cells);
        self.schools.extend(own);
        self.end_sum(false)
    }

    /// Adds the cells of several columns of one row, which are one value, and returns the number of their sum, from 1.
    pub(super) fn push_columns(&mut self, cells: impl Iterator<Item = SumCell>) -> Option<NonZeroU32> {
        self.cells.extend(cells);
        self.end_sum(true)
    }

    fn end_sum(&mut self, is_of_columns: bool) -> Option<NonZeroU32> {
        let (cells, schools) = (self.cells.len() as u32, self.schools.len() as u32);
        self.ends.push(SumEnd { cells, schools, is_of_columns });
        NonZeroU32::new(self.ends.len() as u32)
    }

    /// Whether a sum adds up rows, and not only columns of one row.
    pub(super) fn is_of_rows(&self, number: NonZeroU32) -> bool {
        self.ends.get(number.get() as usize - 1).is_none_or(|end| !end.is_of_columns)
    }

    /// The cells behind a row: those that were added up, or its own.
    pub(super) fn cells_behind(&self, row: &FileRow) -> Vec<SumCell> {
        let added = row.sum.and_then(|number| self.cells(number));
        added.map_or_else(|| vec![SumCell { row: row.row, column: row.column }], <[SumCell]>::to_vec)
    }

    /// The cells of a sum; `None` if there is no such sum.
    pub(super) fn cells(&self, number: NonZeroU32) -> Option<&[SumCell]> {
        let ends = self.ends_around(number)?;
        self.cells.get(ends.start.cells as usize..ends.end.cells as usize)
    }

    /// The schools of a sum, without duplicates; empty if there is no such sum.
    pub(super) fn schools(&self, number: NonZeroU32) -> &[SchoolIndex] {
        let Some(ends) = self.ends_around(number) else { return &[] };
        self.schools.get(ends.start.schools as usize..ends.end.schools as usize).unwrap_or_default()
    }

    /// The end of the sum before `number`, and its own.
    fn ends_around(&self, number: NonZeroU32) -> Option<Range<SumEnd>> {
        let index = number.get() as usize - 1;
        let start = index.checked_sub(1).map_or_else(SumEnd::default, |before| self.ends[before]);
        Some(start..*self.ends.get(index)?)
    }

    /// Their approximate memory size in bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.cells.len() * size_of::<SumCell>()
            + self.schools.len() * size_of::<SchoolIndex>()
            + self.ends.len() * size_of::<SumEnd>()
    }

    #[cfg(test)]
    pub(super) const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}
