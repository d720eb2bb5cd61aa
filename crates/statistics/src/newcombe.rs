//! The difference of two independent proportions: an interval and a test.
//!
//! **Interval:** Newcombe's hybrid score interval (1998, method 10). With d = p₁ − p₂ and the Wilson interval
//! (l, u) of each proportion: from `d − √((p₁−l₁)² + (u₂−p₂)²)` to `d + √((u₁−p₁)² + (p₂−l₂)²)`.
//!
//! **Test:** two-sided normal test of p₁ = p₂ with the pooled proportion p = (x₁ + x₂)/(n₁ + n₂):
//! `z = d / √(p(1−p)(1/n₁ + 1/n₂))`.
//!
//! Proportions and differences are fractions, not percents.
//!
//! Small n: the interval keeps its level down to an n of about 10 on each side; the test is somewhat liberal
//! there. Degenerate: with n = 0 on a side, or a proportion outside 0–1, there is neither (`None`); if both
//! proportions are 0 or both are 1, p is 1.

use crate::normal::two_sided_p;
use crate::wilson::wilson;

/// A proportion of a number of people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// The proportion, 0–1.
    pub p: f64,
    /// The number of people, the n of the proportion.
    pub n: f64,
}

impl Proportion {
    /// The pooled proportion of two groups.
    #[must_use]
    pub fn pooled_with(self, other: Self) -> Self {
        let n = self.n + other.n;
        Self { p: (self.p * self.n + other.p * other.n) / n, n }
    }
}

/// The 95% interval of `a.p − b.p`: its lower and upper ends.
#[must_use]
pub fn newcombe(a: Proportion, b: Proportion) -> Option<(f64, f64)> {
    let (low_a, high_a) = wilson(a.p, a.n)?;
    let (low_b, high_b) = wilson(b.p, b.n)?;
    let difference = a.p - b.p;
    let below = (a.p - low_a).hypot(high_b - b.p);
    let above = (high_a - a.p).hypot(b.p - low_b);
    Some((difference - below, difference + above))
}

/// The smallest difference from `a` to another proportion of as many people, upward or downward, whose interval excludes 0. `None`
/// if no proportion up to 1, or down to 0, is that far.
#[must_use]
pub fn smallest_clear_difference(a: Proportion, upward: bool) -> Option<f64> {
    let room = if upward { 1.0 - a.p } else { a.p };
    if !is_clear(a, if upward { room } else { -room }) {
        return None;
    }
    let (mut unclear, mut clear) = (0.0, room);
    for _ in 0..HALVINGS {
        let middle = (unclear + clear) / 2.0;
        if is_clear(a, if upward { middle } else { -middle }) { clear = middle } else { unclear = middle }
    }
    Some(clear)
}

/// Whether the interval of a difference from `a` to a proportion of as many people excludes 0.
fn is_clear(a: Proportion, difference: f64) -> bool {
    let other = Proportion { p: (a.p + difference).clamp(0.0, 1.0), n: a.n };
    newcombe(other, a).is_some_and(|(low, high)| low > 0.0 || high < 0.0)
}

/// This many halvings make the error smaller than 1e-12.
const HALVINGS: u32 = 40;

/// The two-sided p-value of the hypothesis that the two proportions are equal.
#[must_use]
pub fn equal_proportions_p(a: Proportion, b: Proportion) -> Option<f64> {
    wilson(a.p, a.n).and(wilson(b.p, b.n))?;
    let pooled = a.pooled_with(b).p;
    let spread = (pooled * (1.0 - pooled) * (1.0 / a.n + 1.0 / b.n)).sqrt();
    let z = if spread > 0.0 { (a.p - b.p).abs() / spread } else { 0.0 };
    Some(two_sided_p(z))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Proportion, equal_proportions_p, newcombe, smallest_clear_difference};
    use crate::for_tests::{close, number, oracle};

    #[test]
    fn intervals_are_those_of_statsmodels() {
        for case in oracle()["proportions"]["newcombe"].as_array().unwrap() {
            let share =
                |x: &str, n: &str| Proportion { p: number(&case[x]) / number(&case[n]), n: number(&case[n]) };
            let (low, high) = newcombe(share("x1", "n1"), share("x2", "n2")).unwrap();
            close(low, number(&case["low"]));
            close(high, number(&case["high"]));
        }
    }

    #[test]
    fn the_test_is_the_pooled_one() {
        // 30 of 60 and 21 of 60: pooled 0.425, z = 0.15 / √(0.425 · 0.575 / 30) = 1.6620, p = 0.09651.
        let p = equal_proportions_p(Proportion { p: 0.5, n: 60.0 }, Proportion { p: 0.35, n: 60.0 }).unwrap();
        assert!((p - 0.096_51).abs() < 5e-5, "{p}");
        assert_eq!(
            equal_proportions_p(Proportion { p: 1.0, n: 20.0 }, Proportion { p: 1.0, n: 5.0 }),
            Some(1.0)
        );
        assert_eq!(equal_proportions_p(Proportion { p: 0.5, n: 0.0 }, Proportion { p: 0.5, n: 5.0 }), None);
        assert_eq!(newcombe(Proportion { p: 1.2, n: 9.0 }, Proportion { p: 0.5, n: 5.0 }), None);
    }

    #[test]
    fn a_smaller_difference_than_the_smallest_clear_one_is_not_clear() {
        for (p, n, upward) in [(0.5, 100.0, true), (0.58, 240.0, false), (0.02, 900.0, true)] {
            let from = Proportion { p, n };
            let least = smallest_clear_difference(from, upward).unwrap();
            let low_end = |difference: f64| {
                let other = if upward { p + difference } else { p - difference };
                let (low, high) = newcombe(Proportion { p: other, n }, from).unwrap();
                if upward { low } else { -high }
            };
            assert!(low_end(least) > 0.0 && low_end(least - 1e-6) < 0.0, "{p} {n}");
        }
        // Ten people: from 9 in 10 nothing above is clear.
        assert_eq!(smallest_clear_difference(Proportion { p: 0.9, n: 10.0 }, true), None);
    }

    proptest! {
        #[test]
        fn it_contains_the_difference_and_swapping_sides_changes_its_sign(
            p in 0.0..=1.0f64, q in 0.0..=1.0f64, n in 1.0..1e5f64, m in 1.0..1e5f64
        ) {
            let (a, b) = (Proportion { p, n }, Proportion { p: q, n: m });
            let (low, high) = newcombe(a, b).unwrap();
            prop_assert!(low <= p - q + 1e-12 && p - q <= high + 1e-12);
            prop_assert!((-1.0..=1.0).contains(&low) && (-1.0..=1.0).contains(&high));
            let (back_low, back_high) = newcombe(b, a).unwrap();
            prop_assert!((low + back_high).abs() < 1e-12 && (high + back_low).abs() < 1e-12);
        }
    }
}
