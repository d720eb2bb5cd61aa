//! How large what a rule says is (`methods.md` 8): the difference from what it is compared with, in meaningful changes of
//! the measure, at most 5.
//!
//! A rule's own facts are measured, those of the line of evidence that it speaks of: a value by its distance from the
//! threshold, a place among peers by that from their median, a trend by the change over the run (of money in constant
//! dollars), a gap by itself, what districts with similar students have by the distance from it. Two facts are no
//! differences of values, and count by themselves: a streak one for each year, a risk ratio one for each time more than
//! once. A level that is told beside its peers is measured by them too.
//!
//! Degenerate: where the meaningful change is a percent and what is compared with is 0, the percent is taken of the value; of
//! nothing it is nothing, and so is the size.

use super::facts::{Known, Line, fact, line};
use super::propose::Asked;
use crate::catalog::{Clause, Condition, RuleFact};

/// The largest size.
const MOST: f64 = 5.0;

/// The size of what the rule says.
pub(super) fn size(asked: &Asked<'_>) -> f64 {
    let spoken = asked.spoken();
    let own = asked.rule.when.iter().filter(|c| line(c.fact) == spoken);
    let own = own.filter_map(|condition| of_condition(asked, condition));
    let beside_peers = asked.rule.say.contains(&Clause::Peers) && matches!(spoken, None | Some(Line::Level));
    let peers = from_peers(asked).filter(|_| beside_peers);
    own.chain(peers).fold(0.0, f64::max).min(MOST)
}

fn of_condition(asked: &Asked<'_>, condition: &Condition) -> Option<f64> {
    let comparison = asked.comparison;
    let value = comparison.latest()?.value?;
    let trend = comparison.trend.as_ref();
    match condition.fact {
        RuleFact::Value => asked.in_changes(value, asked.threshold(condition.than.as_ref()?)?),
        RuleFact::PeerPercentile
        | RuleFact::FavorablePeerPercentile
        | RuleFact::PeerGap
        | RuleFact::FavorablePeerGap
        | RuleFact::PeerClear => from_peers(asked),
        RuleFact::FavorableExpectedDistance => asked.in_changes(value, comparison.expected.as_ref()?.value),
        RuleFact::StatePercentile | RuleFact::FavorableStatePercentile => {
            asked.in_changes(value, comparison.standing()?.state_median?)
        }
        RuleFact::Direction
        | RuleFact::Course
        | RuleFact::Slope
        | RuleFact::SlopePercent
        | RuleFact::ChangeAll
        | RuleFact::ChangeAllPercent
        | RuleFact::ChangeFiveYearsPercent
        | RuleFact::PeerSlope => asked.in_changes(trend?.last, trend?.last - trend?.real_change()),
        RuleFact::ChangeOneYear => asked.in_changes(value, value - trend?.change_one_year?),
        RuleFact::FavorableGroupGap => asked.in_changes(value, comparison.gap_now()?.reference),
        RuleFact::YearsBelowZero | RuleFact::YearsWorsening => number(asked, condition.fact),
        RuleFact::RiskRatioYears => Some(comparison.gap_now()?.risk?.ratio - 1.0),
        RuleFact::N | RuleFact::GapN | RuleFact::Years => None,
    }
}

fn from_peers(asked: &Asked<'_>) -> Option<f64> {
    let comparison = asked.comparison;
    asked.in_changes(comparison.latest()?.value?, comparison.standing()?.peer_median?)
}

fn number(asked: &Asked<'_>, wanted: RuleFact) -> Option<f64> {
    match fact(wanted, asked.comparison, asked.measure)? {
        Known::Number(n) => Some(n),
        Known::Word(_) => None,
    }
}

impl Asked<'_> {
    /// How many meaningful changes a value lies from what it is compared with.
    fn in_changes(&self, value: f64, compared: f64) -> Option<f64> {
        let unit = [compared, value].map(|level| self.measure.matters_from(level));
        let unit = unit.into_iter().find(|unit| *unit > 0.0)?;
        Some((value - compared).abs() / unit)
    }
}
