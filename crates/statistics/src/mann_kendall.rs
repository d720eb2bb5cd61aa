//! The Mann–Kendall test: whether a series rises or falls more than chance would explain.
//!
//! S = pairs of years in which the later value is higher − pairs in which it is lower (Mann 1945; Kendall 1975).
//! The p-value is two-sided: how often values in random order give an |S| at least as large.
//!
//! **n ≤ 10: exact, ties included.** Over all orders of the observed values, S = N − 2·I, where N is the number
//! of pairs that are not tied and I the number of inversions. For tie blocks of sizes t₁, t₂, … the orders with
//! I inversions are counted by the coefficient of qᴵ in the Gaussian multinomial `[n]! / ([t₁]! [t₂]! …)`
//! (MacMahon 1916), built up here one block at a time in whole numbers: no order is enumerated.
//!
//! **n > 10: normal**, with `Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18` and S moved by 1 toward 0
//! (continuity): p = erfc(|z| / √2).
//!
//! Small n: with 4 values p is at least 0.083, with 3 at least 0.33. Degenerate: fewer than two values, or
//! all values equal, give S = 0 and p = 1.

use libm::erfc;

/// Up to this many values, p is exact.
pub(crate) const EXACT_UP_TO: usize = 10;

/// More than the sum of the inversions of ten values (45) and the largest factor (10).
const TERMS: usize = 56;

/// The result of the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Rising pairs minus falling pairs.
    pub s: i64,
    /// Two-sided p-value.
    pub p: f64,
}

/// Tests `points` (year, value), ascending by year; `sorted` holds the same values, ascending.
#[must_use]
pub fn mann_kendall(points: &[(i32, f64)], sorted: &[f64]) -> MannKendall {
    let s = statistic(points);
    let p = if points.len() <= EXACT_UP_TO { exact_p(s, sorted) } else { normal_p(s, sorted) };
    MannKendall { s, p }
}

fn statistic(points: &[(i32, f64)]) -> i64 {
    let mut s = 0;
    for (i, (_, earlier)) in points.iter().enumerate() {
        for (_, later) in &points[i + 1..] {
            s += i64::from(later > earlier) - i64::from(later < earlier);
        }
    }
    s
}

fn tie_block_sizes(sorted: &[f64]) -> impl Iterator<Item = usize> {
    sorted.chunk_by(|a, b| a == b).map(<[f64]>::len)
}

fn exact_p(s: i64, sorted: &[f64]) -> f64 {
    let counts = orders_by_inversions(tie_block_sizes(sorted));
    let untied = pairs(sorted.len()) - tie_block_sizes(sorted).map(pairs).sum::<usize>();
    let (mut all, mut as_extreme) = (0, 0);
    for (inversions, count) in counts[..=untied].iter().enumerate() {
        all += count;
        if (untied as i64 - 2 * inversions as i64).abs() >= s.abs() {
            as_extreme += count;
        }
    }
    as_extreme as f64 / all as f64
}

/// The number of pairs of `n` things.
const fn pairs(n: usize) -> usize {
    n * n.saturating_sub(1) / 2
}

/// How many orders of a multiset with these block sizes (at most ten elements) have 0, 1, 2, … inversions.
fn orders_by_inversions(blocks: impl Iterator<Item = usize>) -> [i64; TERMS] {
    let mut counts = [0; TERMS];
    counts[0] = 1;
    let mut placed = 0;
    for block in blocks {
        // The Gaussian binomial [placed + block, block]: each step is again a polynomial.
        for i in 1..=block {
            multiply_by_one_minus_power(&mut counts, placed + i);
            divide_by_one_minus_power(&mut counts, i);
        }
        placed += block;
    }
    counts
}

/// Multiplies by 1 − qᵏ.
fn multiply_by_one_minus_power(counts: &mut [i64; TERMS], k: usize) {
    for i in (k..TERMS).rev() {
        counts[i] -= counts[i - k];
    }
}

/// Divides by 1 − qᵏ.
fn divide_by_one_minus_power(counts: &mut [i64; TERMS], k: usize) {
    for i in k..TERMS {
        counts[i] += counts[i - k];
    }
}

/// The variance of S in random order, adjusted for ties; `sorted` holds the values, ascending.
pub(crate) fn variance_of_s(sorted: &[f64]) -> f64 {
    (variance_term(sorted.len()) - tie_block_sizes(sorted).map(variance_term).sum::<f64>()) / 18.0
}

/// `n(n−1)(2n+5)`.
fn variance_term(n: usize) -> f64 {
    let n = n as f64;
    n * (n - 1.0) * (2.0 * n + 5.0)
}

fn normal_p(s: i64, sorted: &[f64]) -> f64 {
    let (corrected, variance) = ((s.abs() - 1).max(0) as f64, variance_of_s(sorted));
    if variance > 0.0 { erfc(corrected / (2.0 * variance).sqrt()) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{exact_p, mann_kendall, orders_by_inversions, statistic};
    use crate::for_tests::{close, in_years, number, oracle, series};
    use crate::quantile::sort_ascending;

    fn test(points: &[(i32, f64)]) -> super::MannKendall {
        let mut sorted: Vec<f64> = points.iter().map(|p| p.1).collect();
        sort_ascending(&mut sorted);
        mann_kendall(points, &sorted)
    }

    #[test]
    fn s_and_exact_p_are_those_of_the_oracle() {
        for name in ["rising4", "noisy6", "ties7", "falling8"] {
            let case = &oracle()["trend"][name];
            let result = test(&series(case));
            assert_eq!(result.s, case["mk_s"].as_i64().unwrap(), "{name}");
            close(result.p, number(&case["mk_p_exact"]));
        }
    }

    #[test]
    fn above_ten_values_p_is_normal_with_ties_and_continuity() {
        let rising = [50., 52., 51., 53., 55., 54., 56., 58., 57., 60., 59., 61.];
        let result = test(&in_years(&rising));
        assert_eq!(result.s, 58);
        close(result.p, 9.281_898_133_684_614e-5);
        let tied = [12.1, 12.1, 11.8, 12.5, 12.5, 12.5, 13.0, 11.8, 13.4, 13.0, 14.1, 13.4, 13.4];
        let result = test(&in_years(&tied));
        assert_eq!(result.s, 47);
        close(result.p, 0.004_209_946_028_667_905);
    }

    #[test]
    fn no_values_and_equal_values_show_no_trend() {
        for n in [0, 1, 2, 5, 10, 11, 30] {
            let result = test(&in_years(&vec![3.0; n]));
            assert_eq!((result.s, result.p), (0, 1.0), "{n}");
        }
        assert_eq!(test(&in_years(&[1.0, 2.0])).p, 1.0);
    }

    #[test]
    fn every_order_is_counted_once() {
        let all: i64 = orders_by_inversions([1; 10].into_iter()).iter().sum();
        assert_eq!(all, 3_628_800);
        let all: i64 = orders_by_inversions([3, 1, 4, 2].into_iter()).iter().sum();
        assert_eq!(all, 12_600);
    }

    /// By enumerating all orders.
    fn enumerated_p(values: &mut Vec<f64>, s: i64) -> f64 {
        fn visit(values: &mut Vec<f64>, from: usize, s: i64, seen: &mut (u32, u32)) {
            if from == values.len() {
                seen.0 += 1;
                seen.1 += u32::from(statistic(&in_years(values)).abs() >= s.abs());
            }
            for i in from..values.len() {
                values.swap(from, i);
                visit(values, from + 1, s, seen);
                values.swap(from, i);
            }
        }
        let mut seen = (0, 0);
        visit(values, 0, s, &mut seen);
        f64::from(seen.1) / f64::from(seen.0)
    }

    proptest! {
        #[test]
        fn exact_p_is_that_of_enumeration(whole in prop::collection::vec(0..5i32, 0..=6)) {
            let mut values: Vec<f64> = whole.iter().map(|v| f64::from(*v)).collect();
            let s = statistic(&in_years(&values));
            let mut sorted = values.clone();
            sort_ascending(&mut sorted);
            prop_assert!((exact_p(s, &sorted) - enumerated_p(&mut values, s)).abs() < 1e-12);
        }

        #[test]
        fn reversing_the_values_changes_only_the_sign(values in prop::collection::vec(-9..9i32, 0..16)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let turned: Vec<f64> = values.iter().rev().copied().collect();
            let (there, back) = (test(&in_years(&values)), test(&in_years(&turned)));
            prop_assert_eq!(there.s, -back.s);
            prop_assert_eq!(there.p, back.p);
        }
    }
}
