//! What was added up for the sums of a file: cells and schools, stored compactly.

use std::num::NonZeroU32;
use std::ops::Range;

use serde::{Deserialize, Serialize};

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
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
struct SumEnd {
    cells: u32,
    schools: u32,
}

impl From<(u32, u32)> for SumEnd {
    fn from(end: (u32, u32)) -> Self {
        Self { cells: end.0, schools: end.1 }
    }
}

impl From<SumEnd> for (u32, u32) {
    fn from(end: SumEnd) -> Self {
        (end.cells, end.schools)
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
        self.ends.push(SumEnd { cells: self.cells.len() as u32, schools: self.schools.len() as u32 });
        NonZeroU32::new(self.ends.len() as u32)
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
