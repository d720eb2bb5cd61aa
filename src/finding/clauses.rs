//! The clauses that statements are built from. Each is `None` if there is no data for it.

use super::facts::years_below_zero;
use super::series::MeasuredSeries;
use super::trends::{direction, slope, years_spanned};
use crate::catalog::Measure;
use crate::compare::{Direction, Standing, Trend};
use crate::domain::Unit;
use crate::wording::statement::{DifferenceFrom, PacePeriod, PeerRank, RunChange, StateRank, TrendCourse};
use crate::wording::{self, subject::ALL_STUDENTS};

/// The latest value and its year.
pub(super) fn level(series: &MeasuredSeries<'_>) -> Option<String> {
    let latest = series.comparison.latest()?;
    Some(wording::statement::level(&series.subject(), &series.format(latest.value?), latest.year))
}

/// The change from the first value of the run to the last; `None` also if both are displayed alike, or if the
/// run as a whole moved in the other direction.
pub(super) fn change(series: &MeasuredSeries<'_>) -> Option<String> {
    let trend = series.comparison.trend.as_ref()?;
    if contradicts_direction(trend) || series.format(trend.first) == series.format(trend.last) {
        return None;
    }
    Some(wording::statement::change(&RunChange {
        subject: &series.subject(),
        unit: series.measure.unit,
        first: trend.first,
        last: trend.last,
        first_year: trend.first_year,
        last_year: trend.last_year,
        percent: percent_change(trend, series.measure),
        pace: pace_of_change(series, trend),
    }))
}

/// Whether the change between the ends has the opposite sign of the run's direction.
fn contradicts_direction(trend: &Trend) -> bool {
    match direction(trend) {
        Direction::Rising => trend.real.is_none() && trend.change_all < 0.0,
        Direction::Falling => trend.real.is_none() && trend.change_all > 0.0,
        Direction::Steady | Direction::NoClearDirection | Direction::TooFewYears => false,
    }
}

/// The change in percent of the first value; `None` for a measure that is itself a percent.
fn percent_change(trend: &Trend, measure: &Measure) -> Option<f64> {
    let has_percent = trend.first > 0.0 && measure.unit != Unit::Percent;
    has_percent.then(|| 100.0 * trend.change_all / trend.first)
}

/// The pace of a clear trend, if it agrees with the change between the ends.
fn pace_of_change(series: &MeasuredSeries<'_>, trend: &Trend) -> Option<String> {
    let is_clear = matches!(direction(trend), Direction::Rising | Direction::Falling);
    (is_clear && fits_ends(trend)).then(|| pace(series, trend))
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
    let (unit, yearly) = (series.measure.unit, slope(trend));
    let is_too_small = wording::statement::amount(unit, yearly) == wording::statement::amount(unit, 0.0);
    let (size, period) = if is_too_small {
        (yearly * years_spanned(trend), PacePeriod::WholeRun)
    } else {
        (yearly, PacePeriod::Year)
    };
    wording::statement::pace(unit, size, period, trend.real.is_some())
}

/// How many years in a row the value has been below zero; `None` for fewer than two.
pub(super) fn streak(series: &MeasuredSeries<'_>) -> Option<String> {
    let years = years_below_zero(series.comparison);
    let latest = series.comparison.latest()?;
    let amount = series.format(latest.value?.abs());
    let what = match &series.measure.below_zero {
        Some(phrase) => phrase.clone(),
        None => wording::statement::below_zero(&series.subject()),
    };
    (years >= 2).then(|| wording::statement::years_below_zero(&what, years, latest.year, &amount))
}

/// Where the latest value stands among the peers, and how many there are.
pub(super) fn peers(series: &MeasuredSeries<'_>) -> Option<String> {
    let standing = series.comparison.standing()?;
    let median = series.format(standing.peer_median?);
    Some(wording::statement::peers(peer_rank(standing), standing.peer_n, &median))
}

const fn peer_rank(standing: &Standing) -> PeerRank {
    let (below, above) = (standing.peers_below, standing.peers_above());
    if below == standing.peer_n {
        PeerRank::AboveAll
    } else if above == standing.peer_n {
        PeerRank::BelowAll
    } else if standing.is_above_most() {
        PeerRank::Above(below)
    } else if standing.is_below_most() {
        PeerRank::Below(above)
    } else {
        PeerRank::Middle
    }
}

/// Where the latest value stands in the state.
pub(super) fn state(series: &MeasuredSeries<'_>) -> Option<String> {
    let standing = series.comparison.standing()?;
    let percentile = standing.state_percentile?;
    let is_higher = percentile >= 50.0;
    let share = if is_higher { percentile } else { 100.0 - percentile };
    // The count includes the district, which is not higher than itself.
    let is_more = share.round() >= 100.0;
    let share = if is_more { 99.0 } else { share.round() };
    Some(wording::statement::state(StateRank { is_higher, share, is_more, districts: standing.state_n }))
}

/// The smallest standardized distance from districts with similar students that is stated.
const NOTABLE_DISTANCE: f64 = 1.5;

/// How far the latest value is from the value expected of districts with similar students; only if it is far.
pub(super) fn expected(series: &MeasuredSeries<'_>) -> Option<String> {
    let expected = series.comparison.expected.as_ref()?;
    let is_far = expected.standardized().abs() >= NOTABLE_DISTANCE;
    let difference = difference(series, expected.distance, expected.value);
    is_far.then(|| wording::statement::expected(difference))
}

/// The gap to the reference group.
pub(super) fn group_gap(series: &MeasuredSeries<'_>) -> Option<String> {
    let gap = series.comparison.gap_now()?;
    let reference_group = series.catalog.groups.group(&gap.reference_group);
    let who = reference_group.map_or(ALL_STUDENTS, |group| group.students.as_str());
    Some(wording::statement::group_gap(difference(series, gap.gap, gap.reference), who))
}

const fn difference(series: &MeasuredSeries<'_>, difference: f64, reference: f64) -> DifferenceFrom {
    DifferenceFrom { unit: series.measure.unit, difference, reference }
}

pub(super) fn risk_ratio(series: &MeasuredSeries<'_>) -> Option<String> {
    let risk = series.comparison.gap_now()?.risk?;
    Some(wording::statement::risk_ratio(risk.ratio, risk.years_at_2))
}

/// The direction of the series, its pace, and its first year.
pub(super) fn trend(series: &MeasuredSeries<'_>) -> Option<String> {
    let trend = series.comparison.trend.as_ref()?;
    let course = match direction(trend) {
        Direction::Rising => TrendCourse::Risen(pace(series, trend)),
        Direction::Falling => TrendCourse::Fallen(pace(series, trend)),
        Direction::Steady => TrendCourse::Steady(trend.real.is_some()),
        Direction::NoClearDirection => TrendCourse::Unclear(trend.real.is_some()),
        Direction::TooFewYears => return None,
    };
    Some(wording::statement::trend(&series.subject(), &course, trend.first_year))
}
