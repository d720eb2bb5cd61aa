//! A district's own template: its theme, masters, layouts and slide size, taken over as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};
use zip::ZipArchive;

use super::geometry::{SLIDE_HEIGHT, SLIDE_WIDTH, emu};
use super::layouts::SlideLayout;
use super::template_layouts::TemplateLayout;
use super::xml::DrawingScale;
use crate::wording::deck_template as wording;

/// The first bytes of a file of an old format, or of one with a password.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The largest template, and the largest content of one, in bytes.
const MOST_BYTES: usize = 60_000_000;
const MOST_CONTENT: u64 = 300_000_000;
/// The least width and height of a slide, in English metric units: four inches.
const LEAST_LENGTH: i64 = 3_657_600;
/// The most parts of a template.
const MOST_PARTS: usize = 5_000;
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

/// The files of a template, opened.
struct TemplateArchive {
    files: BTreeMap<String, Vec<u8>>,
}

impl DeckTemplate {
    /// Why a template is not used whose file cannot be read.
    pub const NOT_READABLE: &str = wording::NOT_READABLE;

    /// Reads a template.
    ///
    /// # Errors
    /// Why it is none, in plain words.
    pub fn read(bytes: &[u8]) -> Result<Self, &'static str> {
        let archive = TemplateArchive::open(bytes)?;
        let document_name = archive.document().ok_or(wording::NOT_A_DECK)?;
        let text = archive.text(&document_name).ok_or(wording::NOT_A_DECK)?;
        let document = Document::parse(text).map_err(|_| wording::NOT_A_DECK)?;
        let id = first(&document, "sldMasterId").ok_or(wording::NO_LAYOUTS)?;
        let master = id.attribute((RELATIONSHIPS, "id")).and_then(|id| archive.target(&document_name, id));
        let master = master.ok_or(wording::NO_LAYOUTS)?;
        let layouts = archive.layouts(&master);
        if !layouts.iter().any(|layout| layout.has_title) {
            return Err(wording::NO_LAYOUTS);
        }
        let parts = archive.taken_over(&master);
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

impl TemplateArchive {
    fn open(bytes: &[u8]) -> Result<Self, &'static str> {
        if bytes.starts_with(&COMPOUND) {
            return Err(wording::OLD_OR_LOCKED);
        }
        if bytes.len() > MOST_BYTES {
            return Err(wording::TOO_LARGE);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| wording::NOT_A_DECK)?;
        if zip.len() > MOST_PARTS {
            return Err(wording::TOO_LARGE);
        }
        let mut files = BTreeMap::new();
        let mut room = MOST_CONTENT;
        for index in 0..zip.len() {
            let file = zip.by_index(index).map_err(|_| wording::NOT_A_DECK)?;
            let name = file.name().map_err(|_| wording::NOT_A_DECK)?.into_owned();
            let mut content = Vec::new();
            // A header may state less than there is.
            file.take(room + 1).read_to_end(&mut content).map_err(|_| wording::NOT_A_DECK)?;
            room = room.checked_sub(content.len() as u64).ok_or(wording::TOO_LARGE)?;
            files.insert(name, content);
        }
        Ok(Self { files })
    }

    fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(name)?).ok().map(|text| text.trim_start_matches('\u{feff}'))
    }

    /// The part that the file is about, if that is a deck.
    fn document(&self) -> Option<String> {
        let name = self.related("", "officeDocument").into_iter().next()?;
        let root =
            Document::parse(self.text(&name)?).ok()?.root_element().tag_name().name() == "presentation";
        root.then_some(name)
    }

    /// The targets of a part's relationships: their ids, kinds and names.
    fn relationships(&self, name: &str) -> Vec<[String; 3]> {
        let rels = relationships_name(name);
        let Some(document) = self.text(&rels).and_then(|text| Document::parse(text).ok()) else {
            return Vec::new();
        };
        let nodes = document.root_element().children().filter(Node::is_element);
        nodes
            .filter(|node| node.attribute("TargetMode") != Some("External"))
            .filter_map(|node| {
                let kind = node.attribute("Type")?.rsplit('/').next()?;
                let target = resolved(name, node.attribute("Target")?);
                Some([node.attribute("Id")?.to_owned(), kind.to_owned(), target])
            })
            .collect()
    }

    fn related(&self, name: &str, kind: &str) -> Vec<String> {
        let all = self.relationships(name).into_iter();
        all.filter(|[_, of, _]| of == kind).map(|[_, _, target]| target).collect()
    }

    fn target(&self, name: &str, id: &str) -> Option<String> {
        let mut all = self.relationships(name).into_iter();
        all.find(|[own, _, _]| own == id).map(|[_, _, target]| target)
    }

    /// The layouts of a master, in its order.
    fn layouts(&self, master: &str) -> Vec<TemplateLayout> {
        let Some(document) = self.text(master).and_then(|text| Document::parse(text).ok()) else {
            return Vec::new();
        };
        let ids = document.descendants().filter(|node| node.tag_name().name() == "sldLayoutId");
        let ids = ids.filter_map(|node| node.attribute((RELATIONSHIPS, "id")));
        let names = ids.filter_map(|id| self.target(master, id));
        names.filter_map(|name| TemplateLayout::read(&name, self.text(&name)?)).collect()
    }

    /// All parts that a master needs, itself included, sorted by name.
    fn taken_over(&self, master: &str) -> Vec<TemplatePart> {
        let mut names = BTreeSet::new();
        let mut waiting = vec![master.to_owned()];
        while let Some(name) = waiting.pop() {
            if self.files.contains_key(&name) && names.insert(name.clone()) {
                waiting.extend(self.relationships(&name).into_iter().map(|[_, _, target]| target));
            }
        }
        names.iter().filter_map(|name| self.part(name)).collect()
    }

    fn part(&self, name: &str) -> Option<TemplatePart> {
        Some(TemplatePart {
            name: name.to_owned(),
            content_type: self.content_type(name)?,
            bytes: self.files.get(name)?.clone(),
            relationships: self.files.get(&relationships_name(name)).cloned(),
        })
    }

    fn content_type(&self, name: &str) -> Option<String> {
        let document = Document::parse(self.text("[Content_Types].xml")?).ok()?;
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

/// The name of the part that holds another's relationships.
fn relationships_name(name: &str) -> String {
    let (folder, file) = name.rfind('/').map_or(("", name), |slash| name.split_at(slash + 1));
    format!("{folder}_rels/{file}.rels")
}

/// The name of a target, as seen from the part `name`.
fn resolved(name: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let folder = name.rfind('/').map_or("", |slash| &name[..slash]);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
