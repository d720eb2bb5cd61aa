//! The answers of a sheet, column by column. Of columns with more different answers than a question has choices, only their number is kept.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use sheets::{Cell, Row, Sheet};

use crate::catalog::{FormWords, PerceptionSpec};
use crate::form_export::{ExportHead, ExportHeading, normal_value, plain};

/// The answers of a sheet.
#[derive(Debug, Clone)]
pub(super) struct AnswerColumns {
    /// The row of the questions.
    pub(super) heading_row: u32,
    /// The columns that have a heading, from left to right.
    pub(super) all: Vec<AnswerColumn>,
    /// The rows with answers.
    pub(super) rows: Vec<AnswerRow>,
    /// Cells in which somebody typed what authors type to test a form, by row.
    pub(super) tests: Vec<AnswerCell>,
    /// Cells with an address or a number that may be a person's, by row.
    pub(super) contacts: Vec<AnswerCell>,
}

/// A cell, by the indexes of its row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AnswerCell {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// One row with answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswerRow {
    /// Its number in the sheet, from 0.
    pub(super) number: u32,
    /// A hash of all its cells.
    pub(super) hash: u64,
}

/// One column.
#[derive(Debug, Clone)]
pub(super) struct AnswerColumn {
    /// Its number in the sheet, from 0.
    pub(super) number: u32,
    pub(super) heading: ExportHeading,
    /// The different answers, in the order in which they are met; cut off where `is_open`.
    pub(super) choices: Vec<Choice>,
    /// Whether it has too many different answers for a question with choices.
    pub(super) is_open: bool,
    /// How many rows have an answer.
    pub(super) answered: u32,
    /// For each row the place of its choice, from 1; 0 if it has none.
    codes: Vec<u16>,
    /// The places of the choices, by their text in the cells.
    known: BTreeMap<String, u16>,
}

/// One of the different answers of a column.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// As it is in the cell.
    pub(super) text: String,
    /// In small letters and without signs.
    pub(super) words: String,
    /// How many rows have it.
    pub(super) count: u32,
    /// Index of the first row that has it.
    pub(super) first: usize,
}

/// The longest answer, in bytes, that may be a test.
const TEST_BYTES: usize = 30;

impl AnswerColumns {
    /// The answers of a sheet; `None` if it has no headings.
    pub(super) fn read(sheet: &Sheet, words: &FormWords, spec: &PerceptionSpec) -> Option<Self> {
        let ExportHead { first, row, headings } = ExportHead::find(sheet, words)?;
        let mut places: Vec<Option<usize>> = Vec::new();
        let mut columns = Self {
            heading_row: row,
            all: Vec::new(),
            rows: Vec::new(),
            tests: Vec::new(),
            contacts: Vec::new(),
        };
        for (number, heading) in headings {
            places.resize(number as usize + 1, None);
            places[number as usize] = Some(columns.all.len());
            columns.all.push(AnswerColumn::new(number, heading));
        }
        for row in sheet.rows_between(first..u32::MAX) {
            columns.add(row, &places, spec);
        }
        columns.complete();
        Some(columns)
    }

    /// The answers of some rows, by their numbers in the sheet. A column that has open answers in the sheet has them here.
    pub(super) fn of_rows(&self, sheet: &Sheet, rows: &BTreeSet<u32>, spec: &PerceptionSpec) -> Self {
        let mut places: Vec<Option<usize>> = Vec::new();
        let mut part =
            Self { all: Vec::new(), rows: Vec::new(), tests: Vec::new(), contacts: Vec::new(), ..*self };
        for (place, column) in self.all.iter().enumerate() {
            places.resize(column.number as usize + 1, None);
            places[column.number as usize] = Some(place);
            let empty = AnswerColumn::new(column.number, column.heading.clone());
            part.all.push(AnswerColumn { is_open: column.is_open, ..empty });
        }
        for row in rows.iter().filter_map(|number| sheet.row(*number)) {
            part.add(row, &places, spec);
        }
        part.complete();
        part
    }

    /// Gives every column a code for every row.
    fn complete(&mut self) {
        for column in &mut self.all {
            column.codes.resize(self.rows.len(), 0);
        }
    }

    fn add(&mut self, row: Row<'_>, places: &[Option<usize>], spec: &PerceptionSpec) {
        let index = self.rows.len();
        let mut hasher = DefaultHasher::new();
        let mut is_empty = true;
        for (number, cell) in row.cells() {
            let Some(place) = places.get(number as usize).copied().flatten() else { continue };
            is_empty &= cell.is_blank();
            number.hash(&mut hasher);
            if self.all[place].add(index, cell, spec.most_choices, &mut hasher) {
                self.note(AnswerCell { row: index, column: place }, cell, spec);
            }
        }
        if !is_empty {
            self.rows.push(AnswerRow { number: row.number, hash: hasher.finish() });
        }
    }

    /// Notes what a new text may be beside an answer.
    fn note(&mut self, at: AnswerCell, cell: Cell<'_>, spec: &PerceptionSpec) {
        if is_test(cell, spec) {
            self.tests.push(at);
        }
        if matches!(cell, Cell::Text(text) if has_contact(text)) {
            self.contacts.push(at);
        }
    }
}

/// The digits of a phone number.
const DIGITS_OF_A_NUMBER: usize = 7;

/// Whether a text has an e-mail address, or as many digits as a phone number.
fn has_contact(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.contains('@') || digits >= DIGITS_OF_A_NUMBER
}

/// Whether a cell has what authors type to test a form.
fn is_test(cell: Cell<'_>, spec: &PerceptionSpec) -> bool {
    matches!(cell, Cell::Text(text) if text.len() <= TEST_BYTES && spec.test_answers.contains(&plain(text)))
}

impl AnswerColumn {
    const fn new(number: u32, heading: ExportHeading) -> Self {
        Self {
            number,
            heading,
            choices: Vec::new(),
            is_open: false,
            answered: 0,
            codes: Vec::new(),
            known: BTreeMap::new(),
        }
    }

    /// The place of the choice of a row; `None` if it has none, or the column is open.
    pub(super) fn choice(&self, row: usize) -> Option<usize> {
        let code = self.codes.get(row).copied().unwrap_or_default();
        (code > 0 && !self.is_open).then(|| usize::from(code) - 1)
    }

    /// Whether most of its answers differ, as addresses do.
    pub(super) const fn tells_apart(&self) -> bool {
        self.is_open || 2 * self.choices.len() > self.answered as usize
    }

    /// Whether a row has an answer.
    pub(super) fn is_answered(&self, row: usize) -> bool {
        self.codes.get(row).is_some_and(|code| *code > 0)
    }

    /// Adds the cell of a row, and hashes its text. Whether its text is a new one in this column.
    fn add(&mut self, row: usize, cell: Cell<'_>, most: usize, hasher: &mut DefaultHasher) -> bool {
        if cell.is_blank() {
            return false;
        }
        let Cell::Text(text) = cell else { return self.add_text(row, &cell.to_text(), most, hasher) };
        self.add_text(row, text.trim(), most, hasher)
    }

    fn add_text(&mut self, row: usize, text: &str, most: usize, hasher: &mut DefaultHasher) -> bool {
        hash_text(text, hasher);
        self.answered += 1;
        self.codes.resize(row + 1, 0);
        if self.is_open {
            self.codes[row] = 1;
            return true;
        }
        if let Some(code) = self.known.get(text) {
            self.codes[row] = *code;
            self.choices[usize::from(*code) - 1].count += 1;
            return false;
        }
        self.add_choice(row, text);
        self.is_open = self.choices.len() > most;
        true
    }

    fn add_choice(&mut self, row: usize, text: &str) {
        self.choices.push(Choice { text: text.to_owned(), words: plain(text), count: 1, first: row });
        let code = self.choices.len() as u16;
        if let Entry::Vacant(new) = self.known.entry(text.to_owned()) {
            new.insert(code);
        }
        self.codes[row] = code;
    }
}

/// Hashes what a cell says. Exports in other formats write the same time in other ways.
fn hash_text(text: &str, hasher: &mut DefaultHasher) {
    let may_be_time = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(':');
    if may_be_time {
        normal_value(text).hash(hasher);
    } else {
        text.hash(hasher);
    }
}
