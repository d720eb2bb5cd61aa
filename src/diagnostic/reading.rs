//! What was read from a file and what was not: nothing is dropped silently.

use serde::{Deserialize, Serialize};

/// One file that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRead {
    /// Path relative to the project.
    pub path: String,
    /// SHA-256 of its content, in hexadecimal. Absent from a pack if the file is not public, because somebody
    /// who tries all possible contents of its withheld cells could recognize the right one by the hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Size in bytes; absent if the hash is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Id of the layout that it was read with.
    pub layout: String,
    /// Its sheets; a text file has one.
    pub sheets: Vec<SheetRead>,
}

/// One sheet that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRead {
    /// Name; absent for a text file.
    pub sheet: Option<String>,
    /// Why it was not read at all; absent if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
    /// Rows with cells below the header.
    pub rows: u64,
    /// Rows that are hidden in the spreadsheet, and were read like the others.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rows_hidden: u64,
    /// Rows that were left out, by reason.
    pub rows_left_out: Vec<RowsLeftOut>,
    /// Row of the header, or its last row if it has several, from 1 as in the spreadsheet; absent if none was
    /// found.
    pub header_row: Option<u64>,
    /// The number of observations read from it.
    pub observations: u64,
    /// The number of columns that were read.
    pub columns_read: u64,
    /// Columns that the layout leaves out on purpose.
    pub columns_ignored: Vec<ColumnIgnored>,
    /// Headings of the columns that the layout does not mention.
    pub columns_unread: Vec<String>,
    /// Cells with a number.
    pub cells_reported: u64,
    /// Cells whose number is masked by the publisher.
    pub cells_masked: u64,
    /// Cells where nothing was published.
    pub cells_missing: u64,
    /// Cells that should hold a number but do not.
    pub cells_not_numbers: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Rows that were left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowsLeftOut {
    /// The reason, in plain words.
    pub why: String,
    /// The number of rows.
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
            Some(left_out) => left_out.rows += rows,
            None => self.rows_left_out.push(RowsLeftOut { why: why.to_owned(), rows }),
        }
    }
}
