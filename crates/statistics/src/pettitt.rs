//! Pettitt's test: whether a series moves from one level to another at some point.
//!
//! For each split after the first k of n values, Uₖ is the number of pairs of an earlier and a later value
//! that rise, minus the number of those that fall: the Mann–Whitney statistic of the two parts. The test's
//! statistic is K, the largest |Uₖ| over all splits (Pettitt 1979). Only splits with two values or more on
//! each side count: one value is no level, and an odd first or last year is not a shift.
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

/// The number of sets of that many values.
const SETS: usize = 1 << EXACT_UP_TO;

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
    let (mut orders, mut u) = ([0_u32; SETS], [0_i64; SETS]);
    orders[0] = 1;
    let last = (1 << surpluses.len()) - 1;
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
fn orders_by_last(set: usize, orders: &[u32; SETS]) -> u32 {
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
