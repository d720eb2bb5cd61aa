//! Sums within a measure: student groups that add up to all students, and subjects that add up to all subjects.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{CellCounts, ModelCell};
use super::system::{ANYBODY, CellIndex};
use crate::catalog::Catalog;
use crate::domain::{ALL, Grade};

/// The cell of a total and the cells of its parts.
#[derive(Debug, Clone)]
pub(super) struct CellSum {
    /// The cell of the total.
    pub(super) total: CellIndex,
    /// The cells of the parts.
    pub(super) parts: Vec<CellIndex>,
    /// Whether these are all the parts.
    pub(super) is_complete: bool,
}

/// The cells that are about people.
pub(super) fn cells_about_people<'c, 'a>(
    cells: &'c [ModelCell<'a>],
    counts: &[CellCounts],
) -> impl Iterator<Item = (CellIndex, &'c ModelCell<'a>)> {
    let about_people = cells.iter().enumerate().zip(counts).filter(|(_, counts)| counts.is_about_people());
    about_people.map(|((i, cell), _)| (CellIndex(i), cell))
}

/// The groups of each school, grade and dimension that have anyone in any table.
#[derive(Debug)]
pub(super) struct PopulatedGroups<'a> {
    groups: BTreeMap<GradeDimension<'a>, BTreeSet<&'a str>>,
}

/// The students of a school's grade by the groups of one dimension.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct GradeDimension<'a> {
    school: &'a str,
    grade: &'a Grade,
    dimension: &'a str,
}

impl<'a> PopulatedGroups<'a> {
    /// If a table leaves out a group that another table has, an attacker knows that there are more people.
    pub(super) fn of(cells: &[ModelCell<'a>], catalog: &'a Catalog) -> Self {
        let mut groups: BTreeMap<GradeDimension<'_>, BTreeSet<&str>> = BTreeMap::new();
        let populated = cells.iter().filter(|cell| cell.value != Some(0.0) && !cell.is_unpublished());
        for cell in populated.filter(|cell| cell.group != ALL) {
            if let Some(group) = catalog.groups.group(cell.group) {
                let ModelCell { school, grade, .. } = *cell;
                let population = GradeDimension { school, grade, dimension: &group.dimension };
                groups.entry(population).or_default().insert(cell.group);
            }
        }
        Self { groups }
    }

    /// The groups of one dimension in the school and grade of a cell.
    fn beside(&self, cell: &ModelCell<'a>, dimension: &'a str) -> impl Iterator<Item = &'a str> {
        let ModelCell { school, grade, .. } = *cell;
        self.groups.get(&GradeDimension { school, grade, dimension }).into_iter().flatten().copied()
    }
}

/// The sums of the groups of each dimension within each grade. `table` holds the cells of one measure and
/// subject.
pub(super) fn group_sums<'a>(
    cells: &[ModelCell<'a>],
    table: &[CellIndex],
    catalog: &'a Catalog,
    populated: &PopulatedGroups<'a>,
) -> Vec<CellSum> {
    let (totals, groups): (Vec<CellIndex>, Vec<CellIndex>) =
        table.iter().partition(|cell| cells[cell.0].group == ALL);
    let totals: BTreeMap<&Grade, CellIndex> =
        totals.into_iter().map(|cell| (cells[cell.0].grade, cell)).collect();
    let mut parts_of: BTreeMap<(CellIndex, &str), Vec<CellIndex>> = BTreeMap::new();
    for part in groups {
        let cell = &cells[part.0];
        let group = catalog.groups.group(cell.group);
        if let Some((group, total)) = group.zip(totals.get(cell.grade)) {
            parts_of.entry((*total, &group.dimension)).or_default().push(part);
        }
    }
    let mut sums = Vec::new();
    for ((total, dimension), parts) in parts_of {
        let mut populated = populated.beside(&cells[total.0], dimension);
        let is_complete = parts.len() > 1 && populated.all(|group| has_group(cells, &parts, group));
        sums.push(CellSum { total, parts, is_complete });
    }
    sums
}

/// The number of people that a cell's value is based on.
fn n_of(cells: &[ModelCell<'_>], CellIndex(cell): CellIndex) -> Option<f64> {
    cells[cell].n
}

fn has_group(cells: &[ModelCell<'_>], parts: &[CellIndex], group: &str) -> bool {
    parts.iter().any(|part| cells[part.0].group == group)
}

/// The all-subjects cell and the cells of each subject, for one measure, school, group and grade.
#[derive(Debug, Default)]
struct SubjectCells {
    total: Option<CellIndex>,
    parts: Vec<CellIndex>,
}

impl SubjectCells {
    fn sum(self) -> Option<CellSum> {
        let total = self.total.filter(|_| self.parts.len() > 1)?;
        Some(CellSum { total, parts: self.parts, is_complete: true })
    }
}

/// The sums of subjects, where there are at least two. If students are counted once per test, the tests add
/// up to the n of all subjects; if they are counted only once overall, the subjects do not add up.
pub(super) fn subject_sums(cells: &[ModelCell<'_>], counts: &[CellCounts]) -> Vec<CellSum> {
    let mut tables: BTreeMap<(&str, &str, &str, &Grade), SubjectCells> = BTreeMap::new();
    for (index, cell) in cells_about_people(cells, counts) {
        let table = tables.entry((&cell.measure.id, cell.school, cell.group, cell.grade)).or_default();
        if cell.subject == ALL { table.total = Some(index) } else { table.parts.push(index) }
    }
    let mut sums: Vec<CellSum> = tables.into_values().filter_map(SubjectCells::sum).collect();
    // If a measure's subjects visibly fail to add up anywhere, they are not assumed to add up where that
    // cannot be seen.
    let overlapping: BTreeSet<&str> =
        sums.iter().filter(|sum| overlaps(cells, sum)).map(|sum| measure_of(cells, sum)).collect();
    sums.retain(|sum| !overlapping.contains(measure_of(cells, sum)));
    sums
}

fn measure_of<'a>(cells: &[ModelCell<'a>], sum: &CellSum) -> &'a str {
    &cells[sum.total.0].measure.id
}

/// Whether the stated numbers of tests by subject do not add up to the number for all subjects.
fn overlaps(cells: &[ModelCell<'_>], sum: &CellSum) -> bool {
    let tests: Option<f64> = sum.parts.iter().map(|part| n_of(cells, *part)).sum();
    tests.zip(n_of(cells, sum.total)).is_some_and(|(tests, all)| (tests - all).abs() >= ANYBODY)
}
