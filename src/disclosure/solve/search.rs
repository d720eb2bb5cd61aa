//! The search for an alternative solution.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::system::{CellIndex, Constraint, CountIndex, IDLE_COST, VIOLATION};
use super::move_program::MoveProgram;
use super::published::PublishedSystem;
use super::request::{MoveGoal, SearchRequest};
use statistics::linear_program::{Interval, Solution, Variable};

/// A solution other than the true one.
#[derive(Debug)]
pub(crate) struct AlternativeSolution {
    /// The differences from the true solution, in people, of the counts that may move.
    pub(crate) moves: BTreeMap<CountIndex, f64>,
    /// The published cells that contradict this solution: they must be suppressed before an attacker can
    /// consider it possible.
    pub(crate) contradicting_cells: BTreeSet<CellIndex>,
}

impl AlternativeSolution {
    /// The difference of a count from its true value, in people.
    pub(crate) fn move_of(&self, count: CountIndex) -> f64 {
        self.moves.get(&count).copied().unwrap_or_default()
    }
}

/// Searches for a solution in which counts move as requested; `None` if there is none.
pub(crate) fn search(
    published: &PublishedSystem<'_>,
    request: SearchRequest<'_>,
) -> Option<AlternativeSolution> {
    let program = MoveProgram::new(request.goal);
    let mut search = MoveSearch { published, request, program, violations: Vec::new() };
    search.add_counts();
    search.add_constraints();
    search.add_cell_constraints();
    request.targets.iter().for_each(|target| search.program.add_target(*target));
    let solution = search.program.minimize()?;
    Some(search.alternative(&solution))
}

/// The violation of a cell's constraint.
struct CellViolation {
    cell: CellIndex,
    variable: Variable,
}

struct MoveSearch<'s, 'm> {
    published: &'s PublishedSystem<'m>,
    request: SearchRequest<'s>,
    program: MoveProgram,
    violations: Vec<CellViolation>,
}

impl<'m> MoveSearch<'_, 'm> {
    fn add_counts(&mut self) {
        let targets = self.request.targets.iter().map(|target| target.count);
        let counts = self.published.movable_with(targets, self.request.relaxation);
        let definitions = self.definitions(&counts);
        for count in counts.iter().filter(|count| !definitions.contains_key(count)) {
            let cost = self.published.move_cost(*count, self.request.relaxation);
            self.program.add_count(*count, self.true_count(*count), cost);
        }
        for (count, definition) in &definitions {
            self.program.add_defined_count(*count, definition, self.true_count(*count));
        }
    }

    /// The equations that define some of the counts, by defined count.
    fn definitions(&self, counts: &BTreeSet<CountIndex>) -> BTreeMap<CountIndex, &'m Constraint> {
        let mut definitions = BTreeMap::new();
        for constraint in &self.published.system.constraints {
            let defined = constraint.defines.filter(|count| counts.contains(count));
            if let (Some(count), true) = (defined, constraint.interval == Interval::exactly(0.0)) {
                definitions.insert(count, constraint);
            }
        }
        definitions
    }

    fn true_count(&self, count: CountIndex) -> f64 {
        self.published.system.true_count(count).max(0.0)
    }

    fn add_constraints(&mut self) {
        let system = self.published.system;
        for constraint in &system.constraints {
            self.program.add_constraint(constraint, &system.truth);
        }
    }

    fn add_cell_constraints(&mut self) {
        let truth = &self.published.system.truth;
        for stated in self.published.joint_cell_constraints() {
            let Some(cost) = self.violation_cost(stated.cell) else {
                self.program.add_constraint(&stated.constraint, truth);
                continue;
            };
            let variable = self.program.add_relaxed_constraint(&stated.constraint, truth, cost);
            let violation = variable.map(|variable| CellViolation { cell: stated.cell, variable });
            self.violations.extend(violation);
        }
    }

    /// The cost per person of violating a cell's constraint; `None` if it must hold.
    fn violation_cost(&self, cell: CellIndex) -> Option<f64> {
        let cost = self.published.violation_cost(cell, self.request.relaxation)?;
        Some(if self.request.goal == MoveGoal::Full { cost } else { IDLE_COST })
    }

    fn alternative(&self, solution: &Solution) -> AlternativeSolution {
        let moves = self.program.moves_in(solution);
        let moved = moves.iter().filter(|(_, by)| by.abs() > VIOLATION);
        let mut contradicting_cells: BTreeSet<CellIndex> =
            moved.flat_map(|(count, _)| self.published.cells_stating(*count)).collect();
        let violated = self.violations.iter().filter(|violation| solution[violation.variable] > VIOLATION);
        contradicting_cells.extend(violated.map(|violation| violation.cell));
        AlternativeSolution { moves, contradicting_cells }
    }
}
