//! The peers of one district or of all, and how they are chosen.

use rayon::prelude::*;

use super::Data;
use crate::compare::{self, Alike, ByHand, Outcome, PeerGroup, PeerSettings};
use crate::diagnostic::Warned;
use crate::domain::{District, DistrictId, SchoolYear};
use crate::project::Project;

/// How peers are chosen: as the project says, else as the catalog does.
#[must_use]
pub fn peer_settings(project: &Project) -> PeerSettings {
    let (choice, default) = (&project.file.peers, PeerSettings::from(&project.catalog.peers));
    let ids = |ids: &[String]| ids.iter().filter_map(|id| DistrictId::new(id)).collect::<Vec<_>>();
    let (include, exclude) = (ids(&choice.include), ids(&choice.exclude));
    let district = DistrictId::new(&project.file.retreat.district);
    let by_hand = district.filter(|_| !include.is_empty() || !exclude.is_empty());
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
        by_hand: by_hand.map(|district| ByHand { district, include, exclude }),
        around: choice.around.clone(),
    }
}

/// The peers of a district, with all that is told of them.
#[derive(Debug)]
pub struct PeersOf {
    /// The district.
    pub district: District,
    /// Its peers.
    pub peers: PeerGroup,
    /// The districts around it, where the project asks for them.
    pub around: Option<PeerGroup>,
    /// The outcomes that it and each peer have.
    pub outcomes: Vec<Outcome>,
}

/// The peers of every district of the sources, in the order of their ids.
#[must_use]
pub fn all_peers(project: &Project, data: &Data) -> Warned<Vec<PeersOf>> {
    let (released, catalog, settings) = (&data.released, &project.catalog, peer_settings(project));
    let groups = compare::all_peer_groups(released, catalog, &settings);
    let coded: Vec<(u32, &PeerGroup)> = (0..).zip(groups.iter().map(|g| &g.value)).collect();
    let alike = compare::alike(released, catalog, &settings, &coded);
    let around = settings.around().map(|settings| compare::all_peer_groups(released, catalog, &settings));
    let one = |((code, group), alike): (&(u32, &PeerGroup), Option<Alike>)| {
        let around = around.as_ref().map(|all| all[*code as usize].value.clone());
        PeersOf {
            district: released.terms().districts[*code as usize].clone(),
            peers: PeerGroup { alike, ..(*group).clone() },
            around: around.filter(|group| !group.within.is_empty()),
            outcomes: compare::outcomes(released, catalog, group, *code),
        }
    };
    let value = coded.par_iter().zip(alike).map(one).collect();
    Warned { value, diagnostics: groups.into_iter().flat_map(|g| g.diagnostics).collect() }
}
