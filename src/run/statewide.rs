//! What every district of a project is compared with, computed once for all of them.

use crate::compare::{self, PeerGroup, PeerSettings, StateValues};
use crate::diagnostic::Warned;
use crate::disclosure::Released;
use crate::project::Project;

/// The peers of all districts, and the values of all.
#[derive(Debug)]
pub(super) struct Statewide {
    pub(super) settings: PeerSettings,
    /// The peer group of each district, by its code.
    pub(super) peers: Vec<Warned<PeerGroup>>,
    pub(super) values: StateValues,
}

impl Statewide {
    pub(super) fn of(project: &Project, released: &Released) -> Self {
        let (catalog, file) = (&project.catalog, &project.file);
        let settings = PeerSettings::new(&catalog.peers, &file.peers, &file.retreat.district);
        let peers = compare::all_peer_groups(released, catalog, &settings);
        let values = StateValues::new(released, catalog, &peers);
        Self { settings, peers, values }
    }
}
