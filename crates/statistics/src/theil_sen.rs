//! The Theil–Sen slope: how much a series changes per year, robust to single outlying years.
//!
//! The median of the slopes `(yⱼ − yᵢ) / (xⱼ − xᵢ)` of all N = n(n−1)/2 pairs of years, using actual
//! differences in years: across a missing year the step is twice as long, not twice as steep (Theil 1950; Sen
//! 1968). Its breakdown point is 29%: up to that share of the values may be arbitrarily wrong. Slopes are in
//! the unit of the values, per year.
//!
//! **95% interval** (Sen 1968; Hollander, Wolfe & Chicken 2014, section 9.3): the sorted slopes at ranks
//! M = (N − C)/2 and N + 1 − M, counted from 1, with C = k − 2.
//! - n ≤ 10: k is the smallest value with P(S ≥ k) ≤ 0.025 under Kendall's exact distribution without ties,
//!   so the level is at least 95%; with tied values it is conservative.
//! - n > 10: C = z·√Var S with the variance for ties, ranks rounded half to even, like SciPy's `theilslopes`.
//!
//! Small n: with 5 values or fewer no pair can be left out, and the interval is the whole range of slopes
//! (flagged). Its level is then 98.3% with 5 values, but only 91.7% with 4 and 66.7% with 3: with 4, no
//! rank-based interval reaches 95%. Degenerate: fewer than two points have no slope (`None`); equal values
//! give 0.

use crate::mann_kendall::{EXACT_UP_TO, variance_of_s};
use crate::normal::Z95;
use crate::quantile::{median, sort_ascending};

/// The smallest k with P(S ≥ k) ≤ 0.025, for 6 to 10 values. For 5 it is 10 = N, for fewer there is none.
const CRITICAL_S: [usize; 5] = [13, 15, 18, 20, 23];

/// A Theil–Sen slope with its confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TheilSen {
    /// Median of the pairwise slopes.
    pub slope: f64,
    /// Lower end of the 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the interval is the whole range of the slopes because there are so few years.
    pub is_range: bool,
}

/// The slope of `points` (year, value), ascending, each year once; `sorted` holds the same values, ascending.
/// `slopes` is a buffer for the pairwise slopes; its contents are overwritten.
#[must_use]
pub fn theil_sen(points: &[(i32, f64)], sorted: &[f64], slopes: &mut Vec<f64>) -> Option<TheilSen> {
    slopes.clear();
    for (i, (x1, y1)) in points.iter().enumerate() {
        slopes.extend(points[i + 1..].iter().map(|(x2, y2)| (y2 - y1) / f64::from(x2 - x1)));
    }
    sort_ascending(slopes);
    let slope = median(slopes)?;
    let (low, high) = interval_positions(points.len(), slopes.len(), sorted);
    let is_range = low == 0 && high + 1 == slopes.len();
    Some(TheilSen { slope, low: slopes[low], high: slopes[high], is_range })
}

/// Positions, from 0, of the interval's ends among the `pairs` sorted slopes of `n` points.
fn interval_positions(n: usize, pairs: usize, sorted: &[f64]) -> (usize, usize) {
    if n > EXACT_UP_TO {
        let spread = Z95 * variance_of_s(sorted).sqrt();
        let low = ((pairs as f64 - spread) / 2.0).round_ties_even() as usize;
        let high = ((pairs as f64 + spread) / 2.0).round_ties_even() as usize;
        return (low.saturating_sub(1), high.min(pairs - 1));
    }
    let critical = n.checked_sub(6).map_or(pairs, |i| CRITICAL_S[i]);
    let low = (pairs - critical) / 2;
    (low, pairs - 1 - low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CRITICAL_S, TheilSen, theil_sen};
    use crate::for_tests::{close, number, oracle, series};
    use crate::quantile::sort_ascending;

    fn fit(points: &[(i32, f64)]) -> Option<TheilSen> {
        let mut sorted: Vec<f64> = points.iter().map(|p| p.1).collect();
        sort_ascending(&mut sorted);
        theil_sen(points, &sorted, &mut Vec::new())
    }

    #[test]
    fn slopes_are_those_of_scipy() {
        for name in ["rising4", "noisy6", "ties7", "falling8"] {
            let case = &oracle()["trend"][name];
            let fitted = fit(&series(case)).unwrap();
            close(fitted.slope, number(&case["slope"]));
            assert!(fitted.low <= fitted.slope && fitted.slope <= fitted.high);
            assert_eq!(fitted.is_range, name == "rising4");
        }
        let case = &oracle()["trend"]["long12"];
        let points: Vec<(i32, f64)> = (0..).zip(case["y"].as_array().unwrap().iter().map(number)).collect();
        close(fit(&points).unwrap().slope, number(&case["slope"]));
    }

    /// SciPy 1.17, `theilslopes(y, x, alpha=0.95)`.
    #[test]
    fn above_ten_values_the_interval_is_that_of_scipy() {
        let rising = [50., 52., 51., 53., 55., 54., 56., 58., 57., 60., 59., 61.];
        let fitted = fit(&(2010..).zip(rising).collect::<Vec<_>>()).unwrap();
        close(fitted.slope, 1.0);
        close(fitted.low, 0.8);
        close(fitted.high, 7.0 / 6.0);
        let years = [2008, 2009, 2010, 2011, 2012, 2013, 2014, 2016, 2017, 2018, 2019, 2021, 2022];
        let tied = [12.1, 12.1, 11.8, 12.5, 12.5, 12.5, 13.0, 11.8, 13.4, 13.0, 14.1, 13.4, 13.4];
        let fitted = fit(&years.into_iter().zip(tied).collect::<Vec<_>>()).unwrap();
        close(fitted.slope, 0.104_166_666_666_666_74);
        close(fitted.low, 0.071_428_571_428_571_42);
        close(fitted.high, 0.181_818_181_818_181_82);
    }

    /// The share of all orders of n values with an S of at least k.
    fn tail(n: usize, k: usize) -> f64 {
        let mut counts = vec![1.0];
        for j in 2..=n {
            let mut next = vec![0.0; counts.len() + j - 1];
            (0..counts.len()).for_each(|i| (0..j).for_each(|m| next[i + m] += counts[i]));
            counts = next;
        }
        let at_most = (n * (n - 1) / 2 - k) / 2;
        counts[..=at_most].iter().sum::<f64>() / counts.iter().sum::<f64>()
    }

    #[test]
    fn the_table_is_kendalls_distribution() {
        for (n, k) in (6..).zip(CRITICAL_S) {
            assert!(tail(n, k) <= 0.025 && tail(n, k - 2) > 0.025, "{n}");
        }
        assert!(tail(5, 10) <= 0.025 && tail(5, 8) > 0.025);
        assert!(tail(4, 6) > 0.025);
    }

    #[test]
    fn the_interval_of_six_values_leaves_one_slope_out_at_each_end() {
        let fitted =
            fit(&[(2018, 41.2), (2019, 40.8), (2021, 36.1), (2022, 37.9), (2023, 38.4), (2024, 39.9)]);
        let fitted = fitted.unwrap();
        close(fitted.low, -1.7);
        close(fitted.high, 1.5);
        assert!(!fitted.is_range);
    }

    #[test]
    fn few_and_equal_values() {
        assert_eq!(fit(&[]), None);
        assert_eq!(fit(&[(2020, 1.0)]), None);
        let two = TheilSen { slope: -1.5, low: -1.5, high: -1.5, is_range: true };
        assert_eq!(fit(&[(2020, 4.0), (2022, 1.0)]), Some(two));
        for n in [3, 5, 8, 12, 40] {
            let flat = fit(&(2000..2000 + n).map(|x| (x, 7.5)).collect::<Vec<_>>()).unwrap();
            assert_eq!((flat.slope, flat.low, flat.high, flat.is_range), (0.0, 0.0, 0.0, n <= 5));
        }
    }

    #[test]
    fn a_missing_year_is_a_longer_step_not_a_steeper_one() {
        let fitted = fit(&[(2018, 10.0), (2019, 12.0), (2021, 16.0), (2022, 18.0)]).unwrap();
        assert_eq!((fitted.slope, fitted.low, fitted.high), (2.0, 2.0, 2.0));
    }

    proptest! {
        #[test]
        fn it_follows_scale_and_shift(values in prop::collection::vec(-1e3..1e3f64, 2..15), scale in 0.1..9.0f64, shift in -1e3..1e3f64, years in 0..50i32) {
            let points: Vec<(i32, f64)> = (2000..).zip(values.iter().copied()).collect();
            let moved: Vec<(i32, f64)> = (2000 + years..).zip(values.iter().map(|v| scale * v + shift)).collect();
            let (there, here) = (fit(&points).unwrap(), fit(&moved).unwrap());
            for (a, b) in [(there.slope, here.slope), (there.low, here.low), (there.high, here.high)] {
                prop_assert!((a * scale - b).abs() < 1e-8);
            }
        }

        #[test]
        fn reversing_the_values_changes_the_sign(values in prop::collection::vec(-1e3..1e3f64, 2..15)) {
            let points: Vec<(i32, f64)> = (2000..).zip(values.iter().copied()).collect();
            let turned: Vec<(i32, f64)> = (2000..).zip(values.iter().rev().copied()).collect();
            let (there, back) = (fit(&points).unwrap(), fit(&turned).unwrap());
            prop_assert!((there.slope + back.slope).abs() < 1e-9);
            if values.len() <= 10 {
                prop_assert!((there.low + back.high).abs() < 1e-9);
            }
        }
    }
}
