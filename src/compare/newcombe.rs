//! The difference of two independent shares: groups, years, districts.
//!
//! **Interval:** Newcombe's hybrid score interval (1998, method 10). With d = p₁ − p₂ and the Wilson interval
//! (l, u) of each share: from `d − √((p₁−l₁)² + (u₂−p₂)²)` to `d + √((u₁−p₁)² + (p₂−l₂)²)`.
//!
//! **Test:** two-sided normal test of p₁ = p₂ with the pooled share p = (x₁ + x₂)/(n₁ + n₂):
//! `z = d / √(p(1−p)(1/n₁ + 1/n₂))`.
//!
//! Small n: the interval holds its level down to n of about 10 a side; the test is somewhat liberal there, and small
//! groups never ground a strong finding. Degenerate: without people on a side, or a share outside 0–1, there is neither
//! (`None`); where both shares are 0 or both are 1, p is 1.

use libm::erfc;

use super::wilson::wilson;

/// A share of some people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Share {
    /// 0–1.
    pub(super) p: f64,
    /// How many people.
    pub(super) n: f64,
}

/// The 95 % interval of `a.p − b.p`.
pub(super) fn newcombe(a: Share, b: Share) -> Option<(f64, f64)> {
    let (low_a, high_a) = wilson(a.p, a.n)?;
    let (low_b, high_b) = wilson(b.p, b.n)?;
    let difference = a.p - b.p;
    let below = (a.p - low_a).hypot(high_b - b.p);
    let above = (high_a - a.p).hypot(b.p - low_b);
    Some((difference - below, difference + above))
}

/// The two-sided p of there being no difference.
pub(super) fn no_difference(a: Share, b: Share) -> Option<f64> {
    wilson(a.p, a.n).and(wilson(b.p, b.n))?;
    let pooled = (a.p * a.n + b.p * b.n) / (a.n + b.n);
    let spread = (pooled * (1.0 - pooled) * (1.0 / a.n + 1.0 / b.n)).sqrt();
    let z = if spread > 0.0 { (a.p - b.p).abs() / spread } else { 0.0 };
    Some(erfc(z / std::f64::consts::SQRT_2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Share, newcombe, no_difference};
    use crate::compare::tests::{close, number, oracle};

    #[test]
    fn intervals_are_those_of_statsmodels() {
        for case in oracle()["proportions"]["newcombe"].as_array().unwrap() {
            let share =
                |x: &str, n: &str| Share { p: number(&case[x]) / number(&case[n]), n: number(&case[n]) };
            let (low, high) = newcombe(share("x1", "n1"), share("x2", "n2")).unwrap();
            close(low, number(&case["low"]));
            close(high, number(&case["high"]));
        }
    }

    #[test]
    fn the_test_is_the_pooled_one() {
        // 30 of 60 and 21 of 60: pooled 0.425, z = 0.15 / √(0.425 · 0.575 / 30) = 1.6620, p = 0.09651.
        let p = no_difference(Share { p: 0.5, n: 60.0 }, Share { p: 0.35, n: 60.0 }).unwrap();
        assert!((p - 0.096_51).abs() < 5e-5, "{p}");
        assert_eq!(no_difference(Share { p: 1.0, n: 20.0 }, Share { p: 1.0, n: 5.0 }), Some(1.0));
        assert_eq!(no_difference(Share { p: 0.5, n: 0.0 }, Share { p: 0.5, n: 5.0 }), None);
        assert_eq!(newcombe(Share { p: 1.2, n: 9.0 }, Share { p: 0.5, n: 5.0 }), None);
    }

    proptest! {
        #[test]
        fn it_holds_the_difference_and_turns_with_its_sides(
            p in 0.0..=1.0f64, q in 0.0..=1.0f64, n in 1.0..1e5f64, m in 1.0..1e5f64
        ) {
            let (a, b) = (Share { p, n }, Share { p: q, n: m });
            let (low, high) = newcombe(a, b).unwrap();
            prop_assert!(low <= p - q + 1e-12 && p - q <= high + 1e-12);
            prop_assert!((-1.0..=1.0).contains(&low) && (-1.0..=1.0).contains(&high));
            let (back_low, back_high) = newcombe(b, a).unwrap();
            prop_assert!((low + back_high).abs() < 1e-12 && (high + back_low).abs() < 1e-12);
        }
    }
}
