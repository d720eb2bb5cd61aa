//! What was read of a file and what was not: nothing is dropped in silence.

use serde::{Deserialize, Serialize};

/// One file that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRead {
    /// Path relative to the project.
    pub path: String,
    /// SHA-256 of its content, in hexadecimal; not handed out of a file that is not public, whose withheld cells it would tell to
    /// whoever tries all that they may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Size; as the hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Id of the layout it was read by.
    pub layout: String,
    /// Its sheets; a text file has one.
    pub sheets: Vec<SheetRead>,
}

/// One sheet that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRead {
    /// Name; absent for a text file.
    pub sheet: Option<String>,
    /// Why it was not read at all; absent where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// Rows with cells below the header.
    pub rows: u64,
    /// Rows that were left out, by the reason.
    pub rows_left_out: Vec<RowsLeftOut>,
    /// Row of the header as a spreadsheet numbers it (from 1), the last where there are several; absent where
    /// none was found.
    pub header_row: Option<u64>,
    /// Observations that came of it.
    pub observations: u64,
    /// Columns that were read.
    pub columns_read: u64,
    /// Columns that the layout leaves out on purpose.
    pub columns_ignored: Vec<ColumnIgnored>,
    /// Headings of the columns that no line of the layout names.
    pub columns_unread: Vec<String>,
    /// Cells with a number.
    pub cells_reported: u64,
    /// Cells whose number the publisher hides.
    pub cells_masked: u64,
    /// Cells in which nothing was published.
    pub cells_missing: u64,
    /// Cells that should hold a number and do not.
    pub cells_not_numbers: u64,
}

/// Rows that were left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsLeftOut {
    /// The reason, in plain words.
    pub why: String,
    /// How many.
    pub rows: u64,
}

/// A column that the layout leaves out on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnIgnored {
    /// Heading.
    pub column: String,
    /// The layout's reason.
    pub why: String,
}

impl SheetRead {
    /// Counts one more row left out for the reason `why`.
    pub fn leave_out_row(&mut self, why: &str) {
        self.leave_out_rows(why, 1);
    }

    /// Counts `rows` more rows left out for the reason `why`.
    pub fn leave_out_rows(&mut self, why: &str, rows: u64) {
        match self.rows_left_out.iter_mut().find(|r| r.why == why) {
            Some(known) => known.rows += rows,
            None => self.rows_left_out.push(RowsLeftOut { why: why.to_owned(), rows }),
        }
    }
}
