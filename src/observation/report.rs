//! What was read of a file and what was not: nothing is dropped in silence.

use serde::Serialize;

/// What became of one file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FileReport {
    /// Name to show.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal; empty where it could not be read.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Id of the layout it was read by.
    pub layout: String,
    /// Its sheets, in order.
    pub sheets: Vec<SheetReport>,
}

/// What became of one sheet.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SheetReport {
    /// Name; absent for text files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Why it was not read at all; absent where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// Row of the header in the spreadsheet, from 1; 0 where it was not found.
    pub header_row: u32,
    /// Rows with cells below the header.
    pub rows: u64,
    /// Rows among them that were left out, by reason.
    pub rows_left_out: Vec<LeftOut>,
    /// Observations read, reported or not.
    pub observations: u64,
    /// Cells with a number.
    pub cells_reported: u64,
    /// Cells that the publisher masks.
    pub cells_masked: u64,
    /// Cells without a value.
    pub cells_missing: u64,
    /// Cells that should be numbers and are not.
    pub cells_not_numbers: u64,
    /// Columns read.
    pub columns_read: u64,
    /// Columns that the layout leaves unread on purpose, by reason.
    pub columns_ignored: Vec<LeftOut>,
    /// Names of the columns that no line of the layout names.
    pub columns_unread: Vec<String>,
}

/// A reason, and how many were left out for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Why.
    pub why: String,
    /// How many.
    pub count: u64,
}

/// Counts one more under `why`.
pub(super) fn count(all: &mut Vec<LeftOut>, why: &str) {
    match all.iter_mut().find(|l| l.why == why) {
        Some(known) => known.count += 1,
        None => all.push(LeftOut { why: why.to_owned(), count: 1 }),
    }
}
