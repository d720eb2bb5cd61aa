//! The texts of `index.html` that mention numbers or names.

use super::listing::{count, counted, plural};

/// What the three severities of problems mean.
pub(crate) mod severity {
    pub(crate) const ERROR: &str = "some data was left out";
    pub(crate) const WARNING: &str = "the program interpreted or repaired some data; please check it";
    pub(crate) const NOTE: &str = "nothing is wrong, but this is good to know";
}

pub(crate) fn charts(number: usize) -> String {
    counted(number, "chart")
}

pub(crate) fn candidates(number: usize) -> String {
    counted(number, "SWOT candidate")
}

pub(crate) fn other_candidates(number: usize) -> String {
    counted(number, "more candidate")
}

/// The candidates about the series of one chart.
pub(crate) fn related_candidates(number: usize) -> String {
    format!("{} about the same numbers", candidates(number))
}

pub(crate) fn district_id(id: &str) -> String {
    format!("district {id}")
}

pub(crate) fn made_by(version: &str) -> String {
    format!(
        "Made by retreat {version} from the files listed under “What was read.” This page works offline and sends no data."
    )
}

/// `Strong evidence`, from the id of a confidence.
pub(crate) fn strength(confidence: &str) -> String {
    let mut letters = confidence.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let word: String = first.chain(letters).collect();
    format!("{word} evidence")
}

pub(crate) fn value_in_year(value: &str, year: &str) -> String {
    format!("{value} in {year}")
}

/// How many peers were chosen, from how many districts, by the values of which year.
pub(crate) fn peers_chosen(
    peers: usize,
    candidates: usize,
    year: &str,
    shared: &[(String, String)],
) -> String {
    let shared: Vec<String> =
        shared.iter().map(|(attribute, value)| format!("{attribute} ({value})")).collect();
    let all = match shared.as_slice() {
        [] => String::new(),
        shared => format!(" All have the same {}.", shared.join(", ")),
    };
    let these = match peers {
        1 => "one was".to_owned(),
        peers => format!("these {} were", count(peers)),
    };
    format!(
        "Of the {} that could have been chosen, {these} the most similar to this district in {year}.{all}",
        counted(candidates, "district")
    )
}

/// How much was read and computed.
pub(crate) struct DataCounts {
    pub(crate) observations: u64,
    pub(crate) estimates: u64,
    pub(crate) derived: u64,
    pub(crate) comparisons: u64,
    pub(crate) withheld: u64,
    pub(crate) revisions: u64,
}

pub(crate) fn data_counts(counts: &DataCounts) -> String {
    let DataCounts { observations, estimates, derived, comparisons, withheld, revisions } = counts;
    let revised = match *revisions {
        0 => String::new(),
        1 => " A later file published a different number for 1 value; the later number is used.".to_owned(),
        more => format!(
            " Later files published different numbers for {} values; the later numbers are used.",
            count(more as usize)
        ),
    };
    let withheld = match *withheld {
        0 => "It withholds no values.".to_owned(),
        some => format!("It withholds {} to protect students.", counted(some as usize, "value")),
    };
    format!(
        "The program read {} published {}. It turned them into {} for its measures, including {} that it computed. It compared \
         {} series for this district. {withheld}{revised}",
        count(*observations as usize),
        plural(*observations as usize, "value"),
        counted(*estimates as usize, "value"),
        count(*derived as usize),
        count(*comparisons as usize)
    )
}

pub(crate) fn methods(number: usize) -> String {
    format!(
        "{}, with {}",
        counted(number, "method"),
        if number == 1 { "its source" } else { "their sources" }
    )
}

pub(crate) fn method(how: &str, source: &str) -> String {
    format!("{how}. ({source})")
}

pub(crate) fn rows_left_out(rows: u64, why: &str) -> String {
    format!("{} left out: {why}", counted(rows as usize, "row"))
}

/// The most names of columns that the page lists for one reason.
const MOST_NAMES: usize = 12;

/// Columns that are left out for one reason.
pub(crate) fn columns_left_out(columns: &[&str], why: &str) -> String {
    let noun = if columns.len() == 1 { "Column" } else { "Columns" };
    format!("{noun} {} left out: {why}", quoted_names(columns))
}

pub(crate) fn unknown_columns(columns: &[&str]) -> String {
    format!("Columns that no layout recognizes: {}", quoted_names(columns))
}

/// The first names, and how many more there are.
fn quoted_names(columns: &[&str]) -> String {
    let shown: Vec<String> = columns.iter().take(MOST_NAMES).map(|column| format!("“{column}”")).collect();
    let more = columns.len().saturating_sub(MOST_NAMES);
    let rest = if more == 0 { String::new() } else { format!(", and {more} more, listed in report.json") };
    format!("{}{rest}", shown.join(", "))
}

pub(crate) fn errors(number: u64) -> String {
    counted(number as usize, "error")
}

pub(crate) fn warnings(number: u64) -> String {
    counted(number as usize, "warning")
}

pub(crate) fn notes(number: u64) -> String {
    counted(number as usize, "note")
}

/// A problem and how many more there are like it.
pub(crate) fn problem(found: &str, count_of_it: u64) -> String {
    match count_of_it {
        0 | 1 => found.to_owned(),
        all => format!("{found} (and {} more like it)", count(all as usize - 1)),
    }
}

pub(crate) fn problem_help(done: &str, hint: &str) -> String {
    format!("Done: {done}. Hint: {hint}.")
}
