//! What was checked in a file, and with what result.

use serde::Serialize;

/// One check.
#[derive(Debug, Serialize)]
pub(super) struct Check {
    /// What must hold, as a sentence.
    pub(super) check: &'static str,
    pub(super) passed: bool,
    /// Where it does not hold; empty if it passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<String>,
}

impl Check {
    /// A check that failed at these places, or passed if there are none.
    pub(super) fn with_places(check: &'static str, places: Vec<String>) -> Self {
        Self { check, passed: places.is_empty(), places }
    }

    /// A check of the whole file.
    pub(super) const fn of_file(check: &'static str, passed: bool) -> Self {
        Self { check, passed, places: Vec::new() }
    }
}
