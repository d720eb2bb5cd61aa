//! Shifts of all districts at once that look like a new definition, for all students and within groups, grades and subjects.

use std::collections::{BTreeMap, BTreeSet};

use super::jump::upper_median;
use super::series::{JudgedData, Series, SeriesPoint, has_break_between};
use crate::catalog::ShiftSpec;
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{ALL, Break, KeyCode, SchoolYear};
use crate::observation::KeyRun;

/// The changes of districts' values from the year before.
struct YearChanges {
    /// Ratios of the values.
    ratios: Vec<f64>,
    /// Differences of the values, in units of the change that matters.
    differences: Vec<f64>,
    /// Where the first of these values was read.
    place: Place,
}

impl YearChanges {
    /// The median ratio, if it is a shift that matters and enough districts have both values.
    fn shift(&self, spec: &ShiftSpec) -> Option<f64> {
        if self.ratios.len() < spec.few_districts {
            return None;
        }
        let median = upper_median(&self.ratios);
        let is_shift = if self.ratios.len() < spec.districts {
            self.ratios.iter().all(|ratio| *ratio >= spec.ratio)
                || self.ratios.iter().all(|ratio| *ratio <= 1.0 / spec.ratio)
        } else {
            median >= spec.ratio || median <= 1.0 / spec.ratio
        };
        let matters = upper_median(&self.differences).abs() >= 1.0;
        (is_shift && matters).then_some(median)
    }
}

/// A warning for each measure and year in which the median district shifts without a break that explains it. If all students
/// shift, their groups are not listed; of several groups, the first is named and the others are counted.
pub(super) fn problems(data: &JudgedData<'_>, impossible: &BTreeSet<usize>) -> Vec<Diagnostic> {
    let problems = data.of_each_measure(|runs| measure_problems(data, runs, impossible));
    problems.into_iter().flatten().collect()
}

/// The warnings about the series of a measure.
fn measure_problems(data: &JudgedData<'_>, runs: &[KeyRun], impossible: &BTreeSet<usize>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut shifted: BTreeSet<i32> = BTreeSet::new();
    let (whole, parts): (Vec<&KeyRun>, Vec<&KeyRun>) = runs.iter().partition(|run| is_of_all(data, run.key));
    for run in whole {
        shifted.extend(add_shifts(data, run, impossible, &BTreeSet::new(), &mut problems));
    }
    for run in parts {
        add_shifts(data, run, impossible, &shifted, &mut problems);
    }
    problems
}

/// Adds the shifts of a series, except those of the years `known`; returns their years.
fn add_shifts(
    data: &JudgedData<'_>,
    run: &KeyRun,
    impossible: &BTreeSet<usize>,
    known: &BTreeSet<i32>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeSet<i32> {
    let mut years = BTreeSet::new();
    for (year, found) in changes_by_year(data, run, impossible) {
        let Some(median) = found.shift(&data.catalog.readiness.shift).filter(|_| !known.contains(&year))
        else {
            continue;
        };
        let Some(label) = data.series_of(run).next().map(|series| series.measure_label(data)) else {
            continue;
        };
        let sheet = Place { cell: None, ..found.place };
        let districts = found.ratios.len();
        let problem = Diagnostic::level_shift(sheet, &label, &SchoolYear::text_of(year), median, districts);
        let measure = &data.frame.terms().measures[run.key.measure as usize];
        problems.push(problem.like(format!("{measure} {year}")));
        years.insert(year);
    }
    years
}

fn changes_by_year(
    data: &JudgedData<'_>,
    run: &KeyRun,
    impossible: &BTreeSet<usize>,
) -> BTreeMap<i32, YearChanges> {
    let mut changes = BTreeMap::new();
    let is_few = data.frame.terms().districts.len() < data.catalog.readiness.shift.few_districts;
    let Some(measure) = data.measure(run.key).filter(|_| !is_few) else { return changes };
    let breaks = data.measure_breaks(run.key, measure);
    for series in data.series_of(run) {
        add_changes(data, &series, &data.breaks(&breaks, &series), impossible, &mut changes);
    }
    changes
}

fn is_of_all(data: &JudgedData<'_>, key: KeyCode) -> bool {
    let key = data.frame.terms().key(key);
    key.group == ALL && key.subject == ALL && key.grade.id() == ALL
}

/// Adds the changes of a series between consecutive years without a break.
fn add_changes(
    data: &JudgedData<'_>,
    series: &Series<'_>,
    breaks: &[Break],
    impossible: &BTreeSet<usize>,
    changes: &mut BTreeMap<i32, YearChanges>,
) {
    let is_small =
        series.measure.adds_up() && !series.measure.unit.is_money() && !is_of_all(data, series.key);
    let least = if is_small { data.catalog.readiness.shift.least } else { 0.0 };
    for [before, after] in series.possible(impossible).array_windows() {
        let is_next = after.year == before.year + 1 && !has_break_between(breaks, before.year, after.year);
        let Some((before, value)) = both(before, after, least).filter(|_| is_next) else { continue };
        let found = changes.entry(after.year).or_insert_with(|| {
            let place = data.frame.places(after.row).into_iter().next().unwrap_or_default();
            YearChanges { ratios: Vec::new(), differences: Vec::new(), place }
        });
        found.ratios.push(value / before);
        found.differences.push((value - before) / series.measure.matters_from(before));
    }
}

/// Two values; `None` unless both are positive, and one is at least `least`.
fn both(before: &SeriesPoint, after: &SeriesPoint, least: f64) -> Option<(f64, f64)> {
    let (before, after) = (before.value?, after.value?);
    (before > 0.0 && after > 0.0 && before.max(after) >= least).then_some((before, after))
}
