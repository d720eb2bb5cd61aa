//! The texts of the slides that ask for feedback on the consensus.

use super::listing::counted;

pub(crate) const SUBTITLE: &str = "What we see in our data, and what we ask of you";
pub(crate) const TITLE_NOTES: &str =
    "Thank everyone for coming. Show the charts quickly, and leave time for the form.";
pub(crate) const WHAT_WE_DID: &str = "What did the team do?";
pub(crate) const WHAT_WE_DID_NOTES: &str =
    "Say who sat at the tables. The list is theirs, not the software's or the administration's.";
pub(crate) const ASKED: [&str; 2] = [
    "Nothing is decided yet. We want to know what you see that we did not.",
    "Please tell us whether you agree with each item. We do not ask for names.",
];
pub(crate) const ANSWER: &str = "How do I answer?";
pub(crate) const ANSWER_NOTES: &str =
    "Leave this slide up while people answer. Have paper forms for those who prefer them.";

/// The title of the deck.
pub(crate) fn title(retreat: &str) -> String {
    format!("{retreat}: your feedback")
}

/// What happened at the retreat.
pub(crate) fn what_we_did(people: usize, tables: usize, items: usize) -> [String; 2] {
    let tables = counted(tables, "table");
    let team = match people {
        0 | 1 => format!("The team looked at our data at {tables}."),
        _ => format!("A team of {people} people looked at our data at {tables}."),
    };
    let say = if items == 1 { "says" } else { "say" };
    let items = counted(items, "item");
    [
        team,
        format!(
            "The tables kept {items} that {say} where we are now: strengths, weaknesses, opportunities, and threats."
        ),
    ]
}

/// Items for which a slide has no room.
pub(crate) fn more_items(items: usize) -> String {
    format!("and {} on the form", counted(items, "more item"))
}

/// How to answer, where, and by when.
pub(crate) fn how_to_answer(until: Option<&str>, link: Option<&str>) -> Vec<String> {
    let mut lines = vec![
        "On the feedback form, choose agree, disagree, or not sure for each item. Add a comment if you like."
            .to_owned(),
    ];
    lines.push(match link {
        Some(link) => format!("The form is at {link}."),
        None => "Ask us for the form, on paper or online.".to_owned(),
    });
    if let Some(until) = until {
        lines.push(format!("Please answer by {until}."));
    }
    lines.push("We count how many agree, by group. Only the team reads the comments.".to_owned());
    lines.push(
        "Then the team decides on the final list, and tells you what your feedback changed.".to_owned(),
    );
    lines
}
