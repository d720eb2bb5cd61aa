//! A subject and a grade that one text names.

use crate::domain::Grade;

/// The subject and the grade that a text names: `Mathematics 3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GradedSubject {
    /// The id of the subject.
    pub(super) subject: String,
    /// The grade.
    pub(super) grade: Grade,
    /// Whether the grade is only a number.
    pub(super) is_bare: bool,
}
