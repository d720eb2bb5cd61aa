//! A sheet: rows of cells, stored without empty cells.

use std::ops::Range;

use super::cell::Cell;
use super::cell_store::{CellStore, RowStart};
use super::clean::clean_lines;
use super::fields::FieldTable;
use super::index_ranges::IndexRanges;
use super::long_text::OverlongTexts;
use super::open_quote::OpenQuote;
use super::place::Place;
use super::row_widths::UnevenRows;

/// A region of merged cells; the first cell has the content. Rows and columns count from 0; the last ones are
/// inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merged {
    /// First row.
    pub first_row: u32,
    /// First column.
    pub first_column: u32,
    /// Last row.
    pub last_row: u32,
    /// Last column.
    pub last_column: u32,
}

/// A note, or a comment, that is attached to a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellNote {
    /// The row of the cell, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u32,
    /// What it says, cleaned (see [`clean`](crate::clean)); never empty.
    pub text: String,
}

impl CellNote {
    /// A note; `None` if it says nothing.
    pub(super) fn new(row: u32, column: u32, text: &str) -> Option<Self> {
        let text = clean_lines(text.trim()).into_owned();
        (!text.is_empty()).then_some(Self { row, column, text })
    }
}

/// One sheet of a file.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// File and sheet.
    pub place: Place,
    /// Whether it is hidden in the workbook.
    pub hidden: bool,
    /// Rows of a large text table that a [`Sieve`](crate::Sieve) left out: why, and how many.
    pub left_out: Vec<(String, u64)>,
    /// Cells left empty because their text is longer than a cell can have.
    pub(super) overlong_texts: OverlongTexts,
    /// Quotation marks in a text table that take in other lines.
    pub(super) open_quotes: Vec<OpenQuote>,
    /// Rows of a text table that have fewer or more cells than the others.
    pub(super) uneven_rows: Vec<UnevenRows>,
    /// Notes and comments at cells, sorted by row and column; only read from .xlsx and .ods workbooks.
    pub notes: Vec<CellNote>,
    /// Sorted by row and column.
    pub(super) merged: Vec<Merged>,
    pub(super) hidden_rows: IndexRanges,
    pub(super) hidden_columns: IndexRanges,
    /// The texts of all cells.
    pub(super) text: String,
    pub(super) rows: Vec<RowStart>,
    pub(super) cells: CellStore,
}

/// One row of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    /// Its number, from 0: one less than in the spreadsheet.
    pub number: u32,
    start: usize,
    end: usize,
}

impl Sheet {
    /// A text table with cleaned fields (see [`clean`](crate::clean)).
    pub(super) fn from_fields(place: Place, fields: FieldTable) -> Self {
        let FieldTable { text, ends, rows } = fields.cleaned();
        Self {
            place,
            hidden: false,
            left_out: Vec::new(),
            overlong_texts: OverlongTexts::default(),
            open_quotes: Vec::new(),
            uneven_rows: Vec::new(),
            notes: Vec::new(),
            merged: Vec::new(),
            hidden_rows: IndexRanges::default(),
            hidden_columns: IndexRanges::default(),
            text,
            rows,
            cells: CellStore::Fields(ends),
        }
    }

    /// Its approximate memory size in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let hidden = self.hidden_rows.bytes() + self.hidden_columns.bytes();
        let notes: usize = self.notes.iter().map(|note| note.text.len()).sum();
        let parts = size_of_val(&*self.rows) + size_of_val(&*self.merged) + size_of_val(&*self.notes);
        self.text.len() + self.cells.bytes() + parts + notes + hidden
    }

    /// Whether a row (from 0) is hidden, by hand or by a filter. Always false for a web page, a text table and a binary
    /// workbook (.xlsb).
    #[must_use]
    pub fn is_hidden_row(&self, row: u32) -> bool {
        self.hidden_rows.contains(row)
    }

    /// Whether a column (from 0) is hidden; see [`Self::is_hidden_row`].
    #[must_use]
    pub fn is_hidden_column(&self, column: u32) -> bool {
        self.hidden_columns.contains(column)
    }

    /// Whether it has a number that is larger than what its format shows; see [`Row::shown_factor`].
    #[must_use]
    pub const fn has_scaled_numbers(&self) -> bool {
        self.cells.has_scaled()
    }

    /// Whether it has any hidden rows.
    #[must_use]
    pub const fn has_hidden_rows(&self) -> bool {
        !self.hidden_rows.is_empty()
    }

    /// Whether a comma stands between two digits anywhere in its text, such as in `1,234` or `12,5`; it may also be one
    /// between two cells.
    #[must_use]
    pub fn has_commas_between_digits(&self) -> bool {
        let text = self.text.as_bytes();
        memchr::memchr_iter(b',', text).any(|at| {
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            before.is_some_and(u8::is_ascii_digit) && text.get(at + 1).is_some_and(u8::is_ascii_digit)
        })
    }

    /// The merged regions, sorted by row and column; empty for a text table.
    #[must_use]
    pub fn merged(&self) -> &[Merged] {
        &self.merged
    }

    /// The rows that have cells, from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> + Clone {
        (0..self.rows.len()).map(|i| self.row_at(i))
    }

    /// The rows with numbers in `range` that have cells, from top to bottom.
    pub fn rows_between(&self, range: Range<u32>) -> impl Iterator<Item = Row<'_>> + Clone {
        (self.index_from(range.start)..self.index_from(range.end)).map(|i| self.row_at(i))
    }

    /// The index of the first row whose number is this or higher.
    fn index_from(&self, number: u32) -> usize {
        self.rows.partition_point(|row| row.number < number)
    }

    /// The row with this number (from 0), if it has cells.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<Row<'_>> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().map(|i| self.row_at(i))
    }

    /// The `index`-th row that has cells.
    fn row_at(&self, index: usize) -> Row<'_> {
        let RowStart { number, first_cell } = self.rows[index];
        let end = self.rows.get(index + 1).map_or(self.cells.len(), |next| next.first_cell as usize);
        Row { sheet: self, number, start: first_cell as usize, end }
    }

    /// How many rows have cells.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// How many cells are not empty.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.cells.count()
    }

    /// Whether it has no cells, not even one whose text was too long to keep.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.overlong_texts.count == 0
    }

    fn cell_at(&self, index: usize) -> Cell<'_> {
        self.cells.cell(index, &self.text)
    }
}

impl<'a> Row<'a> {
    /// The nonempty cells from left to right, with their columns (from 0).
    pub fn cells(&self) -> impl Iterator<Item = (u32, Cell<'a>)> + use<'a> {
        let Self { sheet, start, end, .. } = *self;
        (start..end).filter_map(move |index| match sheet.cell_at(index) {
            Cell::Empty => None,
            cell => Some((sheet.cells.column(index, start), cell)),
        })
    }

    /// The cell in `column` (from 0).
    #[must_use]
    pub fn cell(&self, column: u32) -> Cell<'a> {
        let index = self.sheet.cells.find(self.start..self.end, column);
        index.map_or(Cell::Empty, |index| self.sheet.cell_at(index))
    }

    /// By how much the number in `column` (from 0) is larger than what its format shows: 1000 where 1,234,567 is shown
    /// as 1,235, as below a title that says "in thousands"; otherwise 1.
    #[must_use]
    pub fn shown_factor(&self, column: u32) -> f64 {
        let index = self.sheet.cells.find(self.start..self.end, column);
        index.map_or(1.0, |index| self.sheet.cells.scale(index).factor())
    }
}
