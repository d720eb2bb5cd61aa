//! What happened to others who started like us: the changes of all whose start is within a band around ours.
//!
//! The changes of a whole population reward chance: those that start low rise on average, and those that start high fall (regression to the
//! mean; Galton 1886). So changes are compared only with those of similar starts. The **band** around our start is
//! `± share · (Q₃ − Q₁)` of all starts. Its share grows in equal steps from `first` to `widest`, until at least `fewest` starts are
//! in it. **Quantiles** of the changes are of type 7 ([`quantile`](crate::quantile)).
//!
//! Small n: with fewer than `fewest` starts in the widest band there is no result (`None`). Degenerate: if the quartiles of the
//! starts are equal, the band holds only starts equal to ours. Values must not be NaN.

use crate::quantile::{quantile, sort_ascending};

/// Where somebody started, and the change since.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastChange {
    /// The start, in the unit of the values.
    pub start: f64,
    /// The change, in the same unit.
    pub change: f64,
}

/// How wide the band of similar starts may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BandRule {
    /// Its half width at first, as a share of the distance between the quartiles of all starts.
    pub first: f64,
    /// The widest that it may become; a multiple of `first`.
    pub widest: f64,
    /// The fewest starts in it.
    pub fewest: usize,
}

/// The changes of those who started like us.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarStarts {
    /// The lower end of the band, in the unit of the values.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The changes, ascending; never empty.
    changes: Vec<f64>,
}

impl SimilarStarts {
    /// The changes in `past` of those who started within a band around `start`.
    #[must_use]
    pub fn around(start: f64, past: &[PastChange], rule: BandRule) -> Option<Self> {
        let mut starts: Vec<f64> = past.iter().map(|one| one.start).collect();
        sort_ascending(&mut starts);
        let spread = quantile(&starts, 0.75)? - quantile(&starts, 0.25)?;
        let steps = (rule.widest / rule.first).round().max(1.0) as u32;
        (1..=steps).find_map(|step| {
            let half = f64::from(step) * rule.first * spread;
            Self::within(start - half, start + half, past).filter(|found| found.count() >= rule.fewest)
        })
    }

    fn within(low: f64, high: f64, past: &[PastChange]) -> Option<Self> {
        // A start at the edge of the band counts, whatever the rounding errors.
        let edge = 1e-9 * (1.0 + low.abs().max(high.abs()));
        let inside = past.iter().filter(|one| one.start >= low - edge && one.start <= high + edge);
        let mut changes: Vec<f64> = inside.map(|one| one.change).collect();
        sort_ascending(&mut changes);
        (!changes.is_empty()).then_some(Self { low, high, changes })
    }

    /// How many started within the band.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.changes.len()
    }

    /// The quantile `q` (0–1) of their changes.
    #[must_use]
    pub fn change(&self, q: f64) -> f64 {
        quantile(&self.changes, q).unwrap_or_default()
    }

    /// How many of them changed by at least `change`.
    #[must_use]
    pub fn reached(&self, change: f64) -> usize {
        let edge = 1e-9 * (1.0 + change.abs());
        self.changes.len() - self.changes.partition_point(|one| *one < change - edge)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BandRule, PastChange, SimilarStarts};

    const RULE: BandRule = BandRule { first: 0.25, widest: 1.0, fewest: 30 };

    /// Starts 0, 1, …, 99; who starts at `s` changes by `50 − s`.
    fn past() -> Vec<PastChange> {
        (0..100).map(|s| PastChange { start: f64::from(s), change: 50.0 - f64::from(s) }).collect()
    }

    #[test]
    fn the_band_grows_until_enough_started_in_it() {
        // The quartiles of 0 … 99 are 24.75 and 74.25, so a step is 12.375.
        let middle = SimilarStarts::around(50.0, &past(), BandRule { fewest: 25, ..RULE }).unwrap();
        assert_eq!((middle.low, middle.high, middle.count()), (37.625, 62.375, 25));
        assert_eq!((middle.change(0.5), middle.change(0.75)), (0.0, 6.0));
        // 26 are not in ± 12.375, but 49 are in ± 24.75.
        let wider = SimilarStarts::around(50.0, &past(), BandRule { fewest: 26, ..RULE }).unwrap();
        assert_eq!(wider.count(), 49);
        // At the edge only one side has starts: 0 … 37 within ± 37.125.
        let edge = SimilarStarts::around(0.0, &past(), RULE).unwrap();
        assert_eq!((edge.count(), edge.change(0.5)), (38, 31.5));
        assert_eq!(SimilarStarts::around(0.0, &past(), BandRule { fewest: 51, ..RULE }), None);
        assert_eq!(SimilarStarts::around(0.0, &[], RULE), None);
    }

    #[test]
    fn who_changed_as_much_is_counted_with_those_who_changed_exactly_so() {
        let middle = SimilarStarts::around(50.0, &past(), BandRule { fewest: 25, ..RULE }).unwrap();
        assert_eq!((middle.reached(12.0), middle.reached(6.0), middle.reached(12.1)), (1, 7, 0));
    }

    #[test]
    fn equal_starts_are_all_alike() {
        let same: Vec<PastChange> =
            (0..40).map(|i| PastChange { start: 7.0, change: f64::from(i) }).collect();
        assert_eq!(SimilarStarts::around(7.0, &same, RULE).unwrap().count(), 40);
        assert_eq!(SimilarStarts::around(8.0, &same, RULE), None);
    }

    proptest! {
        #[test]
        fn more_is_reached_by_fewer_and_quantiles_are_reached_by_their_share(
            changes in prop::collection::vec(-100.0..100.0f64, 30..80), q in 0.0..=1.0f64
        ) {
            let past: Vec<PastChange> = changes.iter().map(|change| PastChange { start: 1.0, change: *change }).collect();
            let all = SimilarStarts::around(1.0, &past, RULE).unwrap();
            prop_assert!(all.reached(all.change(q)) <= all.reached(all.change(q / 2.0)));
            let share = all.reached(all.change(q)) as f64 / all.count() as f64;
            prop_assert!((share - (1.0 - q)).abs() <= 1.0 / 29.0 + 1e-9, "{share} for {q}");
        }
    }
}
