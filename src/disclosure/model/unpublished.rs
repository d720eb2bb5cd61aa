//! Numbers that nobody publishes, although what they add up to is published: one student group within one grade of one
//! school. Anyone knows that none of them is negative, and that narrows the intervals of what they add up to (Dobra and
//! Fienberg 2000, "Bounds for cell entries in contingency tables given marginal totals and decomposable graphs", PNAS 97).

use std::collections::BTreeMap;

use super::cell::{CellPlace, CellsByPlace, ModelCell, cells_by_place, is_of_other_cells};
use crate::catalog::Bounds;
use crate::domain::{ALL, Grade};

/// The most such numbers of a district's year that the model holds: five schools with eleven groups, six grades, and three
/// measures have 990, and take about fifteen times as long with them. With thirty schools, it would be more than five minutes.
const MOST_UNPUBLISHED: usize = 1_000;

/// The margins of one measure and subject in a school.
#[derive(Debug, Default)]
struct SchoolMargins<'c, 'a> {
    /// The cells of single groups in all grades.
    groups: Vec<&'c ModelCell<'a>>,
    /// The single grades and spans that have a cell for all students.
    grades: Vec<&'a Grade>,
}

/// The cells, followed by those that nobody publishes, unless they are too many: first those of published values, then those of rates
/// that are computed from their own numerators, if there is room for both. Which ones are added depends on the places and origins of
/// the cells only.
pub(super) fn with_unpublished<'a>(cells: &[ModelCell<'a>]) -> Vec<ModelCell<'a>> {
    let by_place = cells_by_place(cells);
    let mut added: Vec<ModelCell<'a>> = Vec::new();
    for is_computed in [false, true] {
        let mut more = unpublished_cells(cells, &by_place, is_computed);
        if added.len() + more.len() <= MOST_UNPUBLISHED {
            added.append(&mut more);
        }
    }
    let mut all = cells.to_vec();
    all.append(&mut added);
    all
}

/// The cells that nobody publishes, of published or of computed values.
fn unpublished_cells<'a>(
    cells: &[ModelCell<'a>],
    by_place: &CellsByPlace<'a>,
    is_computed: bool,
) -> Vec<ModelCell<'a>> {
    let mut added = Vec::new();
    for margins in margins(cells, by_place, is_computed).values() {
        for group in &margins.groups {
            let grades = margins.grades.iter().filter(|grade| is_unpublished(by_place, group, grade));
            added.extend(grades.map(|grade| unpublished(group, grade)));
        }
    }
    added
}

/// The margins of each school, of published or of computed values, by the place of all its students.
fn margins<'c, 'a>(
    cells: &'c [ModelCell<'a>],
    by_place: &CellsByPlace<'a>,
    is_computed: bool,
) -> BTreeMap<CellPlace<'a>, SchoolMargins<'c, 'a>> {
    let mut schools: BTreeMap<CellPlace<'a>, SchoolMargins<'c, 'a>> = BTreeMap::new();
    let of_schools = cells.iter().filter(|cell| !cell.school.is_empty() && cell.is_computed == is_computed);
    for cell in of_schools.filter(|cell| !is_of_other_cells(cell, by_place)) {
        let margins = schools.entry(CellPlace { group: ALL, grade: ALL, ..CellPlace::of(cell) }).or_default();
        match (cell.group == ALL, cell.grade.is_all()) {
            (false, true) => margins.groups.push(cell),
            (true, false) => margins.grades.push(cell.grade),
            _ => {}
        }
    }
    schools
}

/// Whether the district has a number for the group in the grade, and the school has none.
fn is_unpublished(by_place: &CellsByPlace<'_>, group: &ModelCell<'_>, grade: &Grade) -> bool {
    let place = CellPlace { grade: grade.id(), ..CellPlace::of(group) };
    by_place.contains_key(&CellPlace { school: "", ..place }) && !by_place.contains_key(&place)
}

/// The cell of a group in one grade, which states nothing.
fn unpublished<'a>(group: &ModelCell<'a>, grade: &'a Grade) -> ModelCell<'a> {
    ModelCell {
        grade,
        value: None,
        numerator: None,
        n: None,
        bounds: Bounds::default(),
        is_masked: false,
        is_public: true,
        ..group.clone()
    }
}
