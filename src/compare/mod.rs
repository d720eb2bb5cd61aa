//! Comparisons of the chosen district: with its own past, with its peers, with the state, between groups.
//!
//! Computed in parallel, one task a series; each statistic stands in its own file with its source.

mod alike;
mod cohort;
#[allow(
    clippy::module_inception,
    reason = "the stage is named for what it does, and so is the file that does it"
)]
mod compare;
mod comparison;
mod doubt;
mod expected;
mod families;
mod funnel;
mod gap;
mod level;
mod likeness;
mod mann_kendall;
mod matching;
mod newcombe;
mod outcomes;
mod peer_settings;
mod peers;
mod projection;
mod rank;
mod span;
mod standing;
mod state;
mod theil_sen;
mod trend;
mod verdict;
mod wilson;

#[cfg(test)]
mod tests;

pub use alike::{Alike, Grade, Likeness, Stays};
pub use compare::{compare, compare_with, trends};
pub use comparison::{
    Comparison, Comparisons, Direction, GroupGap, Peer, PeerGroup, PeerVariable, Point, RealTrend, RiskRatio,
    Tested, Tests, Trend,
};
pub use expected::Expected;
pub use gap::SMALL_GROUP;
pub use outcomes::{OLD, Outcome, outcomes};
pub use peer_settings::{ByHand, PeerSettings};
pub use peers::{alike, all_peer_groups, peer_group};
pub use projection::{ProjectedYear, Projection, Record, Whose};
pub use standing::Standing;
pub use state::StateValues;
pub use wilson::{Z95, wilson};
