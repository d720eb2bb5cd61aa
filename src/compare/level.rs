//! How unusual a district's distance from its peers is, measured by how far the state's other districts are from theirs.
//!
//! Every district of the state has a distance: its value less the median of its own peers' values (at least 5 of them).
//! If nothing sets the district apart, its distance is one more of theirs. Their scale σ, about 0, is the larger of
//!
//! - the median of their sizes / 0.6745, the normal's quartile, and
//! - the tenth largest size, divided by where the normal has its tenth of so many,
//!
//! so that few far districts neither widen it nor, where there are many, pass for findings. For a rate of known n a
//! district with fewer students than the median one is given what chance adds: `σ² + p₀(1−p₀)(1/n − 1/ñ)`, p₀ being its
//! peers' median (the funnel of Spiegelhalter 2005, with the spread between districts taken from the state). Then
//! `z = distance / σ`, and p is two-sided, normal.
//!
//! Small state: with fewer than 30 districts that have a distance there is no test (`None`); as there is for totals,
//! which say how large a district is. Degenerate: where most districts equal their peers' median σ may be 0, and there is no test.

use libm::erfc;

use super::rank::{median, sort};
use super::standing::{FEWEST, Own};
use super::state::reported;
use crate::catalog::Measure;
use crate::disclosure::{FrameView, KeyRun};
use crate::domain::Unit;

/// The fewest districts whose distances make a scale.
const FEWEST_DISTRICTS: usize = 30;

/// Which of the farthest districts must fit under the normal's tail.
const TAIL: usize = 10;

/// The normal's upper quartile.
const QUARTILE: f64 = 0.674_489_750_196_081_7;

/// The codes of each district's peers, nearest first, by the district's code.
#[derive(Debug, Clone, Default)]
pub(super) struct PeerCodes(pub(super) Vec<Vec<u32>>);

/// Room to work in, used again for every series of a thread.
#[derive(Debug, Default)]
pub(super) struct LevelRoom {
    values: Vec<f64>,
    people: Vec<f64>,
    near: Vec<f64>,
    sizes: Vec<f64>,
}

/// Whether levels of this unit are compared at all: a total says how large the district is.
pub(super) const fn is_compared(unit: Unit) -> bool {
    !matches!(unit, Unit::Count | Unit::Fte | Unit::Dollars)
}

/// The p of the district's distance from its peers in the year of `own`.
pub(super) fn level_p(
    (view, run): (&FrameView<'_>, &KeyRun),
    (district, own, peer_median): (u32, Own, f64),
    codes: &PeerCodes,
    measure: &Measure,
    room: &mut LevelRoom,
) -> Option<f64> {
    if !is_compared(measure.unit) {
        return None;
    }
    room.read(view, run, own.year.end(), codes.0.len());
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
        for (other, peers) in codes.0.iter().enumerate() {
            let value = self.values[other];
            if other == district as usize || value.is_nan() {
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
        let middle = median(&self.sizes)? / QUARTILE;
        let tail = self.sizes[count - TAIL] / normal_point(TAIL as f64 / (count + 1) as f64);
        Some(middle.max(tail)).filter(|scale| *scale > 0.0)
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
