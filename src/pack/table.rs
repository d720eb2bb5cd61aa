//! The tables of `data/`, as CSV and as parquet.

use std::borrow::Cow;
use std::error::Error;
use std::io::Write;

use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Float64Chunked, Int64Chunked, StringChunked,
};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter, StatisticsOptions};

use super::csv_text::{neutral, number, start};
use super::out_file::OutFile;
use crate::exhibit::DataTable;
use crate::wording::pack::unknown_column_type;

/// `data/NAME.csv`, and `data/NAME.parquet` if the table asks for it.
pub(super) fn out_files(table: &DataTable) -> Vec<OutFile<'_>> {
    let mut files =
        vec![OutFile::new(format!("data/{}.csv", table.name), |out| write_csv(&table.frame, out))];
    if table.parquet {
        let name = format!("data/{}.parquet", table.name);
        files.push(OutFile::new(name, |out| write_parquet(&table.frame, out)));
    }
    files
}

fn write_csv(frame: &DataFrame, out: &mut dyn Write) -> Result<(), Box<dyn Error + Send + Sync>> {
    let header: Vec<&str> = frame.columns().iter().map(|column| column.name().as_str()).collect();
    let columns = frame.columns().iter().map(CsvColumn::of).collect::<Result<Vec<_>, _>>()?;
    let mut rows = start(out, &header)?;
    for row in 0..frame.height() {
        for column in &columns {
            column.write(row, &mut rows)?;
        }
        rows.write_record(None::<&[u8]>)?;
    }
    rows.flush()?;
    Ok(())
}

/// Zstd, one row group per quarter of a million rows. The frame is made contiguous first: otherwise the file
/// would depend on how a stage chunked the frame in memory.
pub(super) fn write_parquet(
    frame: &DataFrame,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut frame = frame.clone();
    frame.rechunk_mut();
    ParquetWriter::new(out)
        .with_compression(ParquetCompression::Zstd(None))
        .with_statistics(StatisticsOptions::full())
        .with_row_group_size(Some(262_144))
        .finish(&mut frame)?;
    Ok(())
}

/// A column whose cells can be written one by one.
enum CsvColumn {
    Text(StringChunked),
    Whole(Int64Chunked),
    Number(Float64Chunked),
    Flag(BooleanChunked),
}

impl CsvColumn {
    fn of(column: &Column) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let series = column.as_materialized_series().rechunk();
        Ok(match series.dtype() {
            DataType::String => Self::Text(series.str()?.clone()),
            DataType::Boolean => Self::Flag(series.bool()?.clone()),
            DataType::Float32 | DataType::Float64 => {
                Self::Number(series.cast(&DataType::Float64)?.f64()?.clone())
            }
            DataType::Int32 | DataType::Int64 | DataType::UInt32 | DataType::UInt64 => {
                Self::Whole(series.strict_cast(&DataType::Int64)?.i64()?.clone())
            }
            other => return Err(unknown_column_type(column.name(), other).into()),
        })
    }

    fn write<W: Write>(&self, row: usize, rows: &mut csv::Writer<W>) -> csv::Result<()> {
        rows.write_field(self.text(row).as_bytes())
    }

    /// The cell of a row as text; empty if null.
    fn text(&self, row: usize) -> Cow<'_, str> {
        match self {
            Self::Text(cells) => neutral(cells.get(row).unwrap_or("")),
            Self::Whole(cells) => cells.get(row).map_or(String::new(), |value| value.to_string()).into(),
            Self::Number(cells) => cells.get(row).map_or(String::new(), number).into(),
            Self::Flag(cells) => match cells.get(row) {
                Some(true) => "true".into(),
                Some(false) => "false".into(),
                None => "".into(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, DataFrame, PlSmallStr};
    use polars_io::SerReader;
    use polars_io::parquet::read::ParquetReader;

    use super::{write_csv, write_parquet};

    fn frame() -> DataFrame {
        let name = |n: &str| PlSmallStr::from_str(n);
        DataFrame::new(
            3,
            vec![
                Column::new(name("district_name"), [Some("Ash 4"), Some("=cmd|'/c'!A1"), None]),
                Column::new(name("school_year"), [2024i32, 2025, 2025]),
                Column::new(name("value"), [Some(-0.1), None, Some(2144.0)]),
                Column::new(name("derived"), [true, false, true]),
            ],
        )
        .unwrap()
    }

    #[test]
    fn a_table_as_csv() {
        let mut out = Vec::new();
        write_csv(&frame(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text.trim_start_matches('\u{feff}'),
            "district_name,school_year,value,derived\nAsh 4,2024,-0.1,true\n'=cmd|'/c'!A1,2025,,false\n\
             ,2025,2144,true\n"
        );
    }

    #[test]
    fn parquet_reads_back_and_does_not_depend_on_the_frames_chunks() {
        let whole = frame();
        let cut = frame().head(Some(1)).vstack(&frame().slice(1, 2)).unwrap();
        let write = |frame: &DataFrame| {
            let mut out = Vec::new();
            write_parquet(frame, &mut out).unwrap();
            out
        };
        assert_eq!(write(&whole), write(&cut));
        let back = ParquetReader::new(std::io::Cursor::new(write(&whole))).finish().unwrap();
        assert!(back.equals_missing(&whole));
    }
}
