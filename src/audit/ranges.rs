//! Between what numbers each count of a part can be.
//!
//! A linear program moves many counts at once that stand in no common constraint, each as far as it has to be able to go; two states
//! that are far enough apart show of all of them together that they are not told. What is still open moves by itself, first with
//! only the counts near it, all others staying where they are: that takes as long for a small table as for a large one.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::parts::{Bond, Member, Part};
use statistics::linear_program::{Interval, LinearProgram, Variable};

/// What a solution may miss a constraint by and still be a state.
const MISS: f64 = 2e-3;
/// People are whole; a solution is exact to less than this.
const NEAR: f64 = 5e-3;

/// How many counts are moved at once, after all that can be.
const BATCHES: [usize; 2] = [16, 4];
/// How many counts near one may move with it: first what is soon seen.
const NEIGHBORS: [usize; 2] = [100, 500];
/// How many counts are looked for near where they are before what was seen is looked at, whatever the number of threads.
const NEAR_AT_ONCE: usize = 32;
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
    let mut search = Search::new(part);
    let first = search.state(&[]).ok_or(Infeasible)?;
    search.see(&first);
    search.start_from(&first);
    search.look_together(asked, usize::MAX);
    NEIGHBORS.iter().for_each(|most| search.look_near(asked, *most));
    BATCHES.iter().for_each(|most| search.look_together(asked, *most));
    Ok(asked.iter().map(|one| search.solve(one)).collect())
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

/// Where a count is in another state than the one that is known.
#[derive(Debug, Clone, Copy)]
struct Moved {
    member: Member,
    to: f64,
}

/// Counts that may move, and the constraints that they stand in.
struct Movable {
    members: Vec<Member>,
    bonds: BTreeSet<usize>,
}

struct Search<'p> {
    part: &'p Part,
    /// A state, once there is one, from which counts move.
    around: Vec<f64>,
    /// What each constraint comes to there.
    sums: Vec<f64>,
    seen: BTreeMap<Member, Interval>,
    /// The constraints that each count stands in.
    bonds_of: Vec<Vec<usize>>,
}

impl<'p> Search<'p> {
    fn new(part: &'p Part) -> Self {
        let mut bonds_of = vec![Vec::new(); part.bounds.len()];
        for (i, bond) in part.bonds.iter().enumerate() {
            bond.terms.iter().for_each(|(member, _)| bonds_of[member.0].push(i));
        }
        let around = part.bounds.iter().map(|own| own.low + 0.5 * (own.high - own.low).min(AROUND)).collect();
        let mut search = Self { part, around, sums: Vec::new(), seen: BTreeMap::new(), bonds_of };
        search.sum_up();
        search
    }

    fn start_from(&mut self, state: &[Moved]) {
        state.iter().for_each(|moved| self.around[moved.member.0] = moved.to);
        self.sum_up();
    }

    fn sum_up(&mut self) {
        let sum =
            |bond: &Bond| bond.terms.iter().map(|(member, weight)| weight * self.around[member.0]).sum();
        self.sums = self.part.bonds.iter().map(sum).collect();
    }

    /// Looks for states in which many counts are far from where they were seen: `most` of them at a time.
    fn look_together(&mut self, asked: &[Asked], most: usize) {
        let mut untried = self.open(asked);
        while untried.len() > 1 {
            let batches = self.batches(&untried, most);
            let states: Vec<Vec<Moved>> =
                batches.par_iter().flat_map_iter(|batch| self.look_for(batch)).collect();
            states.iter().for_each(|state| self.see(state));
            let tried: BTreeSet<Member> = batches.iter().flatten().map(|asked| asked.member).collect();
            untried.retain(|asked| self.is_open(asked) && !tried.contains(&asked.member));
        }
    }

    /// Looks for states in which one count is far from where it was seen, and only so many counts around it have moved.
    fn look_near(&mut self, asked: &[Asked], most: usize) {
        let mut untried = self.open(asked);
        while !untried.is_empty() {
            let later = untried.split_off(untried.len().min(NEAR_AT_ONCE));
            let states: Vec<Vec<Moved>> =
                untried.par_iter().flat_map_iter(|asked| self.ends_near(asked.member, most)).collect();
            states.iter().for_each(|state| self.see(state));
            untried = later;
            untried.retain(|asked| self.is_open(asked));
        }
    }

    /// The states in which a count is least and most, where only so many counts around it may move.
    fn ends_near(&self, one: Member, most: usize) -> Vec<Vec<Moved>> {
        let near = self.near(one, most);
        [1.0, -1.0].into_iter().filter_map(|way| self.end(one, way, &near)).collect()
    }

    fn open(&self, asked: &[Asked]) -> Vec<Asked> {
        asked.iter().filter(|asked| self.is_open(asked)).copied().collect()
    }

    /// All counts.
    fn all(&self) -> Movable {
        Movable {
            members: (0..self.part.bounds.len()).map(Member).collect(),
            bonds: (0..self.part.bonds.len()).collect(),
        }
    }

    /// The counts that share constraints with one, those that share constraints with them, and so on, about `most`.
    fn near(&self, member: Member, most: usize) -> Movable {
        let mut members = vec![member];
        let mut found = BTreeSet::from([member]);
        let mut next = 0;
        while next < members.len() && members.len() < most {
            for bond in &self.bonds_of[members[next].0] {
                let new = self.part.bonds[*bond].terms.iter().map(|(member, _)| *member);
                members.extend(new.filter(|member| found.insert(*member)));
            }
            next += 1;
        }
        let bonds = members.iter().flat_map(|member| &self.bonds_of[member.0]).copied().collect();
        Movable { members, bonds }
    }

    /// A state in which as many wishes as can be are met together; any for none.
    fn state(&self, wishes: &[Wish]) -> Option<Vec<Moved>> {
        let all = self.all();
        let (mut program, variables) = self.program(&all, |_| 0.0);
        for wish in wishes {
            let met = program.add_variable(-1.0, Interval { low: 0.0, high: wish.by });
            // met ≤ way · (count − from)
            let bounds = Interval::at_least(wish.way * (wish.from - self.around[wish.member.0]));
            program.add_constraint(&[(variables[&wish.member], wish.way), (met, -1.0)], bounds);
        }
        self.solved(&program, &variables, &all)
    }

    /// The state in which a count is least (`way` 1) or most (−1), of those that differ only in what may move.
    fn end(&self, one: Member, way: f64, movable: &Movable) -> Option<Vec<Moved>> {
        let (program, variables) = self.program(movable, |member| if member == one { way } else { 0.0 });
        self.solved(&program, &variables, movable)
    }

    /// The program of how far each count is from where it is known to be able to be.
    fn program(
        &self,
        movable: &Movable,
        cost: impl Fn(Member) -> f64,
    ) -> (LinearProgram, BTreeMap<Member, Variable>) {
        let mut program = LinearProgram::default();
        let mut variables = BTreeMap::new();
        for member in &movable.members {
            let own = beside(self.part.bounds[member.0], self.around[member.0]);
            variables.insert(*member, program.add_regularized_variable(cost(*member), FAR, own));
        }
        for bond in &movable.bonds {
            let Bond { terms, bounds } = &self.part.bonds[*bond];
            let terms: Vec<(Variable, f64)> = terms
                .iter()
                .filter_map(|(member, weight)| Some((*variables.get(member)?, *weight)))
                .collect();
            program.add_constraint(&terms, beside(*bounds, self.sums[*bond]));
        }
        (program, variables)
    }

    fn solved(
        &self,
        program: &LinearProgram,
        variables: &BTreeMap<Member, Variable>,
        movable: &Movable,
    ) -> Option<Vec<Moved>> {
        let solution = program.minimize()?;
        let by = |member: &Member| variables.get(member).map_or(0.0, |variable| solution[*variable]);
        let is_in = |value: f64, bounds: Interval| bounds.low - MISS <= value && value <= bounds.high + MISS;
        // The solver is not exact, and may say so of a program that has no solution.
        let holds = |bond: &usize| {
            let Bond { terms, bounds } = &self.part.bonds[*bond];
            let moved: f64 = terms.iter().map(|(member, weight)| weight * by(member)).sum();
            is_in(self.sums[*bond] + moved, *bounds)
        };
        let moved = |member: &Member| Moved { member: *member, to: self.around[member.0] + by(member) };
        let state: Vec<Moved> = movable.members.iter().map(moved).collect();
        let is_state = state.iter().all(|moved| is_in(moved.to, self.part.bounds[moved.member.0]))
            && movable.bonds.iter().all(holds);
        is_state.then_some(state)
    }

    fn see(&mut self, state: &[Moved]) {
        for Moved { member, to } in state {
            let seen = self.seen.entry(*member).or_insert_with(|| Interval::exactly(*to));
            *seen = Interval { low: seen.low.min(*to), high: seen.high.max(*to) };
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
    fn look_for(&self, batch: &[Asked]) -> Vec<Vec<Moved>> {
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
    fn solve(&mut self, one: &Asked) -> Interval {
        let bounds = self.part.bounds[one.member.0];
        let mut range = bounds;
        for way in [1.0, -1.0] {
            if !self.is_open(one) {
                return self.seen.get(&one.member).map_or(bounds, |seen| whole(*seen));
            }
            if range.low >= one.enough {
                break;
            }
            let Some(state) = self.end(one.member, way, &self.all()) else { continue };
            let Some(value) = state.iter().find(|moved| moved.member == one.member) else { continue };
            if way > 0.0 {
                range.low = range.low.max(value.to)
            } else {
                range.high = range.high.min(value.to)
            }
            self.see(&state);
        }
        whole(range)
    }
}

/// An interval as seen from a value.
fn beside(bounds: Interval, value: f64) -> Interval {
    Interval { low: bounds.low - value, high: bounds.high - value }
}

/// The whole numbers in a range that is known nearly.
fn whole(range: Interval) -> Interval {
    Interval { low: (range.low - NEAR).ceil(), high: (range.high + NEAR).floor() }
}
