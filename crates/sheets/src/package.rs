//! The parts of a zipped workbook, unpacked as they are read.
//!
//! An archive's directory may lie about sizes, and a kilobyte of zip may hold a gigabyte of one tag: so bytes and
//! tokens are counted while they come. [ECMA-376, part 2] names the parts and how they point to each other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::Refusal;
use super::room::too_large;

/// What a workbook may hold: parts; bytes of all parts that are read, as often as they are; of one that is no sheet;
/// tags and texts in them.
const PARTS: usize = 10_000;
const UNPACKED: u64 = 2 << 30;
pub(super) const SMALL_PART: u64 = 192 << 20;
const TOKENS: u64 = 120_000_000;
/// Bytes of one tag, text or comment: no cell may hold more than 32,767 characters.
pub(super) const TOKEN: u64 = 1 << 20;
const DEPTH: u32 = 256;
const RELATIONSHIPS: usize = 100_000;
const CHUNK: usize = 1 << 15;

/// A zipped workbook.
pub(super) struct Package<'a> {
    size: usize,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The parts by path, as they are compared: in lower case, with slashes.
    parts: BTreeMap<String, usize>,
    left: Left,
}

/// What may still be read of a package.
struct Left {
    bytes: u64,
    tokens: u64,
}

/// One part pointing to another.
pub(super) struct Relationship {
    pub(super) id: String,
    /// The last word of its type: `worksheet`, `styles` …
    pub(super) kind: String,
    /// Path of the part that it points to.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// Where it is damaged, or holds too many parts.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e.to_string()))?;
        if archive.len() > PARTS {
            return Err(bomb(&format!("more than {PARTS} parts")));
        }
        let names = (0..archive.len()).filter_map(|i| Some((key(&archive.name_for_index(i)?.ok()?), i)));
        let parts = names.collect();
        Ok(Self { size: bytes.len(), archive, parts, left: Left { bytes: UNPACKED, tokens: TOKENS } })
    }

    /// Its bytes, packed.
    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// The paths of all parts in these folders, in lower case.
    pub(super) fn paths_below(&self, folders: &[&str]) -> Vec<String> {
        let is_below = |path: &&String| folders.iter().any(|folder| path.starts_with(folder));
        self.parts.keys().filter(is_below).cloned().collect()
    }

    /// Whether there is a part at `path`.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.parts.contains_key(&key(path))
    }

    /// The part at `path`, of which no more than `most` bytes can be read; `None` where there is none.
    ///
    /// # Errors
    /// Where it cannot be unpacked.
    pub(super) fn part(&mut self, path: &str, most: u64) -> Result<Option<Part<'_, 'a>>, Refusal> {
        let Some(index) = self.parts.get(&key(path)) else { return Ok(None) };
        let file = self.archive.by_index(*index).map_err(|e| damaged(&e.to_string()))?;
        let reader = BufReader::with_capacity(CHUNK, file);
        Ok(Some(Part { reader, most: (most, most), left: &mut self.left, token: 0, refused: None }))
    }

    /// The part at `path` as XML; see [`Self::part`].
    ///
    /// # Errors
    /// Where it cannot be unpacked.
    pub(super) fn xml(&mut self, path: &str, most: u64) -> Result<Option<Xml<'_, 'a>>, Refusal> {
        Ok(self.part(path, most)?.map(|part| {
            let mut reader = Reader::from_reader(part);
            reader.config_mut().check_end_names = false;
            Xml { reader, buffer: Vec::new(), depth: 0 }
        }))
    }

    /// What the part at `path` points to (the package itself, where `path` is empty).
    ///
    /// # Errors
    /// Where that cannot be read.
    pub(super) fn relationships(&mut self, path: &str) -> Result<Vec<Relationship>, Refusal> {
        let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let mut found = Vec::new();
        let Some(mut xml) = self.xml(&resolve(folder, &format!("_rels/{name}.rels")), SMALL_PART)? else {
            return Ok(found);
        };
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                    let text = |name| attribute(&tag, name).unwrap_or_default().into_owned();
                    let kind = text("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    found.push(Relationship {
                        id: text("Id"),
                        kind,
                        target: resolve(folder, &text("Target")),
                    });
                    if found.len() > RELATIONSHIPS {
                        return Err(bomb(&format!("more than {RELATIONSHIPS} relationships")));
                    }
                }
                Event::Eof => return Ok(found),
                _ => {}
            }
        }
    }
}

fn key(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The path that `target`, as written in a part of `folder`, leads to.
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

/// The bytes of a part, unpacked.
pub(super) struct Part<'p, 'a> {
    reader: BufReader<ZipFile<'p, Cursor<&'a [u8]>>>,
    /// What may still be read of it, of how much.
    most: (u64, u64),
    left: &'p mut Left,
    /// Bytes of the token under way.
    token: u64,
    refused: Option<Refusal>,
}

impl Part<'_, '_> {
    /// Says that what comes belongs to another token.
    ///
    /// # Errors
    /// Where there have been too many of them.
    pub(super) fn next_token(&mut self) -> Result<(), Refusal> {
        self.token = 0;
        let left = self.left.tokens.checked_sub(1);
        self.left.tokens = left.ok_or_else(too_large)?;
        Ok(())
    }

    /// Why it could not be read on.
    pub(super) fn refusal(&mut self, error: &str) -> Refusal {
        self.refused.take().unwrap_or_else(|| damaged(error))
    }

    fn beyond(&self) -> Option<Refusal> {
        let megabytes = |most: u64| bomb(&format!("a part of more than {} MB when unpacked", most >> 20));
        match () {
            () if self.token > TOKEN => Some(bomb("a text or tag of more than a megabyte")),
            () if self.most.0 == 0 => Some(megabytes(self.most.1)),
            () if self.left.bytes == 0 => {
                Some(bomb(&format!("more than {} MB when unpacked", UNPACKED >> 20)))
            }
            () => None,
        }
    }
}

impl BufRead for Part<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.refused = self.beyond();
        if self.refused.is_some() {
            return Err(io::Error::other("beyond the bounds"));
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let bytes = amount as u64;
        self.token += bytes;
        self.most.0 = self.most.0.saturating_sub(bytes);
        self.left.bytes = self.left.bytes.saturating_sub(bytes);
        self.reader.consume(amount);
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

/// A part as XML, token by token.
pub(super) struct Xml<'p, 'a> {
    reader: Reader<Part<'p, 'a>>,
    buffer: Vec<u8>,
    depth: u32,
}

impl Xml<'_, '_> {
    /// The next token; after the last one, [`Event::Eof`].
    ///
    /// # Errors
    /// Where it is damaged or beyond the bounds.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Refusal> {
        self.reader.get_mut().next_token()?;
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    // The tokenizer takes a part that ends anywhere for a whole one.
                    Event::Eof if self.depth > 0 => return Err(damaged("a part of it ends within a tag")),
                    _ => {}
                }
                if self.depth > DEPTH {
                    return Err(bomb(&format!("tags within tags, more than {DEPTH} deep")));
                }
                Ok(event)
            }
            Err(error) => Err(self.reader.get_mut().refusal(&error.to_string())),
        }
    }
}

/// The value of the attribute called `name`, whatever its prefix.
pub(super) fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()
}

/// Hands the text of `&amp;` and the like to `push`; what stands for nothing known is left as it is written.
pub(super) fn dereference(reference: &BytesRef<'_>, push: impl FnOnce(&str)) {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return push(character.encode_utf8(&mut [0; 4]));
    }
    match quick_xml::escape::resolve_predefined_entity(reference.as_ref()) {
        Some(text) => push(text),
        None => push(&format!("&{};", &**reference)),
    }
}

pub(super) fn damaged(error: &str) -> Refusal {
    if error.to_lowercase().contains("password") {
        return protected();
    }
    let refusal = Refusal::new(
        format!("it is damaged or cut short ({error})"),
        "open it in a spreadsheet program and save it again, or get it again from where it came",
    );
    Refusal { of_part: true, ..refusal }
}

pub(super) fn protected() -> Refusal {
    Refusal::new("it is protected by a password", "save a copy without the password")
}

pub(super) fn bomb(what: &str) -> Refusal {
    Refusal::new(
        format!("it holds {what}, which no spreadsheet does"),
        "if it is yours, copy the table into a new workbook; if not, do not open it",
    )
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
