//! Merging shards: all of them must be there, and have been built from the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::RunError;
use super::shard_record::{MergedRecord, RunInputs, ShardRecord};
use super::shard_store::{ShardStore, StoredShard};
use crate::domain::Shard;
use crate::pack::{self, Portfolio, PortfolioRow, PortfolioWritten};
use crate::wording::shards as wording;

/// Why shards cannot be merged.
#[derive(Debug, thiserror::Error)]
pub enum ShardsError {
    /// No shard has finished.
    #[error("{}", wording::no_shards(&folder.display()))]
    None {
        /// The project's folder.
        folder: PathBuf,
    },
    /// Some have not finished.
    #[error("{}", wording::shards_missing(missing))]
    Missing {
        /// Which ones, in order.
        missing: Vec<Shard>,
    },
    /// Shards of different counts have finished.
    #[error("{}", wording::counts_differ(*one, *other, &folder.display()))]
    Counts {
        /// One of them.
        one: Shard,
        /// One of another count.
        other: Shard,
        /// Where their records are.
        folder: PathBuf,
    },
    /// Two shards were not built from the same.
    #[error("{}", wording::shards_differ(*one, *other, what))]
    Differ {
        /// One of them.
        one: Shard,
        /// The other.
        other: Shard,
        /// What differs, in words.
        what: String,
    },
    /// A pack is not the one that its shard built.
    #[error("{}", wording::pack_changed(district, &folder.display(), *shard))]
    PackChanged {
        /// Its district.
        district: String,
        /// Its folder.
        folder: PathBuf,
        /// The shard.
        shard: Shard,
    },
}

/// Shards that were merged.
#[derive(Debug)]
pub struct MergedShards {
    /// The portfolio.
    pub portfolio: Portfolio,
    /// Its files.
    pub written: PortfolioWritten,
    /// How many shards there were.
    pub shards: u32,
}

/// Merges the shards of the project in a folder, whose packs are in the folder `out`.
///
/// # Errors
/// See [`ShardsError`], and if the portfolio cannot be written.
pub fn merge_shards(project: &Path, out: &Path) -> Result<MergedShards, RunError> {
    let store = ShardStore::of(project);
    let ShardSet { records, absorbed } = complete_set(&store, project)?;
    let shards = records.first().map_or(1, |record| record.shard.count);
    check_alike(&records)?;
    for record in &records {
        check_packs(record, out)?;
    }
    let mut records = records.into_iter();
    let Some(mut whole) = records.next() else {
        return Err(ShardsError::None { folder: project.to_owned() }.into());
    };
    whole.shard = Shard::WHOLE;
    records.for_each(|record| whole.districts.extend(record.districts));
    let merged = finish(&store, whole, absorbed, out)?;
    Ok(MergedShards { shards, ..merged })
}

impl ShardStore {
    /// Writes the portfolio of a run of all districts into `out`, and records that it takes the place of all shards.
    ///
    /// # Errors
    /// If the portfolio cannot be written.
    pub fn finish_whole(&self, whole: ShardRecord, out: &Path) -> Result<MergedShards, RunError> {
        let absorbed = self.shards().into_iter().map(|shard| shard.sha256).collect();
        finish(self, whole, absorbed, out)
    }
}

fn finish(
    store: &ShardStore,
    whole: ShardRecord,
    absorbed: Vec<String>,
    out: &Path,
) -> Result<MergedShards, RunError> {
    let mut portfolio = portfolio(&whole);
    let written = pack::write_portfolio(&mut portfolio, out)?;
    store.add_merged(&MergedRecord { whole, absorbed });
    Ok(MergedShards { portfolio, written, shards: 1 })
}

fn portfolio(whole: &ShardRecord) -> Portfolio {
    let inputs = &whole.inputs;
    Portfolio {
        version: inputs.version.clone(),
        title: inputs.title.clone(),
        formats: inputs.formats.clone(),
        sources: inputs.sources.clone(),
        diagnostics: inputs.diagnostics.clone(),
        districts: whole.districts.iter().map(|district| district.row.clone()).collect(),
    }
}

/// Shards that are merged together.
struct ShardSet {
    /// In order.
    records: Vec<ShardRecord>,
    /// The hashes of all records that are merged then.
    absorbed: Vec<String>,
}

/// The shards to merge: those that finished since the last merge, with those of the same count that were merged then. If
/// none did, all districts as they were merged last.
fn complete_set(store: &ShardStore, project: &Path) -> Result<ShardSet, ShardsError> {
    let (merged, all) = (store.merged(), store.shards());
    let mut absorbed = merged.as_ref().map(|merged| merged.absorbed.clone()).unwrap_or_default();
    let new: Vec<Shard> = all
        .iter()
        .filter(|shard| !absorbed.contains(&shard.sha256))
        .map(|shard| shard.record.shard)
        .collect();
    let Some(first) = new.first().copied() else {
        let merged = merged.ok_or_else(|| ShardsError::None { folder: project.to_owned() })?;
        return Ok(ShardSet { records: vec![merged.whole], absorbed });
    };
    if let Some(other) = new.iter().find(|shard| shard.count != first.count) {
        let folder = store.folder().to_owned();
        return Err(ShardsError::Counts { one: first, other: *other, folder });
    }
    let set: BTreeMap<Shard, StoredShard> = all
        .into_iter()
        .map(|shard| (shard.record.shard, shard))
        .filter(|(s, _)| s.count == first.count)
        .collect();
    let missing: Vec<Shard> = Shard::all(first.count).filter(|shard| !set.contains_key(shard)).collect();
    if !missing.is_empty() {
        return Err(ShardsError::Missing { missing });
    }
    absorbed.extend(set.values().map(|shard| shard.sha256.clone()));
    absorbed.sort_unstable();
    absorbed.dedup();
    Ok(ShardSet { records: set.into_values().map(|shard| shard.record).collect(), absorbed })
}

/// Checks that all shards were built from the same.
fn check_alike(shards: &[ShardRecord]) -> Result<(), ShardsError> {
    let Some((first, others)) = shards.split_first() else { return Ok(()) };
    for other in others {
        if let Some(what) = difference(&first.inputs, &other.inputs) {
            let (one, other) = (first.shard, other.shard);
            return Err(ShardsError::Differ { one, other, what });
        }
    }
    Ok(())
}

/// What differs between what two shards were built from, in words; `None` if nothing does.
fn difference(one: &RunInputs, other: &RunInputs) -> Option<String> {
    use wording::difference as words;
    if one.version != other.version {
        return Some(words::version(&one.version, &other.version));
    }
    if one.build != other.build {
        return Some(words::BUILD.to_owned());
    }
    if one.formats != other.formats {
        return Some(words::formats(&one.formats, &other.formats));
    }
    if one.files != other.files {
        return Some(differing_files(one, other));
    }
    if one.settings != other.settings || one.title != other.title {
        return Some(words::SETTINGS.to_owned());
    }
    if one.districts != other.districts {
        return Some(words::districts(one.districts, other.districts));
    }
    (one.released != other.released).then(|| words::OTHERS.to_owned())
}

/// How many files are named.
const NAMED: usize = 3;

fn differing_files(one: &RunInputs, other: &RunInputs) -> String {
    let mut names = [only_in(one, other), only_in(other, one)].concat();
    names.sort();
    names.dedup();
    let named = names.len().min(NAMED);
    wording::difference::files(&names[..named], names.len() - named)
}

/// The files that only the first shard read as they are.
fn only_in(these: &RunInputs, those: &RunInputs) -> Vec<String> {
    let files = these.files.iter().filter(|file| !those.files.contains(file));
    files.map(|file| file.path.clone()).collect()
}

/// Checks that the packs of a shard are there.
fn check_packs(record: &ShardRecord, out: &Path) -> Result<(), ShardsError> {
    for PortfolioRow { name, folder, report_sha256, .. } in
        record.districts.iter().map(|district| &district.row)
    {
        let folder = out.join(folder);
        if report_sha256.as_ref().is_some_and(|report| !pack::is_there(&folder, report)) {
            return Err(ShardsError::PackChanged { district: name.clone(), folder, shard: record.shard });
        }
    }
    Ok(())
}
