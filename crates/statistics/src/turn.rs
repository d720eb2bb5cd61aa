//! A turning point: a series that fell and came back, or rose and fell back.
//!
//! With e the lowest inner value, fall = first − e and rise = last − e; upside down for the highest. It is a
//! turning point if
//! 1. fall and rise are each a meaningful change or more;
//! 2. a neighbor of e that is no end is also a meaningful change or more beyond both ends, so that it is not
//!    one odd year;
//! 3. fall and rise are each more than noise. With s the smaller of the two and w the rest of the movement,
//!    `w = Σ|yᵢ₊₁ − yᵢ| − fall − rise`: `w ≤ s · min((n − 6)/3, 2)`. In a straight fall and rise, w is 0.
//!
//! If both extremes qualify, it is the one with the larger s.
//!
//! The third condition is a guard and not a test: how large w is by chance depends on the distribution of the
//! noise. Its limit is chosen by simulation. Of series of independent normal noise of any size, 8% or fewer
//! have a turning point; with long tails (Laplace), 10% or fewer. A random walk turns more often, and visibly
//! so. Steps between the values count, not years: a missing year is one step.
//!
//! Small n: with fewer than six values, chance alone turns too often (with five, a straight fall and rise is
//! one in four); there is no turning point (`None`). With six, both must be without a step back. Degenerate:
//! equal values have none.

use crate::tolerance::reaches;

/// With this many values, both legs must be straight.
const FEWEST_VALUES: usize = 6;

/// For each this many values more, the rest of the movement may be as large as the smaller leg.
const VALUES_PER_LEG: f64 = 3.0;

/// The largest rest of the movement, in smaller legs.
const MOST_REST: f64 = 2.0;

/// A turning point of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TurningPoint {
    /// The index of the extreme among the points.
    pub index: usize,
    /// Its year.
    pub year: i32,
    /// Its value.
    pub value: f64,
    /// Whether the series fell and then rose.
    pub is_low: bool,
    /// The share of the way from the first value to the extreme that the last value has undone; above 1 if
    /// it went beyond the first value.
    pub recovered: f64,
}

/// The turning point of `points` (year, value), ascending by year, if there is one.
#[must_use]
pub fn turn(points: &[(i32, f64)], meaningful: f64) -> Option<TurningPoint> {
    let low = Legs::of(points, 1.0).filter(|legs| legs.are_a_turn(points, meaningful));
    let high = Legs::of(points, -1.0).filter(|legs| legs.are_a_turn(points, meaningful));
    let is_low = match (&low, &high) {
        (Some(low), Some(high)) => low.smaller() >= high.smaller(),
        (low, _) => low.is_some(),
    };
    let legs = if is_low { low } else { high }?;
    let (year, value) = points[legs.extreme];
    Some(TurningPoint { index: legs.extreme, year, value, is_low, recovered: legs.rise / legs.fall })
}

/// The way to an inner extreme and back.
struct Legs {
    /// 1 to a low, −1 to a high.
    sign: f64,
    /// The index of the extreme.
    extreme: usize,
    /// From the first value to the extreme.
    fall: f64,
    /// From there to the last.
    rise: f64,
}

impl Legs {
    /// The legs of the first of the lowest inner values, if `sign` is 1; of the highest, if it is −1.
    fn of(points: &[(i32, f64)], sign: f64) -> Option<Self> {
        let (first, last) = (points.first()?.1 * sign, points.last()?.1 * sign);
        let (mut extreme, mut lowest) = (0, f64::INFINITY);
        for (index, (_, value)) in points.iter().enumerate().take(points.len() - 1).skip(1) {
            if value * sign < lowest {
                (extreme, lowest) = (index, value * sign);
            }
        }
        (extreme > 0).then_some(Self { sign, extreme, fall: first - lowest, rise: last - lowest })
    }

    fn smaller(&self) -> f64 {
        self.fall.min(self.rise)
    }

    fn are_a_turn(&self, points: &[(i32, f64)], meaningful: f64) -> bool {
        reaches(self.smaller(), meaningful)
            && self.has_a_like_neighbor(points, meaningful)
            && self.stand_out(points)
    }

    /// Whether an inner value next to the extreme is a meaningful change from both ends, too.
    fn has_a_like_neighbor(&self, points: &[(i32, f64)], meaningful: f64) -> bool {
        let depth = |index: usize| self.smaller() - (points[index].1 - points[self.extreme].1) * self.sign;
        let (before, after) = (self.extreme - 1, self.extreme + 1);
        before > 0 && reaches(depth(before), meaningful)
            || after + 1 < points.len() && reaches(depth(after), meaningful)
    }

    /// Whether the legs are large compared with the rest of the movement.
    fn stand_out(&self, points: &[(i32, f64)]) -> bool {
        let Some(more) = points.len().checked_sub(FEWEST_VALUES) else { return false };
        let movement: f64 = points.windows(2).map(|pair| (pair[1].1 - pair[0].1).abs()).sum();
        let most_rest = self.smaller() * (more as f64 / VALUES_PER_LEG).min(MOST_REST);
        reaches(self.fall + self.rise + most_rest, movement)
    }
}
