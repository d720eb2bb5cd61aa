//! Sources whose layouts find no row in their files.

use std::collections::{BTreeMap, BTreeSet};

use super::file_readings::{UseReading, has_no_rows, is_error};
use super::source_files::{SourceIndex, UsePosition, UsedFile};
use crate::diagnostic::Diagnostic;
use crate::project::Project;

/// A problem for each source whose own layout finds no rows in its files, although other layouts do.
/// `readings` are those of the files that were read, `problems` those found in the files so far.
pub(super) fn sources_without_rows(
    project: &Project,
    files: &[UsedFile<'_>],
    readings: &[UseReading],
    problems: &[Diagnostic],
) -> Vec<Diagnostic> {
    let unexplained = unexplained_uses(readings, problems);
    let mut is_without_rows: BTreeMap<SourceIndex, bool> = BTreeMap::new();
    for file_use in files.iter().flat_map(|file| &file.uses) {
        *is_without_rows.entry(file_use.source).or_insert(true) &= unexplained.contains(&file_use.position);
    }
    let without_rows = is_without_rows.into_iter().filter(|(_, is_without_rows)| *is_without_rows);
    without_rows.map(|(source, _)| source_without_rows(project, source)).collect()
}

/// The uses of files that were read but have no rows, unless a problem of the file explains it.
fn unexplained_uses(readings: &[UseReading], problems: &[Diagnostic]) -> BTreeSet<UsePosition> {
    let errors = problems.iter().filter(|problem| is_error(problem));
    let files_with_errors: BTreeSet<&str> = errors.map(|problem| problem.place.file.as_str()).collect();
    let mut unexplained = BTreeSet::new();
    for UseReading { position, reading } in readings {
        if has_no_rows(reading) && !files_with_errors.contains(reading.report.path.as_str()) {
            unexplained.insert(*position);
        }
    }
    unexplained
}

fn source_without_rows(project: &Project, source: SourceIndex) -> Diagnostic {
    let source = &project.sources[source.0];
    Diagnostic::source_without_rows(&source.path, &source.layout.id)
}
