//! Where a district stands among its peers, in the state, and relative to its expected value.

use crate::domain::SchoolYear;

/// Where the district stands in one year.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Standing {
    /// School year.
    pub year: SchoolYear,
    /// Peers with a reported value.
    pub peer_n: usize,
    /// Peers whose value is below the district's.
    pub peers_below: usize,
    /// Peers whose value equals it.
    pub peers_equal: usize,
    /// Median of the peers; this and the next three fields are `None` with fewer than 5 of them.
    pub peer_median: Option<f64>,
    /// Lower quartile of the peers (type 7).
    pub peer_p25: Option<f64>,
    /// Upper quartile.
    pub peer_p75: Option<f64>,
    /// Mid-rank percentile among the peers, excluding the district, 0–100.
    pub peer_percentile: Option<f64>,
    /// Whether the difference from the peers' median is clear (`methods.md` 3).
    pub peer_clear: bool,
    /// Districts of the state with a reported value, including the district.
    pub state_n: usize,
    /// How many of the state's districts have a lower value; 0 if they are too few to compare with.
    pub state_below: usize,
    /// How many have the same value, the district among them.
    pub state_equal: usize,
    /// Their median; `None` with fewer than 5.
    pub state_median: Option<f64>,
    /// Mid-rank percentile in the state, including the district; `None` with fewer than 5.
    pub state_percentile: Option<f64>,
    /// For a rate of known n in the latest year: how many standard deviations it is from the state's median,
    /// given chance and the usual differences between districts (see [`funnel`](statistics::funnel)).
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

/// What districts with similar students have.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Expected {
    /// School year.
    pub year: SchoolYear,
    /// The school year of the matching variables: the same, or the nearest before it that has them.
    pub matched_in: SchoolYear,
    /// The expected value, in the measure's unit.
    pub value: f64,
    /// The district's value minus the expected value.
    pub distance: f64,
    /// The typical size of such a difference (as a standard deviation, if they were normal), in the measure's
    /// unit.
    pub scale: f64,
    /// How many districts it is based on.
    pub n: usize,
    /// The share of the differences between them that the matching variables explain, 0–1.
    pub r_squared: f64,
}

impl Expected {
    /// The difference as a multiple of its typical size.
    #[must_use]
    pub fn standardized(&self) -> f64 {
        self.distance / self.scale
    }
}
