//! What adds up: student groups to all students, grades to spans of grades and to all, subjects to all subjects, levels of a test
//! to everybody tested, parts of a sum to the sum; and who is at a level and above, to those who are at the next and above, and
//! those who are not.
//!
//! What the listed parts leave of their total is a count of people too (students of no group that is listed), which nobody shows
//! but everybody can see. Where there is but one part, that is the number of all others (103 of 105 students tell of
//! two); where grades have holes between them, those of the holes. Elsewhere readers take the parts to be all there are.

use std::collections::{BTreeMap, BTreeSet};

use super::completion::told;
use super::model::{
    ANYBODY, Cell, CellCounts, CellIndex, Constraint, CountIndex, Excess, Model, Place, Remainder, places,
};
use super::spans::{Sum, by_grade, overlaps};
use crate::catalog::{Catalog, Whole};
use crate::domain::{ALL, Grade, Unit};
use statistics::linear_program::Interval;

/// Every sum of a district's year, under a policy of `least` people.
pub(super) fn add_sums(model: &mut Model, cells: &[Cell<'_>], catalog: &Catalog, least: f64) {
    let at = places(cells);
    let mut tables: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate().filter(|(i, _)| model.cells[*i].is_about_people()) {
        tables.entry((&cell.measure.id, cell.subject)).or_default().push(i);
    }
    // Where a table leaves out a group that another has, a reader knows that there is more.
    let mut there: There<'_> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.group != ALL && cell.value != Some(0.0)) {
        if let Some(group) = catalog.groups.group(cell.group) {
            there.entry((cell.grade, &group.dimension)).or_default().insert(cell.group);
        }
    }
    let by_subject = by_subject(cells, &model.cells);
    let crossing = overlaps(cells, &model.cells);
    let told = told(model);
    let mut sums = Sums { model, cells, least, told, known: BTreeMap::new() };
    let of_tables = tables
        .values()
        .flat_map(|table| by_group(cells, table, catalog, &there).into_iter().chain(by_grade(cells, table)));
    for sum in of_tables.chain(by_subject) {
        sums.add_people(&sum);
    }
    for (i, cell) in cells.iter().enumerate() {
        let same = |measure: &str| at.get(&Place { measure, ..Place::of(cell) }).copied();
        // Some of the people that another measure counts.
        let of = cell.measure.population.as_ref().filter(|_| cell.measure.unit == Unit::Count);
        if let Some(total) = of.and_then(|population| same(&population.measure)) {
            sums.add_numbers(&Sum { total, parts: vec![i], is_full: false });
        }
        let sum = cell.measure.derive.as_ref().filter(|d| d.denominator.is_empty() && d.minus.is_empty());
        if let Some(parts) =
            sum.and_then(|d| d.numerator.iter().map(|id| same(id)).collect::<Option<Vec<_>>>())
        {
            sums.add_numbers(&Sum { total: i, parts, is_full: true });
        }
        let wholes = catalog.disclosure.whole.iter().filter(|whole| !whole.nested);
        for whole in wholes.filter(|whole| is_first(whole, cell, &same)) {
            sums.add_whole(whole, &same);
        }
    }
    for (outer, inner) in nested(cells, &at, catalog) {
        sums.add_numbers(&Sum { total: outer, parts: vec![inner], is_full: false });
    }
    sums.model.constraints.extend(crossing);
}

/// The pairs of cells of which one counts some of those whom the other counts. Measures of which the lesser is the larger anywhere
/// are not what the catalog takes them for.
fn nested(cells: &[Cell<'_>], at: &BTreeMap<Place<'_>, usize>, catalog: &Catalog) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for whole in catalog.disclosure.whole.iter().filter(|whole| whole.nested) {
        let next = |(i, cell): (usize, &Cell<'_>)| {
            let own = whole.parts.iter().position(|part| *part == cell.measure.id)?;
            let place = |part: &String| at.get(&Place { measure: part, ..Place::of(cell) }).copied();
            whole.parts[own + 1..].iter().find_map(place).map(|inner| (i, inner))
        };
        let found: Vec<(usize, usize)> = cells.iter().enumerate().filter_map(next).collect();
        let is_nested = |(outer, inner): &(usize, usize)| {
            let values = cells[*outer].value.zip(cells[*inner].value);
            values.is_none_or(|(outer, inner)| inner <= outer + ROUNDING)
        };
        if found.iter().all(is_nested) {
            pairs.extend(found);
        }
    }
    pairs
}

/// By how many percent a rate may be above another for being rounded.
const ROUNDING: f64 = 1.0;

/// Whether a cell is the first of a whole's parts that is there.
fn is_first(whole: &Whole, cell: &Cell<'_>, same: &impl Fn(&str) -> Option<usize>) -> bool {
    let first = whole.parts.iter().find(|id| same(id.as_str()).is_some());
    first.is_some_and(|id| *id == cell.measure.id)
}

struct Sums<'m, 'c, 'a> {
    model: &'m mut Model,
    cells: &'c [Cell<'a>],
    least: f64,
    /// The interval that the cells tell of each count: wide where only a rounded rate tells it.
    told: BTreeMap<CountIndex, Interval>,
    /// What parts leave of a total, for those that are known already.
    known: BTreeMap<Parts, Left>,
}

/// The counts of a sum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Parts {
    total: CountIndex,
    parts: Vec<CountIndex>,
}

/// What the parts of a sum leave of its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// Nobody, or what cannot be told.
    None,
    /// So many people.
    Of(CountIndex),
    /// It is no sum.
    NoSum,
}

/// By which share of their total parts may be more than it and still be taken for its parts; by s in any case.
const TOLERANCE: f64 = 0.05;

impl Sums<'_, '_, '_> {
    /// Adds the sums of the people, the numbers behind rates and their rests.
    fn add_people(&mut self, sum: &Sum) {
        let people: fn(&CellCounts) -> Option<CountIndex> = |counts| counts.base;
        let number: fn(&CellCounts) -> Option<CountIndex> = |counts| counts.number;
        if self.model.cells[sum.total].base.is_none() {
            let is_full = sum.is_full || self.leaves_nobody(sum, number);
            self.add(&Sum { is_full, ..sum.clone() }, number, Left::None);
            return;
        }
        let is_full = sum.is_full || self.leaves_nobody(sum, people);
        let base = self.add(&Sum { is_full, ..sum.clone() }, people, Left::None);
        if base == Left::NoSum {
            return;
        }
        // Of nobody nobody is counted.
        let is_full = base == Left::None;
        let number = self.add(&Sum { is_full, ..sum.clone() }, number, base);
        if let (Left::Of(base), Left::Of(number)) = (base, number) {
            let left = self.model.truth[base.0] - self.model.truth[number.0];
            let rest = self.model.add_count(if left.is_nan() { left } else { left.max(0.0) });
            let total = Some(CellIndex(sum.total));
            self.model.remainders.extend(self.is_private(sum).then_some(Remainder { count: rest, total }));
            self.model.constraints.push(Constraint::of_rest(number, rest, base));
            self.model.base_of.insert(number, base);
            self.model.base_of.insert(rest, base);
        }
    }

    /// Whether the parts of a sum come to its total: then a reader takes them to be all there are, even where that is but one.
    fn leaves_nobody(&self, sum: &Sum, of: fn(&CellCounts) -> Option<CountIndex>) -> bool {
        let count = |cell: &usize| of(&self.model.cells[*cell]).map(|count| self.model.truth[count.0]);
        let parts: Option<f64> = sum.parts.iter().map(count).sum();
        let counts = sum.parts.iter().chain([&sum.total]).filter_map(|cell| of(&self.model.cells[*cell]));
        let off = self.off(counts);
        count(&sum.total).zip(parts).is_some_and(|(total, parts)| (total - parts).abs() <= ANYBODY + off)
    }

    /// By how much a sum of some counts may be off for rates being rounded.
    fn off(&self, counts: impl Iterator<Item = CountIndex>) -> f64 {
        counts
            .filter_map(|count| self.told.get(&count))
            .map(|told| told.width())
            .filter(|off| off.is_finite())
            .sum()
    }

    /// Adds the sum of what cells count.
    fn add_numbers(&mut self, sum: &Sum) {
        self.add(sum, |counts| counts.number, Left::None);
    }

    fn is_private(&self, sum: &Sum) -> bool {
        sum.parts.iter().chain([&sum.total]).any(|cell| !self.cells[*cell].public)
    }

    /// Adds one kind of count of a sum, if they are there and not known yet.
    fn add(&mut self, sum: &Sum, of: fn(&CellCounts) -> Option<CountIndex>, base: Left) -> Left {
        let parts: Vec<CountIndex> =
            sum.parts.iter().filter_map(|cell| of(&self.model.cells[*cell])).collect();
        let Some(total) = of(&self.model.cells[sum.total]) else { return Left::None };
        let is_full = sum.is_full && parts.len() == sum.parts.len();
        let is_private = self.is_private(sum);
        let found = self.push(Parts { total, parts }, is_full, is_private, base, Some(CellIndex(sum.total)));
        // Only of a total that is a count itself: that of a rate's people is nowhere to be corrected.
        let is_count = self.model.cells[sum.total].base.is_none();
        if let Some(parts) = found.1.filter(|_| is_count) {
            self.model.excesses.push(Excess { total: CellIndex(sum.total), parts });
        }
        found.0
    }

    /// Adds the sum of the levels that come to everybody.
    fn add_whole(&mut self, whole: &Whole, same: &impl Fn(&str) -> Option<usize>) {
        let cells: Vec<usize> = whole.parts.iter().filter_map(|id| same(id)).collect();
        let Some(total) = cells.first().and_then(|first| self.model.cells[*first].base) else { return };
        let parts: Vec<CountIndex> = cells.iter().filter_map(|cell| self.model.cells[*cell].number).collect();
        let is_full = parts.len() == whole.parts.len();
        let is_private = cells.iter().any(|cell| !self.cells[*cell].public);
        self.push(
            Parts { total, parts },
            is_full,
            is_private,
            Left::None,
            cells.first().copied().map(CellIndex),
        );
    }

    /// Adds a sum; gives what its parts leave, and what they come to where that is a little more than a total that people count.
    fn push(
        &mut self,
        mut of: Parts,
        is_full: bool,
        is_private: bool,
        base: Left,
        cell: Option<CellIndex>,
    ) -> (Left, Option<f64>) {
        of.parts.sort_unstable();
        if of.parts.is_empty() || of.parts.contains(&of.total) {
            return (Left::None, None);
        }
        if let Some(known) = self.known.get(&of) {
            return (*known, None);
        }
        let truth = &self.model.truth;
        let (total, parts): (f64, f64) = (truth[of.total.0], of.parts.iter().map(|part| truth[part.0]).sum());
        let left = total - parts;
        // Parts that are known to be more than the total are none of it, whatever the others are.
        let known: f64 = of.parts.iter().map(|part| truth[part.0]).filter(|part| !part.is_nan()).sum();
        let mut excess = None;
        let remainder = if total - known < -self.least.max(TOLERANCE * total) {
            Left::NoSum
        } else {
            excess = (left < -ANYBODY && is_private).then_some(parts);
            // Where there are people whom no part lists, those who know it know that.
            let off = self.off(of.parts.iter().copied().chain([of.total]));
            let has_more = !is_full || left > ANYBODY + off;
            let mut terms: Vec<(CountIndex, f64)> = of.parts.iter().map(|part| (*part, 1.0)).collect();
            terms.push((of.total, -1.0));
            let mut found = Left::None;
            if has_more {
                let most = match base {
                    Left::Of(base) => truth[base.0],
                    _ => f64::INFINITY,
                };
                let left = if left.is_nan() { left } else { left.clamp(0.0, most.max(0.0)) };
                let count = self.model.add_count(left);
                terms.push((count, 1.0));
                self.model.remainders.extend(is_private.then_some(Remainder { count, total: cell }));
                found = Left::Of(count);
            }
            self.model.constraints.push(Constraint::new(terms, Interval::exactly(0.0)));
            found
        };
        self.known.insert(of, remainder);
        (remainder, excess)
    }
}

/// The groups of a grade and dimension that have somebody.
type There<'a> = BTreeMap<(&'a Grade, &'a str), BTreeSet<&'a str>>;

/// The groups of each dimension within each grade.
fn by_group(cells: &[Cell<'_>], table: &[usize], catalog: &Catalog, there: &There<'_>) -> Vec<Sum> {
    let everybody: BTreeMap<&Grade, usize> = table
        .iter()
        .filter(|cell| cells[**cell].group == ALL)
        .map(|cell| (cells[*cell].grade, *cell))
        .collect();
    let dimension = |group: &str| catalog.groups.group(group).map(|group| group.dimension.as_str());
    let mut sums: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for cell in table.iter().copied().filter(|cell| cells[*cell].group != ALL) {
        let total = everybody.get(cells[cell].grade);
        if let Some((dimension, total)) = dimension(cells[cell].group).zip(total) {
            sums.entry((*total, dimension)).or_default().push(cell);
        }
    }
    let is_full = |(total, of): (usize, &str), parts: &[usize]| {
        let mut all = there.get(&(cells[total].grade, of)).into_iter().flatten();
        parts.len() > 1 && all.all(|group| parts.iter().any(|part| cells[*part].group == *group))
    };
    let sum =
        |(of, parts): ((usize, &str), Vec<usize>)| Sum { total: of.0, is_full: is_full(of, &parts), parts };
    sums.into_iter().map(sum).collect()
}

/// The subjects of all subjects, where there are two and more of them. Tests add up, where students are counted once in each, and
/// come to just what all subjects rest on; where students are counted once in all, the subjects come to nothing.
fn by_subject(cells: &[Cell<'_>], about: &[CellCounts]) -> Vec<Sum> {
    type Table = (Option<usize>, Vec<usize>);
    let mut tables: BTreeMap<(&str, &str, &Grade), Table> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate().filter(|(i, _)| about[*i].is_about_people()) {
        let (total, parts) = tables.entry((&cell.measure.id, cell.group, cell.grade)).or_default();
        if cell.subject == ALL { *total = Some(i) } else { parts.push(i) }
    }
    let sum = |(total, parts): Table| {
        total.filter(|_| parts.len() > 1).map(|total| Sum { total, parts, is_full: true })
    };
    let sums: Vec<Sum> = tables.into_values().filter_map(sum).collect();
    // What does not add up where it can be seen is taken for no sum where it cannot.
    let overlaps = |sum: &&Sum| {
        let tests: Option<f64> = sum.parts.iter().map(|part| cells[*part].n).sum();
        tests.zip(cells[sum.total].n).is_some_and(|(tests, all)| (tests - all).abs() >= 0.5)
    };
    let of = |sum: &Sum| cells[sum.total].measure.id.as_str();
    let overlapping: BTreeSet<&str> = sums.iter().filter(overlaps).map(of).collect();
    sums.into_iter().filter(|sum| !overlapping.contains(of(sum))).collect()
}
