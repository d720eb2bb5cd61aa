//! How far apart two districts are.
//!
//! Each matching variable (counts on the log scale) is standardised by its mean and standard deviation over the
//! districts that have all of them, the chosen district included; the distance is the Euclidean one,
//! `√Σ w (a − b)²`, unweighted (w = 1) unless a project says otherwise. (Methods 3; `scale()` and `dist()` in R give the
//! same.) Divisor n − 1 unless the project asks for n. Flags are taken in as they are, 0 or 1.
//!
//! The nearest come first, ties by id. Those who are looked through lie ever farther away by one variable alone, until that
//! distance is greater than the farthest of the nearest so far: no other can be nearer. The result is that of looking
//! through all, which all pairs of a country's districts would take too long for.
//!
//! Degenerate: a variable that is the same in all districts says nothing and contributes 0; with one district
//! there is nobody to be near to.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::rank::{median, sort};
use crate::catalog::Deviation;

/// How one matching variable counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    /// Whether it is standardised; flags are not.
    pub(super) is_standardised: bool,
    /// Its weight in the squared distance.
    pub(super) weight: f64,
}

/// The standardised values of a set of districts.
#[derive(Debug)]
pub(super) struct Space {
    /// Codes of the districts, ascending.
    districts: Vec<u32>,
    /// Their standardised values, district by district.
    values: Vec<f64>,
    axes: Vec<Axis>,
    /// Mean and deviation that each variable is standardised by; `(0, 1)` for a flag, deviation 0 where constant.
    scales: Vec<(f64, f64)>,
    /// The variable by which the others are looked through: the one that counts most.
    lead: usize,
    /// Positions of the districts, by that variable.
    order: Vec<u32>,
}

/// A district with its distance, in the order of neighbours.
#[derive(Clone, Copy)]
struct Neighbour(f64, u32);

impl Ord for Neighbour {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl PartialOrd for Neighbour {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Neighbour {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Neighbour {}

impl Space {
    /// Standardises `values`, one for each axis to each of `districts` (ascending codes), which must all be there.
    pub(super) fn new(
        districts: Vec<u32>,
        mut values: Vec<f64>,
        axes: Vec<Axis>,
        deviation: Deviation,
    ) -> Self {
        let width = axes.len();
        let scale = |(i, axis): (usize, &Axis)| {
            if axis.is_standardised { scale(&values, i, width, deviation) } else { (0.0, 1.0) }
        };
        let scales: Vec<(f64, f64)> = axes.iter().enumerate().map(scale).collect();
        for of_district in values.chunks_mut(width.max(1)) {
            of_district.iter_mut().zip(&scales).for_each(|(value, scale)| *value = placed(*value, *scale));
        }
        let spread = |i: &usize| axes[*i].weight * spread(&values, *i, width);
        let lead = (0..width).max_by(|a, b| spread(a).total_cmp(&spread(b)).then(b.cmp(a))).unwrap_or(0);
        let mut space = Self { districts, values, axes, scales, lead, order: Vec::new() };
        let mut order: Vec<u32> = (0..space.len() as u32).collect();
        order.sort_by(|a, b| space.ahead(*a).total_cmp(&space.ahead(*b)));
        space.order = order;
        space
    }

    /// How many districts there are.
    pub(super) fn len(&self) -> usize {
        self.districts.len()
    }

    /// Where values lie by the scales of this space, whether they are of one of its districts or not.
    pub(super) fn place(&self, values: &[f64]) -> Vec<f64> {
        values.iter().zip(&self.scales).map(|(value, scale)| placed(*value, *scale)).collect()
    }

    /// The `count` districts nearest to the place `own` that are `wanted` and not `district`, with their distances,
    /// nearest first, ties by code, which is by id.
    pub(super) fn nearest(
        &self,
        own: &[f64],
        district: u32,
        count: usize,
        wanted: impl Fn(u32) -> bool,
    ) -> Vec<(f64, u32)> {
        let mut nearest: BinaryHeap<Neighbour> = BinaryHeap::with_capacity(count.min(self.len()) + 1);
        for (gap, at) in self.outwards(own) {
            let (full, code) = (nearest.len() >= count, self.districts[at]);
            // Of those in the very same place the first by code come first.
            let is_beyond = |farthest: &Neighbour| gap > farthest.0 || farthest.0 == 0.0 && code > farthest.1;
            if full && nearest.peek().is_none_or(is_beyond) {
                break;
            }
            if code == district || !wanted(code) {
                continue;
            }
            nearest.push(Neighbour(self.distance(own, self.at(at)), code));
            if full {
                nearest.pop();
            }
        }
        nearest.into_sorted_vec().into_iter().map(|Neighbour(distance, code)| (distance, code)).collect()
    }

    /// The positions of all districts, the nearest to `own` by the leading variable first, with how far they are by it.
    fn outwards(&self, own: &[f64]) -> impl Iterator<Item = (f64, usize)> {
        let middle = own.get(self.lead).copied().unwrap_or(0.0);
        let weight = self.axes.get(self.lead).map_or(0.0, |axis| axis.weight);
        let mut after = self.order.partition_point(|at| self.ahead(*at) < middle);
        let mut before = after;
        std::iter::from_fn(move || {
            let apart = |place: usize| {
                let gap = self.ahead(*self.order.get(place)?) - middle;
                Some((weight * gap * gap).sqrt())
            };
            let (lower, upper) = (before.checked_sub(1).and_then(apart), apart(after));
            let down = match (lower, upper) {
                (Some(lower), Some(upper)) => lower <= upper,
                (lower, _) => lower.is_some(),
            };
            let place = if down {
                before -= 1;
                before
            } else {
                after += 1;
                after - 1
            };
            let gap = if down { lower } else { upper }?;
            Some((gap, self.order[place] as usize))
        })
    }

    /// Where the district at a position lies by the leading variable.
    fn ahead(&self, at: u32) -> f64 {
        self.at(at as usize).get(self.lead).copied().unwrap_or(0.0)
    }

    /// The median, over all districts, of the distance to their nearest neighbour; `None` where there is nobody near to.
    pub(super) fn typical_nearest(&self) -> Option<f64> {
        let nearest = |i: usize| {
            let nearest = self.nearest(self.at(i), self.districts[i], 1, |_| true);
            nearest.first().map(|(distance, _)| *distance)
        };
        let mut all: Vec<f64> = (0..self.len()).filter_map(nearest).collect();
        sort(&mut all);
        median(&all)
    }

    /// The standardised values of a district of the space.
    pub(super) fn of(&self, district: u32) -> Option<&[f64]> {
        self.districts.binary_search(&district).ok().map(|i| self.at(i))
    }

    /// All districts with their standardised values.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &[f64])> {
        self.districts.iter().copied().zip(self.values.chunks(self.axes.len().max(1)))
    }

    fn at(&self, i: usize) -> &[f64] {
        &self.values[i * self.axes.len()..(i + 1) * self.axes.len()]
    }

    /// The distance of two places.
    pub(super) fn distance(&self, a: &[f64], b: &[f64]) -> f64 {
        let apart = |((a, b), axis): ((&f64, &f64), &Axis)| axis.weight * (a - b) * (a - b);
        a.iter().zip(b).zip(&self.axes).map(apart).sum::<f64>().sqrt()
    }
}

/// The order of neighbours.
pub(super) fn nearer(a: &(f64, u32), b: &(f64, u32)) -> Ordering {
    Neighbour(a.0, a.1).cmp(&Neighbour(b.0, b.1))
}

fn scale(values: &[f64], variable: usize, width: usize, deviation: Deviation) -> (f64, f64) {
    let n = (values.len() / width) as f64;
    let column = || values.iter().skip(variable).step_by(width);
    if values.is_empty() || column().all(|v| *v == values[variable]) {
        return (0.0, 0.0);
    }
    let mean = column().sum::<f64>() / n;
    let divisor = if deviation == Deviation::Sample { n - 1.0 } else { n };
    (mean, (column().map(|v| (v - mean) * (v - mean)).sum::<f64>() / divisor).sqrt())
}

/// The mean square of a standardised variable.
fn spread(values: &[f64], variable: usize, width: usize) -> f64 {
    let column = values.iter().skip(variable).step_by(width);
    column.map(|value| value * value).sum::<f64>() / (values.len() / width) as f64
}

fn placed(value: f64, (mean, deviation): (f64, f64)) -> f64 {
    if deviation == 0.0 { 0.0 } else { (value - mean) / deviation }
}

#[cfg(test)]
mod tests {
    use super::{Axis, Space, nearer};
    use crate::catalog::Deviation;

    const PLAIN: Axis = Axis { is_standardised: true, weight: 1.0 };
    const FLAG: Axis = Axis { is_standardised: false, weight: 1.0 };

    fn space(districts: Vec<u32>, values: Vec<f64>, axes: &[Axis]) -> Space {
        Space::new(districts, values, axes.to_vec(), Deviation::Sample)
    }

    fn nearest(space: &Space, district: u32, count: usize) -> Vec<(f64, u32)> {
        let own = space.of(district).unwrap();
        space.nearest(own, district, count, |_| true)
    }

    #[test]
    fn ties_go_by_code() {
        let space = space(vec![2, 3, 5, 7, 8], vec![0.0, 1.0, -1.0, 1.0, -1.0], &[PLAIN]);
        let order: Vec<u32> = nearest(&space, 2, 3).iter().map(|n| n.1).collect();
        assert_eq!(order, [3, 5, 7]);
        assert_eq!(nearest(&space, 2, 99).len(), 4);
        assert_eq!(space.of(4), None);
    }

    proptest::proptest! {
        #[test]
        fn the_nearest_are_those_of_all_looked_through(
            cells in proptest::collection::vec((-3i8..=3, -3i8..=3, proptest::bool::ANY), 1..60),
            (count, skip) in (0usize..12, 1u32..5),
        ) {
            let flat = cells.iter().flat_map(|(a, b, c)| [f64::from(*a), f64::from(*b), f64::from(u8::from(*c))]);
            let axes = [PLAIN, Axis { weight: 2.0, ..PLAIN }, FLAG];
            let space = space((0..cells.len() as u32).collect(), flat.collect(), &axes);
            for district in 0..cells.len() as u32 {
                let own = space.of(district).unwrap();
                let wanted = |code: u32| code.is_multiple_of(skip);
                let others = space.rows().filter(|(code, _)| *code != district && wanted(*code));
                let mut all: Vec<_> = others.map(|(code, at)| (space.distance(own, at), code)).collect();
                all.sort_by(nearer);
                all.truncate(count);
                proptest::prop_assert_eq!(space.nearest(own, district, count, wanted), all);
            }
        }
    }

    #[test]
    fn of_many_in_one_place_the_first_are_the_nearest() {
        let space = space((0..50).collect(), vec![7.0; 50], &[PLAIN]);
        assert_eq!(nearest(&space, 1, 3), [(0.0, 0), (0.0, 2), (0.0, 3)]);
        assert_eq!(nearest(&space, 40, 3), [(0.0, 0), (0.0, 1), (0.0, 2)]);
    }

    #[test]
    fn a_constant_variable_says_nothing() {
        let with = space(vec![0, 1, 2], vec![0.1, 1.0, 0.1, 2.0, 0.1, 4.0], &[PLAIN; 2]);
        let without = space(vec![0, 1, 2], vec![1.0, 2.0, 4.0], &[PLAIN]);
        assert_eq!(nearest(&with, 1, 2), nearest(&without, 1, 2));
    }

    #[test]
    fn alone_there_is_nobody_near() {
        assert_eq!(nearest(&space(vec![4], vec![3.0], &[PLAIN]), 4, 10), []);
        assert_eq!(space(vec![], vec![], &[PLAIN]).len(), 0);
        assert_eq!(space(vec![4], vec![3.0], &[PLAIN]).typical_nearest(), None);
    }

    #[test]
    fn flags_weights_and_the_population_deviation_count_as_asked() {
        // Mean 2, population variance (1 + 0 + 1) / 3: the first two are √1.5 apart; doubled in weight, √3. The flag adds 1.
        let axes = [Axis { weight: 2.0, ..PLAIN }, FLAG];
        let space = Space::new(
            vec![0, 1, 2],
            vec![1.0, 0.0, 2.0, 1.0, 3.0, 1.0],
            axes.to_vec(),
            Deviation::Population,
        );
        let found = nearest(&space, 0, 1)[0];
        assert!((found.0 - 2.0).abs() < 1e-12 && found.1 == 1, "{found:?}");
        // The distances to the nearest are 2, √3 and √3.
        assert!((space.typical_nearest().unwrap() - 3f64.sqrt()).abs() < 1e-12);
    }
}
