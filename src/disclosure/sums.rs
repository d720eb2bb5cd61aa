//! What adds up: student groups to all students, grades to spans of grades and to all, subjects to all subjects, levels of a test
//! to everybody tested, parts of a sum to the sum; and who is at a level and above, to those who are at the next and above, and
//! those who are not.
//!
//! What the listed parts leave of their total is a count of people too (students of no group that is listed), which nobody shows
//! but everybody can see. Where there is but one part, that is the number of all others (103 of 105 students tell of
//! two); where grades have holes between them, those of the holes. Elsewhere readers take the parts to be all there are.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{
    Cell, CellCounts, CellIndex, Constraint, CountIndex, Excess, Model, Place, Remainder, places,
};
use crate::catalog::{Catalog, Whole};
use crate::domain::{ALL, Grade, Unit};
use crate::linear_program::Interval;

/// A total cell with its parts.
#[derive(Debug, Clone)]
struct Sum {
    total: usize,
    parts: Vec<usize>,
    is_full: bool,
}

/// Every sum of a district's year, under a policy of `least` people.
pub(super) fn add_sums(model: &mut Model, cells: &[Cell<'_>], catalog: &Catalog, least: f64) {
    let at = places(cells);
    let mut tables: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate().filter(|(i, _)| is_about_people(&model.cells[*i])) {
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
    let mut sums = Sums { model, cells, least, known: BTreeMap::new() };
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

fn is_about_people(counts: &CellCounts) -> bool {
    counts.number.is_some() || counts.base.is_some()
}

/// Whether a cell is the first of a whole's parts that is there.
fn is_first(whole: &Whole, cell: &Cell<'_>, same: &impl Fn(&str) -> Option<usize>) -> bool {
    let first = whole.parts.iter().find(|id| same(id.as_str()).is_some());
    first.is_some_and(|id| *id == cell.measure.id)
}

struct Sums<'m, 'c, 'a> {
    model: &'m mut Model,
    cells: &'c [Cell<'a>],
    least: f64,
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

/// Counts are whole: what is left of a total is above 0 from here on.
const ANY: f64 = 0.5;
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
            let all = [(number, 1.0), (rest, 1.0), (base, -1.0)];
            self.model.constraints.push(Constraint::new(all, Interval::exactly(0.0)));
            self.model.base_of.insert(number, base);
            self.model.base_of.insert(rest, base);
        }
    }

    /// Whether the parts of a sum come to its total: then a reader takes them to be all there are, even where that is but one.
    fn leaves_nobody(&self, sum: &Sum, of: fn(&CellCounts) -> Option<CountIndex>) -> bool {
        let count = |cell: &usize| of(&self.model.cells[*cell]).map(|count| self.model.truth[count.0]);
        let parts: Option<f64> = sum.parts.iter().map(count).sum();
        count(&sum.total).zip(parts).is_some_and(|(total, parts)| (total - parts).abs() <= ANY)
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
        if let Some(parts) = found.1 {
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
        let mut excess = None;
        let remainder = if left < -self.least.max(TOLERANCE * total) {
            Left::NoSum
        } else {
            excess = (left < -ANY && is_private).then_some(parts);
            // Where there are people whom no part lists, those who know it know that.
            let has_more = !is_full || left > ANY;
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
    for (i, cell) in cells.iter().enumerate().filter(|(i, _)| is_about_people(&about[*i])) {
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

/// The first and the last grade of a cell.
type Range = (i8, i8);

/// Spans of grades with their cells.
type Spans = Vec<(Range, usize)>;

fn range(grade: &Grade) -> Range {
    if grade.is_all() {
        return (i8::MIN, i8::MAX);
    }
    let last = grade.id().split_once('-').and_then(|(_, last)| Grade::parse(last));
    (grade.order(), last.map_or(grade.order(), |last| last.order()))
}

/// The grades, and the spans of grades, of each span and of all.
fn by_grade(cells: &[Cell<'_>], table: &[usize]) -> Vec<Sum> {
    let mut groups: BTreeMap<&str, Vec<(Range, usize)>> = BTreeMap::new();
    for cell in table {
        groups.entry(cells[*cell].group).or_default().push((range(cells[*cell].grade), *cell));
    }
    let mut sums = Vec::new();
    for grades in groups.values() {
        for (whole, total) in grades.iter().filter(|(range, _)| range.0 < range.1) {
            let is_inside = |r: &Range| r != whole && whole.0 <= r.0 && r.1 <= whole.1;
            let inside: Vec<(Range, usize)> = grades.iter().copied().filter(|(r, _)| is_inside(r)).collect();
            let single = inside.iter().copied().filter(|(r, _)| r.0 == r.1).collect();
            let through = through_each(&inside, *whole);
            for cover in [cover(single), cover(inside)].into_iter().chain(through) {
                if !cover.is_empty() {
                    let is_full = cover.len() > 1 && !has_holes(&cover, *whole);
                    let parts = cover.into_iter().map(|(_, cell)| cell).collect();
                    sums.push(Sum { total: *total, parts, is_full });
                }
            }
        }
    }
    sums
}

/// What spans of grades that overlap in part tell together: as much as the span of both and that which they share, where these are
/// listed too. Of all students, all groups and all measures, and of the people of rates.
fn overlaps(cells: &[Cell<'_>], about: &[CellCounts]) -> Vec<Constraint> {
    let mut tables: BTreeMap<(&str, &str, &str), Spans> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate().filter(|(i, _)| is_about_people(&about[*i])) {
        let table = tables.entry((&cell.measure.id, cell.subject, cell.group)).or_default();
        table.push((range(cell.grade), i));
    }
    let mut found = Vec::new();
    for table in tables.values() {
        for [a, b, both, shared] in crossing(table) {
            for of in [|about: &CellCounts| about.base, |about: &CellCounts| about.number] {
                let counts = [a, b, both, shared].map(|cell| of(&about[cell]));
                let [Some(a), Some(b), Some(both), Some(shared)] = counts else { continue };
                let terms = [(a, 1.0), (b, 1.0), (both, -1.0), (shared, -1.0)];
                found.push(Constraint::new(terms, Interval::exactly(0.0)));
            }
        }
    }
    found
}

/// Two spans that overlap in part, with the span of both and that which they share, by their cells.
fn crossing(table: &[(Range, usize)]) -> Vec<[usize; 4]> {
    let spans = || table.iter().filter(|(range, _)| range.0 != i8::MIN);
    let first = spans().map(|(range, _)| range.0).min();
    let last = spans().map(|(range, _)| range.1).max();
    let whole = |from: i8, to: i8| {
        let is_all = Some(from) == first && Some(to) == last;
        let fits = |range: &Range| *range == (from, to) || is_all && range.0 == i8::MIN;
        table.iter().find(|(range, _)| fits(range)).map(|(_, cell)| *cell)
    };
    let mut found = Vec::new();
    for (a, first_cell) in spans() {
        for (b, other) in spans().filter(|(b, _)| a.0 < b.0 && b.0 <= a.1 && a.1 < b.1) {
            let shared = spans().find(|(range, _)| *range == (b.0, a.1)).map(|(_, cell)| *cell);
            let both = whole(a.0, b.1).zip(shared);
            found.extend(both.map(|(both, shared)| [*first_cell, *other, both, shared]));
        }
    }
    found
}

/// Spans that follow each other without overlap, the longest at each place.
fn cover(mut spans: Vec<(Range, usize)>) -> Vec<(Range, usize)> {
    spans.sort_by_key(|((first, last), cell)| (*first, -i16::from(*last), *cell));
    let mut cover: Vec<(Range, usize)> = Vec::new();
    for span in spans {
        if cover.last().is_none_or(|((_, last), _)| span.0.0 > *last) {
            cover.push(span);
        }
    }
    cover
}

/// For each span of several grades, the cover that goes through it, where there is one from the first grade to the last.
fn through_each(inside: &[(Range, usize)], whole: Range) -> Vec<Vec<(Range, usize)>> {
    let first = inside.iter().map(|(range, _)| range.0).min();
    let last = inside.iter().map(|(range, _)| range.1).max();
    let through = |of: &(Range, usize)| {
        let fits = |(range, _): &&(Range, usize)| *range == of.0 || range.1 < of.0.0 || of.0.1 < range.0;
        cover(inside.iter().filter(fits).copied().collect())
    };
    let is_whole = |cover: &Vec<(Range, usize)>| {
        let ends = (cover.first().map(|(range, _)| range.0), cover.last().map(|(range, _)| range.1));
        ends == (first, last) && !has_holes(cover, whole)
    };
    inside.iter().filter(|(range, _)| range.0 < range.1).map(through).filter(is_whole).collect()
}

/// Whether a grade between the first and the last is in none of the spans.
fn has_holes(cover: &[(Range, usize)], whole: Range) -> bool {
    let inner =
        cover.windows(2).any(|pair| i16::from(pair[1].0.0) > i16::from(pair[0].0.1) + 1 && pair[1].0.0 < 13);
    let ends = cover.first().zip(cover.last()).is_none_or(|(first, last)| {
        let is_all = whole.0 == i8::MIN;
        !is_all && (first.0.0 > whole.0 || last.0.1 < whole.1)
    });
    inner || ends
}
