//! The tables of a web page: the positions of their cells, taking row and column spans into account.

use super::cell::Cell;
use super::collector::{ReadSheets, SheetCollector};
use super::error::ReadError;
use super::limits::MAX_COLUMNS;
use super::place::Place;
use super::raised::{Shift, ShiftedParts};
use super::sheet::Merged;
use super::sheet_builder::SheetBuilder;

/// The total number of columns, over all rows, that cells may span or be shifted past.
const MAX_COVERED: u64 = 500_000_000;
/// How many raised elements may be open within each other.
const MOST_NESTED: usize = 16;

/// How many rows and columns a cell spans, each at least 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellSpan {
    rows: u32,
    columns: u32,
}

/// A cell that is being read.
struct HtmlCell {
    text: String,
    span: CellSpan,
    shifted: ShiftedParts,
    /// The open elements whose text is not on the baseline.
    shifts: Vec<ShiftedElement>,
}

/// An element whose text is not on the baseline.
struct ShiftedElement {
    name: Vec<u8>,
    shift: Shift,
    /// How many elements of the same name are open within it.
    nested: u32,
}

impl HtmlCell {
    const fn new(span: CellSpan) -> Self {
        Self { text: String::new(), span, shifted: ShiftedParts::new(), shifts: Vec::new() }
    }

    /// Starts an element in the cell.
    fn open(&mut self, name: &[u8], shift: Option<Shift>) {
        let has_room = self.shifts.len() < MOST_NESTED;
        if let Some(shift) = shift.filter(|_| has_room) {
            self.shifts.push(ShiftedElement { name: name.to_vec(), shift, nested: 0 });
        } else if let Some(last) = self.shifts.last_mut().filter(|last| last.name == name) {
            last.nested += 1;
        }
    }

    /// Ends an element in the cell.
    fn close(&mut self, name: &[u8]) {
        match self.shifts.last_mut() {
            Some(last) if last.name == name && last.nested > 0 => last.nested -= 1,
            Some(last) if last.name == name => _ = self.shifts.pop(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        if let Some(element) = self.shifts.last() {
            self.shifted.add(start..self.text.len(), element.shift);
        }
    }

    /// Its text as shown, with marks for its raised and lowered parts.
    fn shown(&mut self) -> String {
        self.shifted.write_to(&mut self.text, 0);
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Reads the outermost tables of a page.
pub(super) struct TableReader<'a> {
    file: &'a str,
    collector: SheetCollector,
    builder: Option<SheetBuilder>,
    /// How many tables have been found.
    tables: u32,
    /// How deeply nested in tables the current position is.
    depth: u32,
    row: u32,
    /// How many rows the current table has so far.
    rows: u32,
    column: u32,
    /// For each column, the first row that no cell above spans.
    free_from: Vec<u32>,
    covered: u64,
    cell: Option<HtmlCell>,
    /// Inside a script or style, whose text is not displayed.
    in_hidden_text: bool,
}

impl CellSpan {
    pub(super) fn new(rows: u32, columns: u32) -> Self {
        Self { rows: rows.clamp(1, MAX_COLUMNS), columns: columns.clamp(1, MAX_COLUMNS) }
    }

    /// The cells that it spans, beginning with this one.
    const fn region(self, row: u32, column: u32) -> Merged {
        Merged {
            first_row: row,
            first_column: column,
            last_row: row + self.rows - 1,
            last_column: column + self.columns - 1,
        }
    }
}

impl<'a> TableReader<'a> {
    pub(super) fn new(file: &'a str, collector: SheetCollector) -> Self {
        Self {
            file,
            collector,
            builder: None,
            tables: 0,
            depth: 0,
            row: 0,
            rows: 0,
            column: 0,
            free_from: Vec::new(),
            covered: 0,
            cell: None,
            in_hidden_text: false,
        }
    }

    /// Starts an element; `span` applies if it is a cell, and `shift` is where its text is relative to the baseline.
    pub(super) fn open_tag(
        &mut self,
        name: &[u8],
        span: CellSpan,
        shift: Option<Shift>,
    ) -> Result<(), ReadError> {
        match name {
            b"table" => self.open_table(),
            b"tr" if self.depth == 1 => {
                self.close_cell()?;
                (self.row, self.column) = (self.rows, 0);
                self.rows += 1;
            }
            b"td" | b"th" if self.depth == 1 => {
                self.close_cell()?;
                self.cell = Some(HtmlCell::new(span));
            }
            b"br" | b"p" | b"div" => self.push_text(" "),
            b"script" | b"style" => self.in_hidden_text = true,
            _ => {
                if let Some(cell) = &mut self.cell {
                    cell.open(name, shift);
                }
            }
        }
        Ok(())
    }

    fn open_table(&mut self) {
        self.depth += 1;
        if self.depth == 1 {
            self.tables += 1;
            let name = format!("Table {}", self.tables);
            self.builder = Some(SheetBuilder::new(Place::sheet(self.file, Some(&name)), false));
            (self.rows, self.free_from) = (0, Vec::new());
        }
    }

    /// Ends an element.
    pub(super) fn close_tag(&mut self, name: &[u8]) -> Result<(), ReadError> {
        match name {
            b"td" | b"th" | b"tr" if self.depth == 1 => self.close_cell()?,
            b"table" if self.depth <= 1 => self.close_table()?,
            b"table" => self.depth -= 1,
            b"script" | b"style" => self.in_hidden_text = false,
            _ => {
                if let Some(cell) = &mut self.cell {
                    cell.close(name);
                }
            }
        }
        Ok(())
    }

    fn close_table(&mut self) -> Result<(), ReadError> {
        self.close_cell()?;
        self.depth = 0;
        match self.builder.take() {
            Some(builder) => self.collector.add(builder),
            None => Ok(()),
        }
    }

    /// Adds text to the current cell.
    pub(super) fn push_text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| !self.in_hidden_text) {
            cell.push(text);
        }
    }

    /// The tables as sheets. Tables still open at the end of the page are closed.
    pub(super) fn finish(mut self) -> Result<ReadSheets, ReadError> {
        self.close_table()?;
        self.collector.into_sheets()
    }

    fn close_cell(&mut self) -> Result<(), ReadError> {
        let (Some(mut cell), Some(builder)) = (self.cell.take(), &mut self.builder) else {
            return Ok(());
        };
        let span = cell.span;
        let from = self.column;
        self.column = first_free_column(&self.free_from, from, self.row);
        self.collector.check(builder)?;
        let end = self.column + span.columns;
        self.covered += u64::from(end - from);
        if end > MAX_COLUMNS || self.covered > MAX_COVERED {
            return Err(ReadError::beyond_the_grid());
        }
        builder.push_cell(self.row, self.column, Cell::Text(&cell.shown()));
        if span.rows > 1 || span.columns > 1 {
            builder.merge([span.region(self.row, self.column)]);
        }
        self.cover(end, span.rows);
        self.column = end;
        Ok(())
    }

    /// Marks the columns up to `end` as spanned, beginning with the current row.
    fn cover(&mut self, end: u32, rows: u32) {
        let (start, end) = (self.column as usize, end as usize);
        if self.free_from.len() < end {
            self.free_from.resize(end, 0);
        }
        self.free_from[start..end].fill(self.row + rows);
    }
}

/// The first column from `from` on that no cell above spans in `row`.
fn first_free_column(free_from: &[u32], from: u32, row: u32) -> u32 {
    let columns = free_from.iter().skip(from as usize);
    from + columns.take_while(|free_from| **free_from > row).count() as u32
}
