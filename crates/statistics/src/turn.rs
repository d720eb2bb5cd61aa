//! A turning point: a series that fell and came back, or rose and fell back.
//!
//! With e the lowest inner value, fall = first − e and rise = last − e; with reversed signs for the highest. It is
//! a turning point if
//! 1. fall and rise are each a meaningful change or more;
//! 2. none of this is one odd year: e is at least two values from each end, and a neighbor of e is also a
//!    meaningful change or more beyond both ends;
//! 3. fall and rise are each more than noise. With s the smaller of the two and w the rest of the movement,
//!    `w = Σ|yᵢ₊₁ − yᵢ| − fall − rise`: `w ≤ s · min((n − 5)/4, 2)`. In a straight fall and rise, w is 0;
//! 4. it is one turn and not several: neither leg goes back by half of s or more on its way.
//!
//! With the fourth condition, a low and a high cannot both be one.
//!
//! The third condition is a guard and not a test: how large w is by chance depends on the distribution of the
//! noise. Its limit is chosen by simulation. Of series of independent noise of any size, at most 10% have a
//! turning point: up to 8% with normal noise and 9% with long tails (Laplace). A random walk turns more
//! often, and visibly so. Steps between the values count, not years: a missing year is one step.
//!
//! Small n: with fewer than six values there is no turning point (`None`). Chance alone would turn too often:
//! of five values in random order, one in ten falls and rises straight, with two steps each. Degenerate:
//! equal values have none.

use crate::setback::largest_setback;
use crate::tolerance::reaches;

/// The fewest values of a turning point.
const FEWEST_VALUES: usize = 6;

/// The fewest values before the extreme, and after it.
const FEWEST_ON_A_SIDE: usize = 2;

/// For each value from the fewest on, the rest of the movement may be larger by this multiple of the smaller leg.
const REST_PER_VALUE: f64 = 0.25;

/// The largest rest of the movement, as a multiple of the smaller leg.
const MOST_REST: f64 = 2.0;

/// The setback that makes several legs out of one, as a multiple of the smaller leg.
const MOST_SETBACK: f64 = 0.5;

/// A turning point of a series.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
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
    let legs = [1.0, -1.0].into_iter().find_map(|sign| turning_legs(points, meaningful, sign))?;
    let (year, value) = points[legs.extreme];
    Some(TurningPoint {
        index: legs.extreme,
        year,
        value,
        is_low: legs.sign > 0.0,
        recovered: legs.rise / legs.fall,
    })
}

/// The legs to a low, if `sign` is 1, or to a high, if it is −1, and if they are a turn.
fn turning_legs(points: &[(i32, f64)], meaningful: f64, sign: f64) -> Option<Legs> {
    Legs::of(points, sign).filter(|legs| legs.are_a_turn(points, meaningful))
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
            && self.is_more_than_a_year(points, meaningful)
            && self.stand_out(points)
            && self.are_single(points)
    }

    /// Whether the extreme is away from the ends, and a neighbor is a meaningful change beyond both ends, too.
    fn is_more_than_a_year(&self, points: &[(i32, f64)], meaningful: f64) -> bool {
        let after = points.len() - 1 - self.extreme;
        self.extreme >= FEWEST_ON_A_SIDE
            && after >= FEWEST_ON_A_SIDE
            && [self.extreme - 1, self.extreme + 1].into_iter().any(|neighbor| {
                let back = (points[neighbor].1 - points[self.extreme].1) * self.sign;
                reaches(self.smaller() - back, meaningful)
            })
    }

    /// Whether the legs are large compared with the rest of the movement.
    fn stand_out(&self, points: &[(i32, f64)]) -> bool {
        let Some(more) = points.len().checked_sub(FEWEST_VALUES) else { return false };
        let movement: f64 = points.windows(2).map(|pair| (pair[1].1 - pair[0].1).abs()).sum();
        let most_rest = self.smaller() * ((more + 1) as f64 * REST_PER_VALUE).min(MOST_REST);
        reaches(self.fall + self.rise + most_rest, movement)
    }

    /// Whether neither leg turns on its way.
    fn are_single(&self, points: &[(i32, f64)]) -> bool {
        let most = self.smaller() * MOST_SETBACK;
        largest_setback(&points[..=self.extreme], -self.sign) < most
            && largest_setback(&points[self.extreme..], self.sign) < most
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{TurningPoint, turn};
    use crate::for_tests::{close, in_years};

    fn of(values: &[f64], meaningful: f64) -> Option<TurningPoint> {
        turn(&in_years(values), meaningful)
    }

    #[test]
    fn what_fell_and_is_back_turned() {
        let attendance = [95.8, 95.6, 95.7, 95.5, 90.7, 92.0, 93.6, 95.5];
        let turned = of(&attendance, 1.0).unwrap();
        assert_eq!((turned.index, turned.year, turned.value, turned.is_low), (4, 2014, 90.7, true));
        close(turned.recovered, 4.8 / 5.1);
    }

    #[test]
    fn half_of_a_rise_may_be_gone() {
        let absence = [12.0, 12.1, 12.0, 12.2, 24.0, 21.0, 19.0, 18.0];
        let turned = of(&absence, 3.0).unwrap();
        assert_eq!((turned.index, turned.value, turned.is_low), (4, 24.0, false));
        close(turned.recovered, 0.5);
    }

    /// The limits of each condition.
    #[test]
    fn each_condition_is_needed() {
        let fell_and_rose = [9.0, 8.0, 7.0, 6.0, 7.0, 8.0, 9.0];
        assert!(of(&fell_and_rose, 2.0).is_some());
        // The neighbors of 6 are 2 from the ends, not 2.1.
        assert_eq!(of(&fell_and_rose, 2.1), None);
        // One odd year.
        assert_eq!(of(&[9.0, 9.0, 9.0, 6.0, 9.0, 9.0, 9.0], 1.0), None);
        assert_eq!(of(&[9.0, 6.0, 9.0, 9.0, 9.0, 9.0, 9.0], 1.0), None);
        // It rises by less than matters.
        assert_eq!(of(&[9.0, 8.0, 7.0, 6.0, 6.2, 6.4, 6.8], 1.0), None);
        // Seven values: legs of 3, and a rest of half of that, then more.
        assert!(of(&[9.0, 9.75, 7.0, 6.0, 7.0, 8.0, 9.0], 1.0).is_some());
        assert_eq!(of(&[9.0, 9.76, 7.0, 6.0, 7.0, 8.0, 9.0], 1.0), None);
        // Only the first, or only the last, year is apart.
        assert_eq!(of(&[9.0, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5], 1.0), None);
        assert_eq!(of(&[9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 9.0], 1.0), None);
    }

    #[test]
    fn what_falls_and_rises_twice_is_no_turn() {
        let values = [3.7, 2.7, 1.5, 1.4, 1.3, 1.9, 2.6, 2.5, 1.5, 1.0, 2.0, 3.8];
        assert!(of(&values, 0.5).is_some());
        let twice = [3.7, 2.7, 1.5, 1.4, 1.3, 1.9, 2.7, 2.6, 1.5, 1.0, 2.0, 3.8];
        assert_eq!(of(&twice, 0.5), None);
    }

    #[test]
    fn six_values_need_a_nearly_straight_fall_and_rise() {
        assert!(of(&[9.1, 9.4, 6.3, 6.1, 7.7, 9.4], 1.0).is_some());
        assert_eq!(of(&[9.1, 9.6, 6.3, 6.1, 7.7, 9.4], 1.0), None);
        assert_eq!(of(&[9.0, 7.0, 6.0, 7.0, 9.0], 1.0), None);
    }

    #[test]
    fn lines_steps_few_and_equal_values_do_not_turn() {
        for n in [0, 1, 2, 3, 4, 9, 20] {
            assert_eq!(of(&vec![5.0; n], 0.0), None, "{n}");
        }
        for n in 4..30 {
            let line: Vec<f64> = (0..n).map(f64::from).collect();
            assert_eq!(of(&line, 0.1), None, "{n}");
        }
        assert_eq!(of(&[2.0, 2.1, 2.0, 2.1, 6.0, 6.1, 6.0, 6.1], 1.0), None);
    }

    #[test]
    fn of_a_low_and_a_high_the_larger_turns() {
        let mut values = vec![5.0, 3.5, 2.0, 3.5, 5.0, 8.5, 12.0, 8.5, 5.0];
        assert_eq!(of(&values, 1.0).map(|turned| turned.index), Some(6));
        values.iter_mut().for_each(|value| *value = 10.0 - *value);
        assert_eq!(of(&values, 1.0).map(|turned| turned.index), Some(6));
    }

    proptest! {
        #[test]
        fn a_turn_is_what_it_says(values in prop::collection::vec(0.0..10.0f64, 0..12)) {
            if let Some(turned) = of(&values, 2.0) {
                let (first, last) = (values[0], values[values.len() - 1]);
                prop_assert_eq!(turned.value, values[turned.index]);
                prop_assert!((first - turned.value).abs() > 1.99 && (last - turned.value).abs() > 1.99);
                prop_assert_eq!(turned.is_low, turned.value < first);
                prop_assert_eq!(turned.is_low, turned.value < last);
                prop_assert!(turned.recovered > 0.0);
            }
        }

        #[test]
        fn upside_down_it_is_the_same(values in prop::collection::vec(0..12i32, 0..12)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let upside_down: Vec<f64> = values.iter().map(|v| -v).collect();
            let (here, there) = (of(&values, 3.0), of(&upside_down, 3.0));
            prop_assert_eq!(here.map(|t| t.is_low), there.map(|t| !t.is_low));
            prop_assert_eq!(here.map(|t| (t.index, t.recovered)), there.map(|t| (t.index, t.recovered)));
        }
    }
}
