//! A deck as a zip file: its parts, its slides in order, and what its parts refer to.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use regex::Regex;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::error::RefreshError;
use super::slide_frames::{shape_text, unescaped};
use crate::pack::deck::places;

/// The largest content of a deck, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;
/// How a file begins that is protected by a password, or is of PowerPoint 2003 or earlier.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];
const PRESENTATION: &str = "ppt/presentation.xml";

static SLIDE_ID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"<p:sldId [^>]*?r:id="([^"]+)""#).ok());
static RELATIONSHIP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("<Relationship [^>]*>").ok());

/// A deck.
pub(super) struct DeckFile {
    /// The file as it is.
    bytes: Vec<u8>,
    parts: BTreeMap<String, Vec<u8>>,
}

/// A slide of a deck.
pub(super) struct DeckSlide {
    /// Its number in the deck, from 1.
    pub(super) number: usize,
    /// The name of its part.
    pub(super) part: String,
    pub(super) text: String,
}

impl DeckSlide {
    /// The text of its title; empty if it has none.
    pub(super) fn title(&self) -> String {
        shape_text(&self.text, places::TITLE).unwrap_or_default().join(" ")
    }
}

/// A part that another refers to, with the id of the relationship.
pub(super) struct PartLink {
    pub(super) id: String,
    pub(super) part: String,
}

impl DeckFile {
    /// # Errors
    /// [`RefreshError`] if it is no deck.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, RefreshError> {
        if bytes.starts_with(&COMPOUND) {
            return Err(RefreshError::Protected);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| RefreshError::NotADeck)?;
        let mut parts = BTreeMap::new();
        let mut room = LARGEST;
        for index in 0..archive.len() {
            let file = archive.by_index(index)?;
            let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
            let mut content = Vec::new();
            file.take(room + 1).read_to_end(&mut content)?;
            room = room.checked_sub(content.len() as u64).ok_or(RefreshError::TooLarge)?;
            parts.insert(name, content);
        }
        if !parts.contains_key(PRESENTATION) {
            return Err(RefreshError::NotADeck);
        }
        Ok(Self { bytes: bytes.to_vec(), parts })
    }

    pub(super) fn bytes(&self, part: &str) -> Option<Vec<u8>> {
        self.parts.get(part).cloned()
    }

    /// The text of a part; `None` if there is none, or if it is no text.
    pub(super) fn text(&self, part: &str) -> Option<String> {
        String::from_utf8(self.bytes(part)?).ok()
    }

    /// The slides, in the order of the deck.
    ///
    /// # Errors
    /// [`RefreshError::NotADeck`] if the list of slides cannot be read.
    pub(super) fn slides(&self) -> Result<Vec<DeckSlide>, RefreshError> {
        let list = self.text(PRESENTATION).ok_or(RefreshError::NotADeck)?;
        let mut slides = Vec::new();
        for found in SLIDE_ID.iter().flat_map(|id| id.captures_iter(&list)) {
            if let Some(part) = self.target(PRESENTATION, &found[1])
                && let Some(text) = self.text(&part)
            {
                slides.push(DeckSlide { number: slides.len() + 1, part, text });
            }
        }
        Ok(slides)
    }

    /// The part that a relationship of `part` leads to.
    pub(super) fn target(&self, part: &str, id: &str) -> Option<String> {
        self.relationships(part).into_iter().find(|link| link.id == id).map(|link| link.part)
    }

    /// The first part that `part` refers to by a relationship whose kind ends so.
    pub(super) fn target_of_kind(&self, part: &str, kind: &str) -> Option<PartLink> {
        let text = self.text(&relationships_of(part))?;
        let nodes = RELATIONSHIP.as_ref()?.find_iter(&text).map(|node| node.as_str());
        let mut of_kind =
            nodes.filter(|node| attribute(node, "Type").is_some_and(|found| found.ends_with(kind)));
        of_kind.find_map(|node| link(part, node)).filter(|link| self.parts.contains_key(&link.part))
    }

    fn relationships(&self, part: &str) -> Vec<PartLink> {
        let Some(text) = self.text(&relationships_of(part)) else { return Vec::new() };
        let nodes = RELATIONSHIP.iter().flat_map(|node| node.find_iter(&text));
        nodes.filter_map(|node| link(part, node.as_str())).collect()
    }

    /// The file with the content of some parts replaced. All others are copied as they are.
    ///
    /// # Errors
    /// Those of the zip file.
    pub(super) fn with(&self, replaced: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, RefreshError> {
        let mut archive = ZipArchive::new(Cursor::new(&self.bytes))?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index)?;
            let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
            match replaced.get(&name) {
                None => zip.raw_copy_file(file)?,
                Some(content) => {
                    zip.start_file(name, SimpleFileOptions::default())?;
                    zip.write_all(content)?;
                }
            }
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// The name of the part that holds the relationships of a part.
fn relationships_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{file}.rels")
}

/// A relationship inside the file; `None` for one that leads out of it.
fn link(part: &str, node: &str) -> Option<PartLink> {
    if attribute(node, "TargetMode").is_some_and(|mode| mode == "External") {
        return None;
    }
    let target = attribute(node, "Target")?;
    Some(PartLink { id: attribute(node, "Id")?, part: absolute(part, &target) })
}

/// The value of an attribute of a node.
fn attribute(node: &str, name: &str) -> Option<String> {
    let start = node.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &node[start..];
    Some(unescaped(&value[..value.find('"')?]))
}

/// A target as the name of a part: it is relative to the folder of `part` unless it begins with a slash.
fn absolute(part: &str, target: &str) -> String {
    if let Some(name) = target.strip_prefix('/') {
        return name.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                folders.pop();
            }
            "." | "" => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}
