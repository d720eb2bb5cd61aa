//! The group, grade or subject that headings between the rows of a table give.

use std::collections::BTreeMap;

use crate::catalog::Role;

/// What the headings between the rows of a table say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadedPart {
    /// The group, the grade or the subject.
    pub(super) role: Role,
    /// The name of the column in which they stand.
    pub(super) column: String,
    /// The heading of each row of data, by its row in the sheet, from 0.
    pub(super) of_rows: BTreeMap<u32, String>,
}
