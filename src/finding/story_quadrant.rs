//! Keeps each story in one quadrant.
//!
//! What a team hears as one story about the same students, such as how long teachers stay, is an item of one quadrant. The
//! other side of it goes into the doubt line of that item, so that nobody votes for both. Other grades, subjects, and student
//! groups are other stories: mathematics can be a strength where reading is a weakness.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::candidate::{Evidence, Finding};
use super::evidence_line::with_doubt_line;
use super::merge::{Item, ItemKey, add_other_part, is_certain, praises, sortable};
use crate::catalog::FindingsSpec;
use crate::domain::Grade;
use crate::wording;

/// A story about certain students in a subject.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct StoryPart {
    item: ItemKey,
    /// Whether its measure says something of its own within the story.
    is_apart: bool,
    group: String,
    grade: Grade,
    subject: String,
}

impl StoryPart {
    fn of(item: &Item, spec: &FindingsSpec) -> Self {
        let key = &item.finding.key;
        let (group, grade, subject) = (key.group.clone(), key.grade.clone(), key.subject.clone());
        Self { item: item.key.clone(), is_apart: spec.is_apart(&key.measure), group, grade, subject }
    }
}

/// The items, each story in one quadrant only: that of the district's own target, or else where it scores highest. At a tie, a
/// threat wins over an opportunity, an opportunity over a weakness, and a weakness over a strength.
pub(super) fn in_one_quadrant_each(mut items: Vec<Item>, spec: &FindingsSpec) -> Vec<Finding> {
    items.sort_by_key(|Item { is_target, finding, .. }| {
        Reverse((*is_target, is_certain(finding), sortable(finding.score), finding.quadrant))
    });
    let mut kept: BTreeMap<StoryPart, Item> = BTreeMap::new();
    for item in items {
        match kept.entry(StoryPart::of(&item, spec)) {
            Entry::Vacant(place) => {
                place.insert(item);
            }
            Entry::Occupied(mut place) => add_other_quadrant(&mut place.get_mut().finding, item.finding),
        }
    }
    kept.into_values().map(finished).collect()
}

/// Adds what another quadrant says about the story: as its other side if one of the two praises and the other does not, and
/// otherwise as a part of it.
fn add_other_quadrant(kept: &mut Finding, other: Finding) {
    if praises(kept) == praises(&other) {
        add_other_part(kept, &other);
    } else {
        let text = wording::evidence::other_side(&other.statement);
        kept.counter_evidence.insert(0, Evidence { text, sources: Vec::new() });
    }
    kept.absorbed.push(other.id);
    kept.absorbed.extend(other.absorbed);
}

/// The item with its first doubt. Participation goes first, because it may explain the whole result.
fn finished(item: Item) -> Finding {
    let Item { mut finding, participation, .. } = item;
    if let Some(participation) = participation {
        finding.counter_evidence.insert(0, participation);
    }
    with_doubt_line(finding)
}
