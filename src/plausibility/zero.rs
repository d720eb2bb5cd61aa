//! Zeros that stand for a year that is not published yet, or was not collected.
//!
//! A district's year is such a placeholder if a sheet has nothing but zeros for it, although one of its series is steadily
//! far from zero in the other years. If only some of its measures are zero, they are placeholders if they are several, none of
//! them is zero in another year, and one is steadily far from zero. A measure's year is one if all districts have zero, while
//! most of them have something in every other year. A single zero among other numbers may well be true: it is kept, and reported if it
//! is the project's district, and is its latest value or more would be better.

use std::collections::{BTreeMap, BTreeSet};

use super::judgment::Judgment;
use super::series::{JudgedData, Series, SeriesPoint};
use crate::diagnostic::Diagnostic;
use crate::domain::{ALL, KeyCode};
use crate::observation::KeyRun;

/// A district's year in one sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SheetYear {
    /// The number of the sheet among those of all files.
    sheet: u32,
    district: u32,
    year: i32,
}

/// A problem for each zero of a placeholder.
pub(super) fn judge(data: &JudgedData<'_>) -> Judgment {
    let mut doubtful = doubtful_years(data);
    let together = years_together(data, &doubtful);
    retain_zeros(data, &mut doubtful);
    let doubtful = DoubtfulYears { of_whole_sheet: doubtful, together };
    data.of_each_measure(|runs| judge_measure(data, runs, &doubtful)).into_iter().collect()
}

/// Judges the zeros of a measure.
fn judge_measure(data: &JudgedData<'_>, runs: &[KeyRun], doubtful: &DoubtfulYears) -> Judgment {
    let mut judgment = Judgment::default();
    let with_zeros: Vec<&KeyRun> = runs.iter().filter(|run| has_zero(data, run)).collect();
    if with_zeros.is_empty() {
        return judgment;
    }
    let of_measure = years_of_all(data, runs);
    for run in with_zeros {
        let of_all = years_of_all(data, std::slice::from_ref(run));
        let of_all = of_all.union(&of_measure).copied().collect();
        let placeholders = Placeholders { doubtful, of_all };
        for series in data.series_of(run) {
            add_zeros(data, &series, &placeholders, &mut judgment);
        }
    }
    judgment
}

/// The years of districts in which zeros are doubtful.
struct DoubtfulYears {
    /// Those for which a sheet has nothing but zeros.
    of_whole_sheet: BTreeSet<SheetYear>,
    /// Those in which several measures are zero that are zero in no other year.
    together: BTreeSet<SheetYear>,
}

/// Which zeros are placeholders.
struct Placeholders<'a> {
    doubtful: &'a DoubtfulYears,
    /// Years of the measure, or of its group, grade or subject, in which all districts have zero.
    of_all: BTreeSet<i32>,
}

/// Adds the zeros of a series that are placeholders, and reports one that may be.
fn add_zeros(
    data: &JudgedData<'_>,
    series: &Series<'_>,
    placeholders: &Placeholders<'_>,
    judgment: &mut Judgment,
) {
    let others = others(series);
    for point in zeros(series) {
        let place = sheet_year(data, point.row, series.district, point.year);
        let is_in = |years: &BTreeSet<SheetYear>| place.is_some_and(|place| years.contains(&place));
        let is_placeholder = placeholders.of_all.contains(&point.year)
            || is_in(&placeholders.doubtful.of_whole_sheet)
            || is_in(&placeholders.doubtful.together) && is_never_zero_else(series, others.len());
        if is_placeholder {
            let label = series.label(data, point);
            let problem = Diagnostic::zero_year(label.place, &label.text);
            judgment.add(point.row, true, series.listed_or_counted(data, point, problem));
        } else if series.is_own && is_of_everybody(data, series.key) && is_telling(series, point) {
            let spec = &data.catalog.readiness.zero;
            if spec.is_unlike(&others, series.measure.unit) {
                let label = series.label(data, point);
                let problem = Diagnostic::unlikely_zero(label.place, &label.text);
                judgment.add(point.row, false, series.listed_or_counted(data, point, problem));
            }
        }
    }
}

/// The points of a series that are zero.
fn zeros<'s>(series: &'s Series<'_>) -> impl Iterator<Item = &'s SeriesPoint> {
    series.points.iter().filter(|point| point.value == Some(0.0))
}

/// The values of a series that are not zero.
fn others(series: &Series<'_>) -> Vec<f64> {
    series.points.iter().filter_map(|point| point.value).filter(|value| *value != 0.0).collect()
}

/// Whether a series with this many other values is zero in one year only.
fn is_never_zero_else(series: &Series<'_>, others: usize) -> bool {
    others > 1 && zeros(series).count() == 1
}

/// Whether a zero would be news: the latest value of a series, or one of a measure of which more is better.
fn is_telling(series: &Series<'_>, point: &SeriesPoint) -> bool {
    series.measure.better.sign() > 0.0 || is_latest(series, point)
}

/// Whether no later year of a series has a value.
fn is_latest(series: &Series<'_>, point: &SeriesPoint) -> bool {
    let mut later = series.points.iter().filter(|other| other.year > point.year);
    later.all(|other| other.value.is_none())
}

/// Whether a key is about all groups and grades.
pub(super) fn is_of_everybody(data: &JudgedData<'_>, key: KeyCode) -> bool {
    let terms = data.frame.terms();
    terms.groups[key.group as usize] == ALL && terms.grades[key.grade as usize].id() == ALL
}

/// The sheet, district and year of a row; `None` if it was computed.
fn sheet_year(data: &JudgedData<'_>, row: usize, district: u32, year: i32) -> Option<SheetYear> {
    let cell = data.frame.cells().get(data.frame.cell_range(row).start as usize)?;
    Some(SheetYear { sheet: cell.sheet, district, year })
}

/// The years in which a series is zero, although it is steadily far from zero in the other years.
fn doubtful_years(data: &JudgedData<'_>) -> BTreeSet<SheetYear> {
    data.of_each_measure(|runs| doubtful_years_of(data, runs)).into_iter().flatten().collect()
}

/// The same of the series of a measure.
fn doubtful_years_of(data: &JudgedData<'_>, runs: &[KeyRun]) -> BTreeSet<SheetYear> {
    let mut doubtful = BTreeSet::new();
    for run in runs.iter().filter(|run| has_zero(data, run)) {
        // Where less is better, a zero may be true.
        let Some(measure) = data.measure(run.key).filter(|measure| measure.better.sign() >= 0.0) else {
            continue;
        };
        for series in data.series_of(run) {
            if data.catalog.readiness.zero.is_unlike(&others(&series), measure.unit) {
                let places =
                    zeros(&series).map(|point| sheet_year(data, point.row, series.district, point.year));
                doubtful.extend(places.flatten());
            }
        }
    }
    doubtful
}

/// The doubtful years in which several measures are zero for everybody that are zero in no other year.
fn years_together(data: &JudgedData<'_>, doubtful: &BTreeSet<SheetYear>) -> BTreeSet<SheetYear> {
    let mut measures: BTreeMap<SheetYear, BTreeSet<u32>> = BTreeMap::new();
    if doubtful.is_empty() {
        return BTreeSet::new();
    }
    for run in runs_with_zeros(data).filter(|run| is_of_everybody(data, run.key)) {
        for series in data.series_of(run).filter(|series| is_never_zero_else(series, others(series).len())) {
            let places =
                zeros(&series).filter_map(|point| sheet_year(data, point.row, series.district, point.year));
            for place in places.filter(|place| doubtful.contains(place)) {
                measures.entry(place).or_default().insert(run.key.measure);
            }
        }
    }
    let together = data.catalog.readiness.zero.together;
    measures.into_iter().filter(|(_, measures)| measures.len() >= together).map(|(place, _)| place).collect()
}

/// The runs with a zero.
fn runs_with_zeros<'d>(data: &'d JudgedData<'_>) -> impl Iterator<Item = &'d KeyRun> {
    data.frame.runs().iter().filter(|run| has_zero(data, run))
}

fn has_zero(data: &JudgedData<'_>, run: &KeyRun) -> bool {
    data.view.rows(run.rows.clone()).any(|row| row.value == Some(0.0))
}

/// Keeps the years for which the sheet has nothing but zeros.
fn retain_zeros(data: &JudgedData<'_>, doubtful: &mut BTreeSet<SheetYear>) {
    if doubtful.is_empty() {
        return;
    }
    let others = data.of_each_measure(|runs| years_with_others(data, runs, doubtful));
    for place in others.into_iter().flatten() {
        doubtful.remove(&place);
    }
}

/// The doubtful years in which a measure has something else than zero.
fn years_with_others(
    data: &JudgedData<'_>,
    runs: &[KeyRun],
    doubtful: &BTreeSet<SheetYear>,
) -> BTreeSet<SheetYear> {
    let rows = runs.iter().flat_map(|run| data.view.rows(run.rows.clone()));
    let others = rows.filter(|row| row.value.is_some_and(|value| value != 0.0));
    let places = others.filter_map(|row| sheet_year(data, row.row, row.district, row.year));
    places.filter(|place| doubtful.contains(place)).collect()
}

/// The districts that have only zeros of a measure in a year, and those that have something else.
#[derive(Default)]
struct YearCount {
    zero: usize,
    other: usize,
}

/// The years in which all of several districts have nothing but zeros of a measure, if most have something in every other year.
fn years_of_all(data: &JudgedData<'_>, runs: &[KeyRun]) -> BTreeSet<i32> {
    let spec = &data.catalog.readiness.zero;
    let mut is_zero: BTreeMap<(i32, u32), bool> = BTreeMap::new();
    for row in runs.iter().flat_map(|run| data.view.rows(run.rows.clone())) {
        if let Some(value) = row.value {
            *is_zero.entry((row.year, row.district)).or_insert(true) &= value == 0.0;
        }
    }
    let mut years: BTreeMap<i32, YearCount> = BTreeMap::new();
    for ((year, _), is_zero) in is_zero {
        let count = years.entry(year).or_default();
        if is_zero { count.zero += 1 } else { count.other += 1 }
    }
    let zero = years.iter().filter(|(_, count)| count.other == 0 && count.zero >= spec.districts);
    let zero: BTreeSet<i32> = zero.map(|(year, _)| *year).collect();
    let mut others = years.iter().filter(|(year, _)| !zero.contains(year)).map(|(_, count)| count).peekable();
    let is_usual = others.peek().is_some() && others.all(|count| count.other > count.zero);
    if is_usual { zero } else { BTreeSet::new() }
}
