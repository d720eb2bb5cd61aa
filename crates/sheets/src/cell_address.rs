//! The position of a cell in a sheet, as workbooks write it.

/// Row and column of a cell, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellAddress {
    pub(super) row: u32,
    pub(super) column: u32,
}

impl CellAddress {
    /// Row and column from an address such as `B3`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (column, row) = text.split_at(letters);
        let column = column.bytes().try_fold(0u32, |n, letter| {
            n.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
        })?;
        Some(Self { row: row.parse::<u32>().ok()?.checked_sub(1)?, column: column.checked_sub(1)? })
    }
}
