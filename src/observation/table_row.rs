//! The rows of a table, with cells indexed by column.

use std::ops::Range;

use super::header::Header;
use super::merged_cells::MergedCells;
use super::ready_layout::ReadyLayout;
use super::text_match::folded;
use sheets::{Cell, Row, Sheet, without_raised_marks};

/// A row of a table.
pub(super) struct TableRow<'r> {
    /// Its row number in the sheet, from 0.
    pub(super) number: u32,
    /// How many nonblank cells it has in the table's columns.
    pub(super) filled: usize,
    /// The whole row of the sheet, including cells of side-by-side tables.
    pub(super) source: Row<'r>,
    /// The heading of its block; empty if it has none.
    heading: Cell<'r>,
    /// The cells by column; empty outside the table.
    cells: &'r [Cell<'r>],
}

impl<'r> TableRow<'r> {
    /// The cell in a column; empty outside the table.
    pub(super) fn cell(&self, column: u32) -> Cell<'r> {
        self.cells.get(column as usize).copied().unwrap_or(Cell::Empty)
    }

    /// The text of the cell in a column, without marks of footnotes.
    pub(super) fn text(&self, column: u32) -> String {
        let text = self.cell(column).to_text();
        without_raised_marks(&text).unwrap_or(text)
    }

    /// The text of the heading of its block, with whitespace folded.
    pub(super) fn heading_text(&self) -> String {
        let text = self.heading.to_text();
        folded(&without_raised_marks(&text).unwrap_or(text))
    }

    /// The text of the cell in a column, with whitespace folded.
    pub(super) fn folded_text(&self, column: u32) -> String {
        folded(&self.text(column))
    }
}

/// Expands the rows of a table cell by cell, and fills cells that are merged over several rows.
pub(super) struct RowLoader<'a> {
    /// The columns of the table.
    columns: Range<u32>,
    /// The columns that say what a row is about; their cells may be merged over several rows.
    role_columns: Vec<u32>,
    /// The columns whose blank cells repeat the label above, each with the label read last.
    labels: Vec<RepeatedLabel<'a>>,
    /// The columns in which the only text of a row is a heading.
    heading_columns: Vec<u32>,
    /// The heading of the current block; empty between blocks.
    heading: Cell<'a>,
    merged: MergedCells<'a>,
    cells: Vec<Cell<'a>>,
    /// The row loaded last, blank or not.
    last_row: Option<u32>,
}

/// A column whose labels are written only in the first row of their blocks.
struct RepeatedLabel<'a> {
    column: u32,
    /// The label of the current block; empty between blocks.
    label: Cell<'a>,
}

impl<'a> RowLoader<'a> {
    pub(super) fn new(sheet: &'a Sheet, header: &Header, ready: &ReadyLayout<'_>) -> Self {
        let widths = sheet.rows().filter_map(|row| row.cells().last()).map(|(column, _)| column + 1);
        Self {
            columns: header.columns(),
            role_columns: ready.role_columns(header),
            labels: repeated_labels(header, ready),
            heading_columns: heading_columns(header, ready),
            heading: Cell::Empty,
            merged: MergedCells::new(sheet),
            cells: vec![Cell::Empty; widths.max().unwrap_or(0) as usize],
            last_row: None,
        }
    }

    /// Expands a row; `None` if it is blank in the table's columns.
    pub(super) fn load(&mut self, row: Row<'a>) -> Option<TableRow<'_>> {
        self.cells.fill(Cell::Empty);
        let mut filled = 0;
        for (column, cell) in row.cells() {
            if self.columns.contains(&column) && !cell.is_blank() {
                self.cells[column as usize] = cell;
                filled += 1;
            }
        }
        self.end_blocks(row.number, filled);
        if filled == 0 {
            return None;
        }
        self.learn_heading(filled);
        for column in &self.role_columns {
            self.cells[*column as usize] = self.merged.cell(&row, *column);
        }
        self.fill_labels();
        Some(TableRow { number: row.number, filled, source: row, heading: self.heading, cells: &self.cells })
    }

    /// Forgets the labels if a blank row has ended their blocks.
    fn end_blocks(&mut self, row: u32, filled: usize) {
        let follows = self.last_row.is_some_and(|last| last + 1 == row);
        if filled == 0 || !follows {
            self.labels.iter_mut().for_each(|repeated| repeated.label = Cell::Empty);
            self.heading = Cell::Empty;
        }
        self.last_row = Some(row);
    }

    /// Takes the only text of a row for the heading of those below.
    fn learn_heading(&mut self, filled: usize) {
        let texts = self.heading_columns.iter().map(|column| self.cells[*column as usize]);
        let heading = texts.filter(|cell| matches!(cell, Cell::Text(_))).find(|_| filled == 1);
        self.heading = heading.unwrap_or(self.heading);
    }

    /// Writes the labels of the current blocks into blank cells, and learns new ones. A new label ends the blocks
    /// of the columns listed after it.
    fn fill_labels(&mut self) {
        let mut begins_block = false;
        for repeated in &mut self.labels {
            let cell = &mut self.cells[repeated.column as usize];
            if !cell.is_blank() {
                begins_block = true;
                repeated.label = *cell;
            } else if begins_block {
                repeated.label = Cell::Empty;
            } else {
                *cell = repeated.label;
            }
        }
    }
}

/// The columns in which the layout says that headings stand.
fn heading_columns(header: &Header, ready: &ReadyLayout<'_>) -> Vec<u32> {
    let headings = ready.layout.parts.iter().filter(|part| part.heading);
    headings.filter_map(|part| header.column(&part.column)).collect()
}

/// The columns whose labels the layout says are written only once in a block.
fn repeated_labels<'a>(header: &Header, ready: &ReadyLayout<'_>) -> Vec<RepeatedLabel<'a>> {
    let names = ready.layout.fill_down.iter().map(std::slice::from_ref);
    let columns = names.filter_map(|name| header.column(name));
    columns.map(|column| RepeatedLabel { column, label: Cell::Empty }).collect()
}
