//! Opens a project and reads its files, the first step of most commands.

use std::collections::BTreeSet;
use std::path::Path;

use super::ending::CliError;
use super::output::Reporter;
use super::progress::follower;
use crate::diagnostic::Diagnostic;
use crate::project::Project;
use crate::run::{ComparedDistrict, ReadCounts, RunError, Session, kept_district};
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
    report_reading(project, session.data.counts(), reporter)?;
    Ok(session)
}

/// The comparisons of a district: those that an earlier run kept, if nothing has changed since.
pub(super) fn read_compared(
    project: &Project,
    id: &str,
    reporter: Reporter,
) -> Result<ComparedDistrict, CliError> {
    if let Some(kept) = kept_district(project, id) {
        report_reading(project, kept.read, reporter)?;
        return Ok(kept);
    }
    let session = read_project(project, reporter)?;
    let district = or_problems(session.district(id), &session, reporter)?;
    Ok(district.into_compared())
}

/// Reports how much was read, and what is public because a layout of the project says so.
fn report_reading(project: &Project, read: ReadCounts, reporter: Reporter) -> Result<(), CliError> {
    let ReadCounts { observations, districts, files } = read;
    reporter.progress(&wording::files_read(observations, districts, files))?;
    let public = public_by_own_layouts(project);
    if !public.is_empty() {
        reporter.progress(&wording::public_sources(&public.join(", ")))?;
    }
    Ok(())
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
