//! Builds a frame row by row.

use std::sync::Arc;

use polars::prelude::{DataFrame, PolarsError};

use super::frame::{CODES, Frame, NUMBERS, code_column, number_column};
use super::frame_row::{DERIVED, KeyRun, Observed, PUBLIC, status_code};
use super::origins::{CellRef, Origins};
use crate::domain::Terms;

impl Frame {
    /// A frame of `rows`, which must be sorted by [`Observed::position`] without duplicates; their `cells`
    /// are ranges of the list `cells`.
    ///
    /// # Errors
    /// If polars rejects the columns, which it does not for columns of equal length.
    pub fn new(
        rows: impl Iterator<Item = Observed>,
        cells: &[CellRef],
        origins: Arc<Origins>,
        terms: Arc<Terms>,
    ) -> Result<Self, PolarsError> {
        let mut builder = FrameBuilder::with_capacity(rows.size_hint().0, cells.len());
        for row in rows {
            let own = row.cells.start as usize..row.cells.end as usize;
            builder.push(&row, cells[own].iter().copied());
        }
        builder.finish(origins, terms)
    }
}

/// A frame under construction, to which rows are added in the frame's order.
#[derive(Default)]
pub(crate) struct FrameBuilder {
    /// District, year, status and flags.
    codes: [Vec<u32>; 4],
    /// Value, numerator and denominator; each column is empty until the first row that has the number.
    numbers: [Vec<f64>; 3],
    cell_ends: Vec<u32>,
    cells: Vec<CellRef>,
    runs: Vec<KeyRun>,
}

impl FrameBuilder {
    /// An empty builder with capacity for this many rows and cells.
    pub(crate) fn with_capacity(rows: usize, cells: usize) -> Self {
        Self {
            codes: std::array::from_fn(|_| Vec::with_capacity(rows)),
            cell_ends: Vec::with_capacity(rows),
            cells: Vec::with_capacity(cells),
            ..Self::default()
        }
    }

    /// The codes of the rows' districts and schools. Changes must preserve their order.
    pub(super) fn districts_mut(&mut self) -> &mut [u32] {
        &mut self.codes[0]
    }

    /// Adds a row with the given `cells`; its own range of cells is ignored.
    pub(crate) fn push(&mut self, row: &Observed, cells: impl Iterator<Item = CellRef>) {
        let index = self.cell_ends.len();
        self.cells.extend(cells);
        self.cell_ends.push(self.cells.len() as u32);
        match self.runs.last_mut() {
            Some(run) if run.key == row.key => run.rows.end = index + 1,
            _ => {
                self.runs.push(KeyRun { key: row.key, rows: index..index + 1, schools: index + 1..index + 1 })
            }
        }
        let flags = u32::from(row.derived) * DERIVED + u32::from(row.public) * PUBLIC;
        let codes = [row.district, row.year.end() as u32, status_code(row.status), flags];
        for (column, code) in self.codes.iter_mut().zip(codes) {
            column.push(code);
        }
        let capacity = self.cell_ends.capacity();
        for (column, number) in self.numbers.iter_mut().zip([row.value, row.numerator, row.denominator]) {
            push_number(column, index, number, capacity);
        }
    }

    /// The finished frame.
    ///
    /// # Errors
    /// If polars rejects the columns, which it does not for columns of equal length.
    pub(crate) fn finish(mut self, origins: Arc<Origins>, terms: Arc<Terms>) -> Result<Frame, PolarsError> {
        split_schools(&mut self.runs, &self.codes[0], &terms);
        let mut columns = Vec::with_capacity(CODES.len() + NUMBERS.len());
        for (name, codes) in CODES.into_iter().zip(self.codes) {
            columns.push(code_column(name, codes));
        }
        for (name, numbers) in NUMBERS.into_iter().zip(self.numbers) {
            if !numbers.is_empty() {
                columns.push(number_column(name, numbers));
            }
        }
        Ok(Frame {
            frame: DataFrame::new_infer_height(columns)?,
            cell_ends: Arc::new(self.cell_ends),
            cells: Arc::new(self.cells),
            origins,
            terms,
            runs: Arc::new(self.runs),
        })
    }
}

/// Divides the rows of each run, whose organizations have these `codes`, into those of districts and of schools.
pub(super) fn split_schools(runs: &mut [KeyRun], codes: &[u32], terms: &Terms) {
    let first_school = terms.first_school();
    for run in runs {
        let own = &codes[run.rows.clone()];
        let middle = run.rows.start + own.partition_point(|code| *code < first_school);
        run.schools = middle..run.rows.end;
        run.rows.end = middle;
    }
}

/// Adds the number of row `index` to a column, which is allocated with `capacity` rows at its first number.
fn push_number(column: &mut Vec<f64>, index: usize, number: Option<f64>, capacity: usize) {
    if number.is_none() && column.is_empty() {
        return;
    }
    if column.is_empty() {
        column.reserve_exact(capacity);
    }
    column.resize(index, f64::NAN);
    column.push(number.unwrap_or(f64::NAN));
}
