//! Reads spreadsheets of any kind into typed cells, within limits of memory and time.
//!
//! Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), text tables (CSV and similar, in any encoding), web pages and
//! Parquet files are detected by their bytes, not by their names. Each becomes a list of [`Sheet`]s: rows of
//! [`Cell`]s that know their file, sheet and address. Anything that cannot be read becomes a [`Problem`] next
//! to the result, worded for the user. A damaged or hostile file never causes a panic, an endless loop or
//! excessive memory use.
//!
//! ```no_run
//! use sheets::{Input, read};
//!
//! let file = read(&Input::File("sales.xlsx".into()), "sales.xlsx");
//! for sheet in &file.value.sheets {
//!     for row in sheet.rows() {
//!         for (column, cell) in row.cells() {
//!             println!("{}: {}", sheet.place.at(row.number, column), cell.to_text());
//!         }
//!     }
//! }
//! for problem in &file.problems {
//!     println!("{problem:?}");
//! }
//! ```
//!
//! [`find()`] finds the files that a path, pattern, folder or zip archive refers to. [`read_sieved`] reads a
//! large text table without the rows that a [`Sieve`] leaves out. Several files can be read at a time; those
//! that take a lot of memory wait for each other (see [`Turn`]).
//!
//! Cells are streamed, never expanded to a full rectangle, so one stray cell in the last corner of a sheet
//! costs nothing. All text of a sheet is in one string.

mod archive;
mod binary_workbook;
mod cell;
mod cell_address;
mod cell_store;
mod clean;
mod collector;
mod compound;
mod content;
mod dates;
mod dialect;
mod error;
mod fields;
mod file;
mod file_kind;
mod find;
mod foreign;
mod guard;
mod html;
mod html_tables;
mod index_ranges;
mod limits;
mod little_endian;
mod long_text;
mod mhtml;
mod number_format;
mod ods;
mod ods_cell;
mod open_quote;
mod package;
mod parquet;
mod parquet_pages;
mod path_pattern;
mod percent;
mod place;
mod problem;
mod raised;
mod row_widths;
mod sheet;
mod sheet_builder;
mod sieve;
mod splitter;
mod tags;
mod text;
mod turn;
mod xls_notes;
mod xls_records;
mod xlsb_notes;
mod xlsb_records;
mod xlsx;
mod xlsx_notes;
mod xlsx_sheet;
mod xlsx_text;
mod xml;

pub use cell::{Cell, MonthOfYear, UNCALCULATED};
pub use clean::{clean, clean_lines, is_clean};
pub use content::Input;
pub use file::{OpenedFile, SourceFile, open, read, read_sieved};
pub use find::{FoundFile, find};
pub use open_quote::{OpenQuote, QuoteRepair};
pub use path_pattern::is_hidden as is_hidden_file;
pub use place::{Place, cell_name, column_name};
pub use problem::{Problem, WithProblems};
pub use raised::without_raised_marks;
pub use row_widths::UnevenRows;
pub use sheet::{CellNote, Merged, Row, Sheet};
pub use sheet_builder::SheetBuilder;
pub use sieve::Sieve;
pub use turn::Turn;
