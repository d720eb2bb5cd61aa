//! The readiness report as files: a page to read and a workbook to work through.

mod page;
mod workbook;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::PackError;
use crate::readiness::Readiness;

/// What this program wrote into the folder last time, by name and hash.
const MADE: &str = ".made.json";

/// Writes `readiness.html` and `readiness.xlsx` into `folder`, and says where. A file there that the user changed, or
/// that this program did not write, stays as it is.
///
/// # Errors
/// [`PackError::Edited`] for such a file; [`PackError::Io`] where a file cannot be written;
/// [`PackError::File`] where one cannot be made.
pub fn write(readiness: &Readiness, folder: &Path) -> Result<Vec<PathBuf>, PackError> {
    let page = page::page(readiness).map_err(|e| not_made("readiness.html", e.into()))?;
    let workbook = workbook::workbook(readiness).map_err(|e| not_made("readiness.xlsx", e.into()))?;
    let files: [(&str, Vec<u8>); 2] = [("readiness.html", page.into_bytes()), ("readiness.xlsx", workbook)];
    let made: BTreeMap<String, String> = fs::read(folder.join(MADE))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    for (name, _) in &files {
        if let Ok(bytes) = fs::read(folder.join(name))
            && made.get(*name) != Some(&hash(&bytes))
        {
            return Err(PackError::Edited { out: folder.to_owned(), files: (*name).to_owned() });
        }
    }
    fs::create_dir_all(folder).map_err(PackError::io("make", folder))?;
    let mut written = Vec::new();
    for (name, bytes) in &files {
        let (path, partial) = (folder.join(name), folder.join(format!(".{name}.partial")));
        fs::write(&partial, bytes).map_err(PackError::io("write", &partial))?;
        fs::rename(&partial, &path).map_err(PackError::io("write", &path))?;
        written.push(path);
    }
    let made: BTreeMap<&str, String> = files.iter().map(|(name, bytes)| (*name, hash(bytes))).collect();
    let path = folder.join(MADE);
    let json = serde_json::to_vec_pretty(&made).map_err(|e| not_made(MADE, e.into()))?;
    fs::write(&path, json).map_err(PackError::io("write", &path))?;
    Ok(written)
}

fn not_made(name: &str, source: Box<dyn std::error::Error + Send + Sync>) -> PackError {
    PackError::File { name: name.to_owned(), source }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
