//! The counts of people that the cells of a district's year are about. Cells about the same students share a
//! count.
//!
//! The n of a rate or mean counts the people of its `population`, or those that `catalog/disclosure.toml`
//! names for it (students tested, test takers), or the people it is divided by; the same is true of its
//! numerator. If the figures of two measures differ although the catalog says that they are about the same
//! students, each has its own count, and a constraint bounds their difference. Bases of the same size, group
//! and grade are assumed to be the same people, whatever their measures.

use std::collections::BTreeMap;

use super::cell::{CellCounts, CellPlace, CellsByPlace, ModelCell, cells_by_place, counts_people};
use super::rate::RoundingSteps;
use super::system::{ANYBODY, CellIndex, Constraint, CountIndex};
use crate::catalog::{Catalog, SameStudents};
use crate::domain::ALL;
use statistics::linear_program::Interval;

/// How far two counts may differ, as a share of the larger, and still bound each other; a difference of one
/// person is always allowed.
const MAX_DIFFERENCE: f64 = 0.1;

/// Which people a count covers. The order of the variants is the order of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CountKind<'a> {
    /// The people that a measure counts.
    Counted(&'a str),
    /// Students that `catalog/disclosure.toml` names as the same in several measures.
    Same(&'a str),
    /// The people that a measure is based on, if no other measure counts them.
    Base(&'a str),
    /// The numerator of a rate.
    Numerator(&'a str),
    /// The people in a rate's base who are not in its numerator.
    Complement(&'a str),
}

/// The name of a count: which people of which school, group, grade and subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CountName<'a> {
    pub(super) kind: CountKind<'a>,
    /// Id of the school; empty for the district itself.
    pub(super) school: &'a str,
    pub(super) group: &'a str,
    pub(super) grade: &'a str,
    pub(super) subject: &'a str,
}

impl<'a> CountName<'a> {
    /// People of the group, grade and subject of a cell.
    pub(super) fn at_cell(kind: CountKind<'a>, cell: &ModelCell<'a>) -> Self {
        let ModelCell { school, group, subject, .. } = *cell;
        Self { kind, school, group, grade: cell.grade.id(), subject }
    }

    /// The people that a measure counts in the group and grade of a cell, in all subjects.
    pub(super) fn counted_by(measure: &'a str, cell: &ModelCell<'a>) -> Self {
        Self { subject: ALL, ..Self::at_cell(CountKind::Counted(measure), cell) }
    }

    /// The people that the measure of a place counts there.
    pub(super) const fn counted_at(place: CellPlace<'a>) -> Self {
        let CellPlace { measure, school, group, grade, subject } = place;
        Self { kind: CountKind::Counted(measure), school, group, grade, subject }
    }

    /// Students who are the same in several measures.
    pub(super) fn of_same_students(same: &'a SameStudents, cell: &ModelCell<'a>) -> Self {
        match same.count.first() {
            Some(measure) => Self::counted_by(measure, cell),
            None => Self::at_cell(CountKind::Same(&same.id), cell),
        }
    }
}

/// The size of a base within a school, group and grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BaseSize<'a> {
    pub(super) school: &'a str,
    pub(super) group: &'a str,
    pub(super) grade: &'a str,
    pub(super) n: u64,
}

/// The counts of a district's year by name.
pub(super) struct CountRegistry<'c, 'a> {
    pub(super) cells: &'c [ModelCell<'a>],
    pub(super) catalog: &'a Catalog,
    pub(super) by_place: CellsByPlace<'a>,
    pub(super) steps: RoundingSteps<'a>,
    pub(super) by_name: BTreeMap<CountName<'a>, CountIndex>,
    pub(super) by_size: BTreeMap<BaseSize<'a>, CountIndex>,
    /// The value of each count; NaN if no cell states it.
    values: Vec<f64>,
    /// Counts that are nearly the same.
    near_equalities: Vec<Constraint>,
    counts_of_cells: BTreeMap<CellPlace<'a>, CellCounts>,
}

impl<'c, 'a> CountRegistry<'c, 'a> {
    /// Registers the counts of some cells: first the people counted, then the bases of rates and means, then
    /// their numerators, so that each can refer to earlier ones.
    pub(super) fn new(cells: &'c [ModelCell<'a>], catalog: &'a Catalog) -> Self {
        let mut registry = Self {
            cells,
            catalog,
            by_place: cells_by_place(cells),
            steps: RoundingSteps::of_cells(cells),
            by_name: BTreeMap::new(),
            by_size: BTreeMap::new(),
            values: Vec::new(),
            near_equalities: Vec::new(),
            counts_of_cells: BTreeMap::new(),
        };
        let (counts, others): (Vec<&ModelCell<'a>>, Vec<&ModelCell<'a>>) =
            cells.iter().partition(|cell| counts_people(cell.measure));
        counts.into_iter().for_each(|cell| registry.add_counted(cell));
        others.iter().for_each(|cell| registry.add_base(cell));
        others.iter().for_each(|cell| registry.add_numerator(cell));
        registry
    }

    fn add_counted(&mut self, cell: &ModelCell<'a>) {
        let counted = self.count(CountName::at_cell(CountKind::Counted(&cell.measure.id), cell));
        self.record_value(counted, cell.value);
        self.set_counts(cell, CellCounts { counted: Some(counted), ..CellCounts::default() });
    }

    /// The counts that a cell is about.
    pub(super) fn counts_of(&self, cell: &ModelCell<'a>) -> CellCounts {
        self.counts_of_cells.get(&CellPlace::of(cell)).copied().unwrap_or_default()
    }

    /// Sets the counts that a cell is about.
    pub(super) fn set_counts(&mut self, cell: &ModelCell<'a>, counts: CellCounts) {
        self.counts_of_cells.insert(CellPlace::of(cell), counts);
    }

    /// The values of all counts; NaN if no cell states one.
    pub(super) fn into_values(self) -> Vec<f64> {
        self.values
    }

    /// The value of a count; NaN if no cell states it.
    pub(super) fn value(&self, CountIndex(count): CountIndex) -> f64 {
        self.values[count]
    }

    /// The value of a named count, if a cell states it.
    pub(super) fn stated_value(&self, name: &CountName<'a>) -> Option<f64> {
        self.by_name.get(name).map(|count| self.value(*count)).filter(|value| !value.is_nan())
    }

    /// The cell at a place.
    pub(super) fn cell_at(&self, place: CellPlace<'a>) -> Option<&'c ModelCell<'a>> {
        self.by_place.get(&place).map(|CellIndex(cell)| &self.cells[*cell])
    }

    /// Removes and returns the constraints on counts that are nearly the same.
    pub(super) fn take_constraints(&mut self) -> Vec<Constraint> {
        std::mem::take(&mut self.near_equalities)
    }

    /// The count with a name; created if there is none yet.
    pub(super) fn count(&mut self, name: CountName<'a>) -> CountIndex {
        let next = CountIndex(self.values.len());
        let count = *self.by_name.entry(name).or_insert(next);
        if count == next {
            self.values.push(f64::NAN);
        }
        count
    }

    /// Records the value of a count, unless it already has one.
    pub(super) fn record_value(&mut self, CountIndex(count): CountIndex, value: Option<f64>) {
        if let (Some(value), true) = (value, self.values[count].is_nan()) {
            self.values[count] = value;
        }
    }

    /// The count named `preferred`, if its value agrees with what a cell states; otherwise the cell's own
    /// count, bounded by the preferred one if they are nearly the same.
    pub(super) fn count_stated(
        &mut self,
        preferred: CountName<'a>,
        own: CountName<'a>,
        stated: Option<Interval>,
    ) -> CountIndex {
        let count = self.count(preferred);
        let Some(stated) = stated else { return count };
        let known = self.value(count);
        if known.is_nan() || agrees_with(known, stated) {
            self.record_value(count, stated.exact_value());
            return count;
        }
        let separate = self.count(own);
        let value = midpoint(stated);
        self.record_value(separate, Some(value.round()));
        self.near_equalities.extend(near_equality(count, separate, [known, value]));
        separate
    }
}

/// Whether a value is in an interval, after rounding to whole people.
fn agrees_with(value: f64, stated: Interval) -> bool {
    stated.low - ANYBODY <= value && value <= stated.high + ANYBODY
}

/// The constraint that two counts differ by no more than their `values` do, if these are nearly the same.
fn near_equality(one: CountIndex, other: CountIndex, values: [f64; 2]) -> Option<Constraint> {
    let [known, value] = values;
    let difference = (value - known).abs();
    if difference > (MAX_DIFFERENCE * known.max(value)).max(1.0) {
        return None;
    }
    let bounds = Interval { low: -difference.ceil(), high: difference.ceil() };
    Some(Constraint::new([(one, 1.0), (other, -1.0)], bounds))
}

/// The midpoint of an interval.
pub(super) fn midpoint(interval: Interval) -> f64 {
    (interval.low + interval.high) / 2.0
}
