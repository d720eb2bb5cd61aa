//! The districts that a team may want to be compared with: the peers, and the next nearest, with their values.

use super::facts::SeriesFacts;
use crate::catalog::Catalog;
use crate::compare::{Comparisons, Likeness, Peer, PeerSettings, peer_group};
use crate::disclosure::{FrameRow, FrameView, Released};
use crate::domain::{District, Status};

/// How many districts a team can choose from, if there are that many.
const CANDIDATES: usize = 40;

/// A district that can be a peer.
#[derive(Debug, Clone)]
pub struct PeerCandidate {
    /// The district.
    pub district: District,
    /// Its distance from ours by the matching variables.
    pub distance: f64,
    /// How near that is; `None` if it cannot be judged.
    pub likeness: Option<Likeness>,
    /// Whether it is one of the peers.
    pub is_peer: bool,
    /// Its matching variables, in the order of the peer group's.
    pub variables: Vec<f64>,
    /// Its value of each series at a glance, in the order of the facts, in the year of our latest value.
    pub values: Vec<CandidateValue>,
}

/// A value of a candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CandidateValue {
    /// May be shown.
    Shown(f64),
    /// Exists, and is hidden.
    Hidden,
    /// Was not published.
    Missing,
}

/// The districts nearest to the district, nearest first, each with its values of those `facts` that are at a glance. Beyond the
/// peers, only values that their publisher has made public are shown: the audit of a pack reads no others.
#[must_use]
pub fn peer_candidates(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
    settings: &PeerSettings,
    facts: &[SeriesFacts],
) -> Vec<PeerCandidate> {
    let (Some(code), Ok(view)) = (released.terms().district(&comparisons.district.id), released.view())
    else {
        return Vec::new();
    };
    if comparisons.peers.peers.is_empty() {
        return Vec::new();
    }
    let wide = PeerSettings { count: settings.count.max(CANDIDATES), ..settings.clone() };
    let group = peer_group(released, catalog, &wide, code).value;
    let values = CandidateValues { released, view, comparisons, facts };
    group.peers.into_iter().map(|peer| values.candidate(peer)).collect()
}

/// What a candidate's values are read from.
struct CandidateValues<'a> {
    released: &'a Released,
    view: FrameView<'a>,
    comparisons: &'a Comparisons,
    facts: &'a [SeriesFacts],
}

impl CandidateValues<'_> {
    fn candidate(&self, peer: Peer) -> PeerCandidate {
        let group = &self.comparisons.peers;
        let is_peer = group.peers.iter().any(|chosen| chosen.code == peer.code);
        let at_a_glance = self.facts.iter().filter(|facts| facts.is_at_a_glance);
        PeerCandidate {
            likeness: group.alike.as_ref().map(|alike| alike.of_distance(peer.distance)),
            values: at_a_glance.map(|facts| self.value(facts, peer.code, is_peer)).collect(),
            is_peer,
            district: peer.district,
            distance: peer.distance,
            variables: peer.values,
        }
    }

    fn value(&self, facts: &SeriesFacts, district: u32, is_peer: bool) -> CandidateValue {
        match self.row(facts, district) {
            Some(FrameRow { value: Some(value), public, .. }) if is_peer || public => {
                CandidateValue::Shown(value)
            }
            Some(FrameRow { status: Status::Missing | Status::NotApplicable, .. }) | None => {
                CandidateValue::Missing
            }
            Some(_) => CandidateValue::Hidden,
        }
    }

    /// The row of a district in the year of our latest value.
    fn row(&self, facts: &SeriesFacts, district: u32) -> Option<FrameRow> {
        let year = facts.latest?.year.end();
        let run = self.released.run(&facts.key)?;
        let mut rows = self.view.rows(self.view.of_district(run, district));
        rows.find(|row| row.year == year)
    }
}
