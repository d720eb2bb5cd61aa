//! Opens a project and reads its files, the first step of most commands.

use std::collections::BTreeSet;
use std::path::Path;

use super::ending::CliError;
use super::output::Reporter;
use super::progress::follower;
use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::run::{RunError, Session};
use crate::wording::run as wording;

/// Opens the project in a folder.
pub(super) fn open_project(folder: &Path) -> Result<Project, CliError> {
    Ok(Project::open(folder).map_err(RunError::from)?)
}

/// The id of the district that a command is about: from its arguments, or else from the project.
pub(super) fn district_id<'a>(argument: Option<&'a str>, project: &'a Project) -> &'a str {
    argument.unwrap_or(&project.file.retreat.district)
}

/// Reads all sources of a project, and reports how much they contain.
pub(super) fn read_project(project: &Project, reporter: Reporter) -> Result<Session<'_>, CliError> {
    let session = match Session::read_with(project, follower(reporter.verbosity)) {
        Err(RunError::AfterReading { problems, error }) => {
            return Err(after_problems(problems, *error, reporter));
        }
        read => read?,
    };
    reporter.progress(&summary(&session))?;
    let public = public_by_own_layouts(project);
    if !public.is_empty() {
        reporter.progress(&wording::public_sources(&public.join(", ")))?;
    }
    Ok(session)
}

/// The result of a step after the files were read. If it failed, the problems met before are printed: one of them may be why.
pub(super) fn or_problems<T>(
    result: Result<T, RunError>,
    session: &Session<'_>,
    reporter: Reporter,
) -> Result<T, CliError> {
    result.map_err(|error| after_problems(session.data.diagnostics.clone(), error, reporter))
}

/// Prints problems before an error.
fn after_problems(problems: Vec<Diagnostic>, error: RunError, reporter: Reporter) -> CliError {
    reporter.problems(problems).err().unwrap_or_else(|| error.into())
}

/// How much was read, in one sentence.
fn summary(session: &Session<'_>) -> String {
    let data = &session.data;
    let files: BTreeSet<&String> = data.sources.iter().map(|source| &source.path).collect();
    wording::files_read(data.observations, data.released.terms().districts.len(), files.len())
}

/// The paths of the first few sources that one of the project's own layouts declares public, and the number
/// of others.
fn public_by_own_layouts(project: &Project) -> Vec<String> {
    const LISTED: usize = 5;
    let public = project.sources.iter().filter(|source| source.is_own_layout && source.layout.public);
    let paths: BTreeSet<&String> = public.map(|source| &source.path).collect();
    let mut listed: Vec<String> = paths.iter().take(LISTED).map(|path| (*path).clone()).collect();
    if paths.len() > LISTED {
        listed.push(wording::other_sources(paths.len() - LISTED));
    }
    listed
}
