//! What one file may hold. No published table comes near these limits; a damaged or hostile file may claim to.

/// Bytes of memory for all sheets of a file and what is held beside them while they are read. A sheet of 10 million
/// cells takes a third to a half of it.
pub(super) const MAX_BYTES: usize = 384 << 20;
/// Bytes of text in one row. A longer row has a quotation mark that was never closed, or is made to fill the memory.
pub(super) const MAX_ROW_BYTES: usize = 16 << 20;
/// Rows of the largest sheet that a spreadsheet program can have.
pub(super) const MAX_ROWS: u32 = 1_048_576;
/// Columns of the largest sheet that a spreadsheet program can have.
pub(super) const MAX_COLUMNS: u32 = 16_384;
/// Sheets of a workbook, or tables of a web page.
pub(super) const MAX_SHEETS: usize = 10_000;
