//! Texts about the final SWOT.

use super::deck::numbered;
use super::listing::counted;
use crate::domain::Quadrant;

pub(crate) const FINAL: &str = "Final SWOT";
pub(crate) const BY_GROUP: &str = "Feedback by group";
pub(crate) const WITHHELD: &str = "withheld";
pub(crate) const NOT_DECIDED: &str = "not decided yet";
pub(crate) const DROPPED: &str = "Dropped after feedback";
pub(crate) const NONE_HERE: &str = "No items here.";
const ADDED: &str = "added after feedback";

/// The headings of the sheet that the team fills in.
pub(crate) const HEADINGS: [&str; 11] = [
    "Item",
    "Quadrant",
    "Statement",
    "Keep?",
    "Note",
    "Answers",
    "Agree",
    "Disagree",
    "Percent who agree",
    "95% interval",
    "What changed",
];
/// The headings of the sheet with the answers by group.
pub(crate) const GROUP_HEADINGS: [&str; 8] = [
    "Group",
    "Item",
    "Answers",
    "Agree",
    "Disagree",
    "Percent who agree",
    "95% interval",
    "Number of comments",
];
/// The headings of the document.
pub(crate) const DOCUMENT_HEADINGS: [&str; 4] = ["Item", "What it says", "Feedback", "What changed"];

/// The text above the sheet.
pub(crate) fn intro(people: usize) -> Vec<String> {
    let feedback = if people == 0 {
        "Nobody has given feedback yet.".to_owned()
    } else {
        format!("{} gave feedback.", people_counted(people))
    };
    vec![
        format!("{feedback} Yellow cells are for the team. Under Keep, write yes or no. You can change words and quadrants; say why in the note."),
        "Add items in the empty rows at the end, each with its quadrant. Save this file and run `retreat merge` again.".to_owned(),
        "Feedback informs the decision; it does not make it. An item that you say nothing about stays open.".to_owned(),
    ]
}

fn people_counted(people: usize) -> String {
    if people == 1 { "1 person".to_owned() } else { format!("{people} people") }
}

/// The title of the files.
pub(crate) fn book(title: &str) -> String {
    format!("{title}: final SWOT")
}

/// How many agree.
pub(crate) fn agree_of(agree: usize, people: usize) -> String {
    format!("{agree} of {people} {}", agrees(agree))
}

const fn agrees(people: usize) -> &'static str {
    if people == 1 { "agrees" } else { "agree" }
}

const fn disagrees(people: usize) -> &'static str {
    if people == 1 { "disagrees" } else { "disagree" }
}

/// How many of those who answered do not agree, and how many wrote a comment.
pub(crate) fn rest(disagree: usize, comments: usize) -> String {
    format!("{disagree} {}; {}", disagrees(disagree), counted(comments, "comment"))
}

/// A range of percents.
pub(crate) fn interval(low: f64, high: f64) -> String {
    format!("{low:.1} to {high:.1}")
}

/// What others say about an item, in one line.
pub(crate) fn feedback_line(agree: usize, disagree: usize, people: usize) -> String {
    let unsure = people.saturating_sub(agree + disagree);
    let are = if unsure == 1 { "is" } else { "are" };
    format!(
        "Of the {} who answered, {agree} {}, {disagree} {}, and {unsure} {are} not sure.",
        people_counted(people),
        agrees(agree),
        disagrees(disagree)
    )
}

pub(crate) const FEEDBACK_WITHHELD: &str = "Feedback is withheld: too few people answered.";
pub(crate) const NO_FEEDBACK: &str = "No feedback.";

/// What changed from the consensus to the final SWOT.
pub(crate) struct FinalChange<'a> {
    pub(crate) is_added: bool,
    pub(crate) is_dropped: bool,
    pub(crate) is_open: bool,
    pub(crate) moved_from: &'a [Quadrant],
    pub(crate) reworded_from: &'a str,
}

impl FinalChange<'_> {
    /// The change in words; empty if nothing changed.
    pub(crate) fn text(&self) -> String {
        let mut parts = Vec::new();
        if self.is_added {
            parts.push(ADDED.to_owned());
        }
        if self.is_dropped {
            parts.push("dropped".to_owned());
        }
        if self.is_open {
            parts.push(NOT_DECIDED.to_owned());
        }
        if !self.moved_from.is_empty() {
            let from: Vec<&str> = self.moved_from.iter().map(|quadrant| quadrant.id()).collect();
            parts
                .push(format!("was a {}", from.join(" and a ")).replace(" a opportunity", " an opportunity"));
        }
        if !self.reworded_from.is_empty() {
            parts.push(format!("was: “{}”", self.reworded_from));
        }
        parts.join("; ")
    }
}

/// The page and the deck show the final SWOT.
pub(crate) fn shows(people: usize, open: usize, is_begun: bool) -> String {
    if !is_begun {
        return format!("Final SWOT: nothing is decided yet. {} gave feedback.", people_counted(people));
    }
    let decided = match people {
        0 => "Final SWOT: what the team decided.".to_owned(),
        people => {
            format!("Final SWOT: what the team decided after feedback from {}.", people_counted(people))
        }
    };
    match open {
        0 => decided,
        1 => format!("{decided} One item is not decided yet."),
        open => format!("{decided} {open} items are not decided yet."),
    }
}

/// The title of a slide with the items of a quadrant.
pub(crate) fn slide_title(quadrant: &str) -> String {
    format!("{FINAL}: our {}", quadrant.to_lowercase())
}

/// An item on a slide.
pub(crate) fn slide_item(item: &str, statement: &str, is_open: bool) -> String {
    let line = numbered(item, statement);
    if is_open { format!("{line} ({NOT_DECIDED})") } else { line }
}

pub(crate) const SLIDE_NOTES: &str =
    "This is what the team decided after feedback. Thank those who gave it, and say what it changed.";
pub(crate) const SLIDE_ASK: &str = "Which of these should our vision address?";

/// Items for which a slide has no room.
pub(crate) fn more_items(items: usize) -> String {
    format!("and {} in swot/final.xlsx", counted(items, "more item"))
}

/// What the command prints about the final SWOT.
pub(crate) fn summary(decided: usize, open: usize) -> String {
    format!("final SWOT: {} decided, {open} open", counted(decided, "item"))
}
