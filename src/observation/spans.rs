//! Cells merged over several rows: the district's name written once beside all its schools.

use std::collections::BTreeMap;

use sheets::{Cell, Row, Sheet};

/// The cells of a sheet that are merged over several rows.
#[derive(Debug)]
pub(crate) struct Spans<'a> {
    sheet: &'a Sheet,
    /// Column → last row → first row.
    regions: BTreeMap<u32, BTreeMap<u32, u32>>,
}

impl<'a> Spans<'a> {
    pub(crate) fn new(sheet: &'a Sheet) -> Self {
        let mut regions: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
        for region in sheet.merged().iter().filter(|m| m.last_row > m.first_row) {
            regions.entry(region.first_column).or_default().insert(region.last_row, region.first_row);
        }
        Self { sheet, regions }
    }

    /// The cell of `row` in `column`, which says what the row is about; where it is blank, that of the cell merged over it.
    pub(crate) fn cell(&self, row: &Row<'a>, column: u32) -> Cell<'a> {
        let own = row.cell(column);
        if !own.is_blank() {
            return own;
        }
        let region = self.regions.get(&column).and_then(|of| of.range(row.number..).next());
        let first = region.map(|(_, first)| *first).filter(|first| *first < row.number);
        first.and_then(|first| self.sheet.row(first)).map_or(own, |upper| upper.cell(column))
    }
}
