//! In which order decisions in several files of the room count: what was decided later counts more.

use std::collections::{BTreeMap, BTreeSet};

use super::decided::JudgedPair;
use crate::room::{FinalAddition, FinalDecision, RoomEdit};

/// A decision in a file of the room.
pub(super) trait DatedDecision: Clone {
    /// Since which writing of the room's files it is known. Decisions that are made later have a greater one.
    fn since(&self) -> u64;

    /// The same decision, known since another writing.
    fn known_since(self, since: u64) -> Self;

    /// Whether another decision says the same.
    fn says_the_same(&self, other: &Self) -> bool;
}

impl DatedDecision for RoomEdit {
    fn since(&self) -> u64 {
        self.since
    }

    fn known_since(self, since: u64) -> Self {
        Self { since, ..self }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self.clone().known_since(other.since) == *other
    }
}

impl DatedDecision for FinalDecision {
    fn since(&self) -> u64 {
        self.edit.since
    }

    fn known_since(self, since: u64) -> Self {
        Self { edit: self.edit.known_since(since), ..self }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self.clone().known_since(other.since()) == *other
    }
}

impl DatedDecision for FinalAddition {
    fn since(&self) -> u64 {
        self.since
    }

    fn known_since(self, since: u64) -> Self {
        Self { since, ..self }
    }

    /// Its number is given by the program.
    fn says_the_same(&self, other: &Self) -> bool {
        Self { item: other.item.clone(), since: other.since, ..self.clone() } == *other
    }
}

impl DatedDecision for JudgedPair {
    /// A pair is listed in one file only.
    fn since(&self) -> u64 {
        0
    }

    fn known_since(self, _: u64) -> Self {
        self
    }

    fn says_the_same(&self, _: &Self) -> bool {
        false
    }
}

/// Decisions that a file shows `now`: those that it had `before` are known since then, all others since the writing `next`.
pub(super) fn dated<T: DatedDecision>(now: Vec<T>, before: &[T], next: u64) -> Vec<T> {
    let mut all = Vec::new();
    for decision in now {
        let known = before.iter().find(|known| known.says_the_same(&decision));
        let since = known.map_or(next, DatedDecision::since);
        all.push(decision.known_since(since));
    }
    all
}

/// A decision, and the file in which it stands.
pub(super) struct PlacedDecision<'a, T> {
    pub(super) file: &'a str,
    pub(super) decision: &'a T,
}

/// All decisions in the order in which they count: as they became known, and of those that became known together, first those in
/// files that are gone.
pub(super) fn in_order<'a, T: DatedDecision>(
    all: &'a BTreeMap<String, Vec<T>>,
    there: &BTreeSet<String>,
) -> Vec<PlacedDecision<'a, T>> {
    let mut placed: Vec<PlacedDecision<'a, T>> = Vec::new();
    for (file, decisions) in all {
        placed.extend(decisions.iter().map(|decision| PlacedDecision { file, decision }));
    }
    placed.sort_by_key(|one| (one.decision.since(), there.contains(one.file)));
    placed
}
