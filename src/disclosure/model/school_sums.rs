//! Sums of schools: the schools of a district add up to it, within each measure, group, grade and subject.

use std::collections::BTreeMap;

use super::cell::{CellCounts, CellPlace, ModelCell};
use super::group_sums::{CellSum, cells_about_people};
use super::system::CellIndex;

/// The cells of a district and of its schools at one place.
#[derive(Debug, Default)]
struct SchoolCells {
    total: Option<CellIndex>,
    parts: Vec<CellIndex>,
}

impl SchoolCells {
    /// A school without a row has no such students, so two or more schools are assumed to be all of them.
    fn sum(self) -> Option<CellSum> {
        let total = self.total.filter(|_| !self.parts.is_empty())?;
        Some(CellSum { total, is_complete: self.parts.len() > 1, parts: self.parts })
    }
}

/// The sums of schools, wherever the district and a school have a cell.
pub(super) fn school_sums(cells: &[ModelCell<'_>], counts: &[CellCounts]) -> Vec<CellSum> {
    let mut tables: BTreeMap<CellPlace<'_>, SchoolCells> = BTreeMap::new();
    for (index, cell) in cells_about_people(cells, counts) {
        let table = tables.entry(CellPlace { school: "", ..CellPlace::of(cell) }).or_default();
        if cell.school.is_empty() { table.total = Some(index) } else { table.parts.push(index) }
    }
    tables.into_values().filter_map(SchoolCells::sum).collect()
}
