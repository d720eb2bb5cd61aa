//! Values for counts that no cell tells, or that only rounded rates tell: values that fit all the others.
//!
//! Every constraint enters a linear program, in which it may give way at a cost, because data contradict themselves. Counts told by
//! rounded rates stay as close to these as they can. Of several solutions the solver takes one in the middle; whole numbers are
//! used if they fit as well.

use std::collections::BTreeMap;

use super::feasible::{NONE, UNSEEN};
use super::model::{Constraint, CountIndex, Model};
use statistics::linear_program::{Interval, LinearProgram, Variable};

/// What it costs, per person, that a constraint does not hold.
const CONTRADICTED: f64 = 1.0;
/// What it costs that a count is one off what its rounded rate is nearest to.
const ROUNDED: f64 = 1e-3;

/// Whether counts are told, and contradict nothing that holds.
pub(super) fn is_complete(model: &Model, counts: &[f64]) -> bool {
    !counts.iter().any(|count| count.is_nan()) && holds(model, counts, NONE)
}

/// Whether a state fulfills all constraints of a model and all that its cells tell, within `but_for` people.
pub(super) fn holds(model: &Model, state: &[f64], but_for: f64) -> bool {
    rows(model).all(|row| {
        let (at, Interval { low, high }) = (row.at(state), row.interval);
        at >= low - but_for && at <= high + but_for
    })
}

fn rows(model: &Model) -> impl Iterator<Item = &Constraint> {
    model.constraints.iter().chain(model.facts.iter().map(|fact| &fact.constraint))
}

/// The counts of a model that go together as well as can be.
pub(super) fn completed(model: &Model) -> Vec<f64> {
    let told = told(model);
    let mut program = LinearProgram::default();
    let mut variables: BTreeMap<CountIndex, Variable> = BTreeMap::new();
    for (i, truth) in model.truth.iter().enumerate() {
        let within = told.get(&CountIndex(i)).copied().unwrap_or(Interval::at_least(0.0));
        if !truth.is_nan() && within.width() < NONE {
            continue;
        }
        let variable = program.idle_variable(if truth.is_nan() { UNSEEN } else { 0.0 }, UNSEEN, within);
        if !truth.is_nan() {
            let (off, _) = program.size_variable(ROUNDED, Interval::ANY);
            program.constrain(&[(variable, 1.0), (off, 1.0)], Interval::exactly(*truth));
        }
        variables.insert(CountIndex(i), variable);
    }
    for row in rows(model) {
        let (open, fixed): (Vec<_>, Vec<_>) =
            row.terms.iter().partition(|(count, _)| variables.contains_key(count));
        if open.is_empty() {
            continue;
        }
        let side: f64 = fixed.iter().map(|(count, weight)| weight * model.truth[count.0]).sum();
        let mut terms: Vec<(Variable, f64)> =
            open.iter().map(|(count, weight)| (variables[count], *weight)).collect();
        terms.push((program.size_variable(CONTRADICTED, Interval::ANY).0, 1.0));
        program.constrain(&terms, Interval { low: row.interval.low - side, high: row.interval.high - side });
    }
    let Some(solution) = program.minimize() else {
        return model.truth.iter().map(|count| if count.is_nan() { 0.0 } else { *count }).collect();
    };
    let found = |(i, count): (usize, &f64)| {
        variables.get(&CountIndex(i)).map_or(*count, |variable| solution[*variable].max(0.0))
    };
    let found: Vec<f64> = model.truth.iter().enumerate().map(found).collect();
    let whole: Vec<f64> = found.iter().map(|count| count.round()).collect();
    if holds(model, &whole, NONE) { whole } else { found }
}

/// The narrowest interval that the cells tell of each count.
pub(super) fn told(model: &Model) -> BTreeMap<CountIndex, Interval> {
    let mut told: BTreeMap<CountIndex, Interval> = BTreeMap::new();
    for fact in &model.facts {
        if let [(count, _)] = fact.constraint.terms.as_slice() {
            let (own, known) = (fact.constraint.interval, told.entry(*count).or_insert(Interval::ANY));
            if own.width() < known.width() {
                *known = Interval { low: own.low.max(0.0), high: own.high };
            }
        }
    }
    told
}
