//! `data/state=…/school_year=…/part-….parquet`: the values of all districts, as their packs publish them.
//!
//! Each pack's own table is read back, so nothing that a pack withholds can be here. State and year are in the names of the folders,
//! as Hive, DuckDB, Spark, and Arrow read them; districts of an unknown state have the name that these programs read as no value.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use polars::prelude::{
    ChunkedBuilder, Column, DataFrame, Float64Type, IntoColumn, PlSmallStr, PrimitiveChunkedBuilder,
    StringChunkedBuilder,
};

use super::files::PortfolioFiles;
use super::row::PortfolioRow;
use crate::domain::FileName;
use crate::pack::csv_text::neutral;
use crate::pack::error::PackError;
use crate::pack::out_file::OutFile;
use crate::pack::table::write_parquet;
use crate::wording::portfolio as wording;

/// The table of a pack that has all its values.
pub(super) const TABLE: &str = "data/measures.csv";
/// The columns of the table that are not in the folders' names, with their kind.
const COLUMNS: [(&str, ValueKind); 15] = [
    ("district_id", ValueKind::Text),
    ("district_name", ValueKind::Text),
    ("level", ValueKind::Text),
    ("measure", ValueKind::Text),
    ("group", ValueKind::Text),
    ("grade", ValueKind::Text),
    ("subject", ValueKind::Text),
    ("value", ValueKind::Number),
    ("unit", ValueKind::Text),
    ("n", ValueKind::Number),
    ("value_low", ValueKind::Number),
    ("value_high", ValueKind::Number),
    ("status", ValueKind::Text),
    ("derived", ValueKind::Text),
    ("method", ValueKind::Text),
];
/// The column that is in the folders' names.
const YEAR: &str = "school_year";
/// The state of districts whose state is unknown, as programs that read such folders write it.
const NO_STATE: &str = "__HIVE_DEFAULT_PARTITION__";
/// The most rows of a file, so that the memory for the files that are being filled stays small.
const ROWS: usize = 50_000;

type Failure = Box<dyn Error + Send + Sync>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueKind {
    Text,
    Number,
}

/// The folders that are being filled, by state and year.
#[derive(Default)]
pub(super) struct Partitions {
    filling: BTreeMap<Partition, PartRows>,
}

/// A state and a year, as they are in the folders' names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Partition {
    state: String,
    school_year: String,
}

impl Partitions {
    /// Adds the values of a district from its pack in `folder`, and writes each file that is full to `files`.
    ///
    /// # Errors
    /// If the pack's table cannot be read back, or a file cannot be written.
    pub(super) fn add(
        &mut self,
        row: &PortfolioRow,
        folder: &Path,
        files: &mut PortfolioFiles<'_>,
    ) -> Result<(), PackError> {
        let mut reader = csv::Reader::from_path(folder.join(TABLE)).map_err(|e| unreadable(row, e.into()))?;
        let header = reader.headers().map_err(|e| unreadable(row, e.into()))?.clone();
        let columns = ValueColumns::find(&header).map_err(|e| unreadable(row, e))?;
        let state =
            row.summary.state.as_deref().map_or_else(|| NO_STATE.to_owned(), |s| FileName::of(s).to_string());
        let own = neutral(&row.id);
        for record in reader.records() {
            let record = record.map_err(|e| unreadable(row, e.into()))?;
            if record.get(columns.district) != Some(&*own) {
                continue;
            }
            let school_year = record.get(columns.year).unwrap_or_default().to_owned();
            let at = Partition { state: state.clone(), school_year };
            let part = self.filling.entry(at.clone()).or_default();
            part.push(&columns, &record, row).map_err(|e| unreadable(row, e))?;
            if part.rows == ROWS {
                part.write(&at, files)?;
            }
        }
        Ok(())
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(super) fn finish(mut self, files: &mut PortfolioFiles<'_>) -> Result<(), PackError> {
        for (at, part) in self.filling.iter_mut().filter(|(_, part)| part.rows > 0) {
            part.write(at, files)?;
        }
        Ok(())
    }
}

/// Where the columns are in a pack's table.
struct ValueColumns {
    district: usize,
    year: usize,
    /// In the order of [`COLUMNS`].
    all: Vec<usize>,
}

impl ValueColumns {
    fn find(header: &csv::StringRecord) -> Result<Self, Failure> {
        let all = COLUMNS.iter().map(|(name, _)| position(header, name)).collect::<Result<_, _>>()?;
        Ok(Self { district: position(header, "district_id")?, year: position(header, YEAR)?, all })
    }
}

fn position(header: &csv::StringRecord, name: &str) -> Result<usize, Failure> {
    let place = header.iter().position(|cell| cell.trim_start_matches('\u{feff}') == name);
    place.ok_or_else(|| wording::no_column(name).into())
}

/// The error that the table of a district's pack cannot be read back.
fn unreadable(row: &PortfolioRow, error: Failure) -> PackError {
    let name = format!("{}/{TABLE}", row.folder);
    PackError::File { name, source: wording::table_unreadable(&error).into() }
}

/// The rows of the file that is being filled.
#[derive(Default)]
struct PartRows {
    columns: Vec<PartColumn>,
    rows: usize,
    /// How many files were written before it.
    part: usize,
}

/// A column of it.
enum PartColumn {
    Text(StringChunkedBuilder),
    Number(PrimitiveChunkedBuilder<Float64Type>),
}

impl PartRows {
    fn push(
        &mut self,
        columns: &ValueColumns,
        record: &csv::StringRecord,
        row: &PortfolioRow,
    ) -> Result<(), Failure> {
        if self.columns.is_empty() {
            self.columns = COLUMNS.iter().map(|(name, kind)| PartColumn::new(name, *kind)).collect();
        }
        for ((column, place), (name, _)) in self.columns.iter_mut().zip(&columns.all).zip(&COLUMNS) {
            // A table has an apostrophe before texts that a spreadsheet would run.
            let text = match *name {
                "district_id" => &row.id,
                "district_name" => &row.name,
                _ => record.get(*place).unwrap_or_default(),
            };
            column.push(text)?;
        }
        self.rows += 1;
        Ok(())
    }

    fn write(&mut self, at: &Partition, files: &mut PortfolioFiles<'_>) -> Result<(), PackError> {
        let Partition { state, school_year } = at;
        let name = format!("data/state={state}/{YEAR}={school_year}/part-{:04}.parquet", self.part);
        let columns: Vec<Column> = self.columns.drain(..).map(PartColumn::finish).collect();
        let frame = DataFrame::new_infer_height(columns)
            .map_err(|error| PackError::File { name: name.clone(), source: error.into() })?;
        files.put(&OutFile::new(name, move |out| write_parquet(&frame, out)))?;
        (self.rows, self.part) = (0, self.part + 1);
        Ok(())
    }
}

impl PartColumn {
    fn new(name: &'static str, kind: ValueKind) -> Self {
        let name = PlSmallStr::from_static(name);
        match kind {
            ValueKind::Text => Self::Text(StringChunkedBuilder::new(name, 0)),
            ValueKind::Number => Self::Number(PrimitiveChunkedBuilder::new(name, 0)),
        }
    }

    /// Adds a cell; an empty one has no value.
    fn push(&mut self, text: &str) -> Result<(), Failure> {
        let text = Some(text).filter(|text| !text.is_empty());
        match self {
            Self::Text(column) => column.append_option(text),
            Self::Number(column) => column.append_option(text.map(str::parse).transpose()?),
        }
        Ok(())
    }

    fn finish(self) -> Column {
        match self {
            Self::Text(column) => column.finish().into_column(),
            Self::Number(column) => column.finish().into_column(),
        }
    }
}
