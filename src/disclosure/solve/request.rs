//! The request for an alternative solution.

use super::super::model::system::CountIndex;

/// A move of a count away from its true value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TargetMove {
    /// The count.
    pub(crate) count: CountIndex,
    /// The distance in people; negative for a move down.
    pub(crate) by: f64,
}

/// Which published cells' constraints a solution may violate.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Relaxation<'t> {
    /// None.
    None,
    /// Those of cells that are not public. Holds each cell's cost per person, by cell.
    CellCosts(&'t [f64]),
}

/// Whether target moves must be made in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MoveGoal {
    /// In full, at the lowest cost.
    Full,
    /// As far as possible, whatever the cost.
    Farthest,
}

/// A search for a solution in which counts have moved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SearchRequest<'t> {
    /// The moves.
    pub(crate) targets: &'t [TargetMove],
    /// What may be violated to make the moves.
    pub(crate) relaxation: Relaxation<'t>,
    /// How far they must go.
    pub(crate) goal: MoveGoal,
}
