//! Where the district stands in one year, among its peers and in the state.
//!
//! Peers: the district not counted. State: all districts with a value, the district counted. Ranks, medians and
//! quartiles as in [`rank`](super::rank). With fewer than 5 values there is no comparison, only the count.
//!
//! A difference from the peers' median is **clear** when |value − median| ≥ M, the measure's meaningful change
//! (or that percent of the peers' median), and
//! - for a percent of known n: the median lies outside the value's Wilson 95 % interval;
//! - else: the value lies outside the peers' quartiles by at least half of their spread.
//!
//! Degenerate: where all peers are equal the spread is 0 and M alone decides; a percent outside 0–100 is no
//! share of people, and is judged by the quartiles.

use super::rank::{Rank, median, quantile, sort};
use super::trend::reaches;
use super::wilson::wilson;
use crate::catalog::Measure;
use crate::domain::{SchoolYear, Unit};

/// The fewest values that make a comparison.
pub(super) const FEWEST: usize = 5;

/// The district's value in one year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own {
    /// School year.
    pub(super) year: SchoolYear,
    /// The value.
    pub(super) value: f64,
    /// How many people it rests on, where known.
    pub(super) n: Option<f64>,
}

/// Where the district stands in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// School year.
    pub year: SchoolYear,
    /// Peers with a reported value.
    pub peer_n: usize,
    /// Peers whose value is below the district's.
    pub peers_below: usize,
    /// Peers whose value equals it.
    pub peers_equal: usize,
    /// Median of the peers; `None` with fewer than 5 of them, as the next three.
    pub peer_median: Option<f64>,
    /// Lower quartile of the peers (type 7).
    pub peer_p25: Option<f64>,
    /// Upper quartile.
    pub peer_p75: Option<f64>,
    /// Mid-rank percentile among the peers, the district not counted, 0–100.
    pub peer_percentile: Option<f64>,
    /// Whether the difference from the peers' median is clear (`methods.md` 3).
    pub peer_clear: bool,
    /// Districts of the state with a reported value, the district counted.
    pub state_n: usize,
    /// Their median; `None` with fewer than 5.
    pub state_median: Option<f64>,
    /// Mid-rank percentile in the state, the district counted; `None` with fewer than 5.
    pub state_percentile: Option<f64>,
    /// For a rate of known n in the latest year: how many standard deviations it lies from the state's median, with chance
    /// and the usual differences between districts taken into account (see [`funnel`](super::funnel)).
    pub state_funnel: Option<f64>,
}

impl Standing {
    /// Peers whose value is above the district's.
    #[must_use]
    pub const fn peers_above(&self) -> usize {
        self.peer_n - self.peers_below - self.peers_equal
    }

    /// Whether more than half of the peers with a value are below the district.
    #[must_use]
    pub const fn is_above_most(&self) -> bool {
        2 * self.peers_below > self.peer_n
    }

    /// Whether more than half of the peers with a value are above the district.
    #[must_use]
    pub const fn is_below_most(&self) -> bool {
        2 * self.peers_above() > self.peer_n
    }
}

/// The standing of `own` among the values of its peers, which are put in order, and of the state
/// (ascending, its own among them).
pub(super) fn standing(own: Own, peers: &mut [f64], state: &[f64], measure: &Measure) -> Standing {
    sort(peers);
    let rank = Rank::of(own.value, peers);
    let enough_peers: &[f64] = if peers.len() < FEWEST { &[] } else { peers };
    let enough_state: &[f64] = if state.len() < FEWEST { &[] } else { state };
    let [low, middle, high] = [0.25, 0.5, 0.75].map(|q| quantile(enough_peers, q));
    let quartiles = low.zip(middle).zip(high);
    Standing {
        year: own.year,
        peer_n: peers.len(),
        peers_below: rank.below,
        peers_equal: rank.equal,
        peer_median: middle,
        peer_p25: low,
        peer_p75: high,
        peer_percentile: rank.percentile(enough_peers.len()),
        peer_clear: quartiles
            .is_some_and(|((low, middle), high)| is_clear(own, [low, middle, high], measure)),
        state_n: state.len(),
        state_median: median(enough_state),
        state_percentile: Rank::of(own.value, enough_state).percentile(enough_state.len()),
        state_funnel: None,
    }
}

fn is_clear(own: Own, [low, middle, high]: [f64; 3], measure: &Measure) -> bool {
    let distance = (own.value - middle).abs();
    if distance == 0.0 || !reaches(distance, measure.matters_from(middle)) {
        return false;
    }
    let share = own.n.filter(|_| measure.unit == Unit::Percent).and_then(|n| wilson(own.value / 100.0, n));
    match share {
        Some((least, most)) => middle < 100.0 * least || middle > 100.0 * most,
        None => {
            let half = (high - low) / 2.0;
            own.value <= low - half || own.value >= high + half
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Own, sort, standing};
    use crate::compare::Standing;
    use crate::compare::tests::measure;
    use crate::domain::{SchoolYear, Unit};

    fn own(value: f64, n: Option<f64>) -> Own {
        Own { year: SchoolYear::ending(2024).unwrap(), value, n }
    }

    fn among(value: f64, n: Option<f64>, peers: &[f64], unit: Unit) -> Standing {
        let mut state = [peers, &[value]].concat();
        sort(&mut state);
        standing(own(value, n), &mut peers.to_vec(), &state, &measure("m", unit, 2.0))
    }

    const PEERS: [f64; 9] = [40.0, 46.0, 44.0, 42.0, 48.0, 50.0, 52.0, 54.0, 56.0];

    #[test]
    fn position_among_peers_and_in_the_state() {
        let at = among(48.0, None, &PEERS, Unit::Percent);
        assert_eq!((at.peer_n, at.peers_below, at.peers_equal), (9, 4, 1));
        assert_eq!((at.peer_p25, at.peer_median, at.peer_p75), (Some(44.0), Some(48.0), Some(52.0)));
        assert_eq!((at.peer_percentile, at.state_percentile), (Some(50.0), Some(50.0)));
        assert_eq!((at.state_n, at.state_median, at.peer_clear), (10, Some(48.0), false));
    }

    #[test]
    fn fewer_than_five_are_counted_and_not_compared() {
        let at = among(10.0, None, &[20.0, 30.0, 40.0, 50.0], Unit::Ratio);
        assert_eq!((at.peer_n, at.peers_below, at.peer_median, at.peer_percentile), (4, 0, None, None));
        assert!(!at.peer_clear);
        assert_eq!((at.state_n, at.state_median, at.state_percentile), (5, Some(30.0), Some(10.0)));
        let alone = among(10.0, None, &[], Unit::Ratio);
        assert_eq!((alone.peer_n, alone.state_n, alone.state_median), (0, 1, None));
    }

    #[test]
    fn a_rate_is_clear_where_its_interval_leaves_the_median_out() {
        // 39 of 100: 30.0 to 48.8; of 400: 34.3 to 43.9.
        assert!(!among(39.0, Some(100.0), &PEERS, Unit::Percent).peer_clear);
        assert!(among(39.0, Some(400.0), &PEERS, Unit::Percent).peer_clear);
        // Clear by its interval, but too near to matter.
        assert!(!among(49.0, Some(1e6), &PEERS, Unit::Percent).peer_clear);
        // n is of no use for what is not a share.
        assert!(!among(41.0, Some(1e6), &PEERS, Unit::Points).peer_clear);
    }

    #[test]
    fn without_n_it_is_clear_well_outside_the_quartiles() {
        for (value, clear) in [(40.0, true), (40.1, false), (48.0, false), (55.9, false), (56.0, true)] {
            assert_eq!(among(value, None, &PEERS, Unit::Percent).peer_clear, clear, "{value}");
        }
        for (value, clear) in [(7.0, false), (8.9, false), (9.0, true)] {
            assert_eq!(among(value, None, &[7.0; 6], Unit::Ratio).peer_clear, clear, "{value}");
        }
        assert!(among(-130.0, Some(500.0), &PEERS, Unit::Percent).peer_clear);
    }

    proptest! {
        #[test]
        fn percentiles_stay_within_their_bounds(peers in prop::collection::vec(0..20i32, 5..30), value in 0..20i32) {
            let peers: Vec<f64> = peers.into_iter().map(f64::from).collect();
            let at = among(f64::from(value), None, &peers, Unit::Count);
            prop_assert!((0.0..=100.0).contains(&at.peer_percentile.unwrap()));
            // Counted itself, a district is never at the very end of its state.
            prop_assert!(0.0 < at.state_percentile.unwrap() && at.state_percentile.unwrap() < 100.0);
        }
    }
}
