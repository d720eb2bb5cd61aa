//! The Wilson score interval: how precise a published rate is.
//!
//! With p = x/n and z = 1.959964 (95%): center `(p + z²/2n) / (1 + z²/n)`, half-width
//! `z · √(p(1−p)/n + z²/4n²) / (1 + z²/n)`. (Wilson 1927; recommended for small n by Brown, Cai & DasGupta 2001.)
//! Rates and ends of the interval are fractions, 0–1.
//!
//! Small n: it keeps its level down to an n of about 10 and never leaves 0–1, unlike `p ± z·√(p(1−p)/n)`.
//! Degenerate: at p = 0 the lower end is 0, at p = 1 the upper end is 1; with n = 0, or p outside 0–1, there
//! is no interval (`None`).

use crate::normal::Z95;

/// The 95% interval of a rate `p` (0–1) of `n` people: its lower and upper ends. `p` may be rounded, so p·n
/// need not be a whole number.
#[must_use]
pub fn wilson(p: f64, n: f64) -> Option<(f64, f64)> {
    if !(n > 0.0 && n.is_finite() && (0.0..=1.0).contains(&p)) {
        return None;
    }
    let z2 = Z95 * Z95;
    let scale = 1.0 + z2 / n;
    let center = (p + z2 / (2.0 * n)) / scale;
    let half = Z95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / scale;
    // At the ends the exact value is 0 or 1; rounding would leave a tiny error.
    let low = if p == 0.0 { 0.0 } else { (center - half).max(0.0) };
    let high = if p == 1.0 { 1.0 } else { (center + half).min(1.0) };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::wilson;
    use crate::for_tests::{close, number, oracle};

    #[test]
    fn intervals_are_those_of_statsmodels() {
        for case in oracle()["proportions"]["wilson"].as_array().unwrap() {
            let n = number(&case["n"]);
            let (low, high) = wilson(number(&case["x"]) / n, n).unwrap();
            close(low, number(&case["low"]));
            close(high, number(&case["high"]));
        }
    }

    #[test]
    fn no_people_or_no_share_no_interval() {
        for (p, n) in [(0.5, 0.0), (0.5, -3.0), (1.01, 20.0), (-0.2, 20.0), (f64::NAN, 20.0), (0.5, f64::NAN)]
        {
            assert_eq!(wilson(p, n), None, "{p} of {n}");
        }
    }

    proptest! {
        #[test]
        fn it_contains_the_share_and_stays_within_0_and_1(p in 0.0..=1.0f64, n in 1.0..1e6f64) {
            let (low, high) = wilson(p, n).unwrap();
            prop_assert!(0.0 <= low && low <= p + 1e-12 && p <= high + 1e-12 && high <= 1.0);
        }
    }
}
