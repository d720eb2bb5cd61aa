//! How far apart the schools of one type are.

use crate::domain::SchoolYear;

/// The range of the schools of one type.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SchoolSpread {
    /// The school year.
    pub year: SchoolYear,
    /// The schools, in the middle of a sentence (`elementary schools`).
    pub of_type: String,
    /// How many have a value.
    pub schools: usize,
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// How many clearly and lastingly have a better value than the others.
    pub ahead: usize,
    /// How many clearly and lastingly have a worse value than the others.
    pub behind: usize,
    /// An earlier school year, and how far the same schools were apart then; `None` if there is none to compare with.
    pub earlier: Option<(SchoolYear, f64)>,
}
