//! `retreat build --all-districts`: a pack for every district of the sources.

use super::ending::CliError;
use super::fault::catch_panic;
use super::output::Reporter;
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::domain::{District, FileName};
use crate::pack::Formats;
use crate::run::{Session, in_parallel};
use crate::wording::run::{BUILD_ALONE, NO_DISTRICTS};

/// Builds the pack of each district in its own folder inside the project's output folder, several at a time, and returns the
/// problems met. A pack that cannot be built is reported as a problem and does not stop the other districts.
///
/// # Errors
/// If the output folder is a file, the sources name no district, or not a single pack could be built.
pub(super) fn build_every_district(
    session: Session<'_>,
    formats: &Formats,
    reporter: Reporter,
) -> Result<Vec<Diagnostic>, CliError> {
    disk::check_is_folder(&session.project.out)?;
    let session = &session.for_all();
    let districts = &session.data.released.terms().districts;
    let ids: Vec<&str> = districts.iter().map(|district| district.shown_id.as_str()).collect();
    let wanted = districts.iter().zip(FileName::for_all(&ids));
    let wanted: Vec<WantedPack<'_>> = wanted
        .map(|(district, folder)| WantedPack { session, formats, reporter, district, folder })
        .collect();
    let built = in_parallel(&wanted, WantedPack::build);
    all_problems(session, &wanted, built, reporter)
}

/// A pack to build.
struct WantedPack<'a> {
    session: &'a Session<'a>,
    formats: &'a Formats,
    reporter: Reporter,
    district: &'a District,
    /// The name of its folder.
    folder: FileName,
}

impl WantedPack<'_> {
    /// Builds the pack, and says so. Of what was built, only the problems of this pack alone stay in memory.
    fn build(&self) -> Result<Vec<Diagnostic>, CliError> {
        let Self { session, formats, reporter, district, folder } = self;
        let out = session.project.out.join(folder);
        let built = catch_panic(|| Ok(session.build(district.id.as_str(), &out, formats)?))?;
        reporter.pack_built(&built)?;
        Ok(folder_renamed(district, folder).into_iter().chain(built.of_this_pack).collect())
    }
}

/// The problems of the data and of all packs, in the order of the districts; the first error if no pack was built.
fn all_problems(
    session: &Session<'_>,
    wanted: &[WantedPack<'_>],
    built: Vec<Result<Vec<Diagnostic>, CliError>>,
    reporter: Reporter,
) -> Result<Vec<Diagnostic>, CliError> {
    let mut problems = session.data.diagnostics.clone();
    let (mut first_error, mut has_built) = (None, false);
    for (wanted, built) in wanted.iter().zip(built) {
        match built {
            Ok(of_this_pack) => {
                has_built = true;
                problems.extend(of_this_pack);
            }
            // Standard error cannot be written.
            Err(error @ CliError::Io(_)) => return Err(error),
            Err(error) => {
                problems.push(not_built(wanted.district, &error));
                first_error.get_or_insert(error);
            }
        }
    }
    if has_built {
        return Ok(problems);
    }
    let Some(error) = first_error else {
        return Err(CliError::Unknown(NO_DISTRICTS.to_owned()));
    };
    reporter.problems(problems)?;
    Err(error)
}

/// The problem of a district whose folder is not named by its id, because not every system allows a folder
/// with that name.
fn folder_renamed(district: &District, folder: &FileName) -> Option<Diagnostic> {
    let id = &district.shown_id;
    (folder.as_str() != id).then(|| Diagnostic::folder_renamed(&district.name, id, folder.as_str()))
}

fn not_built(district: &District, error: &CliError) -> Diagnostic {
    let text = error.to_string();
    let (why, hint) = text.split_once("\n  hint: ").unwrap_or((&text, BUILD_ALONE));
    Diagnostic::district_not_built(&district.name, &district.shown_id, why, hint)
}
