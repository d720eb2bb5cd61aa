//! Finding the table of a sheet without a layout: its header and where its data begins and ends.

use std::collections::BTreeSet;

use super::words::Vocabulary;
use crate::domain::Grade;
use crate::observation::{Header, Number, NumberReader, joined, tables_with, with_row_labels};
use sheets::{Cell, Row, Sheet};

/// How far down the header is looked for.
const SEARCHED_ROWS: usize = 60;
/// How many rows below a candidate are looked at.
const ROWS_BELOW: usize = 12;
/// A name is no longer than this; a longer text is a note.
const LONGEST_NAME: usize = 120;
/// A header has no more rows than this.
const MOST_ROWS: usize = 4;
/// A row is a header where it scores this: about two thirds names, above data of about its width.
const GOOD: f64 = 0.55;

/// The table of a sheet.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Its header, joined as a layout would.
    pub(super) header: Header,
    /// The rows of the header, from 0.
    pub(super) rows: Vec<u32>,
    /// Texts above it.
    pub(super) title: Vec<String>,
}

/// The table of `sheet`: of all rows, the one that looks most like a header.
pub(super) fn find(sheet: &Sheet, vocabulary: &Vocabulary<'_>, numbers: &NumberReader) -> Option<Table> {
    let rows: Vec<Row<'_>> = sheet
        .rows()
        .filter(|r| r.cells().any(|(_, c)| !c.is_blank()))
        .take(SEARCHED_ROWS + ROWS_BELOW)
        .collect();
    let scored = (0..rows.len().min(SEARCHED_ROWS)).map(|i| (score(sheet, &rows, i, vocabulary, numbers), i));
    // Of two alike the upper: a table may repeat its header.
    let (best, index) = scored.rev().max_by(|a, b| a.0.total_cmp(&b.0))?;
    if best < GOOD {
        return None;
    }
    let mut span = span(sheet, &rows, index, numbers);
    span.extend(lower(sheet, &rows, index, vocabulary, numbers));
    let header_rows: Vec<Row<'_>> = span.iter().filter_map(|n| sheet.row(*n)).collect();
    let (first, last) = (*span.first()?, *span.last()?);
    let names = with_row_labels(sheet, joined(&header_rows, sheet.merged()), last + 1..u32::MAX);
    let header =
        Header { row: last, names, title: 0..first, title_columns: 0..u32::MAX, data: last + 1..u32::MAX };
    Some(Table { title: header.title_texts(sheet), header, rows: span })
}

/// All tables of `sheet` that call their district column as `best` does, `name`.
pub(super) fn like(sheet: &Sheet, best: &Table, name: &str) -> Vec<Table> {
    let headers = tables_with(sheet, name, best.rows.len() as u32).into_iter();
    let table = |header: Header| {
        let rows = (header.title.end..=header.row).collect();
        Table { title: header.title_texts(sheet), header, rows }
    };
    headers.map(table).collect()
}

/// Whether a cell could be a column's name: a text that is no number; or a year or a grade, as a number.
fn is_name(cell: Cell<'_>, vocabulary: &Vocabulary<'_>, numbers: &NumberReader) -> bool {
    let text = cell.to_text();
    match cell {
        Cell::Number(_) => Grade::parse(&text).is_some() || vocabulary.year(&text).is_some(),
        Cell::Text(_) if text.len() > LONGEST_NAME => false,
        Cell::Text(_) => match numbers.read(cell) {
            Number::Unreadable => true,
            // Grades from 3 to 8 look like a range that hides a number.
            Number::Reported(_) | Number::Absent(..) => {
                Grade::parse(&text).is_some() || vocabulary.year(&text).is_some()
            }
            Number::Percent(_) => false,
        },
        _ => false,
    }
}

/// Whether a cell is a grade: those from 3 to 5 look like a range that hides a number.
fn is_grade(cell: Cell<'_>) -> bool {
    matches!(cell, Cell::Text(text) if Grade::parse(text).is_some())
}

fn score(
    sheet: &Sheet,
    rows: &[Row<'_>],
    index: usize,
    vocabulary: &Vocabulary<'_>,
    numbers: &NumberReader,
) -> f64 {
    let cells: Vec<(u32, Cell<'_>)> = rows[index].cells().filter(|(_, c)| !c.is_blank()).collect();
    let below = &rows[index + 1..rows.len().min(index + 1 + ROWS_BELOW)];
    if cells.len() < 2 || below.is_empty() {
        return 0.0;
    }
    let named = cells.iter().filter(|(_, c)| is_name(*c, vocabulary, numbers)).count() as f64;
    // Alike names under several upper ones are told apart by those.
    let header: Vec<Row<'_>> =
        span(sheet, rows, index, numbers).iter().filter_map(|number| sheet.row(*number)).collect();
    let whole = joined(&header, sheet.merged());
    let texts: BTreeSet<String> =
        cells.iter().filter_map(|(column, _)| whole.get(column)).map(|name| name.to_lowercase()).collect();
    let filled = |row: &Row<'_>| row.cells().filter(|(_, c)| !c.is_blank()).count();
    let width = below.iter().map(filled).max().unwrap_or(1).max(1) as f64;
    let numeric = |row: &Row<'_>| {
        let own: Vec<_> = row.cells().filter(|(_, c)| !c.is_blank()).collect();
        let numbers = own.iter().filter(|(_, c)| !matches!(numbers.read(*c), Number::Unreadable)).count();
        numbers as f64 / own.len().max(1) as f64
    };
    let wide: Vec<&Row<'_>> = below.iter().filter(|r| filled(r) as f64 >= width / 2.0).collect();
    let data = wide.iter().map(|r| numeric(r)).sum::<f64>() / wide.len().max(1) as f64;
    let count = cells.len() as f64;
    let (names, distinct) = (named / count, texts.len() as f64 / count);
    let coverage = (count / width).min(1.0);
    let contrast = (data - numeric(&rows[index])).clamp(0.0, 1.0);
    // Names, each once, as wide as the data, above rows that hold numbers where it has none.
    names * distinct * coverage * 0.75f64.mul_add(contrast.sqrt(), 0.25) + 0.25 * names * coverage
}

/// The row below row `index` that holds the lower parts of some of its names: texts under years, merged or blank cells, and
/// nothing in the first column, where data stands below.
fn lower(
    sheet: &Sheet,
    rows: &[Row<'_>],
    index: usize,
    vocabulary: &Vocabulary<'_>,
    numbers: &NumberReader,
) -> Option<u32> {
    let (upper, row, data) = (rows.get(index)?, rows.get(index + 1)?, rows.get(index + 2)?);
    let leftmost = |row: &Row<'_>| row.cells().find(|(_, cell)| !cell.is_blank()).map(|(column, _)| column);
    let first = leftmost(upper)?.min(leftmost(data)?);
    let over = |column: u32| {
        let mut regions = sheet.merged().iter().filter(|m| m.first_row == upper.number);
        regions.any(|m| m.last_column > m.first_column && (m.first_column..=m.last_column).contains(&column))
    };
    let part = |(column, cell): &(u32, Cell<'_>)| {
        let text = matches!(cell, Cell::Text(_)) && numbers.read(*cell) == Number::Unreadable;
        let above = upper.cell(*column);
        // Below a year may stand what kind of figures they are (Actual, Budget).
        let next_to = upper.cell(*column + 1).is_blank() && !row.cell(*column + 1).is_blank();
        let parted =
            over(*column) || above.is_blank() || next_to || vocabulary.year(&above.to_text()).is_some();
        (text || is_grade(*cell)) && parted
    };
    let cells: Vec<(u32, Cell<'_>)> = row.cells().filter(|(_, cell)| !cell.is_blank()).collect();
    let parts = cells.len() > 1 && cells.iter().all(part);
    let under = row.cell(first).is_blank() && !data.cell(first).is_blank();
    (row.number == upper.number + 1 && parts && under).then_some(row.number)
}

/// The rows of the header that ends in row `index`: with the rows of upper texts above it, and the rows that its first
/// cells are merged over.
fn span(sheet: &Sheet, rows: &[Row<'_>], index: usize, numbers: &NumberReader) -> Vec<u32> {
    let last = &rows[index];
    let mut span = vec![last.number];
    let first_column = last.cells().map(|(c, _)| c).next().unwrap_or(0);
    for upper in rows[..index].iter().rev().take(MOST_ROWS - 1) {
        let next = span[0];
        let cells: Vec<(u32, Cell<'_>)> = upper.cells().filter(|(_, c)| !c.is_blank()).collect();
        let is_label = |c: &Cell<'_>| {
            matches!(c, Cell::Text(_))
                && c.to_text().len() <= 60
                && (!matches!(numbers.read(*c), Number::Percent(_) | Number::Absent(..)) || is_grade(*c))
                || matches!(c, Cell::Number(_))
        };
        let labels: Vec<u32> = cells.iter().filter(|(_, c)| is_label(c)).map(|(c, _)| *c).collect();
        let merged = |c: &u32| {
            let regions = sheet.merged().iter().filter(|m| m.first_row == upper.number);
            regions.into_iter().any(|m| m.first_column == *c && m.last_column > m.first_column)
        };
        // A title stands alone in the first column; upper texts stand above some of the columns.
        let beyond = labels.iter().filter(|c| **c > first_column).count();
        let whole = labels.len() == 1 && labels[0] == first_column;
        // Or it is split over the first cells, each with a name below it.
        let split = labels.len() < last.cells().count()
            && labels
                .iter()
                .zip(first_column..)
                .all(|(c, at)| *c == at && !merged(c) && !last.cell(at).is_blank());
        let upper_texts = labels.len() == cells.len() && !whole && !split && beyond > 0;
        let noted = labels.iter().filter(|c| **c > first_column && merged(c)).count() > 1;
        let adjacent = upper.number + 1 == next;
        let near = upper.number + 2 == next && span.len() == 1;
        if !(adjacent && upper_texts || (adjacent || near) && noted) {
            break;
        }
        span.splice(0..0, upper.number..next);
    }
    span
}
