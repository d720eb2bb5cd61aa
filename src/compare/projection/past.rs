//! The past of each district: its students by year and grade, and the errors of projections made from each
//! year.

use std::collections::BTreeMap;

use super::cohort::{Membership, YEARS, project};
use super::errors::PastError;
use super::horizon::HORIZON;
use crate::catalog::Measure;
use crate::compare::breaks::SeriesBreaks;
use crate::compare::grades::is_single_grade;
use crate::compare::values::{ReportedSeries, reported};
use crate::disclosure::{FrameRow, FrameView, Released};
use crate::domain::{Break, Grade, MeasureKey, Terms};

/// The past of one district.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    /// By year, starting after the last break; empty if the district has no such series.
    pub(super) years: BTreeMap<i32, Membership>,
    /// For each grade of the district, whether the one before it is the grade below it.
    pub(super) follows: Vec<bool>,
    pub(super) errors: Vec<PastError>,
}

impl Past {
    pub(super) fn new(years: BTreeMap<i32, Membership>, follows: Vec<bool>) -> Self {
        let past = Self { years, follows, errors: Vec::new() };
        Self { errors: past.all_errors(), ..past }
    }

    /// All students in each of the years after `last`; `None` if a year before it is missing.
    pub(super) fn project_from(&self, last: i32) -> Option<Vec<f64>> {
        let years = last + 1 - YEARS as i32..=last;
        let run: Vec<Membership> = years.map(|year| self.years.get(&year).cloned()).collect::<Option<_>>()?;
        project(&run, &self.follows, HORIZON)
    }

    /// The errors that projections from each earlier year would have had.
    fn all_errors(&self) -> Vec<PastError> {
        self.years.keys().filter_map(|from| self.errors_from(*from)).flatten().collect()
    }

    fn errors_from(&self, from: i32) -> Option<Vec<PastError>> {
        let projected = self.project_from(from)?;
        let now = self.students(from)?;
        let errors = projected.into_iter().enumerate().filter_map(|(horizon, projected)| {
            let actual = self.students(from + 1 + horizon as i32).filter(|n| *n > 0.0)?;
            let (error, error_of_same) = (projected / actual - 1.0, now / actual - 1.0);
            Some(PastError { horizon, error, error_of_same })
        });
        Some(errors.collect())
    }

    /// All students of a year.
    fn students(&self, year: i32) -> Option<f64> {
        self.years.get(&year)?.all
    }

    /// Whether the district has half to twice as many students now.
    pub(super) fn is_of_like_size(&self, students: f64) -> bool {
        let now = self.years.last_key_value().and_then(|(_, m)| m.all);
        now.is_some_and(|n| n >= students / 2.0 && n <= students * 2.0)
    }
}

/// The pasts of all districts, by their codes.
pub(super) fn read_pasts(
    released: &Released,
    view: FrameView<'_>,
    breaks: &SeriesBreaks<'_>,
    measure: &Measure,
) -> Vec<Past> {
    let terms = released.terms();
    let mut counts = vec![StudentCounts::default(); terms.districts.len()];
    for row in rows_of_grade(released, view, measure, &Grade::all()) {
        if let Some(value) = reported(&row) {
            counts[row.district as usize].all.insert(row.year, value);
        }
    }
    let grades = single_grades(terms);
    for grade in &grades {
        for row in rows_of_grade(released, view, measure, grade) {
            if let Some(value) = reported(&row) {
                counts[row.district as usize].by_grade.insert((row.year, grade.order()), value);
            }
        }
    }
    let orders: Vec<i8> = grades.iter().map(|g| g.order()).collect();
    let Some(key) = terms.code(&MeasureKey::whole(&measure.id)) else {
        return vec![Past::default(); counts.len()];
    };
    let districts = (0..).zip(counts);
    districts.map(|(district, counts)| counts.past(&orders, &breaks.of(key, district))).collect()
}

/// The grades that students pass through, one each year, in order.
fn single_grades(terms: &Terms) -> Vec<&Grade> {
    let mut grades: Vec<&Grade> = terms.grades.iter().filter(|g| is_single_grade(g)).collect();
    grades.sort_by_key(|g| g.order());
    grades
}

/// The rows of one grade; empty if no source has it.
fn rows_of_grade<'a>(
    released: &'a Released,
    view: FrameView<'a>,
    measure: &Measure,
    grade: &Grade,
) -> impl Iterator<Item = FrameRow> + 'a {
    let key = MeasureKey { grade: grade.clone(), ..MeasureKey::whole(&measure.id) };
    released.run(&key).into_iter().flat_map(move |run| ReportedSeries::new(view, run).all())
}

/// The students of one district.
#[derive(Debug, Clone, Default)]
struct StudentCounts {
    /// All students, by year.
    all: BTreeMap<i32, f64>,
    /// By year and grade order.
    by_grade: BTreeMap<(i32, i8), f64>,
}

impl StudentCounts {
    /// The past since the last break, for those of the grades (by their orders, ascending) that the district
    /// has.
    fn past(&self, orders: &[i8], breaks: &[Break]) -> Past {
        let Some(last) = self.all.keys().next_back() else { return Past::default() };
        let first = breaks.iter().map(|b| b.year).filter(|year| year <= last).max().unwrap_or(i32::MIN);
        let own: Vec<i8> = orders.iter().copied().filter(|order| self.has_grade(*order, first)).collect();
        if own.is_empty() {
            return Past::default();
        }
        let years = self.all.range(first..).map(|(year, _)| (*year, self.membership(*year, &own))).collect();
        Past::new(years, follows(&own))
    }

    /// Whether there are students in a grade in any year from `first` on.
    fn has_grade(&self, order: i8, first: i32) -> bool {
        self.by_grade.iter().any(|((year, o), n)| *o == order && *year >= first && *n > 0.0)
    }

    fn membership(&self, year: i32, orders: &[i8]) -> Membership {
        Membership {
            grades: orders.iter().map(|order| self.by_grade.get(&(year, *order)).copied()).collect(),
            all: self.all.get(&year).copied(),
        }
    }
}

/// For each grade, by its order, whether the one before it in the list is the grade below it.
fn follows(orders: &[i8]) -> Vec<bool> {
    let mut follows = vec![false; orders.len()];
    for (i, pair) in orders.windows(2).enumerate() {
        follows[i + 1] = pair[0] + 1 == pair[1];
    }
    follows
}
