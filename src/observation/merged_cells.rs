//! Cells merged over several rows, such as a district's name written once next to all its schools.

use std::collections::BTreeMap;

use sheets::{Cell, Row, Sheet};

/// The cells of a sheet that are merged over several rows.
#[derive(Debug)]
pub(crate) struct MergedCells<'a> {
    sheet: &'a Sheet,
    /// Column → last row → first row.
    regions: BTreeMap<u32, BTreeMap<u32, u32>>,
}

impl<'a> MergedCells<'a> {
    /// The merged cells of `sheet`.
    pub(crate) fn new(sheet: &'a Sheet) -> Self {
        let mut regions: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
        for region in sheet.merged().iter().filter(|region| region.last_row > region.first_row) {
            regions.entry(region.first_column).or_default().insert(region.last_row, region.first_row);
        }
        Self { sheet, regions }
    }

    /// The cell of `row` in `column`, or if it is blank, the merged cell that covers it.
    pub(crate) fn cell(&self, row: &Row<'a>, column: u32) -> Cell<'a> {
        let own = row.cell(column);
        if !own.is_blank() {
            return own;
        }
        self.first_row(row.number, column).map_or(own, |first| first.cell(column))
    }

    /// The first row of a region that covers `row` in `column` and begins above `row`.
    fn first_row(&self, row: u32, column: u32) -> Option<Row<'a>> {
        let (_, first) = self.regions.get(&column)?.range(row..).next()?;
        if *first < row { self.sheet.row(*first) } else { None }
    }
}
