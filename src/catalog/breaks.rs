//! Breaks in comparability, and to which series each one belongs.
//!
//! A measure's own breaks are true everywhere. Those of `catalog/breaks.toml` belong to one state, and those of a layout to
//! the districts that it names: a series of one state never breaks because another state changed its test.

use serde::Deserialize;

use super::{Catalog, LayoutBreak, Measure};
use crate::domain::{ALL, Break, District};

/// A year in which a state changed a test, its cut scores or a definition: `catalog/breaks.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateBreak {
    /// Code of the state.
    pub state: String,
    /// Ids of the measures that break.
    pub measures: Vec<String>,
    /// Ids of the subjects that break; all if empty.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// First school year (by its end) after the change.
    pub year: i32,
    /// The reason, in plain words.
    pub why: String,
}

impl StateBreak {
    /// Whether a measure's values in a subject break. All subjects together break with any of them.
    fn concerns(&self, measure: &str, subject: &str) -> bool {
        let in_subject =
            self.subjects.is_empty() || subject == ALL || self.subjects.iter().any(|s| s == subject);
        in_subject && self.measures.iter().any(|id| id == measure)
    }

    fn of_measure(&self) -> Break {
        Break { year: self.year, why: self.why.clone() }
    }
}

/// A break of one of the project's layouts.
#[derive(Debug, Clone)]
pub struct BoundBreak {
    /// Id of the layout.
    pub layout: String,
    /// The break.
    pub found: LayoutBreak,
}

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

/// Adds a break unless there is one in that year; the breaks stay sorted by year.
pub(crate) fn add_break(breaks: &mut Vec<Break>, found: Break) {
    let place = breaks.partition_point(|known| known.year < found.year);
    if breaks.get(place).is_none_or(|known| known.year != found.year) {
        breaks.insert(place, found);
    }
}

/// `catalog/breaks.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BreakFile {
    #[serde(default, rename = "break")]
    pub(super) breaks: Vec<StateBreak>,
}
