//! Builds a sheet from cells that arrive row by row, left to right; cells in another order are sorted at the
//! end.

use std::ops::Range;

use super::cell::Cell;
use super::cell_store::{CellKind, CellStore, RowStart, ShownScale, SparseCells, text_content};
use super::clean::clean;
use super::index_ranges::IndexRanges;
use super::long_text::{OverlongTexts, is_too_long};
use super::place::Place;
use super::sheet::{CellNote, Merged, Sheet};

/// Builds a sheet from cells that arrive row by row, left to right.
#[derive(Debug)]
pub struct SheetBuilder {
    place: Place,
    hidden: bool,
    notes: Vec<CellNote>,
    note_bytes: usize,
    merged: Vec<Merged>,
    hidden_rows: IndexRanges,
    hidden_columns: IndexRanges,
    text: String,
    rows: Vec<RowStart>,
    cells: SparseCells,
    /// Whether the cells have arrived in reading order so far.
    in_order: bool,
    overlong_texts: OverlongTexts,
    /// Where the text of the current row starts in `text`.
    row_text_start: usize,
}

impl SheetBuilder {
    /// An empty sheet.
    #[must_use]
    pub fn new(place: Place, hidden: bool) -> Self {
        Self {
            place,
            hidden,
            notes: Vec::new(),
            note_bytes: 0,
            merged: Vec::new(),
            hidden_rows: IndexRanges::default(),
            hidden_columns: IndexRanges::default(),
            text: String::new(),
            rows: Vec::new(),
            cells: SparseCells::default(),
            in_order: true,
            overlong_texts: OverlongTexts::default(),
            row_text_start: 0,
        }
    }

    /// Adds merged regions, in any order.
    pub fn merge(&mut self, regions: impl IntoIterator<Item = Merged>) {
        self.merged.extend(regions);
    }

    /// Adds notes at cells, in any order.
    pub fn add_notes(&mut self, notes: impl IntoIterator<Item = CellNote>) {
        for note in notes {
            self.note_bytes += size_of::<CellNote>() + note.text.len();
            self.notes.push(note);
        }
    }

    /// Marks rows (from 0) as hidden.
    pub fn hide_rows(&mut self, rows: Range<u32>) {
        self.hidden_rows.add(rows);
    }

    /// Marks columns (from 0) as hidden.
    pub fn hide_columns(&mut self, columns: Range<u32>) {
        self.hidden_columns.add(columns);
    }

    /// Adds a number of which the format shows only the thousands or millions.
    pub(super) fn push_scaled(&mut self, row: u32, column: u32, number: f64, scale: ShownScale) {
        let before = self.cells.len();
        self.push_cell(row, column, Cell::Number(number));
        if self.cells.len() > before {
            self.cells.set_last_scale(scale);
        }
    }

    /// Adds a cell with its text cleaned (see [`clean`]). Rows and columns count from 0, columns up to
    /// 65,535. Empty cells and cells beyond the last column are not stored; if two have the same position,
    /// the later one wins.
    pub fn push_cell(&mut self, row: u32, column: u32, cell: Cell<'_>) {
        let Ok(column) = u16::try_from(column) else { return };
        if is_overlong(cell) {
            return self.overlong_texts.add(row, column.into());
        }
        if self.rows.last().is_none_or(|last| last.number != row) {
            self.row_text_start = self.text.len();
        }
        if let Some((kind, content)) = self.store(cell) {
            self.push_stored(row, column, kind, content);
        }
    }

    /// Kind and content of a cell, after adding its text to the sheet's; `None` if it is empty.
    fn store(&mut self, cell: Cell<'_>) -> Option<(CellKind, u64)> {
        Some(match cell {
            Cell::Empty => return None,
            Cell::Number(number) => (CellKind::Number, number.to_bits()),
            Cell::Percent(percent) => (CellKind::Percent, percent.to_bits()),
            Cell::Bool(truth) => (CellKind::Bool, truth.into()),
            Cell::Text(text) => match &*clean(text) {
                "" => return None,
                text => (CellKind::Text, self.store_text(text)),
            },
            Cell::Date(text) => (CellKind::Date, self.store_text(&clean(text))),
            Cell::Error(text) => (CellKind::Error, self.store_text(&clean(text))),
        })
    }

    fn store_text(&mut self, text: &str) -> u64 {
        let start = self.text.len();
        self.text.push_str(text);
        text_content(start, text.len())
    }

    fn push_stored(&mut self, row: u32, column: u16, kind: CellKind, content: u64) {
        match self.rows.last() {
            Some(last) if last.number == row => {
                self.in_order &= self.cells.tags().last().is_none_or(|tag| tag.column < column);
            }
            last => {
                self.in_order &= last.is_none_or(|last| last.number < row);
                self.rows.push(RowStart { number: row, first_cell: self.cells.len() as u32 });
            }
        }
        self.cells.push(column, kind, content);
    }

    /// How many bytes of text the current row has.
    pub(super) const fn row_bytes(&self) -> usize {
        self.text.len() - self.row_text_start
    }

    /// Its approximate memory size in bytes, including what [`Self::finish`] needs.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.len()
            + self.cells.len() * self.bytes_per_cell()
            + self.rows.len() * size_of::<RowStart>()
            + self.merged.len() * size_of::<Merged>()
            + self.note_bytes
            + self.hidden_rows.bytes()
            + self.hidden_columns.bytes()
    }

    const fn bytes_per_cell(&self) -> usize {
        if self.in_order {
            return SparseCells::CELL_BYTES;
        }
        // Cells out of order are sorted into a copy.
        2 * SparseCells::CELL_BYTES + size_of::<PlacedCell>()
    }

    /// The sheet.
    #[must_use]
    pub fn finish(self) -> Sheet {
        let Self { mut notes, mut merged, mut hidden_rows, mut hidden_columns, mut rows, mut cells, .. } =
            self;
        notes.sort_by_key(|note| (note.row, note.column));
        merged.sort_unstable();
        merged.dedup();
        hidden_rows.sort();
        hidden_columns.sort();
        if !self.in_order {
            (rows, cells) = in_reading_order(rows, &cells);
        }
        Sheet {
            place: self.place,
            hidden: self.hidden,
            left_out: Vec::new(),
            overlong_texts: self.overlong_texts,
            open_quotes: Vec::new(),
            uneven_rows: Vec::new(),
            notes,
            merged,
            hidden_rows,
            hidden_columns,
            text: self.text,
            rows,
            cells: CellStore::Sparse(cells),
        }
    }
}

fn is_overlong(cell: Cell<'_>) -> bool {
    matches!(cell, Cell::Text(text) | Cell::Date(text) | Cell::Error(text) if is_too_long(text.as_bytes()))
}

/// The position of a cell, and its index among the unsorted cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PlacedCell {
    row: u32,
    column: u16,
    index: u32,
}

/// Cells that were not written in reading order, sorted into it.
fn in_reading_order(rows: Vec<RowStart>, cells: &SparseCells) -> (Vec<RowStart>, SparseCells) {
    let mut placed = placed_cells(rows, cells);
    placed.sort_unstable();
    let mut rows: Vec<RowStart> = Vec::new();
    let mut sorted = SparseCells::default();
    for (i, cell) in placed.iter().enumerate() {
        // If two have the same position, the later one wins.
        if placed.get(i + 1).is_some_and(|next| (next.row, next.column) == (cell.row, cell.column)) {
            continue;
        }
        if rows.last().is_none_or(|last| last.number != cell.row) {
            rows.push(RowStart { number: cell.row, first_cell: sorted.len() as u32 });
        }
        sorted.push_from(cells, cell.index as usize);
    }
    (rows, sorted)
}

fn placed_cells(rows: Vec<RowStart>, cells: &SparseCells) -> Vec<PlacedCell> {
    let mut placed = Vec::with_capacity(cells.len());
    let mut rows = rows.into_iter().peekable();
    let mut row = 0;
    for (index, tag) in (0u32..).zip(cells.tags()) {
        while let Some(next) = rows.next_if(|next| next.first_cell == index) {
            row = next.number;
        }
        placed.push(PlacedCell { row, column: tag.column, index });
    }
    placed
}
