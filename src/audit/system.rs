//! Unknown counts of people, what is known of them, and what follows by interval arithmetic.

use std::collections::VecDeque;

use statistics::linear_program::Interval;

/// A count of people that the tables may not show, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unknown(pub(super) usize);

/// How sure a reader is of a constraint: in which order contradicted ones are given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// Shown by another pack, which may have been revised since.
    Earlier,
    /// What tables of this kind mean: that groups add up, that two measures speak of the same students.
    Assumed,
    /// Shown, or arithmetic.
    Certain,
}

/// low ≤ Σ weight · unknown ≤ high.
#[derive(Debug, Clone)]
pub(super) struct Constraint {
    pub(super) terms: Vec<(Unknown, f64)>,
    pub(super) bounds: Interval,
    pub(super) trust: Trust,
}

/// A shown rate whose numerator and n are whole: not every n between two others can have it.
#[derive(Debug, Clone, Copy)]
struct Rate {
    numerator: Unknown,
    n: Unknown,
    /// Of 1.
    share: Interval,
}

/// What a reader of one district's year knows.
#[derive(Debug, Clone, Default)]
pub(super) struct System {
    /// Whether each unknown is a whole number.
    whole: Vec<bool>,
    /// Within what each unknown is shown directly.
    shown: Vec<Interval>,
    constraints: Vec<Constraint>,
    rates: Vec<Rate>,
}

/// No count can be what the constraints ask; found at this one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contradiction {
    pub(super) constraint: usize,
}

/// People are whole: bounds that are nearer to a whole number than this are that number.
const NEAR: f64 = 1e-6;
/// Ranges of n in which each is tried for a rate that has to come of whole numbers.
const TRIED: f64 = 3000.0;
/// Bounds are narrowed at most so many times a constraint; they hold wherever it ends.
const ROUNDS: usize = 60;
/// So many times as many people as the most shown is more than anybody supposes.
const BEYOND: f64 = 4.0;

impl System {
    /// A new unknown, of which nothing is known but that it is not negative.
    pub(super) fn unknown(&mut self) -> Unknown {
        self.whole.push(true);
        self.shown.push(Interval::at_least(0.0));
        Unknown(self.whole.len() - 1)
    }

    /// How many unknowns there are.
    pub(super) const fn len(&self) -> usize {
        self.whole.len()
    }

    /// Within what an unknown is shown directly.
    pub(super) fn shown(&self, Unknown(at): Unknown) -> Interval {
        self.shown[at]
    }

    pub(super) fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// Adds what is known of one unknown.
    pub(super) fn show(&mut self, unknown: Unknown, bounds: Interval, trust: Trust) {
        if [bounds.low, bounds.high].iter().any(|end| end.is_finite() && (end - end.round()).abs() > NEAR) {
            self.whole[unknown.0] = false;
        }
        if trust == Trust::Certain {
            let shown = &mut self.shown[unknown.0];
            *shown = Interval { low: shown.low.max(bounds.low), high: shown.high.min(bounds.high) };
        }
        self.constrain(vec![(unknown, 1.0)], bounds, trust);
    }

    /// Adds a constraint.
    pub(super) fn constrain(&mut self, mut terms: Vec<(Unknown, f64)>, bounds: Interval, trust: Trust) {
        terms.retain(|(_, weight)| *weight != 0.0);
        self.constraints.push(Constraint { terms, bounds, trust });
    }

    /// Adds that numerator / n lies in `share`, of 1.
    pub(super) fn rate(&mut self, numerator: Unknown, n: Unknown, share: Interval, trust: Trust) {
        let at_least = Interval::at_least(0.0);
        self.constrain(vec![(numerator, 1.0), (n, -share.low)], at_least, trust);
        self.constrain(vec![(numerator, -1.0), (n, share.high)], at_least, trust);
        if trust == Trust::Certain {
            self.rates.push(Rate { numerator, n, share });
        }
    }

    /// Gives up a constraint.
    pub(super) fn give_up(&mut self, constraint: usize) {
        let given_up = &mut self.constraints[constraint];
        if let [(one, _)] = given_up.terms[..] {
            self.shown[one.0] = Interval::at_least(0.0);
        }
        let of = given_up.terms.clone();
        given_up.terms.clear();
        given_up.bounds = Interval::ANY;
        self.rates.retain(|rate| !of.iter().any(|(one, _)| *one == rate.numerator));
    }

    /// Bounds of every unknown that follow from the constraints one by one.
    ///
    /// # Errors
    /// Where two of them contradict each other.
    pub(super) fn narrowed(&self) -> Result<Vec<Interval>, Contradiction> {
        let finite =
            |c: &Constraint| [c.bounds.low.abs(), c.bounds.high.abs()].into_iter().filter(|b| b.is_finite());
        let most = self.constraints.iter().flat_map(finite).fold(2500.0, f64::max) * BEYOND;
        let mut narrowing = Narrowing {
            system: self,
            bounds: self
                .shown
                .iter()
                .map(|shown| Interval { low: 0.0, high: shown.high.min(most) })
                .collect(),
            touching: self.touching(),
            queue: (0..self.constraints.len()).collect(),
            queued: vec![true; self.constraints.len()],
            visits: ROUNDS * self.constraints.len(),
        };
        loop {
            narrowing.settle()?;
            if !narrowing.try_rates()? {
                return Ok(narrowing.bounds);
            }
        }
    }

    /// The constraints in which each unknown stands.
    fn touching(&self) -> Vec<Vec<usize>> {
        let mut touching = vec![Vec::new(); self.len()];
        for (i, constraint) in self.constraints.iter().enumerate() {
            constraint.terms.iter().for_each(|(Unknown(at), _)| touching[*at].push(i));
        }
        touching
    }
}

struct Narrowing<'a> {
    system: &'a System,
    bounds: Vec<Interval>,
    touching: Vec<Vec<usize>>,
    queue: VecDeque<usize>,
    queued: Vec<bool>,
    visits: usize,
}

impl Narrowing<'_> {
    fn settle(&mut self) -> Result<(), Contradiction> {
        while let Some(at) = self.queue.pop_front() {
            self.queued[at] = false;
            if self.visits == 0 {
                continue;
            }
            self.visits -= 1;
            self.narrow_by(at)?;
        }
        Ok(())
    }

    fn narrow_by(&mut self, at: usize) -> Result<(), Contradiction> {
        let constraint = &self.system.constraints[at];
        let reach = reach(constraint, &self.bounds);
        for (unknown, weight) in &constraint.terms {
            let own = times(self.bounds[unknown.0], *weight);
            // What the others leave to this one.
            let left = Interval {
                low: constraint.bounds.low - (reach.high - own.high),
                high: constraint.bounds.high - (reach.low - own.low),
            };
            self.bound(*unknown, times(left, 1.0 / weight), at)?;
        }
        Ok(())
    }

    fn bound(&mut self, unknown: Unknown, to: Interval, at: usize) -> Result<(), Contradiction> {
        let (old, whole) = (self.bounds[unknown.0], self.system.whole[unknown.0]);
        let (low, high) = match whole {
            true => ((to.low - NEAR).ceil(), (to.high + NEAR).floor()),
            false => (to.low - NEAR, to.high + NEAR),
        };
        let enough = if whole { 0.5 } else { 1e-3 };
        let low = if low > old.low + enough { low } else { old.low };
        let high = if high < old.high - enough { high } else { old.high };
        if low > high + NEAR {
            return Err(Contradiction { constraint: at });
        }
        if low > old.low || high < old.high {
            self.bounds[unknown.0] = Interval { low, high: high.max(low) };
            for next in &self.touching[unknown.0] {
                if !std::mem::replace(&mut self.queued[*next], true) {
                    self.queue.push_back(*next);
                }
            }
        }
        Ok(())
    }

    /// Takes off the ends of each n those that no whole numerator has the shown rate of. Whether anything is narrower.
    fn try_rates(&mut self) -> Result<bool, Contradiction> {
        let mut any = false;
        for rate in &self.system.rates {
            let (n, numerator) = (self.bounds[rate.n.0], self.bounds[rate.numerator.0]);
            let whole = self.system.whole[rate.n.0] && self.system.whole[rate.numerator.0];
            if !whole || n.high - n.low > TRIED || n.low >= n.high {
                continue;
            }
            let has_rate = |n: f64| {
                let low = (rate.share.low * n - NEAR).ceil().max(numerator.low);
                low <= (rate.share.high * n + NEAR).floor().min(numerator.high)
            };
            let each = (n.low as u64..=n.high as u64).map(|n| n as f64);
            let low = each.clone().find(|n| has_rate(*n));
            let high = each.rev().find(|n| has_rate(*n));
            let at = self.touching[rate.numerator.0].first().copied().unwrap_or_default();
            let (Some(low), Some(high)) = (low, high) else { return Err(Contradiction { constraint: at }) };
            if low > n.low || high < n.high {
                any = true;
                self.bound(rate.n, Interval { low, high }, at)?;
            }
        }
        Ok(any)
    }
}

/// Between what the terms of a constraint can come to.
pub(super) fn reach(constraint: &Constraint, bounds: &[Interval]) -> Interval {
    let mut sum = Interval::exactly(0.0);
    for (unknown, weight) in &constraint.terms {
        let term = times(bounds[unknown.0], *weight);
        sum = Interval { low: sum.low + term.low, high: sum.high + term.high };
    }
    sum
}

fn times(interval: Interval, weight: f64) -> Interval {
    let (a, b) = (interval.low * weight, interval.high * weight);
    if weight < 0.0 { Interval { low: b, high: a } } else { Interval { low: a, high: b } }
}
