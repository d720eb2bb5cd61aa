//! The group, grade and subject that all of a table is about.

use serde::Serialize;

/// The group, grade and subject that all of a table is about, although no column distinguishes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TableSubject {
    /// The student group; `None` if the table does not restrict it.
    pub group: Option<String>,
    /// The grade, or range of grades; `None` likewise.
    pub grade: Option<String>,
    /// The subject; `None` likewise.
    pub subject: Option<String>,
}
