//! The values of the district and its peers, as read and as estimated.

use polars::prelude::{DataFrame, PolarsError};

use super::{Filling, KEY, Value, key_columns, rate_interval, text};
use crate::catalog::Catalog;
use crate::compare::Comparisons;
use crate::disclosure::{Released, Row};
use crate::domain::{KeyCode, Status, Unit};

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

/// Whose value a row is, and when.
const DISTRICT: [&str; 4] = ["district_id", "district_name", "level", "school_year"];

fn district_columns(released: &Released, row: &Row) -> Vec<(&'static str, Value)> {
    let district = &released.terms().districts[row.district as usize];
    let (id, name) = (text(&district.shown_id), text(&district.name));
    DISTRICT.into_iter().zip([id, name, text("district"), Value::Whole(row.year as u32)]).collect()
}

const OBSERVATIONS: [&str; 9] = [
    "value",
    "numerator",
    "denominator",
    "status",
    "source_file",
    "source_sheet",
    "source_cell",
    "masked_from",
    "masked_to",
];

pub(super) fn observations(released: &Released, comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
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
    filling.finish(&[&DISTRICT, &KEY, &OBSERVATIONS])
}

const MEASURES: [&str; 7] = ["value", "unit", "n", "value_low", "value_high", "status", "derived"];

/// Every value of the district and its peers, computed ones too, and the places of those that are masked or withheld.
pub(super) fn measures(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    let is_there = |row: &Row| row.value.is_some() || matches!(row.status, Status::Masked | Status::Withheld);
    for (key, row) in shown_rows(released, comparisons)?.filter(|(_, row)| is_there(row)) {
        let key = released.terms().key(key);
        let unit = catalog.measures.get(&key.measure).map(|m| m.unit);
        let interval =
            row.value.zip(row.n).zip(unit).and_then(|((value, n), unit)| rate_interval(value, n, unit));
        let mut cells = district_columns(released, &row);
        cells.extend(key_columns(&key));
        cells.extend([
            ("value", Value::Number(row.value)),
            ("unit", text(unit.map_or("", Unit::id))),
            ("n", Value::Number(row.n)),
            ("value_low", Value::Number(interval.map(|i| i.0))),
            ("value_high", Value::Number(interval.map(|i| i.1))),
            ("status", text(row.status.id())),
            ("derived", text(if row.derived { "yes" } else { "no" })),
        ]);
        filling.push(cells);
    }
    filling.finish(&[&DISTRICT, &KEY, &MEASURES])
}
