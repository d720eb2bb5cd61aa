//! Unknown counts of people, and the linear constraints that an attacker knows on them.

use statistics::linear_program::Interval;

/// The index of a count of people that the tables may not state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UnknownCount(pub(super) usize);

/// The index of a constraint in its system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SystemConstraintIndex(pub(super) usize);

/// How sure an attacker is of a constraint; contradicted ones are dropped in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Published by another pack, and possibly revised since.
    Earlier,
    /// What tables of this kind mean: that groups add up, that two measures are about the same students.
    Assumed,
    /// Published, or arithmetic.
    Certain,
}

/// A linear constraint: low ≤ Σ weight · count ≤ high.
#[derive(Debug, Clone)]
pub(super) struct SystemConstraint {
    /// The counts with their weights.
    pub(super) terms: Vec<(UnknownCount, f64)>,
    /// The values that the weighted sum may take.
    pub(super) bounds: Interval,
    pub(super) trust: Trust,
}

impl SystemConstraint {
    /// The values that the weighted sum can take for counts within some bounds.
    pub(super) fn range(&self, bounds: &[Interval]) -> Interval {
        let mut sum = Interval::exactly(0.0);
        for (count, weight) in &self.terms {
            sum = sum.plus(scale(bounds[count.0], *weight));
        }
        sum
    }
}

/// An interval multiplied by a weight.
pub(super) fn scale(interval: Interval, weight: f64) -> Interval {
    let (a, b) = (interval.low * weight, interval.high * weight);
    if weight < 0.0 { Interval { low: b, high: a } } else { Interval { low: a, high: b } }
}

/// A published rate. Its numerator and n are whole numbers, so not every n is possible for a rate.
#[derive(Debug, Clone, Copy)]
pub(super) struct PublishedRate {
    pub(super) numerator: UnknownCount,
    pub(super) n: UnknownCount,
    /// The rate, as a share of 1.
    pub(super) share: Interval,
}

/// What an attacker knows of a district's year.
#[derive(Debug, Clone, Default)]
pub(super) struct AttackerSystem {
    /// Whether each count is a whole number.
    pub(super) is_whole: Vec<bool>,
    /// The published interval of each count on its own.
    pub(super) stated: Vec<Interval>,
    constraints: Vec<SystemConstraint>,
    pub(super) rates: Vec<PublishedRate>,
}

/// The largest distance from a whole number that counts as a rounding error.
pub(super) const WHOLE_TOLERANCE: f64 = 1e-6;

impl AttackerSystem {
    /// Adds a count that is only known not to be negative.
    pub(super) fn add_count(&mut self) -> UnknownCount {
        self.is_whole.push(true);
        self.stated.push(Interval::at_least(0.0));
        UnknownCount(self.is_whole.len() - 1)
    }

    /// The number of counts.
    pub(super) const fn len(&self) -> usize {
        self.is_whole.len()
    }

    /// The published interval of a count on its own.
    pub(super) fn stated(&self, UnknownCount(at): UnknownCount) -> Interval {
        self.stated[at]
    }

    pub(super) fn constraint(&self, SystemConstraintIndex(at): SystemConstraintIndex) -> &SystemConstraint {
        &self.constraints[at]
    }

    /// All constraints with their indexes.
    pub(super) fn constraints(&self) -> impl Iterator<Item = (SystemConstraintIndex, &SystemConstraint)> {
        self.constraints.iter().enumerate().map(|(i, constraint)| (SystemConstraintIndex(i), constraint))
    }

    /// Adds what is published about a single count.
    pub(super) fn state(&mut self, count: UnknownCount, bounds: Interval, trust: Trust) {
        if [bounds.low, bounds.high].into_iter().any(is_fraction) {
            self.is_whole[count.0] = false;
        }
        if trust == Trust::Certain {
            let stated = &mut self.stated[count.0];
            *stated = Interval { low: stated.low.max(bounds.low), high: stated.high.min(bounds.high) };
        }
        self.add_constraint(vec![(count, 1.0)], bounds, trust);
    }

    /// Adds a constraint.
    pub(super) fn add_constraint(
        &mut self,
        mut terms: Vec<(UnknownCount, f64)>,
        bounds: Interval,
        trust: Trust,
    ) {
        terms.retain(|(_, weight)| *weight != 0.0);
        self.constraints.push(SystemConstraint { terms, bounds, trust });
    }

    /// Adds that `parts` add up to `total`.
    pub(super) fn add_sum(&mut self, parts: &[UnknownCount], total: UnknownCount) {
        let terms = parts.iter().map(|part| (*part, 1.0)).chain([(total, -1.0)]).collect();
        self.add_constraint(terms, Interval::exactly(0.0), Trust::Assumed);
    }

    /// Adds that numerator / n is in an interval.
    pub(super) fn add_rate(&mut self, rate: PublishedRate, trust: Trust) {
        let PublishedRate { numerator, n, share } = rate;
        let at_least = Interval::at_least(0.0);
        self.add_constraint(vec![(numerator, 1.0), (n, -share.low)], at_least, trust);
        self.add_constraint(vec![(numerator, -1.0), (n, share.high)], at_least, trust);
        if trust == Trust::Certain {
            self.rates.push(rate);
        }
    }

    /// Drops a constraint; its index remains.
    pub(super) fn drop_constraint(&mut self, SystemConstraintIndex(at): SystemConstraintIndex) {
        let dropped = &mut self.constraints[at];
        if let [(count, _)] = dropped.terms[..] {
            self.stated[count.0] = Interval::at_least(0.0);
        }
        let terms = std::mem::take(&mut dropped.terms);
        dropped.bounds = Interval::ANY;
        self.rates.retain(|rate| !terms.iter().any(|(count, _)| *count == rate.numerator));
    }

    /// The constraints that each count occurs in.
    pub(super) fn constraints_by_count(&self) -> Vec<Vec<SystemConstraintIndex>> {
        let mut by_count = vec![Vec::new(); self.len()];
        for (index, constraint) in self.constraints() {
            constraint.terms.iter().for_each(|(count, _)| by_count[count.0].push(index));
        }
        by_count
    }
}

fn is_fraction(end: f64) -> bool {
    end.is_finite() && (end - end.round()).abs() > WHOLE_TOLERANCE
}
