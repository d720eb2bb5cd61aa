//! Which breaks belong to a series.

use super::breaks::{BoundBreak, StateBreak, add_break};
use super::{Catalog, Measure};
use crate::domain::{Break, District};

/// The breaks of a measure's own values in a subject, in any district.
#[derive(Debug)]
pub struct MeasureBreaks<'a> {
    measure: &'a Measure,
    layout_breaks: Vec<&'a BoundBreak>,
    state_breaks: Vec<&'a StateBreak>,
}

impl MeasureBreaks<'_> {
    /// Those that concern a district, sorted by year, each year once.
    #[must_use]
    pub fn in_district(&self, district: &District) -> Vec<Break> {
        let mut found = Vec::new();
        for own in &self.measure.breaks {
            add_break(&mut found, own.clone());
        }
        for BoundBreak { layout, found: of_layout } in &self.layout_breaks {
            if district.layouts.contains(layout) {
                add_break(&mut found, of_layout.of_measure());
            }
        }
        for of_state in &self.state_breaks {
            if Some(&of_state.state) == district.state.as_ref() {
                add_break(&mut found, of_state.of_measure());
            }
        }
        found
    }
}

impl Catalog {
    /// The breaks of a measure's own values in a subject. Breaks of the measures that it is computed from are not among them.
    #[must_use]
    pub fn measure_breaks<'a>(&'a self, measure: &'a Measure, subject: &str) -> MeasureBreaks<'a> {
        let layout_breaks = self.layout_breaks.iter().filter(|bound| bound.found.measure == measure.id);
        let state_breaks = self.state_breaks.iter().filter(|found| found.concerns(&measure.id, subject));
        MeasureBreaks {
            measure,
            layout_breaks: layout_breaks.collect(),
            state_breaks: state_breaks.collect(),
        }
    }

    /// The breaks of a measure's own values in a subject of a district, sorted by year, each year once.
    #[must_use]
    pub fn breaks(&self, measure: &Measure, subject: &str, district: &District) -> Vec<Break> {
        self.measure_breaks(measure, subject).in_district(district)
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
