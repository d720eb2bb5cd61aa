//! The values of the district and its peers, as read and as estimated.

use polars::prelude::{DataFrame, PolarsError};

use super::{Filling, KEY, Value, key_columns, rate_interval, text};
use crate::catalog::{Catalog, Measure};
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

const OBSERVATIONS: [&str; 10] = [
    "value",
    "numerator",
    "denominator",
    "status",
    "source_file",
    "source_sheet",
    "source_cell",
    "masked_from",
    "masked_to",
    "method",
];

pub(super) fn observations(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (key, row) in shown_rows(released, comparisons)?.filter(|(_, row)| !row.derived) {
        let places = released.places(row.row);
        let key = released.terms().key(key);
        let method = as_read(catalog.measures.get(&key.measure), places.len());
        let place = places.into_iter().next().unwrap_or_default();
        // The bounds of a mask are only shown where the mask is.
        let is_masked = row.status == Status::Masked;
        let bounds = released.bounds(row.row).filter(|_| is_masked).unwrap_or_default();
        let mut cells = district_columns(released, &row);
        cells.extend(key_columns(&key));
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
            ("method", text(method)),
        ]);
        filling.push(cells);
    }
    filling.finish(&[&DISTRICT, &KEY, &OBSERVATIONS])
}

const MEASURES: [&str; 8] = ["value", "unit", "n", "value_low", "value_high", "status", "derived", "method"];

/// How a value that was read came of its cells.
fn as_read(measure: Option<&Measure>, cells: usize) -> String {
    match (cells, measure.is_none_or(Measure::adds_up)) {
        (0 | 1, _) => "as published".to_owned(),
        (_, true) => format!("sum of {cells} cells"),
        (_, false) => format!("{cells} cells, by what each rests on"),
    }
}

/// How a value was computed from others.
fn as_computed(measure: Option<&Measure>) -> String {
    if let Some(scored) = measure.map(|m| &m.scored).filter(|scored| !scored.is_empty()) {
        let parts: Vec<String> =
            scored.iter().map(|s| format!("{} * points of {}", s.weight, s.measure)).collect();
        return parts.join(" + ");
    }
    let Some(derive) = measure.and_then(|m| m.derive.as_ref()) else {
        return "numerator / denominator".to_owned();
    };
    let minus: String = derive.minus.iter().map(|id| format!(" - {id}")).collect();
    let over = format!("{}{minus}", derive.numerator.join(" + "));
    if derive.denominator.is_empty() {
        return over;
    }
    let per = if derive.per == 1.0 { String::new() } else { format!("{} * ", derive.per) };
    let whole = if derive.denominator_is_whole { " of all students" } else { "" };
    format!("{per}({over}) / ({}{whole})", derive.denominator.join(" + "))
}

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
        let measure = catalog.measures.get(&key.measure);
        let unit = measure.map(|m| m.unit);
        let made = match row.derived {
            true => as_computed(measure),
            false => as_read(measure, released.places(row.row).len()),
        };
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
            ("method", text(interval.map_or(made.clone(), |_| format!("{made}; interval: Wilson, 95 %")))),
        ]);
        filling.push(cells);
    }
    filling.finish(&[&DISTRICT, &KEY, &MEASURES])
}
