//! The conditions of rules in words.

use super::facts::FactValue;
use super::rule_check::RuleCheck;
use crate::catalog::{Condition, Operator, Rule, RuleFact};
use crate::domain::Unit;
use crate::wording::fact::{self as texts, ConditionText};
use crate::wording::listing::signed_change;

/// A condition with the value of its fact: `Trend: worsening (as the rule requires)`.
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

/// The opposite of a condition: `Percentile in the state is above 15`.
pub(super) fn opposite_text(check: &RuleCheck<'_>, condition: &Condition) -> String {
    if let Some(answer) = condition.word.as_deref().and_then(texts::other_answer) {
        let answer =
            if condition.is == Operator::Is { answer } else { condition.word.as_deref().unwrap_or(answer) };
        return texts::opposite(fact_name(condition.fact), "", answer);
    }
    let wanted = texts::catalog_word(&wanted_text(check, condition, check.measure().unit));
    let operator = match condition.is {
        Operator::AtLeast => texts::BELOW,
        Operator::AtMost => texts::ABOVE,
        Operator::Above => texts::AT_MOST,
        Operator::Below => texts::AT_LEAST,
        Operator::Is => texts::NOT,
        Operator::IsNot => "",
    };
    texts::opposite(fact_name(condition.fact), operator, &wanted)
}

/// What a rule requires of any series, a line for each condition: `Percentile among the peers: at most 25 (percentile)`.
/// A number is in the unit of its fact, which depends on the measure for most facts.
#[must_use]
pub fn requirements(rule: &Rule) -> Vec<String> {
    rule.when.iter().map(|condition| requirement(rule, condition)).collect()
}

fn requirement(rule: &Rule, condition: &Condition) -> String {
    let threshold = condition.than.as_ref().and_then(|name| Some((name, rule.thresholds.get(name)?)));
    let wanted = match threshold {
        Some((name, threshold)) => texts::named_threshold(name, threshold.value),
        None => texts::catalog_word(condition.word.as_deref().unwrap_or_default()),
    };
    texts::requirement(fact_name(condition.fact), operator_text(condition.is), &wanted)
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
        RuleFact::GapSmall => texts::GAP_SMALL,
        RuleFact::LeadOverGroups => texts::LEAD_OVER_GROUPS,
        RuleFact::Value => texts::LATEST_VALUE,
        RuleFact::PeerPercentile => texts::PEER_PERCENTILE,
        RuleFact::FavorablePeerPercentile => texts::FAVORABLE_PEER_PERCENTILE,
        RuleFact::PeerGap => texts::PEER_GAP,
        RuleFact::FavorablePeerGap => texts::FAVORABLE_PEER_GAP,
        RuleFact::PeerClear => texts::PEER_CLEAR,
        RuleFact::HasOthers => texts::HAS_OTHERS,
        RuleFact::WorseThanOthers => texts::WORSE_THAN_OTHERS,
        RuleFact::SharedByOthers => texts::SHARED_BY_OTHERS,
        RuleFact::FavorableExpectedDistance => texts::FAVORABLE_EXPECTED_DISTANCE,
        RuleFact::StatePercentile => texts::STATE_PERCENTILE,
        RuleFact::FavorableStatePercentile => texts::FAVORABLE_STATE_PERCENTILE,
        RuleFact::Slope => texts::SLOPE,
        RuleFact::SlopePercent => texts::SLOPE_PERCENT,
        RuleFact::ChangeOneYear => texts::CHANGE_ONE_YEAR,
        RuleFact::ChangeAll => texts::CHANGE_ALL,
        RuleFact::ChangeAllPercent => texts::CHANGE_ALL_PERCENT,
        RuleFact::ChangeFiveYearsPercent => texts::CHANGE_FIVE_YEARS_PERCENT,
        RuleFact::FavorableChangeFiveYears => texts::FAVORABLE_CHANGE_FIVE_YEARS,
        RuleFact::FavorableChangeOneYear => texts::FAVORABLE_CHANGE_ONE_YEAR,
        RuleFact::ChangeSinceBase => texts::CHANGE_SINCE_BASE,
        RuleFact::ChangeSinceBasePercent => texts::CHANGE_SINCE_BASE_PERCENT,
        RuleFact::FavorableChangeSinceBase => texts::FAVORABLE_CHANGE_SINCE_BASE,
        RuleFact::ChangeBeyondState => texts::CHANGE_BEYOND_STATE,
        RuleFact::FavorableChangeBeyondState => texts::FAVORABLE_CHANGE_BEYOND_STATE,
        RuleFact::RecoveredShare => texts::RECOVERED_SHARE,
        RuleFact::FavorablePlaceChange => texts::FAVORABLE_PLACE_CHANGE,
        RuleFact::FavorableTargetGap => texts::FAVORABLE_TARGET_GAP,
        RuleFact::FavorableGapChange => texts::FAVORABLE_GAP_CHANGE,
        RuleFact::ChangeBeside => texts::CHANGE_BESIDE,
        RuleFact::DifferenceBeside => texts::DIFFERENCE_BESIDE,
        RuleFact::PercentOfBeside => texts::PERCENT_OF_BESIDE,
        RuleFact::FavorablePeerPercentileBeside => texts::FAVORABLE_PEER_PERCENTILE_BESIDE,
        RuleFact::YearsImproving => texts::YEARS_IMPROVING,
        RuleFact::Years => texts::YEARS,
        RuleFact::YearsSinceShift => texts::YEARS_SINCE_SHIFT,
        RuleFact::YearsBelowZero => texts::YEARS_BELOW_ZERO,
        RuleFact::YearsAboveZero => texts::YEARS_ABOVE_ZERO,
        RuleFact::ProjectedChangePercent => texts::PROJECTED_CHANGE_PERCENT,
        RuleFact::YearsWorsening => texts::YEARS_WORSENING,
        RuleFact::FavorableGroupGap => texts::FAVORABLE_GROUP_GAP,
        RuleFact::RiskRatioYears => texts::RISK_RATIO_YEARS,
        RuleFact::PeerSlope => texts::PEER_SLOPE,
        RuleFact::SchoolsAhead => texts::SCHOOLS_AHEAD,
        RuleFact::SchoolsBehind => texts::SCHOOLS_BEHIND,
        RuleFact::SchoolsApart => texts::SCHOOLS_APART,
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
        | RuleFact::ChangeSinceBase
        | RuleFact::ChangeBeyondState
        | RuleFact::FavorableTargetGap
        | RuleFact::FavorableGapChange
        | RuleFact::DifferenceBeside
        | RuleFact::PeerSlope => signed_change(unit, n),
        RuleFact::SlopePercent
        | RuleFact::ChangeAllPercent
        | RuleFact::ChangeFiveYearsPercent
        | RuleFact::ChangeSinceBasePercent
        | RuleFact::ChangeBeside
        | RuleFact::ProjectedChangePercent
        | RuleFact::PercentOfBeside => Unit::Percent.format(n),
        RuleFact::FavorablePeerGap
        | RuleFact::FavorableExpectedDistance
        | RuleFact::FavorableChangeFiveYears
        | RuleFact::FavorableChangeOneYear
        | RuleFact::FavorableChangeSinceBase
        | RuleFact::FavorableChangeBeyondState
        | RuleFact::SchoolsApart
        | RuleFact::RecoveredShare => Unit::Ratio.format(n),
        _ => Unit::Count.format(n),
    }
}
