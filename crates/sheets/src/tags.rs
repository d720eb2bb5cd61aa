//! Tags of web pages that a cell has as text, such as `Sales<sup>1</sup>`: exports of web pages leave them behind.

use super::raised::{Shift, ShiftedParts};

/// What a tag says about the text after it.
#[derive(Debug, Clone, Copy)]
enum Tag {
    Begins(Shift),
    Ends,
    Breaks,
}

/// In lower case.
const TAGS: [(&str, Tag); 7] = [
    ("<sup>", Tag::Begins(Shift::Raised)),
    ("</sup>", Tag::Ends),
    ("<sub>", Tag::Begins(Shift::Lowered)),
    ("</sub>", Tag::Ends),
    ("<br>", Tag::Breaks),
    ("<br/>", Tag::Breaks),
    ("<br />", Tag::Breaks),
];

/// `text` as a web page would show it: raised and lowered text in Unicode's superscripts and subscripts, line breaks as
/// spaces. `None` if it has no such tags.
pub(super) fn shown_by_tags(text: &str) -> Option<String> {
    let first = memchr::memchr_iter(b'<', text.as_bytes()).find(|at| tag_at(text, *at).is_some())?;
    let mut shown = text[..first].to_owned();
    let mut parts = ShiftedParts::new();
    let (mut at, mut shift) = (first, None);
    while at < text.len() {
        if let Some((tag, length)) = tag_at(text, at) {
            at += length;
            match tag {
                Tag::Begins(begun) => shift = Some(begun),
                Tag::Ends => shift = None,
                Tag::Breaks => shown.push(' '),
            }
            continue;
        }
        let end = memchr::memchr(b'<', &text.as_bytes()[at + 1..]).map_or(text.len(), |next| at + 1 + next);
        let start = shown.len();
        shown.push_str(&text[at..end]);
        if let Some(shift) = shift {
            parts.add(start..shown.len(), shift);
        }
        at = end;
    }
    parts.write_to(&mut shown, 0);
    Some(shown)
}

/// The tag that begins at a byte of `text`, and its length.
fn tag_at(text: &str, at: usize) -> Option<(Tag, usize)> {
    let rest = text.as_bytes().get(at..).filter(|rest| rest.first() == Some(&b'<'))?;
    let (name, tag) = TAGS.iter().find(|(name, _)| begins_with(rest, name))?;
    Some((*tag, name.len()))
}

fn begins_with(text: &[u8], name: &str) -> bool {
    text.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::shown_by_tags;

    #[test]
    fn tags_become_what_they_show() {
        for (text, shown) in [
            ("Sales<sup>1</sup>", Some("Sales¹")),
            ("92.5<SUP>3</SUP>", Some("92.5³")),
            ("Share<br>sold<sup>a</sup>", Some("Share soldᵃ")),
            ("<sup>784</sup>", Some("784")),
            ("<sup>1</sup> Fall count", Some("¹ Fall count")),
            ("Sales<sup>2", Some("Sales²")),
            ("<5", None),
            ("a < b", None),
            ("<super>", None),
        ] {
            assert_eq!(shown_by_tags(text).as_deref(), shown, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_without_tags_stays_and_no_text_is_too_odd(text in "(<sup>|</sup>|<br>|<|é|[a-z0-9 ])*") {
            let shown = shown_by_tags(&text);
            prop_assert_eq!(shown.is_some(), ["<sup>", "</sup>", "<br>"].iter().any(|tag| text.contains(tag)));
        }
    }
}
