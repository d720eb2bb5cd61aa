//! What a table is called.

use std::fmt;

use crate::catalog::RoomSpec;
use crate::domain::clean;
use crate::form_export::plain;

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
    /// The table that a text names (`3`, `Table 3`, `table three`, `T3`, `Table 3 - parents`, `Blue`).
    pub(super) fn read(text: &str, spec: &RoomSpec) -> Self {
        let words = plain(text);
        let names = spec.headings.get(&crate::catalog::BallotColumn::Table).into_iter().flatten();
        let names = names.filter(|name| words.starts_with(name.as_str())).max_by_key(|name| name.len());
        let rest = names.map(|name| words[name.len()..].trim());
        // After the word "table", or before a parenthesis or a dash, what follows the number is about the table.
        let first = |words: &str| number(words.split(' ').next().unwrap_or_default(), spec);
        let is_told = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let is_told = is_told.starts_with(['(', '-', '–', ',', ':']);
        let found = match rest {
            Some(rest) => number(rest, spec).or_else(|| first(rest)),
            None => {
                number(&words, spec).or_else(|| first(&words).filter(|_| is_told)).or_else(|| short(&words))
            }
        };
        match found {
            Some(number) => Self::Number(number),
            None if words.is_empty() => Self::Unnamed,
            None => Self::Name(clean(text.trim()).into_owned()),
        }
    }
}

/// A number after the letter of a table (`t3`).
fn short(words: &str) -> Option<u32> {
    words.strip_prefix('t')?.trim().parse().ok().filter(|number| *number > 0)
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
