//! A district's own template: its theme, masters, layouts and slide size, taken over as they are.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::geometry::{SLIDE_HEIGHT, SLIDE_WIDTH, emu};
use super::layouts::SlideLayout;
use super::template_layouts::TemplateLayout;
use super::xml::DrawingScale;
use crate::pack::office_archive::{OfficeArchive, OfficeFault, relationships_name};
use crate::wording::deck_template as wording;

/// The largest template, in bytes.
const MOST_BYTES: usize = 60_000_000;
/// The least width and height of a slide, in English metric units: four inches.
const LEAST_LENGTH: i64 = 3_657_600;
/// Folders whose parts belong to slides, which are not taken over.
const OF_SLIDES: [&str; 4] = ["ppt/slides/", "ppt/notesSlides/", "ppt/charts/", "ppt/embeddings/"];
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A part of a template that is taken over.
#[derive(Debug, Clone)]
pub(super) struct TemplatePart {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
    /// Its relationships, as they are.
    pub(super) relationships: Option<Vec<u8>>,
}

/// A district's own template for the deck.
#[derive(Debug, Clone)]
pub struct DeckTemplate {
    pub(super) parts: Vec<TemplatePart>,
    /// The name of the master.
    pub(super) master: String,
    /// The name of the master's theme.
    pub(super) theme: String,
    /// The id of the master.
    pub(super) master_id: u32,
    /// Width and height of a slide, in English metric units.
    pub(super) size: [i64; 2],
    /// The layouts, in the order of the master.
    layouts: Vec<TemplateLayout>,
}

impl DeckTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// Why it is none, in plain words.
    pub fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let template = TemplateReader::open(bytes)?;
        let archive = &template.archive;
        let document_name = archive.document("presentation").ok_or(wording::NOT_A_DECK)?;
        let text = archive.text(&document_name).ok_or(wording::NOT_A_DECK)?;
        let document = Document::parse(text).map_err(|_| wording::NOT_A_DECK)?;
        let id = first(&document, "sldMasterId").ok_or(wording::NO_LAYOUTS)?;
        let master = id.attribute((RELATIONSHIPS, "id")).and_then(|id| archive.target(&document_name, id));
        let master = master.ok_or(wording::NO_LAYOUTS)?;
        let layouts = template.layouts(&master);
        if !layouts.iter().any(|layout| layout.has_title) {
            return Err(wording::NO_LAYOUTS);
        }
        let parts = template.taken_over(&master);
        if parts.iter().any(|part| OF_SLIDES.iter().any(|folder| part.name.starts_with(folder))) {
            return Err(wording::LINKED);
        }
        let theme = archive.related(&master, "theme").into_iter().next().ok_or(wording::NO_LAYOUTS)?;
        Ok(Self {
            parts,
            theme,
            master_id: id.attribute("id").and_then(|id| id.parse().ok()).unwrap_or(2_147_483_648),
            size: slide_size(&document).ok_or(wording::NOT_A_DECK)?,
            master,
            layouts,
        })
    }

    /// How much smaller or larger our slides are drawn to fill its slides.
    pub(super) fn scale(&self) -> DrawingScale {
        let across = self.size[0] as f64 / emu(SLIDE_WIDTH) as f64;
        let down = self.size[1] as f64 / emu(SLIDE_HEIGHT) as f64;
        DrawingScale { across, down, text: f64::min(across, down) }
    }

    /// The layout that comes closest to one of ours.
    pub(super) fn layout(&self, layout: SlideLayout) -> &TemplateLayout {
        TemplateLayout::closest(&self.layouts, layout)
    }
}

fn slide_size(document: &Document<'_>) -> Option<[i64; 2]> {
    let size = first(document, "sldSz")?;
    let length =
        |name: &str| size.attribute(name)?.parse::<i64>().ok().filter(|length| *length >= LEAST_LENGTH);
    Some([length("cx")?, length("cy")?])
}

/// The first element with this name.
pub(super) fn first<'a, 'input>(document: &'a Document<'input>, name: &str) -> Option<Node<'a, 'input>> {
    document.descendants().find(|node| node.tag_name().name() == name)
}

/// A template, opened.
struct TemplateReader {
    archive: OfficeArchive,
}

impl TemplateReader {
    fn open(bytes: &[u8]) -> Result<Self, &'static str> {
        if bytes.len() > MOST_BYTES {
            return Err(wording::TOO_LARGE);
        }
        let archive = OfficeArchive::open(bytes).map_err(|fault| match fault {
            OfficeFault::OldOrLocked => wording::OLD_OR_LOCKED,
            OfficeFault::TooLarge => wording::TOO_LARGE,
            OfficeFault::NotAnArchive | OfficeFault::Damaged(_) => wording::NOT_A_DECK,
        })?;
        Ok(Self { archive })
    }

    /// The layouts of a master, in its order.
    fn layouts(&self, master: &str) -> Vec<TemplateLayout> {
        let Some(document) = self.archive.text(master).and_then(|text| Document::parse(text).ok()) else {
            return Vec::new();
        };
        let ids = document.descendants().filter(|node| node.tag_name().name() == "sldLayoutId");
        let ids = ids.filter_map(|node| node.attribute((RELATIONSHIPS, "id")));
        let names = ids.filter_map(|id| self.archive.target(master, id));
        names.filter_map(|name| TemplateLayout::read(&name, self.archive.text(&name)?)).collect()
    }

    /// All parts that a master needs, itself included, sorted by name.
    fn taken_over(&self, master: &str) -> Vec<TemplatePart> {
        let mut names = BTreeSet::new();
        let mut waiting = vec![master.to_owned()];
        while let Some(name) = waiting.pop() {
            if self.archive.bytes(&name).is_some() && names.insert(name.clone()) {
                waiting.extend(self.archive.relationships(&name).into_iter().map(|link| link.part));
            }
        }
        names.iter().filter_map(|name| self.part(name)).collect()
    }

    fn part(&self, name: &str) -> Option<TemplatePart> {
        Some(TemplatePart {
            name: name.to_owned(),
            content_type: self.content_type(name)?,
            bytes: self.archive.bytes(name)?.to_vec(),
            relationships: self.archive.bytes(&relationships_name(name)).map(<[u8]>::to_vec),
        })
    }

    fn content_type(&self, name: &str) -> Option<String> {
        let document = Document::parse(self.archive.text("[Content_Types].xml")?).ok()?;
        let own = document
            .descendants()
            .find(|node| node.attribute("PartName").is_some_and(|part| part.trim_start_matches('/') == name));
        let extension = name.rsplit('.').next()?;
        let usual = document.descendants().find(|node| {
            node.attribute("Extension").is_some_and(|known| known.eq_ignore_ascii_case(extension))
        });
        own.or(usual)?.attribute("ContentType").map(str::to_owned)
    }
}
