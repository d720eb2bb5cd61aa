//! Items that tables add, and their numbers.

use std::collections::BTreeMap;

use super::table_label::TableLabel;
use crate::diagnostic::Place;
use crate::domain::Quadrant;
use crate::form_export::plain;

/// An item that a table or a person added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedItem {
    /// Its number: the table's, and its place on the table's ballot (`A3-2`).
    pub label: String,
    /// The table.
    pub table: TableLabel,
    /// Where it belongs, if somebody said so.
    pub quadrant: Option<Quadrant>,
    /// What it says.
    pub statement: String,
    /// Where it stands.
    pub place: Place,
}

/// The first letter of the numbers of added items.
const ADDED: char = 'A';

/// The number of a table's own item.
#[must_use]
pub(crate) fn added_label(table: &TableLabel, number: u32) -> String {
    match table {
        TableLabel::Unnamed => format!("{ADDED}-{number}"),
        table => format!("{ADDED}{table}-{number}"),
    }
}

/// The place on a table's ballot that the number of an own item says; `None` if a text is not such a number.
pub(super) fn own_place(text: &str) -> Option<u32> {
    let rest = text.trim().strip_prefix([ADDED, ADDED.to_ascii_lowercase()])?;
    let (_, place) = rest.rsplit_once(['-', '–'])?;
    place.trim().parse().ok().filter(|place| *place > 0)
}

/// Gives added items their numbers. A number that is printed on the ballot stays with its row, wherever the row is moved to.
#[derive(Debug, Default)]
pub(super) struct OwnNumbers {
    taken: BTreeMap<(TableLabel, u32), String>,
}

impl OwnNumbers {
    /// The number of an item with this statement; `printed` is that of its row.
    pub(super) fn take(&mut self, table: &TableLabel, printed: Option<u32>, statement: &str) -> u32 {
        let words = plain(statement);
        let printed = printed.filter(|number| self.is_free(table, *number, &words));
        let number = printed.unwrap_or_else(|| self.next(table));
        self.taken.insert((table.clone(), number), words);
        number
    }

    /// Whether a number is free, or kept for an item with these words.
    fn is_free(&self, table: &TableLabel, number: u32, words: &str) -> bool {
        self.taken.get(&(table.clone(), number)).is_none_or(|other| other == words)
    }

    /// Keeps the numbers that are printed on rows with a text for them.
    pub(super) fn keep(&mut self, table: &TableLabel, printed: u32, statement: &str) {
        self.taken.entry((table.clone(), printed)).or_insert_with(|| plain(statement));
    }

    fn next(&self, table: &TableLabel) -> u32 {
        let last = self.taken.range((table.clone(), 0)..=(table.clone(), u32::MAX)).next_back();
        last.map_or(1, |((_, number), _)| number.saturating_add(1))
    }
}
