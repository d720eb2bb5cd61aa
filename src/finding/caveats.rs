//! The evidence against a candidate, and what limits it.

use super::candidate::Evidence;
use super::clauses;
use super::evidence::without_sources;
use super::rule_check::RuleCheck;
use super::series::MeasuredSeries;
use super::trends::direction;
use crate::compare::{Comparison, Direction, SMALL_GROUP};
use crate::domain::{Better, SchoolYear, Unit};

/// The caveats of a candidate.
pub(super) fn caveats(check: &RuleCheck<'_>) -> Vec<Evidence> {
    let series = &check.series;
    let n_peers = check.district.comparisons.peers.peers.len();
    let texts = [
        old_value(check.age()),
        contrary_trend(series),
        few_people(series),
        implausible_value(series),
        few_peers(series.comparison, n_peers),
        break_in_series(series.comparison),
        few_years(series.comparison),
    ];
    texts.into_iter().flatten().map(without_sources).collect()
}

/// The latest value is `age` years older than the district's newest value.
fn old_value(age: i32) -> Option<String> {
    (age >= 2).then(|| format!("Old: other measures have values that are {age} years newer."))
}

/// The distance of the quartiles from the median, in percentiles: a level beyond them is clearly better or worse than most.
const TO_QUARTILE: f64 = 25.0;

/// The level is outside the middle half of the peers, and the trend goes in the opposite direction.
fn contrary_trend(series: &MeasuredSeries<'_>) -> Option<String> {
    let percentile = series.comparison.standing()?.peer_percentile?;
    let from_median = series.measure.better.sign() * (percentile - 50.0);
    if from_median.abs() < TO_QUARTILE {
        return None;
    }
    let trend = clauses::trend(series)?;
    match (from_median > 0.0, is_improving(series)?) {
        (true, false) => Some(format!("Better than most peers, but it {trend}.")),
        (false, true) => Some(format!("Worse than most peers, but it {trend}.")),
        _ => None,
    }
}

/// Whether the trend is favorable; `None` where there is no clear one.
fn is_improving(series: &MeasuredSeries<'_>) -> Option<bool> {
    let trend = series.comparison.trend.as_ref()?;
    match (direction(trend), series.measure.better) {
        (Direction::Rising, Better::Higher) | (Direction::Falling, Better::Lower) => Some(true),
        (Direction::Rising, Better::Lower) | (Direction::Falling, Better::Higher) => Some(false),
        _ => None,
    }
}

/// A rate is based on few people, or their number was not published.
fn few_people(series: &MeasuredSeries<'_>) -> Option<String> {
    let people = series.measure.people.as_deref().filter(|_| series.measure.unit == Unit::Percent)?;
    match series.comparison.latest()?.n {
        Some(n) if n < SMALL_GROUP => {
            Some(format!("Small group: the latest value rests on {} {people}.", Unit::Count.format(n)))
        }
        Some(_) => None,
        None => {
            let spread = spread_text(series);
            Some(format!("How many {people} the value rests on was not published{spread}."))
        }
    }
}

/// How far the values usually are from their trend; empty if unknown.
fn spread_text(series: &MeasuredSeries<'_>) -> String {
    match series.comparison.spread() {
        Some(spread) if spread > 0.0 => {
            format!("; its years usually lie {} from their trend", series.format_change(spread))
        }
        _ => String::new(),
    }
}

/// The latest value is outside the plausible range.
fn implausible_value(series: &MeasuredSeries<'_>) -> Option<String> {
    let value = series.comparison.latest()?.value?;
    let range = series.measure.plausible.filter(|_| !series.measure.is_plausible(value))?;
    let [low, high] = range.map(|end| series.format(end));
    Some(format!("The latest value is outside {low} to {high}: check it against its source."))
}

/// Not all peers have a value, or too few for a comparison.
fn few_peers(comparison: &Comparison, n_peers: usize) -> Option<String> {
    let standing = comparison.standing()?;
    if standing.peer_median.is_none() {
        return (n_peers > 0).then(|| "Too few peers have a value in that year to compare with.".to_owned());
    }
    (standing.peer_n < n_peers)
        .then(|| format!("Only {} of the {n_peers} peers have a value in that year.", standing.peer_n))
}

/// Earlier values are not comparable.
fn break_in_series(comparison: &Comparison) -> Option<String> {
    let found = comparison.after_break()?;
    let year =
        SchoolYear::ending(found.year).map_or_else(|_| found.year.to_string(), |year| year.to_string());
    Some(format!("Not comparable with years before {year}: {}.", found.why))
}

/// There are too few years for a trend.
fn few_years(comparison: &Comparison) -> Option<String> {
    let comparable = if comparison.after_break().is_some() { "comparable " } else { "" };
    match &comparison.trend {
        Some(trend) if trend.direction == Direction::TooFewYears => {
            Some(format!("Only {} {comparable}years of data: too few for a trend.", trend.n_years))
        }
        Some(_) => None,
        None => Some(format!("Only one {comparable}year of data.")),
    }
}
