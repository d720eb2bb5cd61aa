//! How many people agree with each statement, by who they are, and what they wrote.

use std::collections::BTreeMap;

use statistics::wilson::wilson;

use crate::diagnostic::Diagnostic;
use crate::domain::FeedbackForm;

/// The feedback on all statements.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feedback {
    /// The counts, by statement and group.
    pub rows: Vec<FeedbackRow>,
    /// The comments, for the team.
    pub comments: Vec<FeedbackComment>,
    /// How many people answered, by group, and in all.
    pub people: BTreeMap<String, usize>,
    /// How many of each group may be told, everybody first.
    pub groups: Vec<FeedbackGroup>,
}

/// How many people of a group answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedbackGroup {
    /// The group.
    pub group: String,
    /// How many answered; `None` if it is withheld because they are so few.
    pub people: Option<usize>,
    /// How many were asked, if the project says so.
    pub invited: Option<u32>,
}

impl FeedbackGroup {
    /// The problem that more people answered than were asked.
    pub(super) fn more_than_asked(&self, form: FeedbackForm) -> Option<Diagnostic> {
        let (people, invited) = (self.people?, self.invited?);
        (people > invited as usize)
            .then(|| Diagnostic::feedback_more_than_asked(form, &self.group, people, invited))
    }

    /// The percent of those asked that answered; `None` if it is withheld or not known, or if more answered than were asked.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        let (people, invited) = (self.people? as f64, f64::from(self.invited?));
        (people <= invited && invited > 0.0).then(|| (people * 1000.0 / invited).round() / 10.0)
    }
}

/// What a group says of a statement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedbackRow {
    /// The number of the statement: of an item, or of a goal.
    pub item: String,
    /// The group.
    pub group: String,
    /// The counts; `None` if they are withheld because so few people answered.
    pub counts: Option<FeedbackCounts>,
}

/// How many people agree.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedbackCounts {
    /// How many answered.
    pub people: usize,
    /// How many agree.
    pub agree: usize,
    /// How many disagree.
    pub disagree: usize,
    /// How many wrote a comment.
    pub comments: usize,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeedbackComment {
    /// The number of the statement; empty if it is about none.
    pub item: String,
    /// The group; empty if so few people of it answered that it could tell who wrote this.
    pub group: String,
    /// What was written.
    pub text: String,
    /// The file in which it stands.
    pub file: String,
}

impl FeedbackCounts {
    /// The percent that agrees; `None` if nobody answered.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        let percent = self.agree as f64 * 100.0 / self.people as f64;
        (self.people > 0).then(|| (percent * 10.0).round() / 10.0)
    }

    /// The 95% interval of the percent that agrees.
    #[must_use]
    pub fn interval(&self) -> Option<[f64; 2]> {
        let people = self.people as f64;
        let ends = wilson(self.agree as f64 / people, people)?;
        Some([ends.0, ends.1].map(|end| (end * 1000.0).round() / 10.0))
    }
}
