//! The linear program of moves. Its variables are the differences of counts from their true values.

use std::collections::BTreeMap;

use super::super::model::system::{Constraint, CountIndex, IDLE_COST};
use super::published::MoveCost;
use super::request::{MoveGoal, TargetMove};
use statistics::linear_program::{Interval, LinearProgram, Solution, Variable};

/// The relative difference between the costs of counts that cost the same. It makes the solver choose one of
/// them instead of moving each by half.
const TIE_BREAK: f64 = 1e-3;
/// The number of distinct tie-breakers.
const TIES: usize = 97;

/// A linear program of moves.
pub(super) struct MoveProgram {
    program: LinearProgram,
    goal: MoveGoal,
    /// For each count, the variables, with weights, whose sum is its move.
    moves: BTreeMap<CountIndex, Vec<(Variable, f64)>>,
}

impl MoveProgram {
    /// A program in which nothing moves.
    pub(super) fn new(goal: MoveGoal) -> Self {
        Self { program: LinearProgram::default(), goal, moves: BTreeMap::new() }
    }

    /// Adds the move of a count, which can go down to zero at most.
    pub(super) fn add_count(&mut self, count: CountIndex, truth: f64, cost: MoveCost) {
        let bounds = Interval::at_least(-truth);
        let variable = match cost {
            MoveCost::Fixed => return,
            MoveCost::PerPerson(cost) if self.goal == MoveGoal::Full => {
                self.program.add_absolute_variable(with_tie_break(cost, count), bounds).value
            }
            _ => self.program.add_regularized_variable(0.0, IDLE_COST, bounds),
        };
        self.moves.insert(count, vec![(variable, 1.0)]);
    }

    /// Adds a count that moves according to its definition, a constraint that it shares with other counts.
    pub(super) fn add_defined_count(&mut self, count: CountIndex, definition: &Constraint, truth: f64) {
        let others = definition.terms.iter().filter(|(other, _)| *other != count);
        let terms = self.move_terms(others.map(|(other, weight)| (*other, -weight)));
        self.program.add_constraint(&terms, Interval::at_least(-truth));
        self.moves.insert(count, terms);
    }

    /// Requires a constraint to hold after all moves.
    pub(super) fn add_constraint(&mut self, constraint: &Constraint, truth: &[f64]) {
        let terms = self.move_terms(constraint.terms.iter().copied());
        if !terms.is_empty() {
            self.program.add_constraint(&terms, move_bounds(constraint, truth));
        }
    }

    /// Requires a constraint to hold after all moves, or to be violated at a cost per person. Returns the
    /// variable of the violation; `None` if none of its counts moves.
    pub(super) fn add_relaxed_constraint(
        &mut self,
        constraint: &Constraint,
        truth: &[f64],
        cost: f64,
    ) -> Option<Variable> {
        let mut terms = self.move_terms(constraint.terms.iter().copied());
        if terms.is_empty() {
            return None;
        }
        let violation = self.program.add_absolute_variable(cost, Interval::ANY);
        terms.push((violation.value, 1.0));
        self.program.add_constraint(&terms, move_bounds(constraint, truth));
        Some(violation.magnitude)
    }

    /// Makes a count move by its target, or as close to that as possible.
    pub(super) fn add_target(&mut self, target: TargetMove) {
        let Some(moves) = self.moves.get(&target.count) else { return };
        let (direction, distance) = (target.by.signum(), target.by.abs());
        let mut terms: Vec<(Variable, f64)> =
            moves.iter().map(|(variable, weight)| (*variable, weight * direction)).collect();
        match self.goal {
            MoveGoal::Full => self.program.add_constraint(&terms, Interval::at_least(distance)),
            MoveGoal::Farthest => {
                let reached = self.program.add_variable(-1.0, Interval { low: 0.0, high: distance });
                terms.push((reached, -1.0));
                self.program.add_constraint(&terms, Interval::at_least(0.0));
            }
        }
    }

    /// Solves the program; `None` if it has no solution.
    pub(super) fn minimize(&self) -> Option<Solution> {
        self.program.minimize()
    }

    /// The move of each count in a solution, in people.
    pub(super) fn moves_in(&self, solution: &Solution) -> BTreeMap<CountIndex, f64> {
        self.moves.iter().map(|(count, terms)| (*count, weighted_sum(terms, solution))).collect()
    }

    /// A weighted sum of moves, by variable.
    fn move_terms(&self, counts: impl Iterator<Item = (CountIndex, f64)>) -> Vec<(Variable, f64)> {
        let mut weights: BTreeMap<Variable, f64> = BTreeMap::new();
        for (count, weight) in counts {
            for (variable, own) in self.moves.get(&count).into_iter().flatten() {
                *weights.entry(*variable).or_default() += own * weight;
            }
        }
        weights.into_iter().filter(|(_, weight)| *weight != 0.0).collect()
    }
}

/// A cost that differs slightly from others equal to it.
fn with_tie_break(cost: f64, CountIndex(count): CountIndex) -> f64 {
    cost * (1.0 + TIE_BREAK * (count % TIES) as f64 / TIES as f64)
}

fn weighted_sum(terms: &[(Variable, f64)], solution: &Solution) -> f64 {
    terms.iter().map(|(variable, weight)| weight * solution[*variable]).sum()
}

/// The allowed interval for the moves of a constraint; it always includes no move.
fn move_bounds(constraint: &Constraint, truth: &[f64]) -> Interval {
    constraint.interval.minus(constraint.value_at(truth)).including(0.0)
}
