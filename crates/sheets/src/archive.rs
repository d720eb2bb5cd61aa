//! The members of a zip archive of several files.

use std::fmt::Display;
use std::fs::File;
use std::path::Path;

use glob::Pattern;
use zip::ZipArchive;

use super::clean::clean;
use super::path_pattern::{has_ending, is_hidden};

/// How many files an archive may hold.
const MAX_MEMBERS: usize = 10_000;

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ArchiveMember {
    /// Its path in the archive, as stored.
    pub(super) name: String,
    /// Uncompressed size in bytes, as the archive states it; no more is read.
    pub(super) size: u64,
}

impl ArchiveMember {
    /// Whether it is a member found only in workbooks, so the archive itself is one.
    pub(super) fn is_main_part(&self) -> bool {
        self.name == "xl/workbook.xml" || self.name == "xl/workbook.bin"
    }

    /// Whether it is a file, and not hidden.
    pub(super) fn is_visible_file(&self) -> bool {
        let name = &*self.name;
        !name.ends_with('/') && !name.split(['/', '\\']).any(is_hidden)
    }

    /// The name to show, cleaned.
    pub(super) fn shown(&self) -> String {
        clean(&self.name).into_owned()
    }

    /// Total uncompressed size of the members in bytes.
    pub(super) fn unpacked_size(members: &[Self]) -> u64 {
        members.iter().fold(0u64, |sum, member| sum.saturating_add(member.size))
    }

    /// Whether its cleaned name matches the pattern; without a pattern, whether it has one of these
    /// extensions.
    pub(super) fn is_wanted(&self, pattern: Option<&Pattern>, endings: &[&str]) -> bool {
        match pattern {
            Some(pattern) => pattern.matches(&clean(&self.name)),
            None => has_ending(&self.name, endings),
        }
    }
}

/// All members of an archive, by name.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn list_members(path: &Path) -> Result<Vec<ArchiveMember>, String> {
    if !path.is_file() {
        return Err("it is not a file".to_owned());
    }
    let file = File::open(path).map_err(|e| unreadable(&e.kind()))?;
    let mut archive = ZipArchive::new(file).map_err(|e| unreadable(&e))?;
    if archive.len() > MAX_MEMBERS {
        return Err(format!("it contains more than {MAX_MEMBERS} files"));
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(|e| unreadable(&e))?;
        let name = member.name().map_err(|e| unreadable(&e))?.into_owned();
        members.push(ArchiveMember { name, size: member.size() });
    }
    members.sort();
    Ok(members)
}

fn unreadable(error: &dyn Display) -> String {
    format!("the zip archive cannot be read ({error})")
}
