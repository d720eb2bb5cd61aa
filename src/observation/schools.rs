//! Which schools stand behind a district's sum: by them, two files of one year that hold different schools (elementary and
//! secondary) are told from one that revises the other.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cells;
use super::crosswalk::Joined;
use super::gather::Incoming;
use super::header::folded;
use super::reading::FileReading;
use crate::catalog::{Catalog, Measure};
use crate::diagnostic::{Diagnostic, Problems};
use crate::domain::Terms;
use sheets::Cell;

/// The schools of a file, as its rows name them.
#[derive(Debug, Default)]
pub(super) struct Schools {
    known: BTreeMap<Vec<String>, u32>,
    /// The school of a row in the table that begins in a column, of the sheet being read.
    rows: BTreeMap<(u32, u32), u32>,
    /// Bytes of the names of all.
    words: usize,
}

impl Schools {
    /// Learns of the school that a row names in `columns`; `at` is the row, and the first column of its table.
    pub(super) fn meet(&mut self, at: (u32, u32), cells: &[Cell<'_>], columns: &[u32]) {
        let texts = columns.iter().map(|column| folded(&cells[*column as usize].to_text()).to_lowercase());
        let names: Vec<String> = texts.map(|t| bare(&t).to_owned()).filter(|t| !t.is_empty()).collect();
        if names.is_empty() {
            return;
        }
        let next = self.known.len() as u32;
        let words: usize = names.iter().map(String::len).sum();
        let code = *self.known.entry(names).or_insert(next);
        if code == next {
            self.words += words;
        }
        self.rows.insert(at, code);
    }

    /// The school of a cell's row; `None` where no column names it.
    pub(super) fn of(&self, row: u32, column: u32) -> Option<u32> {
        self.rows.range((row, 0)..=(row, column)).next_back().map(|(_, school)| *school)
    }

    /// Bytes of the names of all schools met.
    pub(super) const fn words(&self) -> usize {
        self.words
    }

    /// Forgets the rows of the sheet read last.
    pub(super) fn next_sheet(&mut self) {
        self.rows.clear();
    }

    /// The names of each school, by its code.
    pub(super) fn finish(self) -> Vec<Vec<String>> {
        let mut named: Vec<(u32, Vec<String>)> = self.known.into_iter().map(|(n, code)| (code, n)).collect();
        named.sort();
        named.into_iter().map(|(_, names)| names).collect()
    }
}

/// An id without the zeros that a spreadsheet may have lost.
fn bare(text: &str) -> &str {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.trim_start_matches('0') } else { text }
}

/// The names of the schools behind a row, school by school; empty where it is no sum, or nothing names them.
pub(super) fn behind<'a>(row: &Incoming, readings: &'a [FileReading]) -> Vec<&'a [String]> {
    let reading = &readings[row.file as usize];
    let schools = row.row.sum.map(|number| reading.sums.schools(number)).unwrap_or_default();
    schools.iter().filter_map(|code| reading.schools.get(*code as usize).map(Vec::as_slice)).collect()
}

/// The schools of `some` of which none of the names is among those of `others`.
pub(super) fn not_among<'a>(some: &[&'a [String]], others: &[&[String]]) -> Vec<&'a [String]> {
    let known: BTreeSet<&String> = others.iter().copied().flatten().collect();
    some.iter().copied().filter(|names| names.iter().all(|name| !known.contains(name))).collect()
}

/// Adds up what several tables say of different schools of a district.
pub(super) struct Adding<'a> {
    pub(super) readings: &'a [FileReading],
    pub(super) terms: &'a Terms,
    pub(super) catalog: &'a Catalog,
    pub(super) problems: Problems,
}

impl Adding<'_> {
    /// The sorted rows of one series, those of one position and publishing district as one.
    pub(super) fn rows(&mut self, rows: &[Incoming], cells: &Cells<'_>) -> Vec<Joined> {
        let same = rows.chunk_by(|a, b| (a.position(), a.origin) == (b.position(), b.origin));
        let joined = |row: &Incoming| Joined { row: *row, cells: cells.of(row) };
        same.filter_map(|same| match same {
            [one] => Some(joined(one)),
            several => self.one(&several.iter().map(joined).collect::<Vec<_>>()),
        })
        .collect()
    }

    fn one(&mut self, parts: &[Joined]) -> Option<Joined> {
        let first = parts[0].row;
        let measure = &self.terms.measures[first.key.measure as usize];
        let additive = self.catalog.measures.get(measure).is_none_or(Measure::adds_up);
        let whole = Joined::of(parts, additive);
        if whole.is_none() {
            let sheets = &self.readings[first.file as usize].sheets;
            let place = sheets[first.row.sheet as usize].at(first.row.row, u32::from(first.row.column));
            self.problems.push(Diagnostic::rate_without_weight(place, measure, 1));
        }
        whole
    }
}
