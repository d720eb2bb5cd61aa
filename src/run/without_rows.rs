//! Files and sources in which no layout finds a row.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{ReadOnce, UsedFile};
use crate::diagnostic::{Diagnostic, Severity};
use crate::observation::FileReading;
use crate::project::Project;

/// The problem of a file in which no layout finds a row, where nothing else is said of why.
pub(super) fn emptied(once: &ReadOnce) -> Option<Diagnostic> {
    let is_told = once.diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    let file = &once.of_uses().next()?.report.path;
    (!is_told && once.of_uses().all(has_no_rows)).then(|| Diagnostic::no_rows(file))
}

fn has_no_rows(reading: &FileReading) -> bool {
    let is_told = reading.diagnostics.as_slice().iter().any(|problem| problem.severity == Severity::Error);
    !is_told && reading.report.sheets.iter().all(|sheet| sheet.rows == 0)
}

/// The problems of sources whose files have rows that other layouts read, but not their own. `readings` are those of
/// the files that were read, each with the position of its use; `problems` what is said of files so far.
pub(super) fn sources_without_rows(
    project: &Project,
    files: &[UsedFile<'_>],
    readings: &[(usize, FileReading)],
    problems: &[Diagnostic],
) -> Vec<Diagnostic> {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let explained: BTreeSet<&str> = errors.map(|problem| problem.place.file.as_str()).collect();
    let readings: BTreeMap<usize, &FileReading> =
        readings.iter().map(|(position, reading)| (*position, reading)).collect();
    // Of each source whether all its files were read and have no rows, and nothing else is said of why.
    let mut without: BTreeMap<usize, bool> = BTreeMap::new();
    for used in files.iter().flat_map(|file| &file.uses) {
        let is_unexplained = readings
            .get(&used.position)
            .is_some_and(|reading| has_no_rows(reading) && !explained.contains(reading.report.path.as_str()));
        *without.entry(used.source).or_insert(true) &= is_unexplained;
    }
    let without = without.into_iter().filter(|(_, without)| *without);
    without
        .map(|(source, _)| {
            let source = &project.sources[source];
            Diagnostic::source_without_rows(&source.path, &source.layout.id)
        })
        .collect()
}
