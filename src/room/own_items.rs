//! Several new items in one answer.

use super::answer_words::quadrant;
use super::item_statements::without_mark;
use crate::catalog::RoomSpec;

/// What separates new items of which each names its quadrant. Line breaks within a cell are spaces by now.
const SEPARATORS: [char; 2] = [';', ','];

/// The new items in an answer: its parts if each names its quadrant ("Weakness: roof; Threat: taxes"), and otherwise all of it.
pub(super) fn own_items(text: &str, spec: &RoomSpec) -> Vec<String> {
    for separator in SEPARATORS {
        let parts = text.split(separator).filter(|part| part.contains(char::is_alphanumeric));
        let parts: Vec<&str> = parts.collect();
        if parts.len() > 1 && parts.iter().all(|part| names_quadrant(part, spec)) {
            return parts.iter().map(|part| part.trim().to_owned()).collect();
        }
    }
    vec![text.to_owned()]
}

/// Whether a text names its quadrant before a colon or a dash.
fn names_quadrant(text: &str, spec: &RoomSpec) -> bool {
    let text = without_mark(text);
    let ends = [": ", ":", " - ", " – ", " — "];
    ends.iter().filter_map(|end| text.split_once(end)).any(|(before, _)| quadrant(before, spec).is_some())
}
