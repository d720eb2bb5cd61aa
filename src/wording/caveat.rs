//! What speaks against a candidate, or limits it.

use super::chart_note::number_not_published;
use super::statement::verb_of;
use super::subject::SentenceSubject;
use crate::domain::{SchoolYear, Unit};

/// The latest value is older than those of other measures.
pub(crate) fn older_than_others(years: i32) -> String {
    format!("Older data: values for other measures are {years} years newer.")
}

/// A change that is counted from a year unlike the one before it.
pub(crate) fn unusual_start(from: SchoolYear, before: SchoolYear, value: &str) -> String {
    format!("{from} may have been unusual: in {before}, the value was {value}.")
}

/// A place among all districts, near their median.
pub(crate) fn near_the_median(difference: &str) -> String {
    format!("The median district is only {difference} away.")
}

/// A trend that goes against the level; `trend` begins with its verb (`has fallen …`).
pub(crate) fn contrary_trend(is_better: bool, subject: &SentenceSubject, trend: &str) -> String {
    let level = if is_better { "Better" } else { "Worse" };
    let it = if subject.is_plural { "they" } else { "it" };
    format!("{level} than most peers, but {it} {trend}.")
}

/// The number of people behind the value was not published; `spread` is how far years usually are from their trend.
pub(crate) fn unknown_people(people: &str, spread: Option<&str>) -> String {
    number_not_published(people, "the value", spread)
}

/// Participation in the test went the other way over the same years.
pub(crate) fn participation_moved(participation: &SentenceSubject, unit: Unit, change: f64) -> String {
    let (moved, size) = (verb_of(change), unit.format_change(change));
    let way = results_move(change > 0.0);
    format!(
        "{} {moved} by {size} over the same years, which by itself can {way} results.",
        participation.words
    )
}

/// The same on a chart of the results: `SAT or ACT participation rose by 40 points over these years`.
pub(crate) fn participation_on_chart(participation: &SentenceSubject, unit: Unit, change: f64) -> String {
    let (moved, size) = (verb_of(change), unit.format_stated_change(change));
    format!("{} {moved} by {size} over these years", participation.words)
}

/// Participation in the test is unusually high, or low; `level` is its value, and `state` its rank among all districts.
pub(crate) fn participation_unusual(level: &str, state: &str, is_high: bool) -> String {
    format!("{level}, {state}, which by itself can {} results.", results_move(is_high))
}

/// What more participation does to results, or less.
const fn results_move(is_more: bool) -> &'static str {
    if is_more { "lower" } else { "raise" }
}

/// There is no comparison with the peers.
pub(crate) const TOO_FEW_PEERS: &str = "Too few peers have a value for that year to allow a comparison.";

/// How many of the peers have a value.
pub(crate) fn some_peers(with_value: usize, all: usize) -> String {
    let have = if with_value == 1 { "has" } else { "have" };
    format!("Only {with_value} of the {all} peers {have} a value for that year.")
}

/// A break before which values are not comparable.
pub(crate) fn broken(year: &str, why: &str) -> String {
    format!("Not comparable with years before {year}: {why}.")
}

/// Too few years for a trend.
pub(crate) fn few_years(years: usize, is_after_break: bool) -> String {
    format!("Only {years} {}years of data: too few for a trend.", comparable(is_after_break))
}

/// A single year.
pub(crate) fn one_year(is_after_break: bool) -> String {
    format!("Only one {}year of data.", comparable(is_after_break))
}

const fn comparable(is_after_break: bool) -> &'static str {
    if is_after_break { "comparable " } else { "" }
}
