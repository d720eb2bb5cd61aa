//! Years in which a measure was not counted as in other years, for any district: comparing them would show an improvement that
//! nobody made.
//!
//! The catalog names years in which something kept a measure from being counted. Such a year is left out if the data shows it:
//! most districts moved the same way from the year before and back the year after. A year of any measure is left out if nearly all
//! districts have the most that there can be, and do not in other years.

use std::collections::BTreeMap;

use super::judgment::Judgment;
use super::jump::upper_median;
use super::series::{JudgedData, Series};
use super::zero::is_of_everybody;
use crate::catalog::{Measure, OddYearSpec};
use crate::diagnostic::Diagnostic;
use crate::domain::Unit;
use crate::observation::KeyRun;
use crate::wording::readiness as wording;

/// A problem for each value of an odd year.
pub(super) fn judge(data: &JudgedData<'_>) -> Judgment {
    data.of_each_measure(|runs| judge_measure(data, runs)).into_iter().collect()
}

/// Judges the series of a measure.
fn judge_measure(data: &JudgedData<'_>, runs: &[KeyRun]) -> Judgment {
    let mut judgment = Judgment::default();
    // Each subject is counted by itself.
    let everybody = runs.iter().filter(|run| is_of_everybody(data, run.key));
    let years: BTreeMap<u32, BTreeMap<i32, String>> =
        everybody.map(|run| (run.key.subject, odd_years(data, run))).collect();
    for run in runs {
        let Some(years) = years.get(&run.key.subject) else { continue };
        for series in data.series_of_all(run) {
            add_values(data, &series, years, &mut judgment);
        }
    }
    judgment
}

/// Leaves out the values of a series in odd years.
fn add_values(
    data: &JudgedData<'_>,
    series: &Series<'_>,
    years: &BTreeMap<i32, String>,
    judgment: &mut Judgment,
) {
    for point in series.points.iter().filter(|point| point.value.is_some()) {
        let Some(why) = years.get(&point.year) else { continue };
        let label = series.label(data, point);
        let problem = Diagnostic::odd_year(label.place, &label.text, why);
        judgment.add(point.row, true, series.listed_or_counted(data, point, problem));
    }
}

/// The odd years of a measure of everybody, each with the reason.
fn odd_years(data: &JudgedData<'_>, run: &KeyRun) -> BTreeMap<i32, String> {
    let spec = &data.catalog.readiness.odd_year;
    let Some(measure) = data.measure(run.key) else { return BTreeMap::new() };
    let known = spec.known.iter().filter(|known| known.measures.contains(&measure.id));
    let known = known.filter(|known| Moves::of(data, run, known.year).are_odd(spec));
    let mut years: BTreeMap<i32, String> = known.map(|known| (known.year, known.why.clone())).collect();
    for year in flat_years(data, run, measure, spec) {
        years.entry(year).or_insert_with(|| wording::ALL_HAVE_THE_MOST.to_owned());
    }
    years
}

/// How districts moved into a year and out of it.
#[derive(Default)]
struct Moves {
    /// By how many meaningful changes each district was above the years around it, or below (negative); 0 if it was between them.
    sizes: Vec<f64>,
}

impl Moves {
    fn of(data: &JudgedData<'_>, run: &KeyRun, year: i32) -> Self {
        Self { sizes: data.series_of(run).filter_map(|series| move_of(&series, year)).collect() }
    }

    /// Whether there are enough districts, most moved one way, and the median one by what matters.
    fn are_odd(mut self, spec: &OddYearSpec) -> bool {
        let up = self.sizes.iter().filter(|size| **size > 0.0).count();
        let down = self.sizes.iter().filter(|size| **size < 0.0).count();
        let most = 100.0 * up.max(down) as f64 >= spec.moved * self.sizes.len() as f64;
        if self.sizes.len() < spec.districts || !most {
            return false;
        }
        let sign = if up > down { 1.0 } else { -1.0 };
        self.sizes.iter_mut().for_each(|size| *size *= sign);
        !self.sizes.is_empty() && upper_median(&self.sizes) >= spec.times
    }
}

/// How far a district's value of a year is above both years around it, or below both, in meaningful changes.
fn move_of(series: &Series<'_>, year: i32) -> Option<f64> {
    let [before, value, after] = [year - 1, year, year + 1]
        .map(|wanted| series.points.iter().find(|point| point.year == wanted).and_then(|point| point.value));
    let (before, value, after) = (before?, value?, after?);
    let (into, out) = (value - before, value - after);
    if into * out <= 0.0 {
        return Some(0.0);
    }
    Some(into.signum() * into.abs().min(out.abs()) / series.measure.matters_from(before))
}

/// How many districts have the most that there can be in a year, and how many have a value.
#[derive(Default)]
struct AtMost {
    most: usize,
    all: usize,
}

/// The year in which nearly all districts have the most that a percent can be, if fewer than half have it in each of several other
/// years.
fn flat_years(data: &JudgedData<'_>, run: &KeyRun, measure: &Measure, spec: &OddYearSpec) -> Vec<i32> {
    let Some([_, most]) = measure.plausible.filter(|_| measure.unit == Unit::Percent) else {
        return Vec::new();
    };
    let mut years: BTreeMap<i32, AtMost> = BTreeMap::new();
    for row in data.view.rows(run.rows.clone()) {
        if let Some(value) = row.value {
            let count = years.entry(row.year).or_default();
            count.all += 1;
            count.most += usize::from(value >= most);
        }
    }
    years.retain(|_, count| count.all >= spec.districts);
    let (flat, others): (Vec<_>, Vec<_>) =
        years.into_iter().partition(|(_, count)| 100.0 * count.most as f64 >= spec.flat * count.all as f64);
    // One year among several: where it is usual, all districts may well have it.
    let is_exception = flat.len() == 1 && others.len() > 1;
    if is_exception && others.iter().all(|(_, count)| 2 * count.most < count.all) {
        flat.into_iter().map(|(year, _)| year).collect()
    } else {
        Vec::new()
    }
}
