//! The conditions of rules in words.

use super::facts::FactValue;
use super::rule_check::RuleCheck;
use crate::catalog::{Condition, Operator, RuleFact};
use crate::domain::Unit;
use crate::wording::fact::{self as texts, ConditionText};
use crate::wording::listing::signed_change;

/// A condition with the value of its fact: `Trend: worsening (the rule requires worsening)`.
pub(super) fn condition_text(check: &RuleCheck<'_>, condition: &Condition, value: FactValue) -> String {
    let unit = check.measure().unit;
    let value = match value {
        FactValue::Number(number) => number_text(condition.fact, number, unit),
        FactValue::Word(word) => texts::catalog_word(word),
    };
    texts::condition(&ConditionText {
        fact: fact_name(condition.fact),
        value: &value,
        operator: operator_text(condition.is),
        wanted: &texts::catalog_word(&wanted_text(check, condition, unit)),
    })
}

/// The threshold or the word that a condition asks for.
fn wanted_text(check: &RuleCheck<'_>, condition: &Condition, unit: Unit) -> String {
    match (&condition.than, &condition.word) {
        (Some(name), _) => match check.limit(condition) {
            Some(limit) => number_text(condition.fact, limit, unit),
            None => name.clone(),
        },
        (None, word) => word.clone().unwrap_or_default(),
    }
}

const fn operator_text(operator: Operator) -> &'static str {
    match operator {
        Operator::AtLeast => texts::AT_LEAST,
        Operator::AtMost => texts::AT_MOST,
        Operator::Above => texts::ABOVE,
        Operator::Below => texts::BELOW,
        Operator::Is => "",
        Operator::IsNot => texts::NOT,
    }
}

const fn fact_name(fact: RuleFact) -> &'static str {
    match fact {
        RuleFact::N => texts::PEOPLE,
        RuleFact::GapN => texts::GAP_PEOPLE,
        RuleFact::Value => texts::LATEST_VALUE,
        RuleFact::PeerPercentile => texts::PEER_PERCENTILE,
        RuleFact::FavorablePeerPercentile => texts::FAVORABLE_PEER_PERCENTILE,
        RuleFact::PeerGap => texts::PEER_GAP,
        RuleFact::FavorablePeerGap => texts::FAVORABLE_PEER_GAP,
        RuleFact::PeerClear => texts::PEER_CLEAR,
        RuleFact::HasPeers => texts::HAS_PEERS,
        RuleFact::FavorableExpectedDistance => texts::FAVORABLE_EXPECTED_DISTANCE,
        RuleFact::StatePercentile => texts::STATE_PERCENTILE,
        RuleFact::FavorableStatePercentile => texts::FAVORABLE_STATE_PERCENTILE,
        RuleFact::Slope => texts::SLOPE,
        RuleFact::SlopePercent => texts::SLOPE_PERCENT,
        RuleFact::ChangeOneYear => texts::CHANGE_ONE_YEAR,
        RuleFact::ChangeAll => texts::CHANGE_ALL,
        RuleFact::ChangeAllPercent => texts::CHANGE_ALL_PERCENT,
        RuleFact::ChangeFiveYearsPercent => texts::CHANGE_FIVE_YEARS_PERCENT,
        RuleFact::Years => texts::YEARS,
        RuleFact::YearsBelowZero => texts::YEARS_BELOW_ZERO,
        RuleFact::YearsWorsening => texts::YEARS_WORSENING,
        RuleFact::FavorableGroupGap => texts::FAVORABLE_GROUP_GAP,
        RuleFact::RiskRatioYears => texts::RISK_RATIO_YEARS,
        RuleFact::PeerSlope => texts::PEER_SLOPE,
        RuleFact::Direction | RuleFact::Course => texts::TREND,
    }
}

/// The value of a fact, formatted for display.
fn number_text(fact: RuleFact, n: f64, unit: Unit) -> String {
    match fact {
        RuleFact::Value => unit.format(n),
        RuleFact::PeerGap
        | RuleFact::Slope
        | RuleFact::ChangeOneYear
        | RuleFact::ChangeAll
        | RuleFact::FavorableGroupGap
        | RuleFact::PeerSlope => signed_change(unit, n),
        RuleFact::SlopePercent | RuleFact::ChangeAllPercent | RuleFact::ChangeFiveYearsPercent => {
            Unit::Percent.format(n)
        }
        RuleFact::FavorablePeerGap | RuleFact::FavorableExpectedDistance => Unit::Ratio.format(n),
        _ => Unit::Count.format(n),
    }
}
