//! The conditions of rules in words.

use super::facts::FactValue;
use super::rule_check::RuleCheck;
use crate::catalog::{Condition, Fact, Operator};
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

const fn fact_name(fact: Fact) -> &'static str {
    match fact {
        Fact::Value => "Latest value",
        Fact::N => "People it rests on",
        Fact::GapN => "People that the gap rests on, on the side with fewer",
        Fact::PeerPercentile => "Percentile among the peers",
        Fact::FavorablePeerPercentile => "Percentile among the peers, high is good",
        Fact::PeerGap => "Difference from the peers' median",
        Fact::FavorablePeerGap => "Difference from the peers' median in meaningful changes, positive is good",
        Fact::PeerClear => "Meaningfully apart from the peers",
        Fact::FavorableExpectedDistance => {
            "How far it is from what districts with similar students have; 1 is how far such districts usually are, positive is good"
        }
        Fact::StatePercentile => "Percentile in the state",
        Fact::FavorableStatePercentile => "Percentile in the state, high is good",
        Fact::Direction => "Trend",
        Fact::Course => "Course",
        Fact::Slope => "Slope a year",
        Fact::SlopePercent => "Slope a year, percent of the first value",
        Fact::ChangeOneYear => "Change in the last year",
        Fact::ChangeAll => "Change over all years",
        Fact::ChangeAllPercent => "Change over all years, percent",
        Fact::ChangeFiveYearsPercent => "Change over the last five years, percent",
        Fact::Years => "Years with a value",
        Fact::YearsBelowZero => "Years in a row below zero",
        Fact::YearsWorsening => "Years in a row that went the wrong way",
        Fact::FavorableGroupGap => "Difference from the reference group, positive is good",
        Fact::RiskRatioYears => "Years in a row with a risk ratio of 2 or more",
        Fact::PeerSlope => "Slope of the peers' median a year",
    }
}

/// The value of a fact as people read it.
fn number_text(fact: Fact, n: f64, unit: Unit) -> String {
    match fact {
        Fact::Value => unit.format(n),
        Fact::PeerGap
        | Fact::Slope
        | Fact::ChangeOneYear
        | Fact::ChangeAll
        | Fact::FavorableGroupGap
        | Fact::PeerSlope => {
            let sign = if n < 0.0 { "−" } else { "" };
            format!("{sign}{}", unit.format_change(n))
        }
        Fact::SlopePercent | Fact::ChangeAllPercent | Fact::ChangeFiveYearsPercent => Unit::Percent.format(n),
        Fact::FavorablePeerGap | Fact::FavorableExpectedDistance => Unit::Ratio.format(n),
        _ => Unit::Count.format(n),
    }
}
