//! Problems with the feedback on the consensus and on the draft plan.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::FeedbackForm;
use crate::wording::listing::counted;

impl Diagnostic {
    /// A file without a question about a statement of the form.
    #[must_use]
    pub fn not_feedback(place: Place, form: FeedbackForm) -> Self {
        let FormNames { asked, file, other, .. } = FormNames::of(form);
        problem(
            Severity::Warning,
            "not-feedback",
            place,
            "",
            [
                format!("no question in this file names {asked}"),
                "did not read it".to_owned(),
                format!("begin each question with its number, as in {file}; {other}"),
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

    /// Numbers instead of opinions.
    #[must_use]
    pub fn feedback_codes(place: Place, form: FeedbackForm, values: &str) -> Self {
        let FormNames { settings, .. } = FormNames::of(form);
        problem(
            Severity::Error,
            "feedback-codes",
            place,
            "",
            [
                format!(
                    "the answers to this question are numbers, and nothing says what they mean: {values}"
                ),
                "did not count them as opinions".to_owned(),
                format!(
                    "export the answers as text, or write what they mean in retreat.toml, such as `codes = {{ \"1\" = \"agree\" }}` under [{settings}]"
                ),
            ],
        )
    }

    /// Answers that name no group, or several.
    #[must_use]
    pub fn feedback_groups_unclear(place: Place, form: FeedbackForm, values: &str) -> Self {
        let FormNames { settings, .. } = FormNames::of(form);
        problem(
            Severity::Warning,
            "feedback-groups-unclear",
            place,
            "",
            [
                format!("these answers name no known group, or more than one: {values}"),
                "counted these people in the group “other”".to_owned(),
                format!(
                    "state their group in retreat.toml, such as `groups = {{ \"4\" = \"families\" }}` under [{settings}]"
                ),
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
    pub fn feedback_more_than_asked(form: FeedbackForm, group: &str, people: usize, invited: u32) -> Self {
        let FormNames { settings, .. } = FormNames::of(form);
        problem(
            Severity::Warning,
            "feedback-more-than-asked",
            Place::file("retreat.toml"),
            group,
            [
                format!(
                    "{} in the group “{group}” answered, but [{settings}] says that {invited} were asked",
                    counted(people, "person").replace("persons", "people")
                ),
                "did not show a response rate for this group".to_owned(),
                "correct the number under `invited`".to_owned(),
            ],
        )
    }
}

/// What users call the parts of a form.
struct FormNames {
    /// What it asks about.
    asked: &'static str,
    /// Its file.
    file: &'static str,
    /// Its part of retreat.toml.
    settings: &'static str,
    /// Where answers to the other form belong.
    other: &'static str,
}

impl FormNames {
    const fn of(form: FeedbackForm) -> Self {
        match form {
            FeedbackForm::Swot => Self {
                asked: "an item in the consensus",
                file: "swot/feedback-form.csv",
                settings: "feedback",
                other: "feedback on the plan belongs in the plan-feedback folder",
            },
            FeedbackForm::Plan => Self {
                asked: "a goal in the plan",
                file: "scorecard/feedback-form.csv",
                settings: "plan-feedback",
                other: "feedback on the SWOT belongs in the feedback folder",
            },
        }
    }
}
