//! The facts that the conditions of rules are about.

use super::trends::{direction, first_value, slope};
use crate::catalog::{Measure, RuleFact};
use crate::compare::{Comparison, Direction, Standing, Trend};
use crate::domain::Better;

/// The value of a fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum FactValue {
    Number(f64),
    Word(&'static str),
}

/// The value of a fact; `None` if unknown, in which case a condition on it does not hold.
pub(super) fn fact_value(fact: RuleFact, comparison: &Comparison, measure: &Measure) -> Option<FactValue> {
    FactSource::new(comparison, measure)?.value_of(fact)
}

/// What facts are derived from.
struct FactSource<'a> {
    comparison: &'a Comparison,
    measure: &'a Measure,
    /// The latest value.
    value: f64,
    /// The number of people that it is based on.
    n: Option<f64>,
    /// 1 where higher is better, −1 where lower is, 0 where neither.
    sign: f64,
    standing: Option<&'a Standing>,
    trend: Option<&'a Trend>,
}

impl<'a> FactSource<'a> {
    /// `None` for a series without a value.
    fn new(comparison: &'a Comparison, measure: &'a Measure) -> Option<Self> {
        let latest = comparison.latest()?;
        Some(Self {
            comparison,
            measure,
            value: latest.value?,
            n: latest.n,
            sign: measure.better.sign(),
            standing: comparison.standing(),
            trend: comparison.trend.as_ref(),
        })
    }

    fn value_of(&self, fact: RuleFact) -> Option<FactValue> {
        let number = match fact {
            RuleFact::Value => Some(self.value),
            RuleFact::N => self.n,
            RuleFact::PeerPercentile => self.standing?.peer_percentile,
            RuleFact::FavorablePeerPercentile => self.favorable_percentile(self.standing?.peer_percentile?),
            RuleFact::PeerGap => self.peer_gap(),
            RuleFact::FavorablePeerGap => self.favorable_peer_gap(),
            RuleFact::PeerClear => return self.peer_clear(),
            RuleFact::HasPeers => return Some(FactValue::Word(self.has_peers())),
            RuleFact::FavorableExpectedDistance => self.favorable_expected_distance(),
            RuleFact::StatePercentile => self.standing?.state_percentile,
            RuleFact::FavorableStatePercentile => self.favorable_percentile(self.standing?.state_percentile?),
            RuleFact::Direction => return Some(FactValue::Word(direction(self.trend?).id())),
            RuleFact::Course => return Some(FactValue::Word(course(self.trend?, self.measure.better))),
            RuleFact::Slope => Some(slope(self.trend?)),
            RuleFact::SlopePercent => percent(slope(self.trend?), first_value(self.trend?)),
            RuleFact::ChangeOneYear => self.trend?.change_one_year,
            RuleFact::ChangeAll => Some(self.trend?.real_change()),
            RuleFact::ChangeAllPercent => percent(self.trend?.real_change(), first_value(self.trend?)),
            RuleFact::ChangeFiveYearsPercent => change_over(self.comparison, self.trend?, FIVE_YEARS),
            RuleFact::Years => Some(self.trend?.n_years as f64),
            RuleFact::YearsBelowZero => Some(years_below_zero(self.comparison) as f64),
            RuleFact::YearsWorsening => Some(years_worsening(self.comparison, self.sign) as f64),
            RuleFact::FavorableGroupGap => self.favorable_group_gap(),
            RuleFact::GapN => self.gap_n(),
            RuleFact::PeerSlope => peer_slope(self.comparison),
            RuleFact::RiskRatioYears => Some(self.comparison.gap_now()?.risk?.years_at_2 as f64),
        };
        number.filter(|number| number.is_finite()).map(FactValue::Number)
    }

    /// Whether the measure has a better direction.
    fn is_judged(&self) -> bool {
        self.sign != 0.0
    }

    /// The percentile, reversed if lower is better, so that a high one is good.
    fn favorable_percentile(&self, percentile: f64) -> Option<f64> {
        self.is_judged().then_some(if self.sign > 0.0 { percentile } else { 100.0 - percentile })
    }

    fn peer_gap(&self) -> Option<f64> {
        Some(self.value - self.standing?.peer_median?)
    }

    /// The difference from the peers' median in meaningful changes, positive if favorable.
    fn favorable_peer_gap(&self) -> Option<f64> {
        Some(self.sign * self.peer_gap()? / self.measure.matters_from(self.standing?.peer_median?))
    }

    fn peer_clear(&self) -> Option<FactValue> {
        Some(FactValue::Word(if self.standing?.peer_clear { "yes" } else { "no" }))
    }

    fn has_peers(&self) -> &'static str {
        let is_compared = self.standing.is_some_and(|standing| standing.peer_percentile.is_some());
        if is_compared { "yes" } else { "no" }
    }

    fn favorable_expected_distance(&self) -> Option<f64> {
        let expected = self.comparison.expected.as_ref().filter(|_| self.is_judged())?;
        Some(self.sign * expected.standardized())
    }

    fn favorable_group_gap(&self) -> Option<f64> {
        let gap = self.comparison.gap_now().filter(|_| self.is_judged())?;
        Some(self.sign * gap.gap)
    }

    /// The number of people on the smaller side of the gap.
    fn gap_n(&self) -> Option<f64> {
        let gap = self.comparison.gap_now()?;
        Some(gap.n?.min(gap.beside?))
    }
}

fn course(trend: &Trend, better: Better) -> &'static str {
    match (direction(trend), better) {
        (Direction::Rising, Better::Higher) | (Direction::Falling, Better::Lower) => "improving",
        (Direction::Rising, Better::Lower) | (Direction::Falling, Better::Higher) => "worsening",
        (other, _) => other.id(),
    }
}

/// A period over which districts are often judged.
const FIVE_YEARS: i32 = 5;

/// The percent change over the last years of the run, if it has a value that many years before its last.
fn change_over(comparison: &Comparison, trend: &Trend, years: i32) -> Option<f64> {
    let from = trend.last_year.end() - years;
    let mut in_run = comparison.reported().filter(|(year, _)| *year >= trend.first_year);
    let before = in_run.find(|(year, _)| year.end() == from)?.1;
    percent(trend.last - before, before)
}

fn percent(change: f64, base: f64) -> Option<f64> {
    (base > 0.0).then(|| 100.0 * change / base)
}

/// How many consecutive years up to the latest are below zero. A year without a value ends the streak, and so
/// does a break.
pub(super) fn years_below_zero(comparison: &Comparison) -> usize {
    let mut years = 0;
    let mut expected_year = None;
    for value in run(comparison).iter().rev() {
        let follows = expected_year.is_none_or(|expected| value.year == expected);
        let continues = follows && value.value < 0.0;
        if !continues {
            break;
        }
        years += 1;
        expected_year = Some(value.year - 1);
    }
    years
}

/// How many consecutive one-year changes up to the latest were unfavorable.
fn years_worsening(comparison: &Comparison, sign: f64) -> usize {
    run(comparison).windows(2).rev().take_while(|pair| is_worse(pair[0], pair[1], sign)).count()
}

/// Whether one year follows the other, with a less favorable value.
fn is_worse(before: YearValue, after: YearValue, sign: f64) -> bool {
    after.year == before.year + 1 && sign * (after.value - before.value) < 0.0
}

/// The value of a year, given by its end.
#[derive(Clone, Copy)]
struct YearValue {
    year: i32,
    value: f64,
}

/// The values of the latest comparable run, ascending.
fn run(comparison: &Comparison) -> Vec<YearValue> {
    comparison.run().map(|(year, value)| YearValue { year: year.end(), value }).collect()
}

/// Slope of the peers' median between its first and last year of the comparable run.
fn peer_slope(comparison: &Comparison) -> Option<f64> {
    let from = comparison.run().next()?.0;
    let standings = comparison.standings.iter().filter(|standing| standing.year >= from);
    let mut medians = standings.filter_map(peer_median);
    let first = medians.next()?;
    let last = medians.next_back()?;
    Some((last.value - first.value) / f64::from(last.year - first.year))
}

fn peer_median(standing: &Standing) -> Option<YearValue> {
    Some(YearValue { year: standing.year.end(), value: standing.peer_median? })
}
