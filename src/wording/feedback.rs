//! What stands on the form for feedback, and what is said of the answers.

use super::listing::counted;

pub(crate) const FORM_INTRO: &str =
    "This is what our tables see in the data. Please tell us what you think. We ask for no names.";
pub(crate) const GROUP_QUESTION: &str = "I am a …";
pub(crate) const SCALE: [&str; 3] = ["Agree", "Disagree", "Not sure"];
pub(crate) const ANYTHING: &str = "Anything else?";
pub(crate) const BOX: &str = "☐";
pub(crate) const FORM_HEADINGS: [&str; 4] = ["Item", "What it says", "Do you agree?", "Comment"];
pub(crate) const FORM_ALT: &str = "Items to agree or disagree with";
pub(crate) const HIDDEN: &str = "yes";

/// The title of the form.
pub(crate) fn form_title(title: &str) -> String {
    format!("{title}: your feedback")
}

/// A question about an item.
pub(crate) fn item_question(item: &str, statement: &str) -> String {
    format!("{item}: {statement}")
}

/// A question for a comment.
pub(crate) fn comment_question(item: &str, letters: usize) -> String {
    format!("Comment on {item} (at most {letters} characters)")
}

/// How much feedback there is.
pub(crate) fn read(people: usize, comments: usize) -> String {
    format!(
        "feedback from {}, with {}",
        counted(people, "person").replace("persons", "people"),
        counted(comments, "comment")
    )
}
