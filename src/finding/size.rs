//! The effect size of what a rule states (`methods.md` 8): the difference from the reference, in meaningful changes of the
//! measure, below 5.
//!
//! Only the facts that belong to the rule's line of evidence are measured: a value by its distance from the
//! threshold, a place among peers by the distance from their median, a trend by the change over the run (in
//! constant dollars for money), a gap by itself, an expected value by the distance from it. Two facts are not
//! differences of values, and count as they are: a streak as its number of years, a risk ratio as its excess
//! over 1. A level whose statement compares it with the peers is also measured against them.
//!
//! Degenerate case: if the meaningful change is a percent and the reference is 0, the percent is taken of the
//! value; if that is 0 too, there is no size.

use super::facts::{FactValue, fact_value};
use super::lines::EvidenceLine;
use super::rule_check::RuleCheck;
use crate::catalog::{Clause, Condition, RuleFact};
use crate::compare::Change;

/// No size reaches this.
const LARGEST: f64 = 5.0;
/// Up to this, a size is itself; beyond it, sizes approach the largest without becoming equal.
const UNBOUNDED_UP_TO: f64 = 4.0;

/// The size of what the rule states.
pub(super) fn size(check: &RuleCheck<'_>) -> f64 {
    let line = check.line();
    let on_line = check.rule.when.iter().filter(|condition| EvidenceLine::of(condition.fact) == line);
    let sizes = on_line.filter_map(|condition| size_of_condition(check, condition));
    let from_peers = if is_level_beside_peers(check) { size_from_peers(check) } else { None };
    bounded(sizes.chain(from_peers).fold(0.0, f64::max))
}

/// A size below the largest, such that a larger one still ranks higher.
pub(super) fn bounded(size: f64) -> f64 {
    let room = LARGEST - UNBOUNDED_UP_TO;
    if size <= UNBOUNDED_UP_TO { size } else { LARGEST - room / (1.0 + (size - UNBOUNDED_UP_TO) / room) }
}

/// Whether the rule is about a level and its statement compares it with the peers.
fn is_level_beside_peers(check: &RuleCheck<'_>) -> bool {
    check.rule.say.contains(&Clause::Peers) && matches!(check.line(), None | Some(EvidenceLine::Level))
}

fn size_of_condition(check: &RuleCheck<'_>, condition: &Condition) -> Option<f64> {
    let comparison = check.comparison();
    match condition.fact {
        RuleFact::Value => size_from(check, check.limit(condition)?),
        RuleFact::PeerPercentile
        | RuleFact::FavorablePeerPercentile
        | RuleFact::PeerGap
        | RuleFact::FavorablePeerGap
        | RuleFact::PeerClear => size_from_peers(check),
        RuleFact::FavorableExpectedDistance => size_from(check, comparison.expected.as_ref()?.value),
        RuleFact::StatePercentile | RuleFact::FavorableStatePercentile => {
            size_from(check, comparison.standing()?.state_median?)
        }
        RuleFact::Direction
        | RuleFact::Course
        | RuleFact::Slope
        | RuleFact::SlopePercent
        | RuleFact::ChangeAll
        | RuleFact::ChangeAllPercent
        | RuleFact::PeerSlope => size_of_trend(check),
        RuleFact::ChangeOneYear | RuleFact::FavorableChangeOneYear => {
            size_of_change(check, comparison.changes.one_year?)
        }
        RuleFact::ChangeFiveYearsPercent | RuleFact::FavorableChangeFiveYears | RuleFact::ChangeBeside => {
            size_of_change(check, comparison.changes.five_years?)
        }
        RuleFact::ChangeSinceBase
        | RuleFact::ChangeSinceBasePercent
        | RuleFact::FavorableChangeSinceBase
        | RuleFact::ChangeBeyondState
        | RuleFact::FavorableChangeBeyondState => size_of_change(check, comparison.changes.since_base?),
        RuleFact::RecoveredShare => {
            let found = comparison.changes.recovery?;
            in_meaningful_changes(check, found.latest, found.worst)
        }
        RuleFact::FavorablePlaceChange => size_of_place_change(check),
        RuleFact::FavorableTargetGap => size_from(check, check.target()?.value),
        RuleFact::FavorableGapChange => {
            let trend = comparison.gap_now()?.trend.as_ref()?;
            in_meaningful_changes(check, trend.last, trend.first)
        }
        RuleFact::DifferenceBeside | RuleFact::PercentOfBeside => size_from_beside(check),
        RuleFact::FavorableGroupGap => size_from(check, comparison.gap_now()?.reference),
        RuleFact::ProjectedChangePercent => size_from_projection(check),
        RuleFact::YearsBelowZero
        | RuleFact::YearsAboveZero
        | RuleFact::YearsWorsening
        | RuleFact::YearsImproving
        | RuleFact::LeadOverGroups => number(check, condition.fact),
        RuleFact::SchoolsAhead | RuleFact::SchoolsBehind | RuleFact::SchoolsApart => size_of_spread(check),
        RuleFact::RiskRatioYears => Some(comparison.gap_now()?.risk?.ratio - 1.0),
        RuleFact::N
        | RuleFact::GapN
        | RuleFact::GapSmall
        | RuleFact::Years
        | RuleFact::YearsSinceShift
        | RuleFact::FavorablePeerPercentileBeside
        | RuleFact::HasOthers
        | RuleFact::WorseThanOthers
        | RuleFact::SharedByOthers => None,
    }
}

/// How far the latest value is from the last one that is projected.
fn size_from_projection(check: &RuleCheck<'_>) -> Option<f64> {
    let coming = check.comparison().projection.as_ref()?.years.last()?;
    size_from(check, coming.value)
}

/// How many times the change of a percentile is one that counts as a meaningful change.
fn size_of_place_change(check: &RuleCheck<'_>) -> Option<f64> {
    let place = check.comparison().changes.place?;
    let of_size_1 = check.series.catalog.findings.judging.place_of_size_1;
    Some((place.to - place.from).abs() / of_size_1)
}

/// From the series beside this one, in the same year.
fn size_from_beside(check: &RuleCheck<'_>) -> Option<f64> {
    let year = check.comparison().latest()?.year;
    size_from(check, check.beside()?.reported().find(|(other, _)| *other == year)?.1)
}

/// How far apart the district's schools are.
fn size_of_spread(check: &RuleCheck<'_>) -> Option<f64> {
    let spread = check.comparison().schools.as_ref()?;
    in_meaningful_changes(check, spread.high, spread.low)
}

fn size_from_peers(check: &RuleCheck<'_>) -> Option<f64> {
    size_from(check, check.comparison().standing()?.peer_median?)
}

/// The distance of the latest value from a reference.
fn size_from(check: &RuleCheck<'_>, reference: f64) -> Option<f64> {
    in_meaningful_changes(check, check.comparison().latest()?.value?, reference)
}

fn size_of_trend(check: &RuleCheck<'_>) -> Option<f64> {
    let trend = check.comparison().trend.as_ref()?;
    in_meaningful_changes(check, trend.last, trend.last - trend.real_change())
}

fn size_of_change(check: &RuleCheck<'_>, change: Change) -> Option<f64> {
    in_meaningful_changes(check, change.to, change.judged_from())
}

fn number(check: &RuleCheck<'_>, fact: RuleFact) -> Option<f64> {
    match fact_value(fact, check)? {
        FactValue::Number(number) => Some(number),
        FactValue::Word(_) => None,
    }
}

/// The distance of a value from a reference, in meaningful changes.
fn in_meaningful_changes(check: &RuleCheck<'_>, value: f64, reference: f64) -> Option<f64> {
    let changes = [reference, value].map(|level| check.measure().matters_from(level));
    let change = changes.into_iter().find(|change| *change > 0.0)?;
    Some((value - reference).abs() / change)
}
