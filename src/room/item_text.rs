//! An item's number and words.

use crate::domain::Quadrant;

/// An item's number and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemText {
    /// The number.
    pub item: String,
    /// Its quadrant, if somebody named one.
    pub quadrant: Option<Quadrant>,
    /// The words.
    pub statement: String,
    /// What it is, whatever its number: the candidate's id, or the words in which a table added it.
    pub about: String,
}
