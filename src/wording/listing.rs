//! Lists, spans, numbers with their nouns, small numbers, and signed changes within sentences.

use std::fmt::Display;

use crate::domain::Unit;

/// `2018-19 to 2023-24`, or the only one.
pub(crate) fn from_to<T: Display + PartialEq>(first: T, last: T) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

/// `a, b, and c`.
pub(crate) fn joined_with_and(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}

/// Small numbers in words.
pub(crate) fn in_words(n: usize) -> String {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    words.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// A change with a minus sign if it is negative.
pub(crate) fn signed_change(unit: Unit, change: f64) -> String {
    let sign = if change < 0.0 { "−" } else { "" };
    format!("{sign}{}", unit.format_change(change))
}

/// A change with a plus or a minus sign.
pub(crate) fn plus_or_minus(unit: Unit, change: f64) -> String {
    let sign = if change < 0.0 { "−" } else { "+" };
    format!("{sign}{}", unit.format_change(change))
}

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

/// The first `most` texts in quotes, with a sign if there are more: `"a", "b" …`.
pub(crate) fn first_quoted<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, most: usize) -> String {
    let mut texts = texts.into_iter();
    let shown: Vec<String> = texts.by_ref().take(most).map(|text| format!("{:?}", text.as_ref())).collect();
    let more = if texts.next().is_some() { " …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// `a, b, c`, or `a, b, c, and 3 more`.
pub(crate) fn names_and_more(names: &[String], more: usize) -> String {
    let names = names.join(", ");
    if more == 0 { names } else { format!("{names}, and {} more", count(more)) }
}
