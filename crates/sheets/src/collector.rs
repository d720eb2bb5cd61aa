//! Collects the sheets of one file within the memory limits.

use std::cell::OnceCell;

use super::error::ReadError;
use super::limits::{MAX_BYTES, MAX_ROW_BYTES, MAX_SHEETS};
use super::place::Place;
use super::sheet::Sheet;
use super::sheet_builder::SheetBuilder;
use super::turn::{Turn, needs_turn};

/// The finished sheets of a file, and how much of [`MAX_BYTES`] they use.
#[derive(Debug, Default)]
pub(super) struct SheetCollector {
    sheets: Vec<Sheet>,
    /// Bytes of the finished sheets and of the data held along with them.
    bytes: usize,
    unreadable: Vec<UnreadableSheet>,
    turn: OnceCell<Turn>,
}

/// The sheets of a file, and those that cannot be read.
#[derive(Debug, Default)]
pub(super) struct ReadSheets {
    pub(super) sheets: Vec<Sheet>,
    pub(super) unreadable: Vec<UnreadableSheet>,
    /// The turn in which they were read, if they take a lot of memory.
    pub(super) turn: Option<Turn>,
}

/// A sheet that cannot be read, and why.
#[derive(Debug)]
pub(super) struct UnreadableSheet {
    pub(super) place: Place,
    pub(super) error: ReadError,
}

impl From<Sheet> for ReadSheets {
    fn from(sheet: Sheet) -> Self {
        Self { sheets: vec![sheet], unreadable: Vec::new(), turn: None }
    }
}

impl SheetCollector {
    /// An empty collector, given that `bytes` of other data are held while the sheets are read.
    pub(super) fn holding(bytes: usize) -> Self {
        let collector = Self { bytes, ..Self::default() };
        collector.reserve(bytes);
        collector
    }

    /// Checks that the sheet in `builder` still fits; call it as the sheet grows.
    ///
    /// # Errors
    /// If the file takes more memory than allowed, or the row is too long.
    pub(super) fn check(&self, builder: &SheetBuilder) -> Result<(), ReadError> {
        self.check_with(builder, 0)
    }

    /// Like [`Self::check`], with `bytes` of additional temporary data.
    ///
    /// # Errors
    /// If the file takes more memory than allowed, or the row is too long.
    pub(super) fn check_with(&self, builder: &SheetBuilder, bytes: usize) -> Result<(), ReadError> {
        let all = self.bytes.saturating_add(builder.bytes()).saturating_add(bytes);
        self.reserve(all);
        if builder.row_bytes() > MAX_ROW_BYTES {
            return Err(ReadError::row_too_long());
        }
        if all > MAX_BYTES {
            return Err(ReadError::too_much_memory());
        }
        Ok(())
    }

    /// Waits for a turn if the file takes `bytes` or more of memory, so that no two large files are held at
    /// once.
    pub(super) fn reserve(&self, bytes: usize) {
        if needs_turn(bytes) {
            self.turn.get_or_init(Turn::wait);
        }
    }

    /// Adds a complete sheet.
    ///
    /// # Errors
    /// If the file takes more memory than allowed, or has too many sheets.
    pub(super) fn add(&mut self, builder: SheetBuilder) -> Result<(), ReadError> {
        self.check(&builder)?;
        if self.sheets.len() >= MAX_SHEETS {
            return Err(ReadError::new(
                format!("it contains more than {MAX_SHEETS} sheets or tables"),
                "keep only those that you need",
            ));
        }
        self.bytes += builder.bytes();
        self.sheets.push(builder.finish());
        Ok(())
    }

    /// Skips a sheet whose part is damaged or missing.
    ///
    /// # Errors
    /// `error` itself, if it concerns the whole file.
    pub(super) fn skip(&mut self, place: Place, error: ReadError) -> Result<(), ReadError> {
        if !error.is_of_one_part {
            return Err(error);
        }
        self.unreadable.push(UnreadableSheet { place, error });
        Ok(())
    }

    /// The sheets in order, and the skipped ones.
    ///
    /// # Errors
    /// If all sheets were skipped, the reason for the first.
    pub(super) fn into_sheets(self) -> Result<ReadSheets, ReadError> {
        let Self { sheets, mut unreadable, turn, .. } = self;
        if sheets.is_empty() && !unreadable.is_empty() {
            return Err(unreadable.swap_remove(0).error);
        }
        Ok(ReadSheets { sheets, unreadable, turn: turn.into_inner() })
    }
}
