//! The parts of a system that hang together, made small: what is known is put in, what is the same is one, and what cannot bind
//! is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::system::{Constraint, System, Unknown, reach};
use statistics::linear_program::Interval;

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
        let mut apart = TakenApart::new(system, bounds);
        let kept = apart.bonds(system, bounds);
        let mut parts = Self { parts: Vec::new(), places: Vec::with_capacity(system.len()) };
        let members = apart.members(&mut parts, system.len());
        for (i, constraint) in system.constraints().iter().enumerate() {
            if let Some(root) = apart.is_same(constraint)
                && let Some((part, _)) = members.get(&root)
            {
                parts.parts[*part].from.push(i);
            }
        }
        for Kept { terms, limits, from } in kept {
            let Some((part, _)) = terms.first().and_then(|(root, _)| members.get(root)).copied() else {
                continue;
            };
            let terms = terms.iter().map(|(root, weight)| (members[root].1, *weight)).collect();
            parts.parts[part].from.push(from);
            parts.parts[part].bonds.push(Bond { terms, bounds: limits });
        }
        parts
    }
}

/// A constraint that can bind, of what is not known.
struct Kept {
    terms: Vec<(usize, f64)>,
    limits: Interval,
    /// Its position in the system.
    from: usize,
}

/// A constraint to the bit, to know another of the same.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Exact {
    terms: Vec<(usize, u64)>,
    limits: [u64; 2],
}

impl Exact {
    fn of(terms: &BTreeMap<usize, f64>, limits: Interval) -> Self {
        let terms = terms.iter().map(|(root, weight)| (*root, weight.to_bits())).collect();
        Self { terms, limits: [limits.low.to_bits(), limits.high.to_bits()] }
    }
}

/// What is the same, and what hangs together.
struct TakenApart {
    /// Unknowns that are one.
    same: Sets,
    /// Those of one part.
    hang: Sets,
    /// Between what the unknowns are that are one, by the first of them.
    joint: BTreeMap<usize, Interval>,
}

impl TakenApart {
    fn new(system: &System, bounds: &[Interval]) -> Self {
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
            let low = all.low.max(own.low);
            *all = Interval { low, high: all.high.min(own.high).max(low) };
        }
        Self { same, hang: Sets::new(system.len()), joint }
    }

    /// Of two unknowns that a constraint makes one, the first of all that are.
    fn is_same(&mut self, constraint: &Constraint) -> Option<usize> {
        let [(one, _), (other, _)] = constraint.terms[..] else { return None };
        let (one, other) = (self.same.find(one.0), self.same.find(other.0));
        (constraint.bounds == Interval::exactly(0.0) && one == other).then_some(one)
    }

    /// The constraints that can bind, each once; what stands in one hangs together.
    fn bonds(&mut self, system: &System, bounds: &[Interval]) -> Vec<Kept> {
        let mut kept = Vec::new();
        let mut seen: BTreeSet<Exact> = BTreeSet::new();
        for (from, constraint) in system.constraints().iter().enumerate() {
            let reach = reach(constraint, bounds);
            let Interval { low, high } = constraint.bounds;
            if constraint.terms.len() < 2 || reach.low >= low - 1e-7 && reach.high <= high + 1e-7 {
                continue;
            }
            let (terms, known) = self.of_unknown(constraint);
            let limits = Interval { low: low - known, high: high - known };
            if terms.is_empty() || !seen.insert(Exact::of(&terms, limits)) {
                continue;
            }
            let mut roots = terms.keys().copied();
            let first = roots.next().unwrap_or_default();
            roots.for_each(|root| self.hang.join(first, root));
            kept.push(Kept { terms: terms.into_iter().collect(), limits, from });
        }
        kept
    }

    /// The terms of a constraint that are not known, and what the others come to.
    fn of_unknown(&mut self, constraint: &Constraint) -> (BTreeMap<usize, f64>, f64) {
        let mut terms: BTreeMap<usize, f64> = BTreeMap::new();
        let mut known = 0.0;
        for (unknown, weight) in &constraint.terms {
            let root = self.same.find(unknown.0);
            let own = self.joint[&root];
            if own.low == own.high {
                known += weight * own.low;
            } else {
                *terms.entry(root).or_default() += weight;
            }
        }
        terms.retain(|_, weight| *weight != 0.0);
        (terms, known)
    }

    /// Puts what is not known into parts; gives the part and member of each, by the first of what is one.
    fn members(&mut self, parts: &mut Parts, len: usize) -> BTreeMap<usize, (usize, Member)> {
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut members: BTreeMap<usize, (usize, Member)> = BTreeMap::new();
        for at in 0..len {
            let root = self.same.find(at);
            let own = self.joint[&root];
            if own.low == own.high {
                parts.places.push(Place::Known);
                continue;
            }
            let hang = self.hang.find(root);
            let (part, member) = *members.entry(root).or_insert_with(|| {
                let number = *numbers.entry(hang).or_insert_with(|| {
                    parts.parts.push(Part::default());
                    parts.parts.len() - 1
                });
                let part = &mut parts.parts[number];
                part.bounds.push(own);
                (number, Member(part.bounds.len() - 1))
            });
            parts.places.push(Place::In(part, member));
        }
        members
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
