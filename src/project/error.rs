//! Why a project cannot be opened.

use crate::catalog::CatalogError;

/// The project file's name.
pub const FILE: &str = "retreat.toml";

/// Why a project cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// There is no project file.
    #[error(
        "there is no {FILE} in {folder}\n  hint: name the project's folder, as in `retreat build sample_data`"
    )]
    Missing {
        /// The folder.
        folder: String,
    },
    /// The project file cannot be read.
    #[error("{file} cannot be read: {message}")]
    Unreadable {
        /// The file.
        file: String,
        /// What is wrong, with the line.
        message: String,
    },
    /// Something in it is inconsistent.
    #[error("{FILE}: {message}")]
    Wrong {
        /// What is wrong and what to do.
        message: String,
    },
    /// The catalog or a layout is inconsistent.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
}
