//! How sure a candidate is (`methods.md` 7).

use super::candidate::Confidence;
use super::lines::EvidenceLine;
use super::rule_check::RuleCheck;
use super::trends::is_rising;
use crate::catalog::{Condition, Measure, Operator, RuleFact};
use crate::compare::{Comparison, GroupGap, OUTDATED_AGE, SMALL_GROUP, Z95, wilson};
use crate::domain::{SchoolYear, Unit};

/// Moderate: the rule's line of evidence passes in its family of tests, or its values are certainly beyond
/// their thresholds. Strong: in addition, its gap is not one to few people, it is not old, and a second line of evidence agrees:
/// level and trend, or the level of another group or grade. [`RuleCheck::bar`] keeps out what is implausible or about few people.
pub(super) fn confidence(check: &RuleCheck<'_>) -> Confidence {
    if !is_clear(check) {
        return Confidence::Tentative;
    }
    let is_strong = second_line(check).is_some() && !has_small_gap(check) && check.age() < OUTDATED_AGE;
    if is_strong { Confidence::Strong } else { Confidence::Moderate }
}

/// Whether the rule's line of evidence is statistically clear.
fn is_clear(check: &RuleCheck<'_>) -> bool {
    match check.line() {
        None => is_certain_against_thresholds(check) && is_recovery_certain(check),
        Some(EvidenceLine::Level) => passes(check.comparison(), EvidenceLine::Level) && level_agrees(check),
        Some(EvidenceLine::Place) => {
            small_distance_from_state(check).is_none() && is_certainly_apart_from_state(check)
        }
        Some(line) if line.is_change() && line.test(check.comparison()).is_none() => {
            !is_rate_of_people(check.measure())
        }
        Some(line) => passes(check.comparison(), line),
    }
}

/// Whether chance alone can move the measure: it is a rate of people.
fn is_rate_of_people(measure: &Measure) -> bool {
    measure.unit == Unit::Percent && measure.people.is_some()
}

fn passes(comparison: &Comparison, line: EvidenceLine) -> bool {
    line.test(comparison).is_some_and(|test| test.passes())
}

/// Whether the rule is about a gap with few people on one side.
fn has_small_gap(check: &RuleCheck<'_>) -> bool {
    check.line() == Some(EvidenceLine::Gap) && check.comparison().gap_now().is_some_and(GroupGap::is_small)
}

/// Whether the latest value is based on few people.
fn has_small_n(comparison: &Comparison) -> bool {
    let n = comparison.latest().and_then(|latest| latest.n);
    n.is_some_and(|n| n < SMALL_GROUP)
}

/// Whether the values are certainly on the required side of fixed thresholds. Values that are not percents
/// (dollars, staff) always are, because they are not a sample; a rate is if its interval is. If the n of a
/// rate was not published, the usual distance of its years from their trend gives the interval; with too few
/// years for that, it is not certain.
fn is_certain_against_thresholds(check: &RuleCheck<'_>) -> bool {
    let mut on_value =
        check.rule.when.iter().filter(|condition| condition.fact == RuleFact::Value).peekable();
    if on_value.peek().is_none() || check.measure().unit != Unit::Percent {
        return true;
    }
    match value_interval(check) {
        Some(interval) => on_value.all(|condition| interval.is_beyond(condition.is, check.limit(condition))),
        None => false,
    }
}

/// Whether a recovery, if the rule is about one, is more than chance.
fn is_recovery_certain(check: &RuleCheck<'_>) -> bool {
    let comparison = check.comparison();
    match (check.first_fact(), comparison.changes.recovery, comparison.latest()) {
        (Some(RuleFact::RecoveredShare), Some(found), Some(latest)) => {
            comparison.change_stands(check.measure(), found.worst_year.end(), latest.year.end())
        }
        _ => true,
    }
}

/// How far the latest value is from the median of all districts, if the rule is about the place among them and the distance does
/// not matter; `None` otherwise. Where districts are all alike, the best of them is hardly better.
pub(super) fn small_distance_from_state(check: &RuleCheck<'_>) -> Option<f64> {
    let comparison = check.comparison();
    let median = comparison.standing().and_then(|standing| standing.state_median)?;
    let value = comparison.latest()?.value?;
    let is_small = check.line() == Some(EvidenceLine::Place) && check.measure().is_about(value, median);
    is_small.then_some(value - median)
}

/// Whether the interval of the latest value excludes the state's median. Values that are not rates of people are taken as they are.
fn is_certainly_apart_from_state(check: &RuleCheck<'_>) -> bool {
    if !is_rate_of_people(check.measure()) {
        return true;
    }
    let median = check.comparison().standing().and_then(|standing| standing.state_median);
    let interval = value_interval(check);
    interval.zip(median).is_some_and(|(interval, median)| median < interval.low || median > interval.high)
}

/// The interval in which a value may lie, in percent.
#[derive(Clone, Copy)]
struct ValueInterval {
    low: f64,
    high: f64,
}

impl ValueInterval {
    /// Whether the whole interval is on the side of the limit that the operator asks for.
    fn is_beyond(self, operator: Operator, limit: Option<f64>) -> bool {
        let Some(limit) = limit else { return true };
        match operator {
            Operator::AtLeast | Operator::Above => self.low >= limit,
            Operator::AtMost | Operator::Below => self.high <= limit,
            Operator::Is | Operator::IsNot => true,
        }
    }
}

/// The interval of the latest value of a rate (`methods.md` 1); `None` if unknown.
fn value_interval(check: &RuleCheck<'_>) -> Option<ValueInterval> {
    let latest = check.comparison().latest()?;
    let value = latest.value?;
    if let Some((low, high)) = latest.n.and_then(|n| wilson(value / 100.0, n)) {
        return Some(ValueInterval { low: 100.0 * low, high: 100.0 * high });
    }
    let margin = match &check.measure().people {
        Some(_) => Z95 * check.comparison().spread()?,
        None => 0.0,
    };
    Some(ValueInterval { low: value - margin, high: value + margin })
}

/// A second line of evidence.
pub(super) enum SecondLine<'c> {
    /// The level, for a rule about a trend.
    Level,
    /// The trend.
    Trend,
    /// The level of another group or grade.
    OtherSeries(&'c Comparison),
}

/// The second line of evidence, if the level passes and agrees with what the rule is about.
pub(super) fn second_line<'a>(check: &RuleCheck<'a>) -> Option<SecondLine<'a>> {
    let comparison = check.comparison();
    if !passes(comparison, EvidenceLine::Level) || !level_agrees(check) {
        return None;
    }
    match check.line() {
        Some(EvidenceLine::Trend) => trend_agrees(comparison).then_some(SecondLine::Level),
        _ if passes(comparison, EvidenceLine::Trend) && trend_agrees(comparison) => Some(SecondLine::Trend),
        _ => agreeing_series(check).map(SecondLine::OtherSeries),
    }
}

/// Another group or grade with enough people for which the same measure passes, in the same year and on the same side of the
/// peers.
fn agreeing_series<'a>(check: &RuleCheck<'a>) -> Option<&'a Comparison> {
    let own = check.comparison();
    let side = is_above_peers(own)?;
    let mut others = check.district.comparisons.all.iter().filter(|other| is_other_part(own, other));
    others.find(|other| {
        passes(other, EvidenceLine::Level) && !has_small_n(other) && is_above_peers(other) == Some(side)
    })
}

/// Whether `other` is another series of the same measure with the same latest year.
fn is_other_part(own: &Comparison, other: &Comparison) -> bool {
    other.key.measure == own.key.measure && other.key != own.key && latest_year(other) == latest_year(own)
}

fn latest_year(comparison: &Comparison) -> Option<SchoolYear> {
    Some(comparison.latest()?.year)
}

/// Whether the level is on the side of the peers that the rule states. For a trend, [`trend_agrees`] decides.
fn level_agrees(check: &RuleCheck<'_>) -> bool {
    let Some(Condition { fact, is, .. }) = check.rule.when.first() else { return false };
    let is_above = is_above_peers(check.comparison());
    match (is, rises_with_value(*fact, check.measure())) {
        (Operator::AtLeast | Operator::Above, Some(rises)) => is_above == Some(rises),
        (Operator::AtMost | Operator::Below, Some(rises)) => is_above == Some(!rises),
        _ => *fact == RuleFact::PeerClear || EvidenceLine::of(*fact) == Some(EvidenceLine::Trend),
    }
}

/// Whether a fact rises (true) or falls (false) with the value; `None` for neither.
fn rises_with_value(fact: RuleFact, measure: &Measure) -> Option<bool> {
    match fact {
        RuleFact::Value
        | RuleFact::PeerPercentile
        | RuleFact::PeerGap
        | RuleFact::StatePercentile
        | RuleFact::RiskRatioYears => Some(true),
        RuleFact::YearsBelowZero => Some(false),
        RuleFact::FavorablePeerPercentile
        | RuleFact::FavorablePeerGap
        | RuleFact::FavorableStatePercentile
        | RuleFact::FavorableExpectedDistance
        | RuleFact::FavorableGroupGap => {
            (measure.better.sign() != 0.0).then_some(measure.better.sign() > 0.0)
        }
        _ => None,
    }
}

/// Whether the trend points away from the peers' median: up from above it, or down from below it.
fn trend_agrees(comparison: &Comparison) -> bool {
    let sides = is_above_peers(comparison).zip(is_rising(comparison));
    sides.is_some_and(|(is_above, rising)| is_above == rising)
}

/// Whether the latest value is above the peers' median.
fn is_above_peers(comparison: &Comparison) -> Option<bool> {
    Some(comparison.latest()?.value? > comparison.standing()?.peer_median?)
}
