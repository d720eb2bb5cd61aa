//! Between what numbers each count of a part can be.
//!
//! A linear program moves many counts at once that stand in no common constraint, each as far as it has to be able to go; two states
//! that are far enough apart show of all of them together that they are not told. What is still open then is solved one by one.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::parts::{Member, Part};
use crate::linear_program::{Interval, LinearProgram, Variable};

/// What a solution may miss a constraint by and still be a state.
const MISS: f64 = 2e-3;
/// People are whole; a solution is exact to less than this.
const NEAR: f64 = 5e-3;

/// How many counts are moved at once: first what is soon seen.
const BATCHES: [usize; 3] = [usize::MAX, 16, 4];
/// How many batches are looked for at the same time, whatever the number of threads.
const AT_ONCE: usize = 4;
/// What it costs to move a count, times half the square of the move: next to nothing, so that the solver keeps its way.
const FAR: f64 = 1e-6;
/// Where no state is known yet, counts are looked for at the lower end of their range.
const AROUND: f64 = 40.0;

/// A count whose range is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) member: Member,
    /// A range as wide as this need not be known any nearer.
    pub(super) least: f64,
    /// Nor one that begins here or above.
    pub(super) enough: f64,
}

/// No numbers are what a part asks.
#[derive(Debug)]
pub(super) struct Infeasible;

/// The ranges of what is asked, in whole numbers; of those that are wide enough, some range inside the true one.
///
/// # Errors
/// Where there is no state at all.
pub(super) fn ranges(part: &Part, asked: &[Asked]) -> Result<Vec<Interval>, Infeasible> {
    let around = part.bounds.iter().map(|own| own.low + 0.5 * (own.high - own.low).min(AROUND)).collect();
    let mut bonds_of = vec![Vec::new(); part.bounds.len()];
    for (i, bond) in part.bonds.iter().enumerate() {
        bond.terms.iter().for_each(|(member, _)| bonds_of[member.0].push(i));
    }
    let mut search = Search { part, around, seen: BTreeMap::new(), bonds_of };
    let first = search.state(&[]).ok_or(Infeasible)?;
    search.see(&first, asked);
    search.around = first;
    for most in BATCHES {
        let mut untried: Vec<Asked> = asked.iter().filter(|asked| search.is_open(asked)).copied().collect();
        while untried.len() > 1 {
            let batches = search.batches(&untried, most);
            let states: Vec<Vec<f64>> =
                batches.par_iter().flat_map_iter(|batch| search.look_for(batch)).collect();
            states.iter().for_each(|state| search.see(state, asked));
            let tried: BTreeSet<Member> = batches.iter().flatten().map(|asked| asked.member).collect();
            untried.retain(|asked| search.is_open(asked) && !tried.contains(&asked.member));
        }
    }
    Ok(asked.iter().map(|one| search.solve(one, asked)).collect())
}

/// Moves a count at least so far from where it was.
#[derive(Debug, Clone, Copy)]
struct Wish {
    member: Member,
    /// 1 up, −1 down.
    way: f64,
    from: f64,
    by: f64,
}

struct Search<'p> {
    part: &'p Part,
    /// A state, once there is one, from which counts move.
    around: Vec<f64>,
    seen: BTreeMap<Member, Interval>,
    /// The constraints that each count stands in.
    bonds_of: Vec<Vec<usize>>,
}

impl Search<'_> {
    /// A state in which as many wishes as can be are met together; any for none.
    fn state(&self, wishes: &[Wish]) -> Option<Vec<f64>> {
        let (mut program, members) = self.program(|_| 0.0);
        for wish in wishes {
            let met = program.variable(-1.0, Interval { low: 0.0, high: wish.by });
            // met ≤ way · (count − from)
            let bounds = Interval::at_least(wish.way * (wish.from - self.around[wish.member.0]));
            program.constrain(&[(members[wish.member.0], wish.way), (met, -1.0)], bounds);
        }
        self.solved(&program, &members)
    }

    /// The state in which a count is least (`way` 1) or most (−1).
    fn end(&self, member: Member, way: f64) -> Option<Vec<f64>> {
        let (program, members) = self.program(|at| if at == member.0 { way } else { 0.0 });
        self.solved(&program, &members)
    }

    fn program(&self, cost: impl Fn(usize) -> f64) -> (LinearProgram, Vec<Variable>) {
        let mut program = LinearProgram::default();
        let bounds = self.part.bounds.iter().zip(&self.around).enumerate();
        let members: Vec<Variable> = bounds
            .map(|(at, (own, around))| {
                let own = Interval { low: own.low - around, high: own.high - around };
                program.idle_variable(cost(at), FAR, own)
            })
            .collect();
        for bond in &self.part.bonds {
            let terms: Vec<(Variable, f64)> =
                bond.terms.iter().map(|(member, weight)| (members[member.0], *weight)).collect();
            let around: f64 = bond.terms.iter().map(|(member, weight)| weight * self.around[member.0]).sum();
            let bounds = Interval { low: bond.bounds.low - around, high: bond.bounds.high - around };
            program.constrain(&terms, bounds);
        }
        (program, members)
    }

    fn solved(&self, program: &LinearProgram, members: &[Variable]) -> Option<Vec<f64>> {
        let solution = program.minimize()?;
        let state: Vec<f64> =
            members.iter().zip(&self.around).map(|(variable, around)| solution[*variable] + around).collect();
        self.holds(&state).then_some(state)
    }

    /// Whether a state is one, but for what the solver is not exact by.
    fn holds(&self, state: &[f64]) -> bool {
        let is_in = |value: f64, bounds: &Interval| bounds.low - MISS <= value && value <= bounds.high + MISS;
        let of =
            |terms: &[(Member, f64)]| terms.iter().map(|(member, weight)| weight * state[member.0]).sum();
        state.iter().zip(&self.part.bounds).all(|(value, bounds)| is_in(*value, bounds))
            && self.part.bonds.iter().all(|bond| is_in(of(&bond.terms), &bond.bounds))
    }

    fn see(&mut self, state: &[f64], asked: &[Asked]) {
        for asked in asked {
            let value = state[asked.member.0];
            let seen = self.seen.entry(asked.member).or_insert_with(|| Interval::exactly(value));
            *seen = Interval { low: seen.low.min(value), high: seen.high.max(value) };
        }
    }

    fn is_open(&self, asked: &Asked) -> bool {
        self.seen.get(&asked.member).is_none_or(|seen| {
            let seen = whole(*seen);
            // One that can be so many begins at `enough` or is wide enough.
            seen.high - seen.low < asked.least && seen.high < asked.enough + asked.least
        })
    }

    /// Some batches of counts that are looked for at the same time.
    fn batches(&self, open: &[Asked], most: usize) -> Vec<Vec<Asked>> {
        let mut left = open.to_vec();
        let mut batches = Vec::new();
        while !left.is_empty() && batches.len() < AT_ONCE {
            let batch = self.apart(&left, most);
            left.retain(|asked| batch.iter().all(|taken| taken.member != asked.member));
            batches.push(batch);
        }
        batches
    }

    /// States in which counts are far from what was seen of them, up and down.
    fn look_for(&self, batch: &[Asked]) -> Vec<Vec<f64>> {
        let wishes = |way: f64| -> Vec<Wish> { batch.iter().map(|asked| self.wish(asked, way)).collect() };
        [1.0, -1.0].into_iter().filter_map(|way| self.state(&wishes(way))).collect()
    }

    /// Some of the counts, `most` of them, of which no two stand in one constraint; the first of them for certain.
    fn apart(&self, open: &[Asked], most: usize) -> Vec<Asked> {
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let mut batch = Vec::new();
        for asked in open {
            if batch.len() == most {
                break;
            }
            let bonds = &self.bonds_of[asked.member.0];
            if bonds.iter().all(|bond| !taken.contains(bond)) {
                taken.extend(bonds);
                batch.push(*asked);
            }
        }
        batch
    }

    fn wish(&self, asked: &Asked, way: f64) -> Wish {
        Wish { member: asked.member, way, from: self.from(asked.member, way), by: asked.least }
    }

    /// Where a count is to be moved from: the other end of what was seen of it.
    fn from(&self, member: Member, way: f64) -> f64 {
        self.seen.get(&member).map_or(0.0, |seen| if way > 0.0 { seen.low } else { seen.high })
    }

    /// The range of one count, no nearer than is asked.
    fn solve(&mut self, one: &Asked, asked: &[Asked]) -> Interval {
        let bounds = self.part.bounds[one.member.0];
        let mut range = bounds;
        for way in [1.0, -1.0] {
            if !self.is_open(one) {
                return self.seen.get(&one.member).map_or(bounds, |seen| whole(*seen));
            }
            if range.low >= one.enough {
                break;
            }
            let Some(state) = self.end(one.member, way) else { continue };
            let value = state[one.member.0];
            if way > 0.0 {
                range.low = range.low.max(value)
            } else {
                range.high = range.high.min(value)
            }
            self.see(&state, asked);
        }
        whole(range)
    }
}

/// The whole numbers in a range that is known nearly.
fn whole(range: Interval) -> Interval {
    Interval { low: (range.low - NEAR).ceil(), high: (range.high + NEAR).floor() }
}
