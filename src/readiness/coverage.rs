//! The coverage grid: domain × measure × year for the district, with how many other districts have the
//! measure.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::input::ReadinessInput;
use super::surveys::{survey_rows, survey_years};
use crate::catalog::{Domain, Measure};
use crate::disclosure::FrameRow;
use crate::domain::{ALL, Status};

/// What is available of a measure in a year, the best state first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageState {
    /// Published, or computed from published values.
    Reported,
    /// Hidden by the publisher.
    Masked,
    /// Withheld by this program, because it is about too few people.
    Withheld,
    /// Blank, or marked as not published.
    Missing,
    /// No file has it.
    NotThere,
}

/// One domain's part of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct DomainCoverage {
    /// Domain id.
    pub domain: String,
    /// Its heading.
    pub label: String,
    /// The grid's years, ascending: the school years' ends.
    pub years: Vec<i32>,
    /// Its measures with any data, in order of their ids.
    pub measures: Vec<MeasureCoverage>,
    /// Labels of its measures without any data.
    pub without: Vec<String>,
}

/// One row of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureCoverage {
    /// Measure id.
    pub measure: String,
    /// Its label.
    pub label: String,
    /// What is available each year: for all students if published, otherwise for any group or grade.
    pub states: Vec<CoverageState>,
    /// How many student groups have a value in any year.
    pub groups: usize,
    /// How many other districts have it in any year.
    pub other_districts: usize,
}

/// The coverage grid of the district.
pub(super) fn coverage(input: &ReadinessInput<'_>) -> Vec<DomainCoverage> {
    let rows = coverage_rows(input);
    input.catalog.domains.iter().map(|domain| domain_coverage(input, domain, &rows)).collect()
}

fn domain_coverage(
    input: &ReadinessInput<'_>,
    domain: &Domain,
    rows: &BTreeMap<&str, CoverageRow>,
) -> DomainCoverage {
    let mut covered: Vec<CoveredMeasure<'_>> = Vec::new();
    let mut without: Vec<String> = Vec::new();
    for measure in input.catalog.measures.values().filter(|measure| measure.domain == domain.id) {
        match rows.get(measure.id.as_str()).filter(|row| !row.years.is_empty()) {
            Some(row) => covered.push(CoveredMeasure { measure, row }),
            None => without.push(measure.label.clone()),
        }
    }
    let surveys = survey_years(input, domain);
    let mut years = all_years(&covered);
    years.extend(surveys.values().flat_map(|states| states.keys()));
    years.sort_unstable();
    years.dedup();
    let mut measures: Vec<MeasureCoverage> = covered.iter().map(|covered| covered.coverage(&years)).collect();
    measures.extend(survey_rows(input, &surveys, &years));
    DomainCoverage { domain: domain.id.clone(), label: domain.label.clone(), measures, without, years }
}

/// A measure for which the district has some data.
struct CoveredMeasure<'a> {
    measure: &'a Measure,
    row: &'a CoverageRow,
}

impl CoveredMeasure<'_> {
    fn coverage(&self, years: &[i32]) -> MeasureCoverage {
        MeasureCoverage {
            measure: self.measure.id.clone(),
            label: self.measure.label.clone(),
            states: years.iter().map(|year| self.row.state(*year)).collect(),
            groups: self.row.groups.len(),
            other_districts: self.row.other_districts.len(),
        }
    }
}

/// The years of any of the measures, ascending.
fn all_years(covered: &[CoveredMeasure<'_>]) -> Vec<i32> {
    let years: BTreeSet<i32> = covered.iter().flat_map(|covered| covered.row.years.keys().copied()).collect();
    years.into_iter().collect()
}

/// What is available of a measure.
#[derive(Default)]
struct CoverageRow {
    years: BTreeMap<i32, YearCoverage>,
    /// Codes of the student groups with a value.
    groups: BTreeSet<u32>,
    /// Codes of the other districts with a value.
    other_districts: BTreeSet<u32>,
}

/// What is available of a measure in a year.
#[derive(Clone, Copy)]
struct YearCoverage {
    state: CoverageState,
    is_of_all_students: bool,
}

impl CoverageRow {
    fn state(&self, year: i32) -> CoverageState {
        self.years.get(&year).map_or(CoverageState::NotThere, |found| found.state)
    }

    /// Adds a value of another district.
    fn add_other(&mut self, value: &FrameRow) {
        if value.value.is_some() {
            self.other_districts.insert(value.district);
        }
    }

    /// Adds a value of the district being judged, for the student group with this code.
    fn add_own(&mut self, value: &FrameRow, group: u32, is_of_all_students: bool) {
        let new = YearCoverage { state: state_of(value.status), is_of_all_students };
        let best = self.years.entry(value.year).or_insert(new);
        if new.is_better_than(*best) {
            *best = new;
        }
        if value.value.is_some() && !is_of_all_students {
            self.groups.insert(group);
        }
    }
}

impl YearCoverage {
    /// Whether only this one is about all students, or, if both or neither are, its state is better.
    fn is_better_than(self, other: Self) -> bool {
        if self.is_of_all_students == other.is_of_all_students {
            self.state < other.state
        } else {
            self.is_of_all_students
        }
    }
}

/// What is available, by measure.
fn coverage_rows<'a>(input: &ReadinessInput<'a>) -> BTreeMap<&'a str, CoverageRow> {
    let terms = input.released.terms();
    let own = terms.district(&input.comparisons.district.id);
    let mut rows: BTreeMap<&str, CoverageRow> = BTreeMap::new();
    let Ok(view) = input.released.view() else { return rows };
    for run in input.released.runs() {
        let row = rows.entry(terms.measures[run.key.measure as usize].as_str()).or_default();
        let is_of_all_students = terms.groups[run.key.group as usize] == ALL;
        for value in view.rows(run.rows.clone()) {
            if Some(value.district) == own {
                row.add_own(&value, run.key.group, is_of_all_students);
            } else {
                row.add_other(&value);
            }
        }
    }
    rows
}

const fn state_of(status: Status) -> CoverageState {
    match status {
        Status::Reported => CoverageState::Reported,
        Status::Masked => CoverageState::Masked,
        Status::Withheld => CoverageState::Withheld,
        Status::Missing | Status::NotApplicable => CoverageState::Missing,
    }
}
