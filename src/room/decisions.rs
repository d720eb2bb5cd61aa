//! What a person decided after the tables: which items are one, and the last words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::Quadrant;

/// Two items, the smaller number first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemPair {
    /// The number of the first.
    pub first: String,
    /// The number of the second.
    pub second: String,
}

impl ItemPair {
    /// A pair, in either order.
    #[must_use]
    pub fn new(one: &str, another: &str) -> Self {
        let (first, second) = if one <= another { (one, another) } else { (another, one) };
        Self { first: first.to_owned(), second: second.to_owned() }
    }
}

/// What a person said of a pair.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confirmed {
    /// The two items.
    pub pair: ItemPair,
    /// Whether they are one; `None` if the person has not said.
    pub same: Option<bool>,
}

/// What a person changed in the consensus.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoomEdit {
    /// The number of the item.
    pub item: String,
    /// Its quadrant, if it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quadrant: Option<Quadrant>,
    /// Its words, if they were changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}

/// All decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeDecisions {
    /// What was said of proposed pairs.
    pub pairs: Vec<Confirmed>,
    /// What was changed in the consensus.
    pub edits: Vec<RoomEdit>,
}

/// Which items are one: each item with the one that stands for it.
#[derive(Debug, Clone, Default)]
pub(super) struct ItemGroups {
    leader: BTreeMap<String, String>,
}

impl ItemGroups {
    /// The item that stands for `item`.
    pub(super) fn leader<'a>(&'a self, item: &'a str) -> &'a str {
        let mut item = item;
        while let Some(next) = self.leader.get(item) {
            item = next;
        }
        item
    }

    /// Makes two items one; `order` says which of the two stands for both: the lower.
    pub(super) fn join(&mut self, pair: &ItemPair, order: &BTreeMap<String, usize>) {
        let [first, second] = [&pair.first, &pair.second].map(|item| self.leader(item).to_owned());
        if first != second {
            let [rank, other] = [&first, &second].map(|item| order.get(item).copied().unwrap_or(usize::MAX));
            let is_first = (rank, &first) <= (other, &second);
            let (leader, other) = if is_first { (first, second) } else { (second, first) };
            self.leader.insert(other, leader);
        }
    }
}
