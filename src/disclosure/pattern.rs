//! The pattern of complementary suppression: which values that are still shown go with those that are not, so that as few go as
//! can.
//!
//! A count cannot be told within less than s where there is another state of the district that shows the same and in which it
//! is s more, or some more and some less by s together. From the true state to such a one the counts move, and what adds up
//! must still do so: if there are more in a cell there are fewer in another of its row, and of its column. The cheapest move
//! is that of the least Σ size · |move| over the counts that are shown, no count below none nor above the people that it is
//! some of; a linear program a count (`microlp`). What moves is withheld. (Kelly, Golden and Assad 1992, "Cell suppression:
//! disclosure protection for sensitive tabular data", Networks 22; methods 10.3.)
//!
//! Small tables: with one part beside the withheld one, that is the one that moves. Degenerate: where there is no such move, since
//! all else is public or nobody is left, nothing is withheld here; what then can be told [`complementary`](super::complementary)
//! sees. Counts whose size nobody knows (masks) do not move.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::known::{Known, told, tolerance};
use super::left::{ANY, leaves_nobody, left_of, most_left};
use super::people::{Cell, System};

/// Moves that are less than this are none.
const NONE: f64 = 1e-6;
/// What moving a count by one costs that is not shown anyhow: a little, so that a move takes no detours.
const UNSEEN: f64 = 1e-3;
/// How often dearer than the smallest group it is to withhold that there is nobody: it protects little.
const NOBODY: f64 = 20.0;
/// In how many counts at most a move is looked for.
const MANY: usize = 400;
/// Over how many lines parts of a move are from what it is for: its row and its column, and what crosses them.
const STEPS: usize = 2;

/// How far a move may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Over the parts of the totals that a count is of; these stay as they are.
    Parts,
    /// Over all that hangs together.
    All,
}

/// A count that must not be told within less than so many people.
#[derive(Debug, Clone, Copy)]
pub(super) struct Secret {
    /// Which.
    pub(super) at: usize,
    /// How many.
    pub(super) least: f64,
}

/// Withholds what must move with the secrets, and with that what so comes to be withheld. `truth` are all counts, what lines
/// leave excepted; `known` is what is known of them before.
pub(super) fn withhold(
    known: &Known<'_, '_>,
    hidden: &mut [bool],
    truth: &[Option<f64>],
    secrets: Vec<Secret>,
    reach: Reach,
) {
    let Known { system, cells, least, .. } = *known;
    let mut counts = truth.to_vec();
    for line in &system.lines {
        counts[line.left] = left_of(system, line, truth);
    }
    let mut lines_of = vec![Vec::new(); system.len()];
    for (i, line) in system.lines.iter().enumerate() {
        line.parts.iter().chain([&line.total, &line.left]).for_each(|at| lines_of[*at].push(i));
    }
    let mut bases = vec![Vec::new(); system.len()];
    system.at_most.iter().for_each(|(at, base)| bases[*at].push(*base));
    let told = told(system, hidden);
    // States that were found already show how far some can move.
    let moved = |(at, count): (usize, &Option<f64>)| match (known.seen(at), count) {
        (Some((low, high)), Some(count)) => ((low - count).min(0.0), (high - count).max(0.0)),
        _ => (0.0, 0.0),
    };
    let room = counts.iter().enumerate().map(moved).collect();
    let mut pattern = Pattern {
        system,
        cells,
        least,
        reach,
        counts,
        lines_of,
        bases,
        hidden,
        told,
        room,
        secrets: secrets.into(),
    };
    while let Some(secret) = pattern.secrets.pop_front() {
        pattern.protect(secret);
    }
}

/// A move: counts, each with by how much it changes.
type Move = Vec<(usize, f64)>;

struct Pattern<'t, 'a> {
    system: &'t System,
    cells: &'t [Cell<'a>],
    least: f64,
    reach: Reach,
    /// The counts as they are; what a line leaves below 0 where its parts overlap.
    counts: Vec<Option<f64>>,
    /// The lines that each count is in.
    lines_of: Vec<Vec<usize>>,
    /// The people that each counts some of.
    bases: Vec<Vec<usize>>,
    hidden: &'t mut [bool],
    /// What is told while those are hidden.
    told: Vec<Option<f64>>,
    /// Between what each has moved already.
    room: Vec<(f64, f64)>,
    /// What is still to be looked at.
    secrets: VecDeque<Secret>,
}

impl Pattern<'_, '_> {
    fn protect(&mut self, Secret { at, least }: Secret) {
        let (Some(count), Some(cells)) = (self.counts[at], self.told_by(at)) else { return };
        self.hide(cells);
        for _ in 0..2 {
            let (low, high) = self.room[at];
            let wanted = least - (high - low);
            if wanted <= NONE {
                return;
            }
            if let Some(found) = self.cheapest(at, high + wanted) {
                return self.take(&found);
            }
            // It cannot be so much more; then less as well.
            let less = (wanted - low).min(count);
            let found = if less > NONE - low { self.cheapest(at, -less) } else { None };
            let Some(found) = found else { return };
            self.take(&found);
        }
    }

    /// Withholds all that moves.
    fn take(&mut self, moves: &Move) {
        for (at, by) in moves {
            let (low, high) = self.room[*at];
            self.room[*at] = (low.min(*by), high.max(*by));
        }
        self.hide(moves.iter().filter_map(|(at, _)| self.told_by(*at)).flatten().collect());
    }

    /// Withholds cells; none of what they are about may be told then.
    fn hide(&mut self, cells: BTreeSet<usize>) {
        if cells.is_empty() {
            return;
        }
        cells.iter().for_each(|cell| self.hidden[*cell] = true);
        self.told = told(self.system, self.hidden);
        for about in cells.iter().map(|cell| &self.system.about[*cell]) {
            for at in about.number.into_iter().chain(about.base).filter(|at| self.told[*at].is_none()) {
                self.secrets.push_back(Secret { at, least: self.least.min(self.most(at)) });
            }
        }
    }

    /// The shown cells that tell a count; `None` where one of them is public.
    fn told_by(&self, at: usize) -> Option<BTreeSet<usize>> {
        let Some(outright) = self.system.told_by.get(at) else { return Some(BTreeSet::new()) };
        let ties = self.system.tied_by[at].iter();
        let ties = ties.filter(|tie| self.system.tells(**tie, at, self.hidden, &self.told));
        let all = outright.iter().copied().chain(ties.map(|tie| self.system.ties[*tie].cell));
        let all: BTreeSet<usize> = all.filter(|cell| !self.hidden[*cell]).collect();
        all.iter().all(|cell| !self.cells[*cell].public).then_some(all)
    }

    /// The most that a count can be, as far as that is told.
    fn most(&self, at: usize) -> f64 {
        let line = at.checked_sub(self.system.told_by.len()).and_then(|line| self.system.lines.get(line));
        let left = line.and_then(|line| most_left(self.system, line, &self.told, &self.counts));
        self.bases[at].iter().filter_map(|base| self.told[*base]).chain(left).fold(f64::INFINITY, f64::min)
    }

    /// What it costs to move a count by one; `None` where it cannot move.
    fn cost(&self, at: usize) -> Option<f64> {
        let count = self.counts[at]?;
        if self.told[at].is_none() {
            return Some(UNSEEN);
        }
        self.told_by(at)?;
        let size = self.counts[self.system.size[at]].unwrap_or(count);
        Some(if size < ANY { NOBODY * self.least } else { size })
    }

    /// The counts that may move with one.
    fn near(&self, at: usize) -> BTreeSet<usize> {
        let mut near = BTreeSet::from([at]);
        let mut last = vec![at];
        let mut step = 0;
        while !last.is_empty() && near.len() <= MANY && (self.reach == Reach::All || step < STEPS) {
            let lines: BTreeSet<usize> =
                last.iter().flat_map(|at| self.lines_of[*at].iter().copied()).collect();
            let mut members: Vec<usize> = Vec::new();
            for line in lines.into_iter().map(|line| &self.system.lines[line]) {
                members.extend(&line.parts);
                members.extend((self.reach == Reach::All).then_some(line.total));
            }
            last = members.into_iter().filter(|at| near.insert(*at)).collect();
            step += 1;
        }
        near
    }

    /// The cheapest move in which a count moves by so much; `None` where there is none.
    fn cheapest(&self, target: usize, by: f64) -> Option<Move> {
        let near = self.near(target);
        if near.len() > MANY {
            return None;
        }
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut moves: BTreeMap<usize, (Variable, Variable)> = BTreeMap::new();
        let add = |problem: &mut Problem, at: usize, cost: f64| {
            let count = self.counts[at].unwrap_or_default().max(0.0);
            let more = problem.add_var(cost, (0.0, (self.most(at) - count).max(0.0)));
            (more, problem.add_var(cost, (0.0, count)))
        };
        for at in &near {
            // What is asked for moves at any cost.
            let cost = if *at == target { Some(UNSEEN) } else { self.cost(*at) };
            if let Some(cost) = cost {
                moves.insert(*at, add(&mut problem, *at, cost));
            }
        }
        let lines: BTreeSet<usize> = moves.keys().flat_map(|at| self.lines_of[*at].iter().copied()).collect();
        for line in lines.into_iter().map(|line| &self.system.lines[line]) {
            let left = self.counts[line.left];
            if left.is_some_and(|left| left < -tolerance(self.counts[line.total].unwrap_or(0.0), self.least))
            {
                continue;
            }
            // Whom no part lists may be more or fewer, where a reader cannot take the parts for all there are.
            let is_full = line.is_full || leaves_nobody(self.system, line, &self.counts);
            if !is_full || left.is_some_and(|left| left > ANY) {
                moves.entry(line.left).or_insert_with(|| add(&mut problem, line.left, UNSEEN));
            }
            let parts = line.parts.iter().chain([&line.left]).map(|at| (at, 1.0));
            // Two parts may be the same count: reading and mathematics of the same students.
            let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
            for (at, sign) in parts.chain([(&line.total, -1.0)]) {
                *weights.entry(*at).or_default() += sign;
            }
            let mut all = LinearExpr::empty();
            for (at, weight) in weights {
                if let Some((more, less)) = moves.get(&at) {
                    all.add(*more, weight);
                    all.add(*less, -weight);
                }
            }
            problem.add_constraint(all, ComparisonOp::Eq, 0.0);
        }
        let (more, less) = moves.get(&target)?;
        problem.add_constraint([(*more, 1.0), (*less, -1.0)], ComparisonOp::Eq, by);
        let Ok(SolveOutcome::Solution(solution)) = problem.solve() else { return None };
        let moved =
            |(at, (more, less)): (&usize, &(Variable, Variable))| (*at, solution[*more] - solution[*less]);
        Some(moves.iter().map(moved).filter(|(_, by)| by.abs() > NONE).collect())
    }
}
