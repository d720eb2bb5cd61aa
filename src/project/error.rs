//! Why a project cannot be opened.

use crate::catalog::CatalogError;
use crate::wording;

/// The project file's name.
pub const FILE: &str = "retreat.toml";

/// Why a project cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// There is no project file.
    #[error("{}", wording::project::no_project_file(FILE, .folder))]
    Missing {
        /// The folder.
        folder: String,
    },
    /// The project file, the catalog or a layout has faults.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
}
