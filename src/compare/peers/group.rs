//! A peer group and its members.

use std::sync::Arc;

use statistics::quantile::median_of;

use super::likeness::{GroupLikeness, Likeness};
use crate::catalog::EnoughPeers;
use crate::domain::{District, MeasureKey, SchoolYear, Unit};
use crate::wording;

/// The peer group.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct PeerGroup {
    /// The year whose values were used to choose them; `None` if there are no peers.
    pub year: Option<SchoolYear>,
    /// The matching variables, in the order of the project or the catalog.
    pub variables: Vec<PeerVariable>,
    /// Attributes that the peers share with the district, with their values.
    pub within: Vec<(String, String)>,
    /// How many districts could have been chosen, excluding the district itself.
    pub candidates: usize,
    /// How many share the attributes but lack a matching variable in that year: missing, masked or
    /// suppressed.
    pub without_values: usize,
    /// How distances are computed.
    pub method: String,
    /// The peers, nearest first; ties by id.
    pub peers: Vec<Peer>,
    /// How similar they are to the district; `None` if not requested or if there are no peers.
    pub alike: Option<GroupLikeness>,
    /// How many peers, and districts to choose from, there must be to compare the district with them.
    pub enough: EnoughPeers,
}

impl PeerGroup {
    /// The median of the peers' values of the matching variable at `index`; `None` without peers.
    #[must_use]
    pub fn median_of_variable(&self, index: usize) -> Option<f64> {
        median_of(self.peers.iter().filter_map(|peer| peer.values.get(index).copied()).collect())
    }

    /// Whether the peers are enough, from a large enough pool, and enough like the district, to compare it with them: fewer than
    /// half of them are loose.
    #[must_use]
    pub fn are_alike(&self) -> bool {
        let loose = self
            .alike
            .as_ref()
            .map_or(0, |alike| alike.peers.iter().filter(|likeness| **likeness == Likeness::Loose).count());
        let are_enough = self.peers.len() >= self.enough.peers && self.candidates >= self.enough.pool;
        are_enough && 2 * loose < self.peers.len()
    }
}

/// A matching variable with the district's value.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct PeerVariable {
    /// Name, as in the catalog's `peers.toml`.
    pub name: String,
    /// Heading.
    pub label: String,
    /// The measure and group that it uses; `None` for a flag based on an attribute.
    pub key: Option<MeasureKey>,
    /// Its unit; `None` for a flag.
    pub unit: Option<Unit>,
    /// The chosen district's value; 0 or 1 for a flag.
    pub value: f64,
}

impl PeerVariable {
    /// Whether it is the project's matching variable of this name: either the variable itself or one value of
    /// a category.
    pub(super) fn is_of(&self, name: &str) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }

    /// A value of the variable, formatted for readers.
    #[must_use]
    pub fn shown(&self, value: f64) -> String {
        match self.unit {
            Some(unit) => unit.format(value),
            None => wording::peer_choice::yes_or_no(value > 0.0).to_owned(),
        }
    }
}

/// One peer.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Peer {
    /// The peer district.
    pub district: District,
    /// Its code in the frames.
    pub code: u32,
    /// Euclidean distance over the standardized variables.
    pub distance: f64,
    /// Its value of each matching variable, in order.
    pub values: Vec<f64>,
}

/// The attributes that the districts of a pool share, in the order of the settings' `within`; `None` where any will do.
pub(in crate::compare) type PoolAttributes = Arc<Vec<Option<String>>>;

/// A district and all districts that it could have been matched with, and their matching variables in one
/// year.
#[derive(Debug, Clone)]
pub(in crate::compare) struct MatchCandidates {
    /// What they share.
    pub(in crate::compare) pool: PoolAttributes,
    /// The year of the variables.
    pub(in crate::compare) year: SchoolYear,
    /// The districts, ascending by code.
    pub(in crate::compare) districts: Vec<MatchCandidate>,
}

/// A district that could have been matched.
#[derive(Debug, Clone)]
pub(in crate::compare) struct MatchCandidate {
    /// Its code.
    pub(in crate::compare) district: u32,
    /// Its standardized matching variables.
    pub(in crate::compare) variables: Vec<f64>,
}
