//! Years as text.

use crate::domain::SchoolYear;

/// A school year, given by its end, formatted for display.
pub(super) fn year_label(end: i32) -> String {
    SchoolYear::ending(end).map_or_else(|_| end.to_string(), |year| year.to_string())
}

/// Several school years.
pub(super) fn year_labels(ends: &[i32]) -> Vec<String> {
    ends.iter().map(|end| year_label(*end)).collect()
}
