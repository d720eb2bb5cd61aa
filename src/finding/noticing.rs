//! Facts worth noticing, for a district with few candidates: its largest changes, and its largest differences from the state.
//! They are not candidates, and are not judged.

use super::candidate::Finding;
use super::series::MeasuredSeries;
use super::statement::Statement;
use crate::catalog::{Catalog, Clause};
use crate::compare::{Comparison, Comparisons};
use crate::domain::ALL;

/// The facts, if fewer items than the catalog says are shown.
pub(super) fn worth_noticing(comparisons: &Comparisons, catalog: &Catalog, items: &[Finding]) -> Vec<String> {
    let spec = &catalog.findings;
    if items.iter().filter(|item| item.is_shown).count() >= spec.notice_below {
        return Vec::new();
    }
    let series: Vec<MeasuredSeries<'_>> =
        comparisons.all.iter().filter_map(|one| candidate_series(one, comparisons, catalog, items)).collect();
    let changes = largest(&series, size_of_change, spec.noticed);
    let differences = largest(&series, size_of_difference, spec.noticed);
    let changed = changes.iter().map(|one| sentence(one, &[Clause::SinceBase, Clause::StateChange]));
    let differing = differences.iter().map(|one| sentence(one, &[Clause::Level, Clause::State]));
    changed.chain(differing).collect()
}

/// A series of the whole district that no item is about, and of which something may be said.
fn candidate_series<'a>(
    comparison: &'a Comparison,
    comparisons: &Comparisons,
    catalog: &'a Catalog,
    items: &[Finding],
) -> Option<MeasuredSeries<'a>> {
    let key = &comparison.key;
    let is_whole = key.group == ALL && key.grade.is_all();
    let is_said = items.iter().any(|item| item.key.measure == key.measure);
    let measure = catalog.measures.get(&key.measure).filter(|_| is_whole && !is_said)?;
    let series = MeasuredSeries {
        comparison,
        measure,
        catalog,
        has_alike_peers: comparisons.peers.are_alike(),
        all_districts: comparisons.all_districts,
        has_short_name: false,
    };
    (comparison.latest().is_some() && series.bar(comparisons).is_none()).then_some(series)
}

/// The series with the largest sizes, each measure once, largest first; ties by key.
fn largest<'a>(
    series: &[MeasuredSeries<'a>],
    size: fn(&MeasuredSeries<'_>) -> Option<f64>,
    most: usize,
) -> Vec<MeasuredSeries<'a>> {
    let mut sized: Vec<(f64, MeasuredSeries<'a>)> =
        series.iter().filter_map(|one| Some((size(one)?, *one))).filter(|(size, _)| *size >= 1.0).collect();
    sized.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.comparison.key.cmp(&b.1.comparison.key)));
    sized.into_iter().map(|(_, one)| one).take(most).collect()
}

/// The change since the base year, in meaningful changes.
fn size_of_change(series: &MeasuredSeries<'_>) -> Option<f64> {
    let change = series.comparison.changes.since_base?;
    in_meaningful_changes(series, change.size(), change.judged_from())
}

/// The difference from the state's median, in meaningful changes. Totals only say how large a district is.
fn size_of_difference(series: &MeasuredSeries<'_>) -> Option<f64> {
    let median = series.comparison.standing()?.state_median.filter(|_| !series.measure.adds_up())?;
    in_meaningful_changes(series, series.comparison.latest()?.value? - median, median)
}

fn in_meaningful_changes(series: &MeasuredSeries<'_>, difference: f64, level: f64) -> Option<f64> {
    let meaningful = series.measure.matters_from(level);
    (meaningful > 0.0).then(|| difference.abs() / meaningful)
}

fn sentence(series: &MeasuredSeries<'_>, say: &[Clause]) -> String {
    Statement { series: *series, check: None }.sentence(say)
}
