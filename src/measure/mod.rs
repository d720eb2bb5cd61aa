//! Measures: from observations to estimates, one a district, year, measure, group, grade and subject.

mod derive;
mod estimates;
mod made;
mod score;

pub use estimates::{Estimates, estimate};
