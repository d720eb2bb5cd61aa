//! What an earlier run has read, kept under the project so that an unchanged file is not parsed again.
//!
//! An entry's name is a hash of the file's content and name, the layout, the catalog and the program, so that a
//! change in any of them is another entry. The folder may be deleted at any time; what is damaged or cannot be
//! read or written costs time, nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest, Sha256};

use crate::catalog::Layout;
use crate::observation::FileReading;
use crate::project::Project;
use crate::source::Opened;

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

    /// The name of the entry of a file, shown as `shown` and read by `layout`.
    pub(super) fn key(&self, opened: &Opened, shown: &str, layout: &Layout) -> String {
        hash(&[&self.common, opened.sha256(), shown, &format!("{layout:?}")])
    }

    /// What is kept under `key`, if it is whole.
    pub(super) fn recall(&self, key: &str) -> Option<FileReading> {
        let reading = FileReading::recall(&fs::read(self.folder.join(key)).ok()?)?;
        self.mark(key);
        Some(reading)
    }

    /// Keeps `reading` under `key`.
    pub(super) fn keep(&self, key: &str, reading: &FileReading) {
        // Whatever fails here is only read again next time.
        if write(&self.folder, key, &reading.keep()).is_ok() {
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
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(|name| !used.contains(name)) {
                // An entry that stays is found stale or removed next time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn write(folder: &Path, key: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    if let Some(parent) = folder.parent() {
        fs::write(parent.join(".gitignore"), "*\n")?;
    }
    let partial = folder.join(format!("{key}.{}", std::process::id()));
    fs::write(&partial, bytes)?;
    fs::rename(&partial, folder.join(key))
}

fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
