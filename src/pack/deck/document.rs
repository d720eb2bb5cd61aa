//! What slides, layouts and notes have in common.

use super::text_box::{LANGUAGE, Paragraph};
use super::xml::XmlNode;

const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const PRESENTATION: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";

/// An empty document of a slide, a layout or notes.
pub(super) fn root(name: &'static str) -> XmlNode {
    XmlNode::new(name).with("xmlns:a", MAIN).with("xmlns:r", RELATIONSHIP).with("xmlns:p", PRESENTATION)
}

pub(super) fn color_map() -> XmlNode {
    XmlNode::new("p:clrMapOvr").add(XmlNode::new("a:masterClrMapping"))
}

/// The group that holds all shapes.
pub(super) fn shape_tree() -> XmlNode {
    let names = XmlNode::new("p:cNvPr").with("id", 1).with("name", "");
    let group =
        XmlNode::new("p:nvGrpSpPr").add(names).add(XmlNode::new("p:cNvGrpSpPr")).add(XmlNode::new("p:nvPr"));
    XmlNode::new("p:spTree").add(group).add(XmlNode::new("p:grpSpPr"))
}

/// A paragraph that holds the number of its slide.
pub(super) fn number_paragraph() -> XmlNode {
    let field = XmlNode::new("a:fld")
        .with("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        .with("type", "slidenum")
        .add(XmlNode::new("a:rPr").with("lang", LANGUAGE))
        .add(XmlNode::holding("a:t", "‹#›"));
    XmlNode::new("a:p").add(field)
}

/// The number by which a slide's number finds its place in the layout.
pub(super) const SLIDE_NUMBER: u32 = 15;

/// The text of a shape's paragraphs, as an element.
pub(super) fn text_body(paragraphs: &[Paragraph]) -> XmlNode {
    let empty = paragraphs.is_empty().then(|| XmlNode::new("a:p"));
    XmlNode::new("p:txBody")
        .add(XmlNode::new("a:bodyPr"))
        .add(XmlNode::new("a:lstStyle"))
        .add_all(paragraphs.iter().map(Paragraph::node))
        .add_all(empty)
}
