//! Breaks in comparability, and to which series each one belongs.
//!
//! A measure's own breaks are true everywhere. Those of `catalog/breaks.toml` belong to one state, and those of a layout to
//! the districts that it names: a series of one state never breaks because another state changed its test.

use serde::Deserialize;

use super::LayoutBreak;
use crate::domain::{ALL, Break};

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
    pub(super) fn concerns(&self, measure: &str, subject: &str) -> bool {
        let in_subject =
            self.subjects.is_empty() || subject == ALL || self.subjects.iter().any(|s| s == subject);
        in_subject && self.measures.iter().any(|id| id == measure)
    }

    pub(super) fn of_measure(&self) -> Break {
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
