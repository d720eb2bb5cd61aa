//! Which folders this program wrote.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::portfolio::MANIFEST;
use super::readiness::WRITTEN_LIST;
use super::report::{FILE, PROGRAM};

/// The bytes at the beginning of a file that identify it as ours.
const HEAD: u64 = 256;

/// Whether `folder` is a pack, a portfolio, or a readiness report that this program wrote, whatever its name.
#[must_use]
pub fn is_written(folder: &Path) -> bool {
    let of_program = format!("{{\"program\":\"{PROGRAM}\",");
    [FILE, MANIFEST].iter().any(|list| has_head(&folder.join(list), &of_program))
        || has_head(&folder.join(WRITTEN_LIST), "{\"readiness.")
}

/// Whether a file begins with this text, ignoring whitespace.
fn has_head(path: &Path, begin: &str) -> bool {
    head(path).is_some_and(|head| head.starts_with(begin))
}

/// The beginning of a file, without whitespace; `None` if there is no such file.
fn head(path: &Path) -> Option<String> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
    let mut head = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    Some(String::from_utf8_lossy(&head).split_whitespace().collect())
}
