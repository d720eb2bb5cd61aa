//! Where the tables put an item.

use std::collections::{BTreeMap, BTreeSet};

use super::table_label::TableLabel;
use super::table_position::TablePosition;
use crate::domain::Quadrant;

/// The tables that keep an item, by the quadrant in which they put it; `None` where nobody named one.
#[derive(Debug, Clone, Default)]
pub(super) struct QuadrantVotes {
    pub(super) tables: BTreeMap<Option<Quadrant>, BTreeSet<TableLabel>>,
}

impl QuadrantVotes {
    /// Counts the tables that keep an item which was proposed in the quadrant `home`.
    pub(super) fn of(positions: &BTreeMap<TableLabel, TablePosition>, home: Option<Quadrant>) -> Self {
        let mut votes = Self::default();
        for (table, position) in positions.iter().filter(|(_, position)| position.keeps == Some(true)) {
            let moved = position.moved_to.iter().copied().map(Some);
            let stays = (position.stays || position.moved_to.is_empty()).then_some(home);
            for quadrant in moved.chain(stays) {
                votes.tables.entry(quadrant).or_default().insert(table.clone());
            }
        }
        votes
    }

    /// The quadrants in which the item stands: the one that enough of these tables name, or all that are named.
    pub(super) fn standing(&self, most: f64) -> Vec<Option<Quadrant>> {
        let all: BTreeSet<&TableLabel> = self.tables.values().flatten().collect();
        let enough = self.tables.iter().find(|(_, tables)| {
            tables.len() as f64 * 100.0 >= most * all.len() as f64 && self.is_ahead(tables.len())
        });
        enough.map_or_else(|| self.tables.keys().copied().collect(), |(quadrant, _)| vec![*quadrant])
    }

    /// Whether no other quadrant has as many tables.
    fn is_ahead(&self, count: usize) -> bool {
        self.tables.values().filter(|tables| tables.len() >= count).count() == 1
    }

    /// The tables that put it into this quadrant.
    pub(super) fn tables_in(&self, quadrant: Option<Quadrant>) -> BTreeSet<TableLabel> {
        self.tables.get(&quadrant).cloned().unwrap_or_default()
    }
}
