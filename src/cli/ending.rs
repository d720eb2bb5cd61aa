//! How a command ends: done, done without some of the data, or not carried out.

use std::io;

use crate::catalog::CatalogError;
use crate::diagnostic::Diagnostic;
use crate::disk::DiskError;
use crate::domain::clean_lines;
use crate::pack::BuildVerdict;
use crate::project::ProjectError;
use crate::run::RunError;
use crate::wording::run as wording;

/// How a command that was carried out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Done; there may be warnings.
    Done,
    /// Done, but some data could not be used.
    WithoutSomeData,
}

impl Ending {
    /// The ending of a command that met these problems: without some data if one of them is an error.
    pub(super) fn with_problems(problems: &[Diagnostic]) -> Self {
        match BuildVerdict::of(problems) {
            BuildVerdict::Complete => Self::Done,
            BuildVerdict::WithoutSomeData => Self::WithoutSomeData,
        }
    }
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The project cannot be read or its pack cannot be built.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The catalog is inconsistent.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// A panic, with its message and location: a bug in this program.
    #[error("{}", wording::fault(.0))]
    Fault(String),
    /// An argument names something that does not exist.
    #[error("{0}")]
    Unknown(String),
    /// The packs of all districts, or of a shard of them, are not finished.
    #[error("{0}")]
    NotFinished(String),
    /// Files cannot be written.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// Standard output cannot be written to.
    #[error("{}", wording::output_failed(.0))]
    Io(#[from] io::Error),
    /// A result cannot be serialized as JSON.
    #[error("{}", wording::json_failed(.0))]
    Json(#[from] serde_json::Error),
}

impl CliError {
    /// The message for standard error, free of control characters.
    #[must_use]
    pub fn line(&self) -> String {
        let text = if self.is_list() { self.to_string() } else { format!("error: {self}") };
        clean_lines(&text).into_owned()
    }

    /// Whether it is a list of faults, each of which begins with `error`.
    const fn is_list(&self) -> bool {
        matches!(self, Self::Catalog(_) | Self::Run(RunError::Project(ProjectError::Catalog(_))))
    }

    /// Whether the only failure is that the reader closed standard output, as `head` does after its last
    /// line.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        let kind = match self {
            Self::Io(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            _ => None,
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    }
}
