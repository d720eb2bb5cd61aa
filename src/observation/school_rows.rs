//! The rows of a file that are about single schools, of the districts whose schools are kept.

use super::rows::{FileRow, FileRows, PackedRow};
use super::schools::SchoolIndex;

/// The rows of a file that are about single schools, each with its school.
#[derive(Debug, Clone, Default)]
pub(super) struct SchoolRows {
    pub(super) rows: FileRows,
    pub(super) schools: Vec<SchoolIndex>,
}

impl SchoolRows {
    pub(super) const fn len(&self) -> usize {
        self.schools.len()
    }

    /// Their approximate memory size in bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.rows.bytes() + self.schools.len() * size_of::<SchoolIndex>()
    }

    pub(super) fn push(&mut self, row: FileRow, school: SchoolIndex) {
        self.rows.push(row);
        self.schools.push(school);
    }

    /// Row `i`, which must exist, in its packed form.
    pub(super) fn packed(&self, i: usize) -> &PackedRow {
        self.rows.packed(i)
    }
}
