//! A sheet: rows of cells, stored without the empty ones.

use std::mem::size_of;
use std::ops::Range;

use super::cell::Cell;
use super::clean::clean;
use super::fields::cleaned;
use super::long_text::{TooLong, is_too_long};
use super::place::Place;

/// What a stored cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Percent,
    Bool,
    Date,
    Error,
}

/// A row's number, and the position of its first cell.
type RowStart = (u32, u32);

/// Cells with their columns, empty ones left out, in twelve bytes each.
#[derive(Debug, Clone, Default)]
struct Sparse {
    places: Vec<(u16, Kind)>,
    /// The bits of a number; of a text, where it starts in the sheet's one string, and below that its length.
    contents: Vec<u64>,
}

/// The cells of a sheet, in reading order.
#[derive(Debug, Clone)]
enum Cells {
    /// A workbook's.
    Sparse(Sparse),
    /// Where each field ends in the sheet's text, empty ones too: a text table's. A third of the memory.
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
    /// Rows of a large text table that a [`super::Sieve`] left out: why, and how many.
    pub left_out: Vec<(String, u64)>,
    /// Cells whose texts were too long to be held.
    pub too_long: TooLong,
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
    /// About how many bytes of memory it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let cells = match &self.cells {
            Cells::Sparse(cells) => cells.places.len() * (size_of::<(u16, Kind)>() + size_of::<u64>()),
            Cells::Fields(ends) => size_of_val(&**ends),
        };
        self.text.len() + cells + size_of_val(&*self.rows) + size_of_val(&*self.merged)
    }

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
            Cells::Sparse(cells) => cells.places.len(),
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
            Cells::Sparse(cells) => cells.places.len(),
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
                let ((column, kind), content) = (cells.places[index], cells.contents[index]);
                (Some(column.into()), self.cell(kind, content))
            }
            Cells::Fields(ends) => {
                let start = if index == 0 { 0 } else { ends[index - 1] };
                let text = as_shown(&self.text[start as usize..ends[index] as usize]);
                (None, if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
            }
        }
    }

    fn cell(&self, kind: Kind, content: u64) -> Cell<'_> {
        let text = || {
            let start = (content >> 32) as usize;
            &self.text[start..start + content as u32 as usize]
        };
        match kind {
            Kind::Text => Cell::Text(text()),
            Kind::Date => Cell::Date(text()),
            Kind::Error => Cell::Error(text()),
            Kind::Number => Cell::Number(f64::from_bits(content)),
            Kind::Percent => Cell::Percent(f64::from_bits(content)),
            Kind::Bool => Cell::Bool(content != 0),
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
                let own = &cells.places[self.start..self.end];
                own.binary_search_by_key(&column, |(c, _)| u32::from(*c)).ok().map(|i| self.start + i)
            }
        };
        found.map_or(Cell::Empty, |index| self.sheet.cell_at(index).1)
    }
}

/// What a spreadsheet shows for a field of a text table: `="00123"`, which keeps it from reading an id as a
/// number, is shown as `00123`.
pub(super) fn as_shown(field: &str) -> &str {
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
    cells: Sparse,
    in_order: bool,
    too_long: TooLong,
    /// Bytes of text before the row under way.
    before_row: usize,
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
            cells: Sparse::default(),
            in_order: true,
            too_long: TooLong::default(),
            before_row: 0,
        }
    }

    /// Says which cells are merged, in any order.
    pub fn merge(&mut self, regions: impl IntoIterator<Item = Merged>) {
        self.merged.extend(regions);
    }

    /// Adds a cell, its text cleaned (see [`clean`]). Rows and columns count from 0, columns up to 65,535; an empty cell is not stored, nor one beyond
    /// the last column, and of two for one place the last one stays.
    pub fn push_cell(&mut self, row: u32, column: u32, cell: Cell<'_>) {
        let Ok(column) = u16::try_from(column) else { return };
        if matches!(cell, Cell::Text(text) | Cell::Date(text) | Cell::Error(text) if is_too_long(text.as_bytes()))
        {
            return self.too_long.add(row, column.into());
        }
        if self.rows.last().is_none_or(|(number, _)| *number != row) {
            self.before_row = self.text.len();
        }
        let (kind, content) = match cell {
            Cell::Empty => return,
            Cell::Number(number) => (Kind::Number, number.to_bits()),
            Cell::Percent(percent) => (Kind::Percent, percent.to_bits()),
            Cell::Bool(truth) => (Kind::Bool, truth.into()),
            Cell::Text(text) => match &*clean(text) {
                "" => return,
                text => (Kind::Text, self.keep(text)),
            },
            Cell::Date(text) => (Kind::Date, self.keep(&clean(text))),
            Cell::Error(text) => (Kind::Error, self.keep(&clean(text))),
        };
        self.push(row, column, kind, content);
    }

    fn push(&mut self, row: u32, column: u16, kind: Kind, content: u64) {
        match self.rows.last() {
            Some((number, _)) if *number == row => {
                self.in_order &= self.cells.places.last().is_none_or(|(last, _)| *last < column);
            }
            last => {
                self.in_order &= last.is_none_or(|(number, _)| *number < row);
                self.rows.push((row, self.cells.places.len() as u32));
            }
        }
        self.cells.places.push((column, kind));
        self.cells.contents.push(content);
    }

    fn keep(&mut self, text: &str) -> u64 {
        let start = self.text.len() as u64;
        self.text.push_str(text);
        start << 32 | text.len() as u64
    }

    /// How many bytes of text the row under way has.
    pub(super) const fn row_bytes(&self) -> usize {
        self.text.len() - self.before_row
    }

    /// About how many bytes of memory it takes, until it is finished too.
    #[must_use]
    pub fn bytes(&self) -> usize {
        // Cells out of order are put into order beside themselves.
        let cell = size_of::<(u16, Kind)>() + size_of::<u64>();
        let each = if self.in_order { cell } else { 2 * cell + size_of::<At>() };
        self.text.len()
            + self.cells.places.len() * each
            + self.rows.len() * size_of::<RowStart>()
            + self.merged.len() * size_of::<Merged>()
    }

    /// The sheet.
    #[must_use]
    pub fn finish(self) -> Sheet {
        let Self { place, hidden, mut merged, text, mut rows, mut cells, in_order, too_long, .. } = self;
        merged.sort_unstable();
        merged.dedup();
        if !in_order {
            (rows, cells) = ordered(rows, &cells);
        }
        let (left_out, cells) = (Vec::new(), Cells::Sparse(cells));
        Sheet { place, hidden, left_out, too_long, merged, text, rows, cells }
    }
}

/// Row and column of a cell, and its position among those that are not in order.
type At = (u32, u16, u32);

/// The cells of a file that does not write them in reading order, put into it.
fn ordered(rows: Vec<RowStart>, cells: &Sparse) -> (Vec<RowStart>, Sparse) {
    let mut placed: Vec<At> = Vec::with_capacity(cells.places.len());
    let mut row = rows.into_iter().peekable();
    let mut number = 0;
    for (position, (column, _)) in (0u32..).zip(&cells.places) {
        while let Some((next, _)) = row.next_if(|(_, first)| *first == position) {
            number = next;
        }
        placed.push((number, *column, position));
    }
    placed.sort_unstable();
    let mut rows: Vec<RowStart> = Vec::new();
    let mut sorted = Sparse::default();
    for (i, (row, column, position)) in placed.iter().enumerate() {
        // Of two for one place, the later one stays.
        if placed.get(i + 1).is_some_and(|next| (next.0, next.1) == (*row, *column)) {
            continue;
        }
        if rows.last().is_none_or(|(number, _)| number != row) {
            rows.push((*row, sorted.places.len() as u32));
        }
        sorted.places.push(cells.places[*position as usize]);
        sorted.contents.push(cells.contents[*position as usize]);
    }
    (rows, sorted)
}

impl Sheet {
    /// A text table: all fields one after the other in `text`, where each ends, and for each row its number and
    /// its first field. The fields are cleaned (see [`clean`]).
    pub(super) fn of_fields(place: Place, text: String, ends: Vec<u32>, rows: Vec<(u32, u32)>) -> Self {
        let (text, ends) = cleaned(text, ends);
        let (left_out, merged) = (Vec::new(), Vec::new());
        let (hidden, too_long, cells) = (false, TooLong::default(), Cells::Fields(ends));
        Self { place, hidden, left_out, too_long, merged, text, rows, cells }
    }

    /// The sheet, of which rows were left out (why, and how many), and texts that were too long.
    pub(super) fn without(self, left_out: Vec<(String, u64)>, too_long: TooLong) -> Self {
        Self { left_out, too_long, ..self }
    }
}
