//! Jumps that look like another unit, and shifts of all districts at once that look like another definition.

use std::collections::BTreeMap;

use super::Known;
use super::series::{self, Series, SeriesPoint};
use crate::catalog::{JumpSpec, ShiftSpec};
use crate::diagnostic::{Diagnostic, Place, Problems};
use crate::domain::{ALL, KeyCode, SchoolYear};

/// Problems for jumps within a district's series, and one for each measure and year that shifts everywhere.
pub(super) fn problems(known: &Known<'_>) -> Problems {
    let spec = &known.catalog.readiness;
    let mut problems = Problems::new();
    for series in series::all(known) {
        let Some(jump) = spec.jump.iter().find(|j| j.units.contains(&series.measure.unit)) else { continue };
        let points = series.published();
        for run in points.chunk_by(|a, b| !breaks_between(&series, a.year, b.year)) {
            let values: Vec<f64> = run.iter().filter_map(|p| p.value).collect();
            for (at, factor) in jumps(&values, jump) {
                let unit = series.measure.unit;
                let (what, place) = series.named(known, &run[at]);
                let near = values[if at == 0 { 1 } else { at - 1 }];
                let problem =
                    Diagnostic::unit_jump(place, &what, &unit.format(values[at]), &unit.format(near), factor);
                problems.push(series.told(known, &run[at], problem));
            }
        }
    }
    problems.extend(shifts(known, &spec.shift));
    problems
}

fn breaks_between(series: &Series<'_>, before: i32, after: i32) -> bool {
    series.measure.breaks.iter().any(|b| before < b.year && b.year <= after)
}

/// The positions at which `values` jump by one of the factors, with the factor: a value unlike all others, or the
/// first after a change of level between two steady stretches.
fn jumps(values: &[f64], spec: &JumpSpec) -> Vec<(usize, f64)> {
    let steady = |part: &[f64]| {
        let (least, most) =
            part.iter().fold((f64::INFINITY, 0.0f64), |(l, m), v| (l.min(v.abs()), m.max(v.abs())));
        !part.is_empty() && least > 0.0 && most / least <= spec.steady
    };
    let factor = |value: f64, level: f64| {
        let (small, large) = (value.abs().min(level.abs()), value.abs().max(level.abs()));
        let judged = small > 0.0 && large >= spec.least && value.signum() == level.signum();
        let near = |f: &&f64| (large / small / **f - 1.0).abs() * 100.0 <= spec.tolerance;
        spec.factors.iter().find(|f| judged && near(f)).copied()
    };
    if values.len() < 3 {
        return Vec::new();
    }
    let single = (0..values.len()).find_map(|at| {
        let others: Vec<f64> = values.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, v)| *v).collect();
        let level = steady(&others).then(|| median(&others))?;
        Some((at, factor(values[at], level)?))
    });
    let change = || {
        (2..values.len() - 1).find_map(|at| {
            let (before, after) = values.split_at(at);
            (steady(before) && steady(after))
                .then(|| factor(median(after), median(before)).map(|f| (at, f)))?
        })
    };
    single.or_else(change).into_iter().collect()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// A note for each measure and year in which the middle district shifts, without a break that says why.
fn shifts(known: &Known<'_>, spec: &ShiftSpec) -> Vec<Diagnostic> {
    let terms = known.released.terms();
    let of_all = |key: KeyCode| {
        let key = terms.key(key);
        key.group == ALL && key.subject == ALL && key.grade.id() == ALL
    };
    let mut ratios: BTreeMap<(&str, i32), (Vec<f64>, Place)> = BTreeMap::new();
    for series in
        known.released.runs().iter().filter(|run| of_all(run.key)).flat_map(|run| series::of(known, run))
    {
        let points = series.published();
        for pair in points.windows(2) {
            let [SeriesPoint { year, value: Some(before), .. }, after] = pair else { continue };
            let Some(value) = after.value.filter(|v| *before > 0.0 && *v > 0.0) else { continue };
            if after.year != year + 1 || breaks_between(&series, *year, after.year) {
                continue;
            }
            let place = || known.released.places(after.row).into_iter().next().unwrap_or_default();
            let entry =
                ratios.entry((&series.measure.id, after.year)).or_insert_with(|| (Vec::new(), place()));
            entry.0.push(value / before);
        }
    }
    let mut problems = Vec::new();
    for ((measure, year), (ratios, place)) in ratios {
        let middle = median(&ratios);
        let shifted = middle >= spec.ratio || middle <= 1.0 / spec.ratio;
        if ratios.len() >= spec.districts && shifted {
            let label = known.catalog.measures.get(measure).map_or(measure, |m| m.label.as_str());
            let year = SchoolYear::ending(year).map_or_else(|_| year.to_string(), |y| y.to_string());
            let sheet = Place { cell: None, ..place };
            problems.push(Diagnostic::level_shift(sheet, label, &year, middle, ratios.len()));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::jumps;
    use crate::catalog::Catalog;
    use crate::domain::Unit;

    fn found(unit: Unit, values: &[f64]) -> Vec<(usize, f64)> {
        let catalog = Catalog::embedded().unwrap();
        jumps(values, catalog.readiness.jump.iter().find(|j| j.units.contains(&unit)).unwrap())
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
    fn what_districts_do_is_no_jump() {
        for (unit, values) in [
            (Unit::Count, &[1200.0, 1100.0, 1000.0, 900.0][..]),
            // Doubled, as chronic absence did.
            (Unit::Percent, &[11.0, 12.0, 27.0, 26.0]),
            // Small numbers.
            (Unit::Count, &[2.0, 2.0, 20.0, 2.0]),
            (Unit::Percent, &[0.1, 0.1, 9.9, 0.1]),
            // No steady level on either side.
            (Unit::Dollars, &[1e6, 3e6, 1e7, 4e7]),
            (Unit::Dollars, &[5e6, -5e6, 5e6, 5e6]),
            (Unit::Count, &[1000.0, 10_000.0]),
        ] {
            assert_eq!(found(unit, values), [], "{values:?}");
        }
    }
}
