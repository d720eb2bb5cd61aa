//! Checks the sheets of an old workbook (.xls) before they are parsed, because the parser allocates a full
//! grid of cells and copies each text.
//!
//! [MS-XLS] 2.1.4: a workbook is a sequence of records, each with a type, a length, and that many bytes. Cell
//! records begin with row and column.

use super::error::ReadError;
use super::little_endian::{u16_at, u32_at};

/// Columns of a sheet in the old format.
const MAX_COLUMNS: u16 = 256;
/// The most cells that may be allocated for all sheets of a workbook: each takes 32 bytes, plus 24 if the
/// sheet has formulas.
const MAX_CELLS: u64 = 5_000_000;
/// Total characters in the text of all cells.
const MAX_CHARACTERS: u64 = 50_000_000;

/// The record types that matter here.
mod kind {
    pub(super) const BEGIN_SHEET: u16 = 0x0809;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const SHARED_TEXTS: u16 = 0x00FC;
    pub(super) const CONTINUED: u16 = 0x003C;
    pub(super) const TEXT_CELL: u16 = 0x00FD;
    pub(super) const SEVERAL_NUMBERS: u16 = 0x00BD;
    pub(super) const SEVERAL_BLANKS: u16 = 0x00BE;
    pub(super) const BLANK: u16 = 0x0201;
    /// Formula, several numbers, several blanks, text, blank, number, label, boolean, short number.
    pub(super) const CELLS: [u16; 9] =
        [0x0006, SEVERAL_NUMBERS, SEVERAL_BLANKS, TEXT_CELL, BLANK, 0x0203, 0x0204, 0x0205, 0x027E];
}

/// Checks that the sheets of a workbook are not larger than may be allocated, by declaration or in fact.
///
/// # Errors
/// If they are.
pub(super) fn check(workbook: &[u8]) -> Result<(), ReadError> {
    let mut rest = workbook;
    let mut texts = XlsSharedTexts::default();
    let mut sizes = SheetSizes::default();
    while let (Some(kind), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let end = 4 + usize::from(length);
        let Some(data) = rest.get(4..end) else { break };
        texts.take_record(kind, data);
        sizes.take_record(kind, data)?;
        if sizes.cells() > MAX_CELLS || texts.shown > MAX_CHARACTERS {
            return Err(ReadError::new(
                format!(
                    "its sheets are too large to be read in this old format: more than {MAX_CELLS} cells, or \
                     {MAX_CHARACTERS} characters in them"
                ),
                "open it in a spreadsheet program and save it as .xlsx",
            ));
        }
        rest = &rest[end..];
    }
    Ok(())
}

/// How many cells the parser allocates for the sheets so far.
#[derive(Default)]
struct SheetSizes {
    /// The range of the current sheet's values. Blank cells are not allocated.
    rows: u64,
    columns: u64,
    /// Cells of the previous sheets.
    before: u64,
    /// Cells that the current sheet claims to have; memory for them is allocated while it is read.
    reserved: u64,
}

impl SheetSizes {
    fn cells(&self) -> u64 {
        (self.before + self.rows * self.columns).max(self.reserved)
    }

    fn take_record(&mut self, kind: u16, data: &[u8]) -> Result<(), ReadError> {
        match kind {
            kind::BEGIN_SHEET => {
                let before = self.before + self.rows * self.columns;
                *self = Self { before, ..Self::default() };
            }
            kind::DIMENSIONS => self.reserved = claimed_cells(data),
            _ if kind::CELLS.contains(&kind) => self.take_cell(kind, data)?,
            _ => {}
        }
        Ok(())
    }

    fn take_cell(&mut self, kind: u16, data: &[u8]) -> Result<(), ReadError> {
        let (row, column) = (u16_at(data, 0).unwrap_or(0), u16_at(data, 2).unwrap_or(0));
        let last = last_column(kind, data).unwrap_or(column).max(column);
        if last >= MAX_COLUMNS {
            return Err(ReadError::inconsistent());
        }
        if !matches!(kind, kind::BLANK | kind::SEVERAL_BLANKS) {
            self.rows = self.rows.max(u64::from(row) + 1);
            self.columns = self.columns.max(u64::from(last) + 1);
        }
        Ok(())
    }
}

/// Rows times columns in a dimensions record, which exists in two widths.
fn claimed_cells(data: &[u8]) -> u64 {
    let is_wide = matches!(data.len(), 14 | 16);
    let rows = if is_wide { u32_at(data, 4) } else { u16_at(data, 2).map(u32::from) };
    let columns = u16_at(data, if is_wide { 10 } else { 6 });
    u64::from(rows.unwrap_or(0)) * u64::from(columns.unwrap_or(0))
}

/// The last column of a record with several cells, which is stored at its end.
fn last_column(kind: u16, data: &[u8]) -> Option<u16> {
    let has_several = matches!(kind, kind::SEVERAL_NUMBERS | kind::SEVERAL_BLANKS);
    if has_several { u16_at(data, data.len().saturating_sub(2)) } else { None }
}

/// The shared text of cells: one text may be used by a million cells.
#[derive(Default)]
struct XlsSharedTexts<'a> {
    /// The records that contain it.
    records: Vec<&'a [u8]>,
    /// Whether the previous record was one of them.
    in_records: bool,
    /// How many characters each text has.
    lengths: Vec<u64>,
    /// Total characters in the text of all cells so far.
    shown: u64,
}

impl<'a> XlsSharedTexts<'a> {
    fn take_record(&mut self, kind: u16, data: &'a [u8]) {
        let is_first = kind == kind::SHARED_TEXTS;
        let is_own = is_first || (kind == kind::CONTINUED && self.in_records);
        if is_own {
            self.records.push(if is_first { data.get(8..).unwrap_or(&[]) } else { data });
        } else if self.in_records {
            self.lengths = TextLengths::new(&self.records).collect();
        }
        self.in_records = is_own;
        if kind == kind::TEXT_CELL
            && let Some(index) = u32_at(data, 6)
        {
            self.shown += self.lengths.get(index as usize).copied().unwrap_or(0);
        }
    }
}

/// How many characters each shared text has. [MS-XLS] 2.5.293
struct TextLengths<'r, 'a> {
    records: std::slice::Iter<'r, &'a [u8]>,
    /// The rest of the current record.
    rest: &'a [u8],
}

/// The header before the characters of a text.
struct TextHeader {
    characters: u16,
    /// Whether a character takes two bytes.
    is_wide: bool,
    /// Size of the header in bytes.
    length: usize,
    /// Bytes of formatting and phonetic text after the characters.
    extra: usize,
}

impl TextHeader {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (characters, flags) = (u16_at(bytes, 0)?, *bytes.get(2)?);
        let (mut length, mut extra) = (3, 0usize);
        if flags & 8 != 0 {
            extra += u16_at(bytes, length).map_or(0, |runs| usize::from(runs) * 4);
            length += 2;
        }
        if flags & 4 != 0 {
            extra = extra.saturating_add(u32_at(bytes, length).map_or(0, |bytes| bytes as usize));
            length += 4;
        }
        Some(Self { characters, is_wide: flags & 1 != 0, length, extra })
    }
}

impl<'r, 'a> TextLengths<'r, 'a> {
    fn new(records: &'r [&'a [u8]]) -> Self {
        Self { records: records.iter(), rest: &[] }
    }

    /// Skips the characters of a text. It may continue in the next record, which states again whether a
    /// character takes one byte or two.
    fn skip_characters(&mut self, count: usize, mut is_wide: bool) {
        let mut left = count;
        loop {
            let width = if is_wide { 2 } else { 1 };
            let here = left.min(self.rest.len() / width);
            self.rest = &self.rest[here * width..];
            left -= here;
            if left == 0 {
                return;
            }
            let next = self.records.next().and_then(|record| record.split_first());
            let Some((flags, after)) = next else { return };
            (is_wide, self.rest) = (flags & 1 != 0, after);
        }
    }

    /// Skips bytes, which may continue in the next records.
    fn skip_bytes(&mut self, count: usize) {
        let mut left = count;
        while left > self.rest.len() {
            left -= self.rest.len();
            self.rest = self.records.next().copied().unwrap_or(&[]);
        }
        self.rest = &self.rest[left..];
    }
}

impl Iterator for TextLengths<'_, '_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        if self.rest.is_empty() {
            self.rest = self.records.next()?;
        }
        let header = TextHeader::parse(self.rest)?;
        self.rest = self.rest.get(header.length..).unwrap_or(&[]);
        self.skip_characters(header.characters.into(), header.is_wide);
        self.skip_bytes(header.extra);
        Some(header.characters.into())
    }
}

#[cfg(test)]
mod tests {
    use super::TextLengths;

    #[test]
    fn texts_that_continue_in_the_next_record_are_counted() {
        // "abc"; "abcd", whose last two characters are in the next record at two bytes each; one with two
        // formatting runs.
        let first = [3, 0, 0, b'a', b'b', b'c', 4, 0, 0, b'a', b'b'];
        let second = [1, b'c', 0, b'd', 0, 1, 0, 8, 2, 0, b'x', 1, 2, 3, 4, 5, 6, 7, 8, 2, 0, 0, b'y', b'z'];
        let records: [&[u8]; 2] = [&first, &second];
        assert_eq!(TextLengths::new(&records).collect::<Vec<_>>(), [3, 4, 1, 2]);
        assert_eq!(TextLengths::new(&[&[0xFF, 0xFF, 1, 0]]).collect::<Vec<_>>(), [0xFFFF]);
    }
}
