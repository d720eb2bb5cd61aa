//! What a table is called.

use std::fmt;

use super::plain_text::plain;
use crate::catalog::RoomSpec;
use crate::domain::clean;

/// A table, by its number, or by the name that it gave itself. Numbers sort before names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableLabel {
    /// Its number.
    Number(u32),
    /// Its name.
    Name(String),
    /// People who named no table.
    Unnamed,
}

impl TableLabel {
    /// The table that a text names (`3`, `Table 3`, `table three`, `Blue`).
    pub(super) fn read(text: &str, spec: &RoomSpec) -> Self {
        let words = plain(text);
        let names = spec.headings.get(&crate::catalog::BallotColumn::Table);
        let label = names.into_iter().flatten().find_map(|name| words.strip_prefix(name.as_str()));
        let rest = label.unwrap_or(&words).trim();
        match number(rest, spec) {
            Some(number) => Self::Number(number),
            None if words.is_empty() => Self::Unnamed,
            None => Self::Name(clean(text.trim()).into_owned()),
        }
    }
}

/// A number in digits, also as a spreadsheet shows it (`3.0`), or in words.
fn number(text: &str, spec: &RoomSpec) -> Option<u32> {
    let digits = text.strip_suffix(" 0").unwrap_or(text);
    let in_digits = digits.parse().ok().filter(|number| *number > 0);
    let in_words = spec.numbers.words.iter().skip(1).position(|word| word == text);
    in_digits.or(in_words.map(|index| index as u32 + 1))
}

impl fmt::Display for TableLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => f.write_str(name),
            Self::Unnamed => f.write_str(crate::wording::room::NO_TABLE),
        }
    }
}
