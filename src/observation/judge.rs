//! The same thing published twice: a later file's value takes the place of an earlier one's, and the other is kept
//! on record; two values in one file are a problem.

use super::gather::Incoming;
use super::reading::FileReading;
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{KeyCode, SchoolYear, Status, Terms};

/// A value that a later file revised.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The series.
    pub key: KeyCode,
    /// Code of the district.
    pub district: u32,
    /// School year.
    pub year: SchoolYear,
    /// The value of the earlier file, and its cell.
    pub older: (f64, Place),
    /// The value that was kept, and its cell.
    pub newer: (f64, Place),
    /// Whether both files are public as they stand.
    pub public: bool,
}

/// Decides between two values for the same thing, and keeps book of it.
pub(super) struct Judge<'a> {
    terms: &'a Terms,
    readings: &'a [FileReading],
    diagnostics: &'a mut Vec<Diagnostic>,
    revisions: Vec<Revision>,
}

impl<'a> Judge<'a> {
    pub(super) const fn new(
        terms: &'a Terms,
        readings: &'a [FileReading],
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self { terms, readings, diagnostics, revisions: Vec::new() }
    }

    /// Of sorted rows, one for each position and publishing district.
    pub(super) fn settle(&mut self, mut rows: Vec<Incoming>) -> Vec<Incoming> {
        rows.dedup_by(|next, kept| {
            let same = (next.position(), next.origin) == (kept.position(), kept.origin);
            if same && self.takes_over(kept, next) {
                std::mem::swap(kept, next);
            }
            same
        });
        rows
    }

    /// Whether `next`, which is of the same file or a later one, takes the place of `kept`.
    ///
    /// A later file's number or mask does; a later file's missing value does not. Within one file the first
    /// number stays.
    fn takes_over(&mut self, kept: &Incoming, next: &Incoming) -> bool {
        let values = kept.row.numbers.value().zip(next.row.numbers.value()).filter(|(old, new)| old != new);
        let reported = |r: &Incoming| r.row.status == Status::Reported;
        if kept.file == next.file {
            if let Some((first, second)) = values {
                let (place, other) = (self.place(next), self.place(kept).cell.unwrap_or_default());
                let what = self.what(next);
                let public = self.readings[next.file as usize].public;
                let (first, second) = (told(first, public), told(second, public));
                self.diagnostics.push(Diagnostic::two_values(place, &what, &first, &second, &other));
            }
            return !reported(kept) && reported(next);
        }
        if let Some((older, newer)) = values {
            let (key, district, year) = next.position();
            let (older, newer) = ((older, self.place(kept)), (newer, self.place(next)));
            let public = kept.public && next.public;
            self.revisions.push(Revision { key, district, year, older, newer, public });
        }
        reported(next) || next.row.status == Status::Masked
    }

    /// All revisions, with a note for each file that revises others.
    pub(super) fn finish(self) -> Vec<Revision> {
        let mut by_file: Vec<&Revision> = self.revisions.iter().collect();
        by_file.sort_by(|a, b| a.newer.1.file.cmp(&b.newer.1.file));
        for of_file in by_file.chunk_by(|a, b| a.newer.1.file == b.newer.1.file) {
            let first = of_file[0];
            let (older, newer) = (told(first.older.0, first.public), told(first.newer.0, first.public));
            let what = described(self.terms, first.key, first.district, first.year);
            let place = first.newer.1.clone();
            let earlier = first.older.1.to_string();
            let note = Diagnostic::revised(place, &what, (&older, &earlier), &newer, of_file.len() as u64);
            self.diagnostics.push(note);
        }
        self.revisions
    }

    fn place(&self, row: &Incoming) -> Place {
        self.readings[row.file as usize].sheets[row.row.sheet as usize].at(row.row.row, row.row.column)
    }

    fn what(&self, row: &Incoming) -> String {
        described(self.terms, row.key, row.district, row.row.year)
    }
}

/// A value in a message, which goes into the pack's report: one that is not public is not told, whatever its size.
fn told(value: f64, public: bool) -> String {
    if public { value.to_string() } else { "another value".to_owned() }
}

/// A value's name in a message: `enrollment of Ash ISD in 2023-24`.
pub(super) fn described(terms: &Terms, key: KeyCode, district: u32, year: SchoolYear) -> String {
    format!("{} of {} in {year}", terms.key(key).slug(), terms.districts[district as usize].name)
}
