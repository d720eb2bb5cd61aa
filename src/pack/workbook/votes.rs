//! What the tables agree on, and the dot vote.

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Worksheet, XlsxError};

use super::book::Book;
use super::cell::{BookCell, LiveFormula, LiveResult};
use super::sheet::{TableColumn, TableSheet};
use super::style::NumberLook;
use super::swot::quadrants;
use crate::wording::workbook as words;

/// How many items can be voted on.
const ITEMS: usize = 30;
/// The most tables that have a column.
const MOST_TABLES: usize = 20;
/// The column of the first table's votes.
const FIRST_TABLE: u16 = 3;
/// The most dots that a table may give to an item.
const MOST_DOTS: i32 = 1000;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let tables = (book.pack.day.tables as usize).clamp(1, MOST_TABLES);
    let mut table = TableSheet {
        name: words::VOTES,
        intro: vec![words::VOTES_INTRO.to_owned()],
        columns: columns(tables),
        rows: Vec::new(),
        frozen: 3,
        is_filtered: true,
    };
    // Formulas name their rows as people count them, from 1.
    let ranked = [table.first() + 1, table.first() + ITEMS as u32];
    table.rows = std::iter::repeat_with(|| row(tables, ranked)).take(ITEMS).collect();
    let mut sheet = book.write(&table)?;
    let (first, last) = (table.first(), table.last());
    let forward = DataValidation::new().allow_list_strings(&[words::YES, words::NO])?;
    let dots = DataValidation::new().allow_whole_number(DataValidationRule::Between(0, MOST_DOTS));
    let total = FIRST_TABLE + tables as u16;
    sheet.add_data_validation(first, 1, last, 1, &quadrants()?)?;
    sheet.add_data_validation(first, FIRST_TABLE, last, total - 1, &dots)?;
    sheet.add_data_validation(first, total + 2, last, total + 2, &forward)?;
    Ok(sheet)
}

fn columns(tables: usize) -> Vec<TableColumn> {
    let mut columns = vec![
        TableColumn::new(words::H_NUMBER, 7.0),
        TableColumn::new(words::H_QUADRANT, 14.0),
        TableColumn::new(words::H_ITEM, 60.0),
    ];
    columns.extend((1..=tables).map(|table| TableColumn::new(words::table_votes(table), 8.5)));
    columns.push(TableColumn::new(words::H_TOTAL, 9.0));
    columns.push(TableColumn::new(words::H_RANK, 9.0));
    columns.push(TableColumn::new(words::H_FORWARD, 12.0));
    columns
}

/// An empty item; `ranked` are the first and the last row of all, counted from 1.
fn row(tables: usize, ranked: [u32; 2]) -> Vec<BookCell> {
    let mut row = vec![BookCell::input(); FIRST_TABLE as usize + tables];
    let [first, last] = [FIRST_TABLE, FIRST_TABLE + tables as u16 - 1].map(column_number_to_name);
    let total = column_number_to_name(FIRST_TABLE + tables as u16);
    let [from, to] = ranked;
    row.push(empty_formula(format!(
        "=IF(COUNT({first}{{row}}:{last}{{row}})=0,\"\",SUM({first}{{row}}:{last}{{row}}))"
    )));
    row.push(empty_formula(format!(
        "=IF(ISNUMBER({total}{{row}}),RANK({total}{{row}},{total}${from}:{total}${to}),\"\")"
    )));
    row.push(BookCell::input());
    row
}

/// A formula that gives nothing as long as nobody has voted.
const fn empty_formula(formula: String) -> BookCell {
    let result = LiveResult::Text(String::new());
    BookCell::Live(LiveFormula { formula, is_array: false, result, look: NumberLook::Whole })
}
