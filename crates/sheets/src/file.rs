//! One file: hashed, recognised by its bytes, and handed to the reader for its kind.

use std::sync::OnceLock;

use super::content::{Content, Input};
use super::guard::guarded;
use super::long_text::LONGEST_TEXT;
use super::package::Package;
use super::place::Place;
use super::problem::{Problem, WithProblems};
use super::room::Sheets;
use super::turn::{Turn, is_much};
use super::{Refusal, Sheet, Sieve, dialect, html, ods, parquet, text, workbook, xlsx};

/// Workbooks are held whole, as they are packed, up to this size.
const LARGEST_WORKBOOK: u64 = 256 << 20;
/// The old formats are laid out in memory, up to this size.
const LARGEST_XLS: u64 = 50 << 20;
/// What a file is recognised by.
const HEAD: usize = 8192;

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
    /// The turn that it is read in, where it takes much memory.
    turn: OnceLock<Turn>,
}

impl SourceFile {
    /// A file of these sheets, of which no hash and size are known.
    #[must_use]
    pub fn of_sheets(file: &str, sheets: Vec<Sheet>) -> Self {
        Self { file: file.to_owned(), sha256: String::new(), bytes: 0, sheets, turn: OnceLock::new() }
    }

    /// Waits for its turn where it takes, with `bytes` that are made of it, much memory: so that no two such files are held
    /// at once. The turn ends with the file.
    pub fn reserve(&self, bytes: usize) {
        if is_much(bytes) {
            self.turn.get_or_init(Turn::wait);
        }
    }

    /// Its turn, if it has one: to be held for longer than the file.
    #[must_use]
    pub fn turn(&self) -> Option<Turn> {
        self.turn.get().cloned()
    }
}

/// A file whose hash is known and whose sheets are yet to be read.
#[derive(Debug)]
pub struct OpenedFile {
    file: String,
    content: Content,
}

/// Opens `input`, shown as `file`.
///
/// # Errors
/// The problem, where it cannot be read at all.
pub fn open(input: &Input, file: &str) -> Result<OpenedFile, Problem> {
    match Content::open(input) {
        Ok(content) => Ok(OpenedFile { file: file.to_owned(), content }),
        Err(refusal) => Err(Problem::refused(file, refusal)),
    }
}

/// Reads the file at `input`, shown as `file`. What cannot be read becomes a problem.
#[must_use]
pub fn read(input: &Input, file: &str) -> WithProblems<SourceFile> {
    read_opened(input, file, |opened| opened.read())
}

/// Reads the file at `input`, shown as `file`, a large text table without the rows that `sieve` leaves out. What cannot be
/// read becomes a problem.
pub fn read_sieved(input: &Input, file: &str, sieve: &mut dyn Sieve) -> WithProblems<SourceFile> {
    read_opened(input, file, |opened| opened.read_sieved(sieve))
}

fn read_opened(
    input: &Input,
    file: &str,
    read: impl FnOnce(&OpenedFile) -> WithProblems<SourceFile>,
) -> WithProblems<SourceFile> {
    match open(input, file) {
        Ok(opened) => read(&opened),
        Err(problem) => {
            WithProblems { value: SourceFile::of_sheets(file, Vec::new()), problems: vec![problem] }
        }
    }
}

impl OpenedFile {
    /// SHA-256 of its bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        self.content.sha256()
    }

    /// Reads its sheets.
    #[must_use]
    pub fn read(&self) -> WithProblems<SourceFile> {
        self.sheets(None)
    }

    /// Reads its sheets, a large text table without the rows that `sieve` leaves out.
    pub fn read_sieved(&self, sieve: &mut dyn Sieve) -> WithProblems<SourceFile> {
        self.sheets(Some(sieve))
    }

    fn sheets(&self, sieve: Option<&mut dyn Sieve>) -> WithProblems<SourceFile> {
        // Its bytes may be held whole beside its cells.
        let mut turn = usize::try_from(self.content.size()).is_ok_and(is_much).then(Turn::wait);
        let (sheets, problems) = match guarded(|| sheets(&self.content, &self.file, sieve)) {
            Ok(Sheets { read, lost, turn: of_sheets }) => {
                turn = of_sheets.or(turn);
                let is_empty = |sheet: &Sheet| sheet.row_count() == 0 && sheet.too_long.count == 0;
                let empty = match lost.is_empty() && read.iter().all(is_empty) {
                    true => vec![Problem::FileEmpty { file: self.file.clone() }],
                    false => {
                        let empty = read.iter().filter(|sheet| is_empty(sheet) && !sheet.hidden);
                        empty.map(|sheet| Problem::SheetEmpty { place: sheet.place.clone() }).collect()
                    }
                };
                let lost = lost.into_iter();
                let lost = lost.map(|l| Problem::SheetUnreadable {
                    place: l.place,
                    reason: l.refusal.reason,
                    hint: l.refusal.hint,
                });
                let too_long = read.iter().filter_map(too_long);
                let problems = empty.into_iter().chain(lost).chain(too_long).collect();
                (read, problems)
            }
            Err(refusal) => (Vec::new(), vec![Problem::refused(&self.file, refusal)]),
        };
        let (sha256, bytes) = (self.content.sha256().to_owned(), self.content.size());
        let taken: usize = sheets.iter().map(Sheet::bytes).sum();
        let turn = turn.or_else(|| is_much(taken).then(Turn::wait));
        let turn = turn.map_or_else(OnceLock::new, OnceLock::from);
        let value = SourceFile { file: self.file.clone(), sha256, bytes, sheets, turn };
        WithProblems { value, problems }
    }
}

/// The cells of a sheet whose texts were too long, as one problem.
fn too_long(sheet: &Sheet) -> Option<Problem> {
    let mut cells = sheet.too_long.first.iter().map(|(row, column)| sheet.place.at(*row, *column));
    Some(Problem::TextsTooLong {
        first: cells.next()?,
        others: cells.filter_map(|place| place.cell).collect(),
        count: sheet.too_long.count,
        limit: LONGEST_TEXT,
    })
}

fn sheets(content: &Content, file: &str, sieve: Option<&mut dyn Sieve>) -> Result<Sheets, Refusal> {
    if content.size() == 0 {
        return Ok(vec![super::SheetBuilder::new(Place::file(file), false).finish()].into());
    }
    match kind(&content.head(HEAD)?) {
        Kind::Zipped => zipped(&content.whole(LARGEST_WORKBOOK)?, file),
        Kind::Xls => workbook::read_xls(&content.whole(LARGEST_XLS)?, file),
        Kind::Parquet => parquet::read(&content.whole(LARGEST_WORKBOOK)?, file),
        Kind::Html => html::read(content, file),
        Kind::Text => Ok(vec![text::read(content, file, sieve)?].into()),
        Kind::Named(what) => Err(Refusal::new(
            format!("it is {what}"),
            "open it in a spreadsheet program and save it as .xlsx or .csv",
        )),
    }
}

/// Reads a zipped workbook, whichever of them it is.
fn zipped(bytes: &[u8], file: &str) -> Result<Sheets, Refusal> {
    let mut package = Package::open(bytes)?;
    let main = package.relationships("")?.into_iter().find(|part| part.kind == "officeDocument");
    // A workbook that says nothing of its main part has it where Excel would put it.
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |part| part.target);
    match () {
        () if package.holds("xl/workbook.bin") => workbook::read_xlsb(bytes, file),
        () if package.holds(&main) => xlsx::read(&mut package, &main, file),
        () if package.holds("content.xml") => ods::read(&mut package, file),
        () => Err(no_workbook()),
    }
}

/// A zip archive of something else.
pub(super) fn no_workbook() -> Refusal {
    Refusal::new(
        "it is a zip archive without a workbook",
        "get it again from where it came; name an archive of several files with the ending .zip",
    )
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Zipped,
    Xls,
    Parquet,
    Html,
    Text,
    /// Something else, in words.
    Named(&'static str),
}

/// What a file is, by its first bytes: its name may lie.
fn kind(head: &[u8]) -> Kind {
    let starts = |magic: &[u8]| head.starts_with(magic);
    let known: [(&[u8], &'static str); 7] = [
        (b"%PDF", "a PDF, from which no table can be read"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"{\\rtf", "a text document"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"Rar!", "a RAR archive"),
    ];
    if let Some((_, what)) = known.iter().find(|(magic, _)| starts(magic)) {
        return Kind::Named(what);
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Kind::Zipped;
    }
    if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Kind::Xls;
    }
    if starts(b"PAR1") {
        return Kind::Parquet;
    }
    let utf16 = starts(b"\xFF\xFE") || starts(b"\xFE\xFF") || dialect::unmarked_utf16(head).is_some();
    if !utf16 && head.contains(&0) {
        return Kind::Named("neither a workbook nor a text table");
    }
    markup(head).unwrap_or(Kind::Text)
}

/// A web page, or XML that is no table.
fn markup(head: &[u8]) -> Option<Kind> {
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return None;
    }
    if text.contains("urn:schemas-microsoft-com:office:spreadsheet") && !text.contains("<html") {
        return Some(Kind::Named("an XML spreadsheet of Excel 2003"));
    }
    let html =
        ["<html", "<!doctype html", "<table", "<body", "<head", "<meta"].iter().any(|t| text.contains(t));
    Some(if html { Kind::Html } else { Kind::Named("an XML file that is no workbook") })
}
