//! Which breaks belong to a series.

use super::breaks::{BoundBreak, add_break};
use super::{Catalog, Measure};
use crate::domain::{Break, District};

impl Catalog {
    /// The breaks of a measure's own values in a subject of a district, sorted by year, each year once. Breaks of the
    /// measures that it is computed from are not among them.
    #[must_use]
    pub fn breaks(&self, measure: &Measure, subject: &str, district: &District) -> Vec<Break> {
        let mut found = Vec::new();
        for own in &measure.breaks {
            add_break(&mut found, own.clone());
        }
        for BoundBreak { layout, found: of_layout } in &self.layout_breaks {
            if of_layout.measure == measure.id && district.layouts.contains(layout) {
                add_break(&mut found, of_layout.of_measure());
            }
        }
        let state = district.state.as_ref();
        for of_state in self.state_breaks.iter().filter(|of_state| Some(&of_state.state) == state) {
            if of_state.concerns(&measure.id, subject) {
                add_break(&mut found, of_state.of_measure());
            }
        }
        found
    }

    /// Whether a measure has a break in any state or layout, leaving out those of its parts.
    #[must_use]
    pub fn has_breaks(&self, measure: &Measure) -> bool {
        !measure.breaks.is_empty()
            || self.layout_breaks.iter().any(|bound| bound.found.measure == measure.id)
            || self.state_breaks.iter().any(|of_state| of_state.measures.contains(&measure.id))
    }

    /// Whether any state changed a measure's test or definition between two school years, by their ends: after `first`, up
    /// to and including `last`.
    #[must_use]
    pub fn any_state_breaks(&self, measure: &str, first: i32, last: i32) -> bool {
        let mut breaks = self.state_breaks.iter();
        breaks.any(|found| {
            first < found.year && found.year <= last && found.measures.iter().any(|id| id == measure)
        })
    }
}
