//! Why a run cannot go on.

use crate::{chart, pack};

/// Why a run cannot go on. Problems in the data never stop one; they are diagnostics.
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
        /// The id asked for.
        id: String,
        /// The nearest known districts.
        nearest: String,
    },
    /// The folder named as that of an earlier pack holds none.
    #[error(
        "{folder} holds no pack\n  hint: name the folder of a pack, the one that holds index.html, with --previous"
    )]
    NoPack {
        /// The folder.
        folder: String,
    },
    /// A threshold of the project belongs to no rule.
    #[error("retreat.toml: {0}")]
    Threshold(String),
    /// A chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] chart::ChartError),
    /// The pack cannot be written.
    #[error(transparent)]
    Pack(#[from] pack::PackError),
    /// The tables do not hold together: a fault of this program.
    #[error("a table does not hold together: {0}")]
    Table(#[from] polars::prelude::PolarsError),
    /// A pattern of a layout cannot be read.
    #[error("a layout's pattern cannot be read: {0}")]
    Pattern(#[from] regex::Error),
}
