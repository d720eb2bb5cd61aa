//! The origin of values: cells in the user's files, and the bounds given by their markers.

use serde::{Deserialize, Serialize};

use crate::catalog::Bounds;
use crate::diagnostic::Place;

/// A cell in the user's files, in 12 bytes: sheet index, row and column, all from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellRef {
    /// Index into the list of sheets.
    pub sheet: u32,
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
}

/// Where a frame's values come from; shared by all stages.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    /// Files and sheets, indexed by a cell's `sheet`.
    pub sheets: Vec<Place>,
    /// Bounds of masked values, as given by their markers.
    pub bounds: Vec<Bounds>,
    /// The masked cells whose markers give bounds, sorted.
    pub marked: Vec<MarkedCell>,
}

/// A masked cell whose marker gives bounds for its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MarkedCell {
    /// The cell.
    pub cell: CellRef,
    /// The bounds: an index into the list of bounds.
    pub bounds: u32,
}

impl Origins {
    /// The place of a cell.
    #[must_use]
    pub fn place(&self, cell: CellRef) -> Place {
        self.sheets[cell.sheet as usize].at(cell.row, cell.column)
    }

    /// The file that contains a cell.
    pub(super) fn file(&self, cell: CellRef) -> &str {
        &self.sheets[cell.sheet as usize].file
    }

    /// The bounds of the masked value in a cell; `None` if its marker gives none.
    #[must_use]
    pub fn bounds_of(&self, cell: CellRef) -> Option<Bounds> {
        let index = self.marked.binary_search_by_key(&cell, |marked| marked.cell).ok()?;
        self.bounds.get(self.marked[index].bounds as usize).copied()
    }
}
