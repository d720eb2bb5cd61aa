//! The project: `retreat.toml` beside the spreadsheets.

mod breaks;
mod check;
mod check_peers;
mod error;
mod settings;
mod sources;

use std::path::{Path, PathBuf};

use crate::catalog::{Catalog, CatalogFault, EntryChecker, Faults, SettingsFile, read_toml};
use crate::diagnostic::Diagnostic;
use crate::domain::SchoolScope;
use crate::wording;

pub use error::{FILE, ProjectError};
pub use settings::{
    DistrictsChoice, PackChoice, Privacy, ProjectFile, Retreat, SchoolsChoice, SourceSpec, TemplatesChoice,
};
pub use sources::{Source, named_layout};

use settings::SourceList;

/// A project: its folder, its file, and the catalog with the project's own entries.
#[derive(Debug)]
pub struct Project {
    /// The folder.
    pub folder: PathBuf,
    /// What `retreat.toml` says.
    pub file: ProjectFile,
    /// The embedded catalog and the project's own `catalog/`.
    pub catalog: Catalog,
    /// The sources with their layouts, in the order of the file.
    pub sources: Vec<Source>,
    /// What the user should know about the settings, although nothing is wrong.
    pub notices: Vec<Diagnostic>,
    /// Where its packs go: `out` in its folder, unless another place is given.
    pub out: PathBuf,
    /// The folder of a pack that readers already have: that one and the new one together reveal nothing withheld. Without it
    /// the pack in `out` is meant.
    pub previous: Option<PathBuf>,
    /// Of which districts the single schools are kept: of the project's own, unless packs of others are built.
    pub schools: SchoolScope,
}

impl Project {
    /// Opens the project in `folder`.
    ///
    /// # Errors
    /// [`ProjectError`] where there is no project file; or with all faults of the file, of the project's catalog, and of the
    /// layouts that the file names.
    pub fn open(folder: &Path) -> Result<Self, ProjectError> {
        if !folder.join(FILE).is_file() {
            return Err(missing(folder));
        }
        let mut faults = Faults::default();
        let mut catalog = Catalog::collecting(folder, &mut faults);
        let read = ReadProject::read(folder, &catalog, &mut faults);
        let notices = faults.finish()?;
        let Some(ReadProject { file, sources }) = read else { return Err(missing(folder)) };
        let layouts = sources::distinct_layouts(&sources);
        breaks::add_states(&mut catalog, &file, &layouts);
        breaks::add_breaks(&mut catalog, &file, &layouts);
        let schools = SchoolScope::of(&file.retreat.district);
        Ok(Self {
            folder: folder.to_owned(),
            schools: if file.schools.state { schools.with_state() } else { schools },
            file,
            catalog,
            sources,
            notices,
            out: folder.join("out"),
            previous: None,
        })
    }
}

fn missing(folder: &Path) -> ProjectError {
    ProjectError::Missing { folder: folder.display().to_string() }
}

/// The project file and its sources.
struct ReadProject {
    file: ProjectFile,
    sources: Vec<Source>,
}

impl ReadProject {
    /// Reads and checks them; `None` if there are faults without which nothing is left of the file.
    fn read(folder: &Path, catalog: &Catalog, faults: &mut Faults) -> Option<Self> {
        let settings = match read_toml(&folder.join(FILE)) {
            Ok(text) => SettingsFile::parse(FILE, &text, faults),
            Err(error) => {
                faults.push(CatalogFault::new(FILE, None, wording::settings::cannot_be_read(&error)));
                return None;
            }
        };
        let Some(file) = settings.read::<ProjectFile>(faults) else {
            check_sources_only(folder, catalog, &settings, faults);
            return None;
        };
        let mut checker = EntryChecker { catalog, place: settings.place(), faults };
        check::check_file(&mut checker, &file);
        check::check_own_measures(&mut checker, file.privacy.smallest_group);
        let sources = sources::read_sources(folder, &mut checker, &file.sources);
        if sources.len() == file.sources.len() {
            check::check_attributes(&mut checker, &file, &sources::distinct_layouts(&sources));
        }
        Some(Self { file, sources })
    }
}

/// Checks the layouts that a project file names whose other content is at fault.
fn check_sources_only(folder: &Path, catalog: &Catalog, settings: &SettingsFile, faults: &mut Faults) {
    if let Some(list) = settings.read::<SourceList>(&mut Faults::default()) {
        let mut checker = EntryChecker { catalog, place: settings.place(), faults };
        sources::read_sources(folder, &mut checker, &list.sources);
    }
}
