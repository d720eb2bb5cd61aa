//! Where the district stands in one year, among its peers and in the state.
//!
//! Peers exclude the district; the state includes all districts with a value, also this one. Ranks, medians
//! and quartiles are as in [`quantile`](statistics::quantile). With fewer than 5 values there is only the
//! count, no comparison.
//!
//! A difference from the peers' median is **clear** if |value − median| ≥ M, where M is the measure's
//! meaningful change (or that percentage of the peers' median), and
//! - for a percentage with known n: the median is outside the value's 95% Wilson interval;
//! - otherwise: the value is outside the peers' quartiles by at least half of their spread.
//!
//! Degenerate: if all peers are equal, the spread is 0 and M alone decides; a percentage outside 0–100 is not
//! a share of people, and is judged by the quartiles.

use statistics::quantile::{Rank, median, quantile, sort_ascending};
use statistics::wilson::wilson;

use super::result::Standing;
use crate::catalog::Measure;
use crate::compare::threshold::reaches;
use crate::domain::{SchoolYear, Unit};

/// The minimum number of values for a comparison.
pub(in crate::compare) const FEWEST_VALUES: usize = 5;

/// The district's value in one year.
#[derive(Debug, Clone, Copy)]
pub(in crate::compare) struct OwnValue {
    /// School year.
    pub(in crate::compare) year: SchoolYear,
    /// The value, in the measure's unit.
    pub(in crate::compare) value: f64,
    /// How many people it is based on, if known.
    pub(in crate::compare) n: Option<f64>,
}

impl OwnValue {
    /// The Wilson interval of a percentage with known n, as a proportion.
    fn interval(&self, measure: &Measure) -> Option<(f64, f64)> {
        if measure.unit != Unit::Percent {
            return None;
        }
        wilson(self.value / 100.0, self.n?)
    }
}

/// The quartiles of the peers.
#[derive(Clone, Copy)]
struct Quartiles {
    lower: f64,
    median: f64,
    upper: f64,
}

impl Quartiles {
    /// For values in ascending order; `None` if there are none.
    fn of(sorted: &[f64]) -> Option<Self> {
        Some(Self { lower: quantile(sorted, 0.25)?, median: median(sorted)?, upper: quantile(sorted, 0.75)? })
    }
}

/// The standing of `own` among the values of its peers, which this sorts, and of the state (ascending,
/// including its own).
pub(in crate::compare) fn standing(
    own: OwnValue,
    peers: &mut [f64],
    state: &[f64],
    measure: &Measure,
) -> Standing {
    sort_ascending(peers);
    let rank = Rank::of(own.value, peers);
    let (enough_peers, enough_state) = (unless_too_few(peers), unless_too_few(state));
    let quartiles = Quartiles::of(enough_peers);
    let state_rank = Rank::of(own.value, enough_state);
    Standing {
        year: own.year,
        peer_n: peers.len(),
        peers_below: rank.below,
        peers_equal: rank.equal,
        peer_median: quartiles.map(|q| q.median),
        peer_p25: quartiles.map(|q| q.lower),
        peer_p75: quartiles.map(|q| q.upper),
        peer_percentile: rank.percentile(enough_peers.len()),
        peer_clear: quartiles.is_some_and(|quartiles| is_clear(own, quartiles, measure)),
        state_n: state.len(),
        state_below: state_rank.below,
        state_equal: state_rank.equal,
        state_median: median(enough_state),
        state_percentile: state_rank.percentile(enough_state.len()),
        state_funnel: None,
    }
}

/// The values, or an empty slice if they are too few to compare with.
const fn unless_too_few(values: &[f64]) -> &[f64] {
    if values.len() < FEWEST_VALUES { &[] } else { values }
}

/// Whether the difference from the peers' median is clear.
fn is_clear(own: OwnValue, peers: Quartiles, measure: &Measure) -> bool {
    let distance = (own.value - peers.median).abs();
    if distance == 0.0 || !reaches(distance, measure.matters_from(peers.median)) {
        return false;
    }
    match own.interval(measure) {
        Some((low, high)) => peers.median < 100.0 * low || peers.median > 100.0 * high,
        None => {
            let half = (peers.upper - peers.lower) / 2.0;
            own.value <= peers.lower - half || own.value >= peers.upper + half
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statistics::quantile::sort_ascending;

    use super::{OwnValue, Standing, standing};
    use crate::compare::tests::measure;
    use crate::domain::{SchoolYear, Unit};

    fn own(value: f64, n: Option<f64>) -> OwnValue {
        OwnValue { year: SchoolYear::ending(2024).unwrap(), value, n }
    }

    fn among(value: f64, n: Option<f64>, peers: &[f64], unit: Unit) -> Standing {
        let mut state = [peers, &[value]].concat();
        sort_ascending(&mut state);
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
    fn a_rate_is_clear_if_its_interval_excludes_the_median() {
        // 39 of 100: 30.0 to 48.8; of 400: 34.3 to 43.9.
        assert!(!among(39.0, Some(100.0), &PEERS, Unit::Percent).peer_clear);
        assert!(among(39.0, Some(400.0), &PEERS, Unit::Percent).peer_clear);
        // Clear by its interval, but the difference is too small to matter.
        assert!(!among(49.0, Some(1e6), &PEERS, Unit::Percent).peer_clear);
        // n does not matter for values that are not shares.
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
            // Since a district is counted itself, it is never at the very end of its state.
            prop_assert!(0.0 < at.state_percentile.unwrap() && at.state_percentile.unwrap() < 100.0);
        }
    }
}
