//! The clauses that statements are built from. Each is `None` if there is no data for it.

use super::facts::years_below_zero;
use super::series::MeasuredSeries;
use super::trends::{direction, slope, years_spanned};
use crate::catalog::Measure;
use crate::compare::{Direction, Standing, Trend};
use crate::domain::Unit;

/// The latest value and its year.
pub(super) fn level(series: &MeasuredSeries<'_>) -> Option<String> {
    let latest = series.comparison.latest()?;
    let value = series.format(latest.value?);
    Some(format!("{} {} {value} in {}", series.subject(), was(series.measure), latest.year))
}

const fn was(measure: &Measure) -> &'static str {
    if measure.plural { "were" } else { "was" }
}

const fn has(measure: &Measure) -> &'static str {
    if measure.plural { "have" } else { "has" }
}

/// The change from the first value of the run to the last; `None` also if both are displayed alike, or if the
/// run as a whole moved in the other direction.
pub(super) fn change(series: &MeasuredSeries<'_>) -> Option<String> {
    let trend = series.comparison.trend.as_ref()?;
    let (first, last) = (series.format(trend.first), series.format(trend.last));
    if contradicts_direction(trend) || first == last {
        return None;
    }
    let verb = if trend.change_all < 0.0 { "fell" } else { "rose" };
    let percent = percent_change(trend, series.measure);
    let years = format!("between {} and {}", trend.first_year, trend.last_year);
    let pace = pace_of_change(series, trend);
    Some(format!("{} {verb} from {first} to {last}{percent} {years}{pace}", series.subject()))
}

/// Whether the change between the ends has the opposite sign of the run's direction.
fn contradicts_direction(trend: &Trend) -> bool {
    match direction(trend) {
        Direction::Rising => trend.real.is_none() && trend.change_all < 0.0,
        Direction::Falling => trend.real.is_none() && trend.change_all > 0.0,
        Direction::Steady | Direction::NoClearDirection | Direction::TooFewYears => false,
    }
}

/// The change in percent of the first value; empty for a measure that is itself a percent.
fn percent_change(trend: &Trend, measure: &Measure) -> String {
    if trend.first <= 0.0 || measure.unit == Unit::Percent {
        return String::new();
    }
    let sign = if trend.change_all < 0.0 { "−" } else { "+" };
    format!(" ({sign}{})", Unit::Percent.format((100.0 * trend.change_all / trend.first).abs()))
}

/// The pace of a clear trend, if it agrees with the change between the ends.
fn pace_of_change(series: &MeasuredSeries<'_>, trend: &Trend) -> String {
    let is_clear = matches!(direction(trend), Direction::Rising | Direction::Falling);
    if is_clear && fits_ends(trend) { format!(", about {}", pace(series, trend)) } else { String::new() }
}

/// Whether the slope over the run roughly matches the change between its ends, so that both fit into one
/// sentence. Money in constant dollars always does, because the sentence says that the pace is after
/// inflation.
fn fits_ends(trend: &Trend) -> bool {
    let fitted = trend.slope * years_spanned(trend);
    trend.real.is_some() || (0.67..=1.5).contains(&(fitted / trend.change_all))
}

/// The change per year, or in total if the yearly change is too small to show. Money is in constant dollars
/// if prices are known.
fn pace(series: &MeasuredSeries<'_>, trend: &Trend) -> String {
    let yearly = slope(trend);
    let (size, period) = if amount(series, yearly) == amount(series, 0.0) {
        (yearly * years_spanned(trend), "in all")
    } else {
        (yearly, "a year")
    };
    format!("{} {period}{}", amount(series, size), after_inflation(trend))
}

fn amount(series: &MeasuredSeries<'_>, size: f64) -> String {
    match series.measure.unit {
        Unit::Years => Unit::Ratio.format(size.abs()),
        unit => unit.format_change(size),
    }
}

/// The remark on money in constant dollars.
const fn after_inflation(trend: &Trend) -> &'static str {
    if trend.real.is_some() { " after inflation" } else { "" }
}

/// How many years in a row the value has been below zero; `None` for fewer than two.
pub(super) fn streak(series: &MeasuredSeries<'_>) -> Option<String> {
    let years = years_below_zero(series.comparison);
    let latest = series.comparison.latest()?;
    let amount = series.format(latest.value?.abs());
    let what = match &series.measure.below_zero {
        Some(phrase) => phrase.clone(),
        None => format!("{} {} below zero", series.subject(), was(series.measure)),
    };
    if years < 2 {
        return None;
    }
    let years = in_words(years);
    Some(format!("{what} in each of the {years} years to {}, by {amount} in the last", latest.year))
}

/// Small numbers in words.
fn in_words(n: usize) -> String {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    words.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// Where the latest value stands among the peers, and how many there are.
pub(super) fn peers(series: &MeasuredSeries<'_>) -> Option<String> {
    let standing = series.comparison.standing()?;
    let median = series.format(standing.peer_median?);
    Some(format!("{} (peer median {median})", place_among_peers(standing)))
}

fn place_among_peers(standing: &Standing) -> String {
    let n = standing.peer_n;
    let (below, above) = (standing.peers_below, standing.peers_above());
    if below == n {
        format!("above all {n} of its peer districts")
    } else if above == n {
        format!("below all {n} of its peer districts")
    } else if standing.is_above_most() {
        format!("above {below} of its {n} peer districts")
    } else if standing.is_below_most() {
        format!("below {above} of its {n} peer districts")
    } else {
        format!("in the middle of its {n} peer districts")
    }
}

/// Where the latest value stands in the state.
pub(super) fn state(series: &MeasuredSeries<'_>) -> Option<String> {
    let standing = series.comparison.standing()?;
    let percentile = standing.state_percentile?;
    let (side, share) =
        if percentile >= 50.0 { ("higher", percentile) } else { ("lower", 100.0 - percentile) };
    let n = Unit::Count.format(standing.state_n as f64);
    // The count includes the district, which is not higher than itself.
    let (over, share) = if share.round() >= 100.0 { ("over ", 99.0) } else { ("", share.round()) };
    Some(format!("{side} than in {over}{} of the state's {n} districts", Unit::Percent.format(share)))
}

/// The smallest standardized distance from districts with similar students that is stated.
const NOTABLE_DISTANCE: f64 = 1.5;

/// How far the latest value is from the value expected of districts with similar students; only if it is far.
pub(super) fn expected(series: &MeasuredSeries<'_>) -> Option<String> {
    let expected = series.comparison.expected.as_ref()?;
    if expected.standardized().abs() < NOTABLE_DISTANCE {
        return None;
    }
    let side = if expected.distance < 0.0 { "below" } else { "above" };
    let distance = series.format_change(expected.distance);
    let value = series.format(expected.value);
    Some(format!("{distance} {side} districts with similar students (about {value})"))
}

/// The gap to the reference group.
pub(super) fn group_gap(series: &MeasuredSeries<'_>) -> Option<String> {
    let gap = series.comparison.gap_now()?;
    let side = if gap.gap < 0.0 { "below" } else { "above" };
    let reference_group = series.catalog.groups.group(&gap.reference_group);
    let who = reference_group.map_or("all students", |group| group.students.as_str());
    let reference = series.format(gap.reference);
    Some(format!("{} {side} {who} ({reference})", series.format_change(gap.gap)))
}

pub(super) fn risk_ratio(series: &MeasuredSeries<'_>) -> Option<String> {
    let risk = series.comparison.gap_now()?.risk?;
    let times = Unit::Ratio.format(risk.ratio);
    Some(format!("{times} times as often as other students, for {} years in a row", risk.years_at_2))
}

/// The direction of the series, its pace, and its first year.
pub(super) fn trend(series: &MeasuredSeries<'_>) -> Option<String> {
    let trend = series.comparison.trend.as_ref()?;
    let course = match direction(trend) {
        Direction::Rising => format!("risen {}", pace(series, trend)),
        Direction::Falling => format!("fallen {}", pace(series, trend)),
        Direction::Steady => format!("been steady{}", after_inflation(trend)),
        Direction::NoClearDirection => format!("shown no clear direction{}", after_inflation(trend)),
        Direction::TooFewYears => return None,
    };
    Some(format!("{} {course} since {}", has(series.measure), trend.first_year))
}
