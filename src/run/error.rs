//! Why a run cannot continue.

use crate::diagnostic::Diagnostic;
use crate::wording::run as wording;
use crate::{chart, pack};

/// Why a run cannot continue. Problems in the data never stop a run; they are diagnostics.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The project cannot be opened.
    #[error(transparent)]
    Project(#[from] crate::project::ProjectError),
    /// The district is in none of the sources.
    #[error("{}", wording::no_such_district(id, nearest))]
    District {
        /// The requested id.
        id: String,
        /// The known districts whose ids or names are most similar, in words.
        nearest: String,
    },
    /// The folder given with `--previous` holds no pack.
    #[error("{}", wording::no_pack(folder))]
    NoPack {
        /// The folder.
        folder: String,
    },
    /// Shards cannot be merged.
    #[error(transparent)]
    Shards(#[from] super::ShardsError),
    /// The files were read, with problems, before something else failed.
    #[error("{error}")]
    AfterReading {
        /// The problems met while reading.
        problems: Vec<Diagnostic>,
        /// Why the run cannot continue.
        error: Box<Self>,
    },
    /// A threshold of the project is not one of any rule.
    #[error("{}", wording::wrong_threshold(.0))]
    Threshold(String),
    /// A chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] chart::ChartError),
    /// The pack cannot be written.
    #[error(transparent)]
    Pack(#[from] pack::PackError),
    /// A table is inconsistent: a bug in this program.
    #[error("{}", wording::inconsistent_table(.0))]
    Table(#[from] polars::prelude::PolarsError),
    /// A layout has an invalid pattern.
    #[error("{}", wording::bad_pattern(.0))]
    Pattern(#[from] regex::Error),
}
