//! What the sheets of one file may take of memory.

use super::{Refusal, Sheet, SheetBuilder};

/// Bytes, for all sheets of a file together and what is held beside them. A sheet of 10 million cells takes a fifth to
/// a third of it.
pub(super) const BYTES: usize = 640 << 20;
/// Rows and columns of the largest sheet that a spreadsheet program knows.
pub(super) const ROWS: u32 = 1_048_576;
pub(super) const COLUMNS: u32 = 16_384;
/// Sheets of a file, or tables of a page.
pub(super) const SHEETS: usize = 10_000;

/// The finished sheets of a file, within these bounds.
#[derive(Debug, Default)]
pub(super) struct Room {
    sheets: Vec<Sheet>,
    taken: usize,
}

impl Room {
    /// What is left beside `bytes` that are held while the sheets are read.
    pub(super) fn beside(bytes: usize) -> Self {
        Self { sheets: Vec::new(), taken: bytes }
    }

    /// Makes sure that there is room for the sheet under way; call it as the sheet grows.
    ///
    /// # Errors
    /// Where the file takes more than it may.
    pub(super) fn check(&self, builder: &SheetBuilder) -> Result<(), Refusal> {
        if self.taken + builder.bytes() <= BYTES { Ok(()) } else { Err(too_large()) }
    }

    /// Takes a sheet that is whole.
    ///
    /// # Errors
    /// Where the file takes more than it may.
    pub(super) fn finish(&mut self, builder: SheetBuilder) -> Result<(), Refusal> {
        self.check(&builder)?;
        if self.sheets.len() >= SHEETS {
            return Err(Refusal::new(
                format!("it holds more than {SHEETS} sheets or tables"),
                "keep only those that are needed",
            ));
        }
        self.taken += builder.bytes();
        self.sheets.push(builder.finish());
        Ok(())
    }

    /// The sheets, in their order.
    pub(super) fn into_sheets(self) -> Vec<Sheet> {
        self.sheets
    }
}

/// A sheet with cells where no spreadsheet has any.
pub(super) fn beyond_the_grid() -> Refusal {
    Refusal::new(
        "a sheet is larger than a spreadsheet can be",
        "delete what lies outside the table and save it again",
    )
}

/// A file whose cells take more memory than one may.
pub(super) fn too_large() -> Refusal {
    Refusal::new(
        format!("its cells take more than {} MB of memory", BYTES >> 20),
        "split it, such as by year, or keep only the rows and columns that are needed",
    )
}
