//! The deck as a PowerPoint file: its slides with their charts and notes, the master, and the list of slides by section.

use std::error::Error;

use super::document::{PRESENTATION, root};
use super::geometry::{SLIDE_HEIGHT, SLIDE_WIDTH, emu};
use super::layouts::SlideLayout;
use super::package::{OfficeFile, OfficePart, kind};
use super::palette::Palette;
use super::slide::{Slide, SlideLinks};
use super::template_file::DeckTemplate;
use super::xml::{DrawingScale, XmlNode};
use crate::assets::AssetFolder;
use crate::wording::deck as wording;

/// Slides have ids from here on, masters and layouts from 2³¹ on (ECMA-376, part 1, 19.7).
const FIRST_SLIDE_ID: u32 = 256;
const MASTER_ID: u32 = 2_147_483_648;
const SECTIONS: &str = "http://schemas.microsoft.com/office/powerpoint/2010/main";
const SECTIONS_EXTENSION: &str = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}";
/// The name of the tag that holds an exhibit's id.
pub(super) const EXHIBIT_TAG: &str = "RETREAT_EXHIBIT";

/// Content types of the parts.
mod content_type {
    pub(super) const DOCUMENT: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
    pub(super) const MASTER: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml";
    pub(super) const LAYOUT: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml";
    pub(super) const SLIDE: &str = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml";
    pub(super) const NOTES: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.notesSlide+xml";
    pub(super) const NOTES_MASTER: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.notesMaster+xml";
    pub(super) const THEME: &str = "application/vnd.openxmlformats-officedocument.theme+xml";
    pub(super) const CHART: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
    pub(super) const TAGS: &str = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml";
    pub(super) const PROPERTIES: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.presProps+xml";
    pub(super) const VIEW: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.viewProps+xml";
    pub(super) const TABLE_STYLES: &str =
        "application/vnd.openxmlformats-officedocument.presentationml.tableStyles+xml";
    pub(super) const CORE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
    pub(super) const APP: &str = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
}

/// Names of the parts of which there is one.
mod part_name {
    pub(super) const DOCUMENT: &str = "ppt/presentation.xml";
    pub(super) const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
    pub(super) const NOTES_MASTER: &str = "ppt/notesMasters/notesMaster1.xml";
    pub(super) const THEME: &str = "ppt/theme/theme1.xml";
    pub(super) const NOTES_THEME: &str = "ppt/theme/notesTheme.xml";
    pub(super) const PROPERTIES: &str = "ppt/presProps.xml";
    pub(super) const VIEW: &str = "ppt/viewProps.xml";
    pub(super) const TABLE_STYLES: &str = "ppt/tableStyles.xml";
    pub(super) const CORE: &str = "docProps/core.xml";
    pub(super) const APP: &str = "docProps/app.xml";
}

/// Slides that belong together, under a name for PowerPoint's list.
#[derive(Debug, Clone)]
pub(super) struct DeckSection {
    pub(super) title: String,
    pub(super) slides: Vec<Slide>,
}

/// The whole deck.
#[derive(Debug, Clone)]
pub(super) struct Deck {
    pub(super) title: String,
    pub(super) sections: Vec<DeckSection>,
}

impl Deck {
    /// The file.
    ///
    /// # Errors
    /// Those of `zip`.
    pub(super) fn file(
        &self,
        palette: &Palette,
        template: Option<&DeckTemplate>,
    ) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let mut package = OfficeFile::default();
        let mut document = OfficePart::xml(part_name::DOCUMENT, content_type::DOCUMENT);
        let master_name = template.map_or(part_name::MASTER, |template| &template.master);
        let master = document.relate(kind::MASTER, master_name);
        let notes_master = document.relate(kind::NOTES_MASTER, part_name::NOTES_MASTER);
        let slides: Vec<String> = (1..=self.slide_count())
            .map(|number| document.relate(kind::SLIDE, &slide_name(number)))
            .collect();
        document.relate(kind::PROPERTIES, part_name::PROPERTIES);
        document.relate(kind::VIEW, part_name::VIEW);
        document.relate(kind::THEME, template.map_or(part_name::THEME, |template| &template.theme));
        document.relate(kind::TABLE_STYLES, part_name::TABLE_STYLES);
        let links = DocumentLinks { master: &master, notes_master: &notes_master, slides: &slides };
        document.set(self.document(&links, template).document());
        package.add(document);
        match template {
            Some(template) => {
                template.parts.iter().for_each(|part| package.add(OfficePart::of_template(part)))
            }
            None => add_master(&mut package, palette),
        }
        add_settings(&mut package, palette);
        self.add_slides(&mut package, template);
        self.add_properties(&mut package);
        package.zip(part_name::DOCUMENT, &[(kind::CORE, part_name::CORE), (kind::APP, part_name::APP)])
    }

    fn slides(&self) -> impl Iterator<Item = &Slide> {
        self.sections.iter().flat_map(|section| &section.slides)
    }

    fn slide_count(&self) -> usize {
        self.sections.iter().map(|section| section.slides.len()).sum()
    }

    fn document(&self, links: &DocumentLinks<'_>, template: Option<&DeckTemplate>) -> XmlNode {
        let master_id = template.map_or(MASTER_ID, |template| template.master_id);
        let [width, height] =
            template.map_or([emu(SLIDE_WIDTH), emu(SLIDE_HEIGHT)], |template| template.size);
        let masters = XmlNode::new("p:sldMasterId").with("id", master_id).with("r:id", links.master);
        let notes = XmlNode::new("p:notesMasterId").with("r:id", links.notes_master);
        let list = links.slides.iter().enumerate().map(|(index, relationship)| {
            XmlNode::new("p:sldId").with("id", slide_id(index)).with("r:id", relationship)
        });
        root("p:presentation")
            .with("saveSubsetFonts", 1)
            .add(XmlNode::new("p:sldMasterIdLst").add(masters))
            .add(XmlNode::new("p:notesMasterIdLst").add(notes))
            .add(XmlNode::new("p:sldIdLst").add_all(list))
            .add(XmlNode::new("p:sldSz").with("cx", width).with("cy", height))
            .add(XmlNode::new("p:notesSz").with("cx", 6_858_000).with("cy", 9_144_000))
            .add(XmlNode::new("p:defaultTextStyle").template(deck_file("text-style.xml").trim().to_owned()))
            .add(XmlNode::new("p:extLst").add(self.section_list()))
    }

    /// The names of the sections, with the ids of their slides.
    fn section_list(&self) -> XmlNode {
        let mut list = XmlNode::new("p14:sectionLst").with("xmlns:p14", SECTIONS);
        let mut next = 0;
        for (index, section) in self.sections.iter().enumerate() {
            let ids = (next..next + section.slides.len())
                .map(|index| XmlNode::new("p14:sldId").with("id", slide_id(index)));
            let slides = XmlNode::new("p14:sldIdLst").add_all(ids);
            next += section.slides.len();
            let node = XmlNode::new("p14:section")
                .with("name", &section.title)
                .with("id", format!("{{5B1E0000-0000-4000-8000-{:012X}}}", index + 1));
            list = list.add(node.add(slides));
        }
        XmlNode::new("p:ext").with("uri", SECTIONS_EXTENSION).add(list)
    }

    fn add_slides(&self, package: &mut OfficeFile, template: Option<&DeckTemplate>) {
        let scale = template.map_or(DrawingScale::NONE, DeckTemplate::scale);
        let mut charts = 0;
        for (index, slide) in self.slides().enumerate() {
            let number = index + 1;
            let mut part = OfficePart::xml(slide_name(number), content_type::SLIDE);
            let layout = template.map(|template| template.layout(slide.layout));
            part.relate(
                kind::LAYOUT,
                &layout.map_or_else(|| layout_name(slide.layout), |layout| layout.part.clone()),
            );
            part.relate(kind::NOTES, &notes_name(number));
            let mut links = Vec::new();
            for frame in slide.charts() {
                charts += 1;
                links.push(part.relate(kind::CHART, &chart_name(charts)));
                let chart = frame.chart.xml.clone().scaled(scale).document();
                add_chart(package, charts, &chart, frame.chart.workbook.clone());
            }
            let tags = slide.exhibit.as_ref().map(|exhibit| {
                add_tags(package, number, exhibit);
                part.relate(kind::TAGS, &tags_name(number))
            });
            let links = SlideLinks { charts: &links, tags: tags.as_deref(), template: layout };
            part.set(slide.node(&links).scaled(scale).document());
            package.add(part);
            add_notes(package, number, slide);
        }
    }

    fn add_properties(&self, package: &mut OfficeFile) {
        let core = XmlNode::new("cp:coreProperties")
            .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
            .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
            .add(XmlNode::holding("dc:title", &self.title))
            .add(XmlNode::holding("dc:language", super::text_box::LANGUAGE));
        let app = XmlNode::new("Properties")
            .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
            .add(XmlNode::holding("Application", "retreat"))
            .add(XmlNode::holding("Slides", &self.slide_count().to_string()))
            .add(XmlNode::holding("Notes", &self.slide_count().to_string()));
        add_xml(package, part_name::CORE, content_type::CORE, core.document());
        add_xml(package, part_name::APP, content_type::APP, app.document());
    }
}

/// The relationships of the document.
struct DocumentLinks<'a> {
    master: &'a str,
    notes_master: &'a str,
    slides: &'a [String],
}

fn slide_id(index: usize) -> u32 {
    FIRST_SLIDE_ID + index as u32
}

fn slide_name(number: usize) -> String {
    format!("ppt/slides/slide{number}.xml")
}

fn notes_name(number: usize) -> String {
    format!("ppt/notesSlides/notesSlide{number}.xml")
}

fn tags_name(number: usize) -> String {
    format!("ppt/tags/exhibit{number}.xml")
}

fn chart_name(number: usize) -> String {
    format!("ppt/charts/chart{number}.xml")
}

fn layout_name(layout: SlideLayout) -> String {
    format!("ppt/slideLayouts/slideLayout{}.xml", layout as usize + 1)
}

fn add_xml(package: &mut OfficeFile, name: &str, content_type: &'static str, text: String) {
    let mut part = OfficePart::xml(name, content_type);
    part.set(text);
    package.add(part);
}

fn add_chart(package: &mut OfficeFile, number: usize, xml: &str, workbook: Vec<u8>) {
    let mut part = OfficePart::xml(chart_name(number), content_type::CHART);
    let book = format!("ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx");
    part.relate(kind::WORKBOOK, &book);
    part.set(xml);
    package.add(part);
    package.add(OfficePart::workbook(book, workbook));
}

fn add_tags(package: &mut OfficeFile, number: usize, exhibit: &str) {
    let tag = XmlNode::new("p:tag").with("name", EXHIBIT_TAG).with("val", exhibit);
    let tags = XmlNode::new("p:tagLst").with("xmlns:p", PRESENTATION).add(tag);
    add_xml(package, &tags_name(number), content_type::TAGS, tags.document());
}

fn add_notes(package: &mut OfficeFile, number: usize, slide: &Slide) {
    let mut part = OfficePart::xml(notes_name(number), content_type::NOTES);
    part.relate(kind::NOTES_MASTER, part_name::NOTES_MASTER);
    part.relate(kind::SLIDE, &slide_name(number));
    part.set(slide.notes.node().document());
    package.add(part);
}

/// The master with its layouts and theme.
fn add_master(package: &mut OfficeFile, palette: &Palette) {
    let mut master = OfficePart::xml(part_name::MASTER, content_type::MASTER);
    let mut layouts = String::new();
    for (index, layout) in SlideLayout::ALL.into_iter().enumerate() {
        let relationship = master.relate(kind::LAYOUT, &layout_name(layout));
        let id = MASTER_ID + 1 + index as u32;
        layouts.push_str(&XmlNode::new("p:sldLayoutId").with("id", id).with("r:id", relationship).fragment());
        let mut part = OfficePart::xml(layout_name(layout), content_type::LAYOUT);
        part.relate(kind::MASTER, part_name::MASTER);
        part.set(layout.node().document());
        package.add(part);
    }
    master.relate(kind::THEME, part_name::THEME);
    let texts =
        deck_file("master.xml").replace("{layouts}", &layouts).replace("{title}", wording::PLACE_TITLE);
    master.set(texts.replace("{text}", wording::PLACE_TEXT));
    package.add(master);
    add_xml(package, part_name::THEME, content_type::THEME, theme(palette));
}

/// The master of the notes with its theme, and the settings.
fn add_settings(package: &mut OfficeFile, palette: &Palette) {
    let mut notes = OfficePart::xml(part_name::NOTES_MASTER, content_type::NOTES_MASTER);
    notes.relate(kind::THEME, part_name::NOTES_THEME);
    notes.set(deck_file("notes-master.xml").replace("{notes}", wording::PLACE_TEXT));
    package.add(notes);
    add_xml(package, part_name::NOTES_THEME, content_type::THEME, theme(palette));
    for (name, content_type, file) in [
        (part_name::PROPERTIES, content_type::PROPERTIES, "presentation-properties.xml"),
        (part_name::VIEW, content_type::VIEW, "view-properties.xml"),
        (part_name::TABLE_STYLES, content_type::TABLE_STYLES, "table-styles.xml"),
    ] {
        add_xml(package, name, content_type, deck_file(file));
    }
}

fn deck_file(file: &str) -> String {
    AssetFolder::Templates.text(&format!("deck/{file}")).into_owned()
}

fn theme(palette: &Palette) -> String {
    let mut text = deck_file("theme.xml").replace("{name}", "retreat");
    for (name, color) in [
        ("{ink}", &palette.ink),
        ("{quiet}", &palette.quiet),
        ("{district}", &palette.district),
        ("{unfavorable}", &palette.unfavorable),
        ("{favorable}", &palette.favorable),
        ("{state}", &palette.state),
        ("{bar}", &palette.bar),
        ("{peers}", &palette.peers),
    ] {
        text = text.replace(name, color);
    }
    text
}
