//! The columns of a data table: each is defined once, by its name and how its value is read from a row.

use polars::prelude::{Column, DataFrame, IntoColumn, NewChunkedArray, PolarsError};
use polars::prelude::{Float64Chunked, PlSmallStr, StringChunked, UInt32Chunked};

use crate::domain::{MeasureKey, SchoolYear};

/// A column of a data table whose rows are of type `R`.
pub(super) struct DataColumn<R> {
    name: &'static str,
    value: ColumnValue<R>,
}

/// How a column reads its value from a row; `None` is written as null.
enum ColumnValue<R> {
    Text(fn(&R) -> Option<String>),
    Word(fn(&R) -> Option<&str>),
    Year(fn(&R) -> Option<SchoolYear>),
    Count(fn(&R) -> Option<usize>),
    Number(fn(&R) -> Option<f64>),
}

impl<R> DataColumn<R> {
    /// A column of text.
    pub(super) const fn text(name: &'static str, value: fn(&R) -> Option<String>) -> Self {
        Self { name, value: ColumnValue::Text(value) }
    }

    /// A column of texts that the rows hold already.
    pub(super) const fn word(name: &'static str, value: fn(&R) -> Option<&str>) -> Self {
        Self { name, value: ColumnValue::Word(value) }
    }

    /// A column of school years, as whole numbers: the year in which each ends.
    pub(super) const fn year(name: &'static str, value: fn(&R) -> Option<SchoolYear>) -> Self {
        Self { name, value: ColumnValue::Year(value) }
    }

    /// A column of whole numbers.
    pub(super) const fn count(name: &'static str, value: fn(&R) -> Option<usize>) -> Self {
        Self { name, value: ColumnValue::Count(value) }
    }

    /// A column of floating-point numbers.
    pub(super) const fn number(name: &'static str, value: fn(&R) -> Option<f64>) -> Self {
        Self { name, value: ColumnValue::Number(value) }
    }

    /// The polars column with one value for each of `rows`.
    pub(super) fn fill(&self, rows: &[R]) -> Column {
        let name = PlSmallStr::from_static(self.name);
        match self.value {
            ColumnValue::Text(value) => {
                StringChunked::from_iter_options(name, rows.iter().map(value)).into_column()
            }
            ColumnValue::Word(value) => {
                StringChunked::from_iter_options(name, rows.iter().map(value)).into_column()
            }
            ColumnValue::Year(value) => whole_numbers(name, rows.iter().map(value).map(year_number)),
            ColumnValue::Count(value) => whole_numbers(name, rows.iter().map(value).map(count_number)),
            ColumnValue::Number(value) => {
                Float64Chunked::from_iter_options(name, rows.iter().map(value)).into_column()
            }
        }
    }

    /// An empty column, for a table without rows.
    fn header(&self) -> Column {
        let name = PlSmallStr::from_static(self.name);
        StringChunked::from_iter_options(name, std::iter::empty::<Option<String>>()).into_column()
    }
}

fn whole_numbers(name: PlSmallStr, values: impl Iterator<Item = Option<u32>>) -> Column {
    UInt32Chunked::from_slice_options(name, &values.collect::<Vec<_>>()).into_column()
}

fn year_number(year: Option<SchoolYear>) -> Option<u32> {
    Some(year?.end() as u32)
}

fn count_number(count: Option<usize>) -> Option<u32> {
    Some(count? as u32)
}

/// The table of these rows, with the columns of all `groups` in order. Without rows, it has only a header.
///
/// # Errors
/// If polars rejects the columns, which it does not if they have equal lengths.
pub(super) fn data_frame<R>(rows: &[R], groups: &[&[DataColumn<R>]]) -> Result<DataFrame, PolarsError> {
    let columns = groups.iter().copied().flatten();
    let filled = if rows.is_empty() {
        columns.map(DataColumn::header).collect()
    } else {
        columns.map(|column| column.fill(rows)).collect()
    };
    DataFrame::new_infer_height(filled)
}

/// A row that is about one series.
pub(super) trait SeriesRow {
    /// The measure, group, grade and subject of the series.
    fn key(&self) -> &MeasureKey;
}

impl<R: SeriesRow> DataColumn<R> {
    /// The columns that say which series a row is about.
    pub(super) const KEY: [Self; 4] = [
        Self::word("measure", |row| Some(&row.key().measure)),
        Self::word("group", |row| Some(&row.key().group)),
        Self::word("grade", |row| Some(row.key().grade.id())),
        Self::word("subject", |row| Some(&row.key().subject)),
    ];
}

/// A flag as text: `yes` or `no`.
pub(super) fn yes_no(flag: bool) -> String {
    yes_or_no(flag).to_owned()
}

/// The same, without a copy.
pub(super) const fn yes_or_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}
