//! States of a district's year that are carried from one model to another.
//!
//! The model of those who know all and that of a reader are about the same cells, but not about the same counts: a reader does not
//! know of some sums, and of others takes for true what the data contradict. A state is carried by what it says of each cell. It
//! fits the other model if all that holds there holds of it, so that nothing needs to be searched for twice.

use super::completion::holds;
use super::feasible::{BROKEN, NONE};
use super::model::{CellCounts, Constraint, CountIndex, Model};

/// What a state says of each cell: the number, the rest and the base of its [`CellCounts`].
#[derive(Debug)]
pub(super) struct CellState(Vec<[f64; 3]>);

fn counts_of(cell: CellCounts) -> [Option<CountIndex>; 3] {
    [cell.number, cell.rest, cell.base]
}

impl CellState {
    /// What a state of a model says.
    pub(super) fn of(model: &Model, state: &[f64]) -> Self {
        let count = |count: Option<CountIndex>| count.map_or(f64::NAN, |count| state[count.0]);
        Self(model.cells.iter().map(|cell| counts_of(*cell).map(count)).collect())
    }

    /// The state of another model of the same cells; `None` where it does not fit that.
    pub(super) fn in_model(&self, model: &Model) -> Option<Vec<f64>> {
        let mut state = vec![f64::NAN; model.len()];
        for (cell, said) in model.cells.iter().zip(&self.0) {
            for (count, said) in counts_of(*cell).into_iter().zip(said) {
                if let (Some(count), false) = (count, said.is_nan()) {
                    state[count.0] = *said;
                }
            }
        }
        complete(&mut state, &model.constraints);
        let is_possible = |count: &f64| *count >= -NONE;
        let fits = state.iter().all(is_possible) && holds(model, &state, BROKEN);
        fits.then_some(state)
    }
}

/// Works out the counts that no cell is about: what parts leave of their total, and of that what parts leave of it.
fn complete(state: &mut [f64], constraints: &[Constraint]) {
    let is_exact = |constraint: &&Constraint| constraint.interval.low == constraint.interval.high;
    let mut open: Vec<&Constraint> = constraints.iter().filter(is_exact).collect();
    loop {
        let before = open.len();
        open.retain(|constraint| {
            let unknown = |term: &&(CountIndex, f64)| state[term.0.0].is_nan();
            let mut terms = constraint.terms.iter().filter(unknown);
            let (Some((count, weight)), None) = (terms.next().copied(), terms.next()) else { return true };
            let others = constraint.terms.iter().filter(|(other, _)| *other != count);
            let sum: f64 = others.map(|(other, weight)| weight * state[other.0]).sum();
            state[count.0] = (constraint.interval.low - sum) / weight;
            false
        });
        if open.len() == before {
            return;
        }
    }
}
