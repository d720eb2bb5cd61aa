//! Zeros that stand for a year that is not published yet, or was not collected.
//!
//! A district's year is such a placeholder if a sheet has nothing but zeros for it, although one of its series is steadily
//! far from zero in the other years. A measure's year is one if all districts have zero, while most of them have something in
//! every other year. A single zero among other numbers may well be true.

use std::collections::{BTreeMap, BTreeSet};

use super::judgment::Judgment;
use super::series::{JudgedData, Series};
use crate::catalog::ZeroSpec;
use crate::diagnostic::Diagnostic;
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
    retain_zeros(data, &mut doubtful);
    let mut judgment = Judgment::default();
    for runs in data.frame.runs().chunk_by(|a, b| a.key.measure == b.key.measure) {
        let of_all = years_of_all(data, runs);
        if doubtful.is_empty() && of_all.is_empty() {
            continue;
        }
        for series in runs.iter().flat_map(|run| data.series_of(run)) {
            add_zeros(data, &series, &Placeholders { doubtful: &doubtful, of_all: &of_all }, &mut judgment);
        }
    }
    judgment
}

/// Which zeros are placeholders.
struct Placeholders<'a> {
    doubtful: &'a BTreeSet<SheetYear>,
    /// Years of the measure in which all districts have zero.
    of_all: &'a BTreeSet<i32>,
}

/// Adds the zeros of a series that are placeholders.
fn add_zeros(
    data: &JudgedData<'_>,
    series: &Series<'_>,
    placeholders: &Placeholders<'_>,
    judgment: &mut Judgment,
) {
    for point in series.points.iter().filter(|point| point.value == Some(0.0)) {
        let place = sheet_year(data, point.row, series.district, point.year);
        let is_doubtful = place.is_some_and(|place| placeholders.doubtful.contains(&place));
        if is_doubtful || placeholders.of_all.contains(&point.year) {
            let label = series.label(data, point);
            let problem = Diagnostic::zero_year(label.place, &label.text);
            judgment.add(point.row, true, series.listed_or_counted(data, point, problem));
        }
    }
}

/// The sheet, district and year of a row; `None` if it was computed.
fn sheet_year(data: &JudgedData<'_>, row: usize, district: u32, year: i32) -> Option<SheetYear> {
    let cell = data.frame.cells().get(data.frame.cell_range(row).start as usize)?;
    Some(SheetYear { sheet: cell.sheet, district, year })
}

/// The years in which a series is zero, although it is steadily far from zero in the other years.
fn doubtful_years(data: &JudgedData<'_>) -> BTreeSet<SheetYear> {
    let spec = &data.catalog.readiness.zero;
    let mut doubtful = BTreeSet::new();
    for run in data.frame.runs() {
        let mut values = data.view.rows(run.rows.clone()).filter_map(|row| row.value);
        // Where less is better, a zero may be true.
        let measure = data.measure(run.key).filter(|measure| measure.better.sign() >= 0.0);
        let least = measure.and_then(|measure| spec.least(measure.unit));
        let Some(least) = least.filter(|_| values.any(|value| value == 0.0)) else { continue };
        for series in data.series_of(run) {
            let all = series.points.iter().filter_map(|point| Some((point, point.value?)));
            let (zeros, others): (Vec<_>, Vec<_>) = all.partition(|(_, value)| *value == 0.0);
            let others: Vec<f64> = others.into_iter().map(|(_, value)| value).collect();
            if is_far_from_zero(&others, least, spec) {
                let places =
                    zeros.iter().map(|(point, _)| sheet_year(data, point.row, series.district, point.year));
                doubtful.extend(places.flatten());
            }
        }
    }
    doubtful
}

/// Keeps the years for which the sheet has nothing but zeros.
fn retain_zeros(data: &JudgedData<'_>, doubtful: &mut BTreeSet<SheetYear>) {
    if doubtful.is_empty() {
        return;
    }
    for run in data.frame.runs() {
        for row in data.view.rows(run.rows.clone()).filter(|row| row.value.is_some_and(|value| value != 0.0))
        {
            if let Some(place) = sheet_year(data, row.row, row.district, row.year) {
                doubtful.remove(&place);
            }
        }
    }
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

/// Whether values are at least `least`, and vary no more than the catalog allows.
fn is_far_from_zero(values: &[f64], least: f64, spec: &ZeroSpec) -> bool {
    let low = values.iter().fold(f64::INFINITY, |low, value| low.min(value.abs()));
    let high = values.iter().fold(0.0f64, |high, value| high.max(value.abs()));
    values.len() >= spec.years && low >= least && high / low <= spec.steady
}
