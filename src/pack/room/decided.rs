//! What the program wrote into the folder of the room, and what people decided there since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::changed_document::{WrittenDocument, with_earlier_versions};
use super::contradictions::{Contradictions, add_edit, add_final};
use super::decision_order::{DatedDecision, PlacedDecision, dated, in_order};
use super::room_write::FINAL;
use super::written_items::{WrittenItem, final_items, written_items};
use crate::room::{
    Confirmed, Draft, FinalAddition, FinalDecision, FinalDecisions, FinalRead, ItemPair, MergeDecisions,
    MergedBallots, RoomEdit, ShownItem, numbered_additions, room_edits,
};

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
    /// What the team decided after feedback, by the file in which it did.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) finals: BTreeMap<String, FinalDecisions>,
    /// The cells of all files that were written, by the first part of their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) cells: BTreeMap<String, BTreeSet<String>>,
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
    /// Files that are written later have a greater one.
    #[serde(default)]
    order: u64,
    /// The items as they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<WrittenItem>,
    /// What a Word document said.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) document: WrittenDocument,
}

/// A pair that a person judged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct JudgedPair {
    items: [String; 2],
    #[serde(default)]
    about: [String; 2],
    same: Option<bool>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    why: String,
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

    /// The files from which one may have come: itself, or one that was written later and renamed; of a name that the program
    /// never wrote, any.
    fn origins(&self, name: &str, stem: &str) -> Vec<String> {
        let own = self.files.get(name).map_or(0, |file| file.order);
        let origins = self.files.iter().filter(|(known, file)| known.starts_with(stem) && file.order >= own);
        origins.map(|(known, _)| known.clone()).collect()
    }

    /// The number of the next writing.
    fn next_order(&self) -> u64 {
        self.files.values().map(|file| file.order).max().unwrap_or(0) + 1
    }

    /// What a person changed in a file with these items. It may have been written under another name, so of all from which it may
    /// have come, the one with the fewest changes that are not known yet counts; and what was changed in it before, as long as it
    /// still shows it.
    pub(super) fn edits_of(
        &self,
        name: &str,
        stem: &str,
        now: &BTreeMap<String, ShownItem>,
    ) -> Vec<RoomEdit> {
        let origins = self.origins(name, stem).into_iter();
        let all = origins.map(|origin| FromOrigin { read: room_edits(&self.items(&origin), now), origin });
        let best = all.min_by_key(|from| (self.unrecorded(name, &from.read), from.origin != name));
        self.with_earlier(name, now, best.map(|best| best.read).unwrap_or_default())
    }

    /// How many of these changes were not read from the file before.
    fn unrecorded(&self, name: &str, read: &[RoomEdit]) -> usize {
        let recorded = self.edits.get(name).map_or(&[][..], Vec::as_slice);
        let parts = read.iter().cloned().flat_map(RoomEdit::into_parts);
        parts.filter(|part| !recorded.iter().any(|known| known.says_the_same(part))).count()
    }

    /// What a person changed in a file that was written under the name `origin`.
    pub(super) fn edits_since(
        &self,
        name: &str,
        origin: &str,
        now: &BTreeMap<String, ShownItem>,
    ) -> Vec<RoomEdit> {
        self.with_earlier(name, now, room_edits(&self.items(origin), now))
    }

    /// These changes in a file, and those that were read from it before, as long as it still shows them.
    fn with_earlier(
        &self,
        name: &str,
        now: &BTreeMap<String, ShownItem>,
        read: Vec<RoomEdit>,
    ) -> Vec<RoomEdit> {
        let mut edits: BTreeMap<String, RoomEdit> = BTreeMap::new();
        let earlier = self.edits.get(name).into_iter().flatten();
        for edit in earlier.filter_map(|edit| Some(edit.still_shown(now.get(&edit.item)?))) {
            edits.entry(edit.item.clone()).or_insert_with(|| edit.clone()).follow(&edit);
        }
        for edit in read {
            edits.entry(edit.item.clone()).or_insert_with(|| edit.clone()).follow(&edit);
        }
        let edits = edits.into_values().flat_map(RoomEdit::into_parts).collect();
        dated(edits, &self.before(name, &self.edits), self.next_order())
    }

    /// What the team decided in a file, each decision with when it became known.
    pub(super) fn dated_finals(&self, name: &str, now: FinalDecisions) -> FinalDecisions {
        let parts = now.decisions.into_iter().flat_map(FinalDecision::into_parts).collect();
        FinalDecisions {
            decisions: dated(parts, &self.before(name, &self.final_decisions()), self.next_order()),
            additions: dated(now.additions, &self.before(name, &self.final_additions()), self.next_order()),
        }
    }

    /// The decisions on items of the final SWOT, by the file in which they stand.
    fn final_decisions(&self) -> BTreeMap<String, Vec<FinalDecision>> {
        self.finals.iter().map(|(name, all)| (name.clone(), all.decisions.clone())).collect()
    }

    /// The items that were added to the final SWOT, by the file in which they stand.
    fn final_additions(&self) -> BTreeMap<String, Vec<FinalAddition>> {
        self.finals.iter().map(|(name, all)| (name.clone(), all.additions.clone())).collect()
    }

    /// What is known of a file; of one that the program never wrote, and that may be a copy, what is known of all, the oldest first.
    fn before<T: DatedDecision>(&self, name: &str, all: &BTreeMap<String, Vec<T>>) -> Vec<T> {
        let own = all.get(name).into_iter().flatten();
        let mut before: Vec<T> = own.cloned().collect();
        if !self.files.contains_key(name) {
            before.extend(all.values().flatten().cloned());
        }
        before.sort_by_key(DatedDecision::since);
        before
    }

    /// What the team decided in a file: of all files from which it may have come, the one with the fewest changes counts that are not
    /// known yet.
    pub(super) fn finals_of(
        &self,
        name: &str,
        stem: &str,
        read: &dyn Fn(&BTreeMap<String, ShownItem>) -> FinalRead,
    ) -> FinalRead {
        let origins = self.origins(name, stem).into_iter();
        let all = origins.map(|origin| FromOrigin { read: read(&self.items(&origin)), origin });
        let best = all.min_by_key(|from| {
            let FinalRead { decided, unused, .. } = &from.read;
            (self.unrecorded_finals(name, &decided.decisions) + unused.len(), from.origin != name)
        });
        best.map_or_else(|| read(&BTreeMap::new()), |best| best.read)
    }

    /// How many of these decisions were not read from the file before.
    fn unrecorded_finals(&self, name: &str, read: &[FinalDecision]) -> usize {
        let recorded = self.finals.get(name).map_or(&[][..], |known| known.decisions.as_slice());
        let parts = read.iter().cloned().flat_map(FinalDecision::into_parts);
        parts.filter(|part| !recorded.iter().any(|known| known.says_the_same(part))).count()
    }

    /// The items that were written into a file.
    pub(super) fn items(&self, name: &str) -> BTreeMap<String, ShownItem> {
        let items = self.files.get(name).into_iter().flat_map(|file| &file.items);
        items.map(|item| (item.item.clone(), ShownItem::from(item))).collect()
    }

    /// The items that had a row in a file when it was written; of one that the program never wrote, in the newest with this stem.
    pub(super) fn listed_items(&self, name: &str, stem: &str) -> BTreeSet<String> {
        let newest = self.files.iter().filter(|(known, _)| known.starts_with(stem));
        let newest = newest.max_by_key(|(_, file)| file.order).map(|(_, file)| file);
        let items = self.files.get(name).or(newest).into_iter().flat_map(|file| &file.items);
        items.filter(|item| item.has_row).map(|item| item.item.clone()).collect()
    }

    /// The name under which a Word document was written; of one that the program never wrote, that of the newest with this stem.
    pub(super) fn document_origin(&self, name: &str, stem: &str) -> Option<&str> {
        let documents = self.files.iter().filter(|(_, file)| !file.document.is_empty());
        let same = documents.clone().find(|(known, _)| *known == name);
        let newest =
            documents.filter(|(known, _)| known.starts_with(stem)).max_by_key(|(_, file)| file.order);
        same.or(newest).map(|(known, _)| known.as_str())
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
    pub(super) fn judged(&self, pairs: BTreeSet<Confirmed>) -> Vec<JudgedPair> {
        let judged = pairs.into_iter().map(|Confirmed { pair, same, why, .. }| JudgedPair {
            about: [self.about(&pair.first), self.about(&pair.second)],
            items: [pair.first, pair.second],
            same,
            why,
        });
        judged.collect()
    }

    /// All decisions together. What was changed later counts, also if its file is gone since.
    pub(super) fn decisions(&self, changed: &BTreeSet<String>) -> DecidedInFiles {
        let mut contradictions = Contradictions { there: changed, last: BTreeMap::new(), found: Vec::new() };
        let edits = self.all_edits(&mut contradictions);
        contradictions.last.clear();
        let finals = self.all_finals(&mut contradictions);
        let additions = self.final_additions();
        let additions = in_order(&additions, changed);
        let additions = numbered_additions(additions.into_iter().map(|placed| placed.decision));
        let decisions = MergeDecisions { pairs: self.all_pairs(changed), edits, finals, additions };
        DecidedInFiles { decisions, contradictions: contradictions.found }
    }

    /// What was changed in the consensus, in all files.
    fn all_edits(&self, contradictions: &mut Contradictions<'_>) -> Vec<RoomEdit> {
        let mut edits = BTreeMap::new();
        for PlacedDecision { file, decision } in in_order(&self.edits, contradictions.there) {
            let is_contrary = add_edit(&mut edits, decision);
            contradictions.add(file, &decision.item, decision.since(), is_contrary);
        }
        edits.into_values().collect()
    }

    /// What was decided on items of the final SWOT, in all files.
    fn all_finals(&self, contradictions: &mut Contradictions<'_>) -> Vec<FinalDecision> {
        let all = self.final_decisions();
        let mut finals = BTreeMap::new();
        for PlacedDecision { file, decision } in in_order(&all, contradictions.there) {
            let is_contrary = add_final(&mut finals, decision);
            contradictions.add(file, &decision.edit.item, decision.since(), is_contrary);
        }
        finals.into_values().collect()
    }

    /// What was said of pairs, in all files.
    fn all_pairs(&self, there: &BTreeSet<String>) -> Vec<Confirmed> {
        let mut pairs: BTreeMap<(ItemPair, [String; 2]), Confirmed> = BTreeMap::new();
        for PlacedDecision { decision: judged, .. } in in_order(&self.pairs, there) {
            let one = Confirmed::from(judged);
            let known = pairs.entry((one.pair.clone(), one.about.clone())).or_insert_with(|| one.clone());
            known.same = one.same.or(known.same);
            if !one.why.is_empty() {
                known.why = one.why;
            }
        }
        pairs.into_values().collect()
    }

    /// Notes the numbers that items have got which people wrote without one.
    pub(super) fn number_additions(&mut self, numbered: &[FinalAddition]) {
        for added in self.finals.values_mut().flat_map(|finals| &mut finals.additions) {
            let known = numbered.iter().find(|known| added.item.is_empty() && known.is_same(added));
            if let Some(known) = known {
                added.item.clone_from(&known.item);
            }
        }
    }

    /// Notes that content with this hash is about to be written.
    pub(super) fn begin(
        &mut self,
        name: &str,
        hash: &str,
        merged: &MergedBallots,
        document: WrittenDocument,
    ) {
        // What a person decided in a file of this name that is gone still counts.
        if let Some(edits) = self.edits.remove(name) {
            self.edits.entry(EARLIER.to_owned()).or_default().extend(edits);
        }
        if let Some(pairs) = self.pairs.remove(name) {
            self.pairs.entry(EARLIER.to_owned()).or_default().extend(pairs);
        }
        if let Some(finals) = self.finals.remove(name) {
            let earlier = self.finals.entry(EARLIER.to_owned()).or_default();
            earlier.decisions.extend(finals.decisions);
            earlier.additions.extend(finals.additions);
        }
        let next = self.next_order();
        let file = self.files.entry(name.to_owned()).or_default();
        // The same content again is not a later file.
        if file.hashes.insert(hash.to_owned()) {
            file.order = next;
        }
        file.document = with_earlier_versions(document, std::mem::take(&mut file.document));
        file.items = match &merged.final_swot {
            Some(swot) if name.starts_with(FINAL) => final_items(swot, &merged.consensus),
            _ => written_items(&merged.consensus),
        };
    }

    /// Notes that it is written.
    pub(super) fn end(&mut self, name: &str, hash: &str) {
        if let Some(file) = self.files.get_mut(name) {
            file.hashes = BTreeSet::from([hash.to_owned()]);
        }
    }
}

/// What people decided in all files.
#[derive(Debug, Default)]
pub(super) struct DecidedInFiles {
    pub(super) decisions: MergeDecisions,
    /// Files that say something else of an item than those before them.
    pub(super) contradictions: Vec<(String, String)>,
}

/// What was read from a file, if it came from the one with the name `origin`.
struct FromOrigin<T> {
    origin: String,
    read: T,
}

impl From<&JudgedPair> for Confirmed {
    fn from(judged: &JudgedPair) -> Self {
        let [first, second] = &judged.items;
        let mut about = judged.about.clone();
        if second < first {
            about.reverse();
        }
        let why = judged.why.clone();
        Self { pair: ItemPair::new(first, second), same: judged.same, why, about }
    }
}
