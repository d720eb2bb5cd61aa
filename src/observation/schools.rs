//! The schools of a file, as named in its rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Index of a school in the list in a file's reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct SchoolIndex(pub(super) u32);

/// The schools of a file that is being read.
#[derive(Debug, Default)]
pub(super) struct Schools {
    /// By the names of a school: its id and name if the table has both.
    known: BTreeMap<Vec<String>, SchoolIndex>,
    /// The schools of the rows of the current sheet; `None` for a row that is about a whole district.
    rows: BTreeMap<TableRowStart, Option<SchoolIndex>>,
    text_bytes: usize,
}

/// A row of one of the tables of a sheet, which may be side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct TableRowStart {
    row: u32,
    /// The first column of the table.
    column: u32,
}

impl Schools {
    /// Records the school that is named in a row of the table that begins in column `column`.
    pub(super) fn record(&mut self, row: u32, column: u32, names: impl Iterator<Item = String>) {
        let names: Vec<String> =
            names.map(|name| comparable(&name)).filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            return;
        }
        let next = SchoolIndex(self.known.len() as u32);
        let bytes: usize = names.iter().map(String::len).sum();
        let school = *self.known.entry(names).or_insert(next);
        if school == next {
            self.text_bytes += bytes;
        }
        self.rows.insert(TableRowStart { row, column }, Some(school));
    }

    /// Records that a row of the table that begins in column `column` is about a whole district.
    pub(super) fn record_district(&mut self, row: u32, column: u32) {
        self.rows.insert(TableRowStart { row, column }, None);
    }

    /// The school of a cell's row; `None` if no column names it.
    pub(super) fn of_cell(&self, row: u32, column: u32) -> Option<SchoolIndex> {
        self.recorded(row, column).flatten()
    }

    /// Whether a cell's row is about a whole district.
    pub(super) fn is_of_district(&self, row: u32, column: u32) -> bool {
        self.recorded(row, column) == Some(None)
    }

    /// What was recorded of a cell's row.
    fn recorded(&self, row: u32, column: u32) -> Option<Option<SchoolIndex>> {
        let range = TableRowStart { row, column: 0 }..=TableRowStart { row, column };
        self.rows.range(range).next_back().map(|(_, school)| *school)
    }

    /// Total length in bytes of the names of all schools found.
    pub(super) const fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// Clears the rows of the sheet that was read last.
    pub(super) fn next_sheet(&mut self) {
        self.rows.clear();
    }

    /// The names of each school, by its index.
    pub(super) fn finish(self) -> Vec<Vec<String>> {
        let mut schools: Vec<(SchoolIndex, Vec<String>)> =
            self.known.into_iter().map(|(names, index)| (index, names)).collect();
        schools.sort();
        schools.into_iter().map(|(_, names)| names).collect()
    }
}

/// A school's id or name in lower case; an id is without leading zeros, which a spreadsheet may have removed.
fn comparable(name: &str) -> String {
    let lower = name.to_lowercase();
    let is_number = lower.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { lower.trim_start_matches('0').to_owned() } else { lower }
}
