//! Solutions of a component: counts that satisfy all of its constraints.

use std::collections::{BTreeMap, BTreeSet};

use super::components::{Component, ComponentConstraint, MemberIndex};
use statistics::linear_program::{Interval, LinearProgram, Solution, Variable};

/// How much a solution may violate a constraint, since the solver is not exact.
const TOLERANCE: f64 = 2e-3;
/// The cost of half the squared move: tiny, only to make the solution stable.
const SQUARE_COST: f64 = 1e-6;
/// As long as no solution is known, counts start at the lower end of their bounds, or in the middle if that
/// is less than half of this.
const START_WIDTH: f64 = 40.0;

/// The position of a constraint in its component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ComponentConstraintIndex(usize);

/// Where a count moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MoveDirection {
    Up,
    Down,
}

impl MoveDirection {
    /// The end of the interval to measure a move from, so that it goes farthest.
    pub(super) const fn start(self, interval: Interval) -> f64 {
        match self {
            Self::Up => interval.low,
            Self::Down => interval.high,
        }
    }

    const fn sign(self) -> f64 {
        match self {
            Self::Up => 1.0,
            Self::Down => -1.0,
        }
    }
}

/// A move of a count by at least some distance from a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct MoveTarget {
    pub(super) member: MemberIndex,
    pub(super) direction: MoveDirection,
    pub(super) from: f64,
    /// The distance in people.
    pub(super) by: f64,
}

/// The value of a count in another solution than the known one.
#[derive(Debug, Clone, Copy)]
pub(super) struct MovedCount {
    pub(super) member: MemberIndex,
    pub(super) to: f64,
}

/// Counts that may move, and the constraints that they occur in.
struct Movable {
    members: Vec<MemberIndex>,
    constraints: BTreeSet<ComponentConstraintIndex>,
}

/// A linear program of count moves.
struct MemberMoves {
    program: LinearProgram,
    variables: BTreeMap<MemberIndex, Variable>,
}

/// The search for solutions of a component.
pub(super) struct SolutionSearch<'p> {
    component: &'p Component,
    /// The values that counts move from: a solution, once there is one.
    start: Vec<f64>,
    /// The weighted sum of each constraint at the start.
    sums: Vec<f64>,
    /// For each count, the smallest interval with all values found.
    found: BTreeMap<MemberIndex, Interval>,
    constraints_of: Vec<Vec<ComponentConstraintIndex>>,
}

impl<'p> SolutionSearch<'p> {
    pub(super) fn new(component: &'p Component) -> Self {
        let mut constraints_of = vec![Vec::new(); component.bounds.len()];
        for (i, constraint) in component.constraints.iter().enumerate() {
            for (member, _) in &constraint.terms {
                constraints_of[member.0].push(ComponentConstraintIndex(i));
            }
        }
        let start = component.bounds.iter().map(|own| own.low + 0.5 * (own.high - own.low).min(START_WIDTH));
        let start = start.collect();
        let mut search = Self { component, start, sums: Vec::new(), found: BTreeMap::new(), constraints_of };
        search.sum_up();
        search
    }

    /// Makes counts move from this solution.
    pub(super) fn start_from(&mut self, solution: &[MovedCount]) {
        solution.iter().for_each(|moved| self.start[moved.member.0] = moved.to);
        self.sum_up();
    }

    fn sum_up(&mut self) {
        let constraints = self.component.constraints.iter();
        self.sums = constraints.map(|constraint| weighted_sum(constraint, &self.start)).collect();
    }

    /// Records the values in a solution.
    pub(super) fn record(&mut self, solution: &[MovedCount]) {
        for MovedCount { member, to } in solution {
            let found = self.found.entry(*member).or_insert_with(|| Interval::exactly(*to));
            *found = found.including(*to);
        }
    }

    /// The smallest interval with all values found for a count.
    pub(super) fn found(&self, member: MemberIndex) -> Option<Interval> {
        self.found.get(&member).copied()
    }

    /// The bounds of a count from interval arithmetic.
    pub(super) fn bounds(&self, MemberIndex(member): MemberIndex) -> Interval {
        self.component.bounds[member]
    }

    /// The constraints that a count occurs in.
    pub(super) fn constraints_of(&self, MemberIndex(member): MemberIndex) -> &[ComponentConstraintIndex] {
        &self.constraints_of[member]
    }

    /// A solution in which as many targets as possible are reached together; any solution if there are none.
    pub(super) fn solution(&self, targets: &[MoveTarget]) -> Option<Vec<MovedCount>> {
        let all = self.all_counts();
        let mut moves = self.moves(&all, None);
        for target in targets {
            let sign = target.direction.sign();
            let reached = moves.program.add_variable(-1.0, Interval { low: 0.0, high: target.by });
            // reached ≤ sign · (count − from)
            let bounds = Interval::at_least(sign * (target.from - self.start[target.member.0]));
            let terms = [(moves.variables[&target.member], sign), (reached, -1.0)];
            moves.program.add_constraint(&terms, bounds);
        }
        self.solve(&moves, &all)
    }

    /// The solution in which a count is smallest or largest.
    pub(super) fn extreme(&self, member: MemberIndex, end: MoveDirection) -> Option<Vec<MovedCount>> {
        self.extreme_of(member, end, &self.all_counts())
    }

    /// The solutions in which a count is smallest and largest, if only about `size` counts near it move.
    pub(super) fn extremes_nearby(&self, member: MemberIndex, size: usize) -> Vec<Vec<MovedCount>> {
        let near = self.neighborhood(member, size);
        let ends = [MoveDirection::Down, MoveDirection::Up];
        ends.into_iter().filter_map(|end| self.extreme_of(member, end, &near)).collect()
    }

    fn extreme_of(
        &self,
        member: MemberIndex,
        end: MoveDirection,
        movable: &Movable,
    ) -> Option<Vec<MovedCount>> {
        self.solve(&self.moves(movable, Some((member, end))), movable)
    }

    fn all_counts(&self) -> Movable {
        Movable {
            members: (0..self.component.bounds.len()).map(MemberIndex).collect(),
            constraints: (0..self.component.constraints.len()).map(ComponentConstraintIndex).collect(),
        }
    }

    /// About `size` counts that share constraints with a count, those that share constraints with these, and
    /// so on.
    fn neighborhood(&self, member: MemberIndex, size: usize) -> Movable {
        let mut members = vec![member];
        let mut found = BTreeSet::from([member]);
        let mut next = 0;
        while next < members.len() && members.len() < size {
            for constraint in self.constraints_of(members[next]) {
                let terms = self.constraint(*constraint).terms.iter();
                members.extend(terms.map(|(member, _)| *member).filter(|member| found.insert(*member)));
            }
            next += 1;
        }
        let constraints = members.iter().flat_map(|member| self.constraints_of(*member)).copied().collect();
        Movable { members, constraints }
    }

    fn constraint(&self, ComponentConstraintIndex(at): ComponentConstraintIndex) -> &'p ComponentConstraint {
        &self.component.constraints[at]
    }

    /// The program of count moves from the start that minimizes or maximizes one of the counts.
    fn moves(&self, movable: &Movable, extreme: Option<(MemberIndex, MoveDirection)>) -> MemberMoves {
        let mut moves = MemberMoves { program: LinearProgram::default(), variables: BTreeMap::new() };
        for member in &movable.members {
            let cost = extreme.map_or(0.0, |(of, end)| if *member == of { -end.sign() } else { 0.0 });
            let bounds = self.bounds(*member).minus(self.start[member.0]);
            let variable = moves.program.add_regularized_variable(cost, SQUARE_COST, bounds);
            moves.variables.insert(*member, variable);
        }
        for index in &movable.constraints {
            let constraint = self.constraint(*index);
            let terms = moves.terms(constraint);
            moves.program.add_constraint(&terms, constraint.bounds.minus(self.sums[index.0]));
        }
        moves
    }

    /// Solves a program; `None` if it has no solution. Because it is not exact, the solver may return a
    /// solution of a program that has none.
    fn solve(&self, moves: &MemberMoves, movable: &Movable) -> Option<Vec<MovedCount>> {
        let solution = moves.program.minimize()?;
        let moved: Vec<MovedCount> =
            movable.members.iter().map(|member| self.moved(*member, moves, &solution)).collect();
        let is_feasible = moved.iter().all(|moved| is_within(moved.to, self.bounds(moved.member)))
            && movable.constraints.iter().all(|index| self.is_satisfied(*index, moves, &solution));
        is_feasible.then_some(moved)
    }

    fn moved(&self, member: MemberIndex, moves: &MemberMoves, solution: &Solution) -> MovedCount {
        MovedCount { member, to: self.start[member.0] + moves.by(member, solution) }
    }

    fn is_satisfied(
        &self,
        index: ComponentConstraintIndex,
        moves: &MemberMoves,
        solution: &Solution,
    ) -> bool {
        let constraint = self.constraint(index);
        is_within(self.sums[index.0] + moves.sum_of(constraint, solution), constraint.bounds)
    }
}

impl MemberMoves {
    /// The terms of a constraint on the counts that may move.
    fn terms(&self, constraint: &ComponentConstraint) -> Vec<(Variable, f64)> {
        let terms = constraint.terms.iter();
        terms.filter_map(|(member, weight)| Some((*self.variables.get(member)?, *weight))).collect()
    }

    /// By how much the weighted sum of a constraint changes in a solution.
    fn sum_of(&self, constraint: &ComponentConstraint, solution: &Solution) -> f64 {
        let terms = constraint.terms.iter();
        terms.map(|(member, weight)| weight * self.by(*member, solution)).sum()
    }

    /// By how much a count moves in a solution.
    fn by(&self, member: MemberIndex, solution: &Solution) -> f64 {
        self.variables.get(&member).map_or(0.0, |variable| solution[*variable])
    }
}

fn weighted_sum(constraint: &ComponentConstraint, values: &[f64]) -> f64 {
    constraint.terms.iter().map(|(member, weight)| weight * values[member.0]).sum()
}

fn is_within(value: f64, bounds: Interval) -> bool {
    bounds.low - TOLERANCE <= value && value <= bounds.high + TOLERANCE
}
