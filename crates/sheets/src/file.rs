//! Reads one file: hashes it, detects its format from its bytes, and passes it to the reader for that format.

use std::sync::OnceLock;

use super::collector::{ReadSheets, UnreadableSheet};
use super::content::{Content, Input};
use super::error::ReadError;
use super::file_kind::{FileKind, HEAD_BYTES};
use super::foreign::foreign_archive;
use super::guard::catch_panics;
use super::long_text::LONGEST_TEXT;
use super::package::Package;
use super::place::Place;
use super::problem::{Problem, WithProblems};
use super::sheet::Sheet;
use super::sheet_builder::SheetBuilder;
use super::sieve::Sieve;
use super::turn::{Turn, needs_turn};
use super::{binary_workbook, html, mhtml, ods, parquet, text, xlsx};

/// The largest workbook that is read, in compressed bytes: the whole file is held in memory.
const LARGEST_WORKBOOK: u64 = 256 << 20;
/// The largest workbook in the old format, in bytes: its sheets are expanded in memory.
const LARGEST_XLS: u64 = 50 << 20;

/// How many open quotation marks of a text table are reported individually.
const LISTED_QUOTES: usize = 10;

/// A file and its sheets.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Display name.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal; empty if it could not be read.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Its sheets, in the workbook's order; empty if it could not be read.
    pub sheets: Vec<Sheet>,
    /// The turn in which it is read, if it takes a lot of memory.
    turn: OnceLock<Turn>,
}

impl SourceFile {
    /// A file with these sheets and without a hash or size.
    #[must_use]
    pub fn of_sheets(file: &str, sheets: Vec<Sheet>) -> Self {
        Self { file: file.to_owned(), sha256: String::new(), bytes: 0, sheets, turn: OnceLock::new() }
    }

    /// Waits for a turn if `bytes`, the size of data derived from it, is large, so that no two large files
    /// are held at once. The turn ends when the file is dropped.
    pub fn reserve(&self, bytes: usize) {
        if needs_turn(bytes) {
            self.turn.get_or_init(Turn::wait);
        }
    }

    /// Its turn, if it has one, for holding it longer than the file.
    #[must_use]
    pub fn turn(&self) -> Option<Turn> {
        self.turn.get().cloned()
    }
}

/// A file whose hash is known and whose sheets have not been read yet.
#[derive(Debug)]
pub struct OpenedFile {
    file: String,
    content: Content,
}

/// Opens `input`, displayed as `file`.
///
/// # Errors
/// The problem, if it cannot be read at all.
pub fn open(input: &Input, file: &str) -> Result<OpenedFile, Problem> {
    match Content::open(input) {
        Ok(content) => Ok(OpenedFile { file: file.to_owned(), content }),
        Err(error) => Err(Problem::unreadable_file(file, error)),
    }
}

/// Reads the file at `input`, displayed as `file`. Anything that cannot be read becomes a problem.
#[must_use]
pub fn read(input: &Input, file: &str) -> WithProblems<SourceFile> {
    match open(input, file) {
        Ok(opened) => opened.read(),
        Err(problem) => unopened(file, problem),
    }
}

/// Reads the file at `input`, displayed as `file`; a large text table is read without the rows that `sieve`
/// leaves out. Anything that cannot be read becomes a problem.
pub fn read_sieved(input: &Input, file: &str, sieve: &mut dyn Sieve) -> WithProblems<SourceFile> {
    match open(input, file) {
        Ok(opened) => opened.read_sieved(sieve),
        Err(problem) => unopened(file, problem),
    }
}

fn unopened(file: &str, problem: Problem) -> WithProblems<SourceFile> {
    WithProblems { value: SourceFile::of_sheets(file, Vec::new()), problems: vec![problem] }
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
        self.read_with(None)
    }

    /// Reads its sheets; a large text table without the rows that `sieve` leaves out.
    pub fn read_sieved(&self, sieve: &mut dyn Sieve) -> WithProblems<SourceFile> {
        self.read_with(Some(sieve))
    }

    fn read_with(&self, sieve: Option<&mut dyn Sieve>) -> WithProblems<SourceFile> {
        // The whole file may be held in memory along with its cells.
        let own_turn = usize::try_from(self.content.size()).ok().and_then(Turn::for_bytes);
        match catch_panics(|| read_sheets(&self.content, &self.file, sieve)) {
            Ok(ReadSheets { sheets, unreadable, turn }) => {
                let problems = self.problems(&sheets, unreadable);
                WithProblems { value: self.with_sheets(sheets, turn.or(own_turn)), problems }
            }
            Err(error) => WithProblems {
                value: self.with_sheets(Vec::new(), own_turn),
                problems: vec![Problem::unreadable_file(&self.file, error)],
            },
        }
    }

    fn with_sheets(&self, sheets: Vec<Sheet>, turn: Option<Turn>) -> SourceFile {
        let turn = turn.or_else(|| Turn::for_bytes(sheets.iter().map(Sheet::bytes).sum()));
        SourceFile {
            file: self.file.clone(),
            sha256: self.content.sha256().to_owned(),
            bytes: self.content.size(),
            sheets,
            turn: turn.map_or_else(OnceLock::new, OnceLock::from),
        }
    }

    fn problems(&self, sheets: &[Sheet], unreadable: Vec<UnreadableSheet>) -> Vec<Problem> {
        let mut problems = Vec::new();
        if unreadable.is_empty() && sheets.iter().all(Sheet::is_empty) {
            problems.push(Problem::FileEmpty { file: self.file.clone() });
        } else {
            let empty = sheets.iter().filter(|sheet| sheet.is_empty() && !sheet.hidden);
            problems.extend(empty.map(|sheet| Problem::SheetEmpty { place: sheet.place.clone() }));
        }
        problems.extend(unreadable.into_iter().map(Problem::from));
        problems.extend(sheets.iter().filter_map(overlong_texts));
        problems.extend(sheets.iter().flat_map(|sheet| self.open_quotes(sheet)));
        for rows in sheets.iter().flat_map(|sheet| &sheet.uneven_rows) {
            problems.push(Problem::RowsUneven { file: self.file.clone(), rows: *rows });
        }
        problems
    }

    /// A problem for each of the first open quotation marks of a sheet.
    fn open_quotes(&self, sheet: &Sheet) -> Vec<Problem> {
        let quotes = &sheet.open_quotes;
        let mut problems = Vec::new();
        for (index, quote) in quotes.iter().take(LISTED_QUOTES).enumerate() {
            let is_last = index + 1 == LISTED_QUOTES;
            let more = if is_last { (quotes.len() - LISTED_QUOTES) as u64 } else { 0 };
            problems.push(Problem::QuoteOpen { file: self.file.clone(), quote: *quote, more });
        }
        problems
    }
}

impl From<UnreadableSheet> for Problem {
    fn from(UnreadableSheet { place, error }: UnreadableSheet) -> Self {
        Self::SheetUnreadable { place, reason: error.reason, hint: error.hint }
    }
}

/// One problem for all cells of a sheet whose text was too long; `None` if there are none.
fn overlong_texts(sheet: &Sheet) -> Option<Problem> {
    let texts = &sheet.overlong_texts;
    let mut cells = texts.first.iter().map(|(row, column)| sheet.place.at(*row, *column));
    Some(Problem::TextsTooLong {
        first: cells.next()?,
        others: cells.filter_map(|place| place.cell).collect(),
        count: texts.count,
        limit: LONGEST_TEXT,
    })
}

fn read_sheets(
    content: &Content,
    file: &str,
    sieve: Option<&mut dyn Sieve>,
) -> Result<ReadSheets, ReadError> {
    if content.size() == 0 {
        return Ok(SheetBuilder::new(Place::file(file), false).finish().into());
    }
    match FileKind::detect(&content.head(HEAD_BYTES)?) {
        FileKind::Zip => read_zip(&content.whole(LARGEST_WORKBOOK)?, file),
        FileKind::Xls => binary_workbook::read_xls(&content.whole(LARGEST_XLS)?, file),
        FileKind::Parquet => parquet::read(&content.whole(LARGEST_WORKBOOK)?, file),
        FileKind::Html => html::read(content, file),
        FileKind::Mhtml => mhtml::read(content, file),
        FileKind::FlatOds => ods::read_flat(&content.whole(LARGEST_WORKBOOK)?, file),
        FileKind::Text => Ok(text::read(content, file, sieve)?.into()),
        FileKind::Other(kind) => Err(kind.error()),
    }
}

/// Reads a zipped workbook of any format.
fn read_zip(bytes: &[u8], file: &str) -> Result<ReadSheets, ReadError> {
    let mut package = Package::open(bytes)?;
    let main = package.relationships("")?.into_iter().find(|part| part.kind == "officeDocument");
    // If the workbook does not name its main part, it is expected where Excel puts it.
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |part| part.target);
    if package.contains("xl/workbook.bin") {
        binary_workbook::read_xlsb(bytes, file)
    } else if package.contains(&main) {
        xlsx::read(&mut package, &main, file)
    } else if package.contains("content.xml") {
        ods::read(&mut package, file)
    } else {
        Err(foreign_archive(&package, file))
    }
}

#[cfg(test)]
mod tests;
