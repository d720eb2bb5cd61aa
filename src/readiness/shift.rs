//! Shifts of all districts at once that look like a new definition.

use std::collections::BTreeMap;

use super::input::ReadinessInput;
use super::jump::upper_median;
use super::series::{Series, SeriesPoint, series_of, year_text};
use crate::catalog::ShiftSpec;
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{ALL, KeyCode};

/// A measure's id, and the end of a school year.
type MeasureYear<'a> = (&'a str, i32);

/// The ratios of districts' values to their values of the year before.
struct YearRatios {
    ratios: Vec<f64>,
    /// Where the first of these values was read.
    place: Place,
}

impl YearRatios {
    /// The median ratio, if it is a shift and enough districts have both values.
    fn shift(&self, spec: &ShiftSpec) -> Option<f64> {
        let median = upper_median(&self.ratios);
        let is_shift = median >= spec.ratio || median <= 1.0 / spec.ratio;
        (self.ratios.len() >= spec.districts && is_shift).then_some(median)
    }
}

/// A note for each measure and year in which the median district shifts without a break that explains it.
pub(super) fn problems(input: &ReadinessInput<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for ((measure, year), found) in ratios_by_year(input) {
        if let Some(median) = found.shift(&input.catalog.readiness.shift) {
            let label = input.catalog.measures.get(measure).map_or(measure, |m| m.label.as_str());
            let sheet = Place { cell: None, ..found.place };
            let districts = found.ratios.len();
            problems.push(Diagnostic::level_shift(sheet, label, &year_text(year), median, districts));
        }
    }
    problems
}

fn ratios_by_year<'a>(input: &'a ReadinessInput<'a>) -> BTreeMap<MeasureYear<'a>, YearRatios> {
    let mut ratios = BTreeMap::new();
    for run in input.released.runs().iter().filter(|run| is_of_all(input, run.key)) {
        for series in series_of(input, run) {
            add_ratios(input, &series, &mut ratios);
        }
    }
    ratios
}

fn is_of_all(input: &ReadinessInput<'_>, key: KeyCode) -> bool {
    let key = input.released.terms().key(key);
    key.group == ALL && key.subject == ALL && key.grade.id() == ALL
}

/// Adds the ratios of a series between consecutive years without a break.
fn add_ratios<'a>(
    input: &ReadinessInput<'_>,
    series: &Series<'a>,
    ratios: &mut BTreeMap<MeasureYear<'a>, YearRatios>,
) {
    for pair in series.published().windows(2) {
        let [before, after] = pair else { continue };
        let is_next = after.year == before.year + 1 && !series.has_break_between(before.year, after.year);
        if let Some(ratio) = ratio(before, after).filter(|_| is_next) {
            let found = ratios.entry((series.measure.id.as_str(), after.year)).or_insert_with(|| {
                let place = input.released.places(after.row).into_iter().next().unwrap_or_default();
                YearRatios { ratios: Vec::new(), place }
            });
            found.ratios.push(ratio);
        }
    }
}

/// The ratio of two values; `None` unless both are positive.
fn ratio(before: &SeriesPoint, after: &SeriesPoint) -> Option<f64> {
    let (before, after) = (before.value?, after.value?);
    (before > 0.0 && after > 0.0).then_some(after / before)
}
