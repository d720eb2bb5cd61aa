//! What findings say of the shape of a series: for money in constant dollars if prices are known.

use crate::compare::{Comparison, SeriesShape, Trend};
use crate::domain::Better;

/// The word for the shape of a series.
pub(super) const fn direction_word(shape: SeriesShape) -> &'static str {
    match shape {
        SeriesShape::Trend { rising: true } => "rising",
        SeriesShape::Trend { rising: false } => "falling",
        SeriesShape::LevelShift(shift) if shift.to > shift.before => "shifted-up",
        SeriesShape::LevelShift(_) => "shifted-down",
        SeriesShape::Turn(_) => "turned",
        SeriesShape::Steady => "steady",
        SeriesShape::Unclear => "no-clear-direction",
        SeriesShape::TooFew => "too-few-years",
    }
}

/// The word for the shape of a series by which way is better.
pub(super) fn course_word(shape: SeriesShape, better: Better) -> &'static str {
    let is_better = |rising: bool| better.sign() == if rising { 1.0 } else { -1.0 };
    match shape {
        SeriesShape::Trend { .. } | SeriesShape::LevelShift(_) if better == Better::Neither => {
            "no-clear-direction"
        }
        SeriesShape::Trend { rising } if is_better(rising) => "improving",
        SeriesShape::Trend { .. } => "worsening",
        SeriesShape::LevelShift(shift) if is_better(shift.to > shift.before) => "shifted-for-the-better",
        SeriesShape::LevelShift(_) => "shifted-for-the-worse",
        other => direction_word(other),
    }
}

/// Whether a series goes up (true) or down (false) as a whole: by a trend or a level shift. `None` if it does neither.
pub(super) const fn is_rising(comparison: &Comparison) -> Option<bool> {
    match comparison.shape {
        SeriesShape::Trend { rising } => Some(rising),
        SeriesShape::LevelShift(shift) => Some(shift.to > shift.before),
        _ => None,
    }
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
