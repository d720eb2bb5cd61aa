//! The same thing published twice: a later file's value takes the place of an earlier one's, and the other is kept
//! on record; two values in one file are a problem.

use super::cells::Cells;
use super::gather::Incoming;
use super::origins::{CellRef, Origins};
use super::reading::FileReading;
use super::rows::FileRow;
use super::schools::{behind, not_among};
use crate::diagnostic::{Diagnostic, Place, Problems, cell_name};
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
    pub older: (f64, CellRef),
    /// The value that was kept, and its cell.
    pub newer: (f64, CellRef),
    /// Whether both files are public as they stand.
    pub public: bool,
}

/// Decides between two values for the same thing, and keeps book of it.
pub(super) struct Judge<'a> {
    terms: &'a Terms,
    readings: &'a [FileReading],
    cells: &'a Cells<'a>,
    origins: &'a Origins,
    problems: Problems,
    revisions: Vec<Revision>,
    /// What two values of one file were told of last: file, sheet and place.
    told_last: Option<(u32, u16, (KeyCode, u32, SchoolYear))>,
    /// Values that a later file hides: what, the earlier file's cell and the later one's.
    hidden: Vec<((KeyCode, u32, SchoolYear), CellRef, CellRef)>,
}

impl<'a> Judge<'a> {
    pub(super) const fn new(
        terms: &'a Terms,
        readings: &'a [FileReading],
        cells: &'a Cells<'a>,
        origins: &'a Origins,
    ) -> Self {
        let problems = Problems::new();
        Self {
            terms,
            readings,
            cells,
            origins,
            problems,
            revisions: Vec::new(),
            told_last: None,
            hidden: Vec::new(),
        }
    }

    /// Of the sorted rows of one position, one for each publishing district; several where they are of different schools.
    pub(super) fn settle(&mut self, rows: impl Iterator<Item = Incoming>) -> Vec<Incoming> {
        let mut settled: Vec<Incoming> = Vec::with_capacity(1);
        for next in rows {
            let same = settled.iter().rev().take_while(|kept| kept.origin == next.origin).count();
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
            self.told_last = None;
            self.problems.push(problem);
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
                self.tell_two_values(kept, next);
            }
            return !reported(kept) && reported(next);
        }
        if reported(kept) && masked(next) {
            self.hidden.push((kept.position(), self.cells.first(kept), self.cells.first(next)));
        }
        if let Some((older, newer)) = values {
            let (key, district, year) = next.position();
            let (older, newer) = ((older, self.cells.first(kept)), (newer, self.cells.first(next)));
            let public = kept.public && next.public;
            self.tell_fewer_schools(kept, next);
            self.revisions.push(Revision { key, district, year, older, newer, public });
        }
        reported(next) || masked(next)
    }

    /// Tells of two values for one thing in one file; of each further one only that it is there.
    fn tell_two_values(&mut self, kept: &Incoming, next: &Incoming) {
        let of = Some((next.file, next.row.sheet, next.position()));
        if self.told_last == of {
            let (row, column) = (next.row.row, u32::from(next.row.column));
            return self.problems.push_again(|| cell_name(row, column));
        }
        self.told_last = of;
        let (place, other) = (self.place(next), self.place(kept));
        let (first, second) = (told(kept.row), told(next.row));
        let what = self.what(next);
        let which = if kept.row.status == Status::Reported { "the first" } else { "the second" };
        self.problems.push(Diagnostic::two_values(place, &what, [&first, &second], &other, which));
    }

    /// All revisions, with a note for each file that revises others.
    pub(super) fn finish(mut self) -> (Vec<Revision>, Problems) {
        let origins = self.origins;
        let file = |cell: CellRef| &origins.sheets[cell.sheet as usize].file;
        let mut by_file: Vec<u32> = (0..self.revisions.len() as u32).collect();
        let newer = |i: &u32| file(self.revisions[*i as usize].newer.1);
        by_file.sort_by_key(newer);
        for of_file in by_file.chunk_by(|a, b| newer(a) == newer(b)) {
            let first = &self.revisions[of_file[0] as usize];
            let (older, newer) = (first.older.0.to_string(), first.newer.0.to_string());
            let what = described(self.terms, first.key, first.district, first.year);
            let place = origins.place(first.newer.1);
            let earlier = origins.place(first.older.1).to_string();
            let note = Diagnostic::revised(place, &what, (&older, &earlier), &newer, of_file.len() as u64);
            self.problems.push(note);
        }
        self.hidden.sort_by_key(|(.., later)| file(*later));
        for of_file in self.hidden.chunk_by(|a, b| file(a.2) == file(b.2)) {
            let ((key, district, year), earlier, later) = &of_file[0];
            let what = described(self.terms, *key, *district, *year);
            let note = Diagnostic::hidden_later(
                origins.place(*later),
                &what,
                &origins.place(*earlier),
                of_file.len() as u64,
            );
            self.problems.push(note);
        }
        (self.revisions, self.problems)
    }

    fn place(&self, row: &Incoming) -> Place {
        self.origins.place(self.cells.first(row))
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
