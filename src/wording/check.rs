//! What `retreat check` prints.

use super::listing::count;

/// Nothing can be checked, because no file names a district.
pub(crate) const NO_DISTRICTS: &str = "No source names a district yet, so there is nothing to check.";
pub(crate) const COVERAGE_HEADING: &str =
    "What data you have (# reported, * hidden by the publisher, w withheld here, - blank, . none)";
/// A part of the district's life without any measure.
pub(crate) const NO_MEASURES: &str = "no data";
/// The headings of the table of measures by year.
pub(crate) const SCHOOL_YEAR_ENDING: &str = "school year ending";
pub(crate) const OTHER_DISTRICTS: &str = "other districts";
/// The headings of errors, warnings and notes.
pub(crate) const ERRORS: &str = "Data left out because it could not be read or cannot be true";
pub(crate) const WARNINGS: &str = "Please check";
pub(crate) const NOTES: &str = "Good to know";
/// The heading of the data that the district should request.
pub(crate) const REQUESTS: &str = "To request";

/// A heading with the number of things below it.
pub(crate) fn heading(heading: &str, number: usize) -> String {
    format!("{heading} ({})", count(number))
}

pub(crate) fn more_problems(more: usize) -> String {
    format!("and {} more: see readiness.xlsx, or use --verbose", count(more))
}

pub(crate) fn more_requests(more: usize) -> String {
    format!("and {} more: see readiness.xlsx", count(more))
}
