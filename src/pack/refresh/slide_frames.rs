//! The frames and named shapes of a slide, found in its text so that all else stays as it is.

use std::ops::Range;

use crate::pack::xml_text::escaped;
use crate::wording::deck::{FRAME_PREFIX, TABLE_PREFIX};

/// The kinds of placeholders that hold a slide's title.
const TITLE_KINDS: [&str; 2] = ["title", "ctrTitle"];

/// A frame with a chart or a table.
pub(super) struct SlideFrame {
    pub(super) name: String,
    /// The id of the relationship to its chart.
    pub(super) chart: Option<String>,
    /// The place of its table in the slide's text.
    pub(super) table: Option<Range<usize>>,
}

/// The frames of a slide, in order.
pub(super) fn frames(slide: &str) -> Vec<SlideFrame> {
    elements(slide, "p:graphicFrame").into_iter().filter_map(|range| frame(slide, range)).collect()
}

fn frame(slide: &str, range: Range<usize>) -> Option<SlideFrame> {
    let text = &slide[range.clone()];
    let table = elements(text, "a:tbl").into_iter().next();
    Some(SlideFrame {
        name: name(text)?,
        chart: value(text, "<c:chart ", "r:id"),
        table: table.map(|table| range.start + table.start..range.start + table.end),
    })
}

/// Whether a frame is one of the program's, and not one that people have added.
pub(super) fn is_ours(frame: &str) -> bool {
    frame.starts_with(FRAME_PREFIX) || frame.starts_with(TABLE_PREFIX)
}

/// The exhibit that the name of a frame names; `None` if it shows several, or none.
pub(super) fn exhibit_of(frame: &str) -> Option<&str> {
    let rest = frame.strip_prefix(FRAME_PREFIX)?;
    Some(rest.split(':').next().unwrap_or(rest))
}

/// The paragraphs of the shape with a name; `None` if there is no such shape.
pub(super) fn shape_text(slide: &str, wanted: &str) -> Option<Vec<String>> {
    Some(paragraphs(&slide[shape(slide, wanted)?]))
}

/// The name on an edited slide of the shape that is called `wanted` on the newest one. Other programs give all placeholders other
/// names when they save a deck, but keep their order. `None` if people removed it, or if the placeholders are others.
pub(super) fn name_on(slide: &str, newest: &str, wanted: &str) -> Option<String> {
    if shape(slide, wanted).is_some() {
        return Some(wanted.to_owned());
    }
    let place = placeholder_names(newest).iter().position(|name| name == wanted)?;
    let names = placeholder_names(slide);
    let is_same_count = names.len() == placeholder_names(newest).len();
    names.into_iter().nth(place).filter(|_| is_same_count && is_renamed(slide, newest))
}

/// Whether no placeholder of a slide has a name that it has on the newest one: another program renamed them all.
pub(super) fn is_renamed(slide: &str, newest: &str) -> bool {
    let names = placeholder_names(slide);
    placeholder_names(newest).iter().all(|name| !names.contains(name))
}

/// The names of the placeholders of a slide, in order.
fn placeholder_names(slide: &str) -> Vec<String> {
    let shapes = elements(slide, "p:sp").into_iter().map(|range| &slide[range]);
    shapes.filter(|shape| shape.contains("<p:ph")).filter_map(name).collect()
}

/// The paragraphs of the placeholder for the title, whatever its name; `None` if there is none.
pub(super) fn title_text(slide: &str) -> Option<Vec<String>> {
    let shapes = elements(slide, "p:sp").into_iter();
    let title = shapes.map(|range| &slide[range]).find(|shape| {
        value(shape, "<p:ph ", "type").is_some_and(|kind| TITLE_KINDS.contains(&kind.as_str()))
    })?;
    Some(paragraphs(title))
}

/// The paragraphs of a shape that are not empty.
fn paragraphs(shape: &str) -> Vec<String> {
    let paragraphs = elements(shape, "a:p").into_iter().map(|paragraph| paragraph_text(&shape[paragraph]));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect()
}

/// The slide with the text of a shape replaced, in the looks of its first words. If the shape has more words than one run in a
/// paragraph, or there is no such shape, people have changed it: it stays as it is.
pub(super) fn with_shape_text(slide: &str, wanted: &str, paragraphs: &[String]) -> String {
    let unchanged = || slide.to_owned();
    let Some(range) = shape(slide, wanted) else { return unchanged() };
    let text = &slide[range.clone()];
    let runs = elements(text, "a:t");
    if runs.len() != paragraphs.len() {
        return unchanged();
    }
    let mut new = text.to_owned();
    for (run, paragraph) in runs.into_iter().zip(paragraphs).rev() {
        new.replace_range(run, &format!("<a:t>{}</a:t>", escaped(paragraph)));
    }
    format!("{}{new}{}", &slide[..range.start], &slide[range.end..])
}

fn shape(slide: &str, wanted: &str) -> Option<Range<usize>> {
    elements(slide, "p:sp").into_iter().find(|range| name(&slide[range.clone()]).as_deref() == Some(wanted))
}

/// All words of a slide.
pub(super) fn all_text(slide: &str) -> Vec<String> {
    elements(slide, "a:p").into_iter().map(|paragraph| paragraph_text(&slide[paragraph])).collect()
}

fn paragraph_text(paragraph: &str) -> String {
    let texts = elements(paragraph, "a:t").into_iter().map(|range| {
        let text = &paragraph[range];
        let start = text.find('>').map_or(0, |end| end + 1);
        let end = text.rfind("</").unwrap_or(text.len());
        unescaped(text.get(start..end).unwrap_or_default())
    });
    texts.collect()
}

/// The name of a shape or frame.
fn name(text: &str) -> Option<String> {
    value(text, "<p:cNvPr ", "name")
}

/// The value of an attribute of the first element that begins so.
fn value(text: &str, element: &str, attribute: &str) -> Option<String> {
    let node = &text[text.find(element)?..];
    let node = &node[..node.find('>')?];
    let start = node.find(&format!(" {attribute}=\""))? + attribute.len() + 3;
    let rest = &node[start..];
    Some(unescaped(&rest[..rest.find('"')?]))
}

/// The places of all elements of a name. None of them holds another of the same name.
pub(super) fn elements(text: &str, name: &str) -> Vec<Range<usize>> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(&open).map(|offset| at + offset) {
        let after = start + open.len();
        at = after;
        if !text[after..].starts_with([' ', '>', '/', '\n', '\r', '\t']) {
            continue;
        }
        let Some(tag_end) = text[after..].find('>').map(|offset| after + offset) else { break };
        let end = if text[..tag_end].ends_with('/') {
            Some(tag_end + 1)
        } else {
            text[tag_end..].find(&close).map(|offset| tag_end + offset + close.len())
        };
        let Some(end) = end else { break };
        found.push(start..end);
        at = end;
    }
    found
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&apos;", "'").replace("&amp;", "&")
}
