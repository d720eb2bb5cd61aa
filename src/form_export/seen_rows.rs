//! Rows of forms that were read before: the same answers in two exports are one.

use std::collections::BTreeMap;

use super::typed::Typed;

/// The rows that were read. Two people may answer alike in the same second, so the rows of one file are never one.
#[derive(Debug, Default)]
pub(crate) struct SeenRows {
    /// How often each row was counted.
    counted: BTreeMap<Vec<String>, usize>,
    /// The file that is being read, and how often it has each row so far.
    file: String,
    in_file: BTreeMap<Vec<String>, usize>,
}

impl SeenRows {
    /// Whether a row with the same texts in the same columns was read from an earlier file. Files are read one after the other.
    pub(crate) fn has(&mut self, cells: &[Typed]) -> bool {
        let file = cells.first().map(|cell| cell.place.file.to_string()).unwrap_or_default();
        if file != self.file {
            self.file = file;
            self.in_file.clear();
        }
        let row = row_of(cells);
        let here = self.in_file.entry(row.clone()).or_default();
        *here += 1;
        let counted = self.counted.entry(row).or_default();
        let is_again = *here <= *counted;
        *counted = (*counted).max(*here);
        is_again
    }

    /// Whether the file that is being read has a row like this one more than once so far.
    pub(crate) fn is_alike_in_file(&self, cells: &[Typed]) -> bool {
        self.in_file.get(&row_of(cells)).is_some_and(|here| *here > 1)
    }
}

/// The columns and texts of a row.
fn row_of(cells: &[Typed]) -> Vec<String> {
    cells.iter().flat_map(|cell| [cell.column.to_string(), cell.text.clone()]).collect()
}
