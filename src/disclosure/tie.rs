//! What a rate says of the number behind it and of the people that it is of: as exact as it is rounded.

use std::collections::BTreeMap;

use super::bounds::Relation;
use super::people::Cell;
use crate::domain::{Unit, decimal_places};

/// What a cell tells of several counts.
#[derive(Debug)]
pub(super) struct Tie {
    /// Position of the cell.
    pub(super) cell: usize,
    /// What it says if it is as exact as it is written.
    pub(super) relation: Relation,
    /// Of a rate: by how much the weight of the people may be off, as the rate is rounded; 0 where it is not.
    pub(super) off: f64,
}

impl Tie {
    /// What it says as it is rounded: that a number is at least and at most so much of the people that it is of.
    pub(super) fn rounded(&self) -> Vec<Relation> {
        let Relation { terms, .. } = &self.relation;
        match terms.as_slice() {
            [a, b] if self.off > 0.0 => {
                let end = |off: f64| {
                    [*a, *b].map(|(at, weight)| (at, if weight < 0.0 { weight + off } else { weight }))
                };
                vec![
                    Relation::new(end(self.off), 0.0, f64::INFINITY),
                    Relation::new(end(-self.off), f64::NEG_INFINITY, 0.0),
                ]
            }
            _ => vec![self.relation.clone()],
        }
    }
}

/// To what the rates of each measure are rounded, in percent: a decimal place, where all of them are.
pub(super) fn steps<'a>(cells: &[Cell<'a>]) -> BTreeMap<&'a str, f64> {
    let mut places: BTreeMap<&str, Option<i32>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.measure.unit == Unit::Percent) {
        let Some(value) = cell.value else { continue };
        let most = places.entry(&cell.measure.id).or_insert(Some(0));
        *most = most.zip(decimal_places(value)).map(|(most, own)| most.max(own));
    }
    places.into_iter().filter_map(|(id, places)| Some((id, 10f64.powi(-places?)))).collect()
}
