//! Sources: from paths to sheets, grids of typed cells that know their file, sheet and address.
//!
//! Nothing here knows of education. Cells are streamed, never laid out as a full rectangle, so that one stray
//! cell in the last corner of a sheet costs nothing; text is kept in one piece a sheet, not a string a cell.

mod cell;
mod clean;
mod compound;
mod content;
mod dialect;
mod fields;
mod file;
mod find;
mod guard;
mod html;
mod long_text;
mod number_format;
mod ods;
mod package;
mod parquet;
mod parquet_pages;
mod place;
mod problem;
mod records;
mod room;
mod sheet;
mod sieve;
mod text;
mod turn;
mod workbook;
mod xlsx;
mod xlsx_text;

pub use cell::{Cell, UNCALCULATED};
pub use clean::{clean, clean_lines, is_clean};
pub use content::Input;
pub use file::{OpenedFile, SourceFile, open, read, read_sieved};
pub use find::{FoundFile, find};
pub use long_text::TooLong;
pub use place::{Place, cell_name, column_name};
pub use problem::{Problem, WithProblems};
pub use sheet::{Merged, Row, Sheet, SheetBuilder};
pub use sieve::Sieve;
pub use turn::Turn;

/// Why a file cannot be read, and what the user can do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    reason: String,
    hint: String,
    /// Whether it is one damaged or missing part, so that a sheet of its own costs that sheet only.
    of_part: bool,
}

impl Refusal {
    fn new(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { reason: reason.into(), hint: hint.into(), of_part: false }
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::new(
            format!("it cannot be read to its end ({error})"),
            "it may be damaged or cut short: get it again from where it came",
        )
    }
}

/// A stored share as the percent that is shown, without the noise of the multiplication.
fn as_percent(share: f64) -> f64 {
    let rounded = (share * 1e12).round() / 1e10;
    if rounded.is_finite() { rounded } else { share * 100.0 }
}
