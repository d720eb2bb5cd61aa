//! The readiness report as files: a page to read and a workbook to work through.

mod page;
mod workbook;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{PackError, folder};
use crate::readiness::Readiness;

/// What this program wrote into the folder last time, by name and hash.
pub(super) const MADE: &str = ".made.json";

/// Writes `readiness.html` and `readiness.xlsx` into `folder`, and says where. A file there that the user changed, or
/// that this program did not write, stays as it is; a link is never followed.
///
/// # Errors
/// [`PackError::Edited`] for such a file; [`PackError::NotAFolder`] where `folder` is a link;
/// [`PackError::Io`] where a file cannot be written; [`PackError::File`] where one cannot be made.
pub fn write(readiness: &Readiness, folder: &Path) -> Result<Vec<PathBuf>, PackError> {
    let page = page::page(readiness).map_err(|e| not_made("readiness.html", e.into()))?;
    let workbook = workbook::workbook(readiness).map_err(|e| not_made("readiness.xlsx", e.into()))?;
    let files: [(&str, Vec<u8>); 2] = [("readiness.html", page.into_bytes()), ("readiness.xlsx", workbook)];
    folder::check_own(folder)?;
    let made: BTreeMap<String, String> =
        own(&folder.join(MADE)).and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    for (name, _) in &files {
        let path = folder.join(name);
        let is_made = || own(&path).is_some_and(|bytes| made.get(*name) == Some(&hash(&bytes)));
        if fs::symlink_metadata(&path).is_ok() && !is_made() {
            return Err(PackError::Edited { out: folder.to_owned(), files: (*name).to_owned() });
        }
    }
    fs::create_dir_all(folder).map_err(PackError::io("make", folder))?;
    let mut written = Vec::new();
    for (name, bytes) in &files {
        written.push(replace(folder, name, bytes)?);
    }
    let made: BTreeMap<&str, String> = files.iter().map(|(name, bytes)| (*name, hash(bytes))).collect();
    let json = serde_json::to_vec_pretty(&made).map_err(|e| not_made(MADE, e.into()))?;
    replace(folder, MADE, &json)?;
    Ok(written)
}

/// The bytes of a file that is itself there: no link, pipe or folder.
fn own(path: &Path) -> Option<Vec<u8>> {
    fs::read(Some(path).filter(|path| fs::symlink_metadata(path).is_ok_and(|m| m.is_file()))?).ok()
}

fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, PackError> {
    let (path, partial) =
        (folder.join(name), folder.join(format!(".{}.partial", name.trim_start_matches('.'))));
    // What an earlier run may have left; whatever it is, it is not written to.
    let _ = fs::remove_file(&partial);
    let file = fs::File::create_new(&partial);
    file.and_then(|mut file| file.write_all(bytes)).map_err(PackError::io("write", &partial))?;
    fs::rename(&partial, &path).map_err(PackError::io("write", &path))?;
    Ok(path)
}

fn not_made(name: &str, source: Box<dyn std::error::Error + Send + Sync>) -> PackError {
    PackError::File { name: name.to_owned(), source }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
