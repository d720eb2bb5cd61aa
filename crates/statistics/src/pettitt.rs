//! Pettitt's test: whether a series moves from one level to another at some point.
//!
//! For each split after the first k of n values, Uₖ is the number of pairs of an earlier and a later value
//! that rise, minus the number of those that fall: the Mann–Whitney statistic of the two parts. The test's
//! statistic is K, the largest |Uₖ| over all splits (Pettitt 1979). Only splits with two values or more on
//! each side count: one value is not a level, and an odd first or last year is not a shift.
//!
//! **n ≤ 12: exact, ties included, and adjusted for the search.** The p-value is the share of all orders of
//! the observed values with a K at least as large. Uₖ depends only on which values come first, not on their
//! order. So the orders are counted set by set, by dynamic programming: the orders of a set whose K stays
//! below the observed one are those of the set without one of its values, summed over the values, and none
//! if |Uₖ| of the set itself reaches it. At most 4,096 sets are visited instead of 479,001,600 orders.
//!
//! **n > 12: approximate**, `p = 2 · exp(−6K² / (n³ + n²))`, at most 1. Ties make it conservative.
//!
//! Small n: with 4 values p is at least 0.33, with 5 at least 0.3, with 6 and 7 at least 0.1. A split near
//! an end can never be as clear as one in the middle. Degenerate: fewer than four values have no split; then,
//! and if all values are equal, K = 0 and p = 1.

/// Up to this many values, p is exact.
const EXACT_UP_TO: usize = 12;

/// The fewest values on a side of a split.
pub(crate) const FEWEST_ON_A_SIDE: usize = 2;

/// The statistic K of `points` (year, value), ascending by year.
#[must_use]
pub fn shift_statistic(points: &[(i32, f64)]) -> i64 {
    let (mut u, mut largest) = (0, 0);
    for (i, (_, value)) in points.iter().enumerate() {
        u += surplus(*value, points);
        if is_split(i + 1, points.len()) {
            largest = largest.max(u.abs());
        }
    }
    largest
}

/// The p-value of a statistic K of `points`.
#[must_use]
pub fn shift_p(statistic: i64, points: &[(i32, f64)]) -> f64 {
    let n = points.len();
    if statistic <= 0 {
        return 1.0;
    }
    if n > EXACT_UP_TO {
        let (k, n) = (statistic as f64, n as f64);
        return (2.0 * (-6.0 * k * k / (n * n * (n + 1.0))).exp()).min(1.0);
    }
    let mut surpluses = [0; EXACT_UP_TO];
    for (surplus_of_value, (_, value)) in surpluses.iter_mut().zip(points) {
        *surplus_of_value = surplus(*value, points);
    }
    let all: u32 = (1..=n as u32).product();
    f64::from(all - orders_below(statistic, &surpluses[..n])) / f64::from(all)
}

/// How many of the values are above this one, minus how many are below it.
fn surplus(value: f64, points: &[(i32, f64)]) -> i64 {
    points.iter().map(|(_, other)| i64::from(*other > value) - i64::from(*other < value)).sum()
}

/// Whether a split after the first `earlier` of `n` values leaves enough on each side.
fn is_split(earlier: usize, n: usize) -> bool {
    earlier >= FEWEST_ON_A_SIDE && earlier + FEWEST_ON_A_SIDE <= n
}

/// How many orders of at most twelve values, given by their surpluses, have a K below `statistic`.
fn orders_below(statistic: i64, surpluses: &[i64]) -> u32 {
    // A set is a number with a bit for each of its values.
    let sets = 1 << surpluses.len();
    let (mut orders, mut u) = (vec![0; sets], vec![0; sets]);
    orders[0] = 1;
    let last = sets - 1;
    for set in 1..=last {
        u[set] = u[without_lowest(set)] + surpluses[set.trailing_zeros() as usize];
        let is_too_far = u[set].abs() >= statistic && is_split(set.count_ones() as usize, surpluses.len());
        if !is_too_far {
            orders[set] = orders_by_last(set, &orders);
        }
    }
    orders[last]
}

/// The orders of a set, by which of its values comes last.
fn orders_by_last(set: usize, orders: &[u32]) -> u32 {
    let (mut sum, mut rest) = (0, set);
    while rest > 0 {
        let others = without_lowest(rest);
        sum += orders[set ^ rest ^ others];
        rest = others;
    }
    sum
}

/// A set without the first of its values.
const fn without_lowest(set: usize) -> usize {
    set & (set - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{shift_p, shift_statistic};
    use crate::for_tests::{close, in_years};

    fn p(values: &[f64]) -> f64 {
        shift_p(shift_statistic(&in_years(values)), &in_years(values))
    }

    /// By Python's `itertools.permutations`, all orders of the values 1 to n.
    #[test]
    fn without_ties_p_is_that_of_all_orders() {
        for (n, statistic, as_extreme, all) in [
            (4, 4, 8.0, 24.0),
            (5, 6, 40.0, 120.0),
            (6, 9, 72.0, 720.0),
            (6, 8, 208.0, 720.0),
            (7, 12, 504.0, 5_040.0),
            (8, 16, 1_152.0, 40_320.0),
            (8, 15, 3_384.0, 40_320.0),
            (8, 14, 4_032.0, 40_320.0),
        ] {
            let values: Vec<f64> = (0..n).map(f64::from).collect();
            assert_eq!(shift_p(statistic, &in_years(&values)), as_extreme / all, "{n}, {statistic}");
        }
    }

    /// NumPy: the share in 4,000,000 random orders, which is known to ± 0.0003.
    #[test]
    fn p_of_twelve_values_is_that_of_random_orders() {
        let untied: Vec<f64> = (0..12).map(f64::from).collect();
        let tied = [1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 6.0, 6.0, 7.0];
        for (statistic, of_untied, of_tied) in [
            (14, 0.757_979, 0.743_107),
            (20, 0.356_859, 0.347_241),
            (26, 0.108_479, 0.102_146),
            (30, 0.037_206, 0.033_463),
            (34, 0.007_956, 0.008_555),
        ] {
            assert!((shift_p(statistic, &in_years(&untied)) - of_untied).abs() < 0.001, "{statistic}");
            assert!((shift_p(statistic, &in_years(&tied)) - of_tied).abs() < 0.001, "{statistic}");
        }
        // Six below six others: 2 of the 924 ways to choose six of twelve.
        close(p(&untied), 2.0 / 924.0);
    }

    #[test]
    fn above_twelve_values_p_is_pettitts() {
        let values: Vec<f64> = (0..13).map(f64::from).collect();
        assert_eq!(shift_statistic(&in_years(&values)), 42);
        close(shift_p(40, &in_years(&values)), 0.034_585_049_004_615_176);
        assert_eq!(shift_p(5, &in_years(&values)), 1.0);
    }

    #[test]
    fn an_odd_year_at_an_end_is_no_shift() {
        assert_eq!(shift_statistic(&in_years(&[9.0, 1.0, 1.0, 1.0, 1.0])), 3);
        assert_eq!(shift_statistic(&in_years(&[9.0, 8.0, 1.0, 1.0, 1.0])), 6);
    }

    #[test]
    fn few_and_equal_values_show_no_shift() {
        for n in [0, 1, 2, 3, 4, 12, 13, 40] {
            assert_eq!(p(&vec![3.0; n]), 1.0, "{n}");
        }
        assert_eq!(p(&[1.0, 2.0, 3.0]), 1.0);
    }

    /// By enumerating all orders.
    fn enumerated_p(values: &mut Vec<f64>, statistic: i64) -> f64 {
        fn visit(values: &mut Vec<f64>, from: usize, statistic: i64, seen: &mut (u32, u32)) {
            if from == values.len() {
                seen.0 += 1;
                seen.1 += u32::from(mann_whitney_scan(values) >= statistic);
            }
            for i in from..values.len() {
                values.swap(from, i);
                visit(values, from + 1, statistic, seen);
                values.swap(from, i);
            }
        }
        let mut seen = (0, 0);
        visit(values, 0, statistic, &mut seen);
        f64::from(seen.1) / f64::from(seen.0)
    }

    /// K by its definition: pairs of an earlier and a later value.
    fn mann_whitney_scan(values: &[f64]) -> i64 {
        let splits = 2..values.len().saturating_sub(1);
        let u = splits.map(|split| {
            let (earlier, later) = values.split_at(split);
            let signs =
                earlier.iter().flat_map(|a| later.iter().map(move |b| i64::from(b > a) - i64::from(b < a)));
            signs.sum::<i64>().abs()
        });
        u.max().unwrap_or(0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn exact_p_is_that_of_enumeration(whole in prop::collection::vec(0..6i32, 0..=7)) {
            let mut values: Vec<f64> = whole.iter().map(|v| f64::from(*v)).collect();
            let statistic = shift_statistic(&in_years(&values));
            prop_assert_eq!(statistic, mann_whitney_scan(&values));
            let exact = p(&values);
            prop_assert!((exact - enumerated_p(&mut values, statistic)).abs() < 1e-12);
        }

        #[test]
        fn neither_direction_nor_sign_matters(values in prop::collection::vec(-9..9i32, 0..16)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let back: Vec<f64> = values.iter().rev().copied().collect();
            let negative: Vec<f64> = values.iter().map(|v| -v).collect();
            prop_assert_eq!(p(&values), p(&back));
            prop_assert_eq!(p(&values), p(&negative));
        }

        #[test]
        fn a_larger_statistic_is_rarer(values in prop::collection::vec(-9..9i32, 4..13), statistic in 0..36i64) {
            let points = in_years(&values.into_iter().map(f64::from).collect::<Vec<_>>());
            let (p, next) = (shift_p(statistic, &points), shift_p(statistic + 1, &points));
            prop_assert!(next <= p && (0.0..=1.0).contains(&p));
        }
    }
}
