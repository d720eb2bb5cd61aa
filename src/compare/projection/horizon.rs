//! How far projections go, and the years that they are computed from.

use crate::domain::SchoolYear;

/// How many years ahead.
pub(super) const HORIZON: usize = 5;

/// The first and last of the `years` school years up to `last`.
pub(super) fn years_up_to(last: i32, years: usize) -> Option<(SchoolYear, SchoolYear)> {
    let first = SchoolYear::ending(last + 1 - years as i32).ok()?;
    Some((first, SchoolYear::ending(last).ok()?))
}
