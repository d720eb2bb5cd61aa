//! The peer group of a district as JSON, in the same form for one district as for all.

use serde::Serialize;

use crate::catalog::Catalog;
use crate::compare::DistrictPeers;
use crate::compare::{
    GroupLikeness, Likeness, LikenessGrade, Outcome, Peer, PeerGroup, PeerVariable, StabilityCheck,
};
use crate::domain::{District, Unit};
use crate::finding::{self, BetterOutcome, BetterPeer};

/// A district's peer group.
#[derive(Debug, Serialize)]
pub(super) struct PeersJson<'a> {
    district_id: &'a str,
    district_name: &'a str,
    school_year: Option<i32>,
    candidates: usize,
    without_values: usize,
    method: &'a str,
    /// The matching variables with the district's values.
    variables: Vec<(&'a str, f64)>,
    within: &'a [(String, String)],
    peers: Vec<PeerJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usual_distance: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<LikenessGrade>,
    /// For each matching variable, the district's position minus the peers' median position, in standard
    /// deviations.
    #[serde(skip_serializing_if = "Option::is_none")]
    gaps: Option<Vec<(&'a str, f64)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<&'a [StabilityCheck]>,
    /// The same with two peers fewer, and with two more.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_count: Option<&'a [StabilityCheck]>,
    better: Vec<BetterJson<'a>>,
    /// The surrounding districts, if the project asks for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    around: Option<Box<PeersJson<'a>>>,
}

impl<'a> PeersJson<'a> {
    /// The peer group of a district, with the districts around it.
    pub(super) fn new(peers: &'a DistrictPeers, catalog: &Catalog) -> Self {
        let around = peers.around.as_ref();
        let around = around.map(|group| Box::new(Self::of_group(&peers.district, group, &[], catalog)));
        Self { around, ..Self::of_group(&peers.district, &peers.peers, &peers.outcomes, catalog) }
    }

    /// One peer group of a district.
    fn of_group(
        district: &'a District,
        group: &'a PeerGroup,
        outcomes: &[Outcome],
        catalog: &Catalog,
    ) -> Self {
        let alike = group.alike.as_ref();
        let better = finding::better_peers(group, outcomes, catalog);
        Self {
            district_id: &district.shown_id,
            district_name: &district.name,
            school_year: group.year.map(|year| year.end()),
            candidates: group.candidates,
            without_values: group.without_values,
            method: &group.method,
            variables: group.variables.iter().map(name_and_value).collect(),
            within: &group.within,
            peers: (0..group.peers.len()).map(|index| PeerJson::of_peer(group, index)).collect(),
            usual_distance: alike.map(|alike| alike.usual_distance),
            grade: alike.map(GroupLikeness::grade),
            gaps: alike.map(|alike| gaps(group, alike)),
            stability: alike.map(|alike| alike.stability.as_slice()),
            by_count: alike.map(|alike| alike.by_count.as_slice()),
            better: better.into_iter().map(|peer| BetterJson::of_peer(group, peer)).collect(),
            around: None,
        }
    }
}

/// The name of a matching variable with the district's value.
fn name_and_value(variable: &PeerVariable) -> (&str, f64) {
    (&variable.name, variable.value)
}

/// The name of each matching variable with the district's distance from the peers.
fn gaps<'a>(group: &'a PeerGroup, alike: &GroupLikeness) -> Vec<(&'a str, f64)> {
    let names = group.variables.iter().map(|variable| variable.name.as_str());
    names.zip(alike.gaps.iter().copied()).collect()
}

/// One peer.
#[derive(Debug, Serialize)]
struct PeerJson<'a> {
    /// From 1, the nearest.
    rank: usize,
    district_id: &'a str,
    district_name: &'a str,
    distance: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    likeness: Option<Likeness>,
    /// Its values of the matching variables.
    values: &'a [f64],
}

impl<'a> PeerJson<'a> {
    /// The peer at `index` in its group.
    fn of_peer(group: &'a PeerGroup, index: usize) -> Self {
        let Peer { district, distance, values, .. } = &group.peers[index];
        Self {
            rank: index + 1,
            district_id: &district.shown_id,
            district_name: &district.name,
            distance: *distance,
            likeness: group.alike.as_ref().and_then(|alike| alike.peers.get(index).copied()),
            values,
        }
    }
}

/// A peer that does better with similar students.
#[derive(Debug, Serialize)]
struct BetterJson<'a> {
    district_id: &'a str,
    district_name: &'a str,
    /// The number of outcomes that both have.
    of: usize,
    outcomes: Vec<OutcomeJson>,
}

impl<'a> BetterJson<'a> {
    fn of_peer(group: &'a PeerGroup, better: BetterPeer) -> Self {
        let district = &group.peers[better.peer].district;
        Self {
            district_id: &district.shown_id,
            district_name: &district.name,
            of: better.of,
            outcomes: better.outcomes.into_iter().map(OutcomeJson::from).collect(),
        }
    }
}

/// An outcome in which a peer does better.
#[derive(Debug, Serialize)]
struct OutcomeJson {
    what: String,
    school_year: i32,
    theirs: f64,
    ours: f64,
    unit: Unit,
}

impl From<BetterOutcome> for OutcomeJson {
    fn from(outcome: BetterOutcome) -> Self {
        let BetterOutcome { what, year, theirs, ours, unit } = outcome;
        Self { what, school_year: year.end(), theirs, ours, unit }
    }
}
