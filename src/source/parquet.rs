//! Parquet files: typed tables as data offices and statistics programs exchange them.

use std::io::Cursor;

use polars::prelude::{AnyValue, DataFrame};
use polars_io::SerReader;
use polars_io::parquet::read::{ParallelStrategy, ParquetReader};

use super::{Cell, Refusal, Sheet, SheetBuilder, parquet_pages};
use crate::diagnostic::Place;

const CELLS: usize = 20_000_000;

/// Reads a Parquet file as one sheet without a name: the column names are its first row.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, Refusal> {
    let refused = |error: polars::prelude::PolarsError| {
        Refusal::new(format!("it cannot be read as Parquet ({error})"), "save it again, or as .csv")
    };
    parquet_pages::check_footer(bytes).map_err(refused)?;
    // On this thread alone, so that a fault of the library stays within it.
    let mut reader = ParquetReader::new(Cursor::new(bytes)).read_parallel(ParallelStrategy::None);
    let (rows, columns) = (reader.num_rows().map_err(refused)?, reader.schema().map_err(refused)?.len());
    if rows.saturating_mul(columns) > CELLS {
        return Err(Refusal::new(
            format!("it holds {rows} rows of {columns} columns"),
            "keep only the rows and columns that are needed",
        ));
    }
    parquet_pages::check(bytes, &mut reader).map_err(refused)?;
    let frame: DataFrame = reader.finish().map_err(refused)?;
    let mut builder = SheetBuilder::new(Place::file(file), false);
    for (column, name) in frame.get_column_names().into_iter().enumerate() {
        builder.push_cell(0, column as u32, Cell::Text(name));
    }
    for row in 0..frame.height() {
        for (column, values) in frame.columns().iter().enumerate() {
            let value = values.get(row).map_err(refused)?;
            push(&mut builder, (row as u32 + 1, column as u32), &value);
        }
    }
    Ok(vec![builder.finish()])
}

fn push(builder: &mut SheetBuilder, (row, column): (u32, u32), value: &AnyValue<'_>) {
    match value {
        AnyValue::Null => {}
        AnyValue::Boolean(truth) => builder.push_cell(row, column, Cell::Bool(*truth)),
        AnyValue::String(text) => builder.push_cell(row, column, Cell::Text(text)),
        AnyValue::StringOwned(text) => builder.push_cell(row, column, Cell::Text(text)),
        AnyValue::Date(_) | AnyValue::Datetime(..) => {
            let text = value.to_string();
            builder.push_cell(row, column, Cell::Date(text.get(..10).unwrap_or(&text)));
        }
        other => match other.extract::<f64>() {
            Some(number) => builder.push_cell(row, column, Cell::Number(number)),
            None => builder.push_cell(row, column, Cell::Text(&other.to_string())),
        },
    }
}
