//! What an earlier run has read, kept under the project so that an unchanged file is not parsed again.
//!
//! An entry's name is a hash of the file's content and name, the layout, the catalog and the program, so that a
//! change in any of them is another entry. The folder may be deleted at any time; what is damaged or cannot be
//! read or written costs time, nothing else. A folder or entry that is a link is not ours: it is neither read, written
//! nor emptied, and of what lies in the folder only what bears an entry's name is ever removed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use crate::disk;
use crate::observation::FileReading;
use crate::project::Project;
use sheets::{OpenedFile, Turn};

/// Folder of the cache, in the project's.
const FOLDER: &str = ".retreat/cache";
/// A hash of the program's sources, by the build script.
const PROGRAM: &str = env!("RETREAT_SOURCES");

/// The cache of one project.
pub(super) struct Cache {
    folder: PathBuf,
    /// Hash of all that every entry depends on.
    common: String,
    used: Mutex<BTreeSet<String>>,
}

impl Cache {
    pub(super) fn open(project: &Project) -> Self {
        let catalog = &project.catalog;
        let known = format!("{:?}{:?}{:?}", catalog.markers, catalog.groups, catalog.measures);
        let common = hash(&[env!("CARGO_PKG_VERSION"), PROGRAM, &known]);
        Self { folder: project.folder.join(FOLDER), common, used: Mutex::default() }
    }

    /// The name of the entry of a file, shown as `shown` and read by the layout of this fingerprint.
    pub(super) fn key(&self, opened: &OpenedFile, shown: &str, layout: &str) -> String {
        hash(&[&self.common, opened.sha256(), shown, layout])
    }

    /// What is kept under `key`, if it is whole.
    pub(super) fn recall(&self, key: &str) -> Option<FileReading> {
        let entry = self.folder.join(key);
        let is_ours = is_own(&self.folder) && fs::symlink_metadata(&entry).is_ok_and(|m| m.is_file());
        // Its bytes are held beside what is made of them.
        let bytes = fs::metadata(&entry).map_or(0, |m| m.len());
        let _turn = Turn::for_bytes(usize::try_from(bytes).ok()?.saturating_mul(3));
        let reading = FileReading::from_bytes(&fs::read(Some(entry).filter(|_| is_ours)?).ok()?)?;
        self.mark(key);
        Some(reading)
    }

    /// Keeps `reading` under `key`.
    pub(super) fn keep(&self, key: &str, reading: &FileReading) {
        let _turn = Turn::for_bytes(2 * reading.bytes());
        // Whatever fails here is only read again next time.
        if write(&self.folder, key, &reading.to_bytes()).is_ok() {
            self.mark(key);
        }
    }

    fn mark(&self, key: &str) {
        if let Ok(mut used) = self.used.lock() {
            used.insert(key.to_owned());
        }
    }

    /// Removes what this run did not use.
    pub(super) fn close(self) {
        let used = self.used.into_inner().unwrap_or_default();
        if !is_own(&self.folder) {
            return;
        }
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let is_unused = |name: &str| is_entry(name) && !used.contains(name);
            if entry.file_name().to_str().is_some_and(is_unused) {
                // An entry that stays is found stale or removed next time.
                let _ = disk::remove_file(&entry.path());
            }
        }
    }
}

/// Whether the cache's folder and the one above it are folders themselves, and no links to others.
fn is_own(folder: &Path) -> bool {
    let is_folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|m| m.is_dir());
    is_folder(folder) && folder.parent().is_some_and(is_folder)
}

/// Whether a file goes by an entry's name: a hash, and while it is being written the number of the process.
fn is_entry(name: &str) -> bool {
    let (hash, process) = name.split_once('.').unwrap_or((name, "0"));
    hash.len() == 64
        && hash.bytes().all(|b| b.is_ascii_hexdigit())
        && process.bytes().all(|b| b.is_ascii_digit())
}

fn write(folder: &Path, key: &str, bytes: &[u8]) -> std::io::Result<()> {
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink());
    if is_link(folder) || folder.parent().is_some_and(is_link) {
        return Err(std::io::ErrorKind::NotADirectory.into());
    }
    disk::create_folders(folder)?;
    // Known for an entry by its name, so that one that a kill left behind goes with the entries not used.
    let temporary = folder.join(format!("{key}.{}", std::process::id()));
    if let Some(ignored) =
        folder.parent().map(|parent| parent.join(".gitignore")).filter(|path| !path.exists())
    {
        // Without it the cache may be taken for part of a project; another run may just have made it.
        let _ = disk::add_file(&ignored, &temporary, b"*\n");
    }
    disk::replace_file(&folder.join(key), &temporary, bytes)
}

fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    format!("{:x}", hash.finalize())
}
