//! How the cells of a sheet are stored: without empty cells, and with all text in one string per sheet.

use std::ops::Range;

use super::cell::Cell;
use super::fields::displayed_text;

/// A row that has cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowStart {
    /// The row's number, from 0.
    pub(super) number: u32,
    /// The index of its first cell among all cells of the sheet.
    pub(super) first_cell: u32,
}

/// The kind of a stored cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellKind {
    Text,
    Number,
    Percent,
    Bool,
    Date,
    Error,
}

/// How much larger a number is than what its format shows, as a power of 1000: 1 where 1,234,567 is shown as 1,235.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ShownScale(pub(super) u8);

impl ShownScale {
    /// 1, 1000, 1,000,000 …
    pub(super) fn factor(self) -> f64 {
        1000f64.powi(i32::from(self.0))
    }
}

/// Column and kind of a stored cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellTag {
    pub(super) column: u16,
    kind: CellKind,
    scale: ShownScale,
}

/// Cells with their columns, without empty ones, at twelve bytes each.
#[derive(Debug, Clone, Default)]
pub(super) struct SparseCells {
    tags: Vec<CellTag>,
    /// The bits of a number, or the location of a text in the sheet's string (see [`text_content`]).
    contents: Vec<u64>,
    /// Whether a number has a scale of its own.
    has_scaled: bool,
}

/// The cells of a sheet, in reading order.
#[derive(Debug, Clone)]
pub(super) enum CellStore {
    /// Cells of a workbook.
    Sparse(SparseCells),
    /// Cells of a text table: where each field ends in the sheet's string, including empty fields. Takes a
    /// third of the memory.
    Fields(Vec<u32>),
}

/// The content of a text cell: the upper half is where its text starts in the sheet's string, the lower half
/// its length.
pub(super) const fn text_content(start: usize, length: usize) -> u64 {
    (start as u64) << 32 | length as u64
}

impl SparseCells {
    /// Bytes per cell.
    pub(super) const CELL_BYTES: usize = size_of::<CellTag>() + size_of::<u64>();

    pub(super) const fn len(&self) -> usize {
        self.tags.len()
    }

    pub(super) fn push(&mut self, column: u16, kind: CellKind, content: u64) {
        self.tags.push(CellTag { column, kind, scale: ShownScale(0) });
        self.contents.push(content);
    }

    /// Sets how the last cell is shown.
    pub(super) fn set_last_scale(&mut self, scale: ShownScale) {
        if let Some(last) = self.tags.last_mut() {
            last.scale = scale;
            self.has_scaled = true;
        }
    }

    /// Appends the cell at `index` of `other`.
    pub(super) fn push_from(&mut self, other: &Self, index: usize) {
        self.tags.push(other.tags[index]);
        self.contents.push(other.contents[index]);
        self.has_scaled |= other.has_scaled;
    }

    pub(super) fn tags(&self) -> &[CellTag] {
        &self.tags
    }

    fn cell<'t>(&self, index: usize, text: &'t str) -> Cell<'t> {
        let content = self.contents[index];
        match self.tags[index].kind {
            CellKind::Text => Cell::Text(text_of(content, text)),
            CellKind::Date => Cell::Date(text_of(content, text)),
            CellKind::Error => Cell::Error(text_of(content, text)),
            CellKind::Number => Cell::Number(f64::from_bits(content)),
            CellKind::Percent => Cell::Percent(f64::from_bits(content)),
            CellKind::Bool => Cell::Bool(content != 0),
        }
    }
}

/// The text that [`text_content`] points to.
fn text_of(content: u64, text: &str) -> &str {
    let start = (content >> 32) as usize;
    &text[start..start + content as u32 as usize]
}

impl CellStore {
    /// How many cells are stored, empty fields included.
    pub(super) const fn len(&self) -> usize {
        match self {
            Self::Sparse(cells) => cells.len(),
            Self::Fields(ends) => ends.len(),
        }
    }

    /// How many cells are not empty.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Sparse(cells) => cells.len(),
            Self::Fields(ends) => {
                let mut start = 0;
                ends.iter().filter(|end| std::mem::replace(&mut start, **end) < **end).count()
            }
        }
    }

    /// Their size in bytes, without text.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Sparse(cells) => cells.len() * SparseCells::CELL_BYTES,
            Self::Fields(ends) => size_of_val(&**ends),
        }
    }

    /// The cell at `index`; `text` is the sheet's string.
    pub(super) fn cell<'t>(&self, index: usize, text: &'t str) -> Cell<'t> {
        match self {
            Self::Sparse(cells) => cells.cell(index, text),
            Self::Fields(ends) => {
                let start = if index == 0 { 0 } else { ends[index - 1] };
                match displayed_text(&text[start as usize..ends[index] as usize]) {
                    "" => Cell::Empty,
                    field => Cell::Text(field),
                }
            }
        }
    }

    /// The column of the cell at `index`, in a row whose first cell is at `row_start`.
    pub(super) fn column(&self, index: usize, row_start: usize) -> u32 {
        match self {
            Self::Sparse(cells) => cells.tags[index].column.into(),
            Self::Fields(_) => (index - row_start) as u32,
        }
    }

    /// Whether a number is larger than what its format shows.
    pub(super) const fn has_scaled(&self) -> bool {
        matches!(self, Self::Sparse(SparseCells { has_scaled: true, .. }))
    }

    /// How the number at `index` is shown.
    pub(super) fn scale(&self, index: usize) -> ShownScale {
        match self {
            Self::Sparse(cells) => cells.tags[index].scale,
            Self::Fields(_) => ShownScale(0),
        }
    }

    /// The index of the cell of a row in `column`, if it is stored.
    pub(super) fn find(&self, row: Range<usize>, column: u32) -> Option<usize> {
        match self {
            Self::Fields(_) => Some(row.start + column as usize).filter(|index| row.contains(index)),
            Self::Sparse(cells) => {
                let tags = &cells.tags[row.clone()];
                let found = tags.binary_search_by_key(&column, |tag| tag.column.into());
                found.ok().map(|index| row.start + index)
            }
        }
    }
}
