//! A table of a sheet: its header, its title and its data rows.

use std::collections::BTreeMap;

use crate::observation::{Header, tables_with};
use sheets::{Cell, Row, Sheet};

/// A table of a sheet.
#[derive(Debug, Clone)]
pub(super) struct TableRegion {
    /// Its header, joined in the same way as for a layout.
    pub(super) header: Header,
    /// The rows of the header, from 0.
    pub(super) header_rows: Vec<u32>,
    /// The text above it.
    pub(super) title: Vec<String>,
    /// Whether its header is only the row that looks most like one.
    pub(super) is_unsure: bool,
}

impl TableRegion {
    /// The data rows: those below the header, except notes.
    pub(super) fn data_rows<'a>(&'a self, sheet: &'a Sheet) -> impl Iterator<Item = Row<'a>> {
        sheet.rows_between(self.header.data.clone()).filter(move |row| self.is_data(row))
    }

    /// Whether a row fills more than one of the table's columns, or all columns of a one-column table.
    pub(super) fn is_data(&self, row: &Row<'_>) -> bool {
        let names = &self.header.names;
        let filled = row.cells().filter(|(c, cell)| names.contains_key(c) && !cell.is_blank()).count();
        filled > 1 || filled == names.len().min(3)
    }
}

/// All tables of `sheet` whose district column is called `name`, like that of `best`.
pub(super) fn similar_tables(sheet: &Sheet, best: &TableRegion, name: &str) -> Vec<TableRegion> {
    let mut tables = Vec::new();
    for header in tables_with(sheet, name, best.header_rows.len() as u32) {
        let header_rows = (header.title.end..=header.row).collect();
        tables.push(TableRegion { title: header.title_texts(sheet), header, header_rows, is_unsure: false });
    }
    tables
}

/// The texts of a row, by column; a number is its text.
pub(super) fn texts_of(row: &Row<'_>) -> BTreeMap<u32, String> {
    filled_cells(row).map(|(column, cell)| (column, cell.to_text().trim().to_lowercase())).collect()
}

/// The cells of a row that are not blank, by column.
pub(super) fn filled_cells<'a>(row: &Row<'a>) -> impl Iterator<Item = (u32, Cell<'a>)> + use<'a> {
    row.cells().filter(|(_, cell)| !cell.is_blank())
}
