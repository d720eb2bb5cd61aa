//! The same thing published twice: a later file's value takes the place of an earlier one's, and the other is kept
//! on record; two values in one file are a problem.

use super::gather::Incoming;
use super::reading::{FileReading, FileRow};
use super::schools::{behind, not_among};
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
    /// Values that a later file hides: what, the earlier file's cell and the later one's.
    hidden: Vec<((KeyCode, u32, SchoolYear), Place, Place)>,
}

impl<'a> Judge<'a> {
    pub(super) const fn new(
        terms: &'a Terms,
        readings: &'a [FileReading],
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self { terms, readings, diagnostics, revisions: Vec::new(), hidden: Vec::new() }
    }

    /// Of sorted rows, one for each position and publishing district; several where they are of different schools.
    pub(super) fn settle(&mut self, rows: Vec<Incoming>) -> Vec<Incoming> {
        let mut settled: Vec<Incoming> = Vec::with_capacity(rows.len());
        for next in rows {
            let whose = |row: &Incoming| (row.position(), row.origin);
            let same = settled.iter().rev().take_while(|kept| whose(kept) == whose(&next)).count();
            let mut rivals: Vec<usize> = (settled.len() - same..settled.len()).collect();
            rivals.retain(|i| !self.of_different_schools(&settled[*i], &next));
            let Some(first) = rivals.first().copied() else {
                settled.push(next);
                continue;
            };
            let wins = rivals.iter().filter(|i| self.takes_over(&settled[**i], &next)).count();
            if wins > 0 {
                // One table of all schools revises several of some.
                for other in rivals[1..].iter().rev() {
                    settled.remove(*other);
                }
                settled[first] = next;
            }
        }
        settled
    }

    /// Whether two sums are of schools none of which is among the other's.
    fn of_different_schools(&self, kept: &Incoming, next: &Incoming) -> bool {
        let (older, newer) = (behind(kept, self.readings), behind(next, self.readings));
        !older.is_empty() && !newer.is_empty() && not_among(&older, &newer).len() == older.len()
    }

    /// Tells of schools that a later file no longer has.
    fn tell_fewer_schools(&mut self, kept: &Incoming, next: &Incoming) {
        let (older, newer) = (behind(kept, self.readings), behind(next, self.readings));
        let gone = not_among(&older, &newer);
        if let (Some(one), false) = (gone.first().and_then(|names| names.last()), newer.is_empty()) {
            let earlier = self.place(kept).file;
            let problem =
                Diagnostic::schools_fewer(self.place(next), &self.what(next), &earlier, one, gone.len());
            self.diagnostics.push(problem);
        }
    }

    /// Whether `next`, which is of the same file or a later one, takes the place of `kept`.
    ///
    /// A later file's number or mask does; a later file's missing value does not. Within one file the first
    /// number stays.
    fn takes_over(&mut self, kept: &Incoming, next: &Incoming) -> bool {
        let values = kept.row.numbers.value().zip(next.row.numbers.value()).filter(|(old, new)| old != new);
        let reported = |r: &Incoming| r.row.status == Status::Reported;
        let masked = |r: &Incoming| r.row.status == Status::Masked;
        if kept.file == next.file {
            let hidden = masked(kept) && reported(next) || reported(kept) && masked(next);
            if values.is_some() || hidden {
                let (place, other) = (self.place(next), self.place(kept));
                let (first, second) = (told(kept.row), told(next.row));
                let what = self.what(next);
                let which = if reported(kept) { "the first" } else { "the second" };
                self.diagnostics.push(Diagnostic::two_values(place, &what, [&first, &second], &other, which));
            }
            return !reported(kept) && reported(next);
        }
        if reported(kept) && masked(next) {
            self.hidden.push(((kept.position()), self.place(kept), self.place(next)));
        }
        if let Some((older, newer)) = values {
            let (key, district, year) = next.position();
            let (older, newer) = ((older, self.place(kept)), (newer, self.place(next)));
            let public = kept.public && next.public;
            self.tell_fewer_schools(kept, next);
            self.revisions.push(Revision { key, district, year, older, newer, public });
        }
        reported(next) || masked(next)
    }

    /// All revisions, with a note for each file that revises others.
    pub(super) fn finish(mut self) -> Vec<Revision> {
        let mut by_file: Vec<&Revision> = self.revisions.iter().collect();
        by_file.sort_by(|a, b| a.newer.1.file.cmp(&b.newer.1.file));
        for of_file in by_file.chunk_by(|a, b| a.newer.1.file == b.newer.1.file) {
            let first = of_file[0];
            let (older, newer) = (first.older.0.to_string(), first.newer.0.to_string());
            let what = described(self.terms, first.key, first.district, first.year);
            let place = first.newer.1.clone();
            let earlier = first.older.1.to_string();
            let note = Diagnostic::revised(place, &what, (&older, &earlier), &newer, of_file.len() as u64);
            self.diagnostics.push(note);
        }
        self.hidden.sort_by(|a, b| a.2.file.cmp(&b.2.file));
        for of_file in self.hidden.chunk_by(|a, b| a.2.file == b.2.file) {
            let ((key, district, year), earlier, later) = &of_file[0];
            let what = described(self.terms, *key, *district, *year);
            let note = Diagnostic::hidden_later(later.clone(), &what, earlier, of_file.len() as u64);
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

/// What a row says, in a message.
fn told(row: FileRow) -> String {
    match row.numbers.value() {
        Some(value) => value.to_string(),
        None if row.status == Status::Masked => "hidden".to_owned(),
        None => "another value".to_owned(),
    }
}

/// A value's name in a message: `enrollment of Ash ISD in 2023-24`.
pub(super) fn described(terms: &Terms, key: KeyCode, district: u32, year: SchoolYear) -> String {
    format!("{} of {} in {year}", terms.key(key).slug(), terms.districts[district as usize].name)
}
