//! The parts of a zipped workbook, decompressed as they are read.
//!
//! An archive's directory may state wrong sizes, and a kilobyte of zip may contain a gigabyte-long tag. So
//! bytes and tokens are counted during reading. [ECMA-376, part 2] names the parts and describes how they
//! refer to each other.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::clean::clean;
use super::error::ReadError;
use super::xml::{Xml, attribute};

/// The most parts in a workbook.
const MAX_PARTS: usize = 10_000;
/// Bytes of all parts that are read; a part that is read twice counts twice.
const MAX_UNPACKED: u64 = 2 << 30;
/// Bytes of a part other than a sheet.
pub(super) const MAX_SMALL_PART: u64 = 192 << 20;
/// Tags and texts of all parts that are read.
const MAX_TOKENS: u64 = 120_000_000;
/// Bytes of one tag, text or comment: no cell may have more than 32,767 characters.
pub(super) const MAX_TOKEN: u64 = 1 << 20;
const MAX_RELATIONSHIPS: usize = 100_000;
/// Bytes decompressed at a time.
const CHUNK: usize = 1 << 15;

/// A zipped workbook.
pub(super) struct Package<'a> {
    size: usize,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The index of each part by its path, see [`part_key`].
    parts: BTreeMap<String, usize>,
    left: ReadAllowance,
}

/// How much more of a package may be read.
pub(super) struct ReadAllowance {
    bytes: u64,
    tokens: u64,
}

impl ReadAllowance {
    /// As much as may be read of a whole package.
    pub(super) const fn full() -> Self {
        Self { bytes: MAX_UNPACKED, tokens: MAX_TOKENS }
    }
}

/// A reference from one part to another.
pub(super) struct Relationship {
    pub(super) id: String,
    /// The last component of its type: `worksheet`, `styles` …
    pub(super) kind: String,
    /// Path of the target part.
    pub(super) target: String,
}

impl Relationship {
    /// A relationship of a part in `folder`.
    fn of_tag(tag: &BytesStart<'_>, folder: &str) -> Self {
        let kind = attribute(tag, "Type").unwrap_or_default();
        Self {
            id: attribute(tag, "Id").unwrap_or_default().into_owned(),
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: resolve(folder, &attribute(tag, "Target").unwrap_or_default()),
        }
    }
}

impl<'a> Package<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// If it is damaged, or has too many parts.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged_archive)?;
        if archive.len() > MAX_PARTS {
            return Err(ReadError::bomb(&format!("more than {MAX_PARTS} parts")));
        }
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                parts.insert(part_key(&name), index);
            }
        }
        Ok(Self { size: bytes.len(), archive, parts, left: ReadAllowance::full() })
    }

    /// The names of all files in it, as stored.
    pub(super) fn names(&self) -> Vec<String> {
        let names = (0..self.archive.len()).filter_map(|index| self.archive.name_for_index(index)?.ok());
        names.map(|name| clean(&name).into_owned()).collect()
    }

    /// Its compressed size in bytes.
    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// The paths of all parts in these folders, in lower case.
    pub(super) fn paths_below(&self, folders: &[&str]) -> Vec<String> {
        let mut paths: Vec<String> = self.parts.keys().cloned().collect();
        paths.retain(|path| folders.iter().any(|folder| path.starts_with(folder)));
        paths
    }

    /// Whether there is a part at `path`.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.parts.contains_key(&part_key(path))
    }

    /// The part at `path`, from which at most `limit` bytes can be read; `None` if there is none.
    ///
    /// # Errors
    /// If it cannot be decompressed.
    pub(super) fn part(&mut self, path: &str, limit: u64) -> Result<Option<Part<'_, 'a>>, ReadError> {
        let Some(index) = self.parts.get(&part_key(path)) else { return Ok(None) };
        let file = self.archive.by_index(*index).map_err(damaged_archive)?;
        let reader = PartReader::Zipped(Box::new(BufReader::with_capacity(CHUNK, file)));
        let left = &mut self.left;
        Ok(Some(Part { reader, limit, left_in_part: limit, left, token_bytes: 0, error: None }))
    }

    /// The part at `path` as XML; see [`Self::part`].
    ///
    /// # Errors
    /// If it cannot be decompressed.
    pub(super) fn xml(&mut self, path: &str, limit: u64) -> Result<Option<Xml<'_, 'a>>, ReadError> {
        Ok(self.part(path, limit)?.map(Xml::new))
    }

    /// The relationships of the part at `path` (of the package itself if `path` is empty).
    ///
    /// # Errors
    /// If they cannot be read.
    pub(super) fn relationships(&mut self, path: &str) -> Result<Vec<Relationship>, ReadError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut relationships = Vec::new();
        let Some(mut xml) = self.xml(&resolve(folder, &format!("_rels/{name}.rels")), MAX_SMALL_PART)? else {
            return Ok(relationships);
        };
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                    relationships.push(Relationship::of_tag(&tag, folder));
                    if relationships.len() > MAX_RELATIONSHIPS {
                        return Err(ReadError::bomb(&format!("more than {MAX_RELATIONSHIPS} relationships")));
                    }
                }
                Event::Eof => return Ok(relationships),
                _ => {}
            }
        }
    }
}

fn damaged_archive(error: ZipError) -> ReadError {
    ReadError::damaged_part(&error.to_string())
}

/// A part's path in the form used for comparison: lower case, with slashes, from the root.
fn part_key(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The path that `target`, as written in a part in `folder`, refers to.
fn resolve(folder: &str, target: &str) -> String {
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Where the bytes of a part come from.
enum PartReader<'p, 'a> {
    Zipped(Box<BufReader<ZipFile<'p, Cursor<&'a [u8]>>>>),
    /// A file that is not zipped.
    Plain(&'p [u8]),
}

/// The decompressed bytes of a part.
pub(super) struct Part<'p, 'a> {
    reader: PartReader<'p, 'a>,
    /// Bytes that may be read of it, and how many of them are left.
    limit: u64,
    left_in_part: u64,
    left: &'p mut ReadAllowance,
    /// Bytes of the current token.
    token_bytes: u64,
    error: Option<ReadError>,
}

impl<'p> Part<'p, '_> {
    /// A part that is a file by itself.
    pub(super) const fn of_bytes(bytes: &'p [u8], left: &'p mut ReadAllowance) -> Self {
        let (reader, limit) = (PartReader::Plain(bytes), u64::MAX);
        Part { reader, limit, left_in_part: limit, left, token_bytes: 0, error: None }
    }
}

impl Part<'_, '_> {
    /// Starts a new token; the bytes that follow count toward it.
    ///
    /// # Errors
    /// If there have been too many tokens.
    pub(super) fn next_token(&mut self) -> Result<(), ReadError> {
        self.token_bytes = 0;
        let left = self.left.tokens.checked_sub(1);
        self.left.tokens = left.ok_or_else(ReadError::too_much_memory)?;
        Ok(())
    }

    /// Why reading failed; `error` is the parser's message.
    pub(super) fn error(&mut self, error: &str) -> ReadError {
        self.error.take().unwrap_or_else(|| ReadError::damaged_part(error))
    }

    /// The limit that has been reached, as an error.
    fn limit_error(&self) -> Option<ReadError> {
        if self.token_bytes > MAX_TOKEN {
            return Some(ReadError::bomb("a text or tag of more than a megabyte"));
        }
        if self.left_in_part == 0 {
            let megabytes = self.limit >> 20;
            return Some(ReadError::bomb(&format!("a part of more than {megabytes} MB when unpacked")));
        }
        if self.left.bytes == 0 {
            return Some(ReadError::bomb(&format!("more than {} MB when unpacked", MAX_UNPACKED >> 20)));
        }
        None
    }
}

impl BufRead for Part<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.error = self.limit_error();
        if self.error.is_some() {
            return Err(io::Error::other("beyond the limits"));
        }
        match &mut self.reader {
            PartReader::Zipped(reader) => reader.fill_buf(),
            PartReader::Plain(bytes) => Ok(bytes),
        }
    }

    fn consume(&mut self, amount: usize) {
        let bytes = amount as u64;
        self.token_bytes += bytes;
        self.left_in_part = self.left_in_part.saturating_sub(bytes);
        self.left.bytes = self.left.bytes.saturating_sub(bytes);
        match &mut self.reader {
            PartReader::Zipped(reader) => reader.consume(amount),
            PartReader::Plain(bytes) => *bytes = &bytes[amount..],
        }
    }
}

impl Read for Part<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let amount = available.len().min(into.len());
        into[..amount].copy_from_slice(&available[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_found_from_the_folder_of_their_part() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/sheet.xml"), "xl/sheet.xml");
        assert_eq!(resolve("xl", "../data\\sheet.xml"), "data/sheet.xml");
        assert_eq!(resolve("", "_rels/.rels"), "_rels/.rels");
    }
}
