//! The wording of projections.

use super::series::MeasuredSeries;
use super::subject::subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::{Comparison, ErrorSource, ProjectedYear, Projection, ProjectionRecord};
use crate::domain::Unit;

/// A projection as a headline.
#[must_use]
pub fn projected(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> Option<String> {
    let projection = comparison.projection.as_ref()?;
    let outlook = outlook(projection.years.last()?, measure);
    let subject = subject(&comparison.key, measure, catalog);
    Some(format!("{subject} {outlook} {}", assumption(projection)))
}

/// Where the series goes if recent patterns continue: `if grades move up as they did, would be about 1,760
/// (1,690–1,830) by 2028-29`. `None` without a projection.
pub(super) fn clause(series: &MeasuredSeries<'_>) -> Option<String> {
    let projection = series.comparison.projection.as_ref()?;
    let outlook = outlook(projection.years.last()?, series.measure);
    Some(format!("{}, {outlook}", assumption(projection)))
}

/// The value of a coming year with its band.
fn outlook(coming: &ProjectedYear, measure: &Measure) -> String {
    let [value, low, high] =
        [coming.value, coming.low, coming.high].map(|number| measure.unit.format(three_digits(number)));
    let to = if coming.low < 0.0 || measure.unit == Unit::Dollars { " to " } else { "–" };
    format!("would be about {value} ({low}{to}{high}) by {}", coming.year)
}

/// What a projection assumes.
const fn assumption(projection: &Projection) -> &'static str {
    match projection.record {
        ProjectionRecord::Errors { .. } => "if grades move up as they did",
        ProjectionRecord::Flows { .. } => "if each year adds what the last three did on average",
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
            let [error, unchanged] = [mean, mean_same].map(|share| Unit::Percent.format(100.0 * share));
            format!(
                "Projection by cohort survival: each grade moves up as in the last three years, entry stays at its mean. \
                 Tested on {}, it was off by {error} on average, \"as many as now\" by {unchanged}. {}",
                test_data(whose),
                band_note(projection)
            )
        }
        ProjectionRecord::Flows { mean } => format!(
            "Not a forecast: the balance with {} {} each year, the mean of the last three. Band: with the least and the most \
             of the three.",
            measure.unit.format(mean.abs()),
            if mean < 0.0 { "taken away" } else { "added" }
        ),
    }
}

const fn test_data(whose: ErrorSource) -> &'static str {
    match whose {
        ErrorSource::Own => "this district's own past",
        ErrorSource::LikeSize => "the past of the state's districts of like size, its own being short",
    }
}

/// Whose past projections the bands are computed from.
fn band_note(projection: &Projection) -> String {
    let bands: Vec<(ErrorSource, usize)> = projection.years.iter().filter_map(|year| year.band_of).collect();
    let own_years = bands.iter().take_while(|(whose, _)| *whose == ErrorSource::Own).count();
    let whose = match own_years {
        0 => "of the state's districts of like size".to_owned(),
        all if all == bands.len() => "of this district".to_owned(),
        1 => "of this district (the first year) and of the state's districts of like size".to_owned(),
        some => {
            format!("of this district (the first {some} years) and of the state's districts of like size")
        }
    };
    let fewest = bands.iter().map(|(_, n)| *n).min().unwrap_or_default();
    format!(
        "Band: where eight in ten of the past projections {whose} would put it ({fewest} or more for each year)."
    )
}
