//! A district's year as counts of people, and what is known about them.
//!
//! Every value that may be published states something about counts of people, a
//! [`CellConstraint`](system::CellConstraint): a count states itself; a rate with n states its base and
//! numerator; a rate without n states their ratio; dollars per student reveal the number of students to
//! anyone who sees the dollars. Values about the same students share one count, whatever their measure:
//! students counted by a measure's `population`, students a measure is divided by, and students that
//! `catalog/disclosure.toml` names ([`registry`]). What holds no matter what is published is a
//! [`Constraint`](system::Constraint): sums ([`sums`]), subsets, and the small differences between counts
//! that are nearly the same.
//!
//! Each constraint is widened until the data satisfies it. So the true solution is always feasible, and a
//! contradiction in the data cannot hide what follows from the rest.

mod bases;
mod build;
mod cell;
mod cell_solution;
mod completion;
mod count_model;
mod grade_sums;
mod group_sums;
mod measure_sums;
mod numerators;
mod policy;
mod rate;
mod registry;
mod school_sums;
mod subsets;
mod sum_builder;
mod sums;
pub(super) mod system;
mod unpublished;

pub(super) use build::{build, build_with_solution};
pub(super) use cell::{CellCounts, CellPlace, CellsByPlace, ModelCell, cells_by_place, is_of_other_cells};
pub(super) use cell_solution::CellSolution;
pub(super) use count_model::{CountModel, TotalExcess};
pub(super) use policy::ProtectionPolicy;
pub(super) use rate::{RoundedRate, RoundingObserver, RoundingSteps};
