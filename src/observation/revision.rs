//! The same thing published more than once: a later file's value replaces an earlier one's, which is kept on
//! record. Two different values in one file are a problem.

use serde::{Deserialize, Serialize};

use super::file_cells::FileCells;
use super::incoming::{FileIndex, FramePosition, IncomingRow};
use super::origins::{CellRef, Origins};
use super::reading::FileReading;
use super::rows::{FileRow, SheetIndex};
use super::school_sums::{schools_behind, schools_not_among};
use crate::diagnostic::{Diagnostic, Place, Problems, cell_name};
use crate::domain::{KeyCode, SchoolYear, Status, Terms};
use crate::wording::{RevisedTexts, SumTexts};

/// A sum agrees with a published value if they differ by at most this share of it: rates are rounded.
const SAME_SUM: f64 = 0.001;
use crate::wording::reading as wording;

/// A value that a later file revised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// The series.
    pub key: KeyCode,
    /// Code of the district or school.
    pub district: u32,
    /// School year.
    pub year: SchoolYear,
    /// The value of the earlier file.
    pub older: TracedValue,
    /// The value that was kept.
    pub newer: TracedValue,
    /// Whether both files are public as they are.
    pub public: bool,
}

/// A value and the cell that contains it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TracedValue {
    /// The value.
    #[serde(with = "super::exact_number")]
    pub value: f64,
    /// Its cell.
    pub cell: CellRef,
}

impl Revision {
    const fn position(&self) -> FramePosition {
        (self.key, self.district, self.year)
    }
}

/// A value that is hidden in a later file.
struct HiddenValue {
    position: FramePosition,
    earlier: CellRef,
    later: CellRef,
}

/// A published value that differs from the sum of the district's schools.
struct SumPassedOver {
    position: FramePosition,
    published: TracedValue,
    sum: TracedValue,
}

/// Where two values for the same thing were found in one file.
#[derive(PartialEq, Eq)]
struct ConflictPlace {
    file: FileIndex,
    sheet: SheetIndex,
    position: FramePosition,
}

/// Decides between several values for the same thing, and records the decisions.
pub(super) struct ConflictResolver<'a> {
    terms: &'a Terms,
    readings: &'a [FileReading],
    cells: &'a FileCells<'a>,
    origins: &'a Origins,
    problems: Problems,
    revisions: Vec<Revision>,
    hidden: Vec<HiddenValue>,
    passed_over: Vec<SumPassedOver>,
    /// Where the last reported pair of values in one file was found.
    last_reported: Option<ConflictPlace>,
}

impl<'a> ConflictResolver<'a> {
    pub(super) const fn new(
        terms: &'a Terms,
        readings: &'a [FileReading],
        cells: &'a FileCells<'a>,
        origins: &'a Origins,
    ) -> Self {
        Self {
            terms,
            readings,
            cells,
            origins,
            problems: Problems::new(),
            revisions: Vec::new(),
            hidden: Vec::new(),
            passed_over: Vec::new(),
            last_reported: None,
        }
    }

    /// From the sorted rows of one position, the row to keep for each publishing district; more than one if
    /// they are for different schools.
    pub(super) fn resolve(&mut self, rows: impl Iterator<Item = IncomingRow>) -> Vec<IncomingRow> {
        let mut resolved: Vec<IncomingRow> = Vec::with_capacity(1);
        for next in rows {
            let rivals = self.rivals(&resolved, &next);
            let Some((first, others)) = rivals.split_first() else {
                resolved.push(next);
                continue;
            };
            let mut is_taken_over = false;
            for rival in &rivals {
                is_taken_over |= self.takes_over(&resolved[*rival], &next);
            }
            if is_taken_over {
                // One table of all schools replaces several tables with some schools each.
                for other in others.iter().rev() {
                    resolved.remove(*other);
                }
                resolved[*first] = next;
            }
        }
        resolved
    }

    /// The indexes of the rows that are about the same thing as `next`.
    fn rivals(&self, resolved: &[IncomingRow], next: &IncomingRow) -> Vec<usize> {
        let same = resolved.iter().rev().take_while(|kept| kept.origin == next.origin).count();
        let mut rivals: Vec<usize> = (resolved.len() - same..resolved.len()).collect();
        rivals.retain(|i| !self.are_of_different_schools(&resolved[*i], next));
        rivals
    }

    /// Whether two sums have no school in common.
    fn are_of_different_schools(&self, kept: &IncomingRow, next: &IncomingRow) -> bool {
        let (older, newer) = (schools_behind(kept, self.readings), schools_behind(next, self.readings));
        !older.is_empty() && !newer.is_empty() && schools_not_among(&older, &newer).len() == older.len()
    }

    /// Whether `next`, which is from the same file or a later one, replaces `kept`.
    ///
    /// A later file's number or mask does; its missing value does not. Within one file the first number
    /// stays. A value that was published for the district is never replaced by the sum of its schools, whose
    /// list may be incomplete.
    fn takes_over(&mut self, kept: &IncomingRow, next: &IncomingRow) -> bool {
        if self.is_sum(kept) != self.is_sum(next) && is_reported(kept) && is_reported(next) {
            self.record_sum_passed_over(kept, next);
            return self.is_sum(kept);
        }
        if kept.file == next.file {
            if is_revised(kept, next) || is_masked_in_one(kept, next) {
                self.report_two_values(kept, next);
            }
            return !is_reported(kept) && is_reported(next);
        }
        if is_reported(kept) && is_masked(next) {
            let (earlier, later) = (self.cells.first(kept), self.cells.first(next));
            self.hidden.push(HiddenValue { position: kept.position(), earlier, later });
        }
        if is_revised(kept, next) {
            self.report_missing_schools(kept, next);
            self.add_revision(kept, next);
        }
        is_reported(next) || is_masked(next)
    }

    /// Records that a published value differs from the sum of the district's schools.
    fn record_sum_passed_over(&mut self, kept: &IncomingRow, next: &IncomingRow) {
        let (published, sum) = if self.is_sum(kept) { (next, kept) } else { (kept, next) };
        if let (Some(value), Some(added)) = (published.row.numbers.value(), sum.row.numbers.value())
            && (value - added).abs() > SAME_SUM * value.abs().max(1.0)
        {
            self.passed_over.push(SumPassedOver {
                position: published.position(),
                published: TracedValue { value, cell: self.cells.first(published) },
                sum: TracedValue { value: added, cell: self.cells.first(sum) },
            });
        }
    }

    /// Records a revised value. For a school, the sum of its district shows it, because that is revised with it.
    fn add_revision(&mut self, kept: &IncomingRow, next: &IncomingRow) {
        if self.terms.school(next.district).is_some() {
            return;
        }
        if let (Some(older), Some(newer)) = (kept.row.numbers.value(), next.row.numbers.value()) {
            let (key, district, year) = next.position();
            self.revisions.push(Revision {
                key,
                district,
                year,
                older: TracedValue { value: older, cell: self.cells.first(kept) },
                newer: TracedValue { value: newer, cell: self.cells.first(next) },
                public: kept.public && next.public,
            });
        }
    }

    /// Reports schools that are no longer in a later file.
    fn report_missing_schools(&mut self, kept: &IncomingRow, next: &IncomingRow) {
        let (older, newer) = (schools_behind(kept, self.readings), schools_behind(next, self.readings));
        let gone = schools_not_among(&older, &newer);
        let Some(school) = gone.first().and_then(|names| names.last()) else { return };
        if newer.is_empty() {
            return;
        }
        let (place, earlier) = (self.place(next), self.place(kept).file);
        let problem = Diagnostic::schools_fewer(place, &self.describe(next), &earlier, school, gone.len());
        self.last_reported = None;
        self.problems.push(problem);
    }

    /// Reports two values for the same thing in one file; further ones are only counted.
    fn report_two_values(&mut self, kept: &IncomingRow, next: &IncomingRow) {
        let conflict =
            Some(ConflictPlace { file: next.file, sheet: next.row.sheet, position: next.position() });
        if self.last_reported == conflict {
            let (row, column) = (next.row.row, u32::from(next.row.column));
            return self.problems.push_again(|| cell_name(row, column));
        }
        self.last_reported = conflict;
        let texts = [value_text(kept.row), value_text(next.row)];
        self.problems.push(Diagnostic::two_values(
            self.place(next),
            &self.describe(next),
            texts.each_ref().map(String::as_str),
            &self.place(kept),
            is_reported(kept),
        ));
    }

    /// All revisions, and the problems, including a note for each file that revises or hides values of
    /// others.
    pub(super) fn finish(mut self) -> (Vec<Revision>, Problems) {
        self.report_revisions();
        self.report_hidden();
        self.report_passed_over();
        (self.revisions, self.problems)
    }

    fn report_revisions(&mut self) {
        let origins = self.origins;
        let mut by_file: Vec<&Revision> = self.revisions.iter().collect();
        by_file.sort_by_key(|revision| origins.file(revision.newer.cell));
        for of_file in by_file.chunk_by(|a, b| origins.file(a.newer.cell) == origins.file(b.newer.cell)) {
            let first = of_file[0];
            let (older, newer) = (first.older.value.to_string(), first.newer.value.to_string());
            let earlier = origins.place(first.older.cell).to_string();
            self.problems.push(Diagnostic::revised(
                origins.place(first.newer.cell),
                &describe_value(self.terms, first.position()),
                RevisedTexts { older: &older, earlier: &earlier, newer: &newer },
                of_file.len() as u64,
            ));
        }
    }

    fn report_hidden(&mut self) {
        let origins = self.origins;
        let mut by_file: Vec<&HiddenValue> = self.hidden.iter().collect();
        by_file.sort_by_key(|hidden| origins.file(hidden.later));
        for of_file in by_file.chunk_by(|a, b| origins.file(a.later) == origins.file(b.later)) {
            let first = of_file[0];
            self.problems.push(Diagnostic::hidden_later(
                origins.place(first.later),
                &describe_value(self.terms, first.position),
                &origins.place(first.earlier),
                of_file.len() as u64,
            ));
        }
    }

    fn report_passed_over(&mut self) {
        let origins = self.origins;
        let mut by_file: Vec<&SumPassedOver> = self.passed_over.iter().collect();
        by_file.sort_by_key(|sum| origins.file(sum.sum.cell));
        for of_file in by_file.chunk_by(|a, b| origins.file(a.sum.cell) == origins.file(b.sum.cell)) {
            let first = of_file[0];
            self.problems.push(Diagnostic::sum_passed_over(
                origins.place(first.sum.cell),
                &describe_value(self.terms, first.position),
                SumTexts {
                    published: &first.published.value.to_string(),
                    place: &origins.place(first.published.cell).to_string(),
                    sum: &first.sum.value.to_string(),
                },
                of_file.len() as u64,
            ));
        }
    }

    fn place(&self, row: &IncomingRow) -> Place {
        self.origins.place(self.cells.first(row))
    }

    /// Whether a row adds up others.
    fn is_sum(&self, row: &IncomingRow) -> bool {
        self.readings[row.file.0 as usize].is_sum_of_rows(&row.row)
    }

    fn describe(&self, row: &IncomingRow) -> String {
        describe_value(self.terms, row.position())
    }
}

fn is_reported(row: &IncomingRow) -> bool {
    row.row.status == Status::Reported
}

fn is_masked(row: &IncomingRow) -> bool {
    row.row.status == Status::Masked
}

/// Whether both rows have values that differ.
fn is_revised(kept: &IncomingRow, next: &IncomingRow) -> bool {
    let values = kept.row.numbers.value().zip(next.row.numbers.value());
    values.is_some_and(|(older, newer)| older != newer)
}

/// Whether one of the rows has a value that is masked in the other one.
fn is_masked_in_one(kept: &IncomingRow, next: &IncomingRow) -> bool {
    is_masked(kept) && is_reported(next) || is_reported(kept) && is_masked(next)
}

/// The content of a row, for a message.
fn value_text(row: FileRow) -> String {
    match row.numbers.value() {
        Some(value) => value.to_string(),
        None if row.status == Status::Masked => wording::HIDDEN_VALUE.to_owned(),
        None => wording::OTHER_VALUE.to_owned(),
    }
}

/// The name of a value, for a message: `enrollment for Ash ISD in 2023-24`.
fn describe_value(terms: &Terms, position: FramePosition) -> String {
    let (key, district, year) = position;
    let name = terms.organization(district).name();
    wording::value_name(&terms.key(key).slug(), name, &year.to_string())
}
