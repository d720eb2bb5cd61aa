//! Why a run cannot continue.

use crate::{chart, pack};

/// Why a run cannot continue. Problems in the data never stop a run; they are diagnostics.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The project cannot be opened.
    #[error(transparent)]
    Project(#[from] crate::project::ProjectError),
    /// The district is in none of the sources.
    #[error(
        "no source has a district {id}{nearest}\n  hint: check `district` in retreat.toml, or name one with --district"
    )]
    District {
        /// The requested id.
        id: String,
        /// The known districts whose ids or names are most similar, in words.
        nearest: String,
    },
    /// The folder given with `--previous` holds no pack.
    #[error(
        "{folder} holds no pack\n  hint: name the folder of a pack, the one that holds index.html, with --previous"
    )]
    NoPack {
        /// The folder.
        folder: String,
    },
    /// A threshold of the project is not one of any rule.
    #[error("retreat.toml: {0}")]
    Threshold(String),
    /// A chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] chart::ChartError),
    /// The pack cannot be written.
    #[error(transparent)]
    Pack(#[from] pack::PackError),
    /// A table is inconsistent: a bug in this program.
    #[error("a table does not hold together: {0}")]
    Table(#[from] polars::prelude::PolarsError),
    /// A layout has an invalid pattern.
    #[error("a layout's pattern cannot be read: {0}")]
    Pattern(#[from] regex::Error),
}
