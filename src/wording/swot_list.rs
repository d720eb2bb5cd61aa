//! What `retreat swot` prints.

use super::listing::counted;
use crate::domain::SchoolYear;

/// The headings of a candidate's evidence.
pub(crate) const SUPPORTS: &str = "What supports it";
pub(crate) const LIMITS: &str = "What limits it";

/// The headings of what `--explain` adds.
pub(crate) const SERIES: &str = "Its values";
pub(crate) const VANISHES_IF: &str = "It would not be proposed if any of these were true";
pub(crate) const ABSORBED: &str = "What it includes";

/// The value of a year.
pub(crate) fn value_of(year: SchoolYear, value: &str) -> String {
    format!("{year}: {value}")
}

/// An amount as published, and after inflation: `$9.36 million ($11.72 million in 2024-25 dollars)`.
pub(crate) fn in_dollars_of(published: &str, real: &str, year: SchoolYear) -> String {
    format!("{published} ({real} in {year} dollars)")
}

/// The heading of the facts for a district with few candidates.
pub(crate) const WORTH_NOTICING: &str =
    "Facts worth noticing (the largest changes and differences, not judged as good or bad)";

/// One of them.
pub(crate) fn fact(statement: &str) -> String {
    format!("  {statement}")
}

/// The heading of the candidates that a quadrant does not show.
pub(crate) fn others(n: usize) -> String {
    format!("  {} not shown in the pack's first lists:", counted(n, "more candidate"))
}

/// The heading of a quadrant.
pub(crate) fn quadrant(heading: &str, meaning: &str) -> String {
    format!("{heading} ({meaning})")
}

/// A candidate in the list.
pub(crate) fn candidate(number: &str, statement: &str, confidence: &str, id: &str) -> String {
    format!("  {number}: {statement} [{confidence}; {id}]")
}

/// How a candidate came about.
pub(crate) struct CandidateOrigin<'a> {
    pub(crate) quadrant: &'a str,
    pub(crate) rule: &'a str,
    pub(crate) confidence: &'a str,
    pub(crate) score: f64,
}

pub(crate) fn explanation(statement: &str, question: &str, origin: &CandidateOrigin<'_>) -> String {
    let CandidateOrigin { quadrant, rule, confidence, score } = origin;
    format!(
        "{statement}\n\n{question}\n\n  proposed as: {quadrant}\n  rule: {rule}\n  confidence: {confidence}\n  score: \
         {score:.2}\n"
    )
}

/// `suggestion` names the nearest id, or is empty.
pub(crate) fn no_candidate(id: &str, suggestion: &str) -> String {
    format!("no candidate has the id {id:?}{suggestion}")
}
