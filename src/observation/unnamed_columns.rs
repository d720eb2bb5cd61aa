//! Columns of a table that hold numbers and have no name in its header. Nothing says what their numbers are, so they are
//! not read, but never in silence.

use std::collections::BTreeMap;

use super::header::Header;
use super::number::Number;
use super::table_context::TableContext;
use crate::diagnostic::{Diagnostic, column_name};
use sheets::Row;

/// How many rows are searched.
const SEARCHED_ROWS: usize = 200;
/// A column with numbers in fewer rows than this may hold remarks.
const FEWEST_NUMBERS: usize = 2;

/// Reports the columns with numbers that have no name.
pub(super) fn report_unnamed_columns(context: &mut TableContext<'_>) {
    let columns = unnamed_columns(context);
    if let Some(first) = columns.first() {
        let place = context.cell_place(context.header.row, *first);
        let letters: Vec<String> = columns.into_iter().map(column_name).collect();
        context.report_problem(Diagnostic::columns_unnamed(place, &letters));
    }
}

/// The columns without a name that have numbers in at least half of the rows.
fn unnamed_columns(context: &TableContext<'_>) -> Vec<u32> {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut rows = 0;
    for row in context.sheet.rows_between(context.header.data.clone()).take(SEARCHED_ROWS) {
        if named_cells(context, &row) > 1 {
            rows += 1;
            for column in unnamed_numbers(context, &row) {
                *numbers.entry(column).or_default() += 1;
            }
        }
    }
    numbers.retain(|_, count| *count >= FEWEST_NUMBERS && *count * 2 >= rows);
    numbers.into_keys().collect()
}

/// How many cells of a row are filled and in a column with a name.
fn named_cells(context: &TableContext<'_>, row: &Row<'_>) -> usize {
    let names = &context.header.names;
    row.cells().filter(|(column, cell)| names.contains_key(column) && !cell.is_blank()).count()
}

/// The columns in which a row has a number below no name.
fn unnamed_numbers(context: &TableContext<'_>, row: &Row<'_>) -> Vec<u32> {
    let cells = row.cells().filter(|(column, _)| is_unnamed(context.header, *column));
    cells
        .filter(|(_, cell)| matches!(context.numbers.read(*cell), Number::Reported(_)))
        .map(|(column, _)| column)
        .collect()
}

/// Whether a column of a table has no name. One before the first name holds row numbers.
fn is_unnamed(header: &Header, column: u32) -> bool {
    column > header.columns().start
        && header.title_columns.contains(&column)
        && !header.names.contains_key(&column)
        && !header.hidden_twins.contains_key(&column)
}
