//! What is suppressed in a district's year, and how well each count is known to be protected.

use std::collections::BTreeSet;

use super::super::model::system::{ANYBODY, CellIndex, CountIndex};
use super::super::model::{
    CellCounts, CellSolution, CountModel, ModelCell, cells_by_place, is_of_other_cells,
};
use super::super::solve::PublishedSystem;

/// The cost, in protection levels, of suppressing a count of nobody. It is high because that protects little.
const EMPTY_CELL_COST: f64 = 20.0;
/// The cost of suppressing a cell computed from others, as a share of its size. It is low because the cell is mostly
/// suppressed anyway, along with what it was computed from.
const COMPUTED_CELL_COST: f64 = 0.01;
/// The lowest cost of suppressing a cell, as a share of the highest: if costs are too far apart, the solver
/// becomes inaccurate.
const LEAST_COST: f64 = 0.01;

/// How far a count differs from its true value over the solutions found, in people.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FoundMoves {
    /// The farthest move down; 0 or negative.
    pub(super) down: f64,
    /// The farthest move up; 0 or positive.
    pub(super) up: f64,
}

/// The index of a constraint among those that always hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ConstraintIndex(pub(super) usize);

/// The suppression of a district's year.
pub(super) struct Suppression<'m, 'c, 'a> {
    pub(super) model: &'m CountModel,
    pub(super) cells: &'c [ModelCell<'a>],
    /// The protection level, in people.
    pub(super) protection_level: f64,
    /// Whether each cell is suppressed.
    pub(super) suppressed: Vec<bool>,
    /// Whether each cell is public.
    public: Vec<bool>,
    /// Whether each cell was computed from others.
    of_others: Vec<bool>,
    /// The cost of suppressing each cell, per person, as a share of the highest.
    pub(super) costs: Vec<f64>,
    /// How far each count moved in the solutions found.
    pub(super) moves: Vec<FoundMoves>,
    /// The solutions found.
    pub(super) solutions: Vec<CellSolution>,
    /// The counts that could not be moved far enough in batches.
    pub(super) failed_together: BTreeSet<CountIndex>,
    /// The counts to skip: either no suppression protects them, or they need no protection.
    pub(super) excluded: BTreeSet<CountIndex>,
    /// The constraints that each count occurs in.
    pub(super) constraints_of: Vec<Vec<ConstraintIndex>>,
}

impl<'m, 'c, 'a> Suppression<'m, 'c, 'a> {
    /// Starts from the cells that are already suppressed.
    pub(super) fn new(
        model: &'m CountModel,
        cells: &'c [ModelCell<'a>],
        suppressed: &[bool],
        protection_level: f64,
    ) -> Self {
        let by_place = cells_by_place(cells);
        let of_others: Vec<bool> = cells.iter().map(|cell| is_of_other_cells(cell, &by_place)).collect();
        Self {
            model,
            cells,
            protection_level,
            suppressed: suppressed.to_vec(),
            public: cells.iter().map(|cell| cell.is_public).collect(),
            costs: suppression_costs(model, &of_others, protection_level),
            of_others,
            moves: vec![FoundMoves::default(); model.system.len()],
            solutions: Vec::new(),
            failed_together: BTreeSet::new(),
            excluded: BTreeSet::new(),
            constraints_of: constraints_by_count(model),
        }
    }

    /// The constraints that an attacker knows.
    pub(super) fn published(&self) -> PublishedSystem<'_> {
        PublishedSystem::new(&self.model.system, &self.suppressed, &self.public)
    }

    pub(super) fn true_count(&self, count: CountIndex) -> f64 {
        self.model.system.true_count(count)
    }

    /// The counts that must be protected: those of suppressed cells, and small remainders.
    pub(super) fn targets(&self) -> BTreeSet<CountIndex> {
        let published = self.published();
        let mut targets = BTreeSet::new();
        for (i, cell) in self.cells.iter().enumerate() {
            // A cell computed from others is about the same counts as these.
            if self.suppressed[i] && !self.of_others[i] && !cell.is_public {
                targets.extend(self.targets_of(CellIndex(i), &published));
            }
        }
        let remainders = self.model.remainders.iter().map(|remainder| remainder.count);
        targets.extend(remainders.filter(|count| self.is_sensitive_remainder(*count)));
        targets
    }

    /// The counts of a suppressed cell that must be protected.
    fn targets_of(&self, CellIndex(cell): CellIndex, published: &PublishedSystem<'_>) -> Vec<CountIndex> {
        let counts = self.model.cells[cell];
        if let (Some(count), None) = (counts.counted, counts.base) {
            // A count of nobody needs no protection: it is a group that the rate's table leaves out.
            return if self.true_count(count) > ANYBODY { vec![count] } else { Vec::new() };
        }
        // The base of a suppressed value may be stated elsewhere, and so may the numerator of a share.
        let is_share = counts.complement.is_none();
        let counted = counts.counted.filter(|count| !is_share || !published.is_stated(*count));
        let base = counts.base.filter(|base| !published.is_stated(*base));
        counted.into_iter().chain(counts.complement).chain(base).collect()
    }

    fn is_sensitive_remainder(&self, count: CountIndex) -> bool {
        let truth = self.true_count(count);
        truth > ANYBODY && truth < self.protection_level
    }

    /// Excludes counts too large to be sensitive: if such a count can be below the protection level, it can
    /// also be larger by the protection level.
    pub(super) fn exclude_large_counts(&mut self) {
        let large = 2.0 * self.protection_level - 1.0;
        let counts: Vec<CountIndex> =
            self.targets().into_iter().filter(|count| self.true_count(*count) >= large).collect();
        self.excluded.extend(counts);
    }
}

/// The constraints that each count occurs in. A rate's complement moves with its numerator, so it shares the
/// numerator's constraints.
fn constraints_by_count(model: &CountModel) -> Vec<Vec<ConstraintIndex>> {
    let mut constraints_of = vec![Vec::new(); model.system.len()];
    for (i, constraint) in model.system.constraints.iter().enumerate() {
        constraint.terms.iter().for_each(|(count, _)| constraints_of[count.0].push(ConstraintIndex(i)));
    }
    for counts in &model.cells {
        if let (Some(counted), Some(complement)) = (counts.counted, counts.complement) {
            let of_counted = constraints_of[counted.0].clone();
            constraints_of[complement.0].extend(of_counted);
        }
    }
    constraints_of
}

/// The cost of suppressing each cell: the number of its people, as a share of the highest.
fn suppression_costs(model: &CountModel, of_others: &[bool], protection_level: f64) -> Vec<f64> {
    let sizes = of_others.iter().zip(&model.cells);
    let sizes = sizes.map(|(is_of_others, counts)| {
        size_of(*is_of_others, people_of(*counts, model, protection_level), protection_level)
    });
    let sizes: Vec<f64> = sizes.collect();
    let largest = sizes.iter().copied().fold(1.0, f64::max);
    sizes.iter().map(|size| (size / largest).max(LEAST_COST)).collect()
}

/// The number of people of a cell: its base, or those it counts; the protection level if it is not about
/// people.
fn people_of(counts: CellCounts, model: &CountModel, protection_level: f64) -> f64 {
    let count = counts.base.or(counts.counted);
    count.map_or(protection_level, |count| model.system.true_count(count))
}

/// The size of a cell with a number of people, for the cost of suppressing it.
fn size_of(is_of_others: bool, people: f64, protection_level: f64) -> f64 {
    let size = if people < ANYBODY { EMPTY_CELL_COST * protection_level } else { people };
    if is_of_others { COMPUTED_CELL_COST * size } else { size }
}
