//! The notes below the rows of a table, which may say what its numbers are.

use super::table_region::TableRegion;
use sheets::{Cell, Sheet};

/// The texts below the last row of data that are alone in their row.
pub(super) fn notes_below(sheet: &Sheet, table: &TableRegion) -> Vec<String> {
    let mut notes = Vec::new();
    for row in sheet.rows_between(table.header.data.clone()) {
        if table.is_data(&row) {
            notes.clear();
            continue;
        }
        for (_, cell) in row.cells() {
            if let Cell::Text(text) = cell {
                notes.push(text.trim().to_owned());
            }
        }
    }
    notes.retain(|note| !note.is_empty());
    notes
}
