//! A sheet: rows of cells, stored without the empty ones.

use crate::diagnostic::Place;

/// A cell's content, borrowed from its sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text as typed; never empty.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A date or time, as text in ISO 8601.
    Date(&'a str),
    /// A formula's error, such as `#REF!`.
    Error(&'a str),
}

impl Cell<'_> {
    /// The text, trimmed, of a text or date cell; a number as it would be typed; empty for an empty cell.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Date(text) | Self::Error(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Bool(truth) => if truth { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    /// Whether there is nothing in it but blanks.
    #[must_use]
    pub fn is_blank(self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// A cell as stored: text is a range of the sheet's one string.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stored {
    Text { start: u32, length: u32 },
    Number(f64),
    Bool(bool),
    Date { start: u32, length: u32 },
    Error { start: u32, length: u32 },
}

/// The cells of a sheet, in reading order.
#[derive(Debug, Clone)]
enum Cells {
    /// With their columns, empty ones left out: a workbook's.
    Sparse(Vec<(u32, Stored)>),
    /// Where each field ends in the sheet's text, empty ones too: a text table's. A sixth of the memory, and of
    /// the time that goes into it.
    Fields(Vec<u32>),
}

/// One sheet of a file.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// File and sheet.
    pub place: Place,
    /// Whether the workbook hides it.
    pub hidden: bool,
    text: String,
    /// Number of each row that has cells, and its first cell.
    rows: Vec<(u32, u32)>,
    cells: Cells,
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
    /// The rows that have cells, from the top.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> + Clone {
        (0..self.rows.len()).map(|i| self.row_at(i))
    }

    /// The `index`-th row that has cells.
    fn row_at(&self, index: usize) -> Row<'_> {
        let (number, start) = self.rows[index];
        let all = match &self.cells {
            Cells::Sparse(cells) => cells.len(),
            Cells::Fields(ends) => ends.len(),
        };
        let end = self.rows.get(index + 1).map_or(all, |(_, next)| *next as usize);
        Row { sheet: self, number, start: start as usize, end }
    }

    /// The row with this number (from 0), if it has cells.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<Row<'_>> {
        self.rows.binary_search_by_key(&number, |(n, _)| *n).ok().map(|i| self.row_at(i))
    }

    /// How many rows have cells.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// How many cells are not empty.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        match &self.cells {
            Cells::Sparse(cells) => cells.len(),
            Cells::Fields(ends) => {
                let mut start = 0;
                ends.iter().filter(|end| std::mem::replace(&mut start, **end) < **end).count()
            }
        }
    }

    /// The cell at position `index` of the reading order, with its column where that is known from it.
    fn cell_at(&self, index: usize) -> (Option<u32>, Cell<'_>) {
        match &self.cells {
            Cells::Sparse(cells) => {
                let (column, stored) = cells[index];
                (Some(column), self.cell(stored))
            }
            Cells::Fields(ends) => {
                let start = if index == 0 { 0 } else { ends[index - 1] };
                let text = &self.text[start as usize..ends[index] as usize];
                (None, if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
            }
        }
    }

    fn cell(&self, stored: Stored) -> Cell<'_> {
        let slice = |start: u32, length: u32| &self.text[start as usize..(start + length) as usize];
        match stored {
            Stored::Text { start, length } => Cell::Text(slice(start, length)),
            Stored::Date { start, length } => Cell::Date(slice(start, length)),
            Stored::Error { start, length } => Cell::Error(slice(start, length)),
            Stored::Number(number) => Cell::Number(number),
            Stored::Bool(truth) => Cell::Bool(truth),
        }
    }
}

impl<'a> Row<'a> {
    /// The cells that are not empty, from the left, with their columns (from 0).
    pub fn cells(&self) -> impl Iterator<Item = (u32, Cell<'a>)> + use<'a> {
        let Self { sheet, start, end, .. } = *self;
        (start..end).filter_map(move |index| match sheet.cell_at(index) {
            (_, Cell::Empty) => None,
            (column, cell) => Some((column.unwrap_or((index - start) as u32), cell)),
        })
    }

    /// The cell in `column` (from 0).
    #[must_use]
    pub fn cell(&self, column: u32) -> Cell<'a> {
        let found = match &self.sheet.cells {
            Cells::Fields(_) => Some(self.start + column as usize).filter(|index| *index < self.end),
            Cells::Sparse(cells) => {
                let own = &cells[self.start..self.end];
                own.binary_search_by_key(&column, |(c, _)| *c).ok().map(|i| self.start + i)
            }
        };
        found.map_or(Cell::Empty, |index| self.sheet.cell_at(index).1)
    }
}

/// Builds a sheet from cells that come row by row, from the left.
#[derive(Debug)]
pub struct SheetBuilder {
    place: Place,
    hidden: bool,
    text: String,
    rows: Vec<(u32, u32)>,
    cells: Vec<(u32, Stored)>,
}

impl SheetBuilder {
    /// An empty sheet.
    #[must_use]
    pub fn new(place: Place, hidden: bool) -> Self {
        Self { place, hidden, text: String::new(), rows: Vec::new(), cells: Vec::new() }
    }

    /// Adds a cell. Rows and columns count from 0 and must not go back; an empty cell is not stored.
    pub fn push_cell(&mut self, row: u32, column: u32, cell: Cell<'_>) {
        let stored = match cell {
            Cell::Empty | Cell::Text("") => return,
            Cell::Number(number) => Stored::Number(number),
            Cell::Bool(truth) => Stored::Bool(truth),
            Cell::Text(text) => {
                let (start, length) = self.keep(text);
                Stored::Text { start, length }
            }
            Cell::Date(text) => {
                let (start, length) = self.keep(text);
                Stored::Date { start, length }
            }
            Cell::Error(text) => {
                let (start, length) = self.keep(text);
                Stored::Error { start, length }
            }
        };
        if self.rows.last().is_none_or(|(number, _)| *number != row) {
            self.rows.push((row, self.cells.len() as u32));
        }
        self.cells.push((column, stored));
    }

    fn keep(&mut self, text: &str) -> (u32, u32) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        (start, text.len() as u32)
    }

    /// How many bytes of text and cells it holds.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.text.len(), self.cells.len())
    }

    /// The sheet.
    #[must_use]
    pub fn finish(self) -> Sheet {
        let Self { place, hidden, text, rows, cells } = self;
        Sheet { place, hidden, text, rows, cells: Cells::Sparse(cells) }
    }
}

impl Sheet {
    /// A text table: all fields one after the other in `text`, where each ends, and for each row its number and
    /// its first field.
    pub(super) const fn of_fields(place: Place, text: String, ends: Vec<u32>, rows: Vec<(u32, u32)>) -> Self {
        Self { place, hidden: false, text, rows, cells: Cells::Fields(ends) }
    }
}
