//! Limits for one file. No published table comes near them; a damaged or hostile file may claim to exceed
//! them.

/// Memory in bytes for all sheets of a file and the data held with them during reading. A sheet with 10
/// million cells takes a third to a half of it.
pub(super) const MAX_BYTES: usize = 384 << 20;
/// Bytes of text in one row. A longer row has an unclosed quotation mark, or is meant to exhaust the memory.
pub(super) const MAX_ROW_BYTES: usize = 16 << 20;
/// The most rows that any spreadsheet program allows in a sheet.
pub(super) const MAX_ROWS: u32 = 1_048_576;
/// The most columns that any spreadsheet program allows in a sheet.
pub(super) const MAX_COLUMNS: u32 = 16_384;
/// The most sheets in a workbook, or tables in a web page.
pub(super) const MAX_SHEETS: usize = 10_000;
