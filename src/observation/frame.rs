//! The frame that observations, estimates and released values share, and how the later stages walk it.

use std::ops::Range;
use std::sync::Arc;

use polars::prelude::{
    Column, DataFrame, Float64Chunked, IntoColumn, PlSmallStr, PolarsError, UInt32Chunked,
};

use super::origins::{CellRef, Origins};
use crate::catalog::Bounds;
use crate::diagnostic::Place;
use crate::domain::{KeyCode, MeasureKey, SchoolYear, Status, Terms};

/// One row of a frame: one value for one district, year, measure, group, grade and subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
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
    /// The cells it comes from: a range of a list of cells kept beside the rows.
    pub cells: Range<u32>,
}

impl Observed {
    /// What a frame is sorted by.
    #[must_use]
    pub const fn position(&self) -> (KeyCode, u32, SchoolYear) {
        (self.key, self.district, self.year)
    }
}

/// The rows of one series key, all districts, sorted by district, then year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRun {
    /// The key.
    pub key: KeyCode,
    /// Its rows.
    pub rows: Range<usize>,
}

/// Rows sorted by key, district and year, each combination once.
///
/// A polars frame of seven columns (`district, year, status, flags` as codes, `value, numerator, denominator`, NaN
/// where there is none) beside the words for the codes, the runs of rows that share a key, and the cells behind each
/// row. A column of numbers that no row has is not there.
#[derive(Debug, Clone)]
pub struct Frame {
    frame: DataFrame,
    cell_ends: Arc<Vec<u32>>,
    cells: Arc<Vec<CellRef>>,
    origins: Arc<Origins>,
    terms: Arc<Terms>,
    runs: Arc<Vec<KeyRun>>,
}

const STATUSES: [Status; 5] =
    [Status::Reported, Status::Masked, Status::Withheld, Status::Missing, Status::NotApplicable];
const DERIVED: u32 = 1;
const PUBLIC: u32 = 2;

impl Frame {
    /// A frame of `rows`, which must be sorted by [`Observed::position`] without repeats; `cells` is the list
    /// that their `cells` ranges point into.
    ///
    /// # Errors
    /// Where polars refuses the columns; it does not for columns of one length.
    pub fn new(
        rows: impl Iterator<Item = Observed>,
        cells: &[CellRef],
        origins: Arc<Origins>,
        terms: Arc<Terms>,
    ) -> Result<Self, PolarsError> {
        let mut filling = Filling::with_capacity(rows.size_hint().0, cells.len());
        for row in rows {
            let own = row.cells.start as usize..row.cells.end as usize;
            filling.push(&row, cells[own].iter().copied());
        }
        filling.finish(origins, terms)
    }

    /// The frame with the values, numerators and denominators of `rows` withheld, and without those of `unsaid`, rows that
    /// have no value.
    ///
    /// # Errors
    /// Where polars refuses the columns; it does not for columns of one length.
    pub(crate) fn withhold(mut self, rows: &[usize], unsaid: &[usize]) -> Result<Self, PolarsError> {
        if rows.is_empty() && unsaid.is_empty() {
            return Ok(self);
        }
        for name in NUMBERS {
            let Ok(column) = self.frame.column(name) else { continue };
            let mut numbers = column.f64()?.cont_slice()?.to_vec();
            rows.iter().chain(unsaid).for_each(|row| numbers[*row] = f64::NAN);
            self.frame.with_column(number_column(name, numbers))?;
        }
        let mut statuses = self.frame.column(STATUS)?.u32()?.cont_slice()?.to_vec();
        rows.iter().for_each(|row| statuses[*row] = status_code(Status::Withheld));
        self.frame.with_column(code_column(STATUS, statuses))?;
        Ok(self)
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

    /// How many rows there are.
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
        let Range { start, end } = self.cell_range(row);
        self.cells[start as usize..end as usize].iter().map(|cell| self.origins.place(*cell)).collect()
    }

    /// The row at a key, district and year, if there is one.
    pub(crate) fn find(&self, view: &FrameView<'_>, position: (KeyCode, u32, SchoolYear)) -> Option<Row> {
        let (key, district, year) = position;
        let run = &self.runs[self.runs.binary_search_by(|run| run.key.cmp(&key)).ok()?];
        let rows = view.of_district(run, district);
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

    /// Between which values the masked value of row `row` lies, where its mark says so.
    #[must_use]
    pub fn bounds(&self, row: usize) -> Option<Bounds> {
        let Range { start, end } = self.cell_range(row);
        let one = (end == start + 1).then(|| self.cells[start as usize])?;
        self.origins.bounds(one)
    }

    /// Where the values come from, shared.
    pub(crate) fn origins(&self) -> Arc<Origins> {
        Arc::clone(&self.origins)
    }

    /// The words for the codes, shared.
    pub(crate) fn shared_terms(&self) -> Arc<Terms> {
        Arc::clone(&self.terms)
    }

    /// A view of the columns, for walking rows.
    ///
    /// # Errors
    /// Where a column is not of the type that [`Frame::new`] gave it; it always is.
    pub fn view(&self) -> Result<FrameView<'_>, PolarsError> {
        let codes = |name: &str| self.frame.column(name)?.u32()?.cont_slice();
        let numbers = |name: &str| match self.frame.column(name) {
            Ok(column) => column.f64()?.cont_slice().map(|slice| Numbers { slice }),
            Err(_) => Ok(Numbers::default()),
        };
        Ok(FrameView {
            district: codes(DISTRICT)?,
            year: codes(YEAR)?,
            status: codes(STATUS)?,
            flags: codes(FLAGS)?,
            value: numbers(NUMBERS[0])?,
            numerator: numbers(NUMBERS[1])?,
            denominator: numbers(NUMBERS[2])?,
        })
    }
}

const DISTRICT: &str = "district";
const YEAR: &str = "year";
const STATUS: &str = "status";
const FLAGS: &str = "flags";
const NUMBERS: [&str; 3] = ["value", "numerator", "denominator"];

fn status_code(status: Status) -> u32 {
    STATUSES.iter().position(|s| *s == status).unwrap_or(0) as u32
}

fn code_column(name: &'static str, codes: Vec<u32>) -> Column {
    UInt32Chunked::from_vec(PlSmallStr::from_static(name), codes).into_column()
}

fn number_column(name: &'static str, numbers: Vec<f64>) -> Column {
    Float64Chunked::from_vec(PlSmallStr::from_static(name), numbers).into_column()
}

/// A frame while it is filled, row by row in its order.
#[derive(Default)]
pub(crate) struct Filling {
    codes: [Vec<u32>; 4],
    /// Empty up to the first row that has a number.
    numbers: [Vec<f64>; 3],
    cell_ends: Vec<u32>,
    cells: Vec<CellRef>,
    runs: Vec<KeyRun>,
}

impl Filling {
    /// Room for so many rows that come from so many cells.
    pub(crate) fn with_capacity(rows: usize, cells: usize) -> Self {
        Self {
            codes: std::array::from_fn(|_| Vec::with_capacity(rows)),
            cell_ends: Vec::with_capacity(rows),
            cells: Vec::with_capacity(cells),
            ..Self::default()
        }
    }

    /// The codes of the rows' districts. What they are changed to must keep their order.
    pub(super) fn districts_mut(&mut self) -> &mut [u32] {
        &mut self.codes[0]
    }

    /// Adds a row, whose `cells` are given beside it (its own range is not looked at).
    pub(crate) fn push(&mut self, row: &Observed, cells: impl Iterator<Item = CellRef>) {
        let i = self.cell_ends.len();
        self.cells.extend(cells);
        self.cell_ends.push(self.cells.len() as u32);
        match self.runs.last_mut() {
            Some(run) if run.key == row.key => run.rows.end = i + 1,
            _ => self.runs.push(KeyRun { key: row.key, rows: i..i + 1 }),
        }
        let flags = u32::from(row.derived) * DERIVED + u32::from(row.public) * PUBLIC;
        let codes = [row.district, row.year.end() as u32, status_code(row.status), flags];
        self.codes.iter_mut().zip(codes).for_each(|(column, code)| column.push(code));
        let capacity = self.cell_ends.capacity();
        for (column, number) in self.numbers.iter_mut().zip([row.value, row.numerator, row.denominator]) {
            match number {
                Some(number) => {
                    if column.is_empty() {
                        column.reserve_exact(capacity);
                    }
                    column.resize(i, f64::NAN);
                    column.push(number);
                }
                None if column.is_empty() => {}
                None => column.push(f64::NAN),
            }
        }
    }

    /// # Errors
    /// Where polars refuses the columns; it does not for columns of one length.
    pub(crate) fn finish(self, origins: Arc<Origins>, terms: Arc<Terms>) -> Result<Frame, PolarsError> {
        let Self { codes, numbers, cell_ends, cells, runs } = self;
        let codes = [DISTRICT, YEAR, STATUS, FLAGS].into_iter().zip(codes).map(|(n, c)| code_column(n, c));
        let numbers = NUMBERS.into_iter().zip(numbers).filter(|(_, c)| !c.is_empty());
        let columns = codes.chain(numbers.map(|(n, c)| number_column(n, c))).collect();
        Ok(Frame {
            frame: DataFrame::new_infer_height(columns)?,
            cell_ends: Arc::new(cell_ends),
            cells: Arc::new(cells),
            origins,
            terms,
            runs: Arc::new(runs),
        })
    }
}

/// The columns of an [`Frame`], borrowed.
#[derive(Debug, Clone, Copy)]
pub struct FrameView<'a> {
    district: &'a [u32],
    year: &'a [u32],
    status: &'a [u32],
    flags: &'a [u32],
    value: Numbers<'a>,
    numerator: Numbers<'a>,
    denominator: Numbers<'a>,
}

/// A column of numbers, some of them absent; empty where all are.
#[derive(Debug, Clone, Copy, Default)]
struct Numbers<'a> {
    slice: &'a [f64],
}

impl Numbers<'_> {
    fn get(self, row: usize) -> Option<f64> {
        self.slice.get(row).copied().filter(|n| !n.is_nan())
    }
}

/// One row of a series, as the later stages see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Position in the frame, for [`Frame::places`].
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

impl<'a> FrameView<'a> {
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
