//! Narrows the bounds of unknown counts by interval arithmetic, one constraint at a time, until nothing
//! narrows further.

use std::collections::VecDeque;

use super::system::{
    AttackerSystem, PublishedRate, SystemConstraint, SystemConstraintIndex, UnknownCount, WHOLE_TOLERANCE,
    scale,
};
use statistics::linear_program::Interval;

/// No counts satisfy all constraints; this is the constraint where that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contradiction {
    pub(super) constraint: SystemConstraintIndex,
}

/// The widest interval of n in which every whole number is tried for a published rate.
const WIDEST_TRIED: f64 = 3000.0;
/// The maximum number of visits per constraint. The bounds are valid wherever narrowing stops.
const VISITS: usize = 60;
/// The assumed maximum for any count if no cell states a larger one.
const USUAL_MOST: f64 = 2500.0;
/// How many times the largest number in any constraint an unknown count may be.
const LARGEST_FACTOR: f64 = 4.0;
/// The smallest improvement of a bound that counts, for a whole number.
const WHOLE_IMPROVEMENT: f64 = 0.5;
/// The smallest improvement of a bound that counts, for a number that need not be whole.
const IMPROVEMENT: f64 = 1e-3;

/// The bounds of every count that follow from the constraints one at a time.
///
/// # Errors
/// If two of them contradict each other.
pub(super) fn narrowed_bounds(system: &AttackerSystem) -> Result<Vec<Interval>, Contradiction> {
    let mut narrowing = Narrowing::new(system);
    loop {
        narrowing.visit_queued()?;
        if !narrowing.narrow_by_rates()? {
            return Ok(narrowing.bounds);
        }
    }
}

struct Narrowing<'a> {
    system: &'a AttackerSystem,
    bounds: Vec<Interval>,
    constraints_of: Vec<Vec<SystemConstraintIndex>>,
    /// The constraints to visit.
    queue: VecDeque<SystemConstraintIndex>,
    is_queued: Vec<bool>,
    visits_left: usize,
}

impl<'a> Narrowing<'a> {
    fn new(system: &'a AttackerSystem) -> Self {
        let most = most_people(system);
        let start = system.stated.iter().map(|stated| Interval { low: 0.0, high: stated.high.min(most) });
        let queue: VecDeque<SystemConstraintIndex> = system.constraints().map(|(index, _)| index).collect();
        Self {
            system,
            bounds: start.collect(),
            constraints_of: system.constraints_by_count(),
            is_queued: vec![true; queue.len()],
            visits_left: VISITS * queue.len(),
            queue,
        }
    }

    fn visit_queued(&mut self) -> Result<(), Contradiction> {
        while let Some(index) = self.queue.pop_front() {
            self.is_queued[index.0] = false;
            if self.visits_left > 0 {
                self.visits_left -= 1;
                self.narrow_by(index)?;
            }
        }
        Ok(())
    }

    fn narrow_by(&mut self, index: SystemConstraintIndex) -> Result<(), Contradiction> {
        let constraint = self.system.constraint(index);
        let range = constraint.range(&self.bounds);
        for (count, weight) in &constraint.terms {
            let own = scale(self.bounds[count.0], *weight);
            // What the other terms leave for this one.
            let left = Interval {
                low: constraint.bounds.low - (range.high - own.high),
                high: constraint.bounds.high - (range.low - own.low),
            };
            self.narrow_count(*count, scale(left, 1.0 / weight), index)?;
        }
        Ok(())
    }

    fn narrow_count(
        &mut self,
        count: UnknownCount,
        to: Interval,
        by: SystemConstraintIndex,
    ) -> Result<(), Contradiction> {
        let (old, is_whole) = (self.bounds[count.0], self.system.is_whole[count.0]);
        let to = with_tolerance(to, is_whole);
        let least_improvement = if is_whole { WHOLE_IMPROVEMENT } else { IMPROVEMENT };
        let low = if to.low > old.low + least_improvement { to.low } else { old.low };
        let high = if to.high < old.high - least_improvement { to.high } else { old.high };
        if low > high + WHOLE_TOLERANCE {
            return Err(Contradiction { constraint: by });
        }
        if low > old.low || high < old.high {
            self.bounds[count.0] = Interval { low, high: high.max(low) };
            self.queue_constraints_of(count);
        }
        Ok(())
    }

    fn queue_constraints_of(&mut self, count: UnknownCount) {
        for index in &self.constraints_of[count.0] {
            if !std::mem::replace(&mut self.is_queued[index.0], true) {
                self.queue.push_back(*index);
            }
        }
    }

    /// Narrows the n of published rates to numbers with a whole numerator; returns whether any became
    /// narrower.
    fn narrow_by_rates(&mut self) -> Result<bool, Contradiction> {
        let mut has_changed = false;
        for rate in &self.system.rates {
            has_changed |= self.narrow_by_rate(rate)?;
        }
        Ok(has_changed)
    }

    fn narrow_by_rate(&mut self, rate: &PublishedRate) -> Result<bool, Contradiction> {
        let n = self.bounds[rate.n.0];
        let is_whole = self.system.is_whole[rate.n.0] && self.system.is_whole[rate.numerator.0];
        if !is_whole || n.high - n.low > WIDEST_TRIED || n.low >= n.high {
            return Ok(false);
        }
        let constraint = self.constraints_of[rate.numerator.0].first().copied().unwrap_or_default();
        let possible = possible_bases(rate, n, self.bounds[rate.numerator.0]);
        let possible = possible.ok_or(Contradiction { constraint })?;
        let is_narrower = possible.low > n.low || possible.high < n.high;
        if is_narrower {
            self.narrow_count(rate.n, possible, constraint)?;
        }
        Ok(is_narrower)
    }
}

/// An upper bound for every count that is not stated.
fn most_people(system: &AttackerSystem) -> f64 {
    let limits = system.constraints().flat_map(|(_, constraint)| finite_limits(constraint));
    limits.fold(USUAL_MOST, f64::max) * LARGEST_FACTOR
}

fn finite_limits(constraint: &SystemConstraint) -> impl Iterator<Item = f64> + use<> {
    let limits = [constraint.bounds.low.abs(), constraint.bounds.high.abs()];
    limits.into_iter().filter(|limit| limit.is_finite())
}

/// An interval with its ends rounded inward to whole numbers, allowing for rounding errors.
fn with_tolerance(to: Interval, is_whole: bool) -> Interval {
    if is_whole {
        Interval { low: (to.low - WHOLE_TOLERANCE).ceil(), high: (to.high + WHOLE_TOLERANCE).floor() }
    } else {
        Interval { low: to.low - WHOLE_TOLERANCE, high: to.high + WHOLE_TOLERANCE }
    }
}

/// The smallest interval with all n that have a whole numerator for a rate; `None` if there is no such n.
fn possible_bases(rate: &PublishedRate, n: Interval, numerator: Interval) -> Option<Interval> {
    let all = (n.low as u64..=n.high as u64).map(|n| n as f64);
    let mut possible = all.filter(|n| has_whole_numerator(rate, *n, numerator));
    let low = possible.next()?;
    Some(Interval { low, high: possible.next_back().unwrap_or(low) })
}

fn has_whole_numerator(rate: &PublishedRate, n: f64, numerator: Interval) -> bool {
    let low = (rate.share.low * n - WHOLE_TOLERANCE).ceil().max(numerator.low);
    low <= (rate.share.high * n + WHOLE_TOLERANCE).floor().min(numerator.high)
}
