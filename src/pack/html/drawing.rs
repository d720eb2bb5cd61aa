//! Drawings as a part of the page.

use std::collections::BTreeSet;

/// A text as part of an element id, which must not contain spaces.
pub(super) fn anchor(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join("-")
}

/// The `<svg>` element of a document, without what precedes it, which HTML does not accept. Its ids get a
/// prefix of their own, because all drawings share the page.
pub(super) fn inline_svg(svg: &str, exhibit: &str) -> String {
    let element = svg.find("<svg").map_or(svg, |start| &svg[start..]);
    let prefix = format!("drawing-{}", anchor(exhibit));
    let mut text = with_group(element, &prefix);
    for id in element_ids(element) {
        text = with_renamed_id(&text, id, &format!("{prefix}-{id}"));
    }
    text
}

/// The element with all that is in it in a group of its own, which the overview draws once more, small.
fn with_group(element: &str, id: &str) -> String {
    let opened = element.replacen('>', &format!("><g id=\"{id}\">"), 1);
    opened.rsplit_once("</svg>").map_or_else(|| opened.clone(), |(body, _)| format!("{body}</g></svg>"))
}

/// The `viewBox` of a document; empty if it has none.
pub(super) fn view_box(svg: &str) -> &str {
    attribute_values(svg, " viewBox=\"", '"').next().unwrap_or_default()
}

/// The ids of all elements, sorted.
fn element_ids(svg: &str) -> BTreeSet<&str> {
    attribute_values(svg, " id=\"", '"').chain(attribute_values(svg, " id='", '\'')).collect()
}

/// The values of an attribute that begins with `start` and ends at `quote`.
fn attribute_values<'a>(svg: &'a str, start: &'a str, quote: char) -> impl Iterator<Item = &'a str> {
    svg.split(start).skip(1).filter_map(move |rest| rest.split(quote).next())
}

/// The text with an id and all references to it renamed.
fn with_renamed_id(svg: &str, id: &str, new: &str) -> String {
    svg.replace(&format!(" id=\"{id}\""), &format!(" id=\"{new}\""))
        .replace(&format!(" id='{id}'"), &format!(" id='{new}'"))
        .replace(&format!("url(#{id})"), &format!("url(#{new})"))
        .replace(&format!("href=\"#{id}\""), &format!("href=\"#{new}\""))
        .replace(&format!("href='#{id}'"), &format!("href='#{new}'"))
}

#[cfg(test)]
mod tests {
    use super::inline_svg;

    #[test]
    fn drawings_on_one_page_do_not_share_ids() {
        let svg =
            "<?xml version='1.0'?><svg><clipPath id=\"a\"/><g clip-path=\"url(#a)\"/><use href='#a'/></svg>";
        let own = "<svg><g id=\"drawing-x\"><clipPath id=\"drawing-x-a\"/><g clip-path=\"url(#drawing-x-a)\"/><use href='#drawing-x-a'/></g></svg>";
        assert_eq!(inline_svg(svg, "x"), own);
    }
}
