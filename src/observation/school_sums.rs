//! The schools behind a district's sum. They distinguish two files of the same year with different schools
//! (elementary and secondary) from a file that revises another.

use std::collections::BTreeSet;

use super::file_cells::FileCells;
use super::incoming::{IncomingRow, TracedRow};
use super::reading::FileReading;
use crate::catalog::{Catalog, Measure};
use crate::diagnostic::{Diagnostic, Problems};
use crate::domain::Terms;

/// The names of one school: its id and name if the table has both.
pub(super) type SchoolNames<'a> = &'a [String];

/// The schools behind a row; empty if it is not a sum, or if nothing names them.
pub(super) fn schools_behind<'a>(row: &IncomingRow, readings: &'a [FileReading]) -> Vec<SchoolNames<'a>> {
    let reading = &readings[row.file.0 as usize];
    let Some(number) = row.row.sum else { return Vec::new() };
    let schools = reading.sums.schools(number).iter();
    schools.filter_map(|index| Some(reading.schools.get(index.0 as usize)?.names.as_slice())).collect()
}

/// The schools in `some` that have no name in common with any of `others`.
pub(super) fn schools_not_among<'a>(
    some: &[SchoolNames<'a>],
    others: &[SchoolNames<'_>],
) -> Vec<SchoolNames<'a>> {
    let known: BTreeSet<&String> = others.iter().copied().flatten().collect();
    some.iter().copied().filter(|names| names.iter().all(|name| !known.contains(name))).collect()
}

/// Adds up the values of a district that several tables give for different schools.
pub(super) struct SchoolAdder<'a> {
    readings: &'a [FileReading],
    terms: &'a Terms,
    catalog: &'a Catalog,
    problems: Problems,
}

impl<'a> SchoolAdder<'a> {
    pub(super) const fn new(readings: &'a [FileReading], terms: &'a Terms, catalog: &'a Catalog) -> Self {
        Self { readings, terms, catalog, problems: Problems::new() }
    }

    /// The sorted rows of one series, with those of the same position and publishing district combined.
    pub(super) fn add_up(&mut self, rows: &[IncomingRow], cells: &FileCells<'_>) -> Vec<TracedRow> {
        let mut added = Vec::with_capacity(rows.len());
        for same in rows.chunk_by(|a, b| a.position() == b.position() && a.origin == b.origin) {
            let parts = same.iter().map(|row| TracedRow { row: *row, cells: cells.behind(row) });
            match same {
                [_] => added.extend(parts),
                _ => added.extend(self.combine(&parts.collect::<Vec<_>>())),
            }
        }
        added
    }

    /// The rates that could not be combined because they have no denominators.
    pub(super) fn finish(self) -> Problems {
        self.problems
    }

    fn combine(&mut self, parts: &[TracedRow]) -> Option<TracedRow> {
        let first = parts[0].row;
        let measure = &self.terms.measures[first.key.measure as usize];
        let is_additive = self.catalog.measures.get(measure).is_none_or(Measure::adds_up);
        let whole = TracedRow::combine(parts, is_additive);
        if whole.is_none() {
            let place = self.readings[first.file.0 as usize].place(&first.row);
            self.problems.push(Diagnostic::rate_without_weight(place, measure, 1));
        }
        whole
    }
}
