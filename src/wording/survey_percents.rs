//! What the survey says about percents and fractions in the columns of one table.

/// A percent that is small in one column and not in another.
pub(crate) fn percents_like_column(label: &str, letters: &str) -> String {
    format!("{label}; a percent, like the numbers for the same measure in column {letters}")
}

/// Small numbers of a group, a hundredth of the percents in another column.
pub(crate) fn fractions_like_column(label: &str, letters: &str) -> String {
    format!(
        "{label}; a percent written as a fraction, since column {letters} has percents a hundred times as large"
    )
}

/// The same, of a measure that may be that small.
pub(crate) fn fractions_beside_percents(letters: &str) -> String {
    format!(
        "its values are about a hundredth of those in column {letters}: specify whether they are small percents (times = 1) or \
         fractions (times = 100)"
    )
}

/// Numbers that look like fractions, next to percents that are as small.
pub(crate) fn fractions_beside_small_percents(letters: &str) -> String {
    format!(
        "its values look like fractions, but those in column {letters} are percents of less than 1: specify which they are (times = 1 \
         or times = 100)"
    )
}

pub(crate) const FRACTIONS_ADD_UP: &str = "fractions of 1, since the values of all groups add up to 1";
