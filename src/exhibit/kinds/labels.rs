//! Years as text.

use crate::domain::SchoolYear;

/// Several school years.
pub(super) fn year_labels(ends: &[i32]) -> Vec<String> {
    ends.iter().map(|end| SchoolYear::text_of(*end)).collect()
}
