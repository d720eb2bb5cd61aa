//! The notes below charts: years, people, peers, hidden values, methods and files.

use super::listing::{counted, joined_with_and};
use super::subject::in_the_middle;
use crate::domain::{SchoolYear, Unit};

pub(crate) const FLOW_PROJECTION: &str =
    "The projection and its band are based on the change in each of the last three years.";
pub(crate) const COHORT_PROJECTION: &str =
    "The projection uses the cohort survival method; its band is based on the method's past errors.";
pub(crate) const REAL_TREND: &str =
    "Trend in the latest year's dollars (CPI-U): median slope (Theil-Sen) with the Mann-Kendall test.";
pub(crate) const TREND: &str = "Trend: median slope (Theil-Sen) with the Mann-Kendall test.";
pub(crate) const PEER_RANKS: &str = "Comparisons use medians; percentiles use mid-ranks for ties.";
pub(crate) const VALUES_AND_MEDIANS: &str =
    "Values are as published or computed from published values. For peers, the median is shown.";
pub(crate) const VALUES_AND_CHANGES: &str = "Values are as published or computed from published values. A change is stated only if it is \
                                             large enough to matter and is unlikely to be due to chance (Newcombe).";
pub(crate) const PEER_DISTANCES: &str = "Distances are in standard deviations.";
/// How the values of schools are shown.
pub(crate) const SCHOOL_VALUES: &str =
    "School values are as published. Values for one student group within one grade are not shown.";
pub(crate) const VALUES: &str = "Values are as published or computed from published values.";

/// The band of a chart with peers.
pub(crate) const PEER_BAND: &str = "Shaded band: the middle half of the peers.";

/// Who the peers are.
pub(crate) fn peers(n: usize, variables: &[String], year: SchoolYear) -> String {
    let variables: Vec<String> = variables.iter().map(|variable| in_the_middle(variable)).collect();
    let variables = joined_with_and(&variables);
    if n == 1 {
        return format!("Peer: the most similar district by {variables} in {year}.");
    }
    format!("Peers: the {n} most similar districts by {variables} in {year}.")
}

/// How many people the latest values are based on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LatestPeople {
    Unknown,
    All(f64),
    Between { fewest: f64, most: f64 },
}

/// The years shown, and the people behind the latest values.
pub(crate) fn window(first: SchoolYear, last: SchoolYear, people: LatestPeople) -> String {
    let years =
        if first == last { format!("Values for {last}") } else { format!("Values for {first} to {last}") };
    let latest = if first == last { "they are" } else { "the latest are" };
    match people {
        LatestPeople::Unknown => format!("{years}."),
        LatestPeople::All(n) => {
            format!("{years}; {latest} based on {} people.", Unit::Count.format(n))
        }
        LatestPeople::Between { fewest, most } => {
            let [fewest, most] = [fewest, most].map(|n| Unit::Count.format(n));
            format!("{years}; {latest} based on {fewest} to {most} people each.")
        }
    }
}

/// How many peers have a value in the latest year of each series.
pub(crate) fn peers_with_value(fewest: usize, most: usize) -> String {
    if fewest == most {
        let have = if most == 1 { "has" } else { "have" };
        format!("{} {have} a value in the latest year.", counted(most, "peer"))
    } else {
        format!("{fewest} to {most} peers have a value in the latest year of each measure.")
    }
}

/// How many values the publisher masked; `None` for none.
pub(crate) fn masked(n: usize) -> Option<String> {
    hidden(n, "masked by the publisher")
}

/// How many values the program withheld; `None` for none.
pub(crate) fn withheld(n: usize) -> Option<String> {
    hidden(n, "withheld here (too few students)")
}

fn hidden(n: usize, how: &str) -> Option<String> {
    match n {
        0 => None,
        1 => Some(format!("1 value is {how}.")),
        n => Some(format!("{n} values are {how}.")),
    }
}

/// The number of people behind a rate, or behind another value, was not published.
pub(crate) fn unknown_people(people: &str, is_rate: bool, spread: Option<&str>) -> String {
    number_not_published(people, if is_rate { "a rate" } else { "a value" }, spread)
}

/// `what` is based on an unknown number of people. `spread` is how far years usually are from their trend.
pub(super) fn number_not_published(people: &str, what: &str, spread: Option<&str>) -> String {
    let spread = spread.map(|spread| format!("; individual years usually differ from the trend by {spread}"));
    format!("The number of {people} behind {what} was not published{}.", spread.unwrap_or_default())
}

/// The publishers behind a chart, the years shown, and the number of peers if there are any.
pub(crate) fn source_line(
    publishers: &[&str],
    years: Option<(SchoolYear, SchoolYear)>,
    peers: Option<usize>,
) -> String {
    let mut line = format!("Source: {}", publishers.join("; "));
    match years {
        Some((first, last)) if first == last => line.push_str(&format!(", {first}")),
        Some((first, last)) => line.push_str(&format!(", {first} to {last}")),
        None => {}
    }
    if let Some(peers) = peers.filter(|peers| *peers > 0) {
        line.push_str(&format!(" \u{b7} {peers} peer districts"));
    }
    line
}

/// The files behind a chart.
pub(crate) fn files(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("File: {one}"),
        [first, second] => format!("Files: {first} and {second}"),
        [first, second, _] => format!("Files: {first}, {second}, and 1 more file"),
        [first, second, others @ ..] => {
            format!("Files: {first}, {second}, and {} more files", others.len())
        }
    }
}
