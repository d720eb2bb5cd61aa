//! A district's year as counts of people, and what is known of them.
//!
//! Every value that may be published states something about counts of people, a [`CellConstraint`](system::CellConstraint): a count
//! states itself; a rate with n states its base and numerator; a rate without n states their ratio; dollars per student state how
//! many students there are to whoever sees the dollars. Values of the same students are about the same count, whatever their
//! measure: those that a measure's `population` counts, those that it is divided by, and those that `catalog/disclosure.toml`
//! names ([`registry`]). What holds whatever is published is a [`Constraint`](system::Constraint): sums ([`sums`]), subsets, and
//! that counts which are nearly the same differ by little.
//!
//! Each constraint is widened until the data satisfy it: the true solution is always feasible, so that no contradiction in the
//! data hides what follows from the rest.

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
mod subsets;
mod sum_builder;
mod sums;
pub(super) mod system;

pub(super) use build::{build, build_with_solution};
pub(super) use cell::{CellCounts, CellPlace, CellsByPlace, ModelCell, cells_by_place};
pub(super) use cell_solution::CellSolution;
pub(super) use count_model::{CountModel, TotalExcess};
pub(super) use policy::ProtectionPolicy;
pub(super) use rate::{RoundedRate, RoundingObserver, RoundingSteps};
