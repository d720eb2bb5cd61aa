//! Checks `findings.toml`, its measures and numbers, and the numbers in `room.toml`.

use super::CopiedRows;
use super::ids::EntryChecker;
use crate::wording::catalog as say;

/// Checks the settings that all rules share.
pub(super) fn check(checker: &mut EntryChecker<'_>) {
    let spec = &checker.catalog.findings;
    for count in &spec.people {
        checker.measure(&count.counted_by);
        checker.measures(count.share.iter().chain(&count.measures));
    }
    for test in &spec.participation {
        checker.measure(&test.rate);
        checker.measures(&test.results);
    }
    for story in &spec.story {
        checker.measures(&story.measures);
        for id in story.apart.iter().filter(|id| !story.measures.contains(id)) {
            checker.report(id, say::not_of_story("apart", id, &story.id));
        }
        for id in story.lead.iter().filter(|id| !story.measures.contains(id)) {
            checker.report(id, say::not_of_story("lead", id, &story.id));
        }
    }
    let unusual = spec.unusual_participation;
    if !(0.0..50.0).contains(&unusual.low) || !(50.0..=100.0).contains(&unusual.high) {
        checker.report("unusual-participation", say::percentiles_not_apart("unusual-participation"));
    }
    for (key, number) in spec.judging.numbers() {
        if number <= 0.0 || !number.is_finite() {
            checker.report(key, say::number_not_positive(key));
        }
    }
    for (key, percent) in
        [("nearly-all", spec.judging.nearly_all), ("clear-of-median", spec.judging.clear_of_median)]
    {
        if percent > 100.0 {
            checker.report(key, say::above_100_percent(key));
        }
    }
}

/// Checks when rows of two exports are the same answers.
pub(super) fn check_copies(checker: &mut EntryChecker<'_>, copies: &CopiedRows) {
    for (key, number) in copies.numbers() {
        if number == 0 {
            checker.report(key, say::number_not_positive(key));
        }
    }
}
