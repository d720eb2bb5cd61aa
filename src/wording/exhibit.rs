//! Exhibits: labels and table headings, and why an exhibit is left out.

use crate::domain::{AllDistricts, SchoolYear, Unit};

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
pub(crate) const NO_PROJECTION: &str = "there is no projection: the data has too few years or is too old, or assuming no change predicts just as well";

pub(crate) const BY_GROUP: &str = " by student group";
pub(crate) const BY_GRADE: &str = " by grade";
pub(crate) const BY_SUBJECT: &str = " by subject";

/// The district has no values for these measures, or, with one of the constants above, none of that kind.
pub(crate) fn no_value_of(measures: &[String], by: &str) -> String {
    format!("the district has no value for {}{by}", measures.join(", "))
}

/// All values of an exhibit are based on too few people.
pub(crate) fn all_fewer_people_than(fewest: u32) -> String {
    format!("all of its values are based on {}", fewer_people_than(fewest))
}

/// Why a cell of a table has no value: it is based on too few people to show in a room.
pub(crate) fn fewer_people_than(fewest: u32) -> String {
    format!("fewer than {fewest} people")
}

/// The name of a bar that is based on few people.
pub(crate) fn about_few(label: &str, fewer_than: u32) -> String {
    format!("{label} (fewer than {fewer_than})")
}

// Other reasons why a cell of a table has no value.
pub(crate) const MASKED: &str = "masked by the publisher";
pub(crate) const WITHHELD: &str = "withheld (too few students)";
pub(crate) const DOES_NOT_APPLY: &str = "does not apply";
pub(crate) const NOT_AVAILABLE: &str = "not available";
pub(crate) const TOO_FEW_PEERS: &str = "fewer than 5 peers";

pub(crate) const HIGHER_IS_BETTER: &str = "higher is better";
pub(crate) const LOWER_IS_BETTER: &str = "lower is better";

// Labels in charts, and headings of their tables.
/// What is said about a domain without charts.
pub(crate) const NOTHING_TO_SHOW: &str = "no data that can be shown";
/// What charts call our district if its name is too long or unknown.
pub(crate) const OUR_DISTRICT: &str = "Our district";
/// What a district is called that no source names.
pub(crate) fn district_of_code(code: &str) -> String {
    format!("District {code}")
}
pub(crate) const PEER_MEDIAN: &str = "Peer median";
pub(crate) const AS_PUBLISHED: &str = "As published";
const STATE_MEDIAN: &str = "State median";
const MEDIAN_OF_DATA: &str = "Median of all districts";

/// The line of the median of all districts.
pub(crate) const fn median_of_all(all: AllDistricts) -> &'static str {
    match all {
        AllDistricts::OfState => STATE_MEDIAN,
        AllDistricts::OfData => MEDIAN_OF_DATA,
    }
}

/// What the dotted line is, in the words of its label.
pub(crate) fn key_state(label: &str) -> String {
    format!("The dotted purple line is the {}.", label.to_lowercase())
}

pub(crate) const PEER_BAND: &str = "Middle half of peers";
pub(crate) const LOWER_QUARTILE: &str = "Peers, lower quartile";
pub(crate) const UPPER_QUARTILE: &str = "Peers, upper quartile";
pub(crate) const PROJECTED_LINE: &str = "projected";
pub(crate) const PROJECTED_BAND: &str = "Projected range";
pub(crate) const SCHOOL_YEAR: &str = "School year";
pub(crate) const DISTRICT: &str = "District";
pub(crate) const SCHOOL: &str = "School";
pub(crate) const SCHOOL_TYPE: &str = "Type";
pub(crate) const CAPACITY: &str = "Capacity";
pub(crate) const DISTANCE: &str = "Distance";
pub(crate) const LIKENESS: &str = "Similarity";
pub(crate) const MEASURE: &str = "Measure";
pub(crate) const CHANGE: &str = "Change";
pub(crate) const PROJECTION_HEADINGS: [&str; 5] =
    ["School year", "Value", "Projected", "Low end", "High end"];
pub(crate) const ALL_STUDENTS: &str = "All students";
pub(crate) const ALL: &str = "All";
pub(crate) const LATEST_AGAINST_PEERS: &str = "Latest year, compared with peers";
pub(crate) const BETTER_THAN_MOST: &str = "better than most";
pub(crate) const WORSE_THAN_MOST: &str = "worse than most";
pub(crate) const LIKE_MOST: &str = "in the middle";
pub(crate) const NOT_COMPARED: &str = "not compared";
/// The note on a table shaded by the place among peers.
pub(crate) const ONLY_WHAT_MATTERS_IS_SHADED: &str =
    "Only differences from the peer median that matter are shaded.";
pub(crate) const LESS_FAVORABLE: &str = "less favorable than most peers";
pub(crate) const MORE_FAVORABLE: &str = "more favorable than most peers";
pub(crate) const BELOW_PEER_MEDIAN: &str = "less favorable than the peer median";
pub(crate) const ABOVE_PEER_MEDIAN: &str = "more favorable than the peer median";
pub(crate) const GRADE_AND_SUBJECT: &str = "Subject and grade";
pub(crate) const OTHER: &str = "Other";
pub(crate) const OTHER_OR_NOT_SHOWN: &str = "Other or not shown";
pub(crate) const LOWER_THAN_OURS: &str = "lower than ours";
pub(crate) const HIGHER_THAN_OURS: &str = "higher than ours";

/// The two ends of a shading with the words that both end with said once: `less` and `more favorable than most peers`.
pub(crate) fn in_few_words(low: &str, high: &str) -> [String; 2] {
    let words: Vec<&str> = low.split_whitespace().collect();
    let ends = words.iter().rev().copied().zip(high.split_whitespace().rev());
    let shared = ends.take_while(|(low, high)| low == high).count();
    let low = if shared < words.len() { words[..words.len() - shared].join(" ") } else { low.to_owned() };
    [low, high.to_owned()]
}

/// The name of a measure and its year, as a heading.
pub(crate) fn measure_in(label: &str, year: SchoolYear) -> String {
    format!("{label}, {year}")
}

/// The distance of a peer, and how it is graded.
pub(crate) fn graded_distance(distance: f64, likeness: &str) -> String {
    format!("{distance:.2}, {likeness}")
}

/// One of several definitions.
pub(crate) fn defined(label: &str, definition: &str) -> String {
    format!("{label}: {definition}")
}

/// A small chart that is left out.
pub(crate) fn no_small_chart(title: &str) -> String {
    format!("Not shown for lack of data: {title}.")
}

/// A target, with the year by which to reach it.
pub(crate) fn target(by: Option<SchoolYear>) -> String {
    by.map_or_else(|| "Target".to_owned(), |year| format!("Target for {year}"))
}

/// How people call the single grades from 1 to 12.
const GRADES: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// How people call a grade (`third grade`, `third graders`); nothing for several grades.
pub(crate) fn grade_spellings(id: &str) -> Vec<String> {
    let number = id.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let name = number.and_then(|number| GRADES.get(number));
    name.into_iter().flat_map(|name| [format!("{name} grade"), format!("{name} graders")]).collect()
}

/// The short name of a grade that is a word, for charts of many grades; `None` for the others.
pub(crate) fn short_grade(id: &str) -> Option<&'static str> {
    match id {
        "EE" => Some("EE"),
        "PK" => Some("PK"),
        "KG" => Some("K"),
        _ => None,
    }
}

/// The note on a chart with these short names.
pub(crate) const SHORT_GRADES: &str = "EE is early education, PK prekindergarten, and K kindergarten.";

/// One of the parts of a subject: `Reading, grade 3`.
pub(crate) fn part_of(whole: &str, part: &str) -> String {
    format!("{whole}, {part}")
}

/// A difference with its sign: `+3.2`, `−1.4`.
pub(crate) fn signed(unit: Unit, difference: f64) -> String {
    let size = unit.format(difference.abs());
    let number = size.trim_end_matches('%');
    let is_zero = number.chars().all(|c| matches!(c, '0' | '.'));
    match difference {
        _ if is_zero => number.to_owned(),
        above if above > 0.0 => format!("+{number}"),
        _ => format!("\u{2212}{number}"),
    }
}

/// A title with the measure that replaces the first one.
pub(crate) fn title_with_measure(title: &str, measure: &str) -> String {
    format!("{title}: {measure}")
}

/// A column of a table, in dollars of a year.
pub(crate) fn in_dollars_of(label: &str, year: SchoolYear) -> String {
    format!("{label}, in {year} dollars")
}

/// A row of a table whose cells are years of time.
pub(crate) fn in_years(label: &str) -> String {
    format!("{label}, in years")
}

/// The note on a chart whose amounts are all in dollars of a year.
pub(crate) fn all_in_dollars_of(year: SchoolYear) -> String {
    format!("All amounts are in {year} dollars (CPI-U).")
}

/// The note on a chart whose amounts are in dollars of a year, with a line of those published.
pub(crate) fn constant_dollars(year: SchoolYear) -> String {
    format!("All amounts are in {year} dollars (CPI-U), except in the line “As published.”")
}

/// A part with its value: `Hispanic 62.0%`.
pub(crate) fn labeled(label: &str, value: &str) -> String {
    format!("{label} {value}")
}

/// Two years, as headings.
pub(crate) fn from_to(first: &str, last: &str) -> String {
    format!("{first} to {last}")
}

#[cfg(test)]
mod tests {
    use super::in_few_words;

    #[test]
    fn words_that_both_ends_share_are_said_once() {
        let short = in_few_words("less favorable than most peers", "more favorable than most peers");
        assert_eq!(short, ["less", "more favorable than most peers"]);
        assert_eq!(in_few_words("lowest", "highest"), ["lowest", "highest"]);
        assert_eq!(in_few_words("same", "same"), ["same", "same"]);
    }
}
