//! What the program wrote into the folder of the room, and what people decided there since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::Quadrant;
use crate::room::{Confirmed, Consensus, Draft, ItemPair, RoomEdit, ShownItem, room_edits};

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
    /// The draft with whose numbers the ballots were read.
    #[serde(default)]
    pub(super) draft: Option<Draft>,
}

/// Under this name stands what people decided in files that were written anew since.
const EARLIER: &str = "";

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
    #[serde(default)]
    about: String,
    quadrants: BTreeSet<Quadrant>,
    statement: String,
}

/// A pair that a person judged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct JudgedPair {
    items: [String; 2],
    #[serde(default)]
    about: [String; 2],
    same: Option<bool>,
}

impl MergedList {
    /// Reads a list; `None` if it is damaged.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    pub(super) fn bytes(&mut self) -> serde_json::Result<Vec<u8>> {
        "retreat".clone_into(&mut self.program);
        serde_json::to_vec_pretty(self)
    }

    /// Whether a file with this hash is as the program wrote it, perhaps under another name.
    pub(super) fn is_ours(&self, hash: &str) -> bool {
        self.files.values().any(|file| file.hashes.contains(hash))
    }

    /// What a person changed in a file with these items. It may have been written under another name, so of all that were written
    /// the one with the fewest changes counts.
    pub(super) fn edits_of(
        &self,
        name: &str,
        stem: &str,
        now: &BTreeMap<String, ShownItem>,
    ) -> Vec<RoomEdit> {
        let names = self.files.keys().filter(|known| known.starts_with(stem));
        let mut all: Vec<(bool, Vec<RoomEdit>)> =
            names.map(|known| (known != name, room_edits(&self.items(known), now))).collect();
        all.sort_by_key(|(is_other, edits)| (edits.len(), *is_other));
        all.into_iter().next().map(|(_, edits)| edits).unwrap_or_default()
    }

    /// The items that were written into a file.
    pub(super) fn items(&self, name: &str) -> BTreeMap<String, ShownItem> {
        let items = self.files.get(name).into_iter().flat_map(|file| &file.items);
        items.map(|item| (item.item.clone(), ShownItem::from(item))).collect()
    }

    /// Whether an item was written into any file with this stem.
    pub(super) fn has_item(&self, stem: &str, number: &str) -> bool {
        let files = self.files.iter().filter(|(name, _)| name.starts_with(stem));
        files.flat_map(|(_, file)| &file.items).any(|item| item.item == number)
    }

    /// What an item is, whatever its number; empty if it was never written.
    fn about(&self, number: &str) -> String {
        let items = self.files.values().flat_map(|file| &file.items);
        items
            .filter(|item| item.item == number)
            .map(|item| item.about.clone())
            .next_back()
            .unwrap_or_default()
    }

    /// Pairs that a person judged in a file, with what their items are.
    pub(super) fn judged(&self, pairs: Vec<Confirmed>) -> Vec<JudgedPair> {
        let judged = pairs.into_iter().map(|Confirmed { pair, same, .. }| JudgedPair {
            about: [self.about(&pair.first), self.about(&pair.second)],
            items: [pair.first, pair.second],
            same,
        });
        judged.collect()
    }

    /// Notes that content with this hash is about to be written.
    pub(super) fn begin(&mut self, name: &str, hash: &str, consensus: &Consensus) {
        // What a person decided in a file of this name that is gone still counts.
        if let Some(edits) = self.edits.remove(name) {
            self.edits.entry(EARLIER.to_owned()).or_default().extend(edits);
        }
        if let Some(pairs) = self.pairs.remove(name) {
            self.pairs.entry(EARLIER.to_owned()).or_default().extend(pairs);
        }
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
    for text in &consensus.statements {
        let (item, about, statement) = (text.item.clone(), text.about.clone(), text.statement.clone());
        items.insert(&text.item, WrittenItem { item, about, quadrants: BTreeSet::new(), statement });
    }
    for row in &consensus.rows {
        if let Some(item) = items.get_mut(row.item.as_str()) {
            item.quadrants.extend(row.quadrant);
            item.statement.clone_from(&row.statement);
        }
    }
    items.into_values().collect()
}

impl From<&WrittenItem> for ShownItem {
    fn from(item: &WrittenItem) -> Self {
        let statements = vec![item.statement.clone()];
        Self { about: item.about.clone(), quadrants: item.quadrants.clone(), statements }
    }
}

impl From<&JudgedPair> for Confirmed {
    fn from(judged: &JudgedPair) -> Self {
        let [first, second] = &judged.items;
        let mut about = judged.about.clone();
        if second < first {
            about.reverse();
        }
        Self { pair: ItemPair::new(first, second), same: judged.same, about }
    }
}
