//! Ranks, medians and quantiles of a set of values, in the unit of the values.
//!
//! **Mid-rank percentile** of a value among n: `100 · (below + ½ · equal) / n`. Ties are split, so a value
//! equal to all others is at 50, not at 0 or 100.
//!
//! **Quantile**, type 7 of Hyndman & Fan (1996), like Excel's `PERCENTILE.INC`: at position `h = (n − 1) · q`
//! of the sorted values, counted from 0, with linear interpolation between its neighbors.
//!
//! Small n: both are defined for one value or more; the caller decides whether that is enough for a
//! comparison. Degenerate: without values there is no quantile and no percentile (`None`). Values must not be
//! NaN.

use std::cmp::Ordering;

/// How many values are below a value, and how many equal it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// Values below it.
    pub below: usize,
    /// Values equal to it.
    pub equal: usize,
}

impl Rank {
    /// The rank of `value` in `sorted` (ascending), which may contain it or not.
    #[must_use]
    pub fn of(value: f64, sorted: &[f64]) -> Self {
        let below = sorted.partition_point(|v| *v < value);
        let not_above = sorted.partition_point(|v| *v <= value);
        Self { below, equal: not_above - below }
    }

    /// The mid-rank percentile among `n` values, 0–100.
    #[must_use]
    pub fn percentile(self, n: usize) -> Option<f64> {
        (n > 0).then(|| 100.0 * (self.below as f64 + 0.5 * self.equal as f64) / n as f64)
    }
}

/// The quantile `q` (0–1) of `sorted` (ascending), type 7.
#[must_use]
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = last as f64 * q.clamp(0.0, 1.0);
    let below = position.floor() as usize;
    let share = position - below as f64;
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    match share.total_cmp(&0.5) {
        // At the midpoint exactly the average of its neighbors, and never outside them.
        Ordering::Equal => Some(low + (high - low) / 2.0),
        Ordering::Less => Some((low + (high - low) * share).min(high)),
        Ordering::Greater => Some((high - (high - low) * (1.0 - share)).max(low)),
    }
}

/// The median of `sorted` (ascending).
#[must_use]
pub fn median(sorted: &[f64]) -> Option<f64> {
    quantile(sorted, 0.5)
}

/// The median of values in any order.
#[must_use]
pub fn median_of(mut values: Vec<f64>) -> Option<f64> {
    sort_ascending(&mut values);
    median(&values)
}

/// Sorts numbers in ascending order; they must not be NaN.
pub fn sort_ascending(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Rank, median, quantile, sort_ascending};
    use crate::for_tests::{close, number, oracle};

    #[test]
    fn ranks_and_quartiles_are_those_of_numpy() {
        let ranks = &oracle()["ranks"];
        let values: Vec<f64> = ranks["values"].as_array().unwrap().iter().map(number).collect();
        for (value, percentile) in ranks["midrank"].as_object().unwrap() {
            let rank = Rank::of(value.parse().unwrap(), &values);
            close(rank.percentile(values.len()).unwrap(), number(percentile));
        }
        for (name, q) in [("p25", 0.25), ("median", 0.5), ("p75", 0.75)] {
            close(quantile(&values, q).unwrap(), number(&ranks[name]));
        }
    }

    #[test]
    fn no_values_have_no_quantile() {
        assert_eq!(median(&[]), None);
        assert_eq!(Rank::of(1.0, &[]).percentile(0), None);
    }

    #[test]
    fn one_value_and_equal_values() {
        assert_eq!(quantile(&[4.5], 0.25), Some(4.5));
        assert_eq!(quantile(&[2.0; 7], 0.75), Some(2.0));
        assert_eq!(Rank::of(2.0, &[2.0; 7]).percentile(7), Some(50.0));
        assert_eq!(Rank::of(0.0, &[-0.0, 0.0]), Rank { below: 0, equal: 2 });
    }

    proptest! {
        #[test]
        fn a_percentile_stays_within_its_bounds(mut values in prop::collection::vec(-1e6..1e6f64, 1..40), value in -1e6..1e6f64) {
            sort_ascending(&mut values);
            let percentile = Rank::of(value, &values).percentile(values.len()).unwrap();
            prop_assert!((0.0..=100.0).contains(&percentile));
        }

        #[test]
        fn quantiles_stay_within_the_values_and_keep_their_order(mut values in prop::collection::vec(-1e6..1e6f64, 1..40)) {
            sort_ascending(&mut values);
            let at: Vec<f64> = [0.0, 0.25, 0.5, 0.75, 1.0].iter().map(|q| quantile(&values, *q).unwrap()).collect();
            prop_assert!(at.windows(2).all(|w| w[0] <= w[1]));
            prop_assert_eq!(at[0], values[0]);
            prop_assert_eq!(at[4], values[values.len() - 1]);
        }
    }
}
