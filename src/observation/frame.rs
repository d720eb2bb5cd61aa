//! The frame that observations, estimates and released values share.

use std::ops::Range;
use std::sync::Arc;

use polars::prelude::{
    Column, DataFrame, Float64Chunked, IntoColumn, PlSmallStr, PolarsError, UInt32Chunked,
};

use super::frame_row::{FrameRow, KeyRun, status_code};
use super::frame_view::{FrameView, NumberColumn};
use super::origins::{CellRef, Origins};
use crate::catalog::Bounds;
use crate::diagnostic::Place;
use crate::domain::{KeyCode, MeasureKey, SchoolYear, Status, Terms};

const DISTRICT: &str = "district";
const YEAR: &str = "year";
const STATUS: &str = "status";
const FLAGS: &str = "flags";
/// The columns of codes, in the order in which a frame is built.
pub(super) const CODES: [&str; 4] = [DISTRICT, YEAR, STATUS, FLAGS];
/// The columns of numbers.
pub(super) const NUMBERS: [&str; 3] = ["value", "numerator", "denominator"];

/// Rows sorted by key, district or school, and year, each combination once. Within a key, the rows of districts come before
/// those of schools ([`KeyRun`]), so what asks about districts never meets a school.
///
/// A polars frame of seven columns (`district, year, status, flags` as codes;
/// `value, numerator, denominator`, NaN if absent), together with the terms that the codes represent, the
/// runs of rows with the same key, and the cells behind each row. A number column in which all rows are absent
/// is left out.
#[derive(Debug, Clone)]
pub struct Frame {
    pub(super) frame: DataFrame,
    /// For each row, the end of its cells in the list of cells.
    pub(super) cell_ends: Arc<Vec<u32>>,
    pub(super) cells: Arc<Vec<CellRef>>,
    pub(super) origins: Arc<Origins>,
    pub(super) terms: Arc<Terms>,
    pub(super) runs: Arc<Vec<KeyRun>>,
}

impl Frame {
    /// The terms that the codes represent.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The series keys, sorted, each with its rows.
    #[must_use]
    pub fn runs(&self) -> &[KeyRun] {
        &self.runs
    }

    /// The run with a key, or `None` if nothing was published for it.
    #[must_use]
    pub fn run(&self, key: &MeasureKey) -> Option<&KeyRun> {
        self.run_of_code(self.terms.code(key)?)
    }

    fn run_of_code(&self, key: KeyCode) -> Option<&KeyRun> {
        let index = self.runs.binary_search_by_key(&key, |run| run.key).ok()?;
        Some(&self.runs[index])
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.frame.height()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places of the cells behind row `row`.
    #[must_use]
    pub fn places(&self, row: usize) -> Vec<Place> {
        let Range { start, end } = self.cell_range(row);
        self.cells[start as usize..end as usize].iter().map(|cell| self.origins.place(*cell)).collect()
    }

    /// The row at a key, district or school, and year, if there is one.
    pub(crate) fn find(
        &self,
        view: &FrameView<'_>,
        position: (KeyCode, u32, SchoolYear),
    ) -> Option<FrameRow> {
        let (key, district, year) = position;
        let rows = view.of_district(self.run_of_code(key)?, district);
        view.rows(rows).find(|row| row.year == year.end())
    }

    /// The list of cells that [`Frame::cell_range`] points into.
    pub(crate) fn cells(&self) -> &[CellRef] {
        &self.cells
    }

    /// The cells behind row `row`, as a range of the list of cells.
    pub(crate) fn cell_range(&self, row: usize) -> Range<u32> {
        let from = if row == 0 { 0 } else { self.cell_ends[row - 1] };
        from..self.cell_ends[row]
    }

    /// The bounds of the masked value in row `row`; `None` if its marker gives none.
    #[must_use]
    pub fn bounds(&self, row: usize) -> Option<Bounds> {
        let Range { start, end } = self.cell_range(row);
        if end == start + 1 { self.origins.bounds_of(self.cells[start as usize]) } else { None }
    }

    /// Where the values come from, shared.
    pub(crate) fn origins(&self) -> Arc<Origins> {
        Arc::clone(&self.origins)
    }

    /// The terms that the codes represent, shared.
    pub(crate) fn shared_terms(&self) -> Arc<Terms> {
        Arc::clone(&self.terms)
    }

    /// A view of the columns, for iterating over rows.
    ///
    /// # Errors
    /// If a column does not have the type that [`Frame::new`] gave it; this does not happen.
    pub fn view(&self) -> Result<FrameView<'_>, PolarsError> {
        Ok(FrameView {
            district: self.codes(DISTRICT)?,
            year: self.codes(YEAR)?,
            status: self.codes(STATUS)?,
            flags: self.codes(FLAGS)?,
            value: self.numbers(NUMBERS[0])?,
            numerator: self.numbers(NUMBERS[1])?,
            denominator: self.numbers(NUMBERS[2])?,
        })
    }

    fn codes(&self, name: &str) -> Result<&[u32], PolarsError> {
        self.frame.column(name)?.u32()?.cont_slice()
    }

    fn numbers(&self, name: &str) -> Result<NumberColumn<'_>, PolarsError> {
        match self.frame.column(name) {
            Ok(column) => Ok(NumberColumn { numbers: column.f64()?.cont_slice()? }),
            Err(_) => Ok(NumberColumn::default()),
        }
    }

    /// The frame with the values, numerators and denominators of `rows` withheld, and without the numerators
    /// and denominators of `without_numbers`, which are rows that have no value.
    ///
    /// # Errors
    /// If polars rejects the columns, which it does not for columns of equal length.
    pub(crate) fn withhold(self, rows: &[usize], without_numbers: &[usize]) -> Result<Self, PolarsError> {
        self.clear(rows, without_numbers, Status::Withheld)
    }

    /// The frame without the numbers of `rows`, which get a status, and without those of `without_numbers`.
    pub(super) fn clear(
        mut self,
        rows: &[usize],
        without_numbers: &[usize],
        status: Status,
    ) -> Result<Self, PolarsError> {
        if rows.is_empty() && without_numbers.is_empty() {
            return Ok(self);
        }
        for name in NUMBERS {
            let Ok(column) = self.frame.column(name) else { continue };
            let numbers = column.f64()?.cont_slice()?;
            // A column with nothing to clear stays shared: copying it would cost as much as the whole state.
            if rows.iter().chain(without_numbers).all(|row| numbers[*row].is_nan()) {
                continue;
            }
            let mut numbers = numbers.to_vec();
            for row in rows.iter().chain(without_numbers) {
                numbers[*row] = f64::NAN;
            }
            self.frame.with_column(number_column(name, numbers))?;
        }
        let mut statuses = self.codes(STATUS)?.to_vec();
        for row in rows {
            statuses[*row] = status_code(status);
        }
        self.frame.with_column(code_column(STATUS, statuses))?;
        Ok(self)
    }
}

pub(super) fn code_column(name: &'static str, codes: Vec<u32>) -> Column {
    UInt32Chunked::from_vec(PlSmallStr::from_static(name), codes).into_column()
}

pub(super) fn number_column(name: &'static str, numbers: Vec<f64>) -> Column {
    Float64Chunked::from_vec(PlSmallStr::from_static(name), numbers).into_column()
}
