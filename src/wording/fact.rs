//! The conditions of rules, and the facts that they are about.

pub(crate) const LATEST_VALUE: &str = "Latest value";
pub(crate) const PEOPLE: &str = "Number of people";
pub(crate) const GAP_PEOPLE: &str = "Number of people on the smaller side of the gap";
pub(crate) const GAP_SMALL: &str = "Gap based on few people";
pub(crate) const LEAD_OVER_GROUPS: &str = "Lead over the largest other group";
pub(crate) const PEER_PERCENTILE: &str = "Percentile among the peers";
pub(crate) const FAVORABLE_PEER_PERCENTILE: &str = "Percentile among the peers (higher is better)";
pub(crate) const PEER_GAP: &str = "Difference from the peer median";
pub(crate) const FAVORABLE_PEER_GAP: &str =
    "Difference from the peer median, in meaningful changes (positive is better)";
pub(crate) const HAS_OTHERS: &str = "Other districts with a value";
pub(crate) const WORSE_THAN_OTHERS: &str =
    "Worse than most other districts, or getting worse faster than the median district";
pub(crate) const SHARED_BY_OTHERS: &str =
    "No better than most other districts, and the median district improved just as much";
pub(crate) const PEER_CLEAR: &str = "Clearly different from the peers";
pub(crate) const FAVORABLE_EXPECTED_DISTANCE: &str = "Distance from what is expected of districts with similar students, where 1 is the \
                                                      usual distance (positive is better)";
pub(crate) const STATE_PERCENTILE: &str = "Percentile among all districts";
pub(crate) const FAVORABLE_STATE_PERCENTILE: &str = "Percentile among all districts (higher is better)";
pub(crate) const TREND: &str = "Trend";
pub(crate) const SLOPE: &str = "Slope per year";
pub(crate) const SLOPE_PERCENT: &str = "Slope per year, as a percent of the first value";
pub(crate) const CHANGE_ONE_YEAR: &str = "Change in the last year";
pub(crate) const CHANGE_ALL: &str = "Change over all years";
pub(crate) const CHANGE_ALL_PERCENT: &str = "Percent change over all years";
pub(crate) const CHANGE_FIVE_YEARS_PERCENT: &str = "Percent change over the last five years";
pub(crate) const FAVORABLE_CHANGE_FIVE_YEARS: &str =
    "Change over the last five years, in meaningful changes (positive is better)";
pub(crate) const FAVORABLE_CHANGE_ONE_YEAR: &str =
    "Change in the last year, in meaningful changes (positive is better)";
pub(crate) const CHANGE_SINCE_BASE: &str = "Change since the base year";
pub(crate) const CHANGE_SINCE_BASE_PERCENT: &str = "Percent change since the base year";
pub(crate) const FAVORABLE_CHANGE_SINCE_BASE: &str =
    "Change since the base year, in meaningful changes (positive is better)";
pub(crate) const CHANGE_BEYOND_STATE: &str =
    "Change since the base year, minus the change in the median of all districts";
pub(crate) const FAVORABLE_CHANGE_BEYOND_STATE: &str = "Change since the base year, minus the change in the median of all districts, in meaningful changes (positive is better)";
pub(crate) const RECOVERED_SHARE: &str = "Share of the loss since the base year that has been made up";
pub(crate) const FAVORABLE_PLACE_CHANGE: &str =
    "Change in the percentile among all districts (positive is better)";
pub(crate) const FAVORABLE_TARGET_GAP: &str = "Difference from the target (positive is better)";
pub(crate) const FAVORABLE_GAP_CHANGE: &str = "Change in the gap to the reference group (positive is better)";
pub(crate) const CHANGE_BESIDE: &str = "Percent change over five years, minus that of the comparison series";
pub(crate) const DIFFERENCE_BESIDE: &str = "Difference from the comparison series";
pub(crate) const PERCENT_OF_BESIDE: &str = "Percent of the comparison series";
pub(crate) const FAVORABLE_PEER_PERCENTILE_BESIDE: &str =
    "Percentile of the comparison series among the peers (higher is better)";
pub(crate) const YEARS_IMPROVING: &str = "Consecutive years of improvement";
pub(crate) const YEARS: &str = "Years with a value";
pub(crate) const YEARS_SINCE_SHIFT: &str = "Years since it moved to a new level";
pub(crate) const YEARS_BELOW_ZERO: &str = "Consecutive years below zero";
pub(crate) const YEARS_ABOVE_ZERO: &str = "Consecutive years above zero";
pub(crate) const PROJECTED_CHANGE_PERCENT: &str = "Percent change to the last projected year";
pub(crate) const YEARS_WORSENING: &str = "Consecutive years of worsening";
pub(crate) const FAVORABLE_GROUP_GAP: &str = "Difference from the reference group (positive is better)";
pub(crate) const RISK_RATIO_YEARS: &str = "Consecutive years with a risk ratio of 2 or more";
pub(crate) const PEER_SLOPE: &str = "Slope per year of the peer median";
pub(crate) const SCHOOLS_AHEAD: &str = "Schools clearly better than the others of their type";
pub(crate) const SCHOOLS_BEHIND: &str = "Schools clearly worse than the others of their type";
pub(crate) const SCHOOLS_APART: &str = "Growth in the range among schools, in meaningful changes";

/// What a condition asks for, and what it found.
#[derive(Debug)]
pub(crate) struct ConditionText<'a> {
    pub(crate) fact: &'a str,
    pub(crate) value: &'a str,
    /// `at least `, or empty where a word is asked for.
    pub(crate) operator: &'a str,
    pub(crate) wanted: &'a str,
}

/// A condition with the value of its fact: `Trend: worsening (as the rule requires)`, `Latest value: 94.5% (the rule requires a value below 67.0%)`.
pub(crate) fn condition(text: &ConditionText<'_>) -> String {
    let ConditionText { fact, value, operator, wanted } = text;
    if operator.is_empty() && value == wanted {
        return format!("{fact}: {value} (as the rule requires)");
    }
    let a_value = if [ABOVE, BELOW].contains(operator) { "a value " } else { "" };
    format!("{fact}: {value} (the rule requires {a_value}{operator}{wanted})")
}

/// A condition of a rule, whatever it is tried on: `Percentile among the peers: at most 25 (percentile)`.
pub(crate) fn requirement(fact: &str, operator: &str, wanted: &str) -> String {
    format!("{fact}: {operator}{wanted}")
}

/// A threshold with its name, by which a project can change it.
pub(crate) fn named_threshold(name: &str, value: f64) -> String {
    format!("{value} ({name})")
}

/// What would end a condition: `Percentile among all districts: above 15.`
pub(crate) fn opposite(fact: &str, operator: &str, wanted: &str) -> String {
    format!("{fact}: {operator}{wanted}.")
}

/// The other of two answers, so that nothing is said to be "not yes"; `None` for other words.
pub(crate) fn other_answer(word: &str) -> Option<&'static str> {
    match word {
        "yes" => Some("no"),
        "no" => Some("yes"),
        _ => None,
    }
}

pub(crate) const AT_LEAST: &str = "at least ";
pub(crate) const AT_MOST: &str = "at most ";
pub(crate) const ABOVE: &str = "above ";
pub(crate) const BELOW: &str = "below ";
pub(crate) const NOT: &str = "not ";

/// A word of the catalog (`no-clear-direction`) as users read it.
pub(crate) fn catalog_word(word: &str) -> String {
    word.replace('-', " ")
}
