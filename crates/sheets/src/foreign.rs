//! Files that are not spreadsheets: what they are, and how to get a spreadsheet with their content.

use super::error::ReadError;
use super::package::Package;
use super::path_pattern::{SPREADSHEETS, has_ending};

/// A kind of file that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ForeignKind {
    /// What it is, after "it is".
    what: &'static str,
    /// What the user can do, in the imperative.
    hint: &'static str,
}

const ASK: &str = "ask whoever made it for the original spreadsheet, or type the table into one";
const COPY: &str = "copy its table into a spreadsheet, check the numbers, and save that as .xlsx";
const UNPACK: &str = "unpack it, and name the spreadsheets in it";
const SAVE: &str = "open it in a spreadsheet program and save it as .xlsx or .csv";
const STATISTICS: &str = "open it in that program and save it as .csv or .xlsx, with its value labels";

const fn kind(what: &'static str, hint: &'static str) -> ForeignKind {
    ForeignKind { what, hint }
}

pub(super) const BINARY: ForeignKind = kind("neither a workbook nor a text table", SAVE);
pub(super) const EXCEL_XML: ForeignKind = kind("an Excel 2003 XML spreadsheet", SAVE);
pub(super) const OTHER_XML: ForeignKind = kind("an XML file that is not a workbook", SAVE);
pub(super) const OTHER_ODF: ForeignKind = kind("an OpenDocument file that is not a spreadsheet", COPY);
pub(super) const NO_WORKBOOK: ForeignKind =
    kind("an Office or Windows file without a workbook in it", "get a new copy of it, as .xlsx or .csv");
const PICTURE: ForeignKind = kind("a picture", ASK);
const WORD: ForeignKind = kind("a Word document", COPY);
const POWERPOINT: ForeignKind = kind("a PowerPoint presentation", ASK);
const MESSAGE: ForeignKind =
    kind("an Outlook email message", "open it, save the attached file, and name that file");
const NUMBERS: ForeignKind =
    kind("an Apple Numbers or Pages document", "open it there and choose File > Export To > Excel");
const ACCESS: ForeignKind = kind(
    "an Access database",
    "open it in Access and export the table that you need (External Data > Export > Excel)",
);
const GOOGLE: ForeignKind = kind(
    "only a link to a Google Sheet, without its cells",
    "open it in a browser, choose File > Download > Microsoft Excel (.xlsx), and name that file",
);
const LINK: ForeignKind = kind("only a link to another file or page", "name the file that it leads to");
const JSON: ForeignKind = kind("a JSON file, which is not a table", "get the same data as .csv or .xlsx");
const SPSS: ForeignKind = kind("an SPSS file", STATISTICS);
const SAS: ForeignKind = kind("a SAS file", STATISTICS);
const STATA: ForeignKind = kind("a Stata file", STATISTICS);
const R_DATA: ForeignKind = kind("an R data file", STATISTICS);

/// First bytes of files, and what those files are.
const BEGINNINGS: [(&[u8], ForeignKind); 27] = [
    (b"%PDF", kind("a PDF, from which no table can be read", ASK)),
    (b"%!PS", kind("a print file, from which no table can be read", ASK)),
    (b"\x89PNG", PICTURE),
    (b"\xFF\xD8\xFF", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"{\\rtf", kind("a text document", COPY)),
    (b"\x1F\x8B", kind("a gzip archive", UNPACK)),
    (b"Rar!", kind("a RAR archive", UNPACK)),
    (b"7z\xBC\xAF\x27\x1C", kind("a 7-Zip archive", UNPACK)),
    (b"BZh", kind("a bzip2 archive", UNPACK)),
    (b"\xFD7zXZ\0", kind("an xz archive", UNPACK)),
    (b"\x28\xB5\x2F\xFD", kind("a Zstandard archive", UNPACK)),
    (b"\0\x01\0\0Standard Jet DB", ACCESS),
    (b"\0\x01\0\0Standard ACE DB", ACCESS),
    (b"SQLite format 3\0", kind("an SQLite database", "export the table that you need as .csv")),
    (b"$FL2", SPSS),
    (b"$FL3", SPSS),
    (b"HEADER RECORD*******LIB", SAS),
    (b"\0\0\0\0\0\0\0\0\0\0\0\0\xC2\xEA\x81\x60", SAS),
    (b"<stata_dta>", STATA),
    (b"RDX2", R_DATA),
    (b"RDX3", R_DATA),
    (b"\0\0\x1A\0", kind("a Lotus 1-2-3 workbook", SAVE)),
    (b"L\0\0\0\x01\x14\x02\0", LINK),
    (b"[InternetShortcut]", LINK),
];

/// Bytes further on in binary files: where, which, and what those files are.
const FURTHER_ON: [(usize, &[u8], ForeignKind); 4] = [
    (257, b"ustar", kind("a tar archive", UNPACK)),
    (8, b"WEBP", PICTURE),
    (4, b"ftyphei", PICTURE),
    (4, b"ftyp", kind("a video", ASK)),
];

/// Names of streams in the container of old Office files, as they are stored.
const STREAMS: [(&str, ForeignKind); 4] = [
    ("WordDocument", WORD),
    ("PowerPoint Document", POWERPOINT),
    ("__properties_version1.0", MESSAGE),
    ("VisioDocument", kind("a Visio drawing", ASK)),
];

/// Beginnings of the paths of parts in zipped files.
const PARTS: [(&str, ForeignKind); 5] = [
    ("word/", WORD),
    ("ppt/", POWERPOINT),
    ("visio/", kind("a Visio drawing", ASK)),
    ("index/document.iwa", NUMBERS),
    ("index.zip", NUMBERS),
];

impl ForeignKind {
    /// The kind of the file that begins with `head`; `None` if it may be a table.
    pub(super) fn of_head(head: &[u8]) -> Option<Self> {
        let mut beginnings = BEGINNINGS.iter();
        if let Some((_, kind)) = beginnings.find(|(magic, _)| head.starts_with(magic)) {
            return Some(*kind);
        }
        if head.contains(&0) {
            let mut further_on = FURTHER_ON.iter();
            let found =
                further_on.find(|(at, magic, _)| head.get(*at..).is_some_and(|h| h.starts_with(magic)));
            return found.map(|(_, _, kind)| *kind).or_else(|| is_old_stata(head).then_some(STATA));
        }
        Self::of_text(&String::from_utf8_lossy(head))
    }

    fn of_text(head: &str) -> Option<Self> {
        let text = head.trim_start_matches('\u{feff}').trim_start();
        let inner = text.strip_prefix('{').or_else(|| text.strip_prefix('[')?.trim_start().strip_prefix('{'));
        if inner.is_some_and(|inner| inner.trim_start().starts_with('"')) {
            let is_link = text.contains("docs.google.com") || text.contains("\"doc_id\"");
            return Some(if is_link { GOOGLE } else { JSON });
        }
        text.contains("ASCII SPSS PORT FILE").then_some(SPSS)
    }

    /// The kind of an old Office file without a workbook, by the names of its streams.
    pub(super) fn of_container(bytes: &[u8]) -> Option<Self> {
        let mut streams = STREAMS.iter();
        let found = streams.find(|(name, _)| {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memchr::memmem::find(bytes, &name).is_some()
        });
        found.map(|(_, kind)| *kind)
    }

    /// Why such a file cannot be read.
    pub(super) fn error(self) -> ReadError {
        ReadError::new(format!("it is {}", self.what), self.hint)
    }
}

/// Whether a file is from Stata before version 13: it begins with a version, a byte order, and a file type.
fn is_old_stata(head: &[u8]) -> bool {
    matches!(head, [104..=115, 1 | 2, 1, 0, ..])
}

/// Why a zip archive that is not a workbook cannot be read. `file` is its name.
pub(super) fn foreign_archive(package: &Package<'_>, file: &str) -> ReadError {
    let names = package.names();
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let known = PARTS.iter().find(|(part, _)| lower.iter().any(|name| name.starts_with(part)));
    if let Some((_, kind)) = known {
        return kind.error();
    }
    let inner: Vec<&str> =
        names.iter().map(String::as_str).filter(|name| is_container_of_tables(name)).collect();
    if inner.is_empty() {
        return ReadError::no_workbook();
    }
    let shown = inner.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    let more = if inner.len() > 3 { " …" } else { "" };
    let hint = match has_ending(file, &["zip"]) {
        true => "unpack it, and name the spreadsheets in it; a project can also name the archive as a source",
        false => "unpack it, or give it the ending .zip and name it as a source",
    };
    ReadError::new(format!("it is a zip archive that contains other files: {shown}{more}"), hint)
}

fn is_container_of_tables(name: &str) -> bool {
    has_ending(name, &SPREADSHEETS) || has_ending(name, &["zip"])
}

#[cfg(test)]
mod tests {
    use super::{ForeignKind, STREAMS};

    fn what(head: &[u8]) -> Option<&'static str> {
        ForeignKind::of_head(head).map(|kind| kind.what)
    }

    #[test]
    fn what_is_no_table_is_called_by_its_name() {
        for (head, expected) in [
            (b"%PDF-1.7".as_slice(), "a PDF, from which no table can be read"),
            (b"\0\x01\0\0Standard ACE DB\0", "an Access database"),
            (b"$FL2@(#) SPSS DATA FILE\0", "an SPSS file"),
            (b"r\x02\x01\0\x05\0", "a Stata file"),
            (
                b"{\n \"url\": \"https://docs.google.com/open?id=1\"}",
                "only a link to a Google Sheet, without its cells",
            ),
            (b"[{\"a\": 1}]", "a JSON file, which is not a table"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "a picture"),
        ] {
            assert_eq!(what(head), Some(expected));
        }
        for head in ["District,Year\n{\"a\"},1", "[Report] of 2024\na,b", "{x},y", "BM,1\n"] {
            assert_eq!(what(head.as_bytes()), None, "{head}");
        }
    }

    #[test]
    fn an_old_document_is_known_by_its_streams() {
        for (name, kind) in STREAMS {
            let stored: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(ForeignKind::of_container(&stored), Some(kind));
        }
        assert_eq!(ForeignKind::of_container(b"Workbook"), None);
    }
}
