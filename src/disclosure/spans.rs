//! How grades and spans of grades add up.

use std::collections::BTreeMap;

use super::model::{Cell, CellCounts, Constraint};
use crate::domain::Grade;
use statistics::linear_program::Interval;

/// A total cell with its parts.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// The cell of the total.
    pub(super) total: usize,
    /// The cells of the parts.
    pub(super) parts: Vec<usize>,
    /// Whether they are all there are.
    pub(super) is_full: bool,
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
pub(super) fn by_grade(cells: &[Cell<'_>], table: &[usize]) -> Vec<Sum> {
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
pub(super) fn overlaps(cells: &[Cell<'_>], about: &[CellCounts]) -> Vec<Constraint> {
    let mut tables: BTreeMap<(&str, &str, &str), Spans> = BTreeMap::new();
    for (i, cell) in cells.iter().enumerate().filter(|(i, _)| about[*i].is_about_people()) {
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
