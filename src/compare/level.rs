//! How unusual a district's distance from its peers is, measured by how far the state's other districts are from theirs.
//!
//! Every district of the state has a distance: its value less the median of its own peers' values (at least 5 of them).
//! If nothing sets the district apart, its distance is one more of theirs; not of those that have hardly any peers: the
//! quarter of the districts whose peers are the least like them (by the median of their distances) is left out, unless
//! the district is itself as badly matched as they are. The others' scale σ, about 0, is the larger of
//!
//! - the 85th percentile of their sizes / 1.4395, which the normal has there (no other quantile tells a normal's scale
//!   with less noise), and
//! - the tenth largest size, divided by where the normal has its tenth of so many,
//!
//! so that the few districts that something does set apart don't widen it, and that in a large state a distribution with
//! long tails does not make findings of them. For a rate of known n a
//! district with fewer students than the median one is given what chance adds: `σ² + p₀(1−p₀)(1/n − 1/ñ)`, p₀ being its
//! peers' median (the funnel of Spiegelhalter 2005, with the spread between districts taken from the state). Then
//! `z = distance / σ`, and p is two-sided, normal.
//!
//! Small state: with fewer than 30 such districts there is no test (`None`); nor is there one of totals, which say how
//! large a district is, or of measures that are neither good nor bad, which say who its students are. Degenerate: where
//! most districts equal their peers' median σ may be 0, and there is no test.

use libm::erfc;

use super::comparison::PeerGroup;
use super::rank::{median, quantile, sort};
use super::standing::{FEWEST, Own};
use super::state::reported;
use crate::catalog::Measure;
use crate::diagnostic::Warned;
use crate::disclosure::{FrameView, KeyRun};
use crate::domain::Unit;

/// The fewest districts whose distances make a scale.
const FEWEST_DISTRICTS: usize = 30;

/// Which of the farthest districts must fit under the normal's tail.
const TAIL: usize = 10;

/// The quantile of the sizes that tells their scale.
const UPPER: f64 = 0.85;

/// Of the districts, those up to this quantile of the distance from their peers are well matched.
const WELL_MATCHED: f64 = 0.75;

/// Whose peers are whose, by the districts' codes.
#[derive(Debug, Clone, Default)]
pub(super) struct PeerCodes {
    /// Each district's peers, nearest first.
    peers: Vec<Vec<u32>>,
    /// The median of each district's distances from them; NaN where it has none.
    distance: Vec<f64>,
    /// The distance up to which a district is well matched.
    well_matched: f64,
}

impl PeerCodes {
    /// From the groups of all districts, in the order of their codes.
    pub(super) fn new(groups: &[Warned<PeerGroup>]) -> Self {
        let peers = groups.iter().map(|g| g.value.peers.iter().map(|p| p.code).collect()).collect();
        let middle = |g: &Warned<PeerGroup>| {
            let distances: Vec<f64> = g.value.peers.iter().map(|p| p.distance).collect();
            median(&distances).unwrap_or(f64::NAN)
        };
        let distance: Vec<f64> = groups.iter().map(middle).collect();
        let mut known: Vec<f64> = distance.iter().copied().filter(|d| !d.is_nan()).collect();
        sort(&mut known);
        let well_matched = quantile(&known, WELL_MATCHED).unwrap_or(f64::NAN);
        Self { peers, distance, well_matched }
    }

    /// The districts whose peers are about as like them as those of `district`, with their peers.
    fn like(&self, district: u32) -> impl Iterator<Item = (usize, &[u32])> {
        let most = self.well_matched.max(self.distance[district as usize]);
        let all = self.peers.iter().enumerate().filter(move |(i, _)| *i != district as usize);
        all.filter(move |(i, _)| self.distance[*i] <= most).map(|(i, peers)| (i, peers.as_slice()))
    }
}

/// Room to work in, used again for every series of a thread.
#[derive(Debug, Default)]
pub(super) struct LevelRoom {
    values: Vec<f64>,
    people: Vec<f64>,
    near: Vec<f64>,
    sizes: Vec<f64>,
}

/// Whether levels of the measure are tested at all.
pub(super) fn is_tested(measure: &Measure) -> bool {
    !measure.adds_up() && measure.better.sign() != 0.0
}

/// The p of the district's distance from its peers in the year of `own`.
pub(super) fn level_p(
    (view, run): (&FrameView<'_>, &KeyRun),
    (district, own, peer_median): (u32, Own, f64),
    codes: &PeerCodes,
    measure: &Measure,
    room: &mut LevelRoom,
) -> Option<f64> {
    if !is_tested(measure) {
        return None;
    }
    room.read(view, run, own.year.end(), codes.peers.len());
    let mut scale = room.scale(district, codes)?.powi(2);
    if let (Unit::Percent, Some(n), Some(typical)) = (measure.unit, own.n, room.typical_people()) {
        let share = (peer_median / 100.0).clamp(0.0, 1.0);
        scale += 1e4 * share * (1.0 - share) * (1.0 / n - 1.0 / typical).max(0.0);
    }
    let z = (own.value - peer_median).abs() / scale.sqrt();
    z.is_finite().then(|| two_sided(z))
}

fn two_sided(z: f64) -> f64 {
    erfc(z / std::f64::consts::SQRT_2)
}

/// Where a standard normal has `p` on both sides together; by bisection, to the last bits.
fn normal_point(p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 40.0);
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        if two_sided(middle) > p { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

impl LevelRoom {
    /// The values and numbers of people of all districts in `year`; NaN where there is none.
    fn read(&mut self, view: &FrameView<'_>, run: &KeyRun, year: i32, districts: usize) {
        for column in [&mut self.values, &mut self.people] {
            column.clear();
            column.resize(districts, f64::NAN);
        }
        for row in view.rows(run.rows.clone()).filter(|r| r.year == year) {
            let district = row.district as usize;
            self.values[district] = reported(&row).unwrap_or(f64::NAN);
            self.people[district] = row.n.filter(|n| *n > 0.0).unwrap_or(f64::NAN);
        }
    }

    /// The scale of the other districts' distances from their peers.
    fn scale(&mut self, district: u32, codes: &PeerCodes) -> Option<f64> {
        self.sizes.clear();
        for (other, peers) in codes.like(district) {
            let value = self.values[other];
            if value.is_nan() {
                continue;
            }
            self.near.clear();
            self.near.extend(peers.iter().map(|p| self.values[*p as usize]).filter(|v| !v.is_nan()));
            if self.near.len() >= FEWEST {
                sort(&mut self.near);
                self.sizes.extend(median(&self.near).map(|m| (value - m).abs()));
            }
        }
        let count = self.sizes.len();
        if count < FEWEST_DISTRICTS {
            return None;
        }
        sort(&mut self.sizes);
        let upper = quantile(&self.sizes, UPPER)? / normal_point(1.0 - UPPER);
        let tail = self.sizes[count - TAIL] / normal_point(TAIL as f64 / (count + 1) as f64);
        Some(upper.max(tail)).filter(|scale| *scale > 0.0)
    }

    fn typical_people(&mut self) -> Option<f64> {
        self.near.clear();
        self.near.extend(self.people.iter().copied().filter(|n| !n.is_nan()));
        sort(&mut self.near);
        median(&self.near)
    }
}

#[cfg(test)]
mod tests {
    use super::{normal_point, two_sided};

    #[test]
    fn the_normals_points() {
        // R: qnorm(0.975), qnorm(1 - 0.05).
        assert!((normal_point(0.05) - 1.959_963_984_540_054).abs() < 1e-12);
        assert!((normal_point(0.10) - 1.644_853_626_951_472_2).abs() < 1e-12);
        assert!((two_sided(1.959_963_984_540_054) - 0.05).abs() < 1e-15);
    }
}
