//! Checks `findings.toml`: its measures, and that its numbers mean something.

use super::ids::EntryChecker;
use crate::wording::catalog as say;

/// Checks the settings that all rules share.
pub(super) fn check(checker: &mut EntryChecker<'_>) {
    let spec = &checker.catalog.findings;
    checker.measures(spec.people.iter().map(|count| &count.counted_by));
    for test in &spec.participation {
        checker.measure(&test.rate);
        checker.measures(&test.results);
    }
    let unusual = spec.unusual_participation;
    if !(0.0..50.0).contains(&unusual.low) || !(50.0..=100.0).contains(&unusual.high) {
        checker.report("unusual-participation", say::percentiles_not_apart("unusual-participation"));
    }
}
