//! What a person decided after the tables: which items are one, and the last words.

use std::collections::{BTreeMap, BTreeSet};

use super::final_decision::{FinalAddition, FinalDecision};
use super::item_text::ItemText;
use super::room_edit::RoomEdit;

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
    /// Why, in the person's words; may be empty.
    pub why: String,
    /// What the two items are, whatever their numbers; empty if it is not known.
    pub about: [String; 2],
}

/// All decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeDecisions {
    /// What was said of proposed pairs.
    pub pairs: Vec<Confirmed>,
    /// What was changed in the consensus.
    pub edits: Vec<RoomEdit>,
    /// What was decided after feedback.
    pub finals: Vec<FinalDecision>,
    /// What was added after feedback.
    pub additions: Vec<FinalAddition>,
}

impl MergeDecisions {
    /// The decisions under the numbers that the items have now; those on items that are no longer there are left out.
    pub(super) fn renumbered(&self, items: &[ItemText]) -> Self {
        let mut now = Self { additions: self.additions.clone(), ..Self::default() };
        for decision in &self.finals {
            if let Some(item) = number_of(items, &decision.edit.about, &decision.edit.item) {
                let edit = RoomEdit { item, ..decision.edit.clone() };
                now.finals.push(FinalDecision { edit, ..decision.clone() });
            }
        }
        for edit in &self.edits {
            if let Some(item) = number_of(items, &edit.about, &edit.item) {
                now.edits.push(RoomEdit { item, ..edit.clone() });
            }
        }
        for one in &self.pairs {
            let [first, second] = &one.about;
            let first = number_of(items, first, &one.pair.first);
            if let Some((first, second)) = first.zip(number_of(items, second, &one.pair.second)) {
                now.pairs.push(Confirmed { pair: ItemPair::new(&first, &second), ..one.clone() });
            }
        }
        now
    }
}

/// The items on which somebody decided, and that are no longer there.
pub(super) fn gone(decisions: &MergeDecisions, items: &[ItemText]) -> Vec<String> {
    let edits = decisions.edits.iter().chain(decisions.finals.iter().map(|decision| &decision.edit));
    let gone = edits.filter(|edit| {
        let now = number_of(items, &edit.about, &edit.item);
        now.is_none_or(|now| items.iter().all(|known| known.item != now))
    });
    let gone: BTreeSet<String> = gone.map(|edit| edit.item.clone()).collect();
    gone.into_iter().collect()
}

/// The number that an item has now: of several with the same words, the one that kept its number.
fn number_of(items: &[ItemText], about: &str, number: &str) -> Option<String> {
    if about.is_empty() {
        return Some(number.to_owned());
    }
    let is_same = |item: &&ItemText| item.about == about;
    let kept = items.iter().filter(is_same).find(|item| item.item == number);
    kept.or_else(|| items.iter().find(is_same)).map(|item| item.item.clone())
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
