//! `retreat build --all-districts`: a pack for every district of the sources.

use super::ending::CliError;
use super::fault::catch_panic;
use super::output::Reporter;
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::domain::{District, FileName};
use crate::pack::Formats;
use crate::run::{Built, Session};
use crate::wording::run::{BUILD_ALONE, NO_DISTRICTS};

/// Builds the pack of each district in its own folder inside the project's output folder, and returns the
/// problems met. A pack that cannot be built is reported as a problem and does not stop the other districts.
///
/// # Errors
/// If the output folder is a file, the sources name no district, or not a single pack could be built.
pub(super) fn build_every_district(
    session: &Session<'_>,
    formats: &Formats,
    reporter: Reporter,
) -> Result<Vec<Diagnostic>, CliError> {
    disk::check_is_folder(&session.project.out)?;
    let districts = &session.data.released.terms().districts;
    let ids: Vec<&str> = districts.iter().map(|district| district.shown_id.as_str()).collect();
    let mut packs = DistrictPacks::new(session, formats, reporter);
    for (district, folder) in districts.iter().zip(FileName::for_all(&ids)) {
        packs.add(district, &folder)?;
    }
    packs.finish()
}

/// The state of building the packs of all districts.
struct DistrictPacks<'a> {
    session: &'a Session<'a>,
    formats: &'a Formats,
    reporter: Reporter,
    /// The problems met so far.
    problems: Vec<Diagnostic>,
    /// Why the first pack that failed could not be built; `None` if none has failed.
    first_error: Option<CliError>,
    /// Whether a pack has been built.
    has_built: bool,
}

impl<'a> DistrictPacks<'a> {
    fn new(session: &'a Session<'a>, formats: &'a Formats, reporter: Reporter) -> Self {
        let problems = session.data.diagnostics.clone();
        Self { session, formats, reporter, problems, first_error: None, has_built: false }
    }

    /// Builds the pack of a district in the folder with this name.
    fn add(&mut self, district: &District, folder: &FileName) -> Result<(), CliError> {
        match self.build(district, folder) {
            Ok(built) => {
                self.has_built = true;
                self.problems.extend(folder_renamed(district, folder));
                self.reporter.pack_built(&built)?;
                self.problems.extend(built.of_this_pack);
            }
            Err(error) => {
                self.problems.push(not_built(district, &error));
                self.first_error.get_or_insert(error);
            }
        }
        Ok(())
    }

    fn build(&self, district: &District, folder: &FileName) -> Result<Built, CliError> {
        let out = self.session.project.out.join(folder);
        catch_panic(|| Ok(self.session.build(district.id.as_str(), &out, self.formats)?))
    }

    /// The problems met; the first error if no pack was built.
    fn finish(self) -> Result<Vec<Diagnostic>, CliError> {
        if self.has_built {
            return Ok(self.problems);
        }
        let Some(error) = self.first_error else {
            return Err(CliError::Unknown(NO_DISTRICTS.to_owned()));
        };
        self.reporter.problems(self.problems)?;
        Err(error)
    }
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
