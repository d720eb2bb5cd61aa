//! Where the district stands, and whether it is unusually far from its peers, compared with how far the
//! state's other districts are from theirs.
//!
//! Every district of the state has a distance: its value minus the median of its own peers' values (at least
//! 5 of them). If nothing distinguishes the district, its distance comes from the same distribution as
//! theirs. Districts with hardly any true peers are excluded: the quarter whose peers are least like them (by
//! the median of their distances), unless the district is itself as badly matched. The scale σ of the other
//! districts, around 0, is their [`outer_scale`]: the few districts that do differ should not widen it, and
//! in a large state a distribution with long tails should not produce findings.
//!
//! For a rate of known n, a district with fewer students than the median district gets extra variance for
//! chance: `σ² + p₀(1−p₀)(1/n − 1/ñ)`, where p₀ is its peers' median (the funnel of Spiegelhalter 2005, with
//! the spread between districts taken from the state). Then `z = distance / σ`, and p is two-sided, normal.
//!
//! Small state: with fewer than 30 such districts there is no test (`None`). Totals, which describe how large
//! a district is, and measures that are neither good nor bad, which describe its students, are not tested
//! either. Degenerate: if most districts equal their peers' median, σ may be 0, and there is no test.

pub(super) mod expected;
pub(super) mod peer_lists;
pub(super) mod pooled;
pub(super) mod result;
pub(super) mod standing;

use statistics::deviation::outer_scale;
use statistics::normal::two_sided_p;
use statistics::quantile::{median, sort_ascending};

use self::peer_lists::PeerLists;
use self::standing::{FEWEST_VALUES, OwnValue};
use super::values::{ReportedSeries, reported};
use crate::catalog::Measure;
use crate::domain::Unit;

/// The district's level in one year.
pub(super) struct OwnLevel {
    /// The district's code.
    pub(super) district: u32,
    pub(super) own: OwnValue,
    /// The median of its peers, in the measure's unit.
    pub(super) peer_median: f64,
}

/// Buffers, reused for every series of a thread.
#[derive(Debug, Default)]
pub(super) struct LevelBuffers {
    /// The value of each district, by its code; NaN if it has none.
    values: Vec<f64>,
    /// The number of people of each district, by its code; NaN if unknown.
    people: Vec<f64>,
    /// Values from which to compute a median.
    sorted: Vec<f64>,
    /// The sizes of the districts' distances from their peers.
    distances: Vec<f64>,
}

/// Whether levels of the measure are tested at all.
pub(super) fn is_tested(measure: &Measure) -> bool {
    !measure.adds_up() && measure.better.sign() != 0.0
}

/// The p-value of the district's distance from its peers.
pub(super) fn level_p(
    rows: ReportedSeries<'_>,
    level: &OwnLevel,
    peers: &PeerLists,
    measure: &Measure,
    buffers: &mut LevelBuffers,
) -> Option<f64> {
    if !is_tested(measure) {
        return None;
    }
    let OwnLevel { district, own, peer_median } = *level;
    buffers.read_year(rows, own.year.end(), peers.districts());
    let mut variance = buffers.scale_of_distances(district, peers)?.powi(2);
    if let (Unit::Percent, Some(n), Some(typical)) = (measure.unit, own.n, buffers.median_people()) {
        let p = (peer_median / 100.0).clamp(0.0, 1.0);
        variance += 1e4 * p * (1.0 - p) * (1.0 / n - 1.0 / typical).max(0.0);
    }
    let z = (own.value - peer_median).abs() / variance.sqrt();
    z.is_finite().then(|| two_sided_p(z))
}

impl LevelBuffers {
    /// Reads the values and numbers of people of all districts in `year`.
    fn read_year(&mut self, rows: ReportedSeries<'_>, year: i32, districts: usize) {
        for column in [&mut self.values, &mut self.people] {
            column.clear();
            column.resize(districts, f64::NAN);
        }
        for row in rows.in_year(year) {
            let district = row.district as usize;
            self.values[district] = reported(&row).unwrap_or(f64::NAN);
            self.people[district] = row.n.filter(|n| *n > 0.0).unwrap_or(f64::NAN);
        }
    }

    /// The scale of the other districts' distances from their peers.
    fn scale_of_distances(&mut self, district: u32, peers: &PeerLists) -> Option<f64> {
        self.distances.clear();
        for (other, list) in peers.matched_as_well_as(district) {
            let distance = self.distance_from_peers(other, list);
            self.distances.extend(distance);
        }
        outer_scale(&mut self.distances)
    }

    /// The size of a district's distance from the median of its peers; `None` if there are too few.
    fn distance_from_peers(&mut self, district: usize, peers: &[u32]) -> Option<f64> {
        let value = self.values[district];
        if value.is_nan() {
            return None;
        }
        self.sorted.clear();
        self.sorted.extend(peers.iter().map(|peer| self.values[*peer as usize]).filter(|v| !v.is_nan()));
        if self.sorted.len() < FEWEST_VALUES {
            return None;
        }
        sort_ascending(&mut self.sorted);
        median(&self.sorted).map(|median| (value - median).abs())
    }

    /// The median number of people, over the districts where it is known.
    fn median_people(&mut self) -> Option<f64> {
        self.sorted.clear();
        self.sorted.extend(self.people.iter().copied().filter(|n| !n.is_nan()));
        sort_ascending(&mut self.sorted);
        median(&self.sorted)
    }
}
