//! Counts of people and the linear constraints on them: the part of the model that the solver works on.

use std::collections::BTreeMap;

use statistics::linear_program::Interval;

/// Differences smaller than this, in people, are treated as zero.
pub(crate) const NEGLIGIBLE: f64 = 1e-3;
/// A constraint violated by less than this, in people, counts as satisfied: the solver is not exact, and
/// people come in whole numbers.
pub(crate) const VIOLATION: f64 = 0.05;
/// The cost of moving a count that no published cell states. It is small, and only keeps solutions from
/// moving counts needlessly.
pub(crate) const IDLE_COST: f64 = 1e-6;
/// A count below this is zero, since people come in whole numbers.
pub(crate) const ANYBODY: f64 = 0.5;

/// The index of a cell among the cells of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellIndex(pub(crate) usize);

/// The index of a count of people among the counts of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CountIndex(pub(crate) usize);

/// A linear constraint on counts: low ≤ Σ weight · count ≤ high.
#[derive(Debug, Clone)]
pub(crate) struct Constraint {
    /// The counts with their weights; each count at most once.
    pub(crate) terms: Vec<(CountIndex, f64)>,
    /// The values that the weighted sum may take.
    pub(crate) interval: Interval,
    /// The count that this constraint defines in terms of the others; used only for complements of rates.
    pub(crate) defines: Option<CountIndex>,
}

impl Constraint {
    /// Creates a constraint; if a count occurs more than once in `terms`, its weights are added.
    pub(crate) fn new(terms: impl IntoIterator<Item = (CountIndex, f64)>, interval: Interval) -> Self {
        let mut weights: BTreeMap<CountIndex, f64> = BTreeMap::new();
        terms.into_iter().for_each(|(count, weight)| *weights.entry(count).or_default() += weight);
        let terms = weights.into_iter().filter(|(_, weight)| *weight != 0.0).collect();
        Self { terms, interval, defines: None }
    }

    /// Defines the complement of a rate: counted + complement = base.
    pub(crate) fn of_complement(counted: CountIndex, complement: CountIndex, base: CountIndex) -> Self {
        let terms = [(counted, 1.0), (complement, 1.0), (base, -1.0)];
        Self { defines: Some(complement), ..Self::new(terms, Interval::exactly(0.0)) }
    }

    /// The weighted sum in a solution.
    pub(crate) fn value_at(&self, solution: &[f64]) -> f64 {
        self.terms.iter().map(|(CountIndex(count), weight)| weight * solution[*count]).sum()
    }

    /// Widens the interval until a solution satisfies the constraint.
    pub(crate) fn widen_to(&mut self, solution: &[f64]) {
        self.interval = self.interval.including(self.value_at(solution));
    }

    fn is_satisfied_by(&self, solution: &[f64], tolerance: f64) -> bool {
        let (value, Interval { low, high }) = (self.value_at(solution), self.interval);
        value >= low - tolerance && value <= high + tolerance
    }
}

/// A constraint that an attacker knows as long as a cell is published.
#[derive(Debug, Clone)]
pub(crate) struct CellConstraint {
    /// The cell.
    pub(crate) cell: CellIndex,
    /// What the cell states about counts.
    pub(crate) constraint: Constraint,
}

impl CellConstraint {
    /// The only count of the constraint, if the constraint determines it to within less than one person.
    pub(crate) fn stated_count(&self) -> Option<CountIndex> {
        match self.constraint.terms.as_slice() {
            [(count, _)] if self.constraint.interval.width() < 1.0 => Some(*count),
            _ => None,
        }
    }
}

/// Counts of people and everything that constrains them.
#[derive(Debug, Default)]
pub(crate) struct ConstraintSystem {
    /// The true solution. A count that no cell states gets one of its possible values; NaN until completion.
    pub(crate) truth: Vec<f64>,
    /// The constraints that hold no matter what is published.
    pub(crate) constraints: Vec<Constraint>,
    /// The constraints that hold as long as their cells are published.
    pub(crate) cell_constraints: Vec<CellConstraint>,
}

impl ConstraintSystem {
    /// The number of counts.
    pub(crate) fn len(&self) -> usize {
        self.truth.len()
    }

    /// The true value of a count.
    pub(crate) fn true_count(&self, CountIndex(count): CountIndex) -> f64 {
        self.truth[count]
    }

    /// Adds a count with its true value; NaN if unknown.
    pub(crate) fn add_count(&mut self, truth: f64) -> CountIndex {
        self.truth.push(truth);
        CountIndex(self.truth.len() - 1)
    }

    /// Adds what a cell states about counts when it is published.
    pub(crate) fn add_cell_constraint(
        &mut self,
        cell: CellIndex,
        terms: impl IntoIterator<Item = (CountIndex, f64)>,
        interval: Interval,
    ) {
        self.cell_constraints.push(CellConstraint { cell, constraint: Constraint::new(terms, interval) });
    }

    /// All constraints that hold if every cell is published.
    pub(crate) fn all_constraints(&self) -> impl Iterator<Item = &Constraint> {
        self.constraints.iter().chain(self.cell_constraints.iter().map(|stated| &stated.constraint))
    }

    /// Whether every count has a true value and these satisfy all constraints.
    pub(crate) fn is_truth_complete(&self) -> bool {
        !self.truth.iter().any(|count| count.is_nan()) && self.is_satisfied_by(&self.truth, NEGLIGIBLE)
    }

    /// Whether a solution satisfies all constraints, each to within `tolerance` people.
    pub(crate) fn is_satisfied_by(&self, solution: &[f64], tolerance: f64) -> bool {
        self.all_constraints().all(|constraint| constraint.is_satisfied_by(solution, tolerance))
    }

    /// Widens every constraint until the true solution satisfies it.
    pub(crate) fn widen_to_truth(&mut self) {
        let cell_constraints = self.cell_constraints.iter_mut().map(|stated| &mut stated.constraint);
        for constraint in self.constraints.iter_mut().chain(cell_constraints) {
            constraint.widen_to(&self.truth);
        }
    }

    /// The narrowest interval that any single cell states for each count.
    pub(crate) fn stated_intervals(&self) -> BTreeMap<CountIndex, Interval> {
        let mut narrowest: BTreeMap<CountIndex, Interval> = BTreeMap::new();
        for CellConstraint { constraint, .. } in &self.cell_constraints {
            let [(count, _)] = constraint.terms.as_slice() else { continue };
            let (own, known) = (constraint.interval, narrowest.entry(*count).or_insert(Interval::ANY));
            if own.width() < known.width() {
                *known = Interval { low: own.low.max(0.0), high: own.high };
            }
        }
        narrowest
    }
}
