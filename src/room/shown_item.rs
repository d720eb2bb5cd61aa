//! An item as a file shows it.

use std::collections::BTreeSet;

use crate::domain::Quadrant;

/// An item as a file of the consensus shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownItem {
    /// What it is, whatever its number; empty if the file does not say.
    pub about: String,
    /// The quadrants in which it stands.
    pub quadrants: BTreeSet<Quadrant>,
    /// Its words, in each of its rows.
    pub statements: Vec<String>,
}

impl ShownItem {
    /// Whether one of its rows has these words.
    #[must_use]
    pub fn has_statement(&self, words: &str) -> bool {
        self.statements.iter().any(|known| is_same_text(known, words))
    }
}

/// Whether two texts are the same but for blanks, and the apostrophe that keeps a spreadsheet from running a text.
fn is_same_text(one: &str, another: &str) -> bool {
    let bare =
        |text: &str| text.trim().trim_start_matches('\'').split_whitespace().collect::<Vec<_>>().join(" ");
    bare(one) == bare(another)
}
