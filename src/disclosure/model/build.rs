//! Builds the model of a district's year from its cells.

use super::cell::{CellCounts, ModelCell};
use super::cell_solution::CellSolution;
use super::completion::best_fit;
use super::count_model::CountModel;
use super::policy::ProtectionPolicy;
use super::rate::{RateWithoutBase, RoundedRate, RoundingSteps};
use super::registry::CountRegistry;
use super::sums::add_sums;
use super::system::{CellIndex, Constraint, CountIndex};
use super::unpublished::with_unpublished;
use crate::catalog::{Bounds, Catalog};
use statistics::linear_program::Interval;

/// Builds the model of the cells of a district's year. Its cells are these, followed by those that nobody publishes.
pub(crate) fn build<'a>(cells: &[ModelCell<'a>], policy: ProtectionPolicy<'a>) -> CountModel {
    build_with_solution(cells, policy, None)
}

/// Builds the model of the cells of a district's year for which a solution is known. That becomes the true
/// solution if it satisfies what the cells state.
pub(crate) fn build_with_solution<'a>(
    cells: &[ModelCell<'a>],
    policy: ProtectionPolicy<'a>,
    known: Option<&CellSolution>,
) -> CountModel {
    let all = with_unpublished(cells);
    let mut model = CellReader::new(&all, policy.catalog).read();
    add_sums(&mut model, &all, policy);
    complete_truth(&mut model, known);
    model
}

/// Finds values for the counts that no cell states, and widens the constraints that the data contradicts.
fn complete_truth(model: &mut CountModel, known: Option<&CellSolution>) {
    if let Some(solution) = known.and_then(|known| known.in_model(model)) {
        model.system.truth = solution;
        return;
    }
    if !model.system.is_truth_complete() {
        model.system.truth = best_fit(&model.system);
    }
    model.system.widen_to_truth();
}

/// Adds to a model what each cell on its own states about counts.
struct CellReader<'c, 'a> {
    cells: &'c [ModelCell<'a>],
    registry: CountRegistry<'c, 'a>,
    steps: RoundingSteps<'a>,
    model: CountModel,
}

impl<'c, 'a> CellReader<'c, 'a> {
    fn new(cells: &'c [ModelCell<'a>], catalog: &'a Catalog) -> Self {
        let mut registry = CountRegistry::new(cells, catalog);
        let mut model = CountModel {
            cells: cells.iter().map(|cell| registry.counts_of(cell)).collect(),
            ..CountModel::default()
        };
        model.system.constraints = registry.take_constraints();
        Self { cells, registry, steps: RoundingSteps::of_cells(cells), model }
    }

    fn read(mut self) -> CountModel {
        for (i, cell) in self.cells.iter().enumerate() {
            self.add_cell_constraints(CellIndex(i), cell);
            self.add_complement(self.model.cells[i]);
        }
        let subsets = self.registry.subset_constraints(&self.model.cells);
        self.model.system.constraints.extend(subsets);
        self.model.system.truth = self.registry.into_values();
        self.model
    }

    fn add_complement(&mut self, counts: CellCounts) {
        let (Some(counted), Some(base)) = (counts.counted, counts.base) else { return };
        if let Some(complement) = counts.complement {
            let definition = Constraint::of_complement(counted, complement, base);
            self.model.system.constraints.push(definition);
        }
        self.model.record_base(counted, counts.complement, base);
    }

    /// Adds what a cell states when it is published.
    fn add_cell_constraints(&mut self, index: CellIndex, cell: &ModelCell<'a>) {
        let counts = self.model.counts_of(index);
        if let (Some(base), Some(n)) = (counts.base, cell.n) {
            self.state(index, base, Interval::exactly(n));
        }
        let quotient = self.registry.quotient(cell);
        let is_quotient = quotient.is_some();
        if let Some(quotient) = quotient {
            let value = Interval::exactly(quotient.value);
            self.model.system.add_cell_constraint(index, quotient.terms, value);
        }
        match (counts.counted, counts.base) {
            (Some(counted), None) => self.add_stated_count(index, cell, counted),
            (Some(counted), Some(base)) if !is_quotient => self.add_rate(index, cell, counted, base),
            _ => {}
        }
    }

    fn state(&mut self, cell: CellIndex, count: CountIndex, interval: Interval) {
        self.model.system.add_cell_constraint(cell, [(count, 1.0)], interval);
    }

    fn add_stated_count(&mut self, index: CellIndex, cell: &ModelCell<'a>, count: CountIndex) {
        match cell.value {
            Some(value) => self.state(index, count, Interval::exactly(value)),
            None if cell.is_masked => self.state(index, count, mask_interval(cell.bounds)),
            None => {}
        }
    }

    fn add_rate(&mut self, index: CellIndex, cell: &ModelCell<'a>, counted: CountIndex, base: CountIndex) {
        if let Some(numerator) = cell.numerator {
            self.state(index, counted, Interval::exactly(numerator));
            return;
        }
        let Some(value) = cell.value else { return };
        let rate = RoundedRate { value, step: self.steps.of_cell(cell) };
        match cell.n {
            Some(n) => self.state(index, counted, rate.numerators(n)),
            None => {
                self.add_rate_without_base(RateWithoutBase { cell: index, rate }, counted, base);
                // The decimals of a rate computed from rounded rates say nothing about n.
                if !cell.is_computed && rate.step > 0.0 {
                    let rates = self.model.rates_of.entry(base).or_default();
                    rates.push(RateWithoutBase { cell: index, rate });
                }
            }
        }
    }

    /// low ≤ counted / base ≤ high, as two linear constraints.
    fn add_rate_without_base(&mut self, stated: RateWithoutBase, counted: CountIndex, base: CountIndex) {
        let low = [(counted, 1.0), (base, -stated.rate.low() / 100.0)];
        let high = [(counted, 1.0), (base, -stated.rate.high() / 100.0)];
        let system = &mut self.model.system;
        system.add_cell_constraint(stated.cell, low, Interval::at_least(0.0));
        system.add_cell_constraint(stated.cell, high, Interval::at_most(0.0));
    }
}

fn mask_interval(bounds: Bounds) -> Interval {
    Interval { low: bounds.low.unwrap_or(0.0), high: bounds.high.unwrap_or(f64::INFINITY) }
}
