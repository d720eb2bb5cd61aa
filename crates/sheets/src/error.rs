//! Why a file, or part of one, cannot be read.

use super::limits::{MAX_BYTES, MAX_ROW_BYTES};

/// Why a file cannot be read, and what the user can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadError {
    /// The reason, as a clause about the file: "it is damaged".
    pub(super) reason: String,
    /// What the user can do, in the imperative.
    pub(super) hint: String,
    /// Whether only one part of a workbook is damaged or missing, so its other sheets can still be read.
    pub(super) is_of_one_part: bool,
}

impl ReadError {
    pub(super) fn new(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { reason: reason.into(), hint: hint.into(), is_of_one_part: false }
    }

    /// A damaged or missing part of a workbook; `error` is the parser's message.
    pub(super) fn damaged_part(error: &str) -> Self {
        if names_a_password(error) {
            return Self::protected();
        }
        let error = Self::new(
            format!("it is damaged or incomplete ({error})"),
            "open it in a spreadsheet program and save it again, or get a new copy of it",
        );
        Self { is_of_one_part: true, ..error }
    }

    /// A workbook in the old format whose parts contradict each other.
    pub(super) fn inconsistent() -> Self {
        Self::new(
            "it is damaged or incomplete (its parts contradict each other)",
            "open it in a spreadsheet program and save it as .xlsx, or get a new copy of it",
        )
    }

    /// A workbook that needs a password.
    pub(super) fn protected() -> Self {
        Self::new("it is protected by a password", "save a copy without the password")
    }

    /// A zip archive that is not a workbook.
    pub(super) fn no_workbook() -> Self {
        Self::new(
            "it is a zip archive without a workbook",
            "get a new copy of it; if it is an archive of several files, its name must end in .zip",
        )
    }

    /// A file that expands to `what`, more than any legitimate spreadsheet has: probably a zip bomb.
    pub(super) fn bomb(what: &str) -> Self {
        Self::new(
            format!("it contains {what}, which no spreadsheet does"),
            "if it is yours, copy the table into a new workbook; if not, do not open it",
        )
    }

    /// A sheet with cells beyond the last row or column that a spreadsheet can have.
    pub(super) fn beyond_the_grid() -> Self {
        Self::new(
            "a sheet is larger than a spreadsheet can be",
            "delete everything outside the table and save it again",
        )
    }

    /// A file whose cells take more memory than [`MAX_BYTES`].
    pub(super) fn too_much_memory() -> Self {
        Self::new(
            format!("its cells take more than {} MB of memory", MAX_BYTES >> 20),
            "split it (by year, for example), or keep only the rows and columns that you need",
        )
    }

    /// A row with more text than [`MAX_ROW_BYTES`].
    pub(super) fn row_too_long() -> Self {
        Self::new(
            format!("one of its rows has more than {} MB of text", MAX_ROW_BYTES >> 20),
            "keep only the rows and columns that you need",
        )
    }
}

impl From<std::io::Error> for ReadError {
    fn from(error: std::io::Error) -> Self {
        Self::new(
            format!("it cannot be read to the end ({error})"),
            "it may be damaged or incomplete: get a new copy of it",
        )
    }
}

/// Whether a parser's message is about a password.
pub(super) fn names_a_password(error: &str) -> bool {
    error.to_lowercase().contains("password")
}
