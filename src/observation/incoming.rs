//! Rows from all files, before they are added to the frame.

use super::cells_behind::CellsBehind;
use super::combine::combine;
use super::rows::FileRow;
use crate::domain::{KeyCode, SchoolYear};

/// Index of a file among the project's readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileIndex(pub(super) u32);

/// Key, district code and year: the sort key of a frame.
pub(super) type FramePosition = (KeyCode, u32, SchoolYear);

/// A row of a file, before it is added to the frame.
#[derive(Clone, Copy)]
pub(super) struct IncomingRow {
    pub(super) key: KeyCode,
    /// Code of the district to which its value now belongs.
    pub(super) district: u32,
    /// Code of the district that published it; different if the crosswalk moves its past to a successor.
    pub(super) origin: u32,
    pub(super) file: FileIndex,
    /// Whether its publisher made it public as it is.
    pub(super) public: bool,
    pub(super) row: FileRow,
}

impl IncomingRow {
    pub(super) const fn position(&self) -> FramePosition {
        (self.key, self.district, self.row.year)
    }
}

/// A row with the cells behind it.
#[derive(Clone)]
pub(super) struct TracedRow {
    pub(super) row: IncomingRow,
    pub(super) cells: CellsBehind,
}

impl TracedRow {
    /// Combines rows into one with the cells of all; `None` for rates without denominators to weight them by.
    /// The result was never published itself: it is public only if all its parts are.
    pub(super) fn combine(parts: &[Self], is_additive: bool) -> Option<Self> {
        let rows: Vec<FileRow> = parts.iter().map(|part| part.row.row).collect();
        let public = parts.iter().all(|part| part.row.public);
        let whole = combine(&rows, is_additive, public)?;
        let row = IncomingRow { row: whole, public, ..parts.first()?.row };
        let cells = CellsBehind::Many(parts.iter().flat_map(|part| part.cells.clone()).collect());
        Some(Self { row, cells })
    }
}
