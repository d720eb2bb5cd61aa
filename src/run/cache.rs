//! The cache in the project's folder: what earlier runs have read, so that unchanged files are not parsed
//! again.
//!
//! An entry's name is a hash of everything that it depends on: for a file, its content and name, the layout, the catalog and the
//! program; for all data of a project, also its settings ([`KeptData`](super::kept_data::KeptData)). A change in any of them leads
//! to a new entry. The folder may be deleted at any time; a damaged entry, or one
//! that cannot be read or written, only costs time. A folder or entry that is a link is not ours: it is
//! neither read, written nor emptied. Only files named like an entry are ever removed from the folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use crate::disk::{self, WaitingLock};
use crate::domain::SchoolScope;
use crate::observation::FileReading;
use crate::project::Project;
use sheets::{OpenedFile, Turn};

/// The cache's folder, inside the project's folder.
const FOLDER: &str = ".retreat/cache";
/// The file that a run holds while it computes what others wait for.
const LOCK: &str = "lock";
/// A hash of the program's sources, computed by the build script.
pub(super) const PROGRAM: &str = env!("RETREAT_SOURCES");

/// The cache of one project.
pub(super) struct Cache {
    folder: PathBuf,
    /// A hash of everything that all entries depend on.
    common: String,
    /// The names of the entries that this run has read or written.
    used: Mutex<BTreeSet<String>>,
}

impl Cache {
    /// The cache of a project; its folder is created with the first entry.
    pub(super) fn open(project: &Project) -> Self {
        let catalog = &project.catalog;
        let catalog = format!("{:?}{:?}{:?}", catalog.markers, catalog.groups, catalog.measures);
        let common = hash(&[env!("CARGO_PKG_VERSION"), PROGRAM, &catalog]);
        Self { folder: project.folder.join(FOLDER), common, used: Mutex::default() }
    }

    /// The name of the entry for a file that is displayed as `shown` and read with the layout of this
    /// fingerprint, with the single schools of these districts.
    pub(super) fn key(
        &self,
        opened: &OpenedFile,
        shown: &str,
        layout: &str,
        schools: &SchoolScope,
    ) -> String {
        hash(&[&self.common, opened.sha256(), shown, layout, &format!("{schools:?}")])
    }

    /// The name of the entry for what depends on everything in `parts_hash`.
    pub(super) fn key_of(&self, parts_hash: &str) -> String {
        hash(&[&self.common, parts_hash])
    }

    /// The reading that is stored under `key`; `None` if there is nothing, or it is damaged.
    pub(super) fn load(&self, key: &str) -> Option<FileReading> {
        // Its bytes and the reading made from them are in memory at the same time.
        let bytes = fs::metadata(self.folder.join(key)).map_or(0, |m| m.len());
        let _turn = Turn::for_bytes(usize::try_from(bytes).ok()?.saturating_mul(3));
        let reading = FileReading::from_bytes(&self.load_bytes(key)?)?;
        self.mark_used(key);
        Some(reading)
    }

    /// Whether anything is stored under `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        self.folder.join(key).is_file()
    }

    /// Waits until no other run computes what is missing in the cache, and lets other runs wait until the result is dropped.
    pub(super) fn wait(&self) -> Option<WaitingLock> {
        WaitingLock::take(&self.folder, LOCK)
    }

    /// The bytes that are stored under `key`.
    pub(super) fn load_bytes(&self, key: &str) -> Option<Vec<u8>> {
        let entry = self.folder.join(key);
        let is_ours = is_own(&self.folder) && fs::symlink_metadata(&entry).is_ok_and(|m| m.is_file());
        fs::read(Some(entry).filter(|_| is_ours)?).ok()
    }

    /// Stores `reading` under `key`.
    pub(super) fn store(&self, key: &str, reading: &FileReading) {
        let _turn = Turn::for_bytes(2 * reading.bytes());
        self.store_bytes(key, &reading.to_bytes());
    }

    /// Stores bytes under `key`. If this fails, what they hold is only computed again next time.
    pub(super) fn store_bytes(&self, key: &str, bytes: &[u8]) {
        if write(&self.folder, key, bytes).is_ok() {
            self.mark_used(key);
        }
    }

    /// Keeps the entry with this key when the cache is closed.
    pub(super) fn mark_used(&self, key: &str) {
        if let Ok(mut used) = self.used.lock() {
            used.insert(key.to_owned());
        }
    }

    /// Whether nothing is kept yet.
    pub(super) fn is_empty(&self) -> bool {
        !self.folder.is_dir()
    }

    /// Removes an entry.
    pub(super) fn remove(&self, key: &str) {
        if is_own(&self.folder) {
            // An entry that cannot be removed now is removed once it is not used any more.
            let _ = disk::remove_file(&self.folder.join(key));
        }
    }

    /// Removes the entries that this run did not use.
    pub(super) fn close(self) {
        let used = self.used.into_inner().unwrap_or_default();
        if !is_own(&self.folder) {
            return;
        }
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(|name| is_entry(name) && !used.contains(name)) {
                // An entry that cannot be removed now is removed next time.
                let _ = disk::remove_file(&entry.path());
            }
        }
    }
}

/// Whether the cache's folder and its parent are real folders, not links.
fn is_own(folder: &Path) -> bool {
    is_folder(folder) && folder.parent().is_some_and(is_folder)
}

pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

pub(super) fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// Whether a file is named like an entry: a hash, followed by the process id while it is being written.
fn is_entry(name: &str) -> bool {
    let (hash, process) = name.split_once('.').unwrap_or((name, "0"));
    hash.len() == 64
        && hash.bytes().all(|b| b.is_ascii_hexdigit())
        && process.bytes().all(|b| b.is_ascii_digit())
}

/// Writes an entry; it is an error if the folder is a link.
fn write(folder: &Path, key: &str, bytes: &[u8]) -> std::io::Result<()> {
    if is_link(folder) || folder.parent().is_some_and(is_link) {
        return Err(std::io::ErrorKind::NotADirectory.into());
    }
    disk::create_folders(folder)?;
    // Named like an entry, so that a leftover of an interrupted run is removed with the unused entries.
    let temporary = folder.join(format!("{key}.{}", std::process::id()));
    ignore_in_git(folder, &temporary);
    disk::replace_file(&folder.join(key), &temporary, bytes)
}

/// Adds a `.gitignore` next to the cache's folder, if there is none, so that nobody commits the cache.
fn ignore_in_git(folder: &Path, temporary: &Path) {
    let Some(parent) = folder.parent() else { return };
    let file = parent.join(".gitignore");
    if !file.exists() {
        // Another run may have added it in the meantime.
        let _ = disk::add_file(&file, temporary, b"*\n");
    }
}

/// The SHA-256 of several texts, in hexadecimal. Each text is hashed with its length, so that different lists
/// do not have the same hash.
pub(super) fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    format!("{:x}", hash.finalize())
}
