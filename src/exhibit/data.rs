//! The tables of `data/`: every number behind the pack, with its cell.
//!
//! They hold the chosen district and its peers, which are all that a chart shows by name; what the state is
//! compared by stands in `comparisons`.

use polars::prelude::{Column, DataFrame, IntoColumn, NewChunkedArray, PolarsError};
use polars::prelude::{Float64Chunked, PlSmallStr, StringChunked, UInt32Chunked};

use super::DataTable;
use crate::catalog::Catalog;
use crate::compare::{Comparison, Comparisons, Peer, PeerGroup};
use crate::disclosure::{Released, Row};
use crate::domain::{KeyCode, MeasureKey};

/// Builds the five tables.
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
        table("observations", observations(released, comparisons)?, true),
        table("measures", measures(released, comparisons, catalog)?, false),
        table("comparisons", standings(comparisons)?, false),
        table("trends", trends(comparisons)?, false),
        table("peers", peers(comparisons)?, false),
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

    fn finish(self) -> Result<DataFrame, PolarsError> {
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

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn key_columns(key: &MeasureKey) -> Vec<(&'static str, Value)> {
    vec![
        ("measure", text(&key.measure)),
        ("group", text(&key.group)),
        ("grade", text(key.grade.id())),
        ("subject", text(&key.subject)),
    ]
}

/// The rows of the district and its peers, in the frame's order.
fn shown_rows<'a>(
    released: &'a Released,
    comparisons: &Comparisons,
) -> Result<impl Iterator<Item = (KeyCode, Row)> + use<'a>, PolarsError> {
    let view = released.view()?;
    let mut shown: Vec<u32> = comparisons.peers.peers.iter().map(|p| p.code).collect();
    shown.extend(released.terms().district(&comparisons.district.id));
    shown.sort_unstable();
    Ok(released.runs().iter().flat_map(move |run| {
        let rows = shown.iter().flat_map(move |d| view.rows(view.of_district(run, *d))).collect::<Vec<_>>();
        rows.into_iter().map(move |row| (run.key, row))
    }))
}

fn district_columns(released: &Released, row: &Row) -> Vec<(&'static str, Value)> {
    let district = &released.terms().districts[row.district as usize];
    vec![
        ("district_id", text(&district.shown_id)),
        ("district_name", text(&district.name)),
        ("level", text("district")),
        ("school_year", Value::Whole(row.year as u32)),
    ]
}

fn observations(released: &Released, comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (key, row) in shown_rows(released, comparisons)?.filter(|(_, row)| !row.derived) {
        let place = released.places(row.row).into_iter().next().unwrap_or_default();
        let bounds = released.bounds(row.row).unwrap_or_default();
        let mut cells = district_columns(released, &row);
        cells.extend(key_columns(&released.terms().key(key)));
        cells.extend([
            ("value", Value::Number(row.value)),
            ("numerator", Value::Number(row.numerator)),
            ("denominator", Value::Number(row.n)),
            ("status", text(row.status.id())),
            ("source_file", text(place.file)),
            ("source_sheet", place.sheet.map_or(Value::NoText, Value::Text)),
            ("source_cell", place.cell.map_or(Value::NoText, Value::Text)),
            ("masked_from", Value::Number(bounds.low)),
            ("masked_to", Value::Number(bounds.high)),
        ]);
        filling.push(cells);
    }
    filling.finish()
}

fn measures(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (key, row) in shown_rows(released, comparisons)?.filter(|(_, row)| row.value.is_some()) {
        let key = released.terms().key(key);
        let unit = catalog.measures.get(&key.measure).map_or("", |m| m.unit.id());
        let mut cells = district_columns(released, &row);
        cells.extend(key_columns(&key));
        cells.extend([
            ("value", Value::Number(row.value)),
            ("unit", text(unit)),
            ("n", Value::Number(row.n)),
            ("derived", text(if row.derived { "yes" } else { "no" })),
        ]);
        filling.push(cells);
    }
    filling.finish()
}

fn standings(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    let reported = |c: &Comparison, year| c.reported().find(|(y, _)| *y == year).map(|(_, value)| value);
    for (comparison, standing) in comparisons.all.iter().flat_map(|c| c.standings.iter().map(move |s| (c, s)))
    {
        let mut cells = key_columns(&comparison.key);
        cells.extend([
            ("school_year", Value::Whole(standing.year.end() as u32)),
            ("value", Value::Number(reported(comparison, standing.year))),
            ("peer_n", Value::Whole(standing.peer_n as u32)),
            ("peer_median", Value::Number(standing.peer_median)),
            ("peer_p25", Value::Number(standing.peer_p25)),
            ("peer_p75", Value::Number(standing.peer_p75)),
            ("peer_percentile", Value::Number(standing.peer_percentile)),
            ("state_n", Value::Whole(standing.state_n as u32)),
            ("state_median", Value::Number(standing.state_median)),
            ("state_percentile", Value::Number(standing.state_percentile)),
        ]);
        let around =
            comparison.around.filter(|_| comparison.latest().is_some_and(|p| p.year == standing.year));
        cells.extend([
            ("around_n", around.map_or(Value::Number(None), |a| Value::Number(Some(a.0 as f64)))),
            ("around_median", Value::Number(around.map(|a| a.1))),
        ]);
        filling.push(cells);
    }
    filling.finish()
}

fn trends(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (comparison, trend) in comparisons.all.iter().filter_map(|c| Some((c, c.trend.as_ref()?))) {
        let mut cells = key_columns(&comparison.key);
        cells.extend([
            ("first_year", Value::Whole(trend.first_year.end() as u32)),
            ("last_year", Value::Whole(trend.last_year.end() as u32)),
            ("n_years", Value::Whole(trend.n_years as u32)),
            ("slope", Value::Number(Some(trend.slope))),
            ("slope_low", Value::Number(Some(trend.slope_low))),
            ("slope_high", Value::Number(Some(trend.slope_high))),
            ("p_value", Value::Number(trend.p)),
            ("direction", text(trend.direction.id())),
            ("change_1y", Value::Number(trend.change_one_year)),
            ("change_all", Value::Number(Some(trend.change_all))),
        ]);
        filling.push(cells);
    }
    filling.finish()
}

/// The peers, and after them the districts around, where the project asks for these.
fn peers(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let groups = [("peers", Some(&comparisons.peers)), ("around", comparisons.around.as_ref())];
    let listed: Vec<(&str, usize, &PeerGroup, &Peer)> = groups
        .into_iter()
        .filter_map(|(set, group)| Some((set, group?)))
        .flat_map(|(set, group)| group.peers.iter().enumerate().map(move |(i, p)| (set, i, group, p)))
        .collect();
    let name = |name: &str| PlSmallStr::from_string(name.replace('-', "_"));
    let words =
        |word: fn(&(&str, usize, &PeerGroup, &Peer)) -> String| listed.iter().map(word).collect::<Vec<_>>();
    let ranks: Vec<u32> = listed.iter().map(|(_, i, ..)| *i as u32 + 1).collect();
    let likeness = |(_, i, group, _): &(&str, usize, &PeerGroup, &Peer)| {
        group.alike.as_ref().and_then(|a| a.peers.get(*i)).map(|l| l.id())
    };
    let likeness: Vec<Option<&str>> = listed.iter().map(likeness).collect();
    let distances: Vec<f64> = listed.iter().map(|(.., p)| p.distance).collect();
    let mut columns = vec![
        StringChunked::from_slice(name("set"), &words(|l| l.0.to_owned())).into_column(),
        UInt32Chunked::from_vec(name("rank"), ranks).into_column(),
        StringChunked::from_slice(name("district_id"), &words(|l| l.3.district.shown_id.clone()))
            .into_column(),
        StringChunked::from_slice(name("district_name"), &words(|l| l.3.district.name.clone())).into_column(),
        Float64Chunked::from_vec(name("distance"), distances).into_column(),
        StringChunked::from_slice_options(name("likeness"), &likeness).into_column(),
    ];
    for (i, variable) in comparisons.peers.variables.iter().enumerate() {
        let values = listed.iter().map(|(.., p)| p.values.get(i).copied()).collect::<Vec<_>>();
        columns.push(Float64Chunked::from_slice_options(name(&variable.name), &values).into_column());
    }
    DataFrame::new_infer_height(columns)
}
