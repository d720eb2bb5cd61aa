//! Nearest neighbors by standardized variables: the distance between two items, and the items nearest to one.
//!
//! Each variable is standardized by its mean and standard deviation over all items. The distance is
//! Euclidean, `√Σ w (a − b)²`, unweighted (w = 1) unless an axis sets a weight. (`scale()` and `dist()` in R
//! give the same.) Indicators are used as they are, 0 or 1. Distances are in standard deviations.
//!
//! The nearest come first, ties by id. Items are visited outward along the variable that varies most, until
//! the distance in that variable alone exceeds the largest distance among the nearest so far: no other item
//! can be nearer. The result is the same as visiting all items, which is too slow when the nearest are needed
//! for thousands of items.
//!
//! Small n: a single item has no neighbor. Degenerate: a variable that is constant over all items contributes
//! 0.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::quantile::median_of;

/// How one variable counts in the distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// Whether it is standardized; indicators are not.
    pub is_standardized: bool,
    /// Its weight in the squared distance.
    pub weight: f64,
}

/// The divisor of the sum of squared deviations in the standard deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divisor {
    /// n − 1: the items are a sample.
    SampleSizeLessOne,
    /// n: the items are the population.
    SampleSize,
}

/// The mean and standard deviation used to standardize a variable: 0 and 1 for an indicator; the deviation is
/// 0 if the variable is constant.
#[derive(Debug, Clone, Copy)]
struct Standardization {
    mean: f64,
    deviation: f64,
}

/// An item with its distance, ordered by distance, then id.
#[derive(Debug, Clone, Copy)]
pub struct Neighbor {
    /// The distance, in standard deviations.
    pub distance: f64,
    /// The item's id.
    pub id: u32,
}

impl Ord for Neighbor {
    fn cmp(&self, other: &Self) -> Ordering {
        self.distance.total_cmp(&other.distance).then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Neighbor {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Neighbor {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Neighbor {}

/// A set of items with their standardized variables.
#[derive(Debug)]
pub struct StandardizedSpace {
    /// Ids of the items, ascending.
    ids: Vec<u32>,
    /// Their standardized values, concatenated item by item.
    values: Vec<f64>,
    axes: Vec<Axis>,
    standardizations: Vec<Standardization>,
    /// The variable along which items are visited: the one that varies most.
    lead: usize,
    /// Positions of the items, sorted by that variable.
    order: Vec<u32>,
}

impl StandardizedSpace {
    /// Standardizes `values`: for each of `ids` (ascending), one value per axis. None may be missing.
    #[must_use]
    pub fn new(ids: Vec<u32>, mut values: Vec<f64>, axes: Vec<Axis>, divisor: Divisor) -> Self {
        let width = axes.len();
        let standardizations: Vec<Standardization> = axes
            .iter()
            .enumerate()
            .map(|(i, axis)| match axis.is_standardized {
                true => Standardization::of_column(&values, i, width, divisor),
                false => Standardization::NONE,
            })
            .collect();
        for item in values.chunks_mut(width.max(1)) {
            for (value, standardization) in item.iter_mut().zip(&standardizations) {
                *value = standardization.apply(*value);
            }
        }
        let lead = most_varied(&values, &axes);
        let mut space = Self { ids, values, axes, standardizations, lead, order: Vec::new() };
        space.order = space.order_by_lead();
        space
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are no items.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Values standardized like those of this space; they need not belong to one of its items.
    #[must_use]
    pub fn standardize(&self, values: &[f64]) -> Vec<f64> {
        values.iter().zip(&self.standardizations).map(|(value, by)| by.apply(*value)).collect()
    }

    /// The `count` items nearest to the standardized values `own` that are `wanted`, except `id` itself;
    /// nearest first, ties by id.
    pub fn nearest(&self, own: &[f64], id: u32, count: usize, wanted: impl Fn(u32) -> bool) -> Vec<Neighbor> {
        let mut nearest: BinaryHeap<Neighbor> = BinaryHeap::with_capacity(count.min(self.len()) + 1);
        for visit in Outward::new(self, own) {
            let (is_full, other) = (nearest.len() >= count, self.ids[visit.position]);
            if is_full && nearest.peek().is_none_or(|farthest| visit.is_beyond(farthest, other)) {
                break;
            }
            if other == id || !wanted(other) {
                continue;
            }
            let distance = self.distance(own, self.values_at(visit.position));
            nearest.push(Neighbor { distance, id: other });
            if is_full {
                nearest.pop();
            }
        }
        nearest.into_sorted_vec()
    }

    /// The median over all items of the distance to the nearest neighbor; `None` if no item has one.
    #[must_use]
    pub fn median_nearest_distance(&self) -> Option<f64> {
        median_of((0..self.len()).filter_map(|position| self.nearest_distance(position)).collect())
    }

    fn nearest_distance(&self, position: usize) -> Option<f64> {
        let nearest = self.nearest(self.values_at(position), self.ids[position], 1, |_| true);
        nearest.first().map(|neighbor| neighbor.distance)
    }

    /// The standardized values of an item of the space.
    #[must_use]
    pub fn values_of(&self, id: u32) -> Option<&[f64]> {
        self.ids.binary_search(&id).ok().map(|position| self.values_at(position))
    }

    /// All items with their standardized values.
    pub fn items(&self) -> impl Iterator<Item = (u32, &[f64])> {
        self.ids.iter().copied().zip(self.values.chunks(self.axes.len().max(1)))
    }

    /// The distance between two items that differ by this many standard deviations in each standardized variable.
    #[must_use]
    pub fn distance_apart(&self, deviations: f64) -> f64 {
        let standardized = self.axes.iter().filter(|axis| axis.is_standardized);
        deviations * standardized.map(|axis| axis.weight).sum::<f64>().sqrt()
    }

    /// The distance between two items, given by their standardized values.
    #[must_use]
    pub fn distance(&self, a: &[f64], b: &[f64]) -> f64 {
        let coordinates = a.iter().zip(b).zip(&self.axes);
        coordinates.map(|((a, b), axis)| axis.weight * (a - b) * (a - b)).sum::<f64>().sqrt()
    }

    fn values_at(&self, position: usize) -> &[f64] {
        &self.values[position * self.axes.len()..(position + 1) * self.axes.len()]
    }

    fn order_by_lead(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_by(|a, b| self.lead_value(*a).total_cmp(&self.lead_value(*b)));
        order
    }

    /// The value of the leading variable for the item at a position.
    fn lead_value(&self, position: u32) -> f64 {
        self.values_at(position as usize).get(self.lead).copied().unwrap_or(0.0)
    }
}

/// Visits all items in order of their distance, in the leading variable, from a center.
struct Outward<'s> {
    space: &'s StandardizedSpace,
    /// The value of the leading variable at the center.
    center: f64,
    weight: f64,
    /// The next index in the order to visit upward.
    above: usize,
    /// All indexes from here up to the start have been visited.
    below: usize,
}

/// A visited item.
struct Visit {
    /// Its distance in the leading variable alone.
    lead_distance: f64,
    /// Its position in the space.
    position: usize,
}

impl Visit {
    /// Whether neither this item, `id`, nor any later one can be nearer than `farthest`. Items at the same
    /// point are ordered by id.
    fn is_beyond(&self, farthest: &Neighbor, id: u32) -> bool {
        self.lead_distance > farthest.distance || farthest.distance == 0.0 && id > farthest.id
    }
}

impl<'s> Outward<'s> {
    fn new(space: &'s StandardizedSpace, own: &[f64]) -> Self {
        let center = own.get(space.lead).copied().unwrap_or(0.0);
        let weight = space.axes.get(space.lead).map_or(0.0, |axis| axis.weight);
        let start = space.order.partition_point(|position| space.lead_value(*position) < center);
        Self { space, center, weight, above: start, below: start }
    }

    fn lead_distance(&self, place: usize) -> Option<f64> {
        let gap = self.space.lead_value(*self.space.order.get(place)?) - self.center;
        Some((self.weight * gap * gap).sqrt())
    }
}

impl Iterator for Outward<'_> {
    type Item = Visit;

    fn next(&mut self) -> Option<Visit> {
        let lower = self.below.checked_sub(1).and_then(|place| self.lead_distance(place));
        let upper = self.lead_distance(self.above);
        let is_downward = match (lower, upper) {
            (Some(lower), Some(upper)) => lower <= upper,
            (lower, _) => lower.is_some(),
        };
        let (lead_distance, place) = if is_downward {
            self.below -= 1;
            (lower?, self.below)
        } else {
            self.above += 1;
            (upper?, self.above - 1)
        };
        Some(Visit { lead_distance, position: self.space.order[place] as usize })
    }
}

impl Standardization {
    const NONE: Self = Self { mean: 0.0, deviation: 1.0 };

    /// From a column of `values`, which hold `width` columns, item by item.
    fn of_column(values: &[f64], column: usize, width: usize, divisor: Divisor) -> Self {
        let n = (values.len() / width) as f64;
        let column_values = || values.iter().skip(column).step_by(width);
        if values.is_empty() || column_values().all(|v| *v == values[column]) {
            return Self { mean: 0.0, deviation: 0.0 };
        }
        let mean = column_values().sum::<f64>() / n;
        let divisor = if divisor == Divisor::SampleSizeLessOne { n - 1.0 } else { n };
        let squares = column_values().map(|v| (v - mean) * (v - mean)).sum::<f64>();
        Self { mean, deviation: (squares / divisor).sqrt() }
    }

    fn apply(self, value: f64) -> f64 {
        if self.deviation == 0.0 { 0.0 } else { (value - self.mean) / self.deviation }
    }
}

/// The axis with the largest weighted mean square; the first of equal ones.
fn most_varied(values: &[f64], axes: &[Axis]) -> usize {
    let weighted = |i: usize| axes[i].weight * mean_square(values, i, axes.len());
    (0..axes.len()).max_by(|a, b| weighted(*a).total_cmp(&weighted(*b)).then(b.cmp(a))).unwrap_or(0)
}

/// The mean square of a standardized variable.
fn mean_square(values: &[f64], column: usize, width: usize) -> f64 {
    let column = values.iter().skip(column).step_by(width);
    column.map(|value| value * value).sum::<f64>() / (values.len() / width) as f64
}

#[cfg(test)]
mod tests {
    use super::{Axis, Divisor, Neighbor, StandardizedSpace};

    const PLAIN: Axis = Axis { is_standardized: true, weight: 1.0 };
    const FLAG: Axis = Axis { is_standardized: false, weight: 1.0 };

    fn space(ids: Vec<u32>, values: Vec<f64>, axes: &[Axis]) -> StandardizedSpace {
        StandardizedSpace::new(ids, values, axes.to_vec(), Divisor::SampleSizeLessOne)
    }

    fn nearest(space: &StandardizedSpace, id: u32, count: usize) -> Vec<(f64, u32)> {
        let own = space.values_of(id).unwrap();
        pairs(space.nearest(own, id, count, |_| true))
    }

    fn pairs(neighbors: Vec<Neighbor>) -> Vec<(f64, u32)> {
        neighbors.into_iter().map(|n| (n.distance, n.id)).collect()
    }

    #[test]
    fn ties_go_by_code() {
        let space = space(vec![2, 3, 5, 7, 8], vec![0.0, 1.0, -1.0, 1.0, -1.0], &[PLAIN]);
        let order: Vec<u32> = nearest(&space, 2, 3).iter().map(|n| n.1).collect();
        assert_eq!(order, [3, 5, 7]);
        assert_eq!(nearest(&space, 2, 99).len(), 4);
        assert_eq!(space.values_of(4), None);
    }

    proptest::proptest! {
        #[test]
        fn the_nearest_are_those_of_a_full_search(
            cells in proptest::collection::vec((-3i8..=3, -3i8..=3, proptest::bool::ANY), 1..60),
            (count, skip) in (0usize..12, 1u32..5),
        ) {
            let flat = cells.iter().flat_map(|(a, b, c)| [f64::from(*a), f64::from(*b), f64::from(u8::from(*c))]);
            let axes = [PLAIN, Axis { weight: 2.0, ..PLAIN }, FLAG];
            let space = space((0..cells.len() as u32).collect(), flat.collect(), &axes);
            for id in 0..cells.len() as u32 {
                let own = space.values_of(id).unwrap();
                let wanted = |code: u32| code.is_multiple_of(skip);
                let others = space.items().filter(|(code, _)| *code != id && wanted(*code));
                let near = |(id, at)| Neighbor { distance: space.distance(own, at), id };
                let mut all: Vec<Neighbor> = others.map(near).collect();
                all.sort();
                all.truncate(count);
                proptest::prop_assert_eq!(space.nearest(own, id, count, wanted), all);
            }
        }
    }

    #[test]
    fn of_many_at_one_place_the_first_are_the_nearest() {
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
    fn a_single_item_has_no_neighbors() {
        assert_eq!(nearest(&space(vec![4], vec![3.0], &[PLAIN]), 4, 10), []);
        assert_eq!(space(vec![], vec![], &[PLAIN]).len(), 0);
        assert_eq!(space(vec![4], vec![3.0], &[PLAIN]).median_nearest_distance(), None);
    }

    #[test]
    fn flags_weights_and_the_population_deviation_count_as_asked() {
        // Mean 2, population variance (1 + 0 + 1) / 3. The first two are √1.5 apart, with double weight √3.
        // The flag adds 1.
        let axes = [Axis { weight: 2.0, ..PLAIN }, FLAG];
        let space = StandardizedSpace::new(
            vec![0, 1, 2],
            vec![1.0, 0.0, 2.0, 1.0, 3.0, 1.0],
            axes.to_vec(),
            Divisor::SampleSize,
        );
        let found = nearest(&space, 0, 1)[0];
        assert!((found.0 - 2.0).abs() < 1e-12 && found.1 == 1, "{found:?}");
        // Half a standard deviation, with double weight; flags have none.
        assert!((space.distance_apart(0.5) - 0.5 * 2f64.sqrt()).abs() < 1e-12);
        // The distances to the nearest are 2, √3 and √3.
        assert!((space.median_nearest_distance().unwrap() - 3f64.sqrt()).abs() < 1e-12);
    }
}
