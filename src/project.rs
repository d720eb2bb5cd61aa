//! The project: `retreat.toml` beside the spreadsheets.

mod breaks;
mod check;
mod error;
mod settings;
mod sources;

use std::path::{Path, PathBuf};

use crate::catalog::Catalog;

pub use error::{FILE, ProjectError};
pub use settings::{DistrictsChoice, PackChoice, Privacy, ProjectFile, Retreat, SourceSpec};
pub use sources::Source;

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
    /// Where its packs go: `out` in its folder, unless another place is given.
    pub out: PathBuf,
    /// The folder of a pack that readers already have: that one and the new one together reveal nothing withheld. Without it
    /// the pack in `out` is meant.
    pub previous: Option<PathBuf>,
}

impl Project {
    /// Opens the project in `folder`.
    ///
    /// # Errors
    /// [`ProjectError`] where the file or a layout it names cannot be used.
    pub fn open(folder: &Path) -> Result<Self, ProjectError> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Err(ProjectError::Missing { folder: folder.display().to_string() });
        }
        let file = ProjectFile::read(&path)?;
        let mut catalog = Catalog::of_project(folder)?;
        check::check_file(&file, &catalog)?;
        check::check_own_measures(&file.privacy, &catalog)?;
        let sources = sources::read_sources(folder, &catalog, &file.sources)?;
        let layouts = sources::distinct_layouts(&sources);
        check::check_attributes(&file.peers, &catalog, &layouts)?;
        let of_layouts = layouts.iter().flat_map(|layout| &layout.breaks);
        breaks::add_breaks(&mut catalog, file.breaks.iter().chain(of_layouts));
        Ok(Self {
            folder: folder.to_owned(),
            file,
            catalog,
            sources,
            out: folder.join("out"),
            previous: None,
        })
    }
}
