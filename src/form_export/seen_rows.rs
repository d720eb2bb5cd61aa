//! Rows of forms that were read before: the same answers exported twice are one.

use std::collections::BTreeSet;

use super::typed::Typed;

/// The rows that were read.
#[derive(Debug, Default)]
pub(crate) struct SeenRows(BTreeSet<Vec<String>>);

impl SeenRows {
    /// Whether a row with the same texts in the same columns was read before.
    pub(crate) fn has(&mut self, cells: &[Typed]) -> bool {
        let texts = cells.iter().flat_map(|cell| [cell.column.to_string(), cell.text.clone()]);
        !self.0.insert(texts.collect())
    }
}
