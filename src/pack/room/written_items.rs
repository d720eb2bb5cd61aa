//! The items of a file of the room as they are written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::Quadrant;
use crate::room::{Consensus, FinalSwot, ShownItem};

/// An item as it was written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct WrittenItem {
    pub(super) item: String,
    #[serde(default)]
    pub(super) about: String,
    pub(super) quadrants: BTreeSet<Quadrant>,
    pub(super) statement: String,
    /// Whether it has a row of its own; an item that is part of another has none.
    #[serde(default)]
    pub(super) has_row: bool,
}

/// The items of the final SWOT as they are written.
pub(super) fn final_items(swot: &FinalSwot, consensus: &Consensus) -> Vec<WrittenItem> {
    let mut items: BTreeMap<&str, WrittenItem> = BTreeMap::new();
    for row in &swot.rows {
        let known = consensus.statements.iter().find(|known| known.item == row.item);
        let about = known.map(|known| known.about.clone()).unwrap_or_default();
        let (item, statement) = (row.item.clone(), row.statement.clone());
        let written = WrittenItem { item, about, quadrants: BTreeSet::new(), statement, has_row: true };
        items.entry(&row.item).or_insert(written).quadrants.extend(row.quadrant);
    }
    items.into_values().collect()
}

/// The items of the consensus as they are written.
pub(super) fn written_items(consensus: &Consensus) -> Vec<WrittenItem> {
    let mut items: BTreeMap<&str, WrittenItem> = BTreeMap::new();
    for text in &consensus.statements {
        let (item, about, statement) = (text.item.clone(), text.about.clone(), text.statement.clone());
        let quadrants = BTreeSet::new();
        items.insert(&text.item, WrittenItem { item, about, quadrants, statement, has_row: false });
    }
    for row in &consensus.rows {
        if let Some(item) = items.get_mut(row.item.as_str()) {
            item.quadrants.extend(row.quadrant);
            item.statement.clone_from(&row.statement);
            item.has_row = true;
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
