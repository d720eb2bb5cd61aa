//! What a candidate says, in few words and without numbers.

use std::cmp::Ordering;

use super::subject::{capitalized, in_the_middle};

pub(crate) const ABOVE_ALL_PEERS: &str = "higher than in all peer districts";
pub(crate) const ABOVE_MOST_PEERS: &str = "higher than in most peer districts";
pub(crate) const BELOW_MOST_PEERS: &str = "lower than in most peer districts";
pub(crate) const BELOW_ALL_PEERS: &str = "lower than in all peer districts";
pub(crate) const BETWEEN_SCHOOLS: &str = "differs between schools";
pub(crate) const NO_MAJORITY: &str = "no group is a majority";
/// What a rule about the value alone says.
pub(crate) const HIGH: &str = "high";
pub(crate) const LOW: &str = "low";

/// What a candidate is about, and what it says of it if anything.
pub(crate) fn brief(topic: &str, claim: Option<&str>) -> String {
    let topic = capitalized(topic);
    claim.map_or_else(|| topic.clone(), |claim| format!("{topic}: {claim}"))
}

/// Where the value is among all districts.
pub(crate) const fn in_most_districts(is_higher: bool) -> &'static str {
    if is_higher { "higher than in most districts" } else { "lower than in most districts" }
}

/// Where the value is next to another one in the same year; `None` if they are equal.
pub(crate) fn than_beside(value: f64, other: f64, topic: &str) -> Option<String> {
    let topic = in_the_middle(topic);
    match value.total_cmp(&other) {
        Ordering::Less => Some(format!("lower than {topic}")),
        Ordering::Equal => None,
        Ordering::Greater => Some(format!("higher than {topic}")),
    }
}

/// Where it is next to districts with similar students.
pub(crate) const fn than_expected(is_higher: bool) -> &'static str {
    if is_higher {
        "higher than in districts with similar students"
    } else {
        "lower than in districts with similar students"
    }
}

/// Where a group is next to other students.
pub(crate) const fn than_others(is_higher: bool) -> &'static str {
    if is_higher { "higher than for other students" } else { "lower than for other students" }
}

/// How the gap to other students changes.
pub(crate) const fn gap(is_wider: bool) -> &'static str {
    if is_wider { "the gap is wider than it was" } else { "the gap is narrower than it was" }
}

/// How the place among all districts changes.
pub(crate) const fn place(is_up: bool) -> &'static str {
    if is_up { "has moved up among all districts" } else { "has moved down among all districts" }
}

/// Where the value is next to the district's target.
pub(crate) fn than_target(value: f64, target: f64) -> &'static str {
    match value.total_cmp(&target) {
        Ordering::Less => "below the target",
        Ordering::Equal => "at the target",
        Ordering::Greater => "above the target",
    }
}

/// A change over several years that does not matter.
pub(crate) const HELD: &str = "has hardly changed over the years";

/// The direction over several years, for money in dollars of one year if prices are known.
pub(crate) const fn over_years(is_up: bool, is_after_inflation: bool) -> &'static str {
    match (is_up, is_after_inflation) {
        (true, false) => "has risen over the years",
        (false, false) => "has fallen over the years",
        (true, true) => "has risen over the years, after inflation",
        (false, true) => "has fallen over the years, after inflation",
    }
}

/// Whether the loss up to the worst year is undone.
pub(crate) const fn recovered(is_back: bool) -> &'static str {
    if is_back { "is back where it was" } else { "is coming back from its worst year" }
}

/// On which side of zero the value has been for years.
pub(crate) const fn for_years(is_above: bool) -> &'static str {
    if is_above { "above zero for several years in a row" } else { "below zero for several years in a row" }
}

/// The direction of the latest year.
pub(crate) const fn in_last_year(is_up: bool) -> &'static str {
    if is_up { "rose in the latest year" } else { "fell in the latest year" }
}

/// The direction of a projection.
pub(crate) const fn would_go(is_up: bool) -> &'static str {
    if is_up { "would rise if recent patterns continue" } else { "would fall if recent patterns continue" }
}

/// Answers of a group on a subject of a survey.
pub(crate) fn survey_topic(group: &str, subject: &str) -> String {
    format!("{group} on {}", in_the_middle(subject))
}

/// The share of favorable answers.
pub(crate) const fn favorable(is_most: bool) -> &'static str {
    if is_most { "most answers are favorable" } else { "fewer than half of the answers are favorable" }
}

/// The change since the survey before.
pub(crate) const fn than_last_time(is_up: bool) -> &'static str {
    if is_up { "more favorable than last time" } else { "less favorable than last time" }
}

/// How two groups of respondents differ.
pub(crate) const LESS_THAN_OTHERS: &str = "less favorable than in another group";
