//! Schools that a table still lists after they have closed: with 0 students, and with nothing else but zeros.

use std::collections::BTreeSet;

use super::rows::{FileRow, FileRows};
use super::schools::{SchoolIndex, Schools};
use crate::domain::{MeasureKey, SchoolYear, Status};

/// The schools of a sheet that are closed, by year. Their rows count as if the table had left them out.
pub(super) struct ClosedSchools<'a> {
    schools: &'a Schools,
    closed: BTreeSet<SchoolInYear>,
}

/// A school in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SchoolInYear {
    school: SchoolIndex,
    year: SchoolYear,
}

impl<'a> ClosedSchools<'a> {
    /// Those of the rows of a sheet. `keys` are the keys of the file, and `students` is the measure that counts the students.
    pub(super) fn of(rows: &FileRows, keys: &[MeasureKey], schools: &'a Schools, students: &str) -> Self {
        let mut found = Self { schools, closed: BTreeSet::new() };
        let whole = MeasureKey::whole(students);
        let counts = rows.from(0).filter(|row| keys.get(row.key.0 as usize) == Some(&whole));
        let empty = counts.filter(|row| row.numbers.value().is_some_and(|value| value == 0.0));
        let empty: BTreeSet<SchoolInYear> = empty.filter_map(|row| found.school_of(&row)).collect();
        found.closed = empty;
        if found.closed.is_empty() {
            return found;
        }
        let says_something = rows.from(0).filter(|row| !is_nothing(row));
        let open: Vec<SchoolInYear> = says_something.filter_map(|row| found.school_of(&row)).collect();
        for school in open {
            found.closed.remove(&school);
        }
        found
    }

    /// Whether a row is about one of them.
    pub(super) fn has(&self, row: &FileRow) -> bool {
        !self.closed.is_empty() && self.school_of(row).is_some_and(|school| self.closed.contains(&school))
    }

    fn school_of(&self, row: &FileRow) -> Option<SchoolInYear> {
        let school = self.schools.of_cell(row.row, u32::from(row.column))?;
        Some(SchoolInYear { school, year: row.year })
    }
}

/// Whether a row has no number but zeros, and hides none.
fn is_nothing(row: &FileRow) -> bool {
    match row.status {
        Status::Reported => row.numbers.get().into_iter().flatten().all(|number| number == 0.0),
        Status::Missing | Status::NotApplicable => true,
        Status::Masked | Status::Withheld => false,
    }
}
