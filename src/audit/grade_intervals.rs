//! Intervals of grades, as named by the labels of a table.

use std::collections::BTreeSet;

use crate::domain::Grade;

/// An interval of grades, in grade order, with its label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct GradeInterval {
    from: i8,
    to: i8,
    pub(super) grade: Grade,
}

impl GradeInterval {
    /// The interval of a label; `None` for all grades.
    pub(super) fn of(grade: &Grade) -> Option<Self> {
        if grade.is_all() {
            return None;
        }
        let last = grade.id().split('-').next_back().and_then(Grade::parse)?;
        Some(Self { from: grade.order(), to: last.order(), grade: grade.clone() })
    }

    pub(super) const fn contains(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    pub(super) const fn contains_grade(&self, grade: i8) -> bool {
        self.from <= grade && grade <= self.to
    }

    /// Every grade in the interval, in grade order.
    pub(super) fn grades(&self) -> impl Iterator<Item = i8> + use<> {
        self.from..=self.to
    }
}

/// Whether one interval of grades contains another, by their labels; false if either is all grades.
pub(super) fn contains_grades(outer: &Grade, inner: &Grade) -> bool {
    let intervals = GradeInterval::of(outer).zip(GradeInterval::of(inner));
    intervals.is_some_and(|(outer, inner)| outer.contains(&inner))
}

/// The intervals that no label of a table splits, in order, each with its own label or one made for it.
pub(super) fn elementary_intervals(intervals: &BTreeSet<GradeInterval>) -> Vec<GradeInterval> {
    let cuts: BTreeSet<i8> = intervals.iter().flat_map(|interval| [interval.from, interval.to + 1]).collect();
    let cuts: Vec<i8> = cuts.into_iter().collect();
    let mut elementary = Vec::new();
    for cut in cuts.windows(2) {
        let (from, to) = (cut[0], cut[1] - 1);
        if intervals.iter().any(|interval| interval.from <= from && to <= interval.to) {
            elementary.extend(labeled(intervals, from, to));
        }
    }
    elementary
}

fn labeled(intervals: &BTreeSet<GradeInterval>, from: i8, to: i8) -> Option<GradeInterval> {
    let listed = intervals.iter().find(|interval| (interval.from, interval.to) == (from, to));
    if listed.is_some() {
        return listed.cloned();
    }
    let label = if from == to { grade_id(from) } else { format!("{}-{}", grade_id(from), grade_id(to)) };
    let grade = Grade::parse(&label).filter(|grade| !grade.is_all())?;
    Some(GradeInterval { from, to, grade })
}

/// The id of a grade by its order.
fn grade_id(order: i8) -> String {
    match order {
        -2 => "EE".to_owned(),
        -1 => "PK".to_owned(),
        0 => "KG".to_owned(),
        13 => "UG".to_owned(),
        number => number.to_string(),
    }
}
