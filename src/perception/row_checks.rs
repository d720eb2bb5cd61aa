//! Which rows are answers that count: no tests, no duplicates, no break-offs.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use sheets::Sheet;

use super::columns::{AnswerCell, AnswerColumn, AnswerColumns};
use super::roles::ColumnRole;
use crate::catalog::Catalog;
use crate::diagnostic::Place;
use crate::form_export::plain;

/// Why a row is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// The service marks it as a test.
    Preview,
    /// Its author typed that it is a test; the number of the column.
    Test(u32),
    /// It was read before.
    Duplicate,
    /// It has too few answers.
    BreakOff,
}

/// The rows that were read so far, by what identifies them.
#[derive(Debug, Default)]
pub(super) struct ReadRows {
    /// Those that are certainly of one person.
    people: BTreeSet<u64>,
    /// How often each other row was counted.
    counted: BTreeMap<u64, usize>,
    /// The sheet that is being read, and how often it has each of these rows so far.
    sheet: Option<Place>,
    in_sheet: BTreeMap<u64, usize>,
}

impl ReadRows {
    /// Whether a row was read before.
    fn has(&mut self, row: RowIdentity, sheet: &Place) -> bool {
        match row {
            RowIdentity::Person(hash) => !self.people.insert(hash),
            RowIdentity::Numbered { in_sheet, whole } => {
                let is_new = self.people.insert(in_sheet);
                !self.people.insert(whole) || !is_new
            }
            RowIdentity::Time(hash) => self.has_in_other_sheet(hash, sheet),
            RowIdentity::Nothing => false,
        }
    }

    /// Two people may answer alike at the same time, so rows of one sheet are never one.
    fn has_in_other_sheet(&mut self, hash: u64, sheet: &Place) -> bool {
        if self.sheet.as_ref() != Some(sheet) {
            self.sheet = Some(sheet.clone());
            self.in_sheet.clear();
        }
        let here = self.in_sheet.entry(hash).or_default();
        *here += 1;
        let counted = self.counted.entry(hash).or_default();
        let is_again = *here <= *counted;
        *counted = (*counted).max(*here);
        is_again
    }
}

/// What identifies a row.
#[derive(Debug, Clone, Copy)]
enum RowIdentity {
    /// An id that no other answer has, or all of its cells with something about the person: no two people have it.
    Person(u64),
    /// A number that the form gave it and its times, which no other row of its sheet has; and all of its cells with the number, which
    /// no other answer of any file has.
    Numbered { in_sheet: u64, whole: u64 },
    /// All of its cells with the time.
    Time(u64),
    /// Nothing: two people may have given the same answers.
    Nothing,
}

/// What is looked at in the rows of a sheet.
pub(super) struct RowChecks<'a> {
    sheet: &'a Sheet,
    columns: &'a AnswerColumns,
    roles: &'a [ColumnRole],
    /// The column with an id that no other answer has.
    identity: Option<&'a AnswerColumn>,
    /// The columns with the times of the answers.
    times: Vec<&'a AnswerColumn>,
    /// The columns about the answer, in which a service marks tests.
    about: Vec<&'a AnswerColumn>,
    catalog: &'a Catalog,
}

impl<'a> RowChecks<'a> {
    pub(super) fn new(
        sheet: &'a Sheet,
        columns: &'a AnswerColumns,
        roles: &'a [ColumnRole],
        catalog: &'a Catalog,
    ) -> Self {
        Self {
            sheet,
            columns,
            roles,
            identity: with_role(columns, roles, &ColumnRole::Identity).next(),
            times: with_role(columns, roles, &ColumnRole::Time).collect(),
            about: with_role(columns, roles, &ColumnRole::Personal).collect(),
            catalog,
        }
    }

    /// Why a row is a test or a duplicate; `None` if it is neither.
    pub(super) fn left_out(&self, row: usize, read: &mut ReadRows) -> Option<LeftOut> {
        if self.is_preview(row) {
            return Some(LeftOut::Preview);
        }
        if let Some(cell) = self.typed(&self.columns.tests, row) {
            return Some(LeftOut::Test(self.columns.all[cell.column].number));
        }
        read.has(self.identity(row), &self.sheet.place).then_some(LeftOut::Duplicate)
    }

    fn is_preview(&self, row: usize) -> bool {
        let preview = &self.catalog.room.forms.preview;
        self.about.iter().any(|column| {
            column.choice(row).is_some_and(|choice| preview.contains(&column.choices[choice].words))
        })
    }

    /// A noted cell of a row, in a column in which people type words.
    pub(super) fn typed(&self, noted: &'a [AnswerCell], row: usize) -> Option<&'a AnswerCell> {
        let first = noted.partition_point(|cell| cell.row < row);
        let of_row = noted[first..].iter().take_while(|cell| cell.row == row);
        of_row.into_iter().find(|cell| self.asks_for_words(cell.column))
    }

    /// Whether people type words in a column.
    fn asks_for_words(&self, column: usize) -> bool {
        self.roles[column] == ColumnRole::Open || self.roles[column].is_unread()
    }

    /// What a cell of a row has; `None` if it is empty.
    fn text(&self, row: u32, column: &AnswerColumn) -> Option<String> {
        let cell = self.sheet.row(row)?.cell(column.number);
        (!cell.is_blank()).then(|| cell.to_text())
    }

    /// What identifies a row.
    fn identity(&self, row: usize) -> RowIdentity {
        let Some(answer) = self.columns.rows.get(row) else { return RowIdentity::Nothing };
        let id = self.identity.and_then(|column| self.text(answer.number, column));
        // A row number of the form (1, 2, …) is not the same answer in another file.
        if let Some(id) = id.as_ref().filter(|id| id.len() >= ID_BYTES) {
            let mut hasher = DefaultHasher::new();
            plain(id).hash(&mut hasher);
            return RowIdentity::Person(hasher.finish());
        }
        if let Some(id) = id.filter(|_| !self.times.is_empty()) {
            let mut hasher = DefaultHasher::new();
            let times: Vec<Option<String>> =
                self.times.iter().map(|column| self.text(answer.number, column)).collect();
            (&self.sheet.place.file, &self.sheet.place.sheet, plain(&id), times).hash(&mut hasher);
            return RowIdentity::Numbered { in_sheet: hasher.finish(), whole: answer.hash };
        }
        let is_about_person = self.about.iter().any(|column| column.is_answered(row) && column.tells_apart());
        match (!self.times.is_empty(), is_about_person) {
            (true, true) => RowIdentity::Person(answer.hash),
            (true, false) => RowIdentity::Time(answer.hash),
            (false, _) => RowIdentity::Nothing,
        }
    }
}

/// The columns with a role.
fn with_role<'a>(
    columns: &'a AnswerColumns,
    roles: &'a [ColumnRole],
    wanted: &'a ColumnRole,
) -> impl Iterator<Item = &'a AnswerColumn> {
    columns.all.iter().zip(roles).filter(move |(_, role)| *role == wanted).map(|(column, _)| column)
}

/// The shortest id, in bytes, that no other answer of any file has.
const ID_BYTES: usize = 8;
