//! All comparisons of a district and of its schools.

use super::comparison::Comparison;
use super::peers::group::PeerGroup;
use super::peers::outcomes::Outcome;
use super::perception::PerceptionComparison;
use super::schools::SchoolComparison;
use crate::domain::{AllDistricts, District, MeasureKey, SchoolYear};

/// Everything known about the chosen district's measures from comparisons.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Comparisons {
    /// The chosen district.
    pub district: District,
    /// Its peers, nearest first; empty if none could be chosen.
    pub peers: PeerGroup,
    /// The project's second set of districts besides the peers: those around it. `None` if the project asks
    /// for none.
    pub around: Option<PeerGroup>,
    /// The outcomes that the district and its peers have in common.
    pub outcomes: Vec<Outcome>,
    /// The year that changes are counted from: the project's, or else the catalog's. `None` if neither names one.
    pub base_year: Option<SchoolYear>,
    /// The latest school year in which any district has a value; `None` if none has.
    pub newest: Option<SchoolYear>,
    /// How many districts the sources contain.
    pub state_n: usize,
    /// Whether these are the districts of a whole state.
    pub all_districts: AllDistricts,
    /// The district's schools that have values, in the order of their ids; none if they are fewer than two.
    pub schools: Vec<SchoolComparison>,
    /// One for each series of the district, sorted by key.
    pub all: Vec<Comparison>,
    /// What people say in surveys; empty if there are none, or they are of another district.
    #[serde(skip)]
    pub perception: PerceptionComparison,
}

impl Comparisons {
    /// The comparison with this key.
    #[must_use]
    pub fn get(&self, key: &MeasureKey) -> Option<&Comparison> {
        self.all.binary_search_by(|c| c.key.cmp(key)).ok().map(|i| &self.all[i])
    }
}
