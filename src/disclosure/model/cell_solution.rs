//! Carries solutions of a district's year from one model to another.
//!
//! The model of the data and the model of an attacker cover the same cells, but not the same counts: an
//! attacker does not know of some sums, and believes in others that the data contradicts. So a solution is
//! carried over as the values of the counts that each cell is about. If it satisfies all constraints of the
//! other model, it is a solution there too, and no search has to be repeated.

use super::cell::CellCounts;
use super::count_model::CountModel;
use super::system::{Constraint, CountIndex, NEGLIGIBLE, VIOLATION};

/// A solution by cell: the values of its counted people, its complement and its base; NaN for those it does
/// not have.
#[derive(Debug)]
pub(crate) struct CellSolution(Vec<[f64; 3]>);

fn counts_of(cell: CellCounts) -> [Option<CountIndex>; 3] {
    [cell.counted, cell.complement, cell.base]
}

/// The values of a cell's counts in a solution.
fn values_of(cell: CellCounts, solution: &[f64]) -> [f64; 3] {
    counts_of(cell).map(|count| count.map_or(f64::NAN, |count| solution[count.0]))
}

impl CellSolution {
    /// The values that a solution of a model gives to the counts of each cell.
    pub(crate) fn of(model: &CountModel, solution: &[f64]) -> Self {
        Self(model.cells.iter().map(|cell| values_of(*cell, solution)).collect())
    }

    /// The true solution of a model.
    pub(crate) fn of_truth(model: &CountModel) -> Self {
        Self::of(model, &model.system.truth)
    }

    /// This solution in terms of another model of the same cells; `None` if it violates that model's
    /// constraints.
    pub(crate) fn in_model(&self, model: &CountModel) -> Option<Vec<f64>> {
        let mut solution = self.values_in(model);
        derive_missing(&mut solution, &model.system.constraints);
        let is_feasible = solution.iter().all(|count| *count >= -NEGLIGIBLE)
            && model.system.is_satisfied_by(&solution, VIOLATION);
        is_feasible.then_some(solution)
    }

    /// The values of another model's counts where this solution has them; NaN elsewhere.
    fn values_in(&self, model: &CountModel) -> Vec<f64> {
        let mut solution = vec![f64::NAN; model.system.len()];
        for (cell, values) in model.cells.iter().zip(&self.0) {
            for (count, value) in counts_of(*cell).into_iter().zip(values) {
                if let (Some(count), false) = (count, value.is_nan()) {
                    solution[count.0] = *value;
                }
            }
        }
        solution
    }
}

/// Computes the counts that no cell is about (remainders, and remainders of remainders) from equations with
/// one unknown.
fn derive_missing(solution: &mut [f64], constraints: &[Constraint]) {
    let mut unsolved: Vec<&Constraint> =
        constraints.iter().filter(|constraint| constraint.interval.is_exact()).collect();
    loop {
        let before = unsolved.len();
        unsolved.retain(|constraint| !solve_for_only_unknown(solution, constraint));
        if unsolved.len() == before {
            return;
        }
    }
}

/// Solves an equation for its only unknown count; returns false unless it has exactly one.
fn solve_for_only_unknown(solution: &mut [f64], constraint: &Constraint) -> bool {
    let mut unknown = constraint.terms.iter().filter(|(count, _)| solution[count.0].is_nan());
    let (Some((count, weight)), None) = (unknown.next().copied(), unknown.next()) else { return false };
    let others = constraint.terms.iter().filter(|(other, _)| *other != count);
    let sum: f64 = others.map(|(other, weight)| weight * solution[other.0]).sum();
    solution[count.0] = (constraint.interval.low - sum) / weight;
    true
}
