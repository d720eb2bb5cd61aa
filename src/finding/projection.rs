//! What is said about projections.

use super::series::MeasuredSeries;
use super::short_subject::finding_subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::{Comparison, ErrorSource, ProjectedYear, Projection, ProjectionRecord};
use crate::wording::finding_parts::{self, YearValueText};
use crate::wording::projection::{self as words, BandOrigin, PastAverageErrors, PastOf, ProjectedValue};

/// What a chart of a projection says, and the line below it; `None` if there is no projection.
pub(crate) fn projected(
    comparison: &Comparison,
    measure: &Measure,
    catalog: &Catalog,
) -> Option<[String; 2]> {
    let projection = comparison.projection.as_ref()?;
    let ProjectedValue { unit, value, low, high, year } = projected_value(projection.years.last()?, measure);
    let subject = finding_subject(&comparison.key, measure, catalog, false);
    let latest = comparison.latest()?;
    let now = latest.value.map(|value| YearValueText { value, year: latest.year });
    Some([
        finding_parts::projected(&subject, value, year).unwrap_or_default(),
        finding_parts::projection_range(unit, [low, high], now),
    ])
}

/// Where the series goes if recent patterns continue. `None` without a projection.
pub(super) fn clause(series: &MeasuredSeries<'_>) -> Option<String> {
    let projection = series.comparison.projection.as_ref()?;
    let projected = projected_value(projection.years.last()?, series.measure);
    Some(words::clause(projected, assumption(projection)))
}

/// The value of a coming year with its band, rounded.
pub(crate) fn projected_value(coming: &ProjectedYear, measure: &Measure) -> ProjectedValue {
    let [value, low, high] = [coming.value, coming.low, coming.high].map(three_digits);
    ProjectedValue { unit: measure.unit, value, low, high, year: coming.year }
}

/// What a projection assumes.
const fn assumption(projection: &Projection) -> &'static str {
    match projection.record {
        ProjectionRecord::Errors { .. } => words::IF_STUDENTS_ADVANCE,
        ProjectionRecord::Flows { .. } => words::IF_FLOWS_CONTINUE,
    }
}

/// Rounded to three significant digits, about the precision of a projection.
fn three_digits(value: f64) -> f64 {
    let unit = 10f64.powf((value.abs().log10().floor() - 2.0).max(0.0));
    if value == 0.0 { 0.0 } else { (value / unit).round() * unit }
}

/// What a projection and its band are based on, in sentences.
#[must_use]
pub fn projection_note(projection: &Projection, measure: &Measure) -> String {
    match projection.record {
        ProjectionRecord::Errors { whose, mean, mean_same, .. } => {
            let of = match whose {
                ErrorSource::Own => PastOf::District,
                ErrorSource::LikeSize => PastOf::SimilarSize,
            };
            let errors = PastAverageErrors { of, method: mean, no_change: mean_same };
            words::cohort_note(errors, band_origin(projection))
        }
        ProjectionRecord::Flows { mean } => words::flow_note(mean, measure.unit),
    }
}

/// Whose past projections the bands are computed from.
fn band_origin(projection: &Projection) -> BandOrigin {
    let bands: Vec<(ErrorSource, usize)> = projection.years.iter().filter_map(|year| year.band_of).collect();
    BandOrigin {
        own_years: bands.iter().take_while(|(whose, _)| *whose == ErrorSource::Own).count(),
        years: bands.len(),
        fewest: bands.iter().map(|(_, n)| *n).min().unwrap_or_default(),
    }
}
