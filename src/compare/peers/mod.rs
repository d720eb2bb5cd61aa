//! Which districts the district is compared with: its peer group, the districts that make a fair comparison.
//!
//! Candidates share the `within` attributes with the district (an attribute that the district lacks is
//! skipped; a grade span that no source has is derived from students by grade, see [`grade_span`]), are not
//! excluded by the project, and have every matching variable in the year used. That is the year that the
//! project names; otherwise the latest year in which the district itself can be matched and at least
//! `year-coverage` percent of the districts that share the attributes and report at all (in that year or the
//! two before) have every variable without a substitute for a missing one. If there is none, it is the year
//! with the most such districts, with a warning. A masked value counts as missing, unless the project sets a
//! value for it.
//!
//! Each matching variable (counts on the log scale) is standardized over the districts that have all of them,
//! including the chosen district; distances are as in [`neighbors`](statistics::neighbors). (Methods 3.)
//!
//! Degenerate: a district that never has every variable in the same year has no peers, and a warning names
//! what it lacks; with fewer candidates than requested, all of them are peers.

mod choice;
mod chooser;
pub(super) mod every_district;
mod grade_span;
pub(super) mod group;
pub(super) mod likeness;
mod matching;
pub(super) mod outcomes;
pub(super) mod settings;
pub(super) mod stability;
mod variables;
mod verdict;
mod year_values;

use std::sync::Arc;

use self::choice::choose;
use self::chooser::{KnownCandidates, PeerChooser};
use self::group::{MatchCandidates, PeerGroup};
use self::likeness::GroupLikeness;
use self::settings::PeerSettings;
use self::stability::group_likeness;
use crate::catalog::Catalog;
use crate::diagnostic::Warned;
use crate::disclosure::Released;

/// Chooses the peers of one district, whose code is one of `released.terms()`.
#[must_use]
pub fn peer_group(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    district: u32,
) -> Warned<PeerGroup> {
    let mut groups = choose(released, catalog, settings, &[district]);
    groups.pop().unwrap_or_else(|| Warned::clean(PeerGroup::default()))
}

/// Chooses the peers of every district, in the order of their codes. Districts that share their `within`
/// attributes are standardized once.
#[must_use]
pub fn all_peer_groups(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
) -> Vec<Warned<PeerGroup>> {
    let districts: Vec<u32> = (0..released.terms().districts.len() as u32).collect();
    choose(released, catalog, settings, &districts)
}

/// The other districts of a state, as a district is compared with them.
#[derive(Debug, Clone, Default)]
pub struct DistrictMatch {
    /// How similar its peers are; `None` if it has none.
    pub(super) alike: Option<GroupLikeness>,
    /// The districts that it could have been matched with, with their standardized matching variables, in each year in which it
    /// has them all and nearly all others do too. If there is no such year, the year used for its peers; empty if it cannot be
    /// matched.
    pub(super) candidates: Vec<Arc<MatchCandidates>>,
}

/// Matches districts, given by their codes with their peers. Anything that several of them need is computed once.
#[must_use]
pub fn match_districts(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    groups: &[(u32, &PeerGroup)],
) -> Vec<DistrictMatch> {
    let alike = group_likeness(released, catalog, settings, groups).into_iter();
    let Ok(mut chooser) = PeerChooser::new(released, catalog, settings) else {
        return alike.map(|alike| DistrictMatch { alike, candidates: Vec::new() }).collect();
    };
    groups.iter().for_each(|(district, _)| chooser.prepare(*district));
    let mut known = KnownCandidates::new();
    let matched = groups.iter().zip(alike);
    let matched = matched.map(|(group, alike)| {
        let candidates = chooser.candidates(group.0, &mut known);
        DistrictMatch { alike, candidates }
    });
    matched.collect()
}
