//! The projections: one row for each coming year.

use polars::prelude::{DataFrame, PolarsError};

use super::columns::{DataColumn, SeriesRow, data_frame};
use super::hidden::HiddenCounts;
use crate::compare::{
    Comparison, Comparisons, ErrorSource, Point, ProjectedYear, Projection, ProjectionRecord,
};
use crate::domain::MeasureKey;
use crate::wording::method as words;

/// The coming years of every series with a projection.
pub(super) fn projections(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let rows: Vec<ProjectionRow<'_>> =
        comparisons.all.iter().flat_map(|comparison| projection_rows(comparisons, comparison)).collect();
    data_frame(&rows, &[&DataColumn::KEY, &ProjectionRow::COLUMNS])
}

/// The rows of one series; empty if it has no projection.
fn projection_rows<'a>(comparisons: &'a Comparisons, comparison: &'a Comparison) -> Vec<ProjectionRow<'a>> {
    let Some(projection) = &comparison.projection else { return Vec::new() };
    let hidden = hidden_past(comparisons, comparison, projection);
    let years = projection.years.iter();
    years.map(|ahead| ProjectionRow { comparison, projection, hidden, ahead }).collect()
}

/// The number of hidden values in the years that a projection is computed from, for the whole and its grades.
fn hidden_past(comparisons: &Comparisons, whole: &Comparison, projection: &Projection) -> HiddenCounts {
    let years = projection.first..=projection.from;
    let series = comparisons.all.iter().filter(|part| is_whole_or_grade(&part.key, &whole.key));
    let points: Vec<&Point> =
        series.flat_map(|part| &part.points).filter(|point| years.contains(&point.year)).collect();
    HiddenCounts::of_points(&points)
}

/// Whether a series is the whole or one of its grades.
fn is_whole_or_grade(part: &MeasureKey, whole: &MeasureKey) -> bool {
    (&part.measure, &part.group, &part.subject) == (&whole.measure, &whole.group, &whole.subject)
}

/// One coming year of one series.
struct ProjectionRow<'a> {
    comparison: &'a Comparison,
    projection: &'a Projection,
    /// Hidden values among those that the projection is computed from.
    hidden: HiddenCounts,
    ahead: &'a ProjectedYear,
}

impl SeriesRow for ProjectionRow<'_> {
    fn key(&self) -> &MeasureKey {
        &self.comparison.key
    }
}

impl ProjectionRow<'_> {
    const COLUMNS: [DataColumn<Self>; 16] = [
        DataColumn::year("first_year", |row| Some(row.projection.first)),
        DataColumn::year("from_year", |row| Some(row.projection.from)),
        DataColumn::number("from_value", Self::latest_value),
        DataColumn::count("masked_values", |row| Some(row.hidden.masked)),
        DataColumn::count("withheld_values", |row| Some(row.hidden.withheld)),
        DataColumn::year("school_year", |row| Some(row.ahead.year)),
        DataColumn::number("value", |row| Some(row.ahead.value)),
        DataColumn::number("low", |row| Some(row.ahead.low)),
        DataColumn::number("high", |row| Some(row.ahead.high)),
        DataColumn::text("method", |row| Some(row.projection.method.to_string())),
        DataColumn::text("band_of", |row| Some(row.band_origin().to_owned())),
        DataColumn::number("band_n", |row| Some(row.ahead.band_of?.1 as f64)),
        DataColumn::text("judged_by", |row| Some(row.judged_by().to_owned())),
        DataColumn::number("judged_n", |row| Some(row.errors()?.n as f64)),
        DataColumn::number("mean_error_percent", |row| Some(100.0 * row.errors()?.mean)),
        DataColumn::number("mean_error_as_now_percent", |row| Some(100.0 * row.errors()?.mean_unchanged)),
    ];

    /// The value of the last known year.
    fn latest_value(&self) -> Option<f64> {
        self.comparison.points.iter().find(|point| point.year == self.projection.from)?.value
    }

    fn band_origin(&self) -> &'static str {
        match self.ahead.band_of {
            Some((whose, _)) => origin(whose),
            None => words::FLOWS,
        }
    }

    fn judged_by(&self) -> &'static str {
        match self.projection.record {
            ProjectionRecord::Errors { whose, .. } => origin(whose),
            ProjectionRecord::Flows { .. } => words::FLOWS,
        }
    }

    /// The errors of past projections; `None` if the projection is computed from flows.
    fn errors(&self) -> Option<PastErrors> {
        match self.projection.record {
            ProjectionRecord::Errors { n, mean, mean_same, .. } => {
                Some(PastErrors { n, mean, mean_unchanged: mean_same })
            }
            ProjectionRecord::Flows { .. } => None,
        }
    }
}

/// The errors of past projections.
struct PastErrors {
    /// Their number, over all horizons.
    n: usize,
    /// Their mean absolute relative error.
    mean: f64,
    /// The mean absolute relative error of projecting no change.
    mean_unchanged: f64,
}

const fn origin(whose: ErrorSource) -> &'static str {
    match whose {
        ErrorSource::Own => words::THIS_DISTRICT,
        ErrorSource::LikeSize => words::SIMILAR_SIZE,
    }
}
