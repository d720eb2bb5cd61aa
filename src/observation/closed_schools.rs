//! Schools that a table still lists after they have closed: with 0 students, and with nothing else but zeros.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::FileReading;
use super::rows::{FileRow, FileRows};
use super::schools::{SchoolIndex, Schools};
use crate::diagnostic::Diagnostic;
use crate::domain::{MeasureKey, SchoolScope, SchoolYear, Status};

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

    /// A note for each of them: which rows are left out. Those of districts of which no single schools are `kept` are only counted,
    /// and so are all of them if every district's are.
    pub(super) fn notes(
        &self,
        rows: &FileRows,
        reading: &FileReading,
        kept: &SchoolScope,
    ) -> Vec<Diagnostic> {
        if self.closed.is_empty() {
            return Vec::new();
        }
        let mut of_schools: BTreeMap<SchoolIndex, ClosedRows> = BTreeMap::new();
        for row in rows.from(0) {
            let Some(SchoolInYear { school, year }) = self.school_of(&row).filter(|_| self.has(&row)) else {
                continue;
            };
            let first = ClosedRows { first: row, years: BTreeSet::new(), rows: BTreeSet::new() };
            let own = of_schools.entry(school).or_insert(first);
            own.years.insert(year);
            own.rows.insert(row.row);
        }
        let notes = of_schools.iter().map(|(school, own)| self.note(*school, own, reading, kept));
        notes.collect()
    }

    fn note(
        &self,
        school: SchoolIndex,
        own: &ClosedRows,
        reading: &FileReading,
        kept: &SchoolScope,
    ) -> Diagnostic {
        let named = self.schools.get(school);
        let district = reading.district(named.district()).id.as_ref();
        let years: Vec<SchoolYear> = own.years.iter().copied().collect();
        let is_of_all = matches!(kept, SchoolScope::EveryDistrict);
        let is_own = !is_of_all && kept.keeps(district);
        let place = reading.place(&own.first);
        let note = Diagnostic::school_closed(place, &named.name, named.id.as_deref(), &years, own.rows.len());
        note.like(if is_own { format!("{school:?}") } else { String::new() })
    }

    fn school_of(&self, row: &FileRow) -> Option<SchoolInYear> {
        let school = self.schools.of_cell(row.row, u32::from(row.column))?;
        Some(SchoolInYear { school, year: row.year })
    }
}

/// What a sheet says of a closed school.
struct ClosedRows {
    first: FileRow,
    years: BTreeSet<SchoolYear>,
    rows: BTreeSet<u32>,
}

/// Whether a row has no number but zeros, and hides none.
fn is_nothing(row: &FileRow) -> bool {
    match row.status {
        Status::Reported => row.numbers.get().into_iter().flatten().all(|number| number == 0.0),
        Status::Missing | Status::NotApplicable => true,
        Status::Masked | Status::Withheld => false,
    }
}
