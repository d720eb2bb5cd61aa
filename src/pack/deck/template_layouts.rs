//! The layouts of a district's own template, and which of them comes closest to one of ours.

use roxmltree::{Document, Node};

use super::layouts::SlideLayout;
use super::template_file::first;

/// A layout of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TemplateLayout {
    /// The name of its part.
    pub(super) part: String,
    /// Its name in PowerPoint's list, in small letters.
    name: String,
    /// PowerPoint's kind of layout; empty if it has none.
    kind: String,
    pub(super) has_title: bool,
    /// Its first place for text, as kind and number.
    pub(super) body: Option<TemplatePlace>,
    /// The number of its place for the slide's number; `None` if it has none.
    pub(super) number: Option<u32>,
    /// How many places it has for text and pictures.
    places: usize,
}

/// A place for text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TemplatePlace {
    /// `body` or `subTitle`; empty for any content.
    pub(super) kind: String,
    pub(super) index: Option<u32>,
}

/// Places that hold no content of a slide.
const BESIDE: [&str; 6] = ["title", "ctrTitle", "dt", "ftr", "sldNum", "hdr"];

impl TemplateLayout {
    /// `None` if the text is not that of a layout.
    pub(super) fn read(part: &str, text: &str) -> Option<Self> {
        let document = Document::parse(text).ok()?;
        let root = document.root_element();
        let name = first(&document, "cSld").and_then(|node| node.attribute("name")).unwrap_or_default();
        let places: Vec<Node<'_, '_>> =
            document.descendants().filter(|node| node.tag_name().name() == "ph").collect();
        let of = |kinds: &[&str]| places.iter().any(|place| kinds.contains(&kind(place)));
        let content: Vec<&Node<'_, '_>> =
            places.iter().filter(|place| !BESIDE.contains(&kind(place))).collect();
        let body = content.iter().find(|place| ["body", "subTitle", ""].contains(&kind(place)));
        (root.tag_name().name() == "sldLayout").then(|| Self {
            part: part.to_owned(),
            name: name.to_lowercase(),
            kind: root.attribute("type").unwrap_or_default().to_owned(),
            has_title: of(&["title", "ctrTitle"]),
            body: body.map(|place| TemplatePlace { kind: kind(place).to_owned(), index: index(place) }),
            number: places.iter().find(|place| kind(place) == "sldNum").and_then(index),
            places: content.len(),
        })
    }

    /// The layout that comes closest to one of ours: by its kind, then by its name, then a title alone, then the one with a
    /// title and the fewest other places.
    pub(super) fn closest(layouts: &[Self], wanted: SlideLayout) -> &Self {
        let (kind, word) = match wanted {
            SlideLayout::Title => ("title", "title slide"),
            SlideLayout::Section => ("secHead", "section"),
            _ => ("titleOnly", "title only"),
        };
        let with_title = || layouts.iter().filter(|layout| layout.has_title);
        with_title()
            .find(|layout| layout.kind == kind)
            .or_else(|| with_title().find(|layout| layout.name.contains(word)))
            .or_else(|| with_title().find(|layout| layout.kind == "titleOnly"))
            .or_else(|| with_title().min_by_key(|layout| layout.places))
            .unwrap_or(&layouts[0])
    }
}

fn index(place: &Node<'_, '_>) -> Option<u32> {
    place.attribute("idx")?.parse().ok()
}

fn kind<'a>(place: &Node<'a, '_>) -> &'a str {
    place.attribute("type").unwrap_or_default()
}
