//! What readers already had when a run of all districts began.
//!
//! While packs of all districts are built, they appear one after the other in the place of earlier ones. A shard that begins later,
//! or again, must not take them for packs that readers already have, and must still know those that they replaced. So the first
//! run of the same data keeps what it found, and the others read that.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::RunError;
use super::cache::hash;
use super::earlier::{self, EarlierPacks};
use super::shard_store::ShardStore;
use crate::diagnostic::{Diagnostic, Warned};
use crate::domain::SchoolScope;
use crate::measure::Estimates;
use crate::pack_tables::EncodedTables;
use crate::project::Project;

/// What is kept, for an output folder.
#[derive(Serialize, Deserialize)]
struct KeptEarlier {
    /// A hash of the data that the run began with.
    inputs: String,
    tables: EncodedTables,
    problems: Vec<Diagnostic>,
    fingerprint: Option<String>,
}

/// The packs that readers already have. `inputs` is a hash of the data; `None` if a file could not be read.
///
/// # Errors
/// Those of [`EarlierPacks::of`].
pub(super) fn earlier_packs(
    project: &Project,
    estimates: &Estimates,
    is_public: bool,
    inputs: Option<&str>,
) -> Result<EarlierPacks, RunError> {
    let is_for_all = project.schools == SchoolScope::EveryDistrict && project.previous.is_none();
    let Some(inputs) = inputs.filter(|_| is_for_all && !is_public) else {
        return EarlierPacks::of(project, estimates, is_public);
    };
    let store = ShardStore::of(&project.folder);
    let _turn = store.wait();
    let name = format!("earlier-{}", hash(&[&place(project)]));
    // If somebody has deleted all packs, readers have none of them.
    let kept = store.load::<KeptEarlier>(&name).filter(|_| earlier::has_packs(&project.out));
    if let Some(kept) = kept.filter(|kept| kept.inputs == inputs) {
        let tables = Warned { value: kept.tables.decoded(), diagnostics: kept.problems };
        return Ok(EarlierPacks { tables, fingerprint: kept.fingerprint });
    }
    let found = EarlierPacks::of(project, estimates, is_public)?;
    let kept = KeptEarlier {
        inputs: inputs.to_owned(),
        tables: EncodedTables::new(&found.tables.value),
        problems: found.tables.diagnostics.clone(),
        fingerprint: found.fingerprint.clone(),
    };
    // If it cannot be kept, merging finds out whether all shards began with the same.
    let _ = store.store(&name, &kept);
    Ok(found)
}

/// The output folder, from the project's if it is inside: another machine may have the project in another place.
fn place(project: &Project) -> String {
    let (folder, out) = (absolute(&project.folder), absolute(&project.out));
    out.strip_prefix(&folder).unwrap_or(&out).display().to_string()
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
