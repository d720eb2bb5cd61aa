//! Jumps within a series that look like a change of unit.

use std::collections::BTreeSet;
use std::ops::Range;

use super::judgment::Judgment;
use super::series::{JudgedData, Series, SeriesPoint, has_break_between};
use crate::catalog::JumpSpec;
use crate::diagnostic::Diagnostic;
use crate::observation::KeyRun;

/// A series with fewer values than this is not checked for jumps.
const FEWEST_VALUES: usize = 3;

/// A problem for each jump in a series between breaks. The values on the shorter side of a very large one are impossible.
pub(super) fn judge(data: &JudgedData<'_>, impossible: &BTreeSet<usize>) -> Judgment {
    data.of_each_measure(|runs| judge_measure(data, runs, impossible)).into_iter().collect()
}

/// Judges the series of a measure.
fn judge_measure(data: &JudgedData<'_>, runs: &[KeyRun], impossible: &BTreeSet<usize>) -> Judgment {
    let mut judgment = Judgment::default();
    for run in runs {
        let Some(measure) = data.measure(run.key) else { continue };
        let mut specs = data.catalog.readiness.jump.iter();
        let Some(spec) = specs.find(|spec| spec.units.contains(&measure.unit)) else { continue };
        let breaks = data.measure_breaks(run.key, measure);
        for series in data.series_of(run) {
            let points = series.possible(impossible);
            if points.len() < FEWEST_VALUES {
                continue;
            }
            let breaks = data.breaks(&breaks, &series);
            for run in points.chunk_by(|a, b| !has_break_between(&breaks, a.year, b.year)) {
                add(data, &series, run, spec, &mut judgment);
            }
        }
    }
    judgment
}

/// Judges a run of values.
fn add(
    data: &JudgedData<'_>,
    series: &Series<'_>,
    run: &[SeriesPoint],
    spec: &JumpSpec,
    judgment: &mut Judgment,
) {
    let values: Vec<f64> = run.iter().filter_map(|point| point.value).collect();
    let Some(jump) = unit_jump(&values, spec) else { return };
    let neighbor = values[if jump.position == 0 { 1 } else { jump.position - 1 }];
    let wrong = jump.wrong_values(values.len(), spec);
    let unit = series.measure.unit;
    for position in wrong.clone().chain(wrong.is_empty().then_some(jump.position)) {
        let point = &run[position];
        let is_other_side = !wrong.is_empty() && !wrong.contains(&jump.position);
        let other = if is_other_side { values[jump.position] } else { neighbor };
        let (value, other) = (unit.format(values[position]), unit.format(other));
        let label = series.label(data, point);
        let problem = Diagnostic::unit_jump(label.place, &label.text, &value, &other, jump.factor);
        let problem = if wrong.is_empty() { problem } else { problem.left_out() };
        judgment.add(point.row, !wrong.is_empty(), series.listed_or_counted(data, point, problem));
    }
}

/// A value whose size suggests another unit.
struct UnitJump {
    /// Its position among the values.
    position: usize,
    /// The ratio of the two units, above 1.
    factor: f64,
    /// Whether all later values differ too.
    is_lasting: bool,
}

impl UnitJump {
    /// Which of `count` values are impossible: those of the side with fewer, if the factor is large enough and the other
    /// side has enough values; otherwise none.
    fn wrong_values(&self, count: usize, spec: &JumpSpec) -> Range<usize> {
        let end = if self.is_lasting { count } else { self.position + 1 };
        let after = end - self.position;
        if self.factor < spec.impossible
            || count - after.min(count - after) < FEWEST_VALUES
            || 2 * after == count
        {
            return 0..0;
        }
        if 2 * after < count { self.position..end } else { 0..self.position }
    }
}

/// A value that differs from all others by one of the factors, or the first one after a change between two
/// steady levels.
fn unit_jump(values: &[f64], spec: &JumpSpec) -> Option<UnitJump> {
    if values.len() < FEWEST_VALUES {
        return None;
    }
    single_jump(values, spec).or_else(|| level_change(values, spec))
}

/// The first value that differs by a factor from all others, if those are steady.
fn single_jump(values: &[f64], spec: &JumpSpec) -> Option<UnitJump> {
    for (position, value) in values.iter().enumerate() {
        let others = [&values[..position], &values[position + 1..]].concat();
        if is_steady(&others, spec)
            && let Some(factor) = unit_factor(*value, upper_median(&others), spec)
        {
            return Some(UnitJump { position, factor, is_lasting: false });
        }
    }
    None
}

/// The first value from which all later values differ by a factor from all earlier ones; both sides have at
/// least two values.
fn level_change(values: &[f64], spec: &JumpSpec) -> Option<UnitJump> {
    for position in 2..values.len() - 1 {
        let (before, after) = values.split_at(position);
        if is_steady(before, spec)
            && is_steady(after, spec)
            && let Some(factor) = unit_factor(upper_median(after), upper_median(before), spec)
        {
            return Some(UnitJump { position, factor, is_lasting: true });
        }
    }
    None
}

/// Whether values vary no more than the catalog allows; false if one is zero, or there are none.
fn is_steady(values: &[f64], spec: &JumpSpec) -> bool {
    let least = values.iter().fold(f64::INFINITY, |least, value| least.min(value.abs()));
    let most = values.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    !values.is_empty() && least > 0.0 && most / least <= spec.steady
}

/// The catalog's factor that is close to the ratio of a value and a level of the same sign, whichever is
/// larger.
fn unit_factor(value: f64, level: f64, spec: &JumpSpec) -> Option<f64> {
    let (small, large) = (value.abs().min(level.abs()), value.abs().max(level.abs()));
    let is_judged = small > 0.0 && large >= spec.least && value.signum() == level.signum();
    if !is_judged {
        return None;
    }
    let mut factors = spec.factors.iter().copied();
    factors.find(|factor| (large / small / factor - 1.0).abs() * 100.0 <= spec.tolerance)
}

/// The median; for an even number of values, the larger of the middle two.
pub(super) fn upper_median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

#[cfg(test)]
mod tests {
    use super::unit_jump;
    use crate::catalog::Catalog;
    use crate::domain::Unit;

    fn found(unit: Unit, values: &[f64]) -> Vec<(usize, f64)> {
        let catalog = Catalog::embedded().unwrap();
        let jump =
            unit_jump(values, catalog.readiness.jump.iter().find(|j| j.units.contains(&unit)).unwrap());
        jump.map(|jump| (jump.position, jump.factor)).into_iter().collect()
    }

    #[test]
    fn a_year_in_another_unit_is_found() {
        // 12,040 / 1,204 = 10; 0.94 × 100 = 94.
        assert_eq!(found(Unit::Count, &[1200.0, 1204.0, 12_040.0, 1210.0]), [(2, 10.0)]);
        assert_eq!(found(Unit::Percent, &[93.8, 94.1, 0.94, 94.0]), [(2, 100.0)]);
        assert_eq!(found(Unit::Percent, &[0.938, 93.9, 94.0, 94.4]), [(0, 100.0)]);
        // In thousands from the third year on.
        assert_eq!(found(Unit::Dollars, &[8.1e6, 8.2e6, 8300.0, 8400.0]), [(2, 1000.0)]);
    }

    #[test]
    fn real_changes_are_not_jumps() {
        for (unit, values) in [
            (Unit::Count, &[1200.0, 1100.0, 1000.0, 900.0][..]),
            // Doubled, as chronic absence really did.
            (Unit::Percent, &[11.0, 12.0, 27.0, 26.0]),
            // Small numbers.
            (Unit::Count, &[2.0, 2.0, 20.0, 2.0]),
            (Unit::Percent, &[0.1, 0.1, 9.9, 0.1]),
            // No steady level on one of the sides.
            (Unit::Dollars, &[1e6, 3e6, 1e7, 4e7]),
            (Unit::Dollars, &[5e6, -5e6, 5e6, 5e6]),
            (Unit::Count, &[1000.0, 10_000.0]),
        ] {
            assert_eq!(found(unit, values), [], "{values:?}");
        }
    }
}
