//! What the sheets of one file may take of memory.

use std::cell::OnceCell;

use super::place::Place;
use super::turn::{Turn, is_much};
use super::{Refusal, Sheet, SheetBuilder};

/// Bytes, for all sheets of a file together and what is held beside them. A sheet of 10 million cells takes a third to
/// a half of it.
pub(super) const BYTES: usize = 384 << 20;
/// Bytes of text in one row: its names and notes together. Where a row is longer, a quotation mark was never closed, or
/// it is made to fill the memory.
pub(super) const ROW_BYTES: usize = 16 << 20;
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
    turn: OnceCell<Turn>,
}

/// The sheets of a file, and those that cannot be read.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    pub(super) read: Vec<Sheet>,
    pub(super) lost: Vec<Lost>,
    /// The turn that they are read in, where they take much.
    pub(super) turn: Option<Turn>,
}

/// A sheet that cannot be read, and why.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) place: Place,
    pub(super) refusal: Refusal,
}

impl From<Vec<Sheet>> for Sheets {
    fn from(read: Vec<Sheet>) -> Self {
        Self { read, lost: Vec::new(), turn: None }
    }
}

impl Room {
    /// What is left beside `bytes` that are held while the sheets are read.
    pub(super) fn beside(bytes: usize) -> Self {
        let room = Self { taken: bytes, ..Self::default() };
        room.reserve(bytes);
        room
    }

    /// Makes sure that there is room for the sheet under way; call it as the sheet grows.
    ///
    /// # Errors
    /// Where the file takes more than it may.
    pub(super) fn check(&self, builder: &SheetBuilder) -> Result<(), Refusal> {
        self.check_beside(builder, 0)
    }

    /// The same, with `bytes` more that are held for a while.
    ///
    /// # Errors
    /// Where the file takes more than it may.
    pub(super) fn check_beside(&self, builder: &SheetBuilder, bytes: usize) -> Result<(), Refusal> {
        let all = self.taken.saturating_add(builder.bytes()).saturating_add(bytes);
        self.reserve(all);
        match () {
            () if builder.row_bytes() > ROW_BYTES => Err(row_too_long()),
            () if all > BYTES => Err(too_large()),
            () => Ok(()),
        }
    }

    /// Waits for its turn where the file takes as much as `bytes`, so that no two large ones are held at once.
    pub(super) fn reserve(&self, bytes: usize) {
        if is_much(bytes) {
            self.turn.get_or_init(Turn::wait);
        }
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
                Ok(Sheets { read: self.sheets, lost: self.lost, turn: self.turn.into_inner() })
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

/// A row whose texts take more than those of one may.
pub(super) fn row_too_long() -> Refusal {
    Refusal::new(
        format!("a row of it has more than {} MB of text", ROW_BYTES >> 20),
        "keep only the rows and columns that are needed",
    )
}
