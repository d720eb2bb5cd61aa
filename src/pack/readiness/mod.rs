//! The readiness report as files: a page to read and a workbook to work through.

mod data_request;
mod page;
mod workbook;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::PackError;
use crate::disk::{FolderKind, KeptFiles, Listed, OtherFiles, Reserved, sha256};
use crate::readiness::Readiness;

const PAGE: &str = "readiness.html";
const WORKBOOK: &str = "readiness.xlsx";
const DATA_REQUEST: &str = "data-request.docx";
/// The list of the files that this program wrote into the folder last time, by name and hash.
pub(super) const WRITTEN_LIST: &str = ".made.json";

/// The report as a folder of this program, in which users may keep files of their own.
const REPORT: FolderKind = FolderKind {
    list: WRITTEN_LIST,
    read: listed,
    others: OtherFiles::MoveAlong(&[PAGE, WORKBOOK, DATA_REQUEST, WRITTEN_LIST]),
};

fn listed(bytes: &[u8]) -> Option<Listed> {
    let mut files: Listed = serde_json::from_slice(bytes).ok()?;
    files.insert(WRITTEN_LIST.to_owned(), sha256(bytes).ok()?);
    Some(files)
}

/// The files of a readiness report that was written.
#[derive(Debug)]
pub struct ReadinessWritten {
    /// The page, the workbook, and the data request.
    pub files: [PathBuf; 3],
    /// Files that users changed after they had been checked.
    pub kept: Vec<KeptFiles>,
}

/// Writes `readiness.html`, `readiness.xlsx`, and `data-request.docx` into `folder`, and returns their paths. If the user changed
/// one of these files, or this program did not write it, it stays as it is, and so do all other files. Links
/// are never followed.
///
/// # Errors
/// [`PackError::Readiness`] for such a file, or if the folder cannot be written to; [`PackError::File`] if a
/// file cannot be made.
pub fn write(readiness: &Readiness, folder: &Path) -> Result<ReadinessWritten, PackError> {
    let page = page::page(readiness).map_err(|error| file_error(PAGE, error.into()))?;
    let workbook = workbook::workbook(readiness).map_err(|error| file_error(WORKBOOK, error.into()))?;
    let request = data_request::document(readiness).map_err(|error| file_error(DATA_REQUEST, error))?;
    let mut files = vec![
        ReportFile { name: PAGE, bytes: page.into_bytes() },
        ReportFile { name: WORKBOOK, bytes: workbook },
        ReportFile { name: DATA_REQUEST, bytes: request },
    ];
    let list = written_list(&files).map_err(|error| file_error(WRITTEN_LIST, error.into()))?;
    files.push(ReportFile { name: WRITTEN_LIST, bytes: list });
    let reserved = Reserved::new(folder, REPORT).map_err(PackError::Readiness)?;
    for file in &files {
        reserved.put(file.name, |mut target| file.write_to(&mut target))?;
    }
    let kept = reserved.commit().map_err(PackError::Readiness)?;
    Ok(ReadinessWritten { files: [PAGE, WORKBOOK, DATA_REQUEST].map(|name| folder.join(name)), kept })
}

/// A file of the report.
struct ReportFile {
    name: &'static str,
    bytes: Vec<u8>,
}

impl ReportFile {
    fn write_to(&self, target: &mut impl Write) -> Result<(), PackError> {
        target.write_all(&self.bytes).map_err(|error| file_error(self.name, error.into()))
    }
}

/// The hashes of the files by name, as JSON.
fn written_list(files: &[ReportFile]) -> std::io::Result<Vec<u8>> {
    let mut hashes = BTreeMap::new();
    for file in files {
        hashes.insert(file.name, sha256(&file.bytes[..])?);
    }
    Ok(serde_json::to_vec_pretty(&hashes)?)
}

fn file_error(name: &str, source: Box<dyn std::error::Error + Send + Sync>) -> PackError {
    PackError::File { name: name.to_owned(), source }
}
