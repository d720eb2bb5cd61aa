//! Which districts the district is compared with: its peer group, those that it can fairly be compared with.
//!
//! Candidates share the `within` attributes with the district (one that the district lacks is skipped; a grade span that no
//! source has is derived from students by grade, see [`grade_span`]), are not left out by the project, and have every
//! matching variable in the year that serves: the one that the project names, or the latest in which at least
//! `year-coverage` percent of the districts that share the attributes and report at all (in that year or the two before)
//! have every variable, nothing standing in for a missing one, and the district itself can be matched. Where there is
//! none, the year with most such districts serves, with a warning. A masked value stays none, unless the project says
//! what it is read as.
//!
//! Each matching variable (counts on the log scale) is standardized over the districts that have all of them, the chosen
//! district included; distances as in [`neighbors`](statistics::neighbors). (Methods 3.)
//!
//! Degenerate: a district that never has every variable in one year has no peers, and a warning says what it
//! lacks; with fewer candidates than wanted, all of them are peers.

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

use self::choice::choose;
use self::chooser::PeerChooser;
use self::group::{MatchCandidates, PeerGroup};
use self::settings::PeerSettings;
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

/// The districts that `district` could have been matched with, itself among them, with their standardized matching
/// variables, in each year in which it has them all and nearly all others do too; where there is no such year, in the one
/// that serves for its peers; none where it cannot be matched.
pub(super) fn match_candidates(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    district: u32,
) -> Vec<MatchCandidates> {
    let Ok(mut chooser) = PeerChooser::new(released, catalog, settings) else { return Vec::new() };
    chooser.prepare(district);
    chooser.candidates(district)
}
