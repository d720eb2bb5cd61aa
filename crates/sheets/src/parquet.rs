//! Parquet files: typed tables, as exchanged by data offices and statistics programs.

use std::io::Cursor;
use std::sync::Arc;

use polars::prelude::{AnyValue, DataFrame, PolarsError, TimeUnit};
use polars_io::SerReader;
use polars_io::parquet::read::{FileMetadata, ParallelStrategy, ParquetReader};

use super::cell::Cell;
use super::collector::{ReadSheets, SheetCollector};
use super::error::ReadError;
use super::limits::MAX_COLUMNS;
use super::parquet_pages;
use super::place::Place;
use super::sheet_builder::SheetBuilder;

/// Rows times columns of a file, including empty cells.
const MAX_CELLS: usize = 200_000_000;
/// How many cells are decompressed at a time.
const CELLS_AT_A_TIME: usize = 4_000_000;
/// The days, counted from 1970, that have a four-digit year.
const CALENDAR_DAYS: std::ops::Range<i64> = -719_162..2_932_897;

/// Reads a Parquet file as one sheet without a name; the column names are its first row. One row group is
/// decompressed at a time.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<ReadSheets, ReadError> {
    let table = ParquetTable::open(bytes)?;
    let mut collector = SheetCollector::holding(bytes.len());
    // The decompressed data may be large even if the file is small.
    collector.reserve(CELLS_AT_A_TIME * size_of::<u128>());
    let mut builder = SheetBuilder::new(Place::file(file), false);
    let rows_at_a_time = (CELLS_AT_A_TIME / table.columns.max(1)).max(1);
    let mut first = 0;
    // A file without rows still has the names of its columns.
    for rows in slice_lengths(&table.group_rows, rows_at_a_time) {
        let frame = table.read_rows(first, rows)?;
        if first == 0 {
            push_names(&mut builder, &frame);
        }
        push_rows(&mut builder, &collector, &frame, first as u32 + 1)?;
        first += rows;
    }
    collector.add(builder)?;
    collector.into_sheets()
}

/// A file whose footer and pages have been checked.
struct ParquetTable<'a> {
    bytes: &'a [u8],
    metadata: Arc<FileMetadata>,
    columns: usize,
    /// The number of rows in each row group.
    group_rows: Vec<usize>,
}

impl<'a> ParquetTable<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        parquet_pages::check_footer(bytes).map_err(parquet_error)?;
        let mut reader = ParquetReader::new(Cursor::new(bytes));
        // Ignores the schema that Arrow adds to Parquet's own. The columns are read as Parquet describes
        // them, because the depth of that schema has been checked.
        let mut metadata = (**reader.get_metadata().map_err(parquet_error)?).clone();
        metadata.key_value_metadata = None;
        let metadata = Arc::new(metadata);
        reader.set_metadata(Arc::clone(&metadata));
        let rows = reader.num_rows().map_err(parquet_error)?;
        let columns = reader.schema().map_err(parquet_error)?.len();
        if columns > MAX_COLUMNS as usize {
            return Err(ReadError::beyond_the_grid());
        }
        if rows.saturating_mul(columns) > MAX_CELLS {
            return Err(ReadError::new(
                format!("it contains {rows} rows of {columns} columns"),
                "keep only the rows and columns that you need",
            ));
        }
        let group_rows = parquet_pages::check_groups(bytes, &mut reader).map_err(parquet_error)?;
        Ok(Self { bytes, metadata, columns, group_rows })
    }

    /// Decompresses rows, beginning with row `first`.
    fn read_rows(&self, first: usize, rows: usize) -> Result<DataFrame, ReadError> {
        // On this thread only, so that a panic in the library stays within it.
        let mut reader = ParquetReader::new(Cursor::new(self.bytes)).read_parallel(ParallelStrategy::None);
        reader.set_metadata(Arc::clone(&self.metadata));
        reader.with_slice(Some((first, rows))).finish().map_err(parquet_error)
    }
}

/// The rows of each group in slices of at most `most`, without empty slices; one empty slice if there are no
/// rows.
fn slice_lengths(group_rows: &[usize], most: usize) -> Vec<usize> {
    let mut lengths = Vec::new();
    for rows in group_rows {
        lengths.extend((0..*rows).step_by(most).map(|start| most.min(rows - start)));
    }
    if lengths.is_empty() {
        lengths.push(0);
    }
    lengths
}

fn push_names(builder: &mut SheetBuilder, frame: &DataFrame) {
    for (column, name) in (0..).zip(frame.get_column_names()) {
        builder.push_cell(0, column, Cell::Text(name));
    }
}

/// Appends all rows of a frame; `first` is the number of its first row.
fn push_rows(
    builder: &mut SheetBuilder,
    collector: &SheetCollector,
    frame: &DataFrame,
    first: u32,
) -> Result<(), ReadError> {
    for (number, row) in (first..).zip(0..frame.height()) {
        for (column, values) in (0..).zip(frame.columns()) {
            let value = values.get(row).map_err(parquet_error)?;
            push_value(builder, number, column, &value);
        }
        collector.check(builder)?;
    }
    Ok(())
}

fn push_value(builder: &mut SheetBuilder, row: u32, column: u32, value: &AnyValue<'_>) {
    match value {
        AnyValue::Null => {}
        AnyValue::Boolean(truth) => builder.push_cell(row, column, Cell::Bool(*truth)),
        AnyValue::Date(days) => {
            builder.push_cell(row, column, Cell::Date(&date_text((*days).into(), value)));
        }
        AnyValue::Datetime(time, unit, _) => {
            let days = time.div_euclid(units_per_day(*unit));
            builder.push_cell(row, column, Cell::Date(&date_text(days, value)));
        }
        _ => match value.get_str() {
            Some(text) => builder.push_cell(row, column, Cell::Text(text)),
            None => push_number(builder, row, column, value),
        },
    }
}

/// Appends a value that is a number, or anything else as text.
fn push_number(builder: &mut SheetBuilder, row: u32, column: u32, value: &AnyValue<'_>) {
    match number(value) {
        // R and pandas write this for a missing number.
        Some(number) if number.is_nan() => {}
        Some(number) => builder.push_cell(row, column, Cell::Number(number)),
        None => builder.push_cell(row, column, Cell::Text(&value.to_string())),
    }
}

/// The value as a number, if it is one.
fn number(value: &AnyValue<'_>) -> Option<f64> {
    match value {
        // As it was written: 93.4, although the nearest double is 93.4000015.
        AnyValue::Float32(number) => number.to_string().parse().ok(),
        _ => value.extract(),
    }
}

/// The day of a date or time, such as `2024-10-01`, or the number of days since 1970 if it is outside the
/// calendar.
fn date_text(days: i64, value: &AnyValue<'_>) -> String {
    if !CALENDAR_DAYS.contains(&days) {
        return format!("{days} days from 1970");
    }
    let text = value.to_string();
    text.get(..10).map(str::to_owned).unwrap_or(text)
}

const fn units_per_day(unit: TimeUnit) -> i64 {
    let per_second = match unit {
        TimeUnit::Nanoseconds => 1_000_000_000,
        TimeUnit::Microseconds => 1_000_000,
        TimeUnit::Milliseconds => 1_000,
    };
    86_400 * per_second
}

fn parquet_error(error: PolarsError) -> ReadError {
    ReadError::new(format!("it cannot be read as Parquet ({error})"), "save it again, or as .csv")
}
