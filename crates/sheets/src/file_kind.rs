//! Detects what kind of file it is from its first bytes, since the name may be wrong.

use super::foreign::{self, ForeignKind};
use super::{dialect, mhtml};

/// How many of a file's first bytes are used to detect its kind.
pub(super) const HEAD_BYTES: usize = 8192;

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// A zip archive: a workbook in a current format, or something else.
    Zip,
    /// A workbook in the old binary format (.xls).
    Xls,
    Parquet,
    Html,
    /// A web page saved as one file (MHTML).
    Mhtml,
    /// An OpenDocument spreadsheet that is not zipped (.fods).
    FlatOds,
    Text,
    /// Something that contains no table.
    Other(ForeignKind),
}

/// First bytes of the formats that can be read.
const FORMATS: [(&[u8], FileKind); 4] = [
    (b"PK\x03\x04", FileKind::Zip),
    (b"PK\x05\x06", FileKind::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::Xls),
    (b"PAR1", FileKind::Parquet),
];

const UTF_16_MARKS: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];

/// Beginnings of tags that identify a web page.
const HTML_TAGS: [&str; 6] = ["<html", "<!doctype html", "<table", "<body", "<head", "<meta"];

impl FileKind {
    /// The kind of the file that begins with `head`.
    pub(super) fn detect(head: &[u8]) -> Self {
        if let Some((_, kind)) = FORMATS.iter().find(|(magic, _)| head.starts_with(magic)) {
            return *kind;
        }
        if let Some(kind) = ForeignKind::of_head(head) {
            return Self::Other(kind);
        }
        if head.contains(&0) && !is_utf16(head) {
            return Self::Other(foreign::BINARY);
        }
        Self::of_markup(head).unwrap_or(Self::Text)
    }

    /// A web page, an OpenDocument file, or XML without a table; `None` for text without markup.
    fn of_markup(head: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(head).to_lowercase();
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if mhtml::is_mhtml(text) {
            return Some(Self::Mhtml);
        }
        if !text.starts_with('<') {
            return None;
        }
        if text.contains("<office:document") {
            let is_spreadsheet = text.contains("opendocument.spreadsheet");
            return Some(if is_spreadsheet { Self::FlatOds } else { Self::Other(foreign::OTHER_ODF) });
        }
        if text.contains("urn:schemas-microsoft-com:office:spreadsheet") && !text.contains("<html") {
            return Some(Self::Other(foreign::EXCEL_XML));
        }
        let is_html = HTML_TAGS.iter().any(|tag| text.contains(tag));
        Some(if is_html { Self::Html } else { Self::Other(foreign::OTHER_XML) })
    }
}

fn is_utf16(head: &[u8]) -> bool {
    UTF_16_MARKS.iter().any(|mark| head.starts_with(mark)) || dialect::unmarked_utf16(head).is_some()
}
