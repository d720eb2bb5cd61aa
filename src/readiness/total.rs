//! Parts that do not add up to their whole: the groups of a dimension, the grades, and measures that the
//! catalog defines as parts of another.

use std::collections::BTreeMap;

use super::input::ReadinessInput;
use super::part_family::{PartFamily, part_families};
use super::series::{Series, SeriesPoint, series_of};
use crate::catalog::TotalsSpec;
use crate::diagnostic::{Diagnostic, Problems};
use crate::disclosure::KeyRun;
use crate::domain::{KeyCode, Status};

/// A problem for each whole that differs from the sum of its parts.
pub(super) fn problems(input: &ReadinessInput<'_>) -> Problems {
    let mut problems = Problems::new();
    for (name, family) in part_families(input) {
        for (whole, parts) in &family.parts {
            if let Ok(position) = input.released.runs().binary_search_by(|run| run.key.cmp(whole)) {
                let check = TotalCheck::new(input, &name, &family, parts);
                check.add_problems(&input.released.runs()[position], &mut problems);
            }
        }
    }
    problems
}

/// The code of a district, and the end of a school year.
type DistrictCodeYear = (u32, i32);

/// The check of one whole against its parts.
struct TotalCheck<'a> {
    input: &'a ReadinessInput<'a>,
    /// What the parts are called.
    name: &'a str,
    /// A sum of fewer parts than this is incomplete.
    all_parts: usize,
    sums: BTreeMap<DistrictCodeYear, PartsSum>,
}

impl<'a> TotalCheck<'a> {
    fn new(input: &'a ReadinessInput<'a>, name: &'a str, family: &PartFamily, parts: &[KeyCode]) -> Self {
        let all_parts = family.least_parts.max(parts.len());
        Self { input, name, all_parts, sums: sums(input, parts) }
    }

    fn add_problems(&self, whole: &'a KeyRun, problems: &mut Problems) {
        for series in series_of(self.input, whole) {
            for point in series.points.iter().filter(|point| !point.derived) {
                problems.extend(self.problem(&series, point));
            }
        }
    }

    /// The problem with a whole that differs from the sum of its parts.
    fn problem(&self, series: &Series<'_>, point: &SeriesPoint) -> Option<Diagnostic> {
        let sum = self.sums.get(&(series.district, point.year))?;
        let value = point.value?;
        let is_complete = sum.parts >= self.all_parts && sum.absent == 0;
        if !differs(sum.total, value, is_complete, &self.input.catalog.readiness.totals) {
            return None;
        }
        let unit = series.measure.unit;
        let label = series.label(self.input, point);
        let (value, sum) = (unit.format(value), unit.format(sum.total));
        let problem = Diagnostic::total_differs(label.place, &label.text, &value, self.name, &sum);
        Some(series.listed_or_counted(self.input, point, problem))
    }
}

/// The sums of the parts of a whole, by district and year.
fn sums(input: &ReadinessInput<'_>, parts: &[KeyCode]) -> BTreeMap<DistrictCodeYear, PartsSum> {
    let mut sums: BTreeMap<DistrictCodeYear, PartsSum> = BTreeMap::new();
    for run in input.released.runs().iter().filter(|run| parts.contains(&run.key)) {
        for series in series_of(input, run) {
            for point in series.points.iter().filter(|point| !point.derived) {
                sums.entry((series.district, point.year)).or_default().add(point);
            }
        }
    }
    sums
}

/// The sum of a whole's published parts.
#[derive(Default)]
struct PartsSum {
    total: f64,
    /// The number of parts, with or without a value.
    parts: usize,
    /// The number of parts without a value that may have one.
    absent: usize,
}

impl PartsSum {
    fn add(&mut self, point: &SeriesPoint) {
        self.parts += 1;
        self.total += point.value.unwrap_or(0.0);
        // A blank counts as a mask here, because nothing says that it is zero.
        self.absent += usize::from(point.value.is_none() && point.status != Status::NotApplicable);
    }
}

/// Whether a sum and its whole differ by more than rounding. If the sum is incomplete, only a sum that is too
/// large differs.
fn differs(sum: f64, whole: f64, is_complete: bool, spec: &TotalsSpec) -> bool {
    let tolerance = whole.abs() * spec.tolerance / 100.0 + spec.units;
    sum > whole + tolerance || (is_complete && sum < whole - tolerance)
}

#[cfg(test)]
mod tests {
    use super::differs;
    use crate::catalog::Catalog;

    #[test]
    fn rounding_is_allowed_and_masked_parts_can_only_exceed_the_total() {
        let spec = Catalog::embedded().unwrap().readiness.totals;
        // 1% of 1,000, plus 3: any sum from 987 to 1,013 is rounding.
        for (sum, complete, expected) in [
            (1013.0, true, false),
            (1014.0, true, true),
            (987.0, true, false),
            (986.0, true, true),
            (500.0, false, false),
            (1014.0, false, true),
        ] {
            assert_eq!(differs(sum, 1000.0, complete, &spec), expected, "{sum}");
        }
    }
}
