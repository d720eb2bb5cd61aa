//! Comparisons of the chosen district: with its own past, with its peers, with the state, between groups.
//!
//! Computed in parallel, one task a series; each statistic stands in its own file with its source.

mod comparison;

pub use comparison::{
    Comparison, Comparisons, Direction, GroupGap, Peer, PeerGroup, PeerVariable, Point, Standing, Trend,
};
