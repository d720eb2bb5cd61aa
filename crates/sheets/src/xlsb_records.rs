//! Checks a binary workbook (.xlsb) before it is parsed, because the parser keeps entire records and all text
//! in memory.
//!
//! [MS-XLSB] 2.1.4: a part is a sequence of records: a type of up to two bytes, a length of up to four, and
//! that many bytes.

use std::io::{self, BufRead};

use super::error::ReadError;
use super::package::{MAX_SMALL_PART, MAX_TOKEN, Package, Part};

/// Parts that the parser keeps in memory as a whole.
const HELD_PARTS: [&str; 3] = ["xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"];
/// Folders of the sheets.
const SHEET_FOLDERS: [&str; 3] = ["xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/"];
/// The minimum overhead in bytes, besides its content, of each record that the parser keeps.
const BYTES_PER_RECORD: u64 = 96;
/// Total bytes that it may keep.
const MAX_HELD: u64 = 256 << 20;
/// [MS-XLSB] 2.3.2: the short forms of cell records, which the parser would skip.
const SHORT_CELLS: std::ops::RangeInclusive<u16> = 12..=18;

/// Type and length of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Record {
    kind: u16,
    length: u64,
}

/// Reads through all records that the parser will read.
///
/// # Errors
/// If the workbook is damaged, exceeds the limits, or has a form that the parser would skip.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let mut package = Package::open(bytes)?;
    package.relationships("xl/workbook.bin")?;
    check_held_parts(&mut package)?;
    check_sheets(&mut package)
}

fn check_held_parts(package: &mut Package<'_>) -> Result<(), ReadError> {
    let mut held = 0;
    for path in HELD_PARTS {
        let Some(mut part) = package.part(path, MAX_SMALL_PART)? else { continue };
        while let Some(record) = skip_record(&mut part)? {
            held += BYTES_PER_RECORD + record.length;
            if held > MAX_HELD {
                return Err(ReadError::bomb("more texts and styles than can be held"));
            }
        }
    }
    Ok(())
}

fn check_sheets(package: &mut Package<'_>) -> Result<(), ReadError> {
    let mut paths = package.paths_below(&SHEET_FOLDERS);
    // The folder of a sheet may also contain relationships, which are XML.
    paths.retain(|path| path.ends_with(".bin"));
    paths.iter().try_for_each(|path| check_sheet(package, path))
}

fn check_sheet(package: &mut Package<'_>, path: &str) -> Result<(), ReadError> {
    let Some(mut part) = package.part(path, u64::MAX)? else { return Ok(()) };
    while let Some(record) = skip_record(&mut part)? {
        if SHORT_CELLS.contains(&record.kind) {
            return Err(ReadError::new(
                "it is a binary workbook (.xlsb) in a short form that cannot be read",
                "open it in a spreadsheet program and save it as .xlsx",
            ));
        }
    }
    Ok(())
}

/// Reads past the next record; `None` at the end of the part.
fn skip_record(part: &mut Part<'_, '_>) -> Result<Option<Record>, ReadError> {
    part.next_token()?;
    let Some(record) = record_header(part).map_err(|e| part.error(&e.to_string()))? else {
        return Ok(None);
    };
    if record.length > MAX_TOKEN {
        return Err(ReadError::bomb("a record of more than a megabyte"));
    }
    let mut left = record.length as usize;
    while left > 0 {
        let available = part.fill_buf().map(<[u8]>::len);
        let amount = available.map_err(|e| part.error(&e.to_string()))?.min(left);
        if amount == 0 {
            return Ok(None);
        }
        part.consume(amount);
        left -= amount;
    }
    Ok(Some(record))
}

/// Type and length of a record: each byte has seven bits; the eighth says whether more bytes follow.
fn record_header(part: &mut impl BufRead) -> io::Result<Option<Record>> {
    let Some(first) = next_byte(part)? else { return Ok(None) };
    let mut kind = u16::from(first & 0x7F);
    if first & 0x80 != 0 {
        kind |= u16::from(next_byte(part)?.unwrap_or(0) & 0x7F) << 7;
    }
    let mut length = 0;
    for shift in [0, 7, 14, 21] {
        let Some(next) = next_byte(part)? else { return Ok(None) };
        length |= u64::from(next & 0x7F) << shift;
        if next & 0x80 == 0 {
            break;
        }
    }
    Ok(Some(Record { kind, length }))
}

/// A record with its content.
#[derive(Debug, Clone, Copy)]
pub(super) struct WholeRecord<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// Takes the next record from the bytes of a part.
pub(super) fn take_record<'a>(rest: &mut &'a [u8]) -> Option<WholeRecord<'a>> {
    let record = record_header(rest).ok()??;
    let data = rest.get(..usize::try_from(record.length).ok()?)?;
    *rest = &rest[data.len()..];
    Some(WholeRecord { kind: record.kind, data })
}

fn next_byte(part: &mut impl BufRead) -> io::Result<Option<u8>> {
    let first = part.fill_buf()?.first().copied();
    part.consume(usize::from(first.is_some()));
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::{Record, record_header};

    #[test]
    fn types_and_lengths_are_read_seven_bits_a_byte() {
        assert_eq!(record_header(&mut &[0x07, 0x0C][..]).unwrap(), Some(Record { kind: 7, length: 12 }));
        assert_eq!(record_header(&mut &[0x81, 0x01][..]).unwrap(), None);
        assert_eq!(
            record_header(&mut &[0x81, 0x01, 0x00][..]).unwrap(),
            Some(Record { kind: 129, length: 0 })
        );
        assert_eq!(
            record_header(&mut &[0x00, 0x80, 0x01][..]).unwrap(),
            Some(Record { kind: 0, length: 128 })
        );
    }
}
