//! Cells that state nothing about people, such as an average without the number of students that it is based on.
//!
//! If all private cells of a year are silent, then an attacker who sees them knows as much about people as one who sees only public
//! cells, and so they disclose nothing.

use super::catalog_links::{CatalogLinks, MeasureKind};
use super::year::YearAudit;
use crate::pack_tables::{CellKey, PackCell, PackCells};

impl YearAudit<'_> {
    /// Whether all cells are silent, except public ones and the masks of private sources.
    pub(super) fn is_silent(&self, cells: &PackCells) -> bool {
        let mut private =
            cells.iter().filter(|(key, cell)| !cell.is_masked() && !(self.is_public)(self.at, key));
        private.all(|(key, cell)| self.knowledge.links.is_silent(key, cell))
    }
}

impl CatalogLinks {
    /// Whether a cell states nothing about any people.
    fn is_silent(&self, key: &CellKey, cell: &PackCell) -> bool {
        let has_value = cell.value.is_some() || cell.masked_from.is_some() || cell.masked_to.is_some();
        let has_people = cell.n.is_some() || cell.numerator.is_some();
        let says_of_own_people = match self.kind(key.measure) {
            MeasureKind::Count | MeasureKind::Rate => has_value || has_people,
            MeasureKind::Mean => has_people,
            MeasureKind::Unprotected => self.quotients.contains(&key.measure) && (has_value || has_people),
        };
        !(says_of_own_people || has_value && self.quotient_parts.contains(&key.measure))
    }
}
