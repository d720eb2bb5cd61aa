//! What a candidate is about and says, in few words and without numbers, for a page that has room for no more.

use super::clauses::{self, peer_comparison, state_rank};
use super::rule_check::RuleCheck;
use super::statement::clause_of;
use super::streaks::change_streak;
use super::trends::is_rising;
use crate::catalog::Clause;
use crate::compare::{Change, Comparison};
use crate::domain::{ALL, MeasureKey};
use crate::wording::brief as words;
use crate::wording::standing::PeerRank;

/// `Proficiency, mathematics: higher than in most districts`; only what it is about where the rest needs numbers.
pub(super) fn brief(check: &RuleCheck<'_>) -> String {
    words::brief(&topic(check), claim(check))
}

/// The measure with its subject, grade, and students.
fn topic(check: &RuleCheck<'_>) -> String {
    let (catalog, measure) = (check.series.catalog, check.measure());
    let MeasureKey { subject, grade, group, .. } = &check.comparison().key;
    let subject = catalog.groups.subject(subject).filter(|_| subject != ALL);
    let grade = (!grade.is_all()).then(|| grade.label());
    let group = catalog.groups.group(group).filter(|_| group != ALL);
    let parts = [
        Some(measure.label.as_str()),
        subject.map(|subject| subject.label.as_str()),
        grade.as_deref(),
        group.map(|group| group.students.as_str()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the rule is about, or else what its statement begins with.
fn claim(check: &RuleCheck<'_>) -> Option<&'static str> {
    let trigger = check.first_fact().and_then(clause_of);
    said_by(trigger.or(check.rule.say.first().copied())?, check)
}

fn said_by(clause: Clause, check: &RuleCheck<'_>) -> Option<&'static str> {
    let (series, comparison) = (&check.series, check.comparison());
    let changes = &comparison.changes;
    match clause {
        Clause::Peers => among_peers(peer_comparison(series)?.rank),
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
        Clause::Change | Clause::Shift => Some(words::over_years(is_rising(comparison)?)),
        Clause::StreakOfChange => {
            let streak = change_streak(series)?;
            Some(words::over_years(streak.to.value > streak.from.value))
        }
        Clause::SinceBase => Some(words::over_years(is_up(changes.since_base?)?)),
        Clause::FiveYears => Some(words::over_years(is_up(changes.five_years?)?)),
        Clause::OneYear => Some(words::in_last_year(is_up(changes.one_year?)?)),
        Clause::Projection => Some(words::would_go(would_rise(comparison)?)),
        Clause::Schools | Clause::SchoolsThenAndNow => Some(words::BETWEEN_SCHOOLS),
        _ => None,
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

/// Whether a change goes up; `None` if there is none.
fn is_up(change: Change) -> Option<bool> {
    (change.size() != 0.0).then(|| change.size() > 0.0)
}

fn would_rise(comparison: &Comparison) -> Option<bool> {
    let coming = comparison.projection.as_ref()?.years.last()?.value;
    let latest = comparison.latest()?.value?;
    (coming != latest).then_some(coming > latest)
}
