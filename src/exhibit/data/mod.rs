//! The tables of `data/`: every number behind the pack, with its cell.
//!
//! They hold the chosen district and its peers, which are all that a chart shows by name; what the state is
//! compared by stands in `comparisons`. Each says of every row which years it is of (`school_year`, or the first and the last),
//! how many people (`n`, `denominator`), years or districts it rests on, how it is made (`method`), and what is hidden: by its
//! publisher (masked) or here (withheld).

use polars::prelude::{Column, DataFrame, IntoColumn, NewChunkedArray, PolarsError};
use polars::prelude::{Float64Chunked, PlSmallStr, StringChunked, UInt32Chunked};

mod gaps;
mod peers;
mod projections;
mod standings;
mod trends;
mod values;

use super::DataTable;
use crate::catalog::Catalog;
use crate::compare::{Comparisons, Point, wilson};
use crate::disclosure::Released;
use crate::domain::{MeasureKey, SchoolYear, Status, Unit};

/// Builds the tables.
///
/// # Errors
/// Where polars refuses the columns; it does not for columns of one length.
pub fn tables(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<Vec<DataTable>, PolarsError> {
    let table = |name, frame, parquet| DataTable { name, frame, parquet };
    Ok(vec![
        table("observations", values::observations(released, comparisons, catalog)?, true),
        table("measures", values::measures(released, comparisons, catalog)?, false),
        table("comparisons", standings::standings(released, comparisons, catalog)?, false),
        table("trends", trends::trends(comparisons, catalog)?, false),
        table("gaps", gaps::gaps(comparisons)?, false),
        table("projections", projections::projections(comparisons)?, false),
        table("peers", peers::peers(comparisons)?, false),
    ])
}

/// Columns being filled, by name, in order.
#[derive(Default)]
struct Filling {
    columns: Vec<(&'static str, Values)>,
}

enum Values {
    Text(Vec<Option<String>>),
    Whole(Vec<Option<u32>>),
    Number(Vec<Option<f64>>),
}

/// One cell of a row.
enum Value {
    Text(String),
    NoText,
    Whole(u32),
    Number(Option<f64>),
}

impl Filling {
    /// Adds a row; every row must have the same names in the same order, each with the same kind of value.
    fn push(&mut self, row: Vec<(&'static str, Value)>) {
        if self.columns.is_empty() {
            let empty = |value: &Value| match value {
                Value::Text(_) | Value::NoText => Values::Text(Vec::new()),
                Value::Whole(_) => Values::Whole(Vec::new()),
                Value::Number(_) => Values::Number(Vec::new()),
            };
            self.columns = row.iter().map(|(name, value)| (*name, empty(value))).collect();
        }
        for ((_, column), (_, value)) in self.columns.iter_mut().zip(row) {
            match (column, value) {
                (Values::Text(column), Value::Text(text)) => column.push(Some(text)),
                (Values::Text(column), _) => column.push(None),
                (Values::Whole(column), Value::Whole(n)) => column.push(Some(n)),
                (Values::Whole(column), _) => column.push(None),
                (Values::Number(column), Value::Number(n)) => column.push(n),
                (Values::Number(column), _) => column.push(None),
            }
        }
    }

    /// The table, whose columns are called `names`; one without rows has its header at least.
    ///
    /// # Errors
    /// Where its rows were filled with other columns.
    fn finish(mut self, names: &[&[&'static str]]) -> Result<DataFrame, PolarsError> {
        let names = names.concat();
        if self.columns.is_empty() {
            self.columns = names.iter().map(|name| (*name, Values::Text(Vec::new()))).collect();
        }
        if !self.columns.iter().map(|(name, _)| name).eq(&names) {
            let message = format!("a table was filled with other columns than {}", names.join(", "));
            return Err(PolarsError::SchemaMismatch(message.into()));
        }
        let column = |(name, values): (&'static str, Values)| -> Column {
            let name = PlSmallStr::from_static(name);
            match values {
                Values::Text(values) => {
                    StringChunked::from_iter_options(name, values.into_iter()).into_column()
                }
                Values::Whole(values) => UInt32Chunked::from_slice_options(name, &values).into_column(),
                Values::Number(values) => Float64Chunked::from_slice_options(name, &values).into_column(),
            }
        };
        DataFrame::new_infer_height(self.columns.into_iter().map(column).collect())
    }
}

/// What every row is about.
const KEY: [&str; 4] = ["measure", "group", "grade", "subject"];

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn key_columns(key: &MeasureKey) -> Vec<(&'static str, Value)> {
    let texts = [text(&key.measure), text(&key.group), text(key.grade.id()), text(&key.subject)];
    KEY.into_iter().zip(texts).collect()
}

/// The 95 % interval (Wilson) of a rate of known n, in percent.
fn rate_interval(value: f64, n: f64, unit: Unit) -> Option<(f64, f64)> {
    let (low, high) = wilson(value / 100.0, n).filter(|_| unit == Unit::Percent)?;
    Some((100.0 * low, 100.0 * high))
}

/// How many of the points are masked by their publisher, and withheld here.
fn hidden<'a>(points: impl Iterator<Item = &'a Point> + Clone) -> (usize, usize) {
    let count = |status: Status| points.clone().filter(|p| p.status == status).count();
    (count(Status::Masked), count(Status::Withheld))
}

fn year(year: SchoolYear) -> Value {
    Value::Whole(year.end() as u32)
}

fn number(value: Option<f64>) -> Value {
    Value::Number(value)
}

fn whole(value: usize) -> Value {
    Value::Whole(value as u32)
}
