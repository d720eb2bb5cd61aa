//! Sources: from paths to sheets, grids of typed cells that know their file, sheet and address.
//!
//! Nothing here knows of education. Cells are streamed, never laid out as a full rectangle, so that one stray
//! cell in the last corner of a sheet costs nothing; text is kept in one piece a sheet, not a string a cell.

mod file;
mod find;
mod sheet;
mod text;
mod workbook;

pub use file::{SourceFile, read};
pub use find::find;
pub use sheet::{Cell, Row, Sheet, SheetBuilder};
