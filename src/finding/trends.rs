//! The trend that findings state: in constant dollars for money if prices are known, as published for
//! everything else.

use crate::compare::{Direction, Trend};

/// The word for a trend.
pub(super) fn direction(trend: &Trend) -> Direction {
    trend.real.map_or(trend.direction, |real| real.direction)
}

/// The value of the first year.
pub(super) fn first_value(trend: &Trend) -> f64 {
    trend.real.map_or(trend.first, |real| real.first)
}

/// The slope per year.
pub(super) fn slope(trend: &Trend) -> f64 {
    trend.real.map_or(trend.slope, |real| real.slope)
}

/// The number of years from the first to the last of the run.
pub(super) fn years_spanned(trend: &Trend) -> f64 {
    f64::from(trend.last_year.end() - trend.first_year.end())
}
