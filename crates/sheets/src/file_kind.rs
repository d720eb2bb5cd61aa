//! Detects what kind of file it is from its first bytes, since the name may be wrong.

use super::dialect;

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
    Text,
    /// Something that contains no table, in words.
    Other(&'static str),
}

/// First bytes of files that contain no table, and what those files are.
const OTHERS: [(&[u8], &str); 7] = [
    (b"%PDF", "a PDF, from which no table can be read"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
];

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
        if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Self::Other(what);
        }
        if let Some((_, kind)) = FORMATS.iter().find(|(magic, _)| head.starts_with(magic)) {
            return *kind;
        }
        if head.contains(&0) && !is_utf16(head) {
            return Self::Other("neither a workbook nor a text table");
        }
        Self::of_markup(head).unwrap_or(Self::Text)
    }

    /// A web page, or XML without a table; `None` for text without markup.
    fn of_markup(head: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(head).to_lowercase();
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if !text.starts_with('<') {
            return None;
        }
        if text.contains("urn:schemas-microsoft-com:office:spreadsheet") && !text.contains("<html") {
            return Some(Self::Other("an XML spreadsheet of Excel 2003"));
        }
        let is_html = HTML_TAGS.iter().any(|tag| text.contains(tag));
        Some(if is_html { Self::Html } else { Self::Other("an XML file that is no workbook") })
    }
}

fn is_utf16(head: &[u8]) -> bool {
    UTF_16_MARKS.iter().any(|mark| head.starts_with(mark)) || dialect::unmarked_utf16(head).is_some()
}
