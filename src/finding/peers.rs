//! What is said of the peers themselves: how like the district they are, and which do better with similar students.

use super::statement::subject;
use crate::catalog::Catalog;
use crate::compare::{Alike, Grade, Likeness, Outcome, PeerGroup};
use crate::domain::{SchoolYear, Unit};

/// A peer that does better with similar students.
#[derive(Debug, Clone, PartialEq)]
pub struct BetterPeer {
    /// Its place in the peer group, from 0.
    pub peer: usize,
    /// In what it does better.
    pub outcomes: Vec<BetterOutcome>,
    /// Of how many outcomes that both have.
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
    /// The district's.
    pub ours: f64,
    /// The unit of both.
    pub unit: Unit,
}

/// The close and fair peers that do better in at least one of the catalog's outcomes, for all students; those better in most
/// outcomes first, then the nearest. Better is a difference of the measure's meaningful change or more, the measure's way,
/// in the latest year that both have.
#[must_use]
pub fn better_peers(group: &PeerGroup, outcomes: &[Outcome], catalog: &Catalog) -> Vec<BetterPeer> {
    let likeness = |peer: usize| group.alike.as_ref().and_then(|a| a.peers.get(peer));
    let like = (0..group.peers.len()).filter(|peer| likeness(*peer).is_some_and(|l| *l != Likeness::Loose));
    let mut better: Vec<BetterPeer> = like.map(|peer| better_peer(outcomes, catalog, peer)).collect();
    better.retain(|peer| !peer.outcomes.is_empty());
    better.sort_by_key(|peer| (std::cmp::Reverse(peer.outcomes.len()), peer.peer));
    better
}

fn better_peer(outcomes: &[Outcome], catalog: &Catalog, peer: usize) -> BetterPeer {
    let mut found = BetterPeer { peer, outcomes: Vec::new(), of: 0 };
    for Outcome { key, year, ours, theirs, .. } in outcomes.iter().filter(|o| o.peer == peer) {
        let Some(measure) = catalog.measures.get(&key.measure) else { continue };
        found.of += 1;
        if measure.better.sign() * (theirs - ours) >= measure.matters_from(*ours) {
            let what = subject(key, measure, catalog);
            let (year, theirs, ours, unit) = (*year, *theirs, *ours, measure.unit);
            found.outcomes.push(BetterOutcome { what, year, theirs, ours, unit });
        }
    }
    found
}

/// How like the district its peers are, in a sentence.
#[must_use]
pub fn likeness(alike: &Alike) -> String {
    let count = |likeness| alike.count(likeness);
    let counts = format!(
        "Of {} peers {} are close, {} fair and {} loose",
        alike.peers.len(),
        count(Likeness::Close),
        count(Likeness::Fair),
        count(Likeness::Loose)
    );
    match alike.grade() {
        Grade::Good => format!("{counts}: a good peer group."),
        Grade::Fair => match alike.hangs_on() {
            Some(s) => format!(
                "{counts}; chosen {}, what is said of the district would change in {} of {} outcomes: a fair peer group.",
                s.changed,
                s.outcomes - s.same,
                s.outcomes
            ),
            None => format!("{counts}: a fair peer group; read comparisons with care."),
        },
        Grade::NoTruePeers => {
            format!("{counts}: this district has no true peers; comparisons with them say little.")
        }
    }
}
