//! The evidence against a candidate, and what limits it.

use super::candidate::Evidence;
use super::clauses;
use super::confidence::small_distance_from_state;
use super::evidence::without_sources;
use super::rule_check::RuleCheck;
use super::series::MeasuredSeries;
use super::statement::states_change_and_peers;
use super::trends::is_rising;
use crate::compare::{Comparison, Direction};
use crate::domain::{SchoolYear, Unit};
use crate::wording::caveat;

/// The caveats of a candidate.
pub(super) fn caveats(check: &RuleCheck<'_>) -> Vec<Evidence> {
    let series = &check.series;
    let n_peers = check.district.comparisons.peers.peers.len();
    let texts = [
        series.measure.caveat.clone(),
        old_value(check.age()),
        small_distance(check),
        unusual_start(check),
        contrary_trend(check),
        unknown_people(series),
        few_peers(series, n_peers),
        break_in_series(series.comparison),
        few_years(series.comparison),
        check.rule.doubt.clone(),
    ];
    texts.into_iter().flatten().map(without_sources).collect()
}

/// The latest value is `age` years older than the district's newest value.
fn old_value(age: i32) -> Option<String> {
    (age >= 2).then(|| caveat::older_than_others(age))
}

/// The district stands apart from others only because they are all alike.
fn small_distance(check: &RuleCheck<'_>) -> Option<String> {
    let distance = small_distance_from_state(check)?;
    Some(caveat::near_the_median(&check.measure().unit.format_change(distance)))
}

/// The year that a change is counted from was unlike the year before it, and the change from that one would be smaller by as much
/// as matters. Not of money, which would have to be in dollars of one year.
fn unusual_start(check: &RuleCheck<'_>) -> Option<String> {
    let (series, comparison) = (&check.series, check.comparison());
    let change = check.line()?.change(comparison).filter(|_| !series.measure.unit.is_money())?;
    let mut run = comparison.run();
    let (year, before) = run.find(|(year, _)| year.end() + 1 == change.from_year.end())?;
    let smaller_by = change.size().signum() * (before - change.from);
    let is_unlike = smaller_by > 0.0 && !series.measure.is_about(before, change.from);
    is_unlike.then(|| caveat::unusual_start(change.from_year, year, &series.format(before)))
}

/// The level is outside the middle half of the peers and apart from their median, and the trend goes in the opposite direction;
/// `None` if the statement says both.
fn contrary_trend(check: &RuleCheck<'_>) -> Option<String> {
    let series = &check.series;
    let standing = series.standing_among_alike()?;
    let percentile = standing.peer_percentile?;
    let is_same = series.measure.is_about(series.comparison.latest()?.value?, standing.peer_median?);
    if is_same || states_change_and_peers(check) {
        return None;
    }
    let from_median = series.measure.better.sign() * (percentile - 50.0);
    if from_median.abs() < series.catalog.findings.judging.clear_of_median {
        return None;
    }
    let trend = clauses::trend(series)?;
    let is_better = from_median > 0.0;
    (is_better != is_improving(series)?).then(|| caveat::contrary_trend(is_better, &series.subject(), &trend))
}

/// Whether the trend is favorable; `None` where there is no clear one.
fn is_improving(series: &MeasuredSeries<'_>) -> Option<bool> {
    let sign = series.measure.better.sign();
    let rising = is_rising(series.comparison)?;
    (sign != 0.0).then_some(rising == (sign > 0.0))
}

/// The number of people behind a rate was not published.
fn unknown_people(series: &MeasuredSeries<'_>) -> Option<String> {
    let people = series.measure.people.as_deref().filter(|_| series.measure.unit == Unit::Percent)?;
    let is_unknown = series.comparison.latest()?.n.is_none();
    is_unknown.then(|| caveat::unknown_people(people, spread(series).as_deref()))
}

/// How far the values usually are from their trend; `None` if unknown.
fn spread(series: &MeasuredSeries<'_>) -> Option<String> {
    let spread = series.comparison.spread().filter(|spread| *spread > 0.0)?;
    Some(series.measure.unit.format_change(spread))
}

/// Not all peers have a value, or too few for a comparison.
fn few_peers(series: &MeasuredSeries<'_>, n_peers: usize) -> Option<String> {
    let standing = series.standing_among_alike()?;
    if standing.peer_median.is_none() {
        return (n_peers > 0).then(|| caveat::TOO_FEW_PEERS.to_owned());
    }
    (standing.peer_n < n_peers).then(|| caveat::some_peers(standing.peer_n, n_peers))
}

/// Earlier values are not comparable.
fn break_in_series(comparison: &Comparison) -> Option<String> {
    let found = comparison.after_break()?;
    let year = SchoolYear::text_of(found.year);
    Some(caveat::broken(&year, &found.why))
}

/// There are too few years for a trend.
fn few_years(comparison: &Comparison) -> Option<String> {
    let is_after_break = comparison.after_break().is_some();
    match &comparison.trend {
        Some(trend) if trend.direction == Direction::TooFewYears => {
            Some(caveat::few_years(trend.n_years, is_after_break))
        }
        Some(_) => None,
        None => Some(caveat::one_year(is_after_break)),
    }
}
