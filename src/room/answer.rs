//! One thing that somebody wrote, and where.

use super::table_label::TableLabel;
use crate::diagnostic::Place;
use crate::domain::Quadrant;

/// One thing that a table or a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// The table.
    pub table: TableLabel,
    /// The row of a form, if one person wrote it; `None` for the ballot of the whole table.
    pub person: Option<FormRow>,
    /// The number of the item; empty if it is about none.
    pub item: String,
    /// What was written.
    pub said: Said,
    /// File, sheet, and cell.
    pub place: Place,
}

/// A person who answered a form: nobody's name, only the file and the row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormRow {
    /// The file, and the sheet if it has several.
    pub file: Place,
    /// The row, from 0.
    pub row: u32,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// A new item.
    Add(Option<Quadrant>, String),
    /// The item stays.
    Keep,
    /// The item stays in other words.
    Change,
    /// The item is dropped.
    Drop,
    /// The item moves to this quadrant.
    Move(Quadrant),
    /// The item in other words.
    Reword(String),
    /// So many dots.
    Vote(u32),
    /// What speaks against it.
    Object(String),
    /// Anything else.
    Comment(String),
}

impl Said {
    /// The words that somebody typed; `None` if it is an answer to choose.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Add(_, text) | Self::Reword(text) | Self::Object(text) | Self::Comment(text) => Some(text),
            _ => None,
        }
    }
}

/// Whether a text would run as a formula or a script somewhere. It is kept, and written so that it does not.
pub(super) fn runs_as_formula(text: &str) -> bool {
    let begins =
        text.trim_start_matches([' ', '\'', '\t', '\n']).starts_with(['=', '+', '@', '＝', '＋', '＠']);
    begins || text.contains("<script") || text.contains("javascript:")
}
