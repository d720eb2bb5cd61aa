//! Statements: what, when, compared with what, since when. No cause, no blame.

use super::listing::in_words;
use super::subject::SentenceSubject;
use crate::domain::{SchoolYear, Unit};

/// The latest value: `Teacher turnover was 24.1% in 2023-24`.
pub(crate) fn level(subject: &SentenceSubject, value: &str, year: SchoolYear) -> String {
    format!("{} {} {value} in {year}", subject.words, subject.was())
}

/// The change between the first and the last year of a run.
#[derive(Debug)]
pub(crate) struct RunChange<'a> {
    pub(crate) subject: &'a SentenceSubject,
    pub(crate) unit: Unit,
    pub(crate) first: f64,
    pub(crate) last: f64,
    pub(crate) first_year: SchoolYear,
    pub(crate) last_year: SchoolYear,
    /// The change in percent of the first value.
    pub(crate) percent: Option<f64>,
    /// The pace of the trend.
    pub(crate) pace: Option<String>,
}

/// `Enrollment fell from 2,144 to 1,897 (−11.5%) between 2020-21 and 2023-24, about 82 a year`.
pub(crate) fn change(change: &RunChange<'_>) -> String {
    let verb = verb_of(change.last - change.first);
    let [first, last] = [change.first, change.last].map(|value| change.unit.format(value));
    let percent = change.percent.map(percent_in_brackets).unwrap_or_default();
    let pace = change.pace.as_ref().map(|pace| format!(", about {pace}")).unwrap_or_default();
    format!(
        "{} {verb} from {first} to {last}{percent} between {} and {}{pace}",
        change.subject.words, change.first_year, change.last_year
    )
}

/// The verb for a change.
pub(crate) const fn verb_of(change: f64) -> &'static str {
    if change < 0.0 { "fell" } else { "rose" }
}

fn percent_in_brackets(percent: f64) -> String {
    let sign = if percent < 0.0 { "−" } else { "+" };
    format!(" ({sign}{})", Unit::Percent.format(percent.abs()))
}

/// The time that the pace of a trend is stated for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PacePeriod {
    Year,
    WholeRun,
}

/// The pace of a trend: `1.9 percentage points a year`.
pub(crate) fn pace(unit: Unit, size: f64, period: PacePeriod, is_after_inflation: bool) -> String {
    let period = match period {
        PacePeriod::Year => "a year",
        PacePeriod::WholeRun => "in all",
    };
    format!("{} {period}{}", amount(unit, size), after_inflation(is_after_inflation))
}

/// The size of a change as the pace of a trend shows it.
pub(crate) fn amount(unit: Unit, size: f64) -> String {
    match unit {
        Unit::Years => Unit::Ratio.format(size.abs()),
        unit => unit.format_change(size),
    }
}

const fn after_inflation(is_after_inflation: bool) -> &'static str {
    if is_after_inflation { " after inflation" } else { "" }
}

/// Where a trend goes.
#[derive(Debug)]
pub(crate) enum TrendCourse {
    /// With its pace.
    Risen(String),
    /// With its pace.
    Fallen(String),
    /// In dollars after inflation, if so.
    Steady(bool),
    /// In dollars after inflation, if so.
    Unclear(bool),
}

/// The trend: `has risen by 1.9 percentage points a year since 2019-20`.
pub(crate) fn trend(subject: &SentenceSubject, course: &TrendCourse, since: SchoolYear) -> String {
    let course = match course {
        TrendCourse::Risen(pace) => format!("risen by {pace}"),
        TrendCourse::Fallen(pace) => format!("fallen by {pace}"),
        TrendCourse::Steady(real) => format!("held steady{}", after_inflation(*real)),
        TrendCourse::Unclear(real) => format!("shown no clear trend{}", after_inflation(*real)),
    };
    format!("{} {course} since {since}", subject.has())
}

/// Consecutive years below zero, up to a year, with the amount of that year.
pub(crate) fn years_below_zero(what: &str, years: usize, year: SchoolYear, amount: &str) -> String {
    format!("{what} {} years in a row through {year}, by {amount} in the last year", in_words(years))
}

/// A subject whose values are below zero.
pub(crate) fn below_zero(subject: &SentenceSubject) -> String {
    format!("{} {} below zero", subject.words, subject.was())
}

/// Where the district is among its peers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PeerRank {
    AboveAll,
    BelowAll,
    /// Above so many, which are most.
    Above(usize),
    /// Below so many, which are most.
    Below(usize),
    Middle,
}

/// The rank among the `n` peers that have a value, and their median.
pub(crate) fn peers(rank: PeerRank, n: usize, median: &str) -> String {
    let rank = match rank {
        PeerRank::AboveAll => format!("higher than in all {n} peer districts"),
        PeerRank::BelowAll => format!("lower than in all {n} peer districts"),
        PeerRank::Above(below) => format!("higher than in {below} of {n} peer districts"),
        PeerRank::Below(above) => format!("lower than in {above} of {n} peer districts"),
        PeerRank::Middle => format!("in the middle of {n} peer districts"),
    };
    format!("{rank} (peer median {median})")
}

/// Where the district is in the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StateRank {
    pub(crate) is_higher: bool,
    /// The percent of districts on the other side.
    pub(crate) share: f64,
    /// Whether the true percent is larger.
    pub(crate) is_more: bool,
    pub(crate) districts: usize,
}

/// `higher than in 88.0% of the state's 1,200 districts`.
pub(crate) fn state(rank: StateRank) -> String {
    let side = if rank.is_higher { "higher" } else { "lower" };
    let over = if rank.is_more { "over " } else { "" };
    let share = Unit::Percent.format(rank.share);
    let districts = Unit::Count.format(rank.districts as f64);
    format!("{side} than in {over}{share} of the state's {districts} districts")
}

/// A difference from a value that it is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DifferenceFrom {
    pub(crate) unit: Unit,
    pub(crate) difference: f64,
    pub(crate) reference: f64,
}

impl DifferenceFrom {
    fn size_and_side(self) -> String {
        let side = if self.difference < 0.0 { "below" } else { "above" };
        format!("{} {side}", self.unit.format_change(self.difference))
    }
}

/// The difference from the value expected of districts with similar students.
pub(crate) fn expected(difference: DifferenceFrom) -> String {
    let reference = difference.unit.format(difference.reference);
    format!("{} districts with similar students (about {reference})", difference.size_and_side())
}

/// The difference of a group from other students.
pub(crate) fn group_gap(difference: DifferenceFrom, students: &str) -> String {
    let reference = difference.unit.format(difference.reference);
    format!("{} {students} ({reference})", difference.size_and_side())
}

/// A group's risk relative to other students, which has been 2 or more for some years in a row.
pub(crate) fn risk_ratio(ratio: f64, years_at_2: usize) -> String {
    let times = Unit::Ratio.format(ratio);
    format!(
        "{times} times the rate of other students, and at least twice their rate for {years_at_2} years in a row"
    )
}

/// A statement with what its value is compared with.
pub(crate) fn with_comparisons(statement: &str, comparisons: &[String], states_change: bool) -> String {
    let ending = if states_change { "ending " } else { "" };
    format!("{statement}, {ending}{}", comparisons.join(" and "))
}

/// A statement with a trend, after a comparison or right after the level.
pub(crate) fn with_trend(statement: &str, trend: &str, has_comparisons: bool) -> String {
    let joint = if has_comparisons { ", and" } else { " and" };
    format!("{statement}{joint} {trend}")
}

/// A statement with a projection.
pub(crate) fn with_projection(statement: &str, projection: &str) -> String {
    format!("{statement}, and {projection}")
}

/// A statement as a complete sentence.
pub(crate) fn sentence(statement: &str) -> String {
    format!("{statement}.")
}
