//! The parts of a system that hang together, made small: what is known is put in, what is the same is one, and what cannot bind
//! is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::system::{System, Unknown, reach};
use crate::linear_program::Interval;

/// A count of a part, by its position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member(pub(super) usize);

/// A constraint of a part.
#[derive(Debug)]
pub(super) struct Bond {
    pub(super) terms: Vec<(Member, f64)>,
    pub(super) bounds: Interval,
}

/// Counts that hang together.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) bounds: Vec<Interval>,
    pub(super) bonds: Vec<Bond>,
    /// The constraints of the system that these are, and those by which members are one.
    pub(super) from: Vec<usize>,
}

/// Where an unknown is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// Known.
    Known,
    /// A member of a part, by its position.
    In(usize, Member),
}

/// A system in its parts.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) parts: Vec<Part>,
    places: Vec<Place>,
}

impl Parts {
    /// Where an unknown is.
    pub(super) fn place(&self, Unknown(at): Unknown) -> Place {
        self.places[at]
    }

    /// Takes a system apart, whose unknowns lie in `bounds`.
    pub(super) fn of(system: &System, bounds: &[Interval]) -> Self {
        let mut same = Sets::new(system.len());
        for constraint in system.constraints() {
            if let [(one, a), (other, b)] = constraint.terms[..]
                && a == -b
                && constraint.bounds == Interval::exactly(0.0)
            {
                same.join(one.0, other.0);
            }
        }
        let mut joint: BTreeMap<usize, Interval> = BTreeMap::new();
        for (at, own) in bounds.iter().enumerate() {
            let all = joint.entry(same.find(at)).or_insert(*own);
            *all = Interval {
                low: all.low.max(own.low),
                high: all.high.min(own.high).max(all.low.max(own.low)),
            };
        }
        let of = |same: &mut Sets, at: usize| (same.find(at), joint[&same.find(at)]);
        let mut kept: Vec<(Vec<(usize, f64)>, Interval, usize)> = Vec::new();
        let mut seen: BTreeSet<(Vec<(usize, u64)>, [u64; 2])> = BTreeSet::new();
        let mut hang = Sets::new(system.len());
        for (i, constraint) in system.constraints().iter().enumerate().filter(|(_, c)| c.terms.len() > 1) {
            let reach = reach(constraint, bounds);
            if reach.low >= constraint.bounds.low - 1e-7 && reach.high <= constraint.bounds.high + 1e-7 {
                continue;
            }
            let mut terms: BTreeMap<usize, f64> = BTreeMap::new();
            let mut constant = 0.0;
            for (unknown, weight) in &constraint.terms {
                let (root, own) = of(&mut same, unknown.0);
                if own.low == own.high {
                    constant += weight * own.low;
                } else {
                    *terms.entry(root).or_default() += weight;
                }
            }
            terms.retain(|_, weight| *weight != 0.0);
            let limits =
                Interval { low: constraint.bounds.low - constant, high: constraint.bounds.high - constant };
            let key = terms.iter().map(|(root, weight)| (*root, weight.to_bits())).collect();
            if terms.is_empty() || !seen.insert((key, [limits.low.to_bits(), limits.high.to_bits()])) {
                continue;
            }
            let mut roots = terms.keys().copied();
            let first = roots.next().unwrap_or_default();
            roots.for_each(|root| hang.join(first, root));
            kept.push((terms.into_iter().collect(), limits, i));
        }
        let mut parts = Self { parts: Vec::new(), places: Vec::with_capacity(system.len()) };
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut members: BTreeMap<usize, (usize, Member)> = BTreeMap::new();
        for at in 0..system.len() {
            let (root, own) = of(&mut same, at);
            if own.low == own.high {
                parts.places.push(Place::Known);
                continue;
            }
            let (part, member) = *members.entry(root).or_insert_with(|| {
                let number = *numbers.entry(hang.find(root)).or_insert_with(|| {
                    parts.parts.push(Part::default());
                    parts.parts.len() - 1
                });
                let part = &mut parts.parts[number];
                part.bounds.push(own);
                (number, Member(part.bounds.len() - 1))
            });
            parts.places.push(Place::In(part, member));
        }
        for (i, constraint) in system.constraints().iter().enumerate() {
            if let [(one, _), (other, _)] = constraint.terms[..]
                && constraint.bounds == Interval::exactly(0.0)
                && same.find(one.0) == same.find(other.0)
                && let Some((part, _)) = members.get(&same.find(one.0))
            {
                parts.parts[*part].from.push(i);
            }
        }
        for (terms, bounds, from) in kept {
            let Some((part, _)) = terms.first().and_then(|(root, _)| members.get(root)).copied() else {
                continue;
            };
            let terms = terms.iter().map(|(root, weight)| (members[root].1, *weight)).collect();
            parts.parts[part].from.push(from);
            parts.parts[part].bonds.push(Bond { terms, bounds });
        }
        parts
    }
}

/// Sets of positions, joined one by one.
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(len: usize) -> Self {
        Self { parents: (0..len).collect() }
    }

    fn find(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.parents[root] != root {
            self.parents[root] = self.parents[self.parents[root]];
            root = self.parents[root];
        }
        root
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        self.parents[one.max(other)] = one.min(other);
    }
}
