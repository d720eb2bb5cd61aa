//! Numbers with their nouns, and lists of names.

use crate::domain::Unit;

/// A number with its noun: `1 district`, `1,200 districts`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{} {}", count(number), plural(number, noun))
}

/// The noun as it follows a number: `district`, `districts`.
pub(crate) fn plural(number: usize, noun: &str) -> String {
    if number == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// A number of things: `1,200`.
pub(crate) fn count(number: usize) -> String {
    Unit::Count.format(number as f64)
}

/// `a, b, c`, or `a, b, c and 3 more`.
pub(crate) fn names_and_more(names: &[String], more: usize) -> String {
    let names = names.join(", ");
    if more == 0 { names } else { format!("{names} and {} more", count(more)) }
}
