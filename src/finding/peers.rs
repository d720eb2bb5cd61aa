//! What is said of the peers themselves: how like the district they are, and which do better with similar students.

use super::facts::meaningful;
use super::statement::subject;
use crate::catalog::Catalog;
use crate::compare::{Alike, Comparisons, Grade, Likeness};
use crate::domain::{ALL, Unit};

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
    /// The peer's value.
    pub theirs: f64,
    /// The district's, in the same year.
    pub ours: f64,
    /// The unit of both.
    pub unit: Unit,
}

/// The close and fair peers that do better in at least one of the catalog's outcomes, for all students; those better in most
/// outcomes first, then the nearest. Better is a difference of the measure's meaningful change or more, the measure's way,
/// in the district's latest year.
#[must_use]
pub fn better_peers(comparisons: &Comparisons, catalog: &Catalog) -> Vec<BetterPeer> {
    let is_like = |peer: usize| {
        comparisons
            .peers
            .alike
            .as_ref()
            .and_then(|a| a.peers.get(peer))
            .is_some_and(|l| *l != Likeness::Loose)
    };
    let like = (0..comparisons.peers.peers.len()).filter(|peer| is_like(*peer));
    let mut better: Vec<BetterPeer> = like.map(|peer| better_peer(comparisons, catalog, peer)).collect();
    better.retain(|peer| !peer.outcomes.is_empty());
    better.sort_by_key(|peer| (std::cmp::Reverse(peer.outcomes.len()), peer.peer));
    better
}

fn better_peer(comparisons: &Comparisons, catalog: &Catalog, peer: usize) -> BetterPeer {
    let mut found = BetterPeer { peer, outcomes: Vec::new(), of: 0 };
    for id in &catalog.peers.outcomes {
        let Some(measure) = catalog.measures.get(id) else { continue };
        let whole = |c: &&crate::compare::Comparison| {
            c.key.measure == *id && c.key.group == ALL && c.key.grade.is_all()
        };
        for comparison in comparisons.all.iter().filter(whole) {
            let ours = comparison.latest().and_then(|p| p.value);
            let theirs = comparison.peer_values.iter().find(|(i, _)| *i == peer).map(|(_, value)| *value);
            let Some((ours, theirs)) = ours.zip(theirs) else { continue };
            found.of += 1;
            if measure.better.sign() * (theirs - ours) >= meaningful(measure, ours) {
                let what = subject(&comparison.key, measure, catalog);
                found.outcomes.push(BetterOutcome { what, theirs, ours, unit: measure.unit });
            }
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
        Grade::Fair => format!("{counts}: a fair peer group; read comparisons with care."),
        Grade::NoTruePeers => {
            format!("{counts}: this district has no true peers; comparisons with them say little.")
        }
    }
}
