//! Parquet files: typed tables as data offices and statistics programs exchange them.

use std::io::Cursor;
use std::sync::Arc;

use polars::prelude::{AnyValue, PolarsError, TimeUnit};
use polars_io::SerReader;
use polars_io::parquet::read::{ParallelStrategy, ParquetReader};

use super::place::Place;
use super::room::{COLUMNS, Room, Sheets, beyond_the_grid};
use super::{Cell, Refusal, SheetBuilder, parquet_pages};

/// Rows times columns, empty cells too.
const CELLS: usize = 200_000_000;
/// So many cells are unpacked at a time.
const CELLS_AT_A_TIME: usize = 4_000_000;
/// Days from 1970 that have a year of four digits.
const DAYS: std::ops::Range<i64> = -719_162..2_932_897;

/// Reads a Parquet file as one sheet without a name: the column names are its first row. One group of rows is unpacked
/// at a time.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Sheets, Refusal> {
    let refused = |error: PolarsError| {
        Refusal::new(format!("it cannot be read as Parquet ({error})"), "save it again, or as .csv")
    };
    parquet_pages::check_footer(bytes).map_err(refused)?;
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    // Without the schema that Arrow writes beside Parquet's own: the columns are read as Parquet describes them, whose
    // depth is known by now.
    let mut metadata = (**reader.get_metadata().map_err(refused)?).clone();
    metadata.key_value_metadata = None;
    let metadata = Arc::new(metadata);
    reader.set_metadata(Arc::clone(&metadata));
    let (rows, columns) = (reader.num_rows().map_err(refused)?, reader.schema().map_err(refused)?.len());
    if columns > COLUMNS as usize {
        return Err(beyond_the_grid());
    }
    if rows.saturating_mul(columns) > CELLS {
        return Err(Refusal::new(
            format!("it holds {rows} rows of {columns} columns"),
            "keep only the rows and columns that are needed",
        ));
    }
    let groups = parquet_pages::check(bytes, &mut reader).map_err(refused)?;
    let (mut builder, mut room, mut first) =
        (SheetBuilder::new(Place::file(file), false), Room::beside(bytes.len()), 0);
    // What is unpacked of it may be much however small it is.
    room.reserve(CELLS_AT_A_TIME * size_of::<u128>());
    // A file without rows still has the names of its columns.
    let at_a_time = (CELLS_AT_A_TIME / columns.max(1)).max(1);
    let slices = groups.into_iter().flat_map(|rows| slices(rows, at_a_time));
    for (i, rows) in slices.chain([0]).enumerate().filter(|(i, rows)| *i == 0 || *rows > 0) {
        // On this thread alone, so that a fault of the library stays within it.
        let mut reader = ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None);
        reader.set_metadata(Arc::clone(&metadata));
        let frame = reader.with_slice(Some((first, rows))).finish().map_err(refused)?;
        if i == 0 {
            for (column, name) in frame.get_column_names().into_iter().enumerate() {
                builder.push_cell(0, column as u32, Cell::Text(name));
            }
        }
        for row in 0..frame.height() {
            for (column, values) in frame.columns().iter().enumerate() {
                let value = values.get(row).map_err(refused)?;
                push(&mut builder, ((first + row) as u32 + 1, column as u32), &value);
            }
            room.check(&builder)?;
        }
        first += rows;
    }
    room.finish(builder)?;
    room.into_sheets()
}

/// So many rows in slices of `most`.
fn slices(rows: usize, most: usize) -> impl Iterator<Item = usize> {
    (0..rows).step_by(most).map(move |start| most.min(rows - start))
}

fn push(builder: &mut SheetBuilder, (row, column): (u32, u32), value: &AnyValue<'_>) {
    let cell = |number: Option<f64>, builder: &mut SheetBuilder| match number {
        // What R and pandas write for a missing number.
        Some(number) if number.is_nan() => {}
        Some(number) => builder.push_cell(row, column, Cell::Number(number)),
        None => builder.push_cell(row, column, Cell::Text(&value.to_string())),
    };
    let date = |days: i64, builder: &mut SheetBuilder| {
        let is_known = DAYS.contains(&days);
        let text = if is_known { value.to_string() } else { format!("{days} days from 1970") };
        builder.push_cell(row, column, Cell::Date(text.get(..10).filter(|_| is_known).unwrap_or(&text)));
    };
    match value {
        AnyValue::Null => {}
        AnyValue::Boolean(truth) => builder.push_cell(row, column, Cell::Bool(*truth)),
        AnyValue::Date(days) => date((*days).into(), builder),
        AnyValue::Datetime(time, unit, _) => date(time.div_euclid(a_day(*unit)), builder),
        // As it was written: 93.4, where the nearest number of twice the length is 93.4000015.
        AnyValue::Float32(number) => cell(number.to_string().parse().ok(), builder),
        _ => match value.get_str() {
            Some(text) => builder.push_cell(row, column, Cell::Text(text)),
            None => cell(value.extract::<f64>(), builder),
        },
    }
}

const fn a_day(unit: TimeUnit) -> i64 {
    let second = match unit {
        TimeUnit::Nanoseconds => 1_000_000_000,
        TimeUnit::Microseconds => 1_000_000,
        TimeUnit::Milliseconds => 1_000,
    };
    86_400 * second
}
