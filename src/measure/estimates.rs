//! The frame of estimates, and how the later stages walk it.

use std::ops::Range;
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, Float64Chunked, IntoColumn, NewChunkedArray, PolarsError};
use polars::prelude::{PlSmallStr, UInt32Chunked};

use crate::diagnostic::Place;
use crate::domain::{KeyCode, MeasureKey, SchoolYear, Status, Terms};

/// A cell in the user's files, in 12 bytes: index of its sheet, row and column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellRef {
    /// Index into the list of sheets.
    pub sheet: u32,
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
}

/// One measure's value for one district, year, group, grade and subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The series it belongs to.
    pub key: KeyCode,
    /// Code of the district.
    pub district: u32,
    /// School year.
    pub year: SchoolYear,
    /// The value; `None` unless `status` is reported.
    pub value: Option<f64>,
    /// Numerator of a rate, where published or computed.
    pub numerator: Option<f64>,
    /// Denominator of a rate: how many people it rests on; `None` where not published.
    pub denominator: Option<f64>,
    /// Whether there is a value, and if not, why.
    pub status: Status,
    /// Whether this program computed it.
    pub derived: bool,
    /// Whether its source had published it as it stands.
    pub public: bool,
    /// The cells it comes from: a range of the frame's list of cells.
    pub cells: Range<u32>,
}

/// The rows of one series key, all districts, sorted by district, then year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRun {
    /// The key.
    pub key: KeyCode,
    /// Its rows.
    pub rows: Range<usize>,
}

/// All estimates, sorted by key, district and year, each combination once.
///
/// A polars frame of eleven columns (`measure, group, grade, subject, district, year, status, flags, value,
/// numerator, denominator`, the first eight as codes) beside the words for the codes and the cells behind
/// each row.
#[derive(Debug, Clone)]
pub struct Estimates {
    frame: DataFrame,
    cell_ends: Vec<u32>,
    cells: Arc<Vec<CellRef>>,
    sheets: Arc<Vec<Place>>,
    terms: Arc<Terms>,
    runs: Vec<KeyRun>,
}

const STATUSES: [Status; 5] =
    [Status::Reported, Status::Masked, Status::Withheld, Status::Missing, Status::NotApplicable];
const DERIVED: u32 = 1;
const PUBLIC: u32 = 2;

impl Estimates {
    /// Sorts `rows` into a frame. `cells` is the list that their `cells` ranges point into.
    ///
    /// # Errors
    /// Where polars refuses the columns; it does not for columns of one length.
    pub fn new(
        mut rows: Vec<Estimate>,
        cells: &[CellRef],
        sheets: Arc<Vec<Place>>,
        terms: Arc<Terms>,
    ) -> Result<Self, PolarsError> {
        rows.sort_by_key(|r| (r.key, r.district, r.year));
        rows.dedup_by_key(|r| (r.key, r.district, r.year));
        let mut kept_cells = Vec::with_capacity(rows.len());
        let mut cell_ends = Vec::with_capacity(rows.len());
        for row in &rows {
            kept_cells.extend_from_slice(&cells[row.cells.start as usize..row.cells.end as usize]);
            cell_ends.push(kept_cells.len() as u32);
        }
        let frame = DataFrame::new(rows.len(), columns(&rows))?;
        let runs = runs(&rows);
        Ok(Self { frame, cell_ends, cells: Arc::new(kept_cells), sheets, terms, runs })
    }

    /// The words for the codes.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The series keys, sorted, each with its rows.
    #[must_use]
    pub fn runs(&self) -> &[KeyRun] {
        &self.runs
    }

    /// The run of a key, or `None` where nothing was published for it.
    #[must_use]
    pub fn run(&self, key: &MeasureKey) -> Option<&KeyRun> {
        let code = self.terms.code(key)?;
        self.runs.binary_search_by(|run| run.key.cmp(&code)).ok().map(|i| &self.runs[i])
    }

    /// How many estimates there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.frame.height()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places of the cells behind row `row`.
    #[must_use]
    pub fn places(&self, row: usize) -> Vec<Place> {
        let from = if row == 0 { 0 } else { self.cell_ends[row - 1] };
        let cells = &self.cells[from as usize..self.cell_ends[row] as usize];
        cells.iter().map(|c| self.sheets[c.sheet as usize].at(c.row, c.column)).collect()
    }

    /// A view of the columns, for walking rows.
    ///
    /// # Errors
    /// Where a column is not of the type that [`Estimates::new`] gave it; it always is.
    pub fn view(&self) -> Result<EstimateView<'_>, PolarsError> {
        let codes = |name: &str| self.frame.column(name)?.u32()?.cont_slice();
        let numbers = |name: &str| self.frame.column(name)?.f64().map(|c| Numbers { column: c });
        Ok(EstimateView {
            district: codes("district")?,
            year: codes("year")?,
            status: codes("status")?,
            flags: codes("flags")?,
            value: numbers("value")?,
            numerator: numbers("numerator")?,
            denominator: numbers("denominator")?,
        })
    }
}

fn columns(rows: &[Estimate]) -> Vec<Column> {
    let codes = |name: &'static str, code: fn(&Estimate) -> u32| {
        UInt32Chunked::from_vec(PlSmallStr::from_static(name), rows.iter().map(code).collect()).into_column()
    };
    let numbers = |name: &'static str, number: fn(&Estimate) -> Option<f64>| {
        Float64Chunked::from_slice_options(
            PlSmallStr::from_static(name),
            &rows.iter().map(number).collect::<Vec<_>>(),
        )
        .into_column()
    };
    vec![
        codes("measure", |r| r.key.measure),
        codes("group", |r| r.key.group),
        codes("grade", |r| r.key.grade),
        codes("subject", |r| r.key.subject),
        codes("district", |r| r.district),
        codes("year", |r| r.year.end() as u32),
        codes("status", |r| STATUSES.iter().position(|s| *s == r.status).unwrap_or(0) as u32),
        codes("flags", |r| u32::from(r.derived) * DERIVED + u32::from(r.public) * PUBLIC),
        numbers("value", |r| r.value),
        numbers("numerator", |r| r.numerator),
        numbers("denominator", |r| r.denominator),
    ]
}

fn runs(rows: &[Estimate]) -> Vec<KeyRun> {
    let mut runs: Vec<KeyRun> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if run.key == row.key => run.rows.end = i + 1,
            _ => runs.push(KeyRun { key: row.key, rows: i..i + 1 }),
        }
    }
    runs
}

/// The columns of an [`Estimates`] frame, borrowed.
#[derive(Debug, Clone, Copy)]
pub struct EstimateView<'a> {
    district: &'a [u32],
    year: &'a [u32],
    status: &'a [u32],
    flags: &'a [u32],
    value: Numbers<'a>,
    numerator: Numbers<'a>,
    denominator: Numbers<'a>,
}

/// A column of numbers, some of them absent.
#[derive(Debug, Clone, Copy)]
struct Numbers<'a> {
    column: &'a Float64Chunked,
}

impl Numbers<'_> {
    fn get(self, row: usize) -> Option<f64> {
        self.column.get(row)
    }
}

/// One row of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Position in the frame, for [`Estimates::places`].
    pub row: usize,
    /// Code of the district.
    pub district: u32,
    /// School year, by its end.
    pub year: i32,
    /// The value; `None` unless reported.
    pub value: Option<f64>,
    /// Numerator of a rate, where known.
    pub numerator: Option<f64>,
    /// How many people the value rests on, where known.
    pub n: Option<f64>,
    /// Whether there is a value, and if not, why.
    pub status: Status,
    /// Whether this program computed it.
    pub derived: bool,
    /// Whether its source had published it as it stands.
    pub public: bool,
}

impl<'a> EstimateView<'a> {
    /// Row `row`.
    #[must_use]
    pub fn row(&self, row: usize) -> Row {
        Row {
            row,
            district: self.district[row],
            year: self.year[row] as i32,
            value: self.value.get(row),
            numerator: self.numerator.get(row),
            n: self.denominator.get(row),
            status: STATUSES[self.status[row] as usize],
            derived: self.flags[row] & DERIVED != 0,
            public: self.flags[row] & PUBLIC != 0,
        }
    }

    /// The rows of a range, in order.
    pub fn rows(self, range: Range<usize>) -> impl Iterator<Item = Row> + 'a {
        range.map(move |row| self.row(row))
    }

    /// The rows of one district within a run, sorted by year.
    #[must_use]
    pub fn of_district(&self, run: &KeyRun, district: u32) -> Range<usize> {
        let districts = &self.district[run.rows.clone()];
        let from = districts.partition_point(|d| *d < district);
        let to = districts.partition_point(|d| *d <= district);
        run.rows.start + from..run.rows.start + to
    }
}
