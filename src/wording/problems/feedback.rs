//! Problems with the feedback on the consensus.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// A file without a question about an item.
    #[must_use]
    pub fn not_feedback(place: Place) -> Self {
        problem(
            Severity::Warning,
            "not-feedback",
            place,
            "",
            [
                "no question in this file names an item of the consensus".to_owned(),
                "did not read it".to_owned(),
                "begin each question with the item's number, as swot/feedback-form.csv does".to_owned(),
            ],
        )
    }

    /// A test answer.
    #[must_use]
    pub fn feedback_preview(place: Place) -> Self {
        problem(
            Severity::Note,
            "feedback-preview",
            place,
            "",
            [
                "this answer is a test, made while the form was being set up".to_owned(),
                "did not count it".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// An answer that neither agrees nor disagrees.
    #[must_use]
    pub fn feedback_no_opinion(place: Place) -> Self {
        problem(
            Severity::Warning,
            "feedback-no-opinion",
            place,
            "",
            [
                "this answer has no known word for agreeing or disagreeing".to_owned(),
                "kept it as a comment".to_owned(),
                "if many people use its wording, add it to [feedback] in the project's catalog/room.toml"
                    .to_owned(),
            ],
        )
    }

    /// A comment that is longer than requested.
    #[must_use]
    pub fn feedback_long(place: Place, letters: usize) -> Self {
        problem(
            Severity::Note,
            "feedback-long",
            place,
            "",
            [
                format!("this comment has more than {letters} characters"),
                "kept all of it".to_owned(),
                "nothing to do".to_owned(),
            ],
        )
    }

    /// More people answered than were asked.
    #[must_use]
    pub fn feedback_more_than_asked(group: &str, people: usize, invited: u32) -> Self {
        problem(
            Severity::Warning,
            "feedback-more-than-asked",
            Place::file("retreat.toml"),
            group,
            [
                format!(
                    "{people} people in the group “{group}” answered, but [feedback] says that {invited} were asked"
                ),
                "did not show a response rate for this group".to_owned(),
                "correct the number under `invited`".to_owned(),
            ],
        )
    }
}
