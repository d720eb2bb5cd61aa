//! Parts that do not add up to their whole: the groups of a dimension, the grades, and measures that the catalog
//! says are parts of another.

use std::collections::BTreeMap;

use super::Known;
use super::series::{Series, SeriesPoint};
use crate::catalog::{Measure, TotalsSpec};
use crate::diagnostic::Diagnostic;
use crate::domain::{ALL, KeyCode, Status};

/// A whole: its key's parts, district and year.
type Whole = (KeyCode, u32, i32);

/// A problem for each whole whose parts add up to something else.
pub(super) fn problems(known: &Known<'_>, all: &[Series<'_>]) -> Vec<Diagnostic> {
    let by_place: BTreeMap<(KeyCode, u32), &Series<'_>> =
        all.iter().map(|s| ((s.key, s.district), s)).collect();
    let mut problems = Vec::new();
    for (kind, family) in families(known) {
        let mut counts: BTreeMap<KeyCode, usize> = BTreeMap::new();
        family.whole_of.values().for_each(|whole| *counts.entry(*whole).or_default() += 1);
        let mut sums: BTreeMap<Whole, Sum> = BTreeMap::new();
        for series in all {
            let Some(whole) = family.whole_of.get(&series.key).copied() else { continue };
            for point in series.points.iter().filter(|p| !p.derived) {
                sums.entry((whole, series.district, point.year)).or_default().add(point);
            }
        }
        for ((key, district, year), sum) in sums {
            let Some(series) = by_place.get(&(key, district)) else { continue };
            let Some(point) = series.points.iter().find(|p| p.year == year && !p.derived) else { continue };
            let all_parts = sum.parts >= family.least && Some(&sum.parts) == counts.get(&key);
            let complete = all_parts && sum.absent == 0;
            let spec = &known.catalog.readiness.totals;
            let Some(whole) = point.value.filter(|whole| differs(sum.total, *whole, complete, spec)) else {
                continue;
            };
            let unit = series.measure.unit;
            let (what, place) = series.named(known, point);
            let (whole, sum) = (unit.format(whole), unit.format(sum.total));
            let problem = Diagnostic::total_differs(place, &what, &whole, &kind, &sum);
            problems.push(series.told(known, point, problem));
        }
    }
    problems
}

#[derive(Default)]
struct Sum {
    total: f64,
    parts: usize,
    absent: usize,
}

impl Sum {
    fn add(&mut self, point: &SeriesPoint) {
        self.parts += 1;
        self.total += point.value.unwrap_or(0.0);
        // A blank is as good as a mask here: nobody says that it is zero.
        self.absent += usize::from(point.value.is_none() && point.status != Status::NotApplicable);
    }
}

/// Whether a sum and its whole differ by more than rounding; where parts are hidden or not there, only a sum that is
/// too large does.
fn differs(sum: f64, whole: f64, complete: bool, spec: &TotalsSpec) -> bool {
    let room = whole.abs() * spec.tolerance / 100.0 + spec.units;
    sum > whole + room || (complete && sum < whole - room)
}

/// Parts of one kind.
#[derive(Default)]
struct Family {
    /// Each part's key with its whole's.
    whole_of: BTreeMap<KeyCode, KeyCode>,
    /// With fewer parts than this a whole is not divided into all of them, only into some.
    least: usize,
}

/// The families of parts, by what they are called.
fn families(known: &Known<'_>) -> BTreeMap<String, Family> {
    let terms = known.released.terms();
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let mut add = |name: String, least: usize, part: KeyCode, whole: KeyCode| {
        let family = families.entry(name).or_default();
        family.least = least;
        family.whole_of.insert(part, whole);
    };
    let position = |words: &[String], word: &str| words.iter().position(|w| w == word).map(|i| i as u32);
    let everybody = position(&terms.groups, ALL);
    let all_grades = terms.grades.iter().position(|g| g.id() == ALL).map(|i| i as u32);
    let groups = &known.catalog.groups;
    for run in known.released.runs() {
        let id = &terms.measures[run.key.measure as usize];
        let additive = known.catalog.measures.get(id).is_some_and(Measure::adds_up);
        if let Some(group) = everybody.filter(|_| additive)
            && let Some(own) = groups.group(&terms.groups[run.key.group as usize])
        {
            let all = groups.groups.iter().filter(|g| g.dimension == own.dimension).count();
            let name = format!("the groups by {}", own.dimension);
            add(name, all.div_ceil(2).max(2), run.key, KeyCode { group, ..run.key });
        }
        if let Some(grade) = all_grades.filter(|all| *all != run.key.grade && additive) {
            add("the grades".to_owned(), 3, run.key, KeyCode { grade, ..run.key });
        }
        for sum in known.catalog.readiness.totals.sum.iter().filter(|s| s.parts.contains(id)) {
            if let Some(whole) = position(&terms.measures, &sum.whole) {
                let name = format!("its {} parts", sum.parts.len());
                add(name, sum.parts.len(), run.key, KeyCode { measure: whole, ..run.key });
            }
        }
    }
    families
}

#[cfg(test)]
mod tests {
    use super::differs;
    use crate::catalog::Catalog;

    #[test]
    fn rounding_is_no_difference_and_hidden_parts_can_only_be_too_much() {
        let spec = Catalog::embedded().unwrap().readiness.totals;
        // 1 % of 1,000 and 3 more: from 987 to 1,013 is rounding.
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
