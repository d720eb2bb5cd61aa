//! Alternative solutions: values of the counts, other than the true ones, that would lead to the same
//! published cells.
//!
//! A count is disclosed if it has nearly the same value in every solution that satisfies the published
//! constraints. So it is protected as soon as two solutions are found in which its values differ by a
//! protection level; the true solution can be one of the two. A linear program moves many counts at once;
//! each constraint, including those of published cells, still holds after the move. If more cells may be
//! suppressed ([`suppress`](super::suppress)), violating a cell's constraint costs as much as suppressing the
//! cell.
//!
//! Nothing here depends on what the counts mean.

mod move_program;
mod published;
mod request;
mod search;

pub(super) use published::PublishedSystem;
pub(super) use request::{MoveGoal, Relaxation, SearchRequest, TargetMove};
pub(super) use search::{AlternativeSolution, search};
