//! Where values come from: cells of the user's files, and what the marks in them say.

use crate::catalog::Bounds;
use crate::diagnostic::Place;

/// A cell in the user's files, in 12 bytes: index of its sheet, row and column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellRef {
    /// Index into the list of sheets.
    pub sheet: u32,
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
}

/// Where a frame's values come from, shared by the stages.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    /// Files and sheets, by a cell's `sheet`.
    pub sheets: Vec<Place>,
    /// What marks say of masked values.
    pub bounds: Vec<Bounds>,
    /// The masked cells whose marks say something, sorted.
    pub marked: Vec<MarkedCell>,
}

/// A masked cell whose mark says something of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MarkedCell {
    /// The cell.
    pub cell: CellRef,
    /// What its mark says: an index into the list of bounds.
    pub bounds: u32,
}

impl Origins {
    /// The place of a cell.
    #[must_use]
    pub fn place(&self, cell: CellRef) -> Place {
        self.sheets[cell.sheet as usize].at(cell.row, cell.column)
    }

    /// The file that a cell is in.
    pub(super) fn file(&self, cell: CellRef) -> &str {
        &self.sheets[cell.sheet as usize].file
    }

    /// The bounds of the masked value of a cell; `None` where its mark says none.
    #[must_use]
    pub fn bounds_of(&self, cell: CellRef) -> Option<Bounds> {
        let index = self.marked.binary_search_by_key(&cell, |marked| marked.cell).ok()?;
        self.bounds.get(self.marked[index].bounds as usize).copied()
    }
}
