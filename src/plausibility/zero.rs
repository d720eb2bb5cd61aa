//! Zeros that stand for a year that is not published yet, or was not collected.
//!
//! A year of a measure is such a placeholder if all that a district has in it is zero, while one of its series is steadily far
//! from zero in the other years; or if all districts have zero, while most of them have something in the other years. Where
//! less is better (suspensions, dropouts), a single district's zero may be true, and is only reported.

use std::collections::{BTreeMap, BTreeSet};

use super::judgment::Judgment;
use super::series::{JudgedData, Series};
use crate::catalog::ZeroSpec;
use crate::diagnostic::Diagnostic;
use crate::observation::KeyRun;

/// The code of a district, and the end of a school year.
type DistrictAndYear = (u32, i32);

/// A problem for each placeholder of each measure.
pub(super) fn judge(data: &JudgedData<'_>) -> Judgment {
    let mut judgment = Judgment::default();
    for runs in data.frame.runs().chunk_by(|a, b| a.key.measure == b.key.measure) {
        let zeros = ZeroYears::of(data, runs);
        if !zeros.only_zero.is_empty() {
            zeros.judge(&mut judgment);
        }
    }
    judgment
}

/// The years of a measure in which a district has nothing but zeros.
struct ZeroYears<'a> {
    data: &'a JudgedData<'a>,
    /// The series of the measure.
    runs: &'a [KeyRun],
    only_zero: BTreeSet<DistrictAndYear>,
    /// Years in which all districts have nothing but zeros, although most have something in the other years.
    of_all: BTreeSet<i32>,
}

/// The districts that have only zeros in a year, and those that have something else.
#[derive(Default)]
struct YearCount {
    zero: usize,
    other: usize,
}

impl<'a> ZeroYears<'a> {
    fn of(data: &'a JudgedData<'a>, runs: &'a [KeyRun]) -> Self {
        let mut is_zero: BTreeMap<DistrictAndYear, bool> = BTreeMap::new();
        for row in runs.iter().flat_map(|run| data.view.rows(run.rows.clone())) {
            if let Some(value) = row.value {
                *is_zero.entry((row.district, row.year)).or_insert(true) &= value == 0.0;
            }
        }
        let mut years: BTreeMap<i32, YearCount> = BTreeMap::new();
        for ((_, year), is_zero) in &is_zero {
            let count = years.entry(*year).or_default();
            if *is_zero { count.zero += 1 } else { count.other += 1 }
        }
        let only_zero = is_zero.into_iter().filter(|(_, is_zero)| *is_zero).map(|(place, _)| place).collect();
        Self { data, runs, only_zero, of_all: years_of_all(&years, &data.catalog.readiness.zero) }
    }

    fn judge(&self, judgment: &mut Judgment) {
        let mut doubtful: BTreeMap<DistrictAndYear, bool> = BTreeMap::new();
        for series in self.runs.iter().flat_map(|run| self.data.series_of(run)) {
            self.add_doubtful(&series, &mut doubtful);
        }
        for series in self.runs.iter().flat_map(|run| self.data.series_of(run)) {
            for point in series.points.iter().filter(|point| point.value == Some(0.0)) {
                let Some(is_impossible) = self.verdict((series.district, point.year), &doubtful) else {
                    continue;
                };
                let label = series.label(self.data, point);
                let problem = Diagnostic::zero_year(label.place, &label.text);
                let problem = if is_impossible { problem.left_out() } else { problem };
                judgment.add(point.row, is_impossible, series.listed_or_counted(self.data, point, problem));
            }
        }
    }

    /// Whether the zeros of a district and year are impossible; `None` if they may well be true.
    fn verdict(&self, place: DistrictAndYear, doubtful: &BTreeMap<DistrictAndYear, bool>) -> Option<bool> {
        if self.of_all.contains(&place.1) && self.only_zero.contains(&place) {
            return Some(true);
        }
        doubtful.get(&place).copied()
    }

    /// Adds the years in which a series is zero although it is steadily far from zero otherwise; true if that is impossible.
    fn add_doubtful(&self, series: &Series<'_>, doubtful: &mut BTreeMap<DistrictAndYear, bool>) {
        let spec = &self.data.catalog.readiness.zero;
        let others: Vec<f64> =
            series.points.iter().filter_map(|point| point.value).filter(|value| *value != 0.0).collect();
        if !is_far_from_zero(&others, spec.least(series.measure.unit), spec) {
            return;
        }
        for point in series.points.iter().filter(|point| point.value == Some(0.0)) {
            let place = (series.district, point.year);
            if self.only_zero.contains(&place) {
                doubtful.insert(place, series.measure.better.sign() >= 0.0);
            }
        }
    }
}

/// The years in which all of several districts have nothing but zeros, if most districts have something in each other year.
fn years_of_all(years: &BTreeMap<i32, YearCount>, spec: &ZeroSpec) -> BTreeSet<i32> {
    let zero = years.iter().filter(|(_, count)| count.other == 0 && count.zero >= spec.districts);
    let zero: BTreeSet<i32> = zero.map(|(year, _)| *year).collect();
    let others: Vec<&YearCount> =
        years.iter().filter(|(year, _)| !zero.contains(year)).map(|(_, count)| count).collect();
    let is_usual = !others.is_empty() && others.iter().all(|count| count.other > count.zero);
    if is_usual { zero } else { BTreeSet::new() }
}

/// Whether values are at least `least`, and vary no more than the catalog allows.
fn is_far_from_zero(values: &[f64], least: Option<f64>, spec: &ZeroSpec) -> bool {
    let Some(least) = least.filter(|_| values.len() >= spec.years) else { return false };
    let low = values.iter().fold(f64::INFINITY, |low, value| low.min(value.abs()));
    let high = values.iter().fold(0.0f64, |high, value| high.max(value.abs()));
    low >= least && high / low <= spec.steady
}
