//! Sums of grades and of spans of grades.

use std::collections::BTreeMap;

use super::cell::{CellCounts, CountRole, ModelCell};
use super::group_sums::{CellSum, cells_about_people};
use super::system::{CellIndex, Constraint};
use crate::domain::Grade;
use statistics::linear_program::Interval;

/// One more than the order of the last numbered grade: grades from here on do not continue the sequence.
const UNGRADED: i8 = 13;

/// The first and last grade of a cell, in grade order; "all grades" goes from `i8::MIN` to `i8::MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct GradeRange {
    first: i8,
    last: i8,
}

impl GradeRange {
    fn of(grade: &Grade) -> Self {
        if grade.is_all() {
            return Self { first: i8::MIN, last: i8::MAX };
        }
        Self { first: grade.order(), last: last_grade(grade).unwrap_or_else(|| grade.order()) }
    }

    const fn is_all(self) -> bool {
        self.first == i8::MIN
    }

    const fn is_span(self) -> bool {
        self.first < self.last
    }

    const fn is_single(self) -> bool {
        self.first == self.last
    }

    const fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether this range is inside a total, and is not the total itself.
    fn is_part_of(self, total: Self) -> bool {
        self != total && total.contains(self)
    }

    /// Whether a cover can contain both ranges.
    fn fits_with(self, other: Self) -> bool {
        self == other || self.is_disjoint_from(other)
    }

    const fn is_disjoint_from(self, other: Self) -> bool {
        self.last < other.first || other.last < self.first
    }

    /// Whether another range starts within this one and ends after it.
    const fn is_crossed_by(self, other: Self) -> bool {
        self.first < other.first && other.first <= self.last && self.last < other.last
    }
}

/// The last grade of a span, in grade order; `None` for a single grade.
fn last_grade(grade: &Grade) -> Option<i8> {
    let (_, last) = grade.id().split_once('-')?;
    Some(Grade::parse(last)?.order())
}

/// A cell with its range of grades.
#[derive(Debug, Clone, Copy)]
struct GradeCell {
    range: GradeRange,
    cell: CellIndex,
}

/// The sums of grades and grade spans for each span and for all grades. `table` holds the cells of one
/// measure and subject.
pub(super) fn grade_sums(cells: &[ModelCell<'_>], table: &[CellIndex]) -> Vec<CellSum> {
    let mut groups: BTreeMap<&str, Vec<GradeCell>> = BTreeMap::new();
    for index in table {
        let cell = &cells[index.0];
        let grade_cell = GradeCell { range: GradeRange::of(cell.grade), cell: *index };
        groups.entry(cell.group).or_default().push(grade_cell);
    }
    groups.values().flat_map(|grades| sums_of_group(grades)).collect()
}

fn sums_of_group(grades: &[GradeCell]) -> Vec<CellSum> {
    let mut sums = Vec::new();
    for total in grades.iter().filter(|grade| grade.range.is_span()) {
        let inside = grades.iter().filter(|part| part.range.is_part_of(total.range));
        let inside: Vec<GradeCell> = inside.copied().collect();
        for cover in covers(&inside, total.range) {
            let is_complete = cover.len() > 1 && !has_gaps(&cover, total.range);
            let parts = cover.into_iter().map(|part| part.cell).collect();
            sums.push(CellSum { total: total.cell, parts, is_complete });
        }
    }
    sums
}

/// The ways to cover a total with cells inside it that do not overlap: single grades, the longest spans, and
/// one cover through each span.
fn covers(inside: &[GradeCell], total: GradeRange) -> Vec<Vec<GradeCell>> {
    let single = inside.iter().filter(|part| part.range.is_single()).copied().collect();
    let mut covers = vec![longest_cover(single), longest_cover(inside.to_vec())];
    covers.extend(covers_through_each_span(inside, total));
    covers.retain(|cover| !cover.is_empty());
    covers
}

/// Consecutive ranges without overlap, taking the longest at each step.
fn longest_cover(mut parts: Vec<GradeCell>) -> Vec<GradeCell> {
    parts.sort_by_key(|part| (part.range.first, -i16::from(part.range.last), part.cell));
    let mut cover: Vec<GradeCell> = Vec::new();
    for part in parts {
        if cover.last().is_none_or(|last| part.range.first > last.range.last) {
            cover.push(part);
        }
    }
    cover
}

/// For each span of several grades, the cover that contains it, if one reaches from the first grade to the
/// last.
fn covers_through_each_span(inside: &[GradeCell], total: GradeRange) -> Vec<Vec<GradeCell>> {
    let ends = ends_of(inside);
    let mut covers = Vec::new();
    for span in inside.iter().filter(|part| part.range.is_span()) {
        let fitting = inside.iter().filter(|part| part.range.fits_with(span.range));
        let cover = longest_cover(fitting.copied().collect());
        let cover_ends =
            cover.first().zip(cover.last()).map(|(first, last)| (first.range.first, last.range.last));
        if cover_ends == ends && !has_gaps(&cover, total) {
            covers.push(cover);
        }
    }
    covers
}

/// The first and the last grade of some cells.
fn ends_of(cells: &[GradeCell]) -> Option<(i8, i8)> {
    let first = cells.iter().map(|cell| cell.range.first).min();
    first.zip(cells.iter().map(|cell| cell.range.last).max())
}

/// Whether any grade between the first and last of a total is in none of the ranges.
fn has_gaps(cover: &[GradeCell], total: GradeRange) -> bool {
    let Some((first, last)) = cover.first().zip(cover.last()) else { return true };
    let has_inner_gap = cover.windows(2).any(|pair| is_gap_between(pair[0].range, pair[1].range));
    let has_outer_gap = !total.is_all() && (first.range.first > total.first || last.range.last < total.last);
    has_inner_gap || has_outer_gap
}

fn is_gap_between(range: GradeRange, next: GradeRange) -> bool {
    i16::from(next.first) > i16::from(range.last) + 1 && next.first < UNGRADED
}

/// The constraints of partly overlapping grade spans: together they count as many people as their union and
/// intersection, if these are also listed. Covers all measures and groups, both counts and bases of rates.
pub(super) fn overlap_constraints(cells: &[ModelCell<'_>], counts: &[CellCounts]) -> Vec<Constraint> {
    let mut tables: BTreeMap<(&str, &str, &str, &str), Vec<GradeCell>> = BTreeMap::new();
    for (index, cell) in cells_about_people(cells, counts) {
        let table = tables.entry((&cell.measure.id, cell.school, cell.subject, cell.group)).or_default();
        table.push(GradeCell { range: GradeRange::of(cell.grade), cell: index });
    }
    let mut constraints = Vec::new();
    for overlap in tables.values().flat_map(|table| overlaps(table)) {
        constraints.extend(overlap.constraint(counts, CountRole::Base));
        constraints.extend(overlap.constraint(counts, CountRole::Counted));
    }
    constraints
}

/// Two partly overlapping spans, with their union and intersection.
#[derive(Debug, Clone, Copy)]
struct SpanOverlap {
    one: CellIndex,
    other: CellIndex,
    union: CellIndex,
    intersection: CellIndex,
}

impl SpanOverlap {
    fn constraint(self, counts: &[CellCounts], role: CountRole) -> Option<Constraint> {
        let term = |cell: CellIndex, weight: f64| Some((counts[cell.0].in_role(role)?, weight));
        let terms = [
            term(self.one, 1.0)?,
            term(self.other, 1.0)?,
            term(self.union, -1.0)?,
            term(self.intersection, -1.0)?,
        ];
        Some(Constraint::new(terms, Interval::exactly(0.0)))
    }
}

fn overlaps(table: &[GradeCell]) -> Vec<SpanOverlap> {
    let limited: Vec<GradeCell> = table.iter().filter(|cell| !cell.range.is_all()).copied().collect();
    let mut overlaps = Vec::new();
    for one in &limited {
        for other in limited.iter().filter(|other| one.range.is_crossed_by(other.range)) {
            let intersection = GradeRange { first: other.range.first, last: one.range.last };
            let union = GradeRange { first: one.range.first, last: other.range.last };
            let intersection = limited.iter().find(|cell| cell.range == intersection);
            if let Some((union, intersection)) = cell_of_all(table, &limited, union).zip(intersection) {
                let (one, other) = (one.cell, other.cell);
                overlaps.push(SpanOverlap { one, other, union, intersection: intersection.cell });
            }
        }
    }
    overlaps
}

/// The cell of a range of grades, or the all-grades cell if the range goes from the first listed grade to the
/// last.
fn cell_of_all(table: &[GradeCell], limited: &[GradeCell], range: GradeRange) -> Option<CellIndex> {
    let is_all = ends_of(limited) == Some((range.first, range.last));
    let fits = |cell: &&GradeCell| cell.range == range || is_all && cell.range.is_all();
    table.iter().find(fits).map(|cell| cell.cell)
}
