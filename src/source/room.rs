//! What the sheets of one file may take of memory.

use super::{Refusal, Sheet, SheetBuilder};
use crate::diagnostic::Place;

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
    lost: Vec<Lost>,
}

/// The sheets of a file, and those that cannot be read.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    pub(super) read: Vec<Sheet>,
    pub(super) lost: Vec<Lost>,
}

/// A sheet that cannot be read, and why.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) place: Place,
    pub(super) refusal: Refusal,
}

impl From<Vec<Sheet>> for Sheets {
    fn from(read: Vec<Sheet>) -> Self {
        Self { read, lost: Vec::new() }
    }
}

impl Room {
    /// What is left beside `bytes` that are held while the sheets are read.
    pub(super) fn beside(bytes: usize) -> Self {
        Self { taken: bytes, ..Self::default() }
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

    /// Goes on without a sheet whose part is damaged or missing.
    ///
    /// # Errors
    /// The refusal, where it is of the whole file.
    pub(super) fn lose(&mut self, place: Place, refusal: Refusal) -> Result<(), Refusal> {
        if !refusal.of_part {
            return Err(refusal);
        }
        self.lost.push(Lost { place, refusal });
        Ok(())
    }

    /// The sheets, in their order, and those lost.
    ///
    /// # Errors
    /// Why the first was lost, where all were.
    pub(super) fn into_sheets(mut self) -> Result<Sheets, Refusal> {
        match self.lost.pop() {
            Some(last) if self.sheets.is_empty() => {
                let first = self.lost.into_iter().next().unwrap_or(last);
                Err(first.refusal)
            }
            last => {
                self.lost.extend(last);
                Ok(Sheets { read: self.sheets, lost: self.lost })
            }
        }
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
