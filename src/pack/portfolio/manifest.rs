//! `manifest.json`: what the packs of all districts were built from, how each build ended, and the files of the portfolio.

use serde::{Deserialize, Serialize};

use super::row::{PackOutcome, PortfolioRow};
use crate::diagnostic::SourceRead;
use crate::disk::{FolderKind, OtherFiles};
use crate::pack::out_file::{OutFile, WrittenFile};
use crate::pack::report::{DiagnosticList, PROGRAM, is_unchanged, listed_in, with_own_hash};

/// The manifest, which identifies a folder as a portfolio.
pub(in crate::pack) const FILE: &str = "manifest.json";

/// What all packs of a run share, and a row for each district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portfolio {
    /// Version of the program.
    pub version: String,
    /// Title of the retreat.
    pub title: String,
    /// The formats of the packs, sorted.
    pub formats: Vec<String>,
    /// The files that were read; without the hashes of those that are not public.
    pub sources: Vec<SourceRead>,
    /// Problems in the user's data, as each pack's report lists them.
    pub diagnostics: DiagnosticList,
    /// The districts, in the order of their ids.
    pub districts: Vec<PortfolioRow>,
}

impl Portfolio {
    /// How many districts have this outcome.
    pub(super) fn count(&self, outcome: PackOutcome) -> usize {
        self.districts.iter().filter(|row| row.outcome == outcome).count()
    }
}

/// The text of the manifest.
#[derive(Serialize)]
struct Manifest<'p> {
    // The first field, so that the beginning of the file identifies the folder.
    program: &'static str,
    /// The highest exit code of a district.
    exit: u8,
    #[serde(flatten)]
    portfolio: &'p Portfolio,
    files: &'p [WrittenFile],
}

pub(super) fn out_file<'p>(portfolio: &'p Portfolio, files: &'p [WrittenFile]) -> OutFile<'p> {
    OutFile::new(FILE, move |out| {
        let exit = portfolio.districts.iter().map(|row| row.exit).max().unwrap_or_default();
        let manifest = Manifest { program: PROGRAM, exit, portfolio, files };
        let text = serde_json::to_string_pretty(&manifest)? + "\n";
        Ok(out.write_all(with_own_hash(&text, HASH_NAME)?.as_bytes())?)
    })
}

/// The name of the manifest's own hash, in its last line.
const HASH_NAME: &str = "manifest_sha256";

/// A portfolio as a folder of this program.
pub(super) const PORTFOLIO: FolderKind = FolderKind { list: FILE, read: listed, others: OtherFiles::Refused };

/// The files that a manifest lists, and the manifest itself unless somebody changed it.
fn listed(bytes: &[u8]) -> Option<crate::disk::Listed> {
    listed_in(bytes, FILE, |text| is_unchanged(text, HASH_NAME))
}
