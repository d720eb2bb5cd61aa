//! The evidence for a candidate.

use super::listing::signed_change;
use super::subject::SentenceSubject;
use crate::domain::{SchoolYear, Unit};

/// What was tested.
pub(crate) const DIFFERENCE_FROM_PEERS: &str = "Difference from the peers";
pub(crate) const TREND: &str = "Trend";
pub(crate) const GAP: &str = "Gap";
pub(crate) const CHANGE_SINCE_BASE: &str = "Change since the base year";
pub(crate) const CHANGE_FIVE_YEARS: &str = "Change over five years";
pub(crate) const CHANGE_ONE_YEAR: &str = "Change in the last year";

/// The people of a value whose measure does not name them.
pub(crate) const PEOPLE: &str = "people";

/// The people behind the latest value.
pub(crate) fn based_on_people(n: f64, people: &str, year: SchoolYear) -> String {
    format!("Based on {} {people} in {year}.", Unit::Count.format(n))
}

/// The file that the latest value is from.
pub(crate) fn from_file(file: &str) -> String {
    format!("Source: {file}.")
}

/// What another quadrant would say about the same series.
pub(crate) fn other_side(statement: &str) -> String {
    format!("The other side: {statement}")
}

/// The confidence interval of a rate, based on `n` `people`.
pub(crate) fn rate_interval(interval: [f64; 2], n: f64, people: &str) -> String {
    let [low, high] = interval.map(|end| Unit::Percent.format(end));
    format!(
        "The value has a 95% confidence interval of {low} to {high} (Wilson; {} {people})",
        Unit::Count.format(n)
    )
}

/// The p-value of a test, and the adjusted one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TestedResult {
    pub(crate) p: f64,
    pub(crate) adjusted: f64,
    pub(crate) is_clear: bool,
}

/// Whether a result is clear after correcting for multiple tests.
pub(crate) fn tested(what: &str, test: TestedResult) -> String {
    let not = if test.is_clear { "" } else { "not " };
    format!(
        "{what}: {not}statistically clear after correcting for multiple tests (p {}, adjusted {})",
        p_value(test.p),
        p_value(test.adjusted)
    )
}

pub(crate) fn p_value(p: f64) -> String {
    if p < 0.001 { "under 0.001".to_owned() } else { format!("{p:.3}") }
}

/// The confidence interval of a gap.
pub(crate) fn gap_interval(unit: Unit, interval: [f64; 2]) -> String {
    let [low, high] = interval.map(|end| signed_change(unit, end));
    format!("The gap has a 95% confidence interval of {low} to {high} (Newcombe)")
}

/// How many people a gap compares.
pub(crate) fn gap_people(people: f64, others: f64) -> String {
    let [people, others] = [people, others].map(|n| Unit::Count.format(n));
    format!("The gap compares {people} people with {others} others")
}

/// How a gap has changed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum GapCourse {
    Reversed,
    Narrowed,
    Widened,
    Steady,
    Unclear,
}

/// How a gap has changed since a year.
pub(crate) fn gap_trend(course: GapCourse, since: SchoolYear) -> String {
    let course = match course {
        GapCourse::Reversed => "has reversed",
        GapCourse::Narrowed => "has narrowed",
        GapCourse::Widened => "has widened",
        GapCourse::Steady => "has held steady",
        GapCourse::Unclear => "has shown no clear trend",
    };
    format!("The gap {course} since {since}")
}

/// The regression behind an expected value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ExpectedBasis {
    /// The year of the matching variables.
    pub(crate) matched_in: SchoolYear,
    pub(crate) districts: usize,
    pub(crate) r_squared: f64,
}

/// The difference from the expected value (`3.1 percentage points above districts …`), and how it was computed.
pub(crate) fn expected(difference: &str, basis: ExpectedBasis) -> String {
    format!(
        "The value is {difference}, as estimated from the students in {} comparable districts in {} (robust regression, R² {:.2})",
        basis.districts, basis.matched_in, basis.r_squared
    )
}

/// The dollars of a change.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ChangeDollars {
    AfterInflation,
    NotAdjusted,
    /// The value is not money.
    None,
}

/// The change since the project's base year.
pub(crate) fn change_since(base: SchoolYear, unit: Unit, change: f64, dollars: ChangeDollars) -> String {
    let direction = if change < 0.0 { "down" } else { "up" };
    let dollars = match dollars {
        ChangeDollars::AfterInflation => " after inflation",
        ChangeDollars::NotAdjusted => ", not adjusted for inflation",
        ChangeDollars::None => "",
    };
    format!("Since {base}, the value is {direction} by {}{dollars}", unit.format_change(change))
}

/// A trend whose level differs from the peers in the same direction.
pub(crate) fn level_agrees(adjusted_p: Option<f64>) -> String {
    format!(
        "A second result agrees: the level differs from the peers in the direction of the trend{}",
        in_brackets(adjusted_p)
    )
}

/// A level whose trend goes away from the peers.
pub(crate) fn trend_agrees(adjusted_p: Option<f64>) -> String {
    format!("A second result agrees: the trend moves away from the peers{}", in_brackets(adjusted_p))
}

/// Another group or grade that differs from the peers in the same direction.
pub(crate) fn other_series_agrees(other: &SentenceSubject, adjusted_p: Option<f64>) -> String {
    format!(
        "A second result agrees. {} {} from the peers in the same direction{}",
        other.words,
        other.differs(),
        in_brackets(adjusted_p)
    )
}

fn in_brackets(adjusted_p: Option<f64>) -> String {
    adjusted_p.map(|p| format!(" (adjusted p {})", p_value(p))).unwrap_or_default()
}

/// Another rule that found the same series.
pub(crate) fn also_by_rule(rule: &str, text: &str) -> String {
    format!("Also found by the rule {rule}: {text}")
}

/// The statement on another series of the same item.
pub(crate) fn also(statement: &str) -> String {
    format!("Also: {statement}")
}
