//! Completes the true solution: finds values for counts that no cell states, or that only rounded rates
//! state.
//!
//! Because data can contradict itself, every constraint enters the linear program with a slack variable that
//! has a cost. Counts stated by rounded rates stay as close to them as possible. If there are several
//! solutions, the solver takes one in the middle; it is rounded to whole numbers if these also satisfy all
//! constraints.

use std::collections::BTreeMap;

use super::system::{Constraint, ConstraintSystem, CountIndex, IDLE_COST, NEGLIGIBLE};
use statistics::linear_program::{Interval, LinearProgram, Solution, Variable};

/// The cost of violating a constraint, per person.
const VIOLATION_COST: f64 = 1.0;
/// The cost of moving a count away from the value nearest to its rounded rate, per person.
const ROUNDING_COST: f64 = 1e-3;

/// The values of all counts that best satisfy a system's constraints.
pub(super) fn best_fit(system: &ConstraintSystem) -> Vec<f64> {
    let mut fit = BestFit { system, program: LinearProgram::default(), variables: BTreeMap::new() };
    fit.add_counts();
    system.all_constraints().for_each(|constraint| fit.add_constraint(constraint));
    match fit.program.minimize() {
        Some(solution) => fit.counts(&solution),
        None => system.truth.iter().map(|count| if count.is_nan() { 0.0 } else { *count }).collect(),
    }
}

struct BestFit<'m> {
    system: &'m ConstraintSystem,
    program: LinearProgram,
    /// The variables of the counts that are not known exactly.
    variables: BTreeMap<CountIndex, Variable>,
}

impl BestFit<'_> {
    fn add_counts(&mut self) {
        let stated = self.system.stated_intervals();
        for (i, truth) in self.system.truth.iter().enumerate() {
            let within = stated.get(&CountIndex(i)).copied().unwrap_or(Interval::at_least(0.0));
            if !truth.is_nan() && within.width() < NEGLIGIBLE {
                continue;
            }
            let variable = if truth.is_nan() {
                self.program.add_regularized_variable(IDLE_COST, IDLE_COST, within)
            } else {
                self.add_rounded_count(*truth, within)
            };
            self.variables.insert(CountIndex(i), variable);
        }
    }

    /// Adds a count whose cost grows with its distance from `nearest`.
    fn add_rounded_count(&mut self, nearest: f64, within: Interval) -> Variable {
        let count = self.program.add_regularized_variable(0.0, IDLE_COST, within);
        let difference = self.program.add_absolute_variable(ROUNDING_COST, Interval::ANY);
        let terms = [(count, 1.0), (difference.value, 1.0)];
        self.program.add_constraint(&terms, Interval::exactly(nearest));
        count
    }

    fn add_constraint(&mut self, constraint: &Constraint) {
        let (open, fixed): (Vec<_>, Vec<_>) =
            constraint.terms.iter().partition(|(count, _)| self.variables.contains_key(count));
        if open.is_empty() {
            return;
        }
        let constant: f64 = fixed.iter().map(|(count, weight)| weight * self.system.true_count(*count)).sum();
        let mut terms: Vec<(Variable, f64)> =
            open.iter().map(|(count, weight)| (self.variables[count], *weight)).collect();
        terms.push((self.program.add_absolute_variable(VIOLATION_COST, Interval::ANY).value, 1.0));
        self.program.add_constraint(&terms, constraint.interval.minus(constant));
    }

    /// The counts of an optimum, rounded to whole numbers if these satisfy all constraints.
    fn counts(&self, solution: &Solution) -> Vec<f64> {
        let exact: Vec<f64> = (0..self.system.len()).map(|i| self.count(CountIndex(i), solution)).collect();
        let whole: Vec<f64> = exact.iter().map(|count| count.round()).collect();
        if self.system.is_satisfied_by(&whole, NEGLIGIBLE) { whole } else { exact }
    }

    fn count(&self, count: CountIndex, solution: &Solution) -> f64 {
        match self.variables.get(&count) {
            Some(variable) => solution[*variable].max(0.0),
            None => self.system.true_count(count),
        }
    }
}
