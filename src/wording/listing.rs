//! Lists, small numbers and signed changes within sentences.

use crate::domain::Unit;

/// `a, b and c`.
pub(crate) fn joined_with_and(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
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
