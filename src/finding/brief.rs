//! What a candidate is about and says, in few words and without numbers, for a page that has room for no more.

use super::clauses::{self, peer_comparison, state_rank};
use super::rule_check::RuleCheck;
use super::series::MeasuredSeries;
use super::statement::clause_of;
use super::streaks::change_streak;
use super::trends::is_rising;
use crate::catalog::{Clause, Operator, RuleFact};
use crate::compare::{Change, Comparison};
use crate::domain::{ALL, MeasureKey};
use crate::wording::brief as words;
use crate::wording::standing::PeerRank;

/// `Proficiency, mathematics: higher than in most districts`; only what it is about where nothing else can be said without numbers.
pub(super) fn brief(check: &RuleCheck<'_>) -> String {
    words::brief(&topic(&check.series).join(SEPARATOR), claim(check).as_deref())
}

/// Between the parts of a topic.
const SEPARATOR: &str = ", ";

/// The measure with its subject, grade, and students.
fn topic(series: &MeasuredSeries<'_>) -> Vec<String> {
    let (catalog, measure) = (series.catalog, series.measure);
    let MeasureKey { subject, grade, group, .. } = &series.comparison.key;
    let subject = catalog.groups.subject(subject).filter(|_| subject != ALL);
    let grade = (!grade.is_all()).then(|| grade.label());
    let group = catalog.groups.group(group).filter(|_| group != ALL);
    let parts = [
        Some(measure.label.as_str()),
        subject.map(|subject| subject.label.as_str()),
        grade.as_deref(),
        group.map(|group| group.students.as_str()),
    ];
    parts.into_iter().flatten().map(str::to_owned).collect()
}

/// What the rule is about, or else the first part of its statement that can be said without numbers.
fn claim(check: &RuleCheck<'_>) -> Option<String> {
    let trigger = check.first_fact().and_then(clause_of);
    if trigger == Some(Clause::Beside) {
        return than_beside(check);
    }
    let mut clauses = trigger.into_iter().chain(check.rule.say.iter().copied());
    high_or_low(check).or_else(|| clauses.find_map(|clause| said_by(clause, check))).map(str::to_owned)
}

/// What a rule about the value alone says; `None` for others.
fn high_or_low(check: &RuleCheck<'_>) -> Option<&'static str> {
    let first = check.rule.when.first().filter(|condition| condition.fact == RuleFact::Value)?;
    match first.is {
        Operator::AtLeast | Operator::Above => Some(words::HIGH),
        Operator::AtMost | Operator::Below => Some(words::LOW),
        Operator::Is | Operator::IsNot => None,
    }
}

/// Where the value is next to that of the series beside it, by the parts of its topic that differ.
fn than_beside(check: &RuleCheck<'_>) -> Option<String> {
    let beside = check.series_beside()?;
    let latest = check.comparison().latest()?;
    let (_, other) = beside.comparison.reported().find(|(year, _)| *year == latest.year)?;
    let own = topic(&check.series);
    let differing: Vec<String> = topic(&beside).into_iter().filter(|part| !own.contains(part)).collect();
    words::than_beside(latest.value?, other, &differing.join(SEPARATOR))
}

fn said_by(clause: Clause, check: &RuleCheck<'_>) -> Option<&'static str> {
    let (series, comparison) = (&check.series, check.comparison());
    let changes = &comparison.changes;
    match clause {
        Clause::Peers | Clause::BesidePeers => among_peers(peer_comparison(series)?.rank),
        Clause::State => Some(words::in_most_districts(state_rank(series)?.is_higher)),
        Clause::Expected => {
            clauses::expected(series)?;
            Some(words::than_expected(comparison.expected.as_ref()?.distance > 0.0))
        }
        Clause::GroupGap => Some(words::than_others(comparison.gap_now()?.gap > 0.0)),
        Clause::GapChange => {
            let trend = comparison.gap_now()?.trend.as_ref()?;
            let is_of_one_side = trend.first * trend.last > 0.0;
            is_of_one_side.then(|| words::gap(trend.last.abs() > trend.first.abs()))
        }
        Clause::PlaceChange => {
            let place = changes.place?;
            Some(words::place(place.to > place.from))
        }
        Clause::Target => {
            let value = comparison.latest()?.value?;
            Some(words::than_target(value, check.target()?.value))
        }
        Clause::Change | Clause::Shift => {
            let is_real = comparison.trend.as_ref().is_some_and(|trend| trend.real.is_some());
            Some(words::over_years(is_rising(comparison)?, is_real))
        }
        Clause::StreakOfChange => {
            let streak = change_streak(series)?;
            let is_real = series.measure.unit.is_money();
            Some(words::over_years(streak.to.value > streak.from.value, is_real))
        }
        Clause::SinceBase => Some(over_years(series, changes.since_base?)),
        Clause::FiveYears => Some(over_years(series, changes.five_years?)),
        Clause::OneYear => Some(words::in_last_year(is_up(changes.one_year?)?)),
        Clause::Projection => Some(words::would_go(would_rise(comparison)?)),
        Clause::Schools | Clause::SchoolsThenAndNow => Some(words::BETWEEN_SCHOOLS),
        Clause::RiskRatio => Some(words::than_others(comparison.gap_now()?.risk?.ratio > 1.0)),
        Clause::Recovery => Some(words::recovered(changes.recovery?.share >= 1.0)),
        Clause::Streak => Some(words::for_years(comparison.latest()?.value? > 0.0)),
        Clause::NoMajority => Some(words::NO_MAJORITY),
        Clause::Level | Clause::Trend | Clause::StateChange | Clause::Beside | Clause::BesideChange => None,
    }
}

const fn among_peers(rank: PeerRank) -> Option<&'static str> {
    match rank {
        PeerRank::AboveAll => Some(words::ABOVE_ALL_PEERS),
        PeerRank::Above(_) => Some(words::ABOVE_MOST_PEERS),
        PeerRank::Below(_) => Some(words::BELOW_MOST_PEERS),
        PeerRank::BelowAll => Some(words::BELOW_ALL_PEERS),
        PeerRank::Middle | PeerRank::AboutTheSame => None,
    }
}

/// The direction of a change over several years, if it matters.
fn over_years(series: &MeasuredSeries<'_>, change: Change) -> &'static str {
    if series.measure.is_about(change.to, change.judged_from()) {
        words::HELD
    } else {
        words::over_years(change.size() > 0.0, change.real_from.is_some())
    }
}

/// Whether a change goes up; `None` if there is none.
fn is_up(change: Change) -> Option<bool> {
    (change.size() != 0.0).then(|| change.size() > 0.0)
}

fn would_rise(comparison: &Comparison) -> Option<bool> {
    let coming = comparison.projection.as_ref()?.years.last()?.value;
    let latest = comparison.latest()?.value?;
    (coming != latest).then_some(coming > latest)
}
