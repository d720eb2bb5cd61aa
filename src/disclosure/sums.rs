//! What adds up: student groups to all students, grades to spans of grades and to all, subjects to all subjects, levels of a test
//! to everybody tested, parts of a sum to the sum; and who is at a level and above, to those who are at the next and above, and
//! those who are not.
//!
//! What the listed parts leave of their total is a count of people too (students of no group that is listed), which nobody shows
//! but everybody can see. Where there is but one part, that is the number of all others (103 of 105 students tell of
//! two); where grades have holes between them, those of the holes. Elsewhere readers take the parts to be all there are.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::Relation;
use super::people::{About, Cell, Place};
use crate::catalog::{Catalog, Whole};
use crate::domain::{ALL, Grade, Unit};

/// A total and its parts, by the positions of the counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The total.
    pub(super) total: usize,
    /// The parts.
    pub(super) parts: Vec<usize>,
    /// What the parts leave of the total.
    pub(super) left: usize,
    /// Whether a reader takes the parts to be all there are.
    pub(super) is_full: bool,
    /// Of numbers behind rates: the line of the people that these are of.
    pub(super) base: Option<usize>,
    /// Of numbers behind rates: the line that takes the same total of people apart into these and more, to the last.
    pub(super) fuller: Option<usize>,
    /// Whether any value in it had not been published.
    pub(super) is_private: bool,
}

/// A total cell with its parts.
struct Sum {
    total: usize,
    parts: Vec<usize>,
    is_full: bool,
}

/// Every line of a district's year; what they leave is numbered from `count` on.
pub(super) fn lines(
    cells: &[Cell<'_>],
    about: &[About],
    at: &BTreeMap<Place<'_>, usize>,
    catalog: &Catalog,
    count: usize,
) -> Vec<Line> {
    let mut lines = Lines { cells, count, lines: Vec::new(), known: BTreeMap::new() };
    let mut tables: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate().filter(|(i, _)| is_about_people(&about[*i])) {
        tables.entry((&cell.measure.id, cell.subject)).or_default().push(i);
    }
    // Where a table leaves out a group that another has, a reader knows that there is more.
    let mut there: There<'_> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.group != ALL && cell.value != Some(0.0)) {
        if let Some(group) = catalog.groups.group(cell.group) {
            there.entry((cell.grade, &group.dimension)).or_default().insert(cell.group);
        }
    }
    let of_tables = tables
        .values()
        .flat_map(|table| by_group(cells, table, catalog, &there).into_iter().chain(by_grade(cells, table)));
    for sum in of_tables.chain(by_subject(cells, about)) {
        let base = lines.add(&sum, |cell| about[cell].base, None);
        lines.add(&sum, |cell| about[cell].number, base);
        lines.add(&sum, |cell| about[cell].rest, base);
    }
    for (i, cell) in cells.iter().enumerate() {
        let same = |measure: &str| at.get(&(measure, cell.group, cell.grade.id(), cell.subject)).copied();
        // Some of the people that another measure counts.
        let of = cell.measure.population.as_ref().filter(|_| cell.measure.unit == Unit::Count);
        if let Some(total) = of.and_then(|population| same(&population.measure)) {
            lines.add(&Sum { total, parts: vec![i], is_full: false }, |cell| about[cell].number, None);
        }
        let sum = cell.measure.derive.as_ref().filter(|d| d.denominator.is_empty() && d.minus.is_empty());
        if let Some(parts) =
            sum.and_then(|d| d.numerator.iter().map(|id| same(id)).collect::<Option<Vec<_>>>())
        {
            lines.add(&Sum { total: i, parts, is_full: true }, |cell| about[cell].number, None);
        }
        let wholes = catalog.disclosure.whole.iter().filter(|whole| !whole.nested);
        for whole in wholes.filter(|whole| is_first(whole, cell, &same)) {
            lines.add_whole(whole, about, &same);
        }
    }
    for (outer, inner) in nested(cells, at, catalog) {
        let sum = Sum { total: outer, parts: vec![inner], is_full: false };
        lines.add(&sum, |cell| about[cell].number, None);
    }
    with_fuller(lines.lines)
}

/// The pairs of cells of which one counts some of those whom the other counts. Measures of which the lesser is the larger anywhere
/// are not what the catalog takes them for.
fn nested(cells: &[Cell<'_>], at: &BTreeMap<Place<'_>, usize>, catalog: &Catalog) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for whole in catalog.disclosure.whole.iter().filter(|whole| whole.nested) {
        let next = |(i, cell): (usize, &Cell<'_>)| {
            let own = whole.parts.iter().position(|part| *part == cell.measure.id)?;
            let place =
                |part: &String| at.get(&(part.as_str(), cell.group, cell.grade.id(), cell.subject)).copied();
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

/// The lines with the fuller ones of the people of their numbers: where a grade has no rate, how many are in it may be known.
fn with_fuller(mut lines: Vec<Line>) -> Vec<Line> {
    let mut full: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.is_full) {
        full.entry(line.total).or_default().push(i);
    }
    for i in 0..lines.len() {
        let Some(base) = lines[i].base.map(|base| &lines[base]) else { continue };
        let is_fuller = |other: &&usize| {
            let parts = &lines[**other].parts;
            parts.len() > base.parts.len() && base.parts.iter().all(|part| parts.contains(part))
        };
        lines[i].fuller = full.get(&base.total).and_then(|full| full.iter().find(is_fuller)).copied();
    }
    lines
}

fn is_about_people(about: &About) -> bool {
    about.number.is_some() || about.base.is_some()
}

/// Whether a cell is the first of a whole's parts that is there.
fn is_first(whole: &Whole, cell: &Cell<'_>, same: &impl Fn(&str) -> Option<usize>) -> bool {
    let first = whole.parts.iter().find(|id| same(id.as_str()).is_some());
    first.is_some_and(|id| *id == cell.measure.id)
}

struct Lines<'c, 'a> {
    cells: &'c [Cell<'a>],
    count: usize,
    lines: Vec<Line>,
    /// Where each stands.
    known: BTreeMap<(usize, Vec<usize>), usize>,
}

impl Lines<'_, '_> {
    /// Adds the line of one kind of count of a sum, if these are there and it is not known yet; gives its position.
    fn add(&mut self, sum: &Sum, of: impl Fn(usize) -> Option<usize>, base: Option<usize>) -> Option<usize> {
        let parts: Vec<usize> = sum.parts.iter().filter_map(|cell| of(*cell)).collect();
        let all = sum.parts.iter().chain([&sum.total]);
        let is_private = all.into_iter().any(|cell| !self.cells[*cell].public);
        let is_full = sum.is_full && parts.len() == sum.parts.len();
        self.push(of(sum.total)?, parts, is_full, base, is_private)
    }

    /// Adds the line of the levels that come to everybody.
    fn add_whole(&mut self, whole: &Whole, about: &[About], same: &impl Fn(&str) -> Option<usize>) {
        let cells: Vec<usize> = whole.parts.iter().filter_map(|id| same(id)).collect();
        let Some(total) = cells.first().and_then(|first| about[*first].base) else { return };
        let parts: Vec<usize> = cells.iter().filter_map(|cell| about[*cell].number).collect();
        let is_full = parts.len() == whole.parts.len();
        let is_private = cells.iter().any(|cell| !self.cells[*cell].public);
        self.push(total, parts, is_full, None, is_private);
    }

    fn push(
        &mut self,
        total: usize,
        mut parts: Vec<usize>,
        is_full: bool,
        base: Option<usize>,
        is_private: bool,
    ) -> Option<usize> {
        parts.sort_unstable();
        if parts.is_empty() || parts.contains(&total) {
            return None;
        }
        let at = self.lines.len();
        let known = *self.known.entry((total, parts.clone())).or_insert(at);
        if known < at {
            self.lines[known].is_private |= is_private;
            return Some(known);
        }
        let is_full = is_full && parts.len() > 1;
        self.lines.push(Line {
            total,
            parts,
            left: self.count + at,
            is_full,
            base,
            fuller: None,
            is_private,
        });
        Some(at)
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
        all.all(|group| parts.iter().any(|part| cells[*part].group == *group))
    };
    let sum =
        |(of, parts): ((usize, &str), Vec<usize>)| Sum { total: of.0, is_full: is_full(of, &parts), parts };
    sums.into_iter().map(sum).collect()
}

/// The subjects of all subjects, where there are two and more of them. Tests add up, where students are counted once in each, and
/// come to just what all subjects rest on; where students are counted once in all, the subjects come to nothing.
fn by_subject(cells: &[Cell<'_>], about: &[About]) -> Vec<Sum> {
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
                    let is_full = !has_holes(&cover, *whole);
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
pub(super) fn overlaps(cells: &[Cell<'_>], about: &[About], rounding: &[f64]) -> Vec<Relation> {
    let mut tables: BTreeMap<(&str, &str, &str), Spans> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate().filter(|(i, _)| is_about_people(&about[*i])) {
        let table = tables.entry((&cell.measure.id, cell.subject, cell.group)).or_default();
        table.push((range(cell.grade), i));
    }
    let mut found = Vec::new();
    for table in tables.values() {
        for [a, b, both, shared] in crossing(table) {
            for of in [|about: &About| about.base, |about: &About| about.number, |about: &About| about.rest] {
                let counts = [a, b, both, shared].map(|cell| of(&about[cell]));
                let [Some(a), Some(b), Some(both), Some(shared)] = counts else { continue };
                let off = [a, b, both, shared].iter().filter_map(|at| rounding.get(*at)).sum::<f64>();
                let terms = [(a, 1.0), (b, 1.0), (both, -1.0), (shared, -1.0)];
                found.push(Relation::new(terms, -off, off));
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
