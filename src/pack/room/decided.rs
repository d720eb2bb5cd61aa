//! What the program wrote into the folder of the room, and what people decided there since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::Quadrant;
use crate::room::{Confirmed, Consensus, ItemPair, RoomEdit, ShownItem};

/// The list of what was written, and of what people decided in files that may be gone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct MergedList {
    program: String,
    /// What was written into each file.
    #[serde(default)]
    pub(super) files: BTreeMap<String, WrittenRoomFile>,
    /// What people changed, by the file in which they did.
    #[serde(default)]
    pub(super) edits: BTreeMap<String, Vec<RoomEdit>>,
    /// The pairs that people judged, by the file in which they did.
    #[serde(default)]
    pub(super) pairs: BTreeMap<String, Vec<JudgedPair>>,
}

/// What was written into a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct WrittenRoomFile {
    /// The SHA-256 of all that may be there: while a file is written, of the old and of the new content.
    pub(super) hashes: BTreeSet<String>,
    /// The items as they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<WrittenItem>,
}

/// An item as it was written.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct WrittenItem {
    item: String,
    quadrants: BTreeSet<Quadrant>,
    statement: String,
}

/// A pair that a person judged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct JudgedPair {
    items: [String; 2],
    same: Option<bool>,
}

impl MergedList {
    /// Reads a list; an empty one if it is not ours.
    pub(super) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    pub(super) fn bytes(&mut self) -> serde_json::Result<Vec<u8>> {
        "retreat".clone_into(&mut self.program);
        serde_json::to_vec_pretty(self)
    }

    /// Whether a file with this hash is as the program wrote it.
    pub(super) fn is_ours(&self, name: &str, hash: &str) -> bool {
        self.files.get(name).is_some_and(|file| file.hashes.contains(hash))
    }

    /// The items that were written into a file.
    pub(super) fn items(&self, name: &str) -> BTreeMap<String, ShownItem> {
        let items = self.files.get(name).into_iter().flat_map(|file| &file.items);
        items
            .map(|item| {
                let (quadrants, statement) = (item.quadrants.clone(), item.statement.clone());
                (item.item.clone(), ShownItem { quadrants, statement })
            })
            .collect()
    }

    /// Notes that content with this hash is about to be written.
    pub(super) fn begin(&mut self, name: &str, hash: &str, consensus: &Consensus) {
        let file = self.files.entry(name.to_owned()).or_default();
        file.hashes.insert(hash.to_owned());
        file.items = written_items(consensus);
    }

    /// Notes that it is written.
    pub(super) fn end(&mut self, name: &str, hash: &str) {
        if let Some(file) = self.files.get_mut(name) {
            file.hashes = BTreeSet::from([hash.to_owned()]);
        }
    }
}

fn written_items(consensus: &Consensus) -> Vec<WrittenItem> {
    let mut items: BTreeMap<&str, WrittenItem> = BTreeMap::new();
    for row in &consensus.rows {
        let item = items.entry(&row.item).or_insert_with(|| WrittenItem {
            item: row.item.clone(),
            quadrants: BTreeSet::new(),
            statement: row.statement.clone(),
        });
        item.quadrants.extend(row.quadrant);
    }
    items.into_values().collect()
}

impl From<Confirmed> for JudgedPair {
    fn from(confirmed: Confirmed) -> Self {
        Self { items: [confirmed.pair.first, confirmed.pair.second], same: confirmed.same }
    }
}

impl From<&JudgedPair> for Confirmed {
    fn from(judged: &JudgedPair) -> Self {
        Self { pair: ItemPair::new(&judged.items[0], &judged.items[1]), same: judged.same }
    }
}
