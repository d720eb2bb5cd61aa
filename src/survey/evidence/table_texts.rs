//! The cells of the rows of a table that say what each row is about, and those that may add up.

use std::collections::BTreeMap;

use crate::catalog::Role;
use crate::observation::{MergedCells, folded};
use crate::survey::cell_profile::ColumnType;
use crate::survey::column::{Column, ColumnMeaning};
use crate::survey::sheet::TableSurvey;
use crate::survey::table_region::TableRegion;
use sheets::{Sheet, without_raised_marks};

/// How many columns of amounts are searched for sums. If rows are sums, all amounts show it.
const AMOUNT_COLUMNS: usize = 12;
/// How many columns without a role are searched for what tells rows apart.
const LABEL_COLUMNS: usize = 24;

/// The texts and amounts of the rows of a table.
pub(in crate::survey) struct TableTexts {
    /// The rows in the sheet, from 0.
    rows: Vec<u32>,
    /// For each row, whether it is hidden in the spreadsheet.
    hidden: Vec<bool>,
    /// For each row, the heading above it that gives a part of it; empty if none does.
    headings: Vec<String>,
    /// By column, in the order of the rows; whitespace is folded.
    texts: BTreeMap<u32, Vec<String>>,
    /// By column: the amounts by row of the sheet.
    amounts: Vec<BTreeMap<u32, f64>>,
    /// The same of columns with percent signs.
    percents: Vec<BTreeMap<u32, f64>>,
}

impl TableTexts {
    pub(in crate::survey) fn new(survey: &TableSurvey, sheet: &Sheet, table: &TableRegion) -> Self {
        let merged = MergedCells::new(sheet);
        let columns = label_columns(survey);
        let mut texts: BTreeMap<u32, Vec<String>> =
            columns.iter().map(|column| (*column, Vec::new())).collect();
        let (mut rows, mut hidden, mut headings) = (Vec::new(), Vec::new(), Vec::new());
        for row in table.data_rows(sheet) {
            rows.push(row.number);
            hidden.push(sheet.is_hidden_row(row.number));
            let heading = survey.headed.as_ref().and_then(|headed| headed.of_rows.get(&row.number));
            headings.push(heading.cloned().unwrap_or_default());
            for (column, texts) in &mut texts {
                let text = merged.cell(&row, *column).to_text();
                texts.push(folded(&without_raised_marks(&text).unwrap_or(text)));
            }
        }
        let amounts = numbers(survey, may_add_up);
        Self { rows, hidden, headings, texts, amounts, percents: numbers(survey, is_of_percents) }
    }

    /// Whether a row is hidden in the spreadsheet.
    pub(in crate::survey) fn is_hidden(&self, row: usize) -> bool {
        self.hidden[row]
    }

    /// The heading above a row that gives a part of it; empty if none does.
    pub(super) fn heading(&self, row: usize) -> &str {
        &self.headings[row]
    }

    /// The number of rows.
    pub(in crate::survey) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The number of a row in the sheet, from 0.
    pub(in crate::survey) fn number(&self, row: usize) -> u32 {
        self.rows[row]
    }

    /// The text of a row in a column; empty if the column is not one of labels.
    pub(in crate::survey) fn text(&self, column: u32, row: usize) -> &str {
        self.texts.get(&column).map_or("", |texts| &texts[row])
    }

    /// All texts of a column, in the order of the rows; `None` if it is not one of labels.
    pub(super) fn column(&self, column: u32) -> Option<&[String]> {
        self.texts.get(&column).map(Vec::as_slice)
    }

    pub(super) fn replace(&mut self, column: u32, texts: Vec<String>) {
        self.texts.insert(column, texts);
    }

    /// The amounts of each column, by row of this table.
    pub(super) fn amounts(&self) -> impl Iterator<Item = Vec<Option<f64>>> + '_ {
        self.amounts.iter().map(|by_row| self.in_order(by_row))
    }

    /// The amounts and percents of each column, by row of this table.
    pub(super) fn amounts_and_percents(&self) -> impl Iterator<Item = Vec<Option<f64>>> + '_ {
        self.amounts.iter().chain(&self.percents).map(|by_row| self.in_order(by_row))
    }

    fn in_order(&self, by_row: &BTreeMap<u32, f64>) -> Vec<Option<f64>> {
        self.rows.iter().map(|row| by_row.get(row).copied()).collect()
    }
}

/// The columns that say what a row is about, and some that may.
fn label_columns(survey: &TableSurvey) -> Vec<u32> {
    let mut others = 0;
    let mut columns = Vec::new();
    for column in &survey.columns {
        let is_wanted = match column.meaning {
            ColumnMeaning::Role(role) => role != Role::Value,
            ColumnMeaning::Attribute(_) => true,
            ColumnMeaning::Unread(_) if may_tell_rows_apart(column) => {
                others += 1;
                others <= LABEL_COLUMNS
            }
            _ => false,
        };
        if is_wanted {
            columns.push(column.column);
        }
    }
    columns
}

/// Whether a column without a role holds texts or codes.
fn may_tell_rows_apart(column: &Column) -> bool {
    matches!(column.cells.kind, ColumnType::Text | ColumnType::Code | ColumnType::WholeNumber)
}

/// The numbers of the first columns of a kind, by row of the sheet.
fn numbers(survey: &TableSurvey, is_wanted: fn(&Column) -> bool) -> Vec<BTreeMap<u32, f64>> {
    let columns = survey.columns.iter().filter(|column| is_wanted(column)).take(AMOUNT_COLUMNS);
    columns
        .map(|column| {
            let cells = &column.cells;
            cells.rows.iter().copied().zip(cells.numbers.iter().copied()).collect()
        })
        .collect()
}

/// Whether a column may hold counts or money.
fn may_add_up(column: &Column) -> bool {
    let is_amount =
        matches!(column.cells.kind, ColumnType::WholeNumber | ColumnType::Dollars | ColumnType::Number);
    has_values(column) && is_amount && column.cells.most.is_some_and(|most| most > 0.0)
}

fn is_of_percents(column: &Column) -> bool {
    has_values(column) && column.cells.kind == ColumnType::Percent
}

fn has_values(column: &Column) -> bool {
    !matches!(column.meaning, ColumnMeaning::Role(role) if role != Role::Value)
}
