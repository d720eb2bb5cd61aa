//! The values of the district and its peers, as read and as estimated.

use std::cell::OnceCell;
use std::rc::Rc;

use polars::prelude::{DataFrame, PolarsError};

use super::columns::{DataColumn, SeriesRow, data_frame, yes_or_no};
use super::hidden::is_hidden;
use super::rates::rate_interval;
use crate::catalog::{Catalog, Measure};
use crate::compare::Comparisons;
use crate::diagnostic::Place;
use crate::disclosure::{FrameRow, Released};
use crate::domain::{ALL, District, MeasureKey, School, SchoolYear, Status};
use crate::wording::method as words;

/// Every value of the district and its peers that was read from a file.
pub(super) fn observations(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<DataFrame, PolarsError> {
    let rows = value_rows(released, comparisons, catalog, |row| !row.derived)?;
    data_frame(&rows, &[&ValueRow::DISTRICT, &DataColumn::KEY, &ValueRow::OBSERVATION])
}

/// Every value of the district and its peers, including computed ones, and a row for each one that is masked
/// or withheld.
pub(super) fn measures(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<DataFrame, PolarsError> {
    let rows =
        value_rows(released, comparisons, catalog, |row| row.value.is_some() || is_hidden(row.status))?;
    data_frame(&rows, &[&ValueRow::DISTRICT, &DataColumn::KEY, &ValueRow::ESTIMATE])
}

/// Every value of the district's schools, as published and as computed, and a row for each one that is masked or withheld.
/// Without rows if values of fewer than two schools are known: one school is its district.
pub(super) fn schools(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<Option<DataFrame>, PolarsError> {
    let terms = released.terms();
    let Some(own) = terms.district(&comparisons.district.id) else { return Ok(None) };
    let schools: Vec<u32> = terms.schools_of(own).map(|(code, _)| code).collect();
    if schools.len() < FEWEST_SCHOOLS {
        return Ok(None);
    }
    let mut rows = rows_of(released, catalog, &schools, has_value_or_is_hidden)?;
    // Those are withheld without exception, so their rows would say nothing.
    rows.retain(|row| row.row.public || row.key.group == ALL || row.key.grade.is_all());
    let columns: [&[DataColumn<ValueRow<'_>>]; 4] =
        [&ValueRow::SCHOOL, &DataColumn::KEY, &ValueRow::SCHOOL_VALUE, &ValueRow::SOURCE];
    data_frame(&rows, &columns).map(Some)
}

fn has_value_or_is_hidden(row: &FrameRow) -> bool {
    row.value.is_some() || is_hidden(row.status)
}

/// The fewest schools whose values are shown beside their district's.
const FEWEST_SCHOOLS: usize = 2;

/// The selected rows of the district and its peers, in the frame's order.
fn value_rows<'a>(
    released: &'a Released,
    comparisons: &Comparisons,
    catalog: &'a Catalog,
    is_wanted: fn(&FrameRow) -> bool,
) -> Result<Vec<ValueRow<'a>>, PolarsError> {
    rows_of(released, catalog, &shown_districts(released, comparisons), is_wanted)
}

/// The selected rows of districts or schools, given by their codes in order, in the frame's order.
fn rows_of<'a>(
    released: &'a Released,
    catalog: &'a Catalog,
    organizations: &[u32],
    is_wanted: fn(&FrameRow) -> bool,
) -> Result<Vec<ValueRow<'a>>, PolarsError> {
    let view = released.view()?;
    let mut rows = Vec::new();
    for run in released.runs() {
        let key = Rc::new(released.terms().key(run.key));
        let measure = catalog.measures.get(&key.measure);
        for organization in organizations {
            for row in view.rows(view.of_district(run, *organization)).filter(is_wanted) {
                rows.push(ValueRow::new(released, Rc::clone(&key), measure, row));
            }
        }
    }
    Ok(rows)
}

/// The codes of the district and its peers, sorted.
fn shown_districts(released: &Released, comparisons: &Comparisons) -> Vec<u32> {
    let mut codes: Vec<u32> = comparisons.peers.peers.iter().map(|peer| peer.code).collect();
    codes.extend(released.terms().district(&comparisons.district.id));
    codes.sort_unstable();
    codes
}

/// One value, with the cells that it comes from.
struct ValueRow<'a> {
    released: &'a Released,
    key: Rc<MeasureKey>,
    district: &'a District,
    /// `None` for a value of the district itself.
    school: Option<&'a School>,
    measure: Option<&'a Measure>,
    row: FrameRow,
    /// The first cell that it was read from, once a column asks for it.
    place: OnceCell<Place>,
    /// How many cells it was read from.
    n_cells: usize,
    /// The least and the greatest number that a masked value can be.
    masked_range: (Option<f64>, Option<f64>),
    /// The confidence interval of a rate.
    interval: Option<(f64, f64)>,
}

impl SeriesRow for ValueRow<'_> {
    fn key(&self) -> &MeasureKey {
        &self.key
    }
}

impl<'a> ValueRow<'a> {
    /// The district and the year of the value.
    const DISTRICT: [DataColumn<Self>; 4] = [
        DataColumn::word("district_id", |row| Some(&row.district.shown_id)),
        DataColumn::word("district_name", |row| Some(&row.district.name)),
        DataColumn::word("level", |_| Some("district")),
        DataColumn::year("school_year", |row| SchoolYear::ending(row.row.year).ok()),
    ];

    /// The district, the school and the year of the value.
    const SCHOOL: [DataColumn<Self>; 6] = [
        DataColumn::word("district_id", |row| Some(&row.district.shown_id)),
        DataColumn::word("district_name", |row| Some(&row.district.name)),
        DataColumn::word("level", |_| Some("school")),
        DataColumn::word("school_id", |row| Some(&row.school?.shown_id)),
        DataColumn::word("school_name", |row| Some(&row.school?.name)),
        DataColumn::year("school_year", |row| SchoolYear::ending(row.row.year).ok()),
    ];

    /// The value of a school.
    const SCHOOL_VALUE: [DataColumn<Self>; 8] = [
        DataColumn::number("value", |row| row.row.value),
        DataColumn::word("unit", |row| Some(row.measure.map_or("", |measure| measure.unit.id()))),
        DataColumn::number("numerator", |row| row.row.numerator),
        DataColumn::number("n", |row| row.row.n),
        DataColumn::number("value_low", |row| Some(row.interval?.0)),
        DataColumn::number("value_high", |row| Some(row.interval?.1)),
        DataColumn::word("status", |row| Some(row.row.status.id())),
        DataColumn::word("derived", |row| Some(yes_or_no(row.row.derived))),
    ];

    /// Where the value of a school comes from.
    const SOURCE: [DataColumn<Self>; 6] = [
        DataColumn::word("source_file", |row| Some(&row.place().file)),
        DataColumn::word("source_sheet", |row| row.place().sheet.as_deref()),
        DataColumn::word("source_cell", |row| row.place().cell.as_deref()),
        DataColumn::number("masked_from", |row| row.masked_range.0),
        DataColumn::number("masked_to", |row| row.masked_range.1),
        DataColumn::text("method", |row| Some(row.estimation_method())),
    ];

    /// The value as read.
    const OBSERVATION: [DataColumn<Self>; 10] = [
        DataColumn::number("value", |row| row.row.value),
        DataColumn::number("numerator", |row| row.row.numerator),
        DataColumn::number("denominator", |row| row.row.n),
        DataColumn::word("status", |row| Some(row.row.status.id())),
        DataColumn::word("source_file", |row| Some(&row.place().file)),
        DataColumn::word("source_sheet", |row| row.place().sheet.as_deref()),
        DataColumn::word("source_cell", |row| row.place().cell.as_deref()),
        DataColumn::number("masked_from", |row| row.masked_range.0),
        DataColumn::number("masked_to", |row| row.masked_range.1),
        DataColumn::text("method", |row| Some(row.reading_method())),
    ];

    /// The value as estimated.
    const ESTIMATE: [DataColumn<Self>; 8] = [
        DataColumn::number("value", |row| row.row.value),
        DataColumn::word("unit", |row| Some(row.measure.map_or("", |measure| measure.unit.id()))),
        DataColumn::number("n", |row| row.row.n),
        DataColumn::number("value_low", |row| Some(row.interval?.0)),
        DataColumn::number("value_high", |row| Some(row.interval?.1)),
        DataColumn::word("status", |row| Some(row.row.status.id())),
        DataColumn::word("derived", |row| Some(yes_or_no(row.row.derived))),
        DataColumn::text("method", |row| Some(row.estimation_method())),
    ];

    fn new(released: &'a Released, key: Rc<MeasureKey>, measure: Option<&'a Measure>, row: FrameRow) -> Self {
        let terms = released.terms();
        // The bounds are shown only for masked values.
        let bounds = released.bounds(row.row).filter(|_| row.status == Status::Masked).unwrap_or_default();
        Self {
            released,
            key,
            district: &terms.districts[terms.district_of(row.district) as usize],
            school: terms.school(row.district),
            measure,
            n_cells: released.cell_range(row.row).len(),
            place: OnceCell::new(),
            masked_range: (bounds.low, bounds.high),
            interval: rate_interval(row.value, row.n, measure.map(|measure| measure.unit)),
            row,
        }
    }

    fn place(&self) -> &Place {
        self.place.get_or_init(|| self.released.places(self.row.row).into_iter().next().unwrap_or_default())
    }

    /// How it was computed from the cells that it was read from.
    fn reading_method(&self) -> String {
        match self.n_cells {
            0 | 1 => words::AS_PUBLISHED.to_owned(),
            cells if self.measure.is_none_or(Measure::adds_up) || self.adds_up_columns() => {
                words::sum_of(cells)
            }
            cells => words::average_of(cells),
        }
    }

    /// Whether its cells are in one row: a layout adds up several columns, such as the levels that count as proficient. Averages
    /// are those of several rows.
    fn adds_up_columns(&self) -> bool {
        let mut rows = self.released.places(self.row.row).into_iter().map(row_of);
        let Some(first) = rows.next() else { return false };
        first.cell.is_some() && rows.all(|row| row == first)
    }

    /// Whether it is a numerator over a denominator that were read: a formula without a denominator gives no n.
    fn is_own_ratio(&self) -> bool {
        let formula = self.measure.and_then(|measure| measure.derive.as_ref());
        self.row.n.is_some() && formula.is_some_and(|formula| formula.denominator.is_empty())
    }

    fn estimation_method(&self) -> String {
        let method = match self.row.derived {
            true if self.is_own_ratio() => words::UNNAMED_RATIO.to_owned(),
            true => derivation_method(self.measure),
            false => self.reading_method(),
        };
        match self.interval {
            Some(_) => words::with_interval(&method),
            None => method,
        }
    }
}

/// A place with only the row of its cell.
fn row_of(place: Place) -> Place {
    let row = place.cell.as_deref().map(|cell| cell.trim_start_matches(char::is_alphabetic).to_owned());
    Place { cell: row, ..place }
}

/// How a value was computed from other values: its formula.
fn derivation_method(measure: Option<&Measure>) -> String {
    measure.and_then(Measure::formula).unwrap_or_else(|| words::UNNAMED_RATIO.to_owned())
}
