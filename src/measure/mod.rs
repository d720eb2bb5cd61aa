//! Measures: from observations to estimates, one a district, year, measure, group, grade and subject.

mod estimates;

pub use estimates::{CellRef, Estimate, EstimateView, Estimates, KeyRun, Row};
