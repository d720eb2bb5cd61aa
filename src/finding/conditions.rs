//! The conditions of rules in words.

use super::facts::FactValue;
use super::rule_check::RuleCheck;
use crate::catalog::{Condition, Operator, RuleFact};
use crate::domain::Unit;

/// A condition with the value of its fact: `Course: worsening (the rule asks for worsening)`.
pub(super) fn condition_text(check: &RuleCheck<'_>, condition: &Condition, value: FactValue) -> String {
    let unit = check.measure().unit;
    let value = match value {
        FactValue::Number(number) => number_text(condition.fact, number, unit),
        FactValue::Word(word) => word.replace('-', " "),
    };
    let wanted = wanted_text(check, condition, unit).replace('-', " ");
    let operator = operator_text(condition.is);
    format!("{}: {value} (the rule asks for {operator}{wanted})", fact_name(condition.fact))
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
        Operator::AtLeast => "at least ",
        Operator::AtMost => "at most ",
        Operator::Above => "above ",
        Operator::Below => "below ",
        Operator::Is => "",
        Operator::IsNot => "not ",
    }
}

const fn fact_name(fact: RuleFact) -> &'static str {
    match fact {
        RuleFact::Value => "Latest value",
        RuleFact::N => "People it rests on",
        RuleFact::GapN => "People that the gap rests on, on the side with fewer",
        RuleFact::PeerPercentile => "Percentile among the peers",
        RuleFact::FavorablePeerPercentile => "Percentile among the peers, high is good",
        RuleFact::PeerGap => "Difference from the peers' median",
        RuleFact::FavorablePeerGap => {
            "Difference from the peers' median in meaningful changes, positive is good"
        }
        RuleFact::PeerClear => "Meaningfully apart from the peers",
        RuleFact::FavorableExpectedDistance => {
            "How far it is from what districts with similar students have; 1 is how far such districts usually are, positive is good"
        }
        RuleFact::StatePercentile => "Percentile in the state",
        RuleFact::FavorableStatePercentile => "Percentile in the state, high is good",
        RuleFact::Direction => "Trend",
        RuleFact::Course => "Course",
        RuleFact::Slope => "Slope a year",
        RuleFact::SlopePercent => "Slope a year, percent of the first value",
        RuleFact::ChangeOneYear => "Change in the last year",
        RuleFact::ChangeAll => "Change over all years",
        RuleFact::ChangeAllPercent => "Change over all years, percent",
        RuleFact::ChangeFiveYearsPercent => "Change over the last five years, percent",
        RuleFact::Years => "Years with a value",
        RuleFact::YearsBelowZero => "Years in a row below zero",
        RuleFact::YearsWorsening => "Years in a row that went the wrong way",
        RuleFact::FavorableGroupGap => "Difference from the reference group, positive is good",
        RuleFact::RiskRatioYears => "Years in a row with a risk ratio of 2 or more",
        RuleFact::PeerSlope => "Slope of the peers' median a year",
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
        | RuleFact::PeerSlope => {
            let sign = if n < 0.0 { "−" } else { "" };
            format!("{sign}{}", unit.format_change(n))
        }
        RuleFact::SlopePercent | RuleFact::ChangeAllPercent | RuleFact::ChangeFiveYearsPercent => {
            Unit::Percent.format(n)
        }
        RuleFact::FavorablePeerGap | RuleFact::FavorableExpectedDistance => Unit::Ratio.format(n),
        _ => Unit::Count.format(n),
    }
}
