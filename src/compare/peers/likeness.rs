//! How similar the peers really are to the district.
//!
//! A peer's distance is compared with the usual distance in the state: the median distance from a district
//! that could have been chosen to its nearest neighbor, but at least 0.15 standard deviations in each variable. Up to 1.5 times that is close, up to 2.5 times fair,
//! and beyond that loose (`methods.md` 3; the catalog's `peers.toml`). If more than half of the peers are
//! loose, the district has no true peers.
//!
//! For each variable, the gap is the district's position minus the peers' median position, in standard
//! deviations; for a flag, coded 0 or 1, it is the district's value minus the peers' median.
//!
//! A group depends on how it was chosen (see [`stability`](super::stability)) if less than the catalog's
//! `least-same` share of the verdicts on the district stay the same. It is then rated fair at best, however
//! close its peers are.
//!
//! Degenerate: with fewer outcomes than `fewest-outcomes`, no group is said to depend on how it was
//! chosen.

use statistics::quantile::median_of;

use crate::catalog::LikenessSpec;

/// How similar the peers are to the district.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct GroupLikeness {
    /// The thresholds for rating peers.
    pub spec: LikenessSpec,
    /// The usual distance from a district of the state to its nearest neighbor, or the least that counts as usual.
    pub usual_distance: f64,
    /// The likeness of each peer, in the order of the group.
    pub peers: Vec<Likeness>,
    /// For each matching variable, the district's position minus the peers' median position, in standard
    /// deviations.
    pub gaps: Vec<f64>,
    /// For each peer and variable, the peer's position minus the district's, in standard deviations.
    pub places: Vec<Vec<f64>>,
    /// What stays the same when each matching variable is left out.
    pub stability: Vec<StabilityCheck>,
    /// What stays the same with two fewer peers, and with two more.
    pub by_count: Vec<StabilityCheck>,
}

/// How near a peer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// Up to `close` usual distances.
    Close,
    /// Up to `fair`.
    Fair,
    /// Beyond that.
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

/// The grade of a peer group by the likeness of all its peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LikenessGrade {
    /// At least half of the peers are close, and the group does not depend on how it was chosen.
    Good,
    /// At least half are close or fair.
    Fair,
    /// More than half are loose: the district has no true peers.
    NoTruePeers,
}

/// What stays the same when the choice of peers is changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StabilityCheck {
    /// The change (`without enrollment`).
    pub changed: String,
    /// How many of the peers are in the new group too.
    pub stay: usize,
    /// How many peers there are.
    pub of: usize,
    /// For how many outcomes the verdict (above, below or not clearly different) is the same with the new
    /// group.
    pub same: usize,
    /// How many outcomes have a verdict with either group.
    pub outcomes: usize,
}

/// The standardized matching variables of a district and of its peers.
pub(super) struct PeerPlaces {
    pub(super) own: Vec<f64>,
    /// One for each peer, in the order of the group.
    pub(super) peers: Vec<Vec<f64>>,
}

impl PeerPlaces {
    /// The district's position in a variable minus the peers' median position.
    fn gap(&self, variable: usize) -> f64 {
        let own = self.own[variable];
        own - median_of(self.peers.iter().map(|peer| peer[variable]).collect()).unwrap_or(own)
    }

    /// Each peer's position minus the district's, by variable.
    fn relative_to_own(&self) -> Vec<Vec<f64>> {
        let peers = self.peers.iter();
        peers.map(|peer| peer.iter().zip(&self.own).map(|(peer, own)| peer - own).collect()).collect()
    }
}

impl Likeness {
    fn of(distance: f64, usual_distance: f64, spec: &LikenessSpec) -> Self {
        if distance <= spec.close * usual_distance {
            Self::Close
        } else if distance <= spec.fair * usual_distance {
            Self::Fair
        } else {
            Self::Loose
        }
    }
}

impl GroupLikeness {
    /// Computes the likeness from the usual distance and the peers' distances and positions; the stability
    /// checks are added later.
    pub(super) fn new(
        spec: LikenessSpec,
        usual_distance: f64,
        distances: &[f64],
        places: &PeerPlaces,
    ) -> Self {
        Self {
            usual_distance,
            peers: distances.iter().map(|d| Likeness::of(*d, usual_distance, &spec)).collect(),
            gaps: (0..places.own.len()).map(|variable| places.gap(variable)).collect(),
            places: places.relative_to_own(),
            stability: Vec::new(),
            by_count: Vec::new(),
            spec,
        }
    }

    /// How near a district at this distance is.
    #[must_use]
    pub fn of_distance(&self, distance: f64) -> Likeness {
        Likeness::of(distance, self.usual_distance, &self.spec)
    }

    /// How many peers are of this likeness.
    #[must_use]
    pub fn count(&self, likeness: Likeness) -> usize {
        self.peers.iter().filter(|l| **l == likeness).count()
    }

    /// The change after which the fewest peers stay; the first one if tied.
    #[must_use]
    pub fn least_stable(&self) -> Option<&StabilityCheck> {
        self.stability.iter().min_by_key(|s| s.stay)
    }

    /// The change after which the fewest verdicts on the district stay the same, if so few do that the group
    /// depends on it; the first one if tied.
    #[must_use]
    pub fn hangs_on(&self) -> Option<&StabilityCheck> {
        self.stability
            .iter()
            .chain(&self.by_count)
            .filter(|s| s.outcomes >= self.spec.fewest_outcomes && s.share_same() < self.spec.least_same)
            .min_by(|a, b| a.share_same().total_cmp(&b.share_same()))
    }

    /// The grade of the whole group.
    #[must_use]
    pub fn grade(&self) -> LikenessGrade {
        let (close, loose) = (self.count(Likeness::Close), self.count(Likeness::Loose));
        match self.peers.len() {
            n if 2 * loose > n => LikenessGrade::NoTruePeers,
            n if 2 * close >= n && self.hangs_on().is_none() => LikenessGrade::Good,
            _ => LikenessGrade::Fair,
        }
    }
}

impl StabilityCheck {
    fn share_same(&self) -> f64 {
        self.same as f64 / self.outcomes as f64
    }
}

#[cfg(test)]
mod tests {
    use super::{GroupLikeness, Likeness, LikenessGrade, LikenessSpec, PeerPlaces, StabilityCheck};

    const SPEC: LikenessSpec =
        LikenessSpec { close: 1.5, fair: 2.5, usual_at_least: 0.0, least_same: 0.5, fewest_outcomes: 3 };

    fn alike(distances: &[f64]) -> GroupLikeness {
        let peers: Vec<Vec<f64>> = distances.iter().map(|d| vec![*d]).collect();
        GroupLikeness::new(SPEC, 1.0, distances, &PeerPlaces { own: vec![0.5], peers })
    }

    #[test]
    fn peers_are_graded_by_the_usual_distance() {
        let found = alike(&[0.2, 1.5, 2.0, 2.6]);
        assert_eq!(found.peers, [Likeness::Close, Likeness::Close, Likeness::Fair, Likeness::Loose]);
        assert_eq!(found.grade(), LikenessGrade::Good);
        // 0.5 minus the median of 0.2, 1.5, 2.0 and 2.6.
        assert!((found.gaps[0] + 1.25).abs() < 1e-12);
        assert_eq!(alike(&[1.0, 2.0, 2.2, 2.6]).grade(), LikenessGrade::Fair);
        assert_eq!(alike(&[1.0, 2.6, 2.7]).grade(), LikenessGrade::NoTruePeers);
    }

    #[test]
    fn a_group_whose_outcomes_would_change_is_not_good_whichever_peers_stay() {
        let stays = |stay, same, outcomes| StabilityCheck {
            changed: format!("without {same}"),
            stay,
            of: 10,
            same,
            outcomes,
        };
        let graded = |stability, by_count| {
            let mut found = alike(&[0.2; 10]);
            (found.stability, found.by_count) = (stability, by_count);
            (found.grade(), found.hangs_on().map(|s| s.same))
        };
        assert_eq!(graded(vec![stays(9, 6, 6), stays(0, 3, 6)], vec![]), (LikenessGrade::Good, None));
        assert_eq!(graded(vec![stays(9, 2, 6), stays(0, 1, 6)], vec![]), (LikenessGrade::Fair, Some(1)));
        assert_eq!(graded(vec![], vec![stays(8, 2, 6)]), (LikenessGrade::Fair, Some(2)));
        // Two outcomes are too few to tell.
        assert_eq!(graded(vec![stays(9, 0, 2)], vec![stays(9, 0, 0)]), (LikenessGrade::Good, None));
    }
}
