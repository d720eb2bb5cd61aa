//! Finds the tables of a sheet without a layout: their headers, and where their data begins and ends.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::compiled_patterns::any_match;
use super::numeric_columns::NumericColumns;
use super::table_region::{TableRegion, filled_cells, texts_of};
use super::vocabulary::Vocabulary;
use crate::domain::Grade;
use crate::observation::{Header, Number, NumberReader, joined, with_row_labels};
use sheets::{Cell, Row, Sheet};

/// How many rows are searched for a header.
const SEARCHED_ROWS: usize = 60;
/// How many rows below a candidate are examined.
const ROWS_BELOW: usize = 12;
/// Longer text (in bytes) is a note, not a column's name.
const LONGEST_NAME: usize = 120;
/// Longer text (in bytes) is not the upper part of a column's name.
const LONGEST_UPPER_NAME: usize = 60;
/// The most rows in a header.
const MOST_HEADER_ROWS: usize = 4;
/// Below a row that may be a header there are at least this many rows with numbers.
const FEWEST_ROWS: usize = 2;
/// The minimum score of a header row: about two-thirds of its cells are names, and the data below is about as
/// wide.
const LEAST_SCORE: f64 = 0.55;

/// The table of `sheet` whose header looks most like one; `None` if no row does.
pub(super) fn find_table(
    sheet: &Sheet,
    vocabulary: &Vocabulary<'_>,
    numbers: &NumberReader,
) -> Option<TableRegion> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for row in sheet.rows() {
        if filled_cells(&row).next().is_some() {
            rows.push(row);
        }
        if rows.len() == SEARCHED_ROWS + ROWS_BELOW {
            break;
        }
    }
    let search = TableHeaderSearch { sheet, rows, numeric_columns: OnceCell::new(), vocabulary, numbers };
    match search.best_row() {
        Some(row) => search.table_with_names(row),
        None => search.table_above_numbers(),
    }
}

/// The search for a header in the upper part of a sheet.
struct TableHeaderSearch<'a> {
    sheet: &'a Sheet,
    /// The first nonblank rows.
    rows: Vec<Row<'a>>,
    numeric_columns: OnceCell<NumericColumns>,
    vocabulary: &'a Vocabulary<'a>,
    numbers: &'a NumberReader,
}

/// The index of a row among the rows searched.
#[derive(Clone, Copy)]
struct RowIndex(usize);

impl TableHeaderSearch<'_> {
    /// The row that looks most like the last one of a header; of equal ones the uppermost, since a table may
    /// repeat its header.
    fn best_row(&self) -> Option<RowIndex> {
        let searched = (0..self.rows.len().min(SEARCHED_ROWS)).map(RowIndex).rev();
        let scored = searched.map(|row| (self.score(row), row));
        let (score, row) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (score >= LEAST_SCORE).then_some(self.first_alike(row))
    }

    /// The uppermost row with the same texts as `row`: the first header of a table that repeats it, for example on each page.
    fn first_alike(&self, row: RowIndex) -> RowIndex {
        let texts = texts_of(&self.rows[row.0]);
        let above = (0..row.0).find(|other| texts_of(&self.rows[*other]) == texts);
        above.map_or(row, RowIndex)
    }

    /// The table below the row that looks most like a header although no row surely is one; `None` if there are no numbers
    /// below it.
    fn table_above_numbers(&self) -> Option<TableRegion> {
        let searched = (0..self.rows.len().min(SEARCHED_ROWS)).map(RowIndex).rev();
        let (_, row) = searched.map(|row| (self.score(row), row)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        let below = self.rows.get(row.0 + 1..)?;
        let with_numbers =
            below.iter().filter(|row| filled_cells(row).count() > 1 && self.has_number(row)).count();
        let region = self.table_with_names(row).filter(|_| with_numbers >= FEWEST_ROWS)?;
        Some(TableRegion { is_unsure: true, ..region })
    }

    fn has_number(&self, row: &Row<'_>) -> bool {
        filled_cells(row).any(|(_, cell)| self.numbers.has_number(cell))
    }

    /// The table whose column names are in `row`, with upper parts above them and lower parts below.
    fn table_with_names(&self, row: RowIndex) -> Option<TableRegion> {
        let mut header_rows = self.rows_up_to(row);
        header_rows.extend(self.lower_row(row));
        let (first, last) = (*header_rows.first()?, *header_rows.last()?);
        let data = last + 1..u32::MAX;
        let names = with_row_labels(self.sheet, self.joined_names(&header_rows), data.clone());
        let (title, hidden_twins) = (0..first, BTreeMap::new());
        let header = Header { row: last, names, title, title_columns: 0..u32::MAX, data, hidden_twins };
        let header = header.without_hidden_twins(self.sheet);
        let title = header.title_texts(self.sheet);
        let title = title.iter().map(|line| self.vocabulary.without_pivot(line).to_owned()).collect();
        Some(TableRegion { title, header, header_rows, is_unsure: false })
    }

    /// The column names, joined from these rows.
    fn joined_names(&self, header: &[u32]) -> BTreeMap<u32, String> {
        let rows: Vec<Row<'_>> = header.iter().filter_map(|number| self.sheet.row(*number)).collect();
        joined(&rows, self.sheet.merged())
    }

    /// How much a row looks like a header, 0 to 1: it has unique names, is as wide as the data, and has few
    /// numbers while the rows below have many.
    fn score(&self, index: RowIndex) -> f64 {
        let row = &self.rows[index.0];
        let cells: Vec<(u32, Cell<'_>)> = filled_cells(row).collect();
        let below = &self.rows[index.0 + 1..self.rows.len().min(index.0 + 1 + ROWS_BELOW)];
        if cells.len() < 2 || below.is_empty() || self.ends_the_numbers(index) {
            return 0.0;
        }
        let count = cells.len() as f64;
        let width = below.iter().map(|row| filled_cells(row).count()).max().unwrap_or(1).max(1) as f64;
        let names = cells.iter().filter(|(_, cell)| self.is_name(*cell)).count() as f64 / count;
        let distinct = self.distinct_names(index, &cells) as f64 / count;
        let coverage = (count / width).min(1.0);
        let rows_below = self.mean_numeric_share(below, width);
        // If the first values of the table are all blank, its columns still have numbers farther down.
        let numeric = if rows_below > 0.0 { rows_below } else { self.numeric_columns().share_of(&cells) };
        let own_share = if self.lists_years(row) { 0.0 } else { self.numeric_share(row) };
        let contrast = (numeric - own_share).clamp(0.0, 1.0);
        names * distinct * coverage * 0.75f64.mul_add(contrast.sqrt(), 0.25) + 0.25 * names * coverage
    }

    /// Whether there are numbers above a row and only markers for missing ones below it: it is one of the last rows of a table.
    fn ends_the_numbers(&self, index: RowIndex) -> bool {
        let is_whole = self.rows.len() < SEARCHED_ROWS + ROWS_BELOW;
        let (above, below) = (&self.rows[..index.0], &self.rows[index.0 + 1..]);
        is_whole
            && !below.iter().any(|row| self.has_number(row))
            && above.iter().any(|row| self.has_number(row))
    }

    /// The columns that hold numbers, which is found out only if the rows below a candidate have none.
    fn numeric_columns(&self) -> &NumericColumns {
        self.numeric_columns.get_or_init(|| NumericColumns::new(self.sheet, self.numbers))
    }

    /// How many distinct names the cells of a row have. Equal names below several upper texts are
    /// distinguished by those.
    fn distinct_names(&self, index: RowIndex, cells: &[(u32, Cell<'_>)]) -> usize {
        let whole = self.joined_names(&self.rows_up_to(index));
        let names = cells.iter().filter_map(|(column, _)| whole.get(column));
        names.map(|name| name.to_lowercase()).collect::<BTreeSet<String>>().len()
    }

    /// The average share of numbers in the rows that fill at least half of the width.
    fn mean_numeric_share(&self, rows: &[Row<'_>], width: f64) -> f64 {
        let mut shares = Vec::new();
        for row in rows {
            if filled_cells(row).count() as f64 >= width / 2.0 {
                shares.push(self.numeric_share(row));
            }
        }
        shares.iter().sum::<f64>() / shares.len().max(1) as f64
    }

    /// The share of a row's nonblank cells that contain numbers or missing-value markers, 0 to 1.
    fn numeric_share(&self, row: &Row<'_>) -> f64 {
        let filled = filled_cells(row).count();
        let numeric = filled_cells(row).filter(|(_, cell)| !self.is_unreadable(*cell)).count();
        numeric as f64 / filled.max(1) as f64
    }

    fn is_unreadable(&self, cell: Cell<'_>) -> bool {
        matches!(self.numbers.read(cell), Number::Unreadable) && !self.numbers.has_number_beside_text(cell)
    }

    /// Whether the numbers of a row are school years in order, so that they name columns: at least two of them.
    fn lists_years(&self, row: &Row<'_>) -> bool {
        let mut years = Vec::new();
        for (_, cell) in filled_cells(row).filter(|(_, cell)| !self.is_unreadable(*cell)) {
            let Some(mention) = self.vocabulary.find_year(&cell.to_text()) else { return false };
            years.push(mention.year.end());
        }
        years.len() > 1 && (years.is_sorted_by(|a, b| a < b) || years.is_sorted_by(|a, b| a > b))
    }

    /// Whether a cell could be a column's name: text that is not a number, or a year or grade (which may be a
    /// number).
    fn is_name(&self, cell: Cell<'_>) -> bool {
        match cell {
            Cell::Number(_) => self.is_grade_or_year(&cell.to_text()),
            Cell::Text(text) if text.trim().len() > LONGEST_NAME => false,
            Cell::Text(text) => match self.numbers.read(cell) {
                Number::Unreadable => true,
                // A grade range such as 3-5 looks like a range that hides a number.
                Number::Reported(_) | Number::Absent(..) => self.is_grade_or_year(text.trim()),
                Number::Percent(_) => false,
            },
            _ => false,
        }
    }

    fn is_grade_or_year(&self, text: &str) -> bool {
        Grade::parse(text).is_some() || self.vocabulary.find_year(text).is_some()
    }

    /// The row below `index`, if it has the lower parts of some of its names: text below years, merged cells
    /// or blank cells. Its first cell is blank, while the data below has something there.
    fn lower_row(&self, index: RowIndex) -> Option<u32> {
        let upper = self.rows.get(index.0)?;
        let row = self.rows.get(index.0 + 1)?;
        let data = self.rows.get(index.0 + 2)?;
        let (upper_start, _) = filled_cells(upper).next()?;
        let (data_start, _) = filled_cells(data).next()?;
        let first = upper_start.min(data_start);
        let is_blank_in_first = row.cell(first).is_blank() && !data.cell(first).is_blank();
        let are_parts = filled_cells(row).count() > 1
            && filled_cells(row).all(|(column, cell)| self.is_lower_part(upper, row, column, cell));
        (row.number == upper.number + 1 && are_parts && is_blank_in_first).then_some(row.number)
    }

    /// Whether a cell of `row` may be the lower part of a name that begins in row `upper`.
    fn is_lower_part(&self, upper: &Row<'_>, row: &Row<'_>, column: u32, cell: Cell<'_>) -> bool {
        let is_text = matches!(cell, Cell::Text(_)) && self.is_unreadable(cell);
        // A heading that is merged over several columns has their numbers below it: achievement levels 1 to 5.
        let is_number = matches!(cell, Cell::Number(_)) && self.is_below_merged(upper.number, column);
        if !is_text && !is_grade(cell) && !is_number {
            return false;
        }
        let above = upper.cell(column);
        // Below a year there may be the kind of number (Actual, Budget).
        let is_first_of_several = upper.cell(column + 1).is_blank() && !row.cell(column + 1).is_blank();
        self.is_below_merged(upper.number, column)
            || above.is_blank()
            || is_first_of_several
            || self.vocabulary.find_year(&above.to_text()).is_some()
    }

    /// Whether a merged cell that begins in this row and spans several columns covers `column`.
    fn is_below_merged(&self, row: u32, column: u32) -> bool {
        self.sheet.merged().iter().any(|m| {
            m.first_row == row
                && m.last_column > m.first_column
                && (m.first_column..=m.last_column).contains(&column)
        })
    }

    /// Whether a merged cell that spans several columns begins here.
    fn is_merged_to_right(&self, row: u32, column: u32) -> bool {
        let mut merged = self.sheet.merged().iter();
        merged.any(|m| m.first_row == row && m.first_column == column && m.last_column > m.first_column)
    }

    /// The rows of a header whose names are in row `index`: includes rows of upper text above it, and rows
    /// that its first cells are merged over.
    fn rows_up_to(&self, index: RowIndex) -> Vec<u32> {
        let names = &self.rows[index.0];
        let mut header = vec![names.number];
        for row in self.rows[..index.0].iter().rev().take(MOST_HEADER_ROWS - 1) {
            let next = header[0];
            let is_adjacent = row.number + 1 == next;
            let is_beyond_one_blank = row.number + 2 == next && header.len() == 1;
            let upper = UpperHeaderRow::new(self, row, names);
            let is_upper = is_adjacent && upper.has_upper_texts()
                || (is_adjacent || is_beyond_one_blank) && upper.has_merged_texts();
            if !is_upper {
                break;
            }
            header.splice(0..0, row.number..next);
        }
        header
    }

    /// Whether a cell could be the upper part of a name.
    fn is_upper_label(&self, cell: Cell<'_>) -> bool {
        match cell {
            Cell::Number(_) => true,
            Cell::Text(text) if text.trim().len() <= LONGEST_UPPER_NAME => {
                let number = self.numbers.read(cell);
                !matches!(number, Number::Percent(_) | Number::Absent(..)) || is_grade(cell)
            }
            _ => false,
        }
    }
}

/// A row above a table's names, which may contain upper parts of them.
struct UpperHeaderRow<'a> {
    search: &'a TableHeaderSearch<'a>,
    row: u32,
    /// The row of the names, below.
    names: &'a Row<'a>,
    /// The first column with a name.
    first_column: u32,
    /// The columns of the cells that could be upper parts.
    labels: Vec<u32>,
    /// Whether all cells of the row could be upper parts.
    are_all_labels: bool,
}

impl<'a> UpperHeaderRow<'a> {
    fn new(search: &'a TableHeaderSearch<'a>, row: &Row<'_>, names: &'a Row<'a>) -> Self {
        let mut labels = Vec::new();
        for (column, cell) in filled_cells(row) {
            if search.is_upper_label(cell) {
                labels.push(column);
            }
        }
        Self {
            search,
            row: row.number,
            names,
            first_column: names.cells().next().map_or(0, |(column, _)| column),
            are_all_labels: labels.len() == filled_cells(row).count(),
            labels,
        }
    }

    /// Whether the row consists of text above some of the columns. A title, in contrast, is alone in the
    /// first column or split over the first cells.
    fn has_upper_texts(&self) -> bool {
        let is_title = self.labels[..] == [self.first_column];
        let is_beyond_first = self.labels.iter().any(|column| *column > self.first_column);
        self.are_all_labels
            && !is_title
            && !self.is_split_title()
            && is_beyond_first
            && !self.has_report_line()
    }

    /// Whether a text that is not merged over columns is the date of a report, its page, or the like.
    fn has_report_line(&self) -> bool {
        let Some(row) = self.search.sheet.row(self.row) else { return false };
        let patterns = &self.search.vocabulary.patterns.report_lines;
        let mut beyond = self.labels.iter().filter(|column| !self.is_merged(**column));
        beyond.any(|column| any_match(patterns, row.cell(*column).to_text().trim()))
    }

    /// Whether the labels fill the first cells, each with a name below it, and there are fewer labels than
    /// names.
    fn is_split_title(&self) -> bool {
        let mut labels = self.labels.iter().zip(self.first_column..);
        self.labels.len() < self.names.cells().count()
            && labels.all(|(label, column)| {
                *label == column && !self.is_merged(*label) && !self.names.cell(column).is_blank()
            })
    }

    /// Whether several labels after the first column are merged over columns.
    fn has_merged_texts(&self) -> bool {
        let beyond_first = self.labels.iter().filter(|column| **column > self.first_column);
        beyond_first.filter(|column| self.is_merged(**column)).count() > 1
    }

    fn is_merged(&self, column: u32) -> bool {
        self.search.is_merged_to_right(self.row, column)
    }
}

/// Whether a cell is a grade as text: a grade range such as 3-5 looks like a range that hides a number.
fn is_grade(cell: Cell<'_>) -> bool {
    matches!(cell, Cell::Text(text) if Grade::parse(text).is_some())
}
