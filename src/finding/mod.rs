//! Findings: SWOT candidates, each a sentence with its evidence.

mod candidate;

pub use candidate::{Confidence, Evidence, Finding, Findings};
