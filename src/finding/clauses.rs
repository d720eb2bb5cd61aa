//! The clauses that statements are built from. Each is `None` if there is no data for it.

use super::series::MeasuredSeries;
use super::streaks::{change_streak, years_above_zero, years_below_zero};
use super::trends::{is_rising, slope, years_spanned};
use crate::catalog::Target;
use crate::compare::{Change, GroupGap, PlaceChange, SeriesShape, ShiftKind, Standing, Trend};
use crate::domain::{ALL, SchoolYear};
use crate::wording::gap_change::{self, GapChangeText, GapCrossingText};
use crate::wording::schools as say;
use crate::wording::standing::{PeerComparison, PeerRank, PlaceChangeText, StateRank};
use crate::wording::statement::{
    ChangeBetween, ChangeStreakText, DifferenceFrom, PacePeriod, RecoveryText, ShiftText, TrendCourse,
};
use crate::wording::{self, subject::ALL_STUDENTS};

/// The latest value and its year.
pub(super) fn level(series: &MeasuredSeries<'_>) -> Option<String> {
    let latest = series.comparison.latest()?;
    Some(wording::statement::level(&series.subject(), &series.format(latest.value?), latest.year))
}

/// The change from the first value of the run to the last; `None` also if the run as a whole moved in the other direction.
pub(super) fn change(series: &MeasuredSeries<'_>) -> Option<String> {
    let trend = series.comparison.trend.as_ref()?;
    let change = Change {
        from_year: trend.first_year,
        to_year: trend.last_year,
        from: trend.first,
        to: trend.last,
        real_from: trend.real.map(|real| real.first),
        state_change: None,
        test: None,
    };
    let contradicts = is_rising(series.comparison).is_some_and(|rising| rising != (change.size() > 0.0));
    let is_seen = series.format(change.judged_from()) != series.format(change.to);
    if contradicts || !is_seen { None } else { change_between(series, change) }
}

/// The level shift of the series, with both levels.
pub(super) fn shift(series: &MeasuredSeries<'_>) -> Option<String> {
    let SeriesShape::LevelShift(shift) = series.comparison.shape else { return None };
    let trend = series.comparison.trend.as_ref()?;
    let text = ShiftText {
        subject: &series.subject(),
        unit: series.measure.unit,
        before: shift.before,
        from_year: SchoolYear::ending(shift.from_year).ok()?,
        to: shift.to,
        to_year: trend.last_year,
        is_after_inflation: trend.real.is_some(),
    };
    Some(match shift.kind {
        ShiftKind::Step => wording::statement::step(&text),
        ShiftKind::Cliff => wording::statement::cliff(&text),
    })
}

/// A change with both values. If they are displayed alike, or for money if only prices rose, it says so.
pub(super) fn change_between(series: &MeasuredSeries<'_>, change: Change) -> Option<String> {
    let from = change.judged_from();
    let text = ChangeBetween {
        subject: &series.subject(),
        unit: series.measure.unit,
        from,
        to: change.to,
        from_year: change.from_year,
        to_year: change.to_year,
        percent: change.percent().filter(|_| series.measure.unit.can_add_up()),
        is_after_inflation: change.real_from.is_some(),
    };
    Some(if series.format(from) == series.format(change.to) {
        wording::statement::unchanged(&text)
    } else if change.real_from.is_some() && series.catalog.findings.is_same_amount(change.from, change.to) {
        wording::statement::only_prices_rose(&text)
    } else if change.real_from.is_none() && series.measure.is_about(change.to, from) {
        wording::statement::stayed_about(&text)
    } else {
        wording::statement::change(&text)
    })
}

/// The worst year, and how much of the loss is undone.
pub(super) fn recovery(series: &MeasuredSeries<'_>) -> Option<String> {
    let found = series.comparison.changes.recovery?;
    Some(wording::statement::recovery(&RecoveryText {
        subject: &series.subject(),
        unit: series.measure.unit,
        from: found.from,
        from_year: found.from_year,
        worst: found.worst,
        worst_year: found.worst_year,
        latest: found.latest,
        share: found.share,
        is_after_inflation: series.measure.unit.is_money(),
    }))
}

/// The change of the state's median over the same years; `None` for totals, which depend on how large districts are.
pub(super) fn state_change(series: &MeasuredSeries<'_>, change: Change) -> Option<String> {
    if series.measure.adds_up() {
        return None;
    }
    Some(wording::statement::state_change(series.measure.unit, change.state_change?, series.all_districts))
}

/// The place in the state, then and now: in full, and in few words.
pub(super) fn place_changes(series: &MeasuredSeries<'_>) -> Vec<String> {
    let Some(PlaceChange { from_year, from, to, is_across_break }) = series.comparison.changes.place else {
        return Vec::new();
    };
    let place = PlaceChangeText { from_year, from, to, is_across_break, among: series.all_districts };
    vec![wording::standing::place_change(place), wording::standing::place_change_in_short(place)]
}

/// The distance from the project's target.
pub(super) fn target(series: &MeasuredSeries<'_>, target: &Target) -> Option<String> {
    let value = series.comparison.latest()?.value?;
    let year = target.year.and_then(|year| SchoolYear::ending(year).ok());
    Some(wording::statement::target(difference(series, value - target.value, target.value), year))
}

/// How the gap to the reference group has changed over its run: in full, and in few words.
pub(super) fn gap_changes(series: &MeasuredSeries<'_>) -> Vec<String> {
    let gap = series.comparison.gap_now();
    let Some((gap, trend)) = gap.and_then(|gap| Some((gap, gap.trend.as_ref()?))) else { return Vec::new() };
    let (first, last) = (trend.first, trend.last);
    if gap_crosses(series) {
        let crossed = GapCrossingText {
            unit: series.measure.unit,
            first,
            last,
            since: trend.first_year,
            students: reference_students(series, gap),
        };
        return vec![gap_change::gap_crossing(&crossed)];
    }
    let text = GapChangeText {
        unit: series.measure.unit,
        widened: last.abs() > first.abs(),
        change: last - first,
        since: trend.first_year,
        students: reference_students(series, gap),
    };
    vec![gap_change::gap_change(&text), gap_change::gap_change_in_short(&text)]
}

/// Whether the gap has changed sides, appeared, or closed, so that it is neither wider nor narrower than it was.
pub(super) fn gap_crosses(series: &MeasuredSeries<'_>) -> bool {
    let trend = series.comparison.gap_now().and_then(|gap| gap.trend.as_ref());
    trend.is_some_and(|trend| trend.first * trend.last <= 0.0)
}

/// What the students of a gap's reference group are called.
fn reference_students<'a>(series: &MeasuredSeries<'a>, gap: &GroupGap) -> &'a str {
    let group = series.catalog.groups.group(&gap.reference_group);
    group.map_or(ALL_STUDENTS, |group| group.students.as_str())
}

/// The value of another series in the same year.
pub(super) fn beside(series: &MeasuredSeries<'_>, other: &MeasuredSeries<'_>) -> Option<String> {
    let year = series.comparison.latest()?.year;
    let value = other.comparison.reported().find(|(other, _)| *other == year)?.1;
    Some(wording::statement::beside(&other.subject(), &other.format(value)))
}

/// From which to which value the schools of a type range.
pub(super) fn schools(series: &MeasuredSeries<'_>) -> Option<String> {
    let spread = series.comparison.schools.as_ref()?;
    let ends = [spread.low, spread.high].map(|end| series.measure.unit.format(end));
    Some(say::across(&ends, spread.schools, &spread.of_type))
}

/// The same, and how far apart they were before.
pub(super) fn schools_then_and_now(series: &MeasuredSeries<'_>) -> Option<String> {
    let spread = series.comparison.schools.as_ref()?;
    let (year, earlier) = spread.earlier?;
    let apart = [spread.high - spread.low, earlier].map(|apart| series.measure.unit.format_change(apart));
    Some(say::apart(&apart, spread.schools, &spread.of_type, year))
}

/// The change of another series over five years.
pub(super) fn beside_change(other: &MeasuredSeries<'_>) -> Option<String> {
    let percent = other.comparison.changes.five_years?.percent()?;
    Some(wording::statement::beside_change(&other.subject(), percent))
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

/// How many years in a row the value has been below zero, or above it; `None` for fewer than two.
pub(super) fn streak(series: &MeasuredSeries<'_>) -> Option<String> {
    let latest = series.comparison.latest()?;
    let value = latest.value?;
    let (years, what) = if value < 0.0 {
        let what = series.measure.below_zero.clone();
        let what = what.unwrap_or_else(|| wording::statement::below_zero(&series.subject()));
        (years_below_zero(series.comparison), what)
    } else {
        (years_above_zero(series.comparison), series.measure.above_zero.clone()?)
    };
    let amount = series.format(value.abs());
    (years >= 2).then(|| wording::statement::years_with_sign(&what, years, latest.year, &amount))
}

/// For how many years in a row it has gone the same way, and from where; `None` for fewer than two.
pub(super) fn streak_of_change(series: &MeasuredSeries<'_>) -> Option<String> {
    let streak = change_streak(series).filter(|streak| streak.years >= 2)?;
    Some(wording::statement::streak_of_change(&ChangeStreakText {
        subject: &series.subject(),
        unit: series.measure.unit,
        years: streak.years,
        from: streak.from.value,
        from_year: SchoolYear::ending(streak.from.year).ok()?,
        to: streak.to.value,
        to_year: SchoolYear::ending(streak.to.year).ok()?,
        is_after_inflation: series.measure.unit.is_money(),
    }))
}

/// Where the latest value stands among the peers, how many there are, and their median.
pub(super) fn peers(series: &MeasuredSeries<'_>) -> Option<String> {
    let median = series.standing_among_alike()?.peer_median?;
    Some(wording::standing::with_peer_median(&rank_among_peers(series)?, &series.format(median)))
}

/// Where the latest value stands among the peers, and how many there are.
pub(super) fn rank_among_peers(series: &MeasuredSeries<'_>) -> Option<String> {
    Some(wording::standing::peers(&peer_comparison(series)?))
}

/// The same in the fewest words.
pub(super) fn short_rank_among_peers(series: &MeasuredSeries<'_>) -> Option<String> {
    Some(wording::standing::peers_in_short(&peer_comparison(series)?))
}

pub(super) fn peer_comparison(series: &MeasuredSeries<'_>) -> Option<PeerComparison> {
    let standing = series.standing_among_alike()?;
    let is_same = series.measure.is_about(series.comparison.latest()?.value?, standing.peer_median?);
    Some(PeerComparison {
        rank: if is_same { PeerRank::AboutTheSame } else { peer_rank(standing) },
        n: standing.peer_n,
        is_of_group: series.comparison.key.group != ALL,
    })
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

/// Where this series stands among the peers, and where another one does: in full, and in few words.
pub(super) fn beside_peers(series: &MeasuredSeries<'_>, other: &MeasuredSeries<'_>) -> Vec<String> {
    let ranks = peer_comparison(series).zip(peer_comparison(other));
    let subject = other.by_short_name().subject();
    ranks.map_or_else(Vec::new, |(own, theirs)| wording::standing::beside_peers(&own, &subject, &theirs))
}

/// Where the latest value stands among all districts.
pub(super) fn state(series: &MeasuredSeries<'_>) -> Option<String> {
    state_rank(series).map(wording::standing::state)
}

/// The same in the fewest words.
pub(super) fn state_in_short(series: &MeasuredSeries<'_>) -> Option<String> {
    state_rank(series).map(wording::standing::state_in_short)
}

pub(super) fn state_rank(series: &MeasuredSeries<'_>) -> Option<StateRank> {
    let standing = series.comparison.standing()?;
    let percentile = standing.state_percentile?;
    let is_higher = percentile >= 50.0;
    let (below, equal) = (standing.state_below, standing.state_equal);
    let beyond = if is_higher { below } else { standing.state_n.saturating_sub(below + equal) };
    // Of districts that all have the same value, none is ahead.
    if beyond == 0 && equal > 1 {
        return None;
    }
    let districts = standing.state_n;
    let is_of_few = districts < series.catalog.findings.judging.few_districts;
    let tied = equal.saturating_sub(1);
    Some(StateRank { is_higher, beyond, tied, districts, is_of_few, among: series.all_districts })
}

/// How far the latest value is from the value expected of districts with similar students; only if it is far.
pub(super) fn expected(series: &MeasuredSeries<'_>) -> Option<String> {
    let expected = series.comparison.expected.as_ref()?;
    let is_far = expected.standardized().abs() >= series.catalog.findings.judging.notable_distance;
    let difference = difference(series, expected.distance, expected.value);
    is_far.then(|| wording::statement::expected(difference))
}

/// The gap to the reference group.
pub(super) fn group_gap(series: &MeasuredSeries<'_>) -> Option<String> {
    let gap = series.comparison.gap_now()?;
    let students = reference_students(series, gap);
    Some(wording::statement::group_gap(difference(series, gap.gap, gap.reference), students))
}

const fn difference(series: &MeasuredSeries<'_>, difference: f64, reference: f64) -> DifferenceFrom {
    DifferenceFrom { unit: series.measure.unit, difference, reference }
}

pub(super) fn risk_ratio(series: &MeasuredSeries<'_>) -> Option<String> {
    let risk = series.comparison.gap_now()?.risk?;
    Some(wording::statement::risk_ratio(risk.ratio, risk.years_at_2))
}

/// What a reader sees in the series since its first year: its direction and pace, its shift, or its turn.
pub(super) fn trend(series: &MeasuredSeries<'_>) -> Option<String> {
    let trend = series.comparison.trend.as_ref()?;
    let course = match series.comparison.shape {
        SeriesShape::Trend { rising: true } => TrendCourse::Risen(pace(series, trend)),
        SeriesShape::Trend { rising: false } => TrendCourse::Fallen(pace(series, trend)),
        SeriesShape::LevelShift(found) => {
            let year = SchoolYear::ending(found.from_year).ok()?;
            TrendCourse::Shifted {
                up: found.to > found.before,
                level: series.format(found.before),
                after: year,
            }
        }
        SeriesShape::Turn(found) => {
            let year = SchoolYear::ending(found.year).ok()?;
            TrendCourse::Turned { low: found.is_low, value: series.format(found.value), year }
        }
        SeriesShape::Steady => TrendCourse::Steady(trend.real.is_some()),
        SeriesShape::Unclear | SeriesShape::TooFew => return None,
    };
    Some(wording::statement::trend(&series.subject(), &course, trend.first_year))
}
