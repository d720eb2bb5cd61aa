//! Measures: from observations to estimates, one for each district, year, measure, group, grade and subject.

mod derive;
mod derived_rows;
mod estimates;
mod impossible;
mod merge;
mod position;
mod quotient;
mod score;

pub use estimates::{Estimates, estimate};
