//! Files of the room that say something else of the same item.

use std::collections::{BTreeMap, BTreeSet};

use crate::room::{FinalDecision, RoomEdit};

/// Decisions on one item that say something else, and became known together, so that none counts more than the other.
pub(super) struct Contradictions<'a> {
    /// The files that are there.
    pub(super) there: &'a BTreeSet<String>,
    /// Since when the last decision on each item is known.
    pub(super) last: BTreeMap<String, u64>,
    /// The files with the later names, and the items.
    pub(super) found: Vec<(String, String)>,
}

impl Contradictions<'_> {
    /// Notes a decision on an item, by the file in which it is.
    pub(super) fn add(&mut self, file: &str, item: &str, since: u64, is_contrary: bool) {
        let last = self.last.insert(item.to_owned(), since);
        if is_contrary && self.there.contains(file) && last == Some(since) {
            self.found.push((file.to_owned(), item.to_owned()));
        }
    }
}

/// Adds a change to those of earlier files, and returns whether it contradicts them.
pub(super) fn add_edit(edits: &mut BTreeMap<[String; 2], RoomEdit>, edit: &RoomEdit) -> bool {
    let known = edits.entry([edit.item.clone(), edit.about.clone()]);
    let whole = known.or_insert_with(|| RoomEdit::of(&edit.item, &edit.about));
    let is_contradicted = whole.is_contradicted_by(edit);
    whole.follow(edit);
    is_contradicted
}

/// Adds a decision to those of earlier files, and returns whether it contradicts them.
pub(super) fn add_final(finals: &mut BTreeMap<[String; 2], FinalDecision>, decision: &FinalDecision) -> bool {
    let edit = RoomEdit::of(&decision.edit.item, &decision.edit.about);
    let known = finals.entry([edit.item.clone(), edit.about.clone()]);
    let whole = known.or_insert_with(|| FinalDecision { edit, ..FinalDecision::default() });
    let is_contradicted = whole.is_contradicted_by(decision);
    whole.follow(decision);
    is_contradicted
}
