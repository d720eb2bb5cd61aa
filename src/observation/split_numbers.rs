//! Rows of a text table in which a number was split at its comma: `Barton,1,540` has a cell more than the header. Nothing in such a
//! row is surely in its column, so the row is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::header::Header;
use super::table_context::TableContext;
use super::table_row::TableRow;
use crate::diagnostic::Diagnostic;
use crate::wording::reading as wording;
use sheets::{Cell, Row};

/// How many digits a number has between commas.
const DIGITS_AFTER_COMMA: usize = 3;

/// The rows of a table with a number that may be split.
pub(super) struct SplitNumbers {
    /// The column of the first part, by the row, both from 0.
    rows: BTreeMap<u32, u32>,
}

impl SplitNumbers {
    /// Searches a table. Where all rows have a cell below no name, that is a column without a name, unless one of its numbers begins
    /// with 0. Columns that look like such parts in other rows too, such as two parts of an id, are none.
    pub(super) fn find(context: &TableContext<'_>) -> Self {
        let header = context.header;
        let rows = context.sheet.rows_between(header.data.clone()).filter(has_several_cells);
        let long = rows.clone().filter(|row| has_number_beyond(header, row));
        let mut found = Self { rows: BTreeMap::new() };
        if long.clone().next().is_none() {
            return found;
        }
        let mut others = rows.filter(|row| !has_number_beyond(header, row)).peekable();
        let are_all_long = others.peek().is_none();
        let usual: BTreeSet<u32> = others.flat_map(|row| first_parts(&row)).collect();
        let mut begins_with_zero = false;
        for row in long {
            let part = first_parts(&row).into_iter().find(|column| !usual.contains(column));
            if let Some(column) = part {
                begins_with_zero |= text(&row, column + 1).starts_with('0');
                found.rows.insert(row.number, column);
            }
        }
        if are_all_long && !begins_with_zero {
            found.rows.clear();
        }
        found
    }

    /// Whether a number of a row may be split; reports it if so.
    pub(super) fn leaves_out(&self, context: &mut TableContext<'_>, row: &TableRow<'_>) -> bool {
        let Some(column) = self.rows.get(&row.number) else { return false };
        let parts = [*column, column + 1].map(|part| row.cell(part).to_text());
        let place = context.cell_place(row.number, *column);
        context.report_problem(Diagnostic::number_split(place, &parts));
        context.report.leave_out_row(wording::NUMBER_SPLIT);
        true
    }
}

/// Whether a row has a number right of the last column with a name.
fn has_number_beyond(header: &Header, row: &Row<'_>) -> bool {
    let last = header.names.keys().next_back().copied().unwrap_or_default();
    text(row, last + 1).starts_with(|c: char| c.is_ascii_digit())
}

/// The columns of cells that, with the next cell, look like a number with a comma.
fn first_parts(row: &Row<'_>) -> Vec<u32> {
    let columns = row.cells().map(|(column, _)| column);
    let parts = columns.filter(|c| is_before_comma(text(row, *c)) && is_after_comma(text(row, c + 1)));
    parts.collect()
}

fn has_several_cells(row: &Row<'_>) -> bool {
    row.cells().nth(1).is_some()
}

fn is_before_comma(text: &str) -> bool {
    (1..=DIGITS_AFTER_COMMA).contains(&text.len()) && is_digits(text) && !text.starts_with('0')
}

fn is_after_comma(text: &str) -> bool {
    text.len() == DIGITS_AFTER_COMMA && is_digits(text)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text of a cell; empty if it is no text.
fn text<'a>(row: &Row<'a>, column: u32) -> &'a str {
    match row.cell(column) {
        Cell::Text(text) => text.trim(),
        _ => "",
    }
}
