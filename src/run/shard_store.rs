//! The records of shards in the project's folder, from which a run knows what is finished, and merging what belongs together.
//!
//! Beside the cache, and like it: without them, everything is only built again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cache::{is_folder, is_link};
use super::shard_record::{DistrictRecord, MergedRecord, ShardRecord};
use crate::disk::{self, WaitingLock};
use crate::domain::Shard;
use crate::observation::{Sign, seal, unseal};
use crate::pack;

/// The folder of the records, inside the project's folder.
const FOLDER: &str = ".retreat/shards";
/// The record of what was merged last.
const MERGED: &str = "merged";
/// The file that a run holds while others wait.
const LOCK: &str = "lock";
/// The first bytes of each record.
const SIGN: &Sign = b"retreat7";

/// The records of a project.
#[derive(Debug)]
pub struct ShardStore {
    folder: PathBuf,
}

/// The record of a shard as it is on the disk.
pub(super) struct StoredShard {
    pub(super) record: ShardRecord,
    /// SHA-256 of the file.
    pub(super) sha256: String,
}

impl ShardStore {
    /// Those of the project in a folder.
    #[must_use]
    pub fn of(project: &Path) -> Self {
        Self { folder: project.join(FOLDER) }
    }

    /// Where they are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is known of the pack in a folder of `out`, if it was built from what has this fingerprint, and is still there as it was
    /// built.
    #[must_use]
    pub fn unchanged(&self, name: &str, fingerprint: &str, out: &Path) -> Option<DistrictRecord> {
        let record: DistrictRecord = self.load(&district_file(name))?;
        let is_same = record.fingerprint.as_deref() == Some(fingerprint) && record.row.folder == name;
        let report = record.row.report_sha256.as_deref().filter(|_| is_same)?;
        pack::is_as_built(&out.join(name), report).then_some(record)
    }

    /// Records that the pack of a district was built. If that fails, it is only built again.
    pub fn add_district(&self, record: &DistrictRecord) {
        let _ = self.store(&district_file(&record.row.folder), record);
    }

    /// Records that a shard is finished.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add_shard(&self, record: &ShardRecord) -> io::Result<PathBuf> {
        let name = shard_file(record.shard);
        self.store(&name, record)?;
        Ok(self.folder.join(name))
    }

    /// Waits until no other run writes what all of them begin with.
    pub(super) fn wait(&self) -> Option<WaitingLock> {
        WaitingLock::take(&self.folder, LOCK)
    }

    /// The record of a shard; `None` if it is not finished, or the record is damaged.
    pub(super) fn shard(&self, shard: Shard) -> Option<StoredShard> {
        let bytes = self.bytes(&shard_file(shard))?;
        let record: ShardRecord = decoded(&bytes)?;
        let sha256 = disk::sha256(&bytes[..]).ok()?;
        (record.shard == shard).then_some(StoredShard { record, sha256 })
    }

    /// The records of all shards, of whatever count, in order.
    pub(super) fn shards(&self) -> Vec<StoredShard> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut shards: Vec<Shard> =
            entries.filter_map(|entry| shard_of_file(entry.file_name().to_str()?)).collect();
        shards.sort_unstable();
        shards.into_iter().filter_map(|shard| self.shard(shard)).collect()
    }

    /// What was merged last.
    pub(super) fn merged(&self) -> Option<MergedRecord> {
        self.load(MERGED)
    }

    /// Records what was merged. If that fails, the shards are only merged again.
    pub(super) fn add_merged(&self, record: &MergedRecord) {
        let _ = self.store(MERGED, record);
    }

    /// A record; `None` if there is none, or it is damaged.
    pub(super) fn load<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        decoded(&self.bytes(name)?)
    }

    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(name);
        let is_ours = is_folder(&self.folder) && fs::symlink_metadata(&path).is_ok_and(|m| m.is_file());
        fs::read(Some(path).filter(|_| is_ours)?).ok()
    }

    /// Writes a record; it is an error if the folder is a link.
    pub(super) fn store(&self, name: &str, record: &impl Serialize) -> io::Result<()> {
        if is_link(&self.folder) || self.folder.parent().is_some_and(is_link) {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        disk::create_folders(&self.folder)?;
        let json = serde_json::to_vec(record)?;
        let temporary = self.folder.join(format!("{name}.partial"));
        // A killed run may have left it; each record is written by one run at a time.
        let _ = disk::remove_file(&temporary);
        disk::replace_file(&self.folder.join(name), &temporary, &seal(SIGN, &json, std::iter::empty()))
    }
}

fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(unseal(SIGN, bytes)?.json).ok()
}

fn district_file(folder: &str) -> String {
    format!("district-{folder}")
}

fn shard_file(shard: Shard) -> String {
    format!("shard-{}-of-{}", shard.number, shard.count)
}

fn shard_of_file(name: &str) -> Option<Shard> {
    let (number, count) = name.strip_prefix("shard-")?.split_once("-of-")?;
    Shard::parse(&format!("{number}/{count}"))
}
