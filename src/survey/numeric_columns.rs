//! The columns of a sheet that hold numbers, even if their first cells are blank.

use std::collections::{BTreeMap, BTreeSet};

use crate::observation::NumberReader;
use sheets::{Cell, Sheet};

/// How many cells of a sheet are examined.
const CELLS_EXAMINED: usize = 100_000;

/// The columns of a sheet in which most cells are numbers.
#[derive(Debug, Default)]
pub(super) struct NumericColumns(BTreeSet<u32>);

/// The cells of a column.
#[derive(Debug, Default, Clone, Copy)]
struct NumberCounts {
    filled: u32,
    numbers: u32,
}

impl NumericColumns {
    /// Those of `sheet`, by its first cells.
    pub(super) fn new(sheet: &Sheet, numbers: &NumberReader) -> Self {
        let mut counts: BTreeMap<u32, NumberCounts> = BTreeMap::new();
        let mut examined = 0;
        for row in sheet.rows() {
            for (column, cell) in row.cells().filter(|(_, cell)| !cell.is_blank()) {
                let count = counts.entry(column).or_default();
                count.filled += 1;
                count.numbers += u32::from(numbers.has_number(cell));
                examined += 1;
            }
            if examined > CELLS_EXAMINED {
                break;
            }
        }
        Self(
            counts
                .into_iter()
                .filter(|(_, count)| count.numbers * 2 > count.filled)
                .map(|(column, _)| column)
                .collect(),
        )
    }

    /// The share of the cells of a row that are in such columns, 0 to 1.
    pub(super) fn share_of(&self, cells: &[(u32, Cell<'_>)]) -> f64 {
        let numeric = cells.iter().filter(|(column, _)| self.0.contains(column)).count();
        numeric as f64 / cells.len().max(1) as f64
    }
}
