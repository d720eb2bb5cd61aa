//! The peers of one district or of all, and how they are chosen.

use rayon::prelude::*;

use super::Data;
use crate::compare::{self, ByHand, GroupLikeness, Outcome, PeerGroup, PeerSettings};
use crate::diagnostic::Warned;
use crate::domain::{District, DistrictId, SchoolYear};
use crate::project::Project;

/// How peers are chosen: as the project's `[peers]` says, or else the catalog's `peers.toml`.
#[must_use]
pub fn peer_settings(project: &Project) -> PeerSettings {
    let (choice, default) = (&project.file.peers, PeerSettings::from(&project.catalog.peers));
    PeerSettings {
        count: choice.count.unwrap_or(default.count),
        matching: choice.matching.clone().unwrap_or(default.matching),
        within: choice.within.clone().unwrap_or(default.within),
        variables: default.variables.into_iter().chain(choice.variable.clone()).collect(),
        log: choice.log.unwrap_or(default.log),
        deviation: choice.deviation,
        weights: choice.weights.clone(),
        missing: choice.missing.clone(),
        masked: choice.masked.clone(),
        year: choice.year.and_then(|year| SchoolYear::ending(year).ok()),
        leave_out: choice.leave_out.clone(),
        by_hand: chosen_by_hand(project),
        around: choice.around.clone(),
    }
}

/// The districts that the project includes in its own district's peers or excludes from them; `None` if there are none.
fn chosen_by_hand(project: &Project) -> Option<ByHand> {
    let choice = &project.file.peers;
    let (include, exclude) = (district_ids(&choice.include), district_ids(&choice.exclude));
    if include.is_empty() && exclude.is_empty() {
        return None;
    }
    let district = DistrictId::new(&project.file.retreat.district)?;
    Some(ByHand { district, include, exclude })
}

fn district_ids(ids: &[String]) -> Vec<DistrictId> {
    ids.iter().filter_map(|id| DistrictId::new(id)).collect()
}

/// The peers of a district, and what is known of them.
#[derive(Debug)]
pub struct PeersOf {
    /// The district.
    pub district: District,
    /// Its peers.
    pub peers: PeerGroup,
    /// The districts around it; `None` unless the project asks for them.
    pub around: Option<PeerGroup>,
    /// The outcomes that it and each peer have.
    pub outcomes: Vec<Outcome>,
}

/// The peers of every district of the sources, in the order of their ids.
#[must_use]
pub fn all_peers(project: &Project, data: &Data) -> Warned<Vec<PeersOf>> {
    let (released, catalog, settings) = (&data.released, &project.catalog, peer_settings(project));
    let groups = compare::all_peer_groups(released, catalog, &settings);
    let coded: Vec<(u32, &PeerGroup)> = (0..).zip(groups.iter().map(|group| &group.value)).collect();
    let alike = compare::group_likeness(released, catalog, &settings, &coded);
    let around = settings.around().map(|settings| compare::all_peer_groups(released, catalog, &settings));
    let all = StatePeers { project, data, around };
    let value = coded.par_iter().zip(alike).map(|(coded, alike)| all.of_district(coded.0, coded.1, alike));
    let value = value.collect();
    Warned { value, diagnostics: groups.into_iter().flat_map(|group| group.diagnostics).collect() }
}

/// What the peers of all districts are put together from.
struct StatePeers<'a> {
    project: &'a Project,
    data: &'a Data,
    /// The districts around each district, by its code; `None` unless the project asks for them.
    around: Option<Vec<Warned<PeerGroup>>>,
}

impl StatePeers<'_> {
    /// The peers of the district of this code.
    fn of_district(&self, code: u32, group: &PeerGroup, alike: Option<GroupLikeness>) -> PeersOf {
        let (released, catalog) = (&self.data.released, &self.project.catalog);
        let around = self.around.as_ref().map(|groups| groups[code as usize].value.clone());
        PeersOf {
            district: released.terms().districts[code as usize].clone(),
            peers: PeerGroup { alike, ..group.clone() },
            around: around.filter(|group| !group.within.is_empty()),
            outcomes: compare::outcomes(released, catalog, group, code),
        }
    }
}
