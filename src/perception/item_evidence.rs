//! What answers and other files show of questions, before anybody is counted.

use crate::diagnostic::Place;

/// How a question is opposed to the others of its subject.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opposition {
    /// The correlation of its answers with the average of the others, −1 to 0.
    pub(super) correlation: f64,
    /// How many people answered it and others.
    pub(super) people: u32,
}

/// A sheet whose questions may be those of another one in another language.
#[derive(Debug, Clone)]
pub(super) struct Translation {
    /// The heading of its first question.
    pub(super) place: Place,
    /// The path of its survey, as the project writes it.
    pub(super) path: String,
    /// Each question in English with its translation, as they are in the headings.
    pub(super) pairs: Vec<[String; 2]>,
}
