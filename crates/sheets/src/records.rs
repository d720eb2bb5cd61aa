//! A check of a binary workbook (.xlsb) before it is parsed: the parser holds records, and all texts, whole.
//! [MS-XLSB] 2.1.4: a part is records of a type and a length of up to two and four bytes, then so many bytes.

use std::io::BufRead;

use super::Refusal;
use super::package::{Package, Part, SMALL_PART, TOKEN, bomb};

/// Where sheets stand.
const SHEETS: [&str; 3] = ["xl/worksheets/", "xl/chartsheets/", "xl/dialogsheets/"];
/// What the parser keeps of each record that is no cell, at least, and of all of them, in bytes.
const RECORD: u64 = 96;
const KEPT: u64 = 256 << 20;

/// Reads past all records that the parser will read.
///
/// # Errors
/// Where the workbook is damaged, beyond the bounds, or in a form that the parser would read past.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut package = Package::open(bytes)?;
    package.relationships("xl/workbook.bin")?;
    let mut kept = 0;
    for path in ["xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"] {
        let Some(mut part) = package.part(path, SMALL_PART)? else { continue };
        while let Some((_, length)) = next(&mut part)? {
            kept += RECORD + length;
            if kept > KEPT {
                return Err(bomb("more texts and styles than can be held"));
            }
        }
    }
    // Beside a sheet may stand its relationships, which are XML.
    for path in package.paths_below(&SHEETS).into_iter().filter(|path| path.ends_with(".bin")) {
        let Some(mut part) = package.part(&path, u64::MAX)? else { continue };
        while let Some((kind, _)) = next(&mut part)? {
            // [MS-XLSB] 2.3.2: 12 to 18 are the short forms of a row's cells, which the reader would skip.
            if (12..=18).contains(&kind) {
                return Err(Refusal::new(
                    "it is a binary workbook (.xlsb) in a short form that cannot be read",
                    "open it in a spreadsheet program and save it as .xlsx",
                ));
            }
        }
    }
    Ok(())
}

/// Reads past the next record and gives its type and length; `None` at the end of the part.
fn next(part: &mut Part<'_, '_>) -> Result<Option<(u16, u64)>, Refusal> {
    part.next_token()?;
    let Some((kind, length)) = header(part).map_err(|e| part.refusal(&e.to_string()))? else {
        return Ok(None);
    };
    if length > TOKEN {
        return Err(bomb("a record of more than a megabyte"));
    }
    let mut left = length as usize;
    while left > 0 {
        let available = part.fill_buf().map(<[u8]>::len);
        let amount = available.map_err(|e| part.refusal(&e.to_string()))?.min(left);
        if amount == 0 {
            return Ok(None);
        }
        part.consume(amount);
        left -= amount;
    }
    Ok(Some((kind, length)))
}

/// Type and length of a record: seven bits a byte, the eighth says that more follow.
fn header(part: &mut impl BufRead) -> std::io::Result<Option<(u16, u64)>> {
    let Some(first) = byte(part)? else { return Ok(None) };
    let mut kind = u16::from(first & 0x7F);
    if first & 0x80 != 0 {
        kind |= u16::from(byte(part)?.unwrap_or(0) & 0x7F) << 7;
    }
    let mut length = 0;
    for shift in [0, 7, 14, 21] {
        let Some(next) = byte(part)? else { return Ok(None) };
        length |= u64::from(next & 0x7F) << shift;
        if next & 0x80 == 0 {
            break;
        }
    }
    Ok(Some((kind, length)))
}

fn byte(part: &mut impl BufRead) -> std::io::Result<Option<u8>> {
    let first = part.fill_buf()?.first().copied();
    part.consume(usize::from(first.is_some()));
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::header;

    #[test]
    fn types_and_lengths_are_read_seven_bits_a_byte() {
        assert_eq!(header(&mut &[0x07, 0x0C][..]).unwrap(), Some((7, 12)));
        assert_eq!(header(&mut &[0x81, 0x01][..]).unwrap(), None);
        assert_eq!(header(&mut &[0x81, 0x01, 0x00][..]).unwrap(), Some((129, 0)));
        assert_eq!(header(&mut &[0x00, 0x80, 0x01][..]).unwrap(), Some((0, 128)));
    }
}
