//! Alternative solutions: values of the counts, other than the true ones, for which the same would be published.
//!
//! A count is disclosed if it has nearly the same value in every solution that satisfies the published constraints. So it is
//! protected as soon as two solutions are found in which its values are a protection level apart; the true solution is one of them.
//! A linear program moves many counts at once: each constraint, and each published cell's, still holds after the move. Where more
//! cells may be suppressed ([`suppress`](super::suppress)), violating a cell's constraint costs what suppressing the cell costs.
//!
//! Nothing here knows what the counts are of.

mod move_program;
mod published;
mod request;
mod search;

pub(super) use published::PublishedSystem;
pub(super) use request::{MoveGoal, Relaxation, SearchRequest, TargetMove};
pub(super) use search::{AlternativeSolution, search};
