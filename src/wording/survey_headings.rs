//! What the survey says about headings between the rows of a table.

use std::collections::BTreeSet;

use super::listing::first_quoted;

/// How many headings are named.
const SHOWN: usize = 3;

/// Headings that say what the rows below them are about, in a way that a layout cannot read. `row` is that of the first.
pub(crate) fn headings_unclear(texts: &BTreeSet<&str>, row: u32) -> String {
    let shown = first_quoted(texts, SHOWN);
    if texts.len() == 1 {
        return format!(
            "{shown} in row {row} is a heading: it says what the rows below it are about. Write it into a column of its own, next to \
             each of these rows"
        );
    }
    format!(
        "{shown} (from row {row}) are headings: they say what the rows below them are about. Write them into a column of their own, \
         next to each of these rows"
    )
}

/// A line below a heading such as "Per Pupil".
pub(crate) fn line_below_heading(heading: &str) -> String {
    format!(
        "it is below the heading {heading:?}, which says more than its own name: which measure do the heading and the name describe together?"
    )
}

/// The part of the rows that headings between them give.
pub(crate) fn part_in_headings(role: &str) -> String {
    format!("The headings between the rows give their {role}.")
}

/// What may tell rows apart: the headings above them.
pub(crate) fn headings_between(texts: &BTreeSet<&str>) -> String {
    format!("the headings {}", first_quoted(texts, SHOWN))
}
