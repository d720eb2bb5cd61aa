//! What a run of all districts, or of a shard of them, leaves in the project's folder: what it was built from, and what it built.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, SourceRead};
use crate::domain::Shard;
use crate::pack::{DiagnosticList, PortfolioRow};

/// The build of a district that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictRecord {
    /// A hash of everything that the pack depends on; `None` if a file could not be read.
    pub fingerprint: Option<String>,
    /// Its row in the portfolio.
    pub row: PortfolioRow,
}

impl DistrictRecord {
    /// The problems of this pack alone.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        &self.row.problems
    }
}

/// What the districts of a run were built from: the same for all its shards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunInputs {
    /// Version of the program.
    pub version: String,
    /// A hash of the program's sources.
    pub build: String,
    /// Title of the retreat.
    pub title: String,
    /// The formats of the packs.
    pub formats: Vec<String>,
    /// A hash of the project's settings, layouts, and catalog.
    pub settings: String,
    /// The files that were read.
    pub files: Vec<InputFile>,
    /// How many districts they contain.
    pub districts: usize,
    /// A hash of the data, including what earlier packs show; `None` if a file could not be read.
    pub released: Option<String>,
    /// What was read from each file, as the manifest publishes it.
    pub sources: Vec<SourceRead>,
    /// The problems of the data, as the manifest publishes them.
    pub diagnostics: DiagnosticList,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InputFile {
    /// Path relative to the project.
    pub path: String,
    /// SHA-256 of its content, also if it is not public: the record stays in the project.
    pub sha256: Option<String>,
}

/// A shard that is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardRecord {
    /// Which one.
    pub shard: Shard,
    /// What it was built from.
    pub inputs: RunInputs,
    /// Its districts, in the order of their ids.
    pub districts: Vec<DistrictRecord>,
}

/// What was merged last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MergedRecord {
    /// All districts.
    pub(super) whole: ShardRecord,
    /// The hashes of the records of shards that it takes the place of.
    pub(super) absorbed: Vec<String>,
}
