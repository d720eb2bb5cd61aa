//! How like the district its peers really are, and how much the group hangs on how it was chosen.
//!
//! A peer's distance is held against what is usual in the state: the median, over the districts that could have been
//! chosen, of the distance to their nearest neighbour. Close is up to 1.5 times that, fair up to 2.5 times, loose beyond
//! (`methods.md` 3; the catalog's `peers.toml`). With more than half of the peers loose the district has no true peers.
//!
//! Per variable the gap is the district's place less the peers' median place, in standard deviations; for a flag, 0 or
//! 1 as it was taken in, the district's less the peers' median.
//!
//! Stability: how many of the peers stay when one matching variable is left out, and in how many outcomes the district would
//! be said to stand as it does now (see [`verdict`](super::verdict)). With two peers fewer or more the list is the same, cut
//! shorter or longer, so that who stays says nothing; what is said of the district may change all the same. A group hangs on
//! how it was chosen where so little of what is said stays as the catalog's `least-same` has it, and is at most fair then,
//! however close its peers. (How many peers stay does not tell it: where districts lie dense others are as near, and what is
//! said stays as often where none of the ten stay as where five do. `peers.toml` says how this was measured.)
//!
//! Degenerate: where the usual distance is 0 (most districts are alike in all variables), every peer farther than that is
//! loose; with fewer outcomes than `fewest-outcomes` no group is known to hang on anything.

use super::comparison::PeerGroup;
use super::peer_settings::PeerSettings;
use super::rank::{median, sort};
use super::standing::Own;
use super::verdict::Verdicts;
use crate::catalog::LikenessSpec;

/// How like the district its peers are.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// By what the peers are graded.
    pub spec: LikenessSpec,
    /// The usual distance of a district of the state to its nearest neighbour.
    pub usual_distance: f64,
    /// How near each peer is, in the order of the group.
    pub peers: Vec<Likeness>,
    /// For each matching variable the district's place less the peers' median place, in standard deviations.
    pub gaps: Vec<f64>,
    /// For each peer and variable, the peer's place less the district's, in standard deviations.
    pub places: Vec<Vec<f64>>,
    /// What stays when each matching variable is left out.
    pub stability: Vec<Stays>,
    /// What stays with two peers fewer, and two more.
    pub by_count: Vec<Stays>,
}

/// How near a peer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// Up to `close` usual distances.
    Close,
    /// Up to `fair`.
    Fair,
    /// Farther.
    Loose,
}

impl Likeness {
    /// The id used in files and tables.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Fair => "fair",
            Self::Loose => "loose",
        }
    }
}

/// What the likeness of all peers comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// At least half of the peers are close, and the group does not hang on how it was chosen.
    Good,
    /// At least half are close or fair.
    Fair,
    /// More than half are loose: the district has no true peers.
    NoTruePeers,
}

/// What stays when the choice is made otherwise.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Stays {
    /// What is done otherwise (`without Enrollment`).
    pub changed: String,
    /// How many of the peers are still among them.
    pub stay: usize,
    /// Of how many.
    pub of: usize,
    /// In how many outcomes the district is above, below or not clearly apart from them as it is from the peers.
    pub same: usize,
    /// Of how many outcomes.
    pub outcomes: usize,
}

impl Alike {
    /// From the usual distance, the peers' distances, and the places of the district and its peers.
    pub(super) fn new(
        (spec, usual_distance): (LikenessSpec, f64),
        distances: &[f64],
        (own, peers): (&[f64], &[Vec<f64>]),
        (stability, by_count): (Vec<Stays>, Vec<Stays>),
    ) -> Self {
        let likeness = |distance: &f64| match *distance {
            d if d <= spec.close * usual_distance => Likeness::Close,
            d if d <= spec.fair * usual_distance => Likeness::Fair,
            _ => Likeness::Loose,
        };
        let gap = |i: usize| {
            let mut places: Vec<f64> = peers.iter().map(|p| p[i]).collect();
            sort(&mut places);
            own[i] - median(&places).unwrap_or(own[i])
        };
        let from_own = |peer: &Vec<f64>| peer.iter().zip(own).map(|(p, own)| p - own).collect();
        Self {
            spec,
            usual_distance,
            peers: distances.iter().map(likeness).collect(),
            gaps: (0..own.len()).map(gap).collect(),
            places: peers.iter().map(from_own).collect(),
            stability,
            by_count,
        }
    }

    /// How many peers are of this likeness.
    #[must_use]
    pub fn count(&self, likeness: Likeness) -> usize {
        self.peers.iter().filter(|l| **l == likeness).count()
    }

    /// The change that leaves the fewest of the peers; the first of equals.
    #[must_use]
    pub fn least_stable(&self) -> Option<&Stays> {
        self.stability.iter().min_by_key(|s| s.stay)
    }

    /// The change after which least of what is said of the district stays, where that is so little that the group hangs on
    /// it; the first of equals.
    #[must_use]
    pub fn hangs_on(&self) -> Option<&Stays> {
        let share = |s: &Stays| s.same as f64 / s.outcomes as f64;
        let ways = self.stability.iter().chain(&self.by_count);
        let enough = ways.filter(|s| s.outcomes >= self.spec.fewest_outcomes);
        enough.filter(|s| share(s) < self.spec.least_same).min_by(|a, b| share(a).total_cmp(&share(b)))
    }

    /// What all of it comes to.
    #[must_use]
    pub fn grade(&self) -> Grade {
        let (close, loose) = (self.count(Likeness::Close), self.count(Likeness::Loose));
        match self.peers.len() {
            n if 2 * loose > n => Grade::NoTruePeers,
            n if 2 * close >= n && self.hangs_on().is_none() => Grade::Good,
            _ => Grade::Fair,
        }
    }
}

/// A way to choose otherwise.
pub(super) struct Otherwise {
    /// The matching variable that is left out; `None` where the number of peers is another.
    pub(super) without: Option<String>,
    /// What is done otherwise; with another number of peers that is told when it is known how many there are.
    changed: Option<String>,
    pub(super) settings: PeerSettings,
}

/// So many peers fewer, and so many more.
const COUNT: usize = 2;

/// Without each of the matching variables in turn, unless there is but one; then with fewer peers, and with more.
pub(super) fn otherwise(settings: &PeerSettings) -> Vec<Otherwise> {
    let without = |name: &String| {
        let variable = settings.variables.get(name)?;
        let matching = settings.matching.iter().filter(|n| *n != name).cloned().collect();
        let changed = format!("without {}", variable.label);
        let settings = PeerSettings { matching, ..settings.clone() };
        Some(Otherwise { without: Some(name.clone()), changed: Some(changed), settings })
    };
    let of = |count: usize| Otherwise {
        without: None,
        changed: None,
        settings: PeerSettings { count, ..settings.clone() },
    };
    let variables = settings.matching.iter().filter(|_| settings.matching.len() > 1).filter_map(without);
    let counts = [settings.count.saturating_sub(COUNT), settings.count + COUNT];
    variables.chain(counts.into_iter().filter(|count| *count > 0).map(of)).collect()
}

impl Otherwise {
    /// What of `group` stays with the peers that are chosen so, of the district whose outcomes are `own`; `None` where as many
    /// are chosen as before, that should be fewer or more.
    pub(super) fn stays(
        &self,
        group: &PeerGroup,
        other: &PeerGroup,
        (verdicts, own): (&Verdicts<'_>, &[Option<Own>]),
    ) -> Option<Stays> {
        let codes = |group: &PeerGroup| group.peers.iter().map(|p| p.code).collect::<Vec<u32>>();
        let (peers, others) = (codes(group), codes(other));
        let (now, then) = (verdicts.beside(own, &peers), verdicts.beside(own, &others));
        let of_another_count =
            || (others.len() != peers.len()).then(|| format!("with {} peers", others.len()));
        let said = now.iter().zip(&then).filter(|(now, then)| now.or(**then).is_some());
        Some(Stays {
            changed: self.changed.clone().or_else(of_another_count)?,
            stay: peers.iter().filter(|code| others.contains(code)).count(),
            of: peers.len(),
            same: said.clone().filter(|(now, then)| now == then).count(),
            outcomes: said.count(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Alike, Grade, Likeness, LikenessSpec, Stays};

    const SPEC: LikenessSpec = LikenessSpec { close: 1.5, fair: 2.5, least_same: 0.5, fewest_outcomes: 3 };

    fn alike(distances: &[f64]) -> Alike {
        let peers: Vec<Vec<f64>> = distances.iter().map(|d| vec![*d]).collect();
        Alike::new((SPEC, 1.0), distances, (&[0.5], &peers), Default::default())
    }

    #[test]
    fn peers_are_graded_by_the_usual_distance() {
        let found = alike(&[0.2, 1.5, 2.0, 2.6]);
        assert_eq!(found.peers, [Likeness::Close, Likeness::Close, Likeness::Fair, Likeness::Loose]);
        assert_eq!(found.grade(), Grade::Good);
        // 0.5 less the median of 0.2, 1.5, 2.0 and 2.6.
        assert!((found.gaps[0] + 1.25).abs() < 1e-12);
        assert_eq!(alike(&[1.0, 2.0, 2.2, 2.6]).grade(), Grade::Fair);
        assert_eq!(alike(&[1.0, 2.6, 2.7]).grade(), Grade::NoTruePeers);
    }

    #[test]
    fn a_group_with_which_what_is_said_would_change_is_not_good_whoever_stays() {
        let stays =
            |stay, same, outcomes| Stays { changed: format!("without {same}"), stay, of: 10, same, outcomes };
        let graded = |stability, by_count| {
            let mut found = alike(&[0.2; 10]);
            (found.stability, found.by_count) = (stability, by_count);
            (found.grade(), found.hangs_on().map(|s| s.same))
        };
        assert_eq!(graded(vec![stays(9, 6, 6), stays(0, 3, 6)], vec![]), (Grade::Good, None));
        assert_eq!(graded(vec![stays(9, 2, 6), stays(0, 1, 6)], vec![]), (Grade::Fair, Some(1)));
        assert_eq!(graded(vec![], vec![stays(8, 2, 6)]), (Grade::Fair, Some(2)));
        // Of two outcomes nothing is known.
        assert_eq!(graded(vec![stays(9, 0, 2)], vec![stays(9, 0, 0)]), (Grade::Good, None));
    }
}
