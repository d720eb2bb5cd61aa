//! Several new items in one answer.

use super::answer_words::quadrant;
use super::item_statements::{has_mark, without_mark};
use crate::catalog::RoomSpec;

/// The new items in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnLines {
    pub(super) items: Vec<String>,
    /// Whether it has several lines, and nothing shows whether each is an item.
    pub(super) is_unclear: bool,
}

/// What separates new items of which each names its quadrant.
const SEPARATORS: [char; 3] = ['\n', ';', ','];

impl OwnLines {
    /// Reads an answer: each line of a list is an item, and so is each part that names its quadrant ("Weakness: roof; Threat: taxes").
    pub(super) fn read(text: &str, spec: &RoomSpec) -> Self {
        let lines = parts(text, '\n');
        if lines.len() > 1 && lines.iter().all(|line| has_mark(line)) {
            return Self {
                items: lines.iter().map(|line| without_mark(line).trim().to_owned()).collect(),
                is_unclear: false,
            };
        }
        for separator in SEPARATORS {
            let parts = parts(text, separator);
            if parts.len() > 1 && parts.iter().all(|part| names_quadrant(part, spec)) {
                return Self {
                    items: parts.iter().map(|part| part.trim().to_owned()).collect(),
                    is_unclear: false,
                };
            }
        }
        Self { items: vec![text.to_owned()], is_unclear: lines.len() > 1 }
    }
}

/// The parts of a text that are not empty.
fn parts(text: &str, separator: char) -> Vec<&str> {
    text.split(separator).filter(|part| part.contains(char::is_alphanumeric)).collect()
}

/// Whether a text names its quadrant before a colon or a dash.
fn names_quadrant(text: &str, spec: &RoomSpec) -> bool {
    let text = without_mark(text);
    let ends = [": ", ":", " - ", " – ", " — "];
    ends.iter().filter_map(|end| text.split_once(end)).any(|(before, _)| quadrant(before, spec).is_some())
}
