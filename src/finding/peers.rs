//! Findings about the peers: how similar they are to the district, and which ones do better with similar students.

use super::subject::subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::{GroupLikeness, Likeness, LikenessGrade, Outcome, PeerGroup, StabilityCheck};
use crate::domain::{SchoolYear, Unit};
use crate::wording::likeness::{self as words, LikenessCounts, ShareOf};

/// A peer that does better with similar students.
#[derive(Debug, Clone, PartialEq)]
pub struct BetterPeer {
    /// Its position in the peer group, from 0.
    pub peer: usize,
    /// The outcomes in which it does better.
    pub outcomes: Vec<BetterOutcome>,
    /// The number of outcomes that both have.
    pub of: usize,
}

/// An outcome in which a peer does better by a meaningful change or more.
#[derive(Debug, Clone, PartialEq)]
pub struct BetterOutcome {
    /// The outcome, as a sentence calls it (`The graduation rate`).
    pub what: String,
    /// The latest school year that both have.
    pub year: SchoolYear,
    /// The peer's value.
    pub theirs: f64,
    /// The district's value.
    pub ours: f64,
    /// The unit of both.
    pub unit: Unit,
}

/// The close and fair peers that do better in at least one of the catalog's outcomes, for all students; those
/// that do better in the most outcomes come first, then the nearest. Better means a difference of at least
/// the measure's meaningful change, in its better direction, in the latest year that both have.
#[must_use]
pub fn better_peers(group: &PeerGroup, outcomes: &[Outcome], catalog: &Catalog) -> Vec<BetterPeer> {
    let alike = (0..group.peers.len()).filter(|peer| is_close_or_fair(group, *peer));
    let mut better: Vec<BetterPeer> = alike.map(|peer| better_peer(outcomes, catalog, peer)).collect();
    better.retain(|peer| !peer.outcomes.is_empty());
    better.sort_by_key(|peer| (std::cmp::Reverse(peer.outcomes.len()), peer.peer));
    better
}

/// `peer` is its position in the group.
fn is_close_or_fair(group: &PeerGroup, peer: usize) -> bool {
    let likeness = group.alike.as_ref().and_then(|alike| alike.peers.get(peer));
    likeness.is_some_and(|likeness| *likeness != Likeness::Loose)
}

fn better_peer(outcomes: &[Outcome], catalog: &Catalog, peer: usize) -> BetterPeer {
    let mut result = BetterPeer { peer, outcomes: Vec::new(), of: 0 };
    for outcome in outcomes.iter().filter(|outcome| outcome.peer == peer) {
        let Some(measure) = catalog.measures.get(&outcome.key.measure) else { continue };
        result.of += 1;
        if is_better(outcome, measure) {
            result.outcomes.push(BetterOutcome {
                what: subject(&outcome.key, measure, catalog),
                year: outcome.year,
                theirs: outcome.theirs,
                ours: outcome.ours,
                unit: measure.unit,
            });
        }
    }
    result
}

fn is_better(outcome: &Outcome, measure: &Measure) -> bool {
    let advantage = measure.better.sign() * (outcome.theirs - outcome.ours);
    advantage >= measure.matters_from(outcome.ours)
}

/// How similar the peers are to the district, in a sentence.
#[must_use]
pub fn likeness(alike: &GroupLikeness) -> String {
    let counts = LikenessCounts {
        peers: alike.peers.len(),
        close: alike.count(Likeness::Close),
        fair: alike.count(Likeness::Fair),
        loose: alike.count(Likeness::Loose),
    };
    match (alike.grade(), alike.hangs_on()) {
        (LikenessGrade::Good, _) => words::good_group(counts),
        (LikenessGrade::Fair, Some(stays)) => {
            words::unstable_group(counts, &stays.changed, changed_outcomes(stays))
        }
        (LikenessGrade::Fair, None) => words::fair_group(counts),
        (LikenessGrade::NoTruePeers, _) => words::no_true_peers(counts),
    }
}

const fn changed_outcomes(stays: &StabilityCheck) -> ShareOf {
    ShareOf { some: stays.outcomes - stays.same, all: stays.outcomes }
}
