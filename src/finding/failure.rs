//! Why conditions of a rule do not hold for a series.

use super::conditions::condition_text;
use super::facts::{FactValue, fact_value};
use super::lines::EvidenceLine;
use super::rule_check::RuleCheck;
use crate::catalog::{Condition, RuleFact};
use crate::compare::{Comparison, SeriesShape};
use crate::domain::SchoolYear;

/// Why a condition does not hold.
#[derive(Debug, Clone, PartialEq)]
pub enum ConditionFailure {
    /// The value is on the wrong side of the threshold: the condition in words, with both.
    NotMet(String),
    /// There are too few years in a row that can be compared.
    TooFewYears(usize),
    /// Money over time cannot be judged, because its latest year has no price index.
    NoPriceIndex(SchoolYear),
    /// The run has no value in the year that its change is counted from.
    NoEarlierValue,
    /// Too few peers have a value in the same year.
    TooFewPeers,
    /// Too few districts of the state have a value in the same year.
    TooFewDistricts,
    /// No value could be computed from what districts with similar students have.
    NothingExpected,
    /// The measure has no better direction, and the condition is about what is favorable.
    NoBetterDirection,
    /// The project names no target.
    NoTarget,
    /// The series that the rule compares it with has no value in the same years.
    NothingBeside,
    /// There is no value of a reference group in the same year.
    NoReferenceGroup,
    /// There is no risk ratio, for example because the reference group has no case.
    NoRiskRatio,
    /// The series has not left its level.
    NoShift,
    /// The gap has not clearly changed, or only because the reference group moved.
    NoGapChange,
    /// Nothing was lost since the base year, or nothing of it has come back.
    NoRecovery,
    /// There is no place among all districts in the base year.
    NoPlaceBefore,
    /// There are too few schools of a type with values.
    TooFewSchools,
    /// The groups of the dimension do not make up nearly all students.
    GroupsIncomplete,
    /// There is no projection.
    NoProjection,
    /// The number of people was not published.
    UnknownPeople,
    /// The difference from the peers' median, and the smallest one that would be meaningful.
    TooSmall {
        /// The difference, without its sign.
        difference: String,
        /// The smallest meaningful difference.
        meaningful: String,
    },
    /// The difference from the peers is not clear, and was not tested.
    NotTested,
    /// The difference from the peers is not clear; with the adjusted p-value if its test did not pass.
    NotClear(Option<f64>),
    /// A value that the condition needs is unknown for another reason.
    Unknown,
}

/// Differences of numbers that are equal except for rounding.
const ROUNDING: f64 = 1e-9;

/// Why these conditions do not hold, each reason once.
pub(super) fn reasons(check: &RuleCheck<'_>, failed: &[&Condition]) -> Vec<ConditionFailure> {
    let mut reasons = Vec::new();
    for condition in failed {
        let reason = failure(check, condition);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

fn failure(check: &RuleCheck<'_>, condition: &Condition) -> ConditionFailure {
    if condition.fact.needs_better() && check.measure().better.sign() == 0.0 {
        return ConditionFailure::NoBetterDirection;
    }
    let comparison = check.comparison();
    let Some(value) = fact_value(condition.fact, check) else {
        let unpriced = unpriced(check).filter(|_| is_over_time(condition.fact));
        return unpriced.unwrap_or_else(|| unknown_fact(condition.fact, comparison));
    };
    match (condition.fact, value) {
        (RuleFact::Direction | RuleFact::Course, _) if has_too_few_years(comparison) => {
            unpriced(check).unwrap_or_else(|| too_few_years(comparison))
        }
        (RuleFact::YearsWorsening | RuleFact::YearsImproving, _) if unpriced(check).is_some() => {
            unpriced(check).unwrap_or(ConditionFailure::Unknown)
        }
        (RuleFact::PeerClear, FactValue::Word("no")) => not_clear(check),
        _ => ConditionFailure::NotMet(condition_text(check, condition, value)),
    }
}

/// Why the value of a fact is unknown.
fn unknown_fact(fact: RuleFact, comparison: &Comparison) -> ConditionFailure {
    match fact {
        RuleFact::N => ConditionFailure::UnknownPeople,
        RuleFact::GapN if comparison.gap_now().is_some() => ConditionFailure::UnknownPeople,
        RuleFact::RiskRatioYears if comparison.gap_now().is_some() => ConditionFailure::NoRiskRatio,
        RuleFact::GapN | RuleFact::FavorableGroupGap | RuleFact::RiskRatioYears => {
            ConditionFailure::NoReferenceGroup
        }
        RuleFact::FavorableExpectedDistance => ConditionFailure::NothingExpected,
        RuleFact::StatePercentile | RuleFact::FavorableStatePercentile | RuleFact::WorseThanOthers => {
            ConditionFailure::TooFewDistricts
        }
        RuleFact::FavorableTargetGap => ConditionFailure::NoTarget,
        RuleFact::ChangeBeside
        | RuleFact::DifferenceBeside
        | RuleFact::PercentOfBeside
        | RuleFact::FavorablePeerPercentileBeside => ConditionFailure::NothingBeside,
        RuleFact::ChangeBeyondState | RuleFact::FavorableChangeBeyondState
            if comparison.changes.since_base.is_some() =>
        {
            ConditionFailure::TooFewDistricts
        }
        RuleFact::PeerSlope => ConditionFailure::TooFewPeers,
        RuleFact::YearsSinceShift => ConditionFailure::NoShift,
        RuleFact::FavorableGapChange if comparison.gap_now().is_none() => ConditionFailure::NoReferenceGroup,
        RuleFact::FavorableGapChange => ConditionFailure::NoGapChange,
        RuleFact::RecoveredShare => ConditionFailure::NoRecovery,
        RuleFact::FavorablePlaceChange => ConditionFailure::NoPlaceBefore,
        RuleFact::SchoolsAhead | RuleFact::SchoolsBehind | RuleFact::SchoolsApart => {
            ConditionFailure::TooFewSchools
        }
        RuleFact::LeadOverGroups => ConditionFailure::GroupsIncomplete,
        RuleFact::ProjectedChangePercent => ConditionFailure::NoProjection,
        RuleFact::Years => too_few_years(comparison),
        _ => match EvidenceLine::of(fact) {
            Some(EvidenceLine::Level) => ConditionFailure::TooFewPeers,
            Some(EvidenceLine::Trend) if comparison.trend.is_none() => too_few_years(comparison),
            Some(line) if line.is_change() && comparison.trend.is_none() => too_few_years(comparison),
            Some(line) if line.is_change() => ConditionFailure::NoEarlierValue,
            _ => ConditionFailure::Unknown,
        },
    }
}

/// Whether a fact is about how a series has changed.
fn is_over_time(fact: RuleFact) -> bool {
    let line = EvidenceLine::of(fact);
    fact == RuleFact::Years || line.is_some_and(|line| line == EvidenceLine::Trend || line.is_change())
}

/// That money over time cannot be judged; `None` if it can, or if this is not money.
fn unpriced(check: &RuleCheck<'_>) -> Option<ConditionFailure> {
    let latest = check.comparison().latest()?.year;
    let is_unpriced = check.measure().unit.is_money() && check.series.catalog.price(latest.end()).is_none();
    is_unpriced.then_some(ConditionFailure::NoPriceIndex(latest))
}

fn too_few_years(comparison: &Comparison) -> ConditionFailure {
    ConditionFailure::TooFewYears(comparison.run().count())
}

fn has_too_few_years(comparison: &Comparison) -> bool {
    comparison.shape == SeriesShape::TooFew
}

/// Why the difference from the peers is not clear: too small to matter, or within what may be chance.
fn not_clear(check: &RuleCheck<'_>) -> ConditionFailure {
    too_small(check).unwrap_or_else(|| match check.comparison().tests.level {
        None => ConditionFailure::NotTested,
        Some(test) => ConditionFailure::NotClear(Some(test.adjusted).filter(|_| !test.passes())),
    })
}

/// The difference from the peers' median, if it is too small to matter.
fn too_small(check: &RuleCheck<'_>) -> Option<ConditionFailure> {
    let comparison = check.comparison();
    let median = comparison.standing()?.peer_median?;
    let difference = (comparison.latest()?.value? - median).abs();
    let meaningful = check.measure().matters_from(median);
    let unit = check.measure().unit;
    (difference + ROUNDING < meaningful).then(|| ConditionFailure::TooSmall {
        difference: unit.format_change(difference),
        meaningful: unit.format_change(meaningful),
    })
}
