//! Measures: from observations to estimates, one a district, year, measure, group, grade and subject.

mod derive;
mod estimates;

pub use estimates::{Estimates, estimate};
