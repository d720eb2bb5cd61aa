//! The peers of every district of the state, and how well each district is matched.

use statistics::quantile::{median, quantile, sort_ascending};

use crate::compare::peers::group::PeerGroup;
use crate::diagnostic::Warned;

/// Districts up to this quantile of the distance from their peers are well matched.
const WELL_MATCHED: f64 = 0.75;

/// The peers of every district, by the districts' codes.
#[derive(Debug, Clone, Default)]
pub(in crate::compare) struct PeerLists {
    /// Each district's peers, nearest first.
    peers: Vec<Vec<u32>>,
    /// The median of each district's distances from its peers; NaN if it has none.
    distance: Vec<f64>,
    /// The distance up to which a district is well matched.
    well_matched: f64,
}

impl PeerLists {
    /// From the groups of all districts, in the order of their codes.
    pub(in crate::compare) fn new(groups: &[Warned<PeerGroup>]) -> Self {
        let peers = groups.iter().map(|g| g.value.peers.iter().map(|p| p.code).collect()).collect();
        let distance: Vec<f64> = groups.iter().map(|group| median_distance(&group.value)).collect();
        let mut known: Vec<f64> = distance.iter().copied().filter(|d| !d.is_nan()).collect();
        sort_ascending(&mut known);
        let well_matched = quantile(&known, WELL_MATCHED).unwrap_or(f64::NAN);
        Self { peers, distance, well_matched }
    }

    /// How many districts there are.
    pub(super) const fn districts(&self) -> usize {
        self.peers.len()
    }

    /// The other districts that are well matched, or at least as well matched as `district`, with their
    /// peers.
    pub(super) fn matched_as_well_as(&self, district: u32) -> impl Iterator<Item = (usize, &[u32])> {
        let most = self.well_matched.max(self.distance[district as usize]);
        let others = self.peers.iter().enumerate().filter(move |(i, _)| *i != district as usize);
        others.filter(move |(i, _)| self.distance[*i] <= most).map(|(i, peers)| (i, peers.as_slice()))
    }
}

/// The median of a group's distances, which are ascending; NaN if it is empty.
fn median_distance(group: &PeerGroup) -> f64 {
    let distances: Vec<f64> = group.peers.iter().map(|peer| peer.distance).collect();
    median(&distances).unwrap_or(f64::NAN)
}
