//! The peers of every district of a state.

use rayon::prelude::*;

use super::all_peer_groups;
use super::group::PeerGroup;
use super::likeness::GroupLikeness;
use super::outcomes::{Outcome, outcomes};
use super::settings::PeerSettings;
use super::stability::group_likeness;
use crate::catalog::Catalog;
use crate::compare::called::called;
use crate::diagnostic::Warned;
use crate::disclosure::Released;
use crate::domain::District;

/// The peers of a district, and what is known of them.
#[derive(Debug)]
pub struct DistrictPeers {
    /// The district.
    pub district: District,
    /// Its peers.
    pub peers: PeerGroup,
    /// The districts around it; `None` unless the project asks for them.
    pub around: Option<PeerGroup>,
    /// The outcomes that the district and each peer have.
    pub outcomes: Vec<Outcome>,
}

/// The peers of every district, in the order of their codes. `groups` are the peer groups of all districts in the same order.
#[must_use]
pub fn all_district_peers(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    groups: &[Warned<PeerGroup>],
) -> Warned<Vec<DistrictPeers>> {
    let coded: Vec<(u32, &PeerGroup)> = (0..).zip(groups.iter().map(|group| &group.value)).collect();
    let likeness = group_likeness(released, catalog, settings, &coded);
    let around = settings.around().map(|settings| all_peer_groups(released, catalog, &settings));
    let state = StatePeers { released, catalog, around };
    let value = coded.par_iter().zip(likeness);
    let value = value.map(|(coded, likeness)| state.of_district(coded.0, coded.1, likeness)).collect();
    Warned { value, diagnostics: groups.iter().flat_map(|group| group.diagnostics.clone()).collect() }
}

/// What the peers of all districts are put together from.
struct StatePeers<'a> {
    released: &'a Released,
    catalog: &'a Catalog,
    /// The districts around each district, by its code; `None` unless the project asks for them.
    around: Option<Vec<Warned<PeerGroup>>>,
}

impl StatePeers<'_> {
    /// The peers of the district with this code.
    fn of_district(&self, code: u32, group: &PeerGroup, alike: Option<GroupLikeness>) -> DistrictPeers {
        let around = self.around.as_ref().map(|groups| groups[code as usize].value.clone());
        DistrictPeers {
            district: called(&self.released.terms().districts[code as usize]),
            peers: PeerGroup { alike, ..group.clone() },
            around: around.filter(|group| !group.within.is_empty()),
            outcomes: outcomes(self.released, self.catalog, group, code),
        }
    }
}
