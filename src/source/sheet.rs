//! A sheet: rows of cells, stored without the empty ones.

use std::collections::BTreeMap;
use std::ops::Range;

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
    /// A number that its format shows as a percent, as a reader sees it: 45.3 where 0.453 is stored.
    Percent(f64),
    /// A truth value.
    Bool(bool),
    /// A date or time, as text in ISO 8601.
    Date(&'a str),
    /// A formula's error, such as `#REF!`, or [`UNCALCULATED`].
    Error(&'a str),
}

/// The text of a cell whose formula was never calculated, so that the file holds no value for it.
pub const UNCALCULATED: &str = "a formula without a value";

impl Cell<'_> {
    /// The text, trimmed, of a text or date cell; a number as it would be typed; empty for an empty cell.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Date(text) | Self::Error(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Percent(percent) => format!("{percent}%"),
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
    Percent(f64),
    Bool(bool),
    Date { start: u32, length: u32 },
    Error { start: u32, length: u32 },
}

/// A row's number, and the position of its first cell.
type RowStart = (u32, u32);
/// A cell with its column.
type Placed = (u32, Stored);

/// The cells of a sheet, in reading order.
#[derive(Debug, Clone)]
enum Cells {
    /// With their columns, empty ones left out: a workbook's.
    Sparse(Vec<Placed>),
    /// Where each field ends in the sheet's text, empty ones too: a text table's. A sixth of the memory, and of
    /// the time that goes into it.
    Fields(Vec<u32>),
}

/// Cells merged into one; the first holds the content. Rows and columns count from 0, the last ones included.
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

/// One sheet of a file.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// File and sheet.
    pub place: Place,
    /// Whether the workbook hides it.
    pub hidden: bool,
    merged: Vec<Merged>,
    text: String,
    /// Number of each row that has cells, and its first cell.
    rows: Vec<RowStart>,
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
    /// The merged regions, by row and column; none for a text table.
    #[must_use]
    pub fn merged(&self) -> &[Merged] {
        &self.merged
    }

    /// The rows that have cells, from the top.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> + Clone {
        (0..self.rows.len()).map(|i| self.row_at(i))
    }

    /// The rows that have cells among those with numbers in `range`, from the top.
    pub fn rows_between(&self, range: Range<u32>) -> impl Iterator<Item = Row<'_>> + Clone {
        let from = self.rows.partition_point(|(number, _)| *number < range.start);
        let to = self.rows.partition_point(|(number, _)| *number < range.end);
        (from..to).map(|i| self.row_at(i))
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
                let text = as_shown(&self.text[start as usize..ends[index] as usize]);
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
            Stored::Percent(percent) => Cell::Percent(percent),
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

/// What a spreadsheet shows for a field of a text table: `="00123"`, which keeps it from reading an id as a
/// number, is shown as `00123`.
fn as_shown(field: &str) -> &str {
    match field.as_bytes() {
        [b'=', b'"', .., b'"'] if field.len() > 2 => &field[2..field.len() - 1],
        _ => field,
    }
}

/// Builds a sheet from cells that come row by row, from the left.
#[derive(Debug)]
pub struct SheetBuilder {
    place: Place,
    hidden: bool,
    merged: Vec<Merged>,
    text: String,
    rows: Vec<RowStart>,
    cells: Vec<Placed>,
    in_order: bool,
}

impl SheetBuilder {
    /// An empty sheet.
    #[must_use]
    pub fn new(place: Place, hidden: bool) -> Self {
        Self {
            place,
            hidden,
            merged: Vec::new(),
            text: String::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            in_order: true,
        }
    }

    /// Says which cells are merged, in any order.
    pub fn merge(&mut self, regions: impl IntoIterator<Item = Merged>) {
        self.merged.extend(regions);
        self.merged.sort_unstable();
    }

    /// Adds a cell. Rows and columns count from 0; an empty cell is not stored, and of two for one place the
    /// last one stays.
    pub fn push_cell(&mut self, row: u32, column: u32, cell: Cell<'_>) {
        let stored = match cell {
            Cell::Empty | Cell::Text("") => return,
            Cell::Number(number) => Stored::Number(number),
            Cell::Percent(percent) => Stored::Percent(percent),
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
        match self.rows.last() {
            Some((number, _)) if *number == row => {
                self.in_order &= self.cells.last().is_none_or(|(last, _)| *last < column);
            }
            last => {
                self.in_order &= last.is_none_or(|(number, _)| *number < row);
                self.rows.push((row, self.cells.len() as u32));
            }
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
        let Self { place, hidden, merged, text, mut rows, mut cells, in_order } = self;
        if !in_order {
            (rows, cells) = ordered(&rows, &cells);
        }
        Sheet { place, hidden, merged, text, rows, cells: Cells::Sparse(cells) }
    }
}

/// The cells of a file that does not write them in reading order, put into it.
fn ordered(rows: &[RowStart], cells: &[Placed]) -> (Vec<RowStart>, Vec<Placed>) {
    let ends = rows.iter().skip(1).map(|(_, first)| *first as usize).chain([cells.len()]);
    let mut placed: BTreeMap<(u32, u32), Stored> = BTreeMap::new();
    for ((row, first), end) in rows.iter().zip(ends) {
        placed.extend(cells[*first as usize..end].iter().map(|(column, cell)| ((*row, *column), *cell)));
    }
    let mut rows: Vec<RowStart> = Vec::new();
    let mut cells = Vec::with_capacity(placed.len());
    for ((row, column), cell) in placed {
        if rows.last().is_none_or(|(number, _)| *number != row) {
            rows.push((row, cells.len() as u32));
        }
        cells.push((column, cell));
    }
    (rows, cells)
}

impl Sheet {
    /// A text table: all fields one after the other in `text`, where each ends, and for each row its number and
    /// its first field.
    pub(super) const fn of_fields(place: Place, text: String, ends: Vec<u32>, rows: Vec<(u32, u32)>) -> Self {
        Self { place, hidden: false, merged: Vec::new(), text, rows, cells: Cells::Fields(ends) }
    }
}
