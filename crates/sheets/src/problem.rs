//! Problems found while finding and reading files. They never prevent the rest from being read.

use super::error::ReadError;
use super::open_quote::OpenQuote;
use super::place::Place;
use super::row_widths::UnevenRows;

/// What went wrong, and where. `reason` and `hint` are plain sentences without an initial capital or a
/// period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No file matches a path or pattern.
    NoFileFound {
        /// The path or pattern.
        pattern: String,
    },
    /// All files that match a path or pattern are in folders excluded by the caller.
    OnlyExcludedFiles {
        /// The path or pattern.
        pattern: String,
    },
    /// A path names an environment variable (`${NAME}`) that is not set.
    VariableNotSet {
        /// The path or pattern.
        pattern: String,
        /// The variable's name.
        variable: String,
    },
    /// A path, or a link on it, leads out of the folder being searched.
    PathOutside {
        /// The path.
        path: String,
    },
    /// A folder or archive contains files that are not spreadsheets.
    NotSpreadsheets {
        /// The folder or archive.
        container: String,
        /// The names of those files.
        names: Vec<String>,
    },
    /// A file cannot be opened or read.
    FileUnreadable {
        /// The file.
        file: String,
        /// The reason.
        reason: String,
        /// What the user can do.
        hint: String,
    },
    /// A file has no cells at all.
    FileEmpty {
        /// The file.
        file: String,
    },
    /// One sheet of a workbook cannot be read; the others can.
    SheetUnreadable {
        /// The sheet.
        place: Place,
        /// The reason.
        reason: String,
        /// What the user can do.
        hint: String,
    },
    /// A visible sheet has no cells.
    SheetEmpty {
        /// The sheet.
        place: Place,
    },
    /// Cells of a sheet were left empty because their text is longer than a cell can have.
    TextsTooLong {
        /// The first such cell.
        first: Place,
        /// The addresses of the next few.
        others: Vec<String>,
        /// How many there are.
        count: u64,
        /// The most characters a cell can have.
        limit: usize,
    },
    /// A quotation mark in a text table is not closed, or is closed far below, and takes in other lines.
    QuoteOpen {
        /// The file.
        file: String,
        /// Where the mark is, and what was done about it.
        quote: OpenQuote,
        /// How many more such marks there are that are not reported individually.
        more: u64,
    },
    /// Rows of a text table have fewer or more cells than the others.
    RowsUneven {
        /// The file.
        file: String,
        /// The rows.
        rows: UnevenRows,
    },
}

impl Problem {
    pub(super) fn file_unreadable(file: &str, reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::FileUnreadable { file: file.to_owned(), reason: reason.into(), hint: hint.into() }
    }

    /// A file that cannot be read because of `error`.
    pub(super) fn unreadable_file(file: &str, error: ReadError) -> Self {
        Self::file_unreadable(file, error.reason, error.hint)
    }
}

/// A result and the problems found while producing it.
#[derive(Debug, Clone)]
pub struct WithProblems<T> {
    /// The result, possibly partial.
    pub value: T,
    /// The problems, in the order they were found.
    pub problems: Vec<Problem>,
}
