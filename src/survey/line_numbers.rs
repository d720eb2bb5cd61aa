//! The numbers of each line item of a table.

use std::collections::BTreeMap;

use super::cell_profiler::CellProfiler;
use super::table_region::TableRegion;
use crate::observation::{NumberReader, folded};
use sheets::{Cell, Sheet};

/// The cells of a surveyed table.
#[derive(Clone, Copy)]
pub(super) struct TableCells<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) table: &'a TableRegion,
    pub(super) numbers: &'a NumberReader,
}

/// A column with values of the lines.
#[derive(Clone, Copy)]
pub(super) struct LineColumn {
    /// Its column in the sheet, from 0.
    pub(super) column: u32,
    /// Which of several numbers in a cell is the value; `None` if there is only one.
    pub(super) part: Option<usize>,
}

/// The numbers of a line item.
#[derive(Default)]
pub(super) struct LineNumbers {
    pub(super) cells: CellProfiler,
    /// The numbers of its first row, by what else the row is about.
    pub(super) rows: BTreeMap<String, Vec<String>>,
    /// Whether two rows that are about the same have different numbers.
    pub(super) differs: bool,
}

impl TableCells<'_> {
    /// The text of column `beside` in the first row of each text in column `item`.
    pub(super) fn texts_beside(&self, item: u32, beside: u32) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for row in self.sheet.rows_between(self.table.header.data.clone()) {
            let text = folded(&row.cell(beside).to_text());
            texts.entry(folded(&row.cell(item).to_text())).or_insert(text);
        }
        texts
    }

    /// The numbers of each text in column `item`, in the columns `values`; `keys` and the `headings` of rows (from 0) say
    /// what else a row is about.
    pub(super) fn lines(
        &self,
        item: u32,
        values: &[LineColumn],
        keys: &[u32],
        headings: &BTreeMap<u32, String>,
    ) -> BTreeMap<String, LineNumbers> {
        let mut lines: BTreeMap<String, LineNumbers> = BTreeMap::new();
        for row in self.sheet.rows_between(self.table.header.data.clone()) {
            let line = lines.entry(folded(&row.cell(item).to_text())).or_default();
            let mut texts = Vec::new();
            for value in values {
                let cell = row.cell(value.column);
                let together = value.part.and_then(|part| {
                    self.numbers.read_together(cell).and_then(|numbers| numbers.texts.get(part).cloned())
                });
                line.cells.add(row.number, together.as_deref().map_or(cell, Cell::Text), self.numbers);
                texts.push(cell.to_text());
            }
            if texts.iter().all(String::is_empty) {
                continue;
            }
            let mut key: Vec<String> = keys.iter().map(|column| row.cell(*column).to_text()).collect();
            key.extend(headings.get(&row.number).cloned());
            let first = line.rows.entry(key.join("\u{1f}")).or_insert_with(|| texts.clone());
            line.differs |= *first != texts;
        }
        lines
    }
}
