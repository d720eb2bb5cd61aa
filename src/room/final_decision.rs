//! What the team decides after feedback, as it is in `swot/final.xlsx`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::room_edit::RoomEdit;
use crate::domain::Quadrant;
use crate::form_export::plain;

/// The numbers of items that are added after feedback begin with this.
pub(super) const ADDED: &str = "N-";

/// What the team decided on an item of the consensus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalDecision {
    /// The item, and what was changed in it.
    #[serde(flatten)]
    pub edit: RoomEdit,
    /// The quadrants beside which the team wrote yes; `None` beside none, which means all.
    #[serde(default)]
    pub kept: BTreeSet<Option<Quadrant>>,
    /// The quadrants beside which it wrote no.
    #[serde(default)]
    pub dropped: BTreeSet<Option<Quadrant>>,
    /// Why, in the team's words; may be empty.
    #[serde(default)]
    pub why: String,
}

/// An item that the team added after feedback.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalAddition {
    /// Its number; empty as long as it has none.
    pub item: String,
    /// Its quadrant, if the team wrote one.
    pub quadrant: Option<Quadrant>,
    /// What it says.
    pub statement: String,
    /// Why, in the team's words; may be empty.
    #[serde(default)]
    pub why: String,
    /// Whether the team dropped it again.
    #[serde(default)]
    pub is_dropped: bool,
    /// Since which writing of the room's files it is known, as in [`RoomEdit::since`].
    #[serde(default)]
    pub since: u64,
}

/// What is in a file with the final SWOT.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalDecisions {
    /// The decisions on items of the consensus.
    pub decisions: Vec<FinalDecision>,
    /// The items that were added.
    pub additions: Vec<FinalAddition>,
}

/// What the team decided on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FinalState {
    /// It stays.
    Kept,
    /// Nobody said yet: it stands as in the consensus.
    Open,
    /// It is dropped.
    Dropped,
}

impl FinalState {
    /// The id in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Open => "open",
            Self::Dropped => "dropped",
        }
    }
}

impl FinalDecision {
    /// What was changed, whether it stays, and why, each as a decision of its own: who changes one later does not say the others
    /// anew.
    #[must_use]
    pub fn into_parts(self) -> Vec<Self> {
        let Self { edit, kept, dropped, why } = self;
        let none = Self { edit: RoomEdit::of(&edit.item, &edit.about), ..Self::default() };
        let mut parts = vec![Self { kept, dropped, ..none.clone() }, Self { why, ..none }];
        parts.extend(edit.into_parts().into_iter().map(|edit| Self { edit, ..Self::default() }));
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// What was decided on the item in a quadrant.
    pub(super) fn state(&self, quadrant: Option<Quadrant>) -> FinalState {
        let said = [quadrant, None];
        if said.iter().any(|quadrant| self.dropped.contains(quadrant)) {
            FinalState::Dropped
        } else if said.iter().any(|quadrant| self.kept.contains(quadrant)) || !self.edit.is_empty() {
            FinalState::Kept
        } else {
            FinalState::Open
        }
    }

    /// Takes over what a later file says.
    pub fn follow(&mut self, later: &Self) {
        for quadrant in &later.kept {
            self.dropped.remove(quadrant);
            self.kept.insert(*quadrant);
        }
        for quadrant in &later.dropped {
            self.kept.remove(quadrant);
            self.dropped.insert(*quadrant);
        }
        self.edit.follow(&later.edit);
        if !later.why.is_empty() {
            self.why.clone_from(&later.why);
        }
    }

    /// Whether another file says something else.
    #[must_use]
    pub fn is_contradicted_by(&self, other: &Self) -> bool {
        !self.kept.is_disjoint(&other.dropped)
            || !self.dropped.is_disjoint(&other.kept)
            || self.edit.is_contradicted_by(&other.edit)
    }

    pub(super) fn is_empty(&self) -> bool {
        let Self { edit, kept, dropped, why } = self;
        edit.is_empty() && kept.is_empty() && dropped.is_empty() && why.is_empty()
    }
}

impl FinalAddition {
    /// Whether another file says the same item.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let has_number = !other.item.is_empty() && self.item == other.item;
        has_number || plain(&self.statement) == plain(&other.statement)
    }
}

/// The additions of several files, the later last, each once and each with a number.
#[must_use]
pub fn numbered_additions<'a>(all: impl Iterator<Item = &'a FinalAddition>) -> Vec<FinalAddition> {
    let mut additions: Vec<FinalAddition> = Vec::new();
    for one in all {
        match additions.iter_mut().find(|known| known.is_same(one)) {
            Some(known) => {
                let item = if one.item.is_empty() { known.item.clone() } else { one.item.clone() };
                *known = FinalAddition { item, quadrant: one.quadrant.or(known.quadrant), ..one.clone() };
            }
            None => additions.push(one.clone()),
        }
    }
    let taken: BTreeSet<String> = additions.iter().map(|added| added.item.clone()).collect();
    let mut free = (1..).map(|number| format!("{ADDED}{number}")).filter(|number| !taken.contains(number));
    for added in additions.iter_mut().filter(|added| added.item.is_empty()) {
        added.item = free.next().unwrap_or_default();
    }
    additions
}
