//! Findings: SWOT candidates, each a sentence with its evidence.
//!
//! Rules of the catalog are asked of every comparison. What they propose is worded here and nowhere else.

mod candidate;
mod evidence;
mod facts;
#[cfg(test)]
mod for_tests;
mod merge;
mod peers;
mod propose;
mod size;
mod statement;

#[cfg(test)]
mod tests;

pub use candidate::{Confidence, Evidence, Finding, Findings};
pub use peers::{BetterOutcome, BetterPeer, better_peers, likeness};
pub use propose::{check_thresholds, propose};
pub use statement::{headline, projected, projection_note, subject};
