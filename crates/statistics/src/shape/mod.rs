//! The shape of a series: what a reader sees in it, and so what may be said about it.
//!
//! The first that fits applies:
//! 1. fewer than 4 values: **too few**;
//! 2. a [level shift](crate::level_shift) with p ≤ 0.10: two parts that differ by two meaningful changes or
//!    more;
//! 3. a [turning point](crate::turn): a fall and a rise, or a rise and a fall, of a meaningful change or more;
//! 4. a **trend**, as the caller's test of the whole series found it, if the last value lies on the same side
//!    of the first as the trend says;
//! 5. **steady**, as the caller found it;
//! 6. otherwise **unclear**.
//!
//! A series is called a trend only if it is neither a shift nor a turn, and never against the ends that the
//! reader sees.
//! The meaningful change is an absolute number in the unit of the values; for a series whose changes are
//! judged in percent, the caller computes it from a level.
//!
//! Error rates: in series of independent noise, each shape is claimed in at most 10%. Series whose values are
//! not independent (random walks, autocorrelated noise) have a shape more often, and rightly so: a random walk
//! drifts, shifts, and turns. Degenerate: if all values are equal, the caller's verdict stands.

use crate::level_shift::{LevelShift, level_shift};
use crate::turn::{TurningPoint, turn};

/// The fewest values that have a shape.
const FEWEST_VALUES: usize = 4;

/// The largest p of a level shift.
const MAX_P: f64 = 0.10;

/// The verdict of a test of the whole series, such as [Mann–Kendall](crate::mann_kendall).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// Clearly up, by a change that matters.
    Rising,
    /// Clearly down, by a change that matters.
    Falling,
    /// No change that matters.
    Steady,
    /// None of these.
    Unclear,
}

/// What a series looks like.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum SeriesShape {
    /// It left its level.
    LevelShift(LevelShift),
    /// It fell and rose, or rose and fell.
    Turn(TurningPoint),
    /// It went one way.
    Trend {
        /// Whether that way is up.
        rising: bool,
    },
    /// No change that matters.
    Steady,
    /// None of these.
    Unclear,
    /// There are too few values to tell.
    TooFew,
}

/// The shape of `points` (year, value), ascending, each year once. `meaningful` is the smallest change that
/// matters, in the unit of the values. `buffer` is overwritten.
#[must_use]
pub fn shape(points: &[(i32, f64)], meaningful: f64, heading: Heading, buffer: &mut Vec<f64>) -> SeriesShape {
    if points.len() < FEWEST_VALUES {
        return SeriesShape::TooFew;
    }
    if let Some(shift) = level_shift(points, meaningful, buffer).filter(|shift| shift.p <= MAX_P) {
        return SeriesShape::LevelShift(shift);
    }
    if let Some(turn) = turn(points, meaningful) {
        return SeriesShape::Turn(turn);
    }
    match heading {
        Heading::Rising if net_change(points) > 0.0 => SeriesShape::Trend { rising: true },
        Heading::Falling if net_change(points) < 0.0 => SeriesShape::Trend { rising: false },
        Heading::Steady => SeriesShape::Steady,
        Heading::Rising | Heading::Falling | Heading::Unclear => SeriesShape::Unclear,
    }
}

/// The last minus the first value.
fn net_change(points: &[(i32, f64)]) -> f64 {
    points.last().zip(points.first()).map_or(0.0, |(last, first)| last.1 - first.1)
}

#[cfg(test)]
mod tests;
