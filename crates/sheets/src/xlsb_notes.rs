//! Notes at the cells of a binary workbook (.xlsb), which the parser leaves out. [MS-XLSB] 2.1.7.8, 2.4.29, 2.4.325

use std::collections::BTreeMap;
use std::io::Read;

use encoding_rs::UTF_16LE;

use super::error::ReadError;
use super::little_endian::u32_at;
use super::package::{MAX_SMALL_PART, Package};
use super::sheet::CellNote;
use super::xlsb_records::{WholeRecord, take_record};

/// The record types that matter here.
mod kind {
    pub(super) const SHEET: u16 = 156;
    pub(super) const BEGIN_NOTE: u16 = 635;
    pub(super) const NOTE_TEXT: u16 = 637;
}

/// The most notes of a sheet that are read.
const MAX_NOTES: usize = 100_000;
/// The part with the list of sheets.
const WORKBOOK: &str = "xl/workbook.bin";

/// The notes of each sheet of a workbook, by the names of the sheets.
///
/// # Errors
/// If a part that should be there is damaged.
pub(super) fn read(bytes: &[u8]) -> Result<BTreeMap<String, Vec<CellNote>>, ReadError> {
    let mut package = Package::open(bytes)?;
    let parts = package.relationships(WORKBOOK)?;
    let mut all = BTreeMap::new();
    for sheet in sheets(&mut package)? {
        let Some(part) = parts.iter().find(|part| part.id == sheet.id) else { continue };
        for notes in package.relationships(&part.target)?.iter().filter(|part| part.kind == "comments") {
            let found = notes_in(&content(&mut package, &notes.target)?);
            all.entry(sheet.name.clone()).or_insert_with(Vec::new).extend(found);
        }
    }
    Ok(all)
}

/// A sheet with the id of the relationship to its part.
struct NotedSheet {
    id: String,
    name: String,
}

fn sheets(package: &mut Package<'_>) -> Result<Vec<NotedSheet>, ReadError> {
    let content = content(package, WORKBOOK)?;
    let mut rest = content.as_slice();
    let mut sheets = Vec::new();
    while let Some(WholeRecord { kind, data }) = take_record(&mut rest) {
        // Its state and its number come first.
        if kind == kind::SHEET
            && let Some(id) = WideText::at(data, 8)
            && let Some(name) = WideText::at(data, id.end)
        {
            sheets.push(NotedSheet { id: id.text, name: name.text });
        }
    }
    Ok(sheets)
}

/// The bytes of a part; none if it is missing.
fn content(package: &mut Package<'_>, path: &str) -> Result<Vec<u8>, ReadError> {
    let Some(mut part) = package.part(path, MAX_SMALL_PART)? else { return Ok(Vec::new()) };
    let mut bytes = Vec::new();
    part.read_to_end(&mut bytes).map_err(|error| part.error(&error.to_string()))?;
    Ok(bytes)
}

fn notes_in(content: &[u8]) -> Vec<CellNote> {
    let mut rest = content;
    let mut notes = Vec::new();
    let mut place = None;
    while let Some(WholeRecord { kind, data }) = take_record(&mut rest) {
        match kind {
            // The author comes first, then the first and last row, and the first and last column.
            kind::BEGIN_NOTE => place = u32_at(data, 4).zip(u32_at(data, 12)),
            kind::NOTE_TEXT if notes.len() < MAX_NOTES => {
                if let Some(((row, column), words)) = place.take().zip(WideText::at(data, 1)) {
                    notes.extend(CellNote::new(row, column, &words.text));
                }
            }
            _ => {}
        }
    }
    notes
}

/// A text in a record, and where it ends.
struct WideText {
    text: String,
    end: usize,
}

impl WideText {
    /// The text that begins at a byte, with its length.
    fn at(data: &[u8], at: usize) -> Option<Self> {
        let start = at + 4;
        let end = start.checked_add((u32_at(data, at)? as usize).checked_mul(2)?)?;
        let text = UTF_16LE.decode_without_bom_handling(data.get(start..end)?).0;
        Some(Self { text: text.into_owned(), end })
    }
}

#[cfg(test)]
mod tests {
    use super::notes_in;

    #[test]
    fn notes_are_read_with_their_cells() {
        let mut content = vec![0xFB, 0x04, 36];
        for number in [0_u32, 6, 6, 2, 2] {
            content.extend(number.to_le_bytes());
        }
        content.extend([0; 16]);
        content.extend([0xFD, 0x04, 1 + 4 + 6, 0, 3, 0, 0, 0, b'f', 0, 0x19, 0x20, b'w', 0]);
        let notes = notes_in(&content);
        assert_eq!(notes.len(), 1);
        assert_eq!((notes[0].row, notes[0].column, notes[0].text.as_str()), (6, 2, "f’w"));
        assert_eq!(notes_in(&content[..30]), []);
    }
}
