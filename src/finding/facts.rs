//! The facts that rules look at.

use crate::catalog::{Measure, RuleFact};
use crate::compare::{Comparison, Direction, Tested, Trend};
use crate::domain::Better;

/// A fact of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Known {
    Number(f64),
    Word(&'static str),
}

/// What kind of evidence a fact is, and so which family of tests it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// Where the district stands among others.
    Level,
    /// Which way it goes.
    Trend,
    /// How far a group is from the others.
    Gap,
}

/// The kind of evidence that a fact is; `None` for a value as it stands, and for how much is known.
pub(super) const fn line(fact: RuleFact) -> Option<Line> {
    match fact {
        RuleFact::PeerPercentile
        | RuleFact::FavorablePeerPercentile
        | RuleFact::PeerGap
        | RuleFact::FavorablePeerGap
        | RuleFact::PeerClear
        | RuleFact::FavorableExpectedDistance
        | RuleFact::StatePercentile
        | RuleFact::FavorableStatePercentile => Some(Line::Level),
        RuleFact::Direction
        | RuleFact::Course
        | RuleFact::Slope
        | RuleFact::SlopePercent
        | RuleFact::ChangeOneYear
        | RuleFact::ChangeAll
        | RuleFact::ChangeAllPercent
        | RuleFact::ChangeFiveYearsPercent
        | RuleFact::YearsWorsening
        | RuleFact::PeerSlope => Some(Line::Trend),
        RuleFact::FavorableGroupGap => Some(Line::Gap),
        RuleFact::Value
        | RuleFact::N
        | RuleFact::GapN
        | RuleFact::Years
        | RuleFact::YearsBelowZero
        | RuleFact::RiskRatioYears => None,
    }
}

/// The test of that kind.
pub(super) const fn line_test(comparison: &Comparison, line: Line) -> Option<Tested> {
    match line {
        Line::Level => comparison.tests.level,
        Line::Trend => comparison.tests.trend,
        Line::Gap => comparison.tests.gap,
    }
}

/// The fact, or `None` where it cannot be told: then the condition that asks for it does not hold.
pub(super) fn fact(fact: RuleFact, comparison: &Comparison, measure: &Measure) -> Option<Known> {
    let latest = comparison.latest()?;
    let value = latest.value?;
    let sign = measure.better.sign();
    let standing = comparison.standing();
    let trend = comparison.trend.as_ref();
    let turned =
        |percentile: f64| (sign != 0.0).then_some(if sign > 0.0 { percentile } else { 100.0 - percentile });
    let gap = || Some(value - standing?.peer_median?);
    let number = match fact {
        RuleFact::Value => Some(value),
        RuleFact::N => latest.n,
        RuleFact::PeerPercentile => standing?.peer_percentile,
        RuleFact::FavorablePeerPercentile => turned(standing?.peer_percentile?),
        RuleFact::PeerGap => gap(),
        RuleFact::FavorablePeerGap => Some(sign * gap()? / measure.matters_from(standing?.peer_median?)),
        RuleFact::PeerClear => return Some(Known::Word(if standing?.peer_clear { "yes" } else { "no" })),
        RuleFact::FavorableExpectedDistance => {
            (sign != 0.0).then_some(sign * comparison.expected.as_ref()?.standardized())
        }
        RuleFact::StatePercentile => standing?.state_percentile,
        RuleFact::FavorableStatePercentile => turned(standing?.state_percentile?),
        RuleFact::Direction => return Some(Known::Word(direction(trend?).id())),
        RuleFact::Course => return Some(Known::Word(course(trend?, measure.better))),
        RuleFact::Slope => Some(slope(trend?)),
        RuleFact::SlopePercent => percent(slope(trend?), first(trend?)),
        RuleFact::ChangeOneYear => trend?.change_one_year,
        RuleFact::ChangeAll => Some(trend?.real_change()),
        RuleFact::ChangeAllPercent => percent(trend?.real_change(), first(trend?)),
        RuleFact::ChangeFiveYearsPercent => change_over(comparison, trend?, FIVE_YEARS),
        RuleFact::Years => Some(trend?.n_years as f64),
        RuleFact::YearsBelowZero => Some(years_below_zero(comparison) as f64),
        RuleFact::YearsWorsening => Some(years_worsening(comparison, sign) as f64),
        RuleFact::FavorableGroupGap => (sign != 0.0).then_some(sign * comparison.gap_now()?.gap),
        RuleFact::GapN => {
            let gap = comparison.gap_now()?;
            Some(gap.n?.min(gap.beside?))
        }
        RuleFact::PeerSlope => peer_slope(comparison),
        RuleFact::RiskRatioYears => Some(comparison.gap_now()?.risk?.years_at_2 as f64),
    };
    number.filter(|n| n.is_finite()).map(Known::Number)
}

/// The word for a trend; for money, in constant dollars where prices are known.
pub(super) fn direction(trend: &Trend) -> Direction {
    trend.real.map_or(trend.direction, |real| real.direction)
}

/// The value of the first year; for money, in constant dollars where prices are known.
fn first(trend: &Trend) -> f64 {
    trend.real.map_or(trend.first, |real| real.first)
}

/// The slope; for money, in constant dollars where prices are known.
pub(super) fn slope(trend: &Trend) -> f64 {
    trend.real.map_or(trend.slope, |real| real.slope)
}

fn course(trend: &Trend, better: Better) -> &'static str {
    match (direction(trend), better) {
        (Direction::Rising, Better::Higher) | (Direction::Falling, Better::Lower) => "improving",
        (Direction::Rising, Better::Lower) | (Direction::Falling, Better::Higher) => "worsening",
        (other, _) => other.id(),
    }
}

/// A span that districts are often judged by.
const FIVE_YEARS: i32 = 5;

/// The change over the last years of the run as a percent, where it has a value so many years before its last.
fn change_over(comparison: &Comparison, trend: &Trend, years: i32) -> Option<f64> {
    let from = trend.last_year.end() - years;
    let before = comparison.reported().find(|(y, _)| y.end() == from && *y >= trend.first_year)?.1;
    percent(trend.last - before, before)
}

fn percent(change: f64, base: f64) -> Option<f64> {
    (base > 0.0).then(|| 100.0 * change / base)
}

/// How many of the latest years in a row are below zero. A year without a value ends the row, and so does a break.
pub(super) fn years_below_zero(comparison: &Comparison) -> usize {
    let run: Vec<(i32, f64)> = comparison.run().map(|(y, v)| (y.end(), v)).collect();
    let last = run.last().map_or(0, |(year, _)| *year);
    let follows = |((year, value), ago): &(&(i32, f64), i32)| *year == last - ago && *value < 0.0;
    run.iter().rev().zip(0..).take_while(follows).count()
}

/// How many of the latest one-year changes in a row went the unfavorable way.
fn years_worsening(comparison: &Comparison, sign: f64) -> usize {
    let run: Vec<(i32, f64)> = comparison.run().map(|(y, v)| (y.end(), v)).collect();
    let worse = |pair: &&[(i32, f64)]| pair[1].0 == pair[0].0 + 1 && sign * (pair[1].1 - pair[0].1) < 0.0;
    run.windows(2).rev().take_while(worse).count()
}

/// Slope of the peers' median between its first and last year of the comparable run.
fn peer_slope(comparison: &Comparison) -> Option<f64> {
    let from = comparison.run().next()?.0;
    let standings = comparison.standings.iter().filter(|s| s.year >= from);
    let mut medians = standings.filter_map(|s| Some((s.year.end(), s.peer_median?)));
    let first = medians.next()?;
    let last = medians.next_back()?;
    Some((last.1 - first.1) / f64::from(last.0 - first.0))
}
