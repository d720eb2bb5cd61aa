//! Exhibits: headlines, alt texts, labels and table headings, and why an exhibit is left out.

use super::statement::verb_of;
use crate::domain::{SchoolYear, Unit};

// Why an exhibit is left out.
pub(crate) const TOO_FEW_PARTS_IN_LATEST_YEAR: &str =
    "fewer than two of its parts have a value in the latest year";
pub(crate) const TOO_FEW_PARTS: &str = "fewer than two of its parts have a value";
pub(crate) const TOO_FEW_PARTS_IN_TWO_YEARS: &str = "too few of its parts have values in two years";
pub(crate) const TOO_FEW_MEASURES: &str = "fewer than two of its measures have a value";
pub(crate) const TOO_FEW_PEERS_HAVE_VALUE: &str = "fewer than 5 peers have a value";
pub(crate) const NO_VALUE: &str = "there is no value";
pub(crate) const NOTHING_COMPARABLE: &str = "no two values can be compared";
pub(crate) const ONE_YEAR: &str = "only one year has a value";
pub(crate) const NO_PEERS: &str = "the district has no peers";
pub(crate) const NOTHING_TO_PROJECT: &str = "there is nothing to project";
pub(crate) const NO_PROJECTION: &str =
    "there is no projection: the years are too few or too old, or assuming no change does as well";

pub(crate) const BY_GROUP: &str = " by student group";
pub(crate) const BY_GRADE: &str = " by grade";
pub(crate) const BY_SUBJECT: &str = " by subject";

/// The district has no values for these measures, or, with one of the constants above, none of that kind.
pub(crate) fn no_value_of(measures: &[String], by: &str) -> String {
    format!("the district has no value for {}{by}", measures.join(", "))
}

// Why a cell of a table has no value.
pub(crate) const MASKED: &str = "masked by the publisher";
pub(crate) const WITHHELD: &str = "withheld (too few students)";
pub(crate) const DOES_NOT_APPLY: &str = "does not apply";
pub(crate) const NOT_PUBLISHED: &str = "not published";
pub(crate) const TOO_FEW_PEERS: &str = "fewer than 5 peers";

// Labels in charts, and headings of their tables.
pub(crate) const PEER_MEDIAN: &str = "Peer median";
pub(crate) const STATE_MEDIAN: &str = "State median";
pub(crate) const PEER_BAND: &str = "Middle half of peers";
pub(crate) const LOWER_QUARTILE: &str = "Peers, lower quartile";
pub(crate) const UPPER_QUARTILE: &str = "Peers, upper quartile";
pub(crate) const PROJECTED_LINE: &str = "projected";
pub(crate) const PROJECTED_BAND: &str = "Projected range";
pub(crate) const SCHOOL_YEAR: &str = "School year";
pub(crate) const DISTRICT: &str = "District";
pub(crate) const DISTANCE: &str = "Distance";
pub(crate) const LIKENESS: &str = "Likeness";
pub(crate) const MEASURE: &str = "Measure";
pub(crate) const CHANGE: &str = "Change";
pub(crate) const PROJECTION_HEADINGS: [&str; 5] =
    ["School year", "Value", "Projected", "Low end", "High end"];
pub(crate) const ALL_STUDENTS: &str = "All students";
pub(crate) const ALL: &str = "All";
pub(crate) const LESS_FAVORABLE: &str = "less favorable than all peers";
pub(crate) const MORE_FAVORABLE: &str = "more favorable than all peers";
pub(crate) const LOWER_THAN_OURS: &str = "lower than ours";
pub(crate) const HIGHER_THAN_OURS: &str = "higher than ours";

/// The name of a measure and its year, as a heading.
pub(crate) fn measure_in(label: &str, year: SchoolYear) -> String {
    format!("{label}, {year}")
}

/// The distance of a peer, and how it is graded.
pub(crate) fn graded_distance(distance: f64, likeness: &str) -> String {
    format!("{distance:.2}, {likeness}")
}

/// A title with the measure that stands in for the first one.
pub(crate) fn title_with_measure(title: &str, measure: &str) -> String {
    format!("{title}: {measure}")
}

// Headlines.

/// All parts have the same value.
pub(crate) fn equal_parts(title: &str, year: &str, value: &str) -> String {
    format!("{title} in {year}: {value} in every part that was published")
}

/// The lowest and the highest part.
pub(crate) fn range_of_parts(
    title: &str,
    year: &str,
    low: &LabeledValue<'_>,
    high: &LabeledValue<'_>,
) -> String {
    format!("{title} in {year}: from {} ({}) to {} ({})", low.value, low.label, high.value, high.label)
}

/// The value of a part.
#[derive(Debug)]
pub(crate) struct LabeledValue<'a> {
    pub(crate) label: &'a str,
    pub(crate) value: String,
}

/// No part changed notably between two years.
pub(crate) fn no_clear_change(title: &str, since: &str, to: &str) -> String {
    format!("{title}: no clear change in any part between {since} and {to}")
}

/// The change of a part between two years.
#[derive(Debug)]
pub(crate) struct PartChangeText<'a> {
    pub(crate) subject: &'a str,
    pub(crate) unit: Unit,
    pub(crate) first: f64,
    pub(crate) last: f64,
    pub(crate) since: &'a str,
    pub(crate) to: &'a str,
    /// Whether no other part changed as much.
    pub(crate) is_most: bool,
}

/// `Attendance among Hispanic students fell most: from 93.0% in 2022-23 to 91.0% in 2023-24`.
pub(crate) fn part_changed(change: &PartChangeText<'_>) -> String {
    let verb = verb_of(change.last - change.first);
    let most = if change.is_most { " most:" } else { "" };
    let [first, last] = [change.first, change.last].map(|value| change.unit.format(value));
    format!("{} {verb}{most} from {first} in {} to {last} in {}", change.subject, change.since, change.to)
}

/// The value of a part in a year.
#[derive(Debug)]
pub(crate) struct PartLevel<'a> {
    pub(crate) subject: &'a str,
    pub(crate) value: &'a str,
    pub(crate) year: &'a str,
}

fn part_level(part: &PartLevel<'_>) -> String {
    format!("{}: {} in {}", part.subject, part.value, part.year)
}

/// The part that is largest, or as large as another.
pub(crate) fn largest_part(part: &PartLevel<'_>, is_only: bool) -> String {
    let most = if is_only { ", the largest part" } else { "" };
    format!("{}{most}", part_level(part))
}

/// The change of a part since a year.
#[derive(Debug)]
pub(crate) struct ChangeSince<'a> {
    pub(crate) unit: Unit,
    pub(crate) change: f64,
    pub(crate) since: &'a str,
    /// Whether no other part changed as much.
    pub(crate) is_most: bool,
}

/// The part that changed most, or as much as another.
pub(crate) fn largest_change(part: &PartLevel<'_>, change: &ChangeSince<'_>) -> String {
    let direction = if change.change < 0.0 { "down" } else { "up" };
    let most = if change.is_most { ", the largest change" } else { "" };
    let size = change.unit.format_change(change.change);
    format!("{}, {direction} {size} since {}{most}", part_level(part), change.since)
}

/// No measure can be compared with the peers.
/// A table of measures by year, without peers.
pub(crate) fn measures_at_a_glance(measures: usize, first: &str, last: &str) -> String {
    format!("{measures} measures from {first} to {last}")
}

pub(crate) const NO_MEASURE_COMPARED: &str = "No measure here has enough peers to compare with";

/// In how many measures the district does better than most of its peers.
pub(crate) fn better_than_most(better: usize, judged: usize) -> String {
    let noun = if judged == 1 { "measure" } else { "measures" };
    format!("Better than most peers in {better} of {judged} {noun}, in the latest year of each")
}

// Alt texts.

/// The title and the years of a chart, and its headline.
#[derive(Debug)]
pub(crate) struct ChartInWords<'a> {
    pub(crate) title: &'a str,
    pub(crate) first: &'a str,
    pub(crate) last: &'a str,
    pub(crate) headline: &'a str,
}

pub(crate) fn line_alt(chart: &ChartInWords<'_>) -> String {
    format!("Line chart of {}, {} to {}. {}", chart.title, chart.first, chart.last, chart.headline)
}

pub(crate) fn slope_alt(chart: &ChartInWords<'_>) -> String {
    format!("Slope chart of {}, {} and {}. {}", chart.title, chart.first, chart.last, chart.headline)
}

pub(crate) fn bar_alt(title: &str, year: &str, headline: &str) -> String {
    format!("Bar chart of {title}, {year}. {headline}")
}

pub(crate) fn projection_alt(title: &str, headline: &str) -> String {
    format!("Line chart of {title}. {headline}")
}

pub(crate) fn stacked_alt(title: &str, headline: &str) -> String {
    format!("Stacked column chart of {title}. {headline}")
}

pub(crate) fn dots_alt(measure: &str, year: SchoolYear, headline: &str) -> String {
    format!("Dot plot of {measure} in the district and its peers, {year}. {headline}")
}

pub(crate) fn heat_alt(title: &str, headline: &str) -> String {
    format!("Table of {title}, shaded by rank among the peers. {headline}")
}

pub(crate) fn peers_alt(year: SchoolYear, headline: &str) -> String {
    format!(
        "Table of the peers and the variables used to choose them, {year}, shaded by the difference from the district. {headline}"
    )
}

/// The years of several outcomes.
pub(crate) fn years(first: SchoolYear, last: SchoolYear) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}
