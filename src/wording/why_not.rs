//! What `retreat swot --why-not RULE` prints.

use super::listing::{count, counted, names_and_more};
use crate::domain::Unit;

/// `suggestion` names the nearest id, or is empty.
pub(crate) fn no_rule(id: &str, suggestion: &str) -> String {
    format!("no rule has the id {id:?}{suggestion}")
}

/// The rule, and how many candidates it proposed.
pub(crate) fn heading(rule: &str, looks_for: &str, candidates: usize) -> String {
    let proposed = match candidates {
        0 => "It proposed no candidate for this district.".to_owned(),
        some => format!("It proposed {} for this district.", counted(some, "candidate")),
    };
    format!("{rule}: {looks_for}\n{proposed}\n")
}

/// The measures of the rule for which the district has no data, and how many more there are.
pub(crate) fn without_data(measures: &[String], more: usize) -> String {
    format!("No data for: {}.", names_and_more(measures, more))
}

/// The rule has data, but only for groups, grades or subjects that it is not about.
pub(crate) const NOTHING_COVERED: &str = "The district has no data that this rule applies to.";

pub(crate) fn proposed(series: &str, id: &str) -> String {
    format!("{series}: proposed as {id}.")
}

pub(crate) fn absorbed(series: &str, id: &str) -> String {
    format!("{series}: listed in the evidence of another candidate, {id}, which says the same thing.")
}

pub(crate) fn in_other_quadrant(series: &str, id: &str) -> String {
    format!("{series}: scores higher in another quadrant, as {id}.")
}

pub(crate) fn too_old(series: &str, years: i32) -> String {
    format!(
        "{series}: meets the rule's conditions, but its latest value is {} old.",
        counted(years.unsigned_abs() as usize, "year")
    )
}

pub(crate) fn implausible(series: &str) -> String {
    format!(
        "{series}: meets the rule's conditions, but its latest value is implausible. Check it against its source."
    )
}

pub(crate) fn few_people(series: &str, people: f64) -> String {
    if people < 1.0 {
        return format!(
            "{series}: meets the rule's conditions, but its latest value is based on too few people."
        );
    }
    format!(
        "{series}: meets the rule's conditions, but its latest value is based on only {}.",
        counted(people.round() as usize, "person").replace("persons", "people")
    )
}

pub(crate) fn without_value(series: &str) -> String {
    format!("{series}: it has no reported value that may be shown.")
}

/// The conditions that a series does not meet, of all conditions of the rule.
pub(crate) fn conditions_failed(series: &str, failed: usize, all: usize) -> String {
    if all == 1 {
        return format!("{series}: does not meet the condition.");
    }
    format!("{series}: fails {} of {}.", count(failed), counted(all, "condition"))
}

pub(crate) fn more_series(more: usize) -> String {
    format!("and {} more: use --verbose to see them", count(more))
}

/// What became of a rule for a construct of a survey: its value, the threshold, and the candidate.
pub(crate) fn of_survey(
    [group, subject]: &[String; 2],
    value: Option<f64>,
    limit: f64,
    candidate: Option<&str>,
) -> String {
    let value = value.map_or_else(|| "no value to compare".to_owned(), |value| Unit::Ratio.format(value));
    let fate = match candidate {
        Some(id) => format!("candidate {id}"),
        None => format!("no candidate; the threshold is {}", Unit::Ratio.format(limit)),
    };
    format!("{group}, {subject}: {value}; {fate}")
}

/// Why a condition is not met, where its value and its threshold do not show it.
pub(crate) mod failure {
    use crate::domain::SchoolYear;
    use crate::wording::evidence::p_value;
    use crate::wording::listing::counted;

    pub(crate) const NO_EARLIER_VALUE: &str = "There is no comparable value from the earlier year.";
    pub(crate) const TOO_FEW_PEERS: &str = "Too few comparable peers have a value in the same year.";
    pub(crate) const TOO_FEW_DISTRICTS: &str = "Too few districts have a value in the same year.";
    pub(crate) const NOTHING_EXPECTED: &str =
        "The value expected for districts with similar students could not be computed.";
    pub(crate) const NO_REFERENCE_GROUP: &str =
        "There is no reference group to compare with in the same year.";
    pub(crate) const NO_BETTER_DIRECTION: &str =
        "The measure has no better direction, so nothing about it is favorable.";
    pub(crate) const NO_TARGET: &str = "The project has no target for this measure.";
    pub(crate) const NOTHING_BESIDE: &str = "The value that the rule compares it with is missing for the same years, or one of the two values is too small.";
    pub(crate) const NO_RISK_RATIO: &str = "There is no risk ratio for the latest year.";
    pub(crate) const NO_SHIFT: &str = "It has not moved to a new level.";
    pub(crate) const NO_GAP_CHANGE: &str =
        "The gap has not clearly changed, or it changed only because the other students' results did.";
    pub(crate) const NO_RECOVERY: &str =
        "Nothing was lost since the base year, or nothing of it has come back.";
    pub(crate) const NO_PLACE_BEFORE: &str = "The place among all districts in the base year is unknown.";
    pub(crate) const TOO_FEW_SCHOOLS: &str =
        "There are no schools, or too few of one type, with comparable values.";
    pub(crate) const GROUPS_INCOMPLETE: &str = "The groups with a value do not make up nearly all students.";
    pub(crate) const NO_PROJECTION: &str = "There is no projection.";
    pub(crate) const UNKNOWN_PEOPLE: &str = "The number of people was not published.";
    pub(crate) const NOT_TESTED: &str = "The difference from the peers is not clear and could not be tested.";
    pub(crate) const NOT_CLEAR: &str = "The difference from the peers is not clear.";
    pub(crate) const UNKNOWN: &str = "A value that the rule needs is unknown.";

    /// A condition with the value and the threshold.
    pub(crate) fn not_met(condition: &str) -> String {
        format!("{condition}.")
    }

    pub(crate) fn too_few_years(years: usize) -> String {
        format!("Too few years for a trend: only {} to compare.", counted(years, "year"))
    }

    pub(crate) fn no_price_index(year: SchoolYear) -> String {
        format!("There is no price index for {year}, so changes in dollar amounts cannot be judged.")
    }

    /// The test of the difference did not pass.
    pub(crate) fn not_significant(adjusted_p: f64) -> String {
        format!(
            "The difference from the peers is not statistically clear after correcting for multiple tests (adjusted p \
             {}).",
            p_value(adjusted_p)
        )
    }

    pub(crate) fn too_small(difference: &str, meaningful: &str) -> String {
        format!(
            "The difference from the peer median is {difference}, less than a meaningful difference of {meaningful}."
        )
    }
}
