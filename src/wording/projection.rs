//! Projections, and what they are based on.

use crate::domain::{SchoolYear, Unit};

/// What a projection of enrollment assumes.
pub(crate) const IF_STUDENTS_ADVANCE: &str = "if students advance as before";

/// What a projection of an amount assumes.
pub(crate) const IF_FLOWS_CONTINUE: &str = "if each year's change is the average of the last three";

/// The projected value of a year, and its band.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProjectedValue {
    pub(crate) unit: Unit,
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) year: SchoolYear,
}

/// `would be about 1,760 (1,690–1,830) by 2028-29`.
fn outlook(projected: ProjectedValue) -> String {
    let [value, low, high] =
        [projected.value, projected.low, projected.high].map(|number| projected.unit.format(number));
    let to = if projected.low < 0.0 || projected.unit == Unit::Dollars { " to " } else { "–" };
    format!("would be about {value} ({low}{to}{high}) by {}", projected.year)
}

/// A projection as the end of a statement.
pub(crate) fn clause(projected: ProjectedValue, assumption: &str) -> String {
    format!("{} {assumption}", outlook(projected))
}

/// Whose past projections the method was tested on, or its band is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PastOf {
    District,
    SimilarSize,
}

/// The average errors of past projections, as shares of the actual value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PastAverageErrors {
    pub(crate) of: PastOf,
    pub(crate) method: f64,
    pub(crate) no_change: f64,
}

/// Where a band comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BandOrigin {
    /// How many years come from the district's own past.
    pub(crate) own_years: usize,
    pub(crate) years: usize,
    /// The fewest past projections behind a year.
    pub(crate) fewest: usize,
}

/// What a cohort projection and its band are based on.
pub(crate) fn cohort_note(errors: PastAverageErrors, band: BandOrigin) -> String {
    let [error, unchanged] =
        [errors.method, errors.no_change].map(|share| Unit::Percent.format(100.0 * share));
    let tested_on = match errors.of {
        PastOf::District => "this district's own past",
        PastOf::SimilarSize => {
            "the past of districts of similar size in the data, because this district's own past is too short"
        }
    };
    format!(
        "Projection by cohort survival: students move up a grade as in the last three years, and new entries stay at their average. \
         The method was tested on {tested_on}. It was off by {error} on average; assuming no change would have been off by {unchanged}. {}",
        band_note(band)
    )
}

fn band_note(band: BandOrigin) -> String {
    let similar = "districts of similar size in the data";
    let origin = match band.own_years {
        0 => similar.to_owned(),
        all if all == band.years => "this district".to_owned(),
        1 => format!("this district (first year) and from {similar}"),
        some => format!("this district (first {some} years) and from {similar}"),
    };
    format!(
        "Shaded band: the middle 80% of past errors, from {origin}; each year is based on {} or more past projections.",
        band.fewest
    )
}

/// What a projection of an amount is based on: the average of the last three years, added each year.
pub(crate) fn flow_note(average: f64, unit: Unit) -> String {
    let verb = if average < 0.0 { "subtracts" } else { "adds" };
    let amount = unit.format(average.abs());
    format!(
        "Not a forecast: each year {verb} {amount}, the average of the last three years. Shaded band: each year adds the lowest or \
         the highest of the three instead."
    )
}
