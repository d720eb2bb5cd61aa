//! One file: read once, hashed, recognised by its bytes, and handed to the reader for its kind.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Sheet, text, workbook};
use crate::diagnostic::{Diagnostic, Place, Warned};

/// The largest file that is read. Larger ones are refused: no district's spreadsheet comes near it.
const LARGEST_FILE: u64 = 1 << 30;

/// A file and its sheets.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Name to show.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal; empty where it could not be read.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Its sheets, in the workbook's order; empty where it could not be read.
    pub sheets: Vec<Sheet>,
}

/// Reads the file at `path`, shown as `file`. What cannot be read becomes a diagnostic.
#[must_use]
pub fn read(path: &Path, file: &str) -> Warned<SourceFile> {
    let refused = |why: &str, hint: &str| Warned {
        value: SourceFile { file: file.to_owned(), sha256: String::new(), bytes: 0, sheets: Vec::new() },
        diagnostics: vec![Diagnostic::file_unreadable(file, why, hint)],
    };
    match std::fs::metadata(path) {
        Ok(meta) if meta.len() > LARGEST_FILE => {
            return refused("it is larger than 1 GiB", "split it, or save only the sheets that are needed");
        }
        Ok(_) => {}
        Err(e) => {
            return refused(
                &format!("it cannot be opened ({e})"),
                "check that it exists and that you may read it",
            );
        }
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) => return refused(&format!("it cannot be read ({e})"), "check that you may read it"),
    };
    let sheets = sheets(&bytes, file);
    let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let size = bytes.len() as u64;
    Warned {
        value: SourceFile { file: file.to_owned(), sha256, bytes: size, sheets: sheets.value },
        diagnostics: sheets.diagnostics,
    }
}

fn sheets(bytes: &[u8], file: &str) -> Warned<Vec<Sheet>> {
    if bytes.is_empty() {
        return Warned { value: Vec::new(), diagnostics: vec![Diagnostic::nothing_there(Place::file(file))] };
    }
    let result = match kind(bytes) {
        Kind::Xlsx => workbook::read_xlsx(bytes, file),
        Kind::OtherWorkbook => workbook::read_other(bytes, file),
        Kind::Text => Ok(vec![text::read(bytes, file)]),
        Kind::Unknown => Err((
            "it is neither a workbook nor a text table".to_owned(),
            "open it in a spreadsheet program and save it as .xlsx or .csv".to_owned(),
        )),
    };
    match result {
        Ok(sheets) => {
            let empty = sheets.iter().filter(|s| s.row_count() == 0 && !s.hidden);
            let diagnostics = empty.map(|s| Diagnostic::nothing_there(s.place.clone())).collect();
            Warned { value: sheets, diagnostics }
        }
        Err((why, hint)) => {
            Warned { value: Vec::new(), diagnostics: vec![Diagnostic::file_unreadable(file, &why, &hint)] }
        }
    }
}

enum Kind {
    Xlsx,
    OtherWorkbook,
    Text,
    Unknown,
}

/// What a file is, by its first bytes: its name may lie.
fn kind(bytes: &[u8]) -> Kind {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
    if starts(b"PK\x03\x04") {
        return if holds(b"xl/workbook.xml") { Kind::Xlsx } else { Kind::OtherWorkbook };
    }
    if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Kind::OtherWorkbook;
    }
    let utf16 = starts(b"\xFF\xFE") || starts(b"\xFE\xFF");
    let head = &bytes[..bytes.len().min(8192)];
    let pictures = [&b"%PDF"[..], b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"PAR1"].iter().any(|m| starts(m));
    if pictures || (!utf16 && head.contains(&0)) { Kind::Unknown } else { Kind::Text }
}
