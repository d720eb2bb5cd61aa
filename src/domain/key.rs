//! What an observation is about: measure, student group, grade and subject.

use super::Grade;

/// The value of `group`, `grade` and `subject` if the dimension does not apply: everybody.
pub const ALL: &str = "all";

/// The series key: which measure, for which students.
///
/// `measure`, `group` and `subject` are catalog ids; `group`, `grade` and `subject` are [`ALL`] if the
/// measure is not split by them. Ordered, so that output can be sorted by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct MeasureKey {
    /// Measure id (`catalog/measures`).
    pub measure: String,
    /// Student group id (`catalog/groups.toml`), or `all`.
    pub group: String,
    /// Grade, or `all`.
    pub grade: Grade,
    /// Subject id (`catalog/groups.toml`), or `all`.
    pub subject: String,
}

impl MeasureKey {
    /// The measure for all students, all grades, all subjects.
    #[must_use]
    pub fn whole(measure: &str) -> Self {
        Self {
            measure: measure.to_owned(),
            group: ALL.to_owned(),
            grade: Grade::all(),
            subject: ALL.to_owned(),
        }
    }

    /// A short stable text for file names and ids: `measure`, then `-group`, `-grade`, `-subject` if not
    /// [`ALL`].
    #[must_use]
    pub fn slug(&self) -> String {
        let mut slug = self.measure.clone();
        if self.group != ALL {
            slug = format!("{slug}-{}", self.group);
        }
        if !self.grade.is_all() {
            slug = format!("{slug}-grade-{}", self.grade.id().to_lowercase());
        }
        if self.subject != ALL {
            slug = format!("{slug}-{}", self.subject);
        }
        slug
    }
}
