//! The readiness report as files: a page to read and a workbook to work through.

mod page;
mod workbook;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::PackError;
use crate::disk::{FolderKind, KeptFiles, Listed, OtherFiles, Reserved, sha256};
use crate::readiness::Readiness;

const PAGE: &str = "readiness.html";
const WORKBOOK: &str = "readiness.xlsx";
/// What this program wrote into the folder last time, by name and hash.
pub(super) const MADE: &str = ".made.json";

/// The report as a folder of this program's, in which people may keep files of their own.
const REPORT: FolderKind =
    FolderKind { list: MADE, read: listed, others: OtherFiles::MoveAlong(&[PAGE, WORKBOOK, MADE]) };

fn listed(bytes: &[u8]) -> Option<Listed> {
    let mut files: Listed = serde_json::from_slice(bytes).ok()?;
    files.insert(MADE.to_owned(), sha256(bytes).ok()?);
    Some(files)
}

/// What was written.
#[derive(Debug)]
pub struct ReadinessWritten {
    /// The page and the workbook.
    pub files: [PathBuf; 2],
    /// Files that people changed after they had been looked at.
    pub kept: Vec<KeptFiles>,
}

/// Writes `readiness.html` and `readiness.xlsx` into `folder`, and says where. A file there that the user changed, or
/// one of these names that this program did not write, stays as it is, and so do other files; a link is never followed.
///
/// # Errors
/// [`PackError::Readiness`] for such a file, or where the folder cannot be written to; [`PackError::File`] where a file
/// cannot be made.
pub fn write(readiness: &Readiness, folder: &Path) -> Result<ReadinessWritten, PackError> {
    let page = page::page(readiness).map_err(|e| not_made(PAGE, e.into()))?;
    let workbook = workbook::workbook(readiness).map_err(|e| not_made(WORKBOOK, e.into()))?;
    let files: [(&str, &[u8]); 2] = [(PAGE, page.as_bytes()), (WORKBOOK, &workbook)];
    let hash = |(name, bytes): (&str, &[u8])| Ok((name.to_owned(), sha256(bytes)?));
    let made: std::io::Result<BTreeMap<String, String>> = files.into_iter().map(hash).collect();
    let made = made.and_then(|made| Ok(serde_json::to_vec_pretty(&made)?));
    let made = made.map_err(|e| not_made(MADE, e.into()))?;
    let reserved = Reserved::new(folder, REPORT).map_err(PackError::Readiness)?;
    for (name, bytes) in files.into_iter().chain([(MADE, &made[..])]) {
        reserved.put(name, |mut file| file.write_all(bytes).map_err(|e| not_made(name, e.into())))?;
    }
    let kept = reserved.commit().map_err(PackError::Readiness)?;
    Ok(ReadinessWritten { files: [PAGE, WORKBOOK].map(|name| folder.join(name)), kept })
}

fn not_made(name: &str, source: Box<dyn std::error::Error + Send + Sync>) -> PackError {
    PackError::File { name: name.to_owned(), source }
}
