//! The lines below a statement: what it is based on, and what speaks against it.

use super::candidate::Finding;
use super::series::MeasuredSeries;
use crate::wording::evidence as words;

/// The people behind the latest value, if known, and the file that it is from. That their number was not published is said
/// among what limits it.
pub(super) fn evidence_line(series: &MeasuredSeries<'_>) -> String {
    let Some(latest) = series.comparison.latest() else { return String::new() };
    let people = series.measure.people.as_deref();
    let basis = match (people, latest.n) {
        (Some(people), Some(n)) => Some(words::based_on_people(n, people, latest.year)),
        _ => None,
    };
    let file = latest.sources.first().map(|place| place.file.rsplit('/').next().unwrap_or(&place.file));
    let source = file.map(words::from_file);
    [basis, source].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The first of what speaks against a candidate.
pub(super) fn with_doubt_line(mut finding: Finding) -> Finding {
    finding.doubt_line = finding.counter_evidence.first().map(|doubt| doubt.text.clone()).unwrap_or_default();
    finding
}
