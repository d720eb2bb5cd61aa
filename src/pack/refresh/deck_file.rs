//! A deck that is refreshed: its slides in order, and its parts, of which some are replaced.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use roxmltree::Document;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::error::RefreshError;
use super::slide_frames::{shape_text, title_text};
use crate::pack::deck::places;
use crate::pack::office_archive::OfficeArchive;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A deck.
pub(super) struct DeckFile {
    /// The file as it is.
    bytes: Vec<u8>,
    pub(super) archive: OfficeArchive,
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
        // Other programs give the shape another name when they save the deck, but it stays the title.
        let title = shape_text(&self.text, places::TITLE).or_else(|| title_text(&self.text));
        title.unwrap_or_default().join(" ")
    }
}

impl DeckFile {
    /// # Errors
    /// [`RefreshError`] if it is not an Office file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, RefreshError> {
        Ok(Self { bytes: bytes.to_vec(), archive: OfficeArchive::open(bytes)? })
    }

    /// The slides, in the order of the deck.
    ///
    /// # Errors
    /// [`RefreshError::NotADeck`] if it has no list of slides.
    pub(super) fn slides(&self) -> Result<Vec<DeckSlide>, RefreshError> {
        let archive = &self.archive;
        let name = archive.document("presentation").ok_or(RefreshError::NotADeck)?;
        let list = archive.text(&name).and_then(|text| Document::parse(text).ok());
        let list = list.ok_or(RefreshError::NotADeck)?;
        let ids = list.descendants().filter(|node| node.tag_name().name() == "sldId");
        let mut slides = Vec::new();
        for id in ids.filter_map(|node| node.attribute((RELATIONSHIPS, "id"))) {
            if let Some(part) = archive.target(&name, id)
                && let Some(text) = archive.text(&part)
            {
                slides.push(DeckSlide { number: slides.len() + 1, text: text.to_owned(), part });
            }
        }
        Ok(slides)
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
            let name = file.name()?.into_owned();
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
