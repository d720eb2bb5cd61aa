//! Notes at the cells of an old workbook (.xls), which the parser leaves out. [MS-XLS] 2.4.179, 2.4.181, 2.4.329
//!
//! A note is a record with its cell and the number of a drawn object. The object is before it, followed by its text.

use std::collections::BTreeMap;

use encoding_rs::{UTF_16LE, WINDOWS_1252};

use super::little_endian::{u16_at, u32_at};
use super::sheet::CellNote;

/// The most notes of a workbook that are read.
const MAX_NOTES: usize = 100_000;
/// The version of workbooks in which notes are drawn objects. Before, the record holds the text.
const WITH_OBJECTS: u16 = 0x0600;
/// What kind of object a note is.
const NOTE_OBJECT: u16 = 0x0019;

/// The record types that matter here.
mod kind {
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const END: u16 = 0x000A;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const OBJECT: u16 = 0x005D;
    pub(super) const OBJECT_TEXT: u16 = 0x01B6;
    pub(super) const CONTINUED: u16 = 0x003C;
    pub(super) const NOTE: u16 = 0x001C;
}

/// The notes of each sheet of a workbook, in the order of its sheets.
pub(super) fn read(workbook: &[u8]) -> Vec<Vec<CellNote>> {
    let globals = Records { rest: workbook }.take_while(|record| record.kind != kind::END);
    let starts =
        globals.filter(|record| record.kind == kind::SHEET).filter_map(|record| u32_at(record.data, 0));
    // Sheets that claim to be at the same place are read only as long as they can be different ones.
    let mut left = workbook.len();
    let mut all = Vec::new();
    for start in starts {
        let mut sheet = SheetNotes::default();
        for record in (Records { rest: workbook.get(start as usize..).unwrap_or_default() }) {
            left = left.saturating_sub(record.data.len() + 4);
            if left == 0 || !sheet.take_record(record) {
                break;
            }
        }
        all.push(sheet.notes);
    }
    all
}

/// A record of a workbook.
#[derive(Clone, Copy)]
struct XlsRecord<'a> {
    kind: u16,
    data: &'a [u8],
}

/// The records of a workbook.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = XlsRecord<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (u16_at(self.rest, 0)?, u16_at(self.rest, 2)?);
        let end = 4 + usize::from(length);
        let data = self.rest.get(4..end)?;
        self.rest = &self.rest[end..];
        Some(XlsRecord { kind, data })
    }
}

/// The notes of a sheet.
#[derive(Default)]
struct SheetNotes {
    notes: Vec<CellNote>,
    /// How many parts are open: the sheet, and a chart in it.
    depth: u32,
    has_objects: bool,
    /// The texts of the objects that are notes, by their numbers.
    texts: BTreeMap<u16, String>,
    /// The object that was begun last, if it is a note.
    object: Option<u16>,
    /// How many characters of its text are still to come.
    missing: usize,
}

impl SheetNotes {
    /// Takes a record; returns whether the sheet goes on.
    fn take_record(&mut self, record: XlsRecord<'_>) -> bool {
        let data = record.data;
        match record.kind {
            kind::BEGIN => {
                self.depth += 1;
                self.has_objects |= u16_at(data, 0) == Some(WITH_OBJECTS);
            }
            kind::END => self.depth = self.depth.saturating_sub(1),
            kind::OBJECT => {
                let is_note = u16_at(data, 4) == Some(NOTE_OBJECT);
                (self.object, self.missing) = (u16_at(data, 6).filter(|_| is_note), 0);
            }
            kind::OBJECT_TEXT => self.missing = u16_at(data, 10).unwrap_or_default().into(),
            kind::CONTINUED if self.missing > 0 => self.add_text(data),
            kind::NOTE => self.add_note(data),
            _ => {}
        }
        self.depth > 0
    }

    /// Adds a piece of the text of an object. It says first whether a character takes two bytes.
    fn add_text(&mut self, data: &[u8]) {
        let Some((flags, rest)) = data.split_first() else { return };
        let width = if flags & 1 == 0 { 1 } else { 2 };
        let letters = (rest.len() / width).min(self.missing);
        let bytes = &rest[..letters * width];
        let encoding = if width == 2 { UTF_16LE } else { WINDOWS_1252 };
        self.missing -= letters;
        if let Some(object) = self.object {
            let text = encoding.decode_without_bom_handling(bytes).0;
            self.texts.entry(object).or_default().push_str(&text);
        }
    }

    fn add_note(&mut self, data: &[u8]) {
        let (Some(row), Some(column), Some(object)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 6))
        else {
            return;
        };
        let text = if self.has_objects {
            self.texts.remove(&object).unwrap_or_default()
        } else {
            WINDOWS_1252.decode_without_bom_handling(data.get(6..).unwrap_or_default()).0.into_owned()
        };
        if self.notes.len() < MAX_NOTES {
            self.notes.extend(CellNote::new(row.into(), column.into(), &text));
        }
    }
}
