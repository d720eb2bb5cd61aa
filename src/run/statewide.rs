//! What every district of a project is compared with, computed once for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::compare::{self, DistrictMatch, PeerGroup, PeerSettings, StateValues};
use crate::diagnostic::Warned;
use crate::disclosure::Released;
use crate::project::Project;

/// The peers of all districts, and the values of all.
#[derive(Debug)]
pub(super) struct Statewide {
    pub(super) settings: PeerSettings,
    /// The peer group of each district, by its code.
    pub(super) peers: Arc<Vec<Warned<PeerGroup>>>,
    pub(super) values: StateValues,
    /// How the districts that packs are built for are matched, by their codes; empty unless there are several.
    matches: OnceLock<Arc<BTreeMap<u32, DistrictMatch>>>,
}

impl Statewide {
    pub(super) fn of(project: &Project, released: &Released) -> Self {
        let (catalog, settings) = (&project.catalog, peer_settings(project));
        let peers = compare::all_peer_groups(released, catalog, &settings);
        let values = StateValues::new(released, catalog, &peers);
        Self { settings, peers: Arc::new(peers), values, matches: OnceLock::new() }
    }

    /// The same for data in which some series have changed, given by their indexes among the runs. `None` if the choice of peers
    /// depends on one of them.
    pub(super) fn with_changed(
        &self,
        project: &Project,
        released: &Released,
        changed: &BTreeSet<usize>,
    ) -> Option<Self> {
        let values = self.values.with_changed(released, &project.catalog, &self.settings, changed)?;
        let (peers, matches) = (Arc::clone(&self.peers), self.matches.clone());
        Some(Self { settings: self.settings.clone(), peers, values, matches })
    }

    /// Matches the districts with these codes at once.
    pub(super) fn match_all(&self, project: &Project, released: &Released, codes: &[u32]) {
        let groups: Vec<(u32, &PeerGroup)> =
            codes.iter().map(|code| (*code, &self.peers[*code as usize].value)).collect();
        let matches = compare::match_districts(released, &project.catalog, &self.settings, &groups);
        self.matches.get_or_init(|| Arc::new(codes.iter().copied().zip(matches).collect()));
    }

    /// How the district with this code is matched.
    pub(super) fn matched(&self, project: &Project, released: &Released, code: u32) -> DistrictMatch {
        if let Some(matched) = self.matches.get().and_then(|matches| matches.get(&code)) {
            return matched.clone();
        }
        let group = (code, &self.peers[code as usize].value);
        let mut matched = compare::match_districts(released, &project.catalog, &self.settings, &[group]);
        matched.pop().unwrap_or_default()
    }
}

/// How peers are chosen in a project.
pub(super) fn peer_settings(project: &Project) -> PeerSettings {
    PeerSettings::new(&project.catalog.peers, &project.file.peers, &project.file.retreat.district)
}
