//! The constraints that an attacker knows: those that always hold, and those of published cells.

use std::collections::{BTreeMap, BTreeSet};

use super::super::model::system::{CellConstraint, CellIndex, Constraint, ConstraintSystem, CountIndex};
use super::request::Relaxation;

/// A constraint system in which some cells are published.
pub(crate) struct PublishedSystem<'m> {
    /// The system as if everything were published.
    pub(super) system: &'m ConstraintSystem,
    is_suppressed: &'m [bool],
    is_public: &'m [bool],
    /// The published cells that state each count on their own.
    stating_cells: BTreeMap<CountIndex, BTreeSet<CellIndex>>,
}

/// What it costs to move a count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum MoveCost {
    /// It cannot move, because public cells state it.
    Fixed,
    /// Nothing, because no published cell states it.
    Free,
    /// The costs of the cells that state it, per person.
    PerPerson(f64),
}

impl<'m> PublishedSystem<'m> {
    /// The system with all cells published that are not suppressed; `is_public` marks those that cannot be
    /// suppressed.
    pub(crate) fn new(
        system: &'m ConstraintSystem,
        is_suppressed: &'m [bool],
        is_public: &'m [bool],
    ) -> Self {
        let mut stating_cells: BTreeMap<CountIndex, BTreeSet<CellIndex>> = BTreeMap::new();
        for stated in system.cell_constraints.iter().filter(|stated| !is_suppressed[stated.cell.0]) {
            if let Some(count) = stated.stated_count() {
                stating_cells.entry(count).or_default().insert(stated.cell);
            }
        }
        Self { system, is_suppressed, is_public, stating_cells }
    }

    /// Whether a published cell states a count on its own.
    pub(crate) fn is_stated(&self, count: CountIndex) -> bool {
        self.stating_cells.contains_key(&count)
    }

    /// The published cells that state a count on their own.
    pub(super) fn cells_stating(&self, count: CountIndex) -> impl Iterator<Item = CellIndex> {
        self.stating_cells.get(&count).into_iter().flatten().copied()
    }

    /// The cost per person of violating a published cell's constraint; `None` if it must hold.
    pub(super) fn violation_cost(
        &self,
        CellIndex(cell): CellIndex,
        relaxation: Relaxation<'_>,
    ) -> Option<f64> {
        match relaxation {
            Relaxation::CellCosts(costs) if !self.is_public[cell] => Some(costs[cell]),
            _ => None,
        }
    }

    pub(super) fn move_cost(&self, count: CountIndex, relaxation: Relaxation<'_>) -> MoveCost {
        let Some(cells) = self.stating_cells.get(&count) else { return MoveCost::Free };
        match relaxation {
            Relaxation::CellCosts(costs) if cells.iter().all(|cell| !self.is_public[cell.0]) => {
                MoveCost::PerPerson(cells.iter().map(|cell| costs[cell.0]).sum())
            }
            _ => MoveCost::Fixed,
        }
    }

    /// The constraints of published cells that do not state a single count.
    pub(super) fn joint_cell_constraints(&self) -> impl Iterator<Item = &'m CellConstraint> {
        let (system, is_suppressed) = (self.system, self.is_suppressed);
        let published = system.cell_constraints.iter().filter(move |stated| !is_suppressed[stated.cell.0]);
        published.filter(|stated| stated.stated_count().is_none())
    }

    /// The counts that may move along with some counts: those connected to them through shared constraints on
    /// movable counts.
    pub(super) fn movable_with(
        &self,
        start: impl Iterator<Item = CountIndex>,
        relaxation: Relaxation<'_>,
    ) -> BTreeSet<CountIndex> {
        let constraints_of = self.constraints_by_count();
        let mut found: BTreeSet<CountIndex> = start.collect();
        let mut pending: Vec<CountIndex> = found.iter().copied().collect();
        while let Some(count) = pending.pop() {
            let constraints = constraints_of.get(&count).into_iter().flatten();
            for (other, _) in constraints.flat_map(|constraint| &constraint.terms) {
                let is_movable =
                    !found.contains(other) && self.move_cost(*other, relaxation) != MoveCost::Fixed;
                if is_movable {
                    found.insert(*other);
                    pending.push(*other);
                }
            }
        }
        found
    }

    fn constraints_by_count(&self) -> BTreeMap<CountIndex, Vec<&'m Constraint>> {
        let of_cells = self.joint_cell_constraints().map(|stated| &stated.constraint);
        let mut by_count: BTreeMap<CountIndex, Vec<&Constraint>> = BTreeMap::new();
        for constraint in self.system.constraints.iter().chain(of_cells) {
            for (count, _) in &constraint.terms {
                by_count.entry(*count).or_default().push(constraint);
            }
        }
        by_count
    }
}
