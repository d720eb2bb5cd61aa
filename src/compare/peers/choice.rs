//! Chooses peers: the nearest districts in the year used for matching, and those that the project names.

use rayon::prelude::*;
use statistics::neighbors::{Neighbor, StandardizedSpace};

use super::chooser::{NoMatching, PeerChooser, Pool, SharedAttributes, SpaceKey};
use super::group::{Peer, PeerGroup, PeerVariable};
use super::matching::MatchYear;
use super::settings::{ByHand, PeerSettings};
use super::variables::MatchingVariable;
use crate::catalog::Catalog;
use crate::compare::called::called;
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::Released;
use crate::domain::{DistrictId, SchoolYear};
use crate::wording::peer_choice as words;

/// The year used for a district, and the standardized districts of that year.
#[derive(Clone, Copy)]
struct ServingYear<'s> {
    year: MatchYear,
    space: &'s StandardizedSpace,
}

/// The peers of some districts, in their order.
pub(super) fn choose(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    districts: &[u32],
) -> Vec<Warned<PeerGroup>> {
    if settings.count > 0 && released.terms().districts.len() == 1 {
        let alone = Warned { value: PeerGroup::default(), diagnostics: vec![Diagnostic::only_own_files()] };
        return vec![alone; districts.len()];
    }
    if settings.count == 0 {
        return vec![Warned::clean(PeerGroup::default()); districts.len()];
    }
    let mut chooser = match PeerChooser::new(released, catalog, settings) {
        Ok(chooser) => chooser,
        Err(NoMatching { why, diagnostics }) => {
            return vec![nobody(&why, diagnostics); districts.len()];
        }
    };
    for district in districts {
        chooser.prepare(*district);
    }
    districts.par_iter().map(|district| chooser.group(*district)).collect()
}

/// An empty group, and the reason why it is empty.
fn nobody(why: &str, mut diagnostics: Vec<Diagnostic>) -> Warned<PeerGroup> {
    diagnostics.push(Diagnostic::no_peers(why));
    Warned { value: PeerGroup::default(), diagnostics }
}

impl<'a> PeerChooser<'a> {
    /// The peers of a district, which must be prepared.
    fn group(&self, district: u32) -> Warned<PeerGroup> {
        let shared = self.shared_attributes(district);
        let pool = self.pools.get(&shared);
        let serving = pool.and_then(|pool| self.serving_year(pool, shared, district));
        let Some(serving) = serving else {
            return nobody(&self.what_is_missing(district), self.diagnostics.clone());
        };
        let ServingYear { year, space } = serving;
        let mut diagnostics = self.diagnostics.clone();
        let nearest = self.nearest(district, serving, &mut diagnostics);
        diagnostics.extend(self.warning(&nearest, year));
        let value = PeerGroup {
            year: (!nearest.is_empty()).then_some(year.year),
            variables: self.variables(year.year, district),
            within: self.named_attributes(district),
            candidates: space.len() - usize::from(space.values_of(district).is_some()),
            without_values: pool.map_or(0, |pool| pool.members.len() - space.len()),
            method: self.matching.method(self.settings, space.len()),
            peers: nearest.iter().map(|neighbor| self.peer(*neighbor, year.year)).collect(),
            alike: None,
            enough: self.catalog.peers.enough,
        };
        Warned { value, diagnostics }
    }

    fn serving_year(
        &self,
        pool: &Pool<'a>,
        shared: SharedAttributes<'a>,
        district: u32,
    ) -> Option<ServingYear<'_>> {
        let year = self.best_year(pool, district)?;
        let space = self.spaces.get(&SpaceKey { shared, year: year.year })?;
        Some(ServingYear { year, space })
    }

    /// The warning for an empty group, or for a year that too few districts have.
    fn warning(&self, nearest: &[Neighbor], year: MatchYear) -> Option<Diagnostic> {
        if nearest.is_empty() {
            return Some(Diagnostic::no_peers(words::NO_OTHER_DISTRICT));
        }
        let MatchYear { year, complete, reporting, is_covered } = year;
        let coverage = self.catalog.peers.year_coverage;
        (!is_covered).then(|| Diagnostic::peers_year_thin(&year.to_string(), complete, reporting, coverage))
    }

    /// The nearest districts, with those chosen by hand replacing the farthest. A district that is itself
    /// excluded is placed by the scales of the others.
    fn nearest(
        &self,
        district: u32,
        serving: ServingYear<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Neighbor> {
        let (excluded, wanted) = match self.choice_by_hand(district) {
            Some(choice) => (
                self.other_districts(&choice.exclude, district, diagnostics),
                self.other_districts(&choice.include, district, diagnostics),
            ),
            None => (Vec::new(), Vec::new()),
        };
        let Some(own) = self.place(serving.space, serving.year.year, district) else { return Vec::new() };
        let included = self.distances_to(&wanted, &own, serving, diagnostics);
        let count = self.settings.count.saturating_sub(included.len());
        let mut nearest = serving.space.nearest(&own, district, count, |code| {
            !excluded.contains(&code) && included.iter().all(|neighbor| neighbor.id != code)
        });
        nearest.extend(included);
        nearest.sort_unstable();
        nearest
    }

    fn choice_by_hand(&self, district: u32) -> Option<&'a ByHand> {
        let choice = self.settings.by_hand.as_ref();
        choice.filter(|choice| choice.district == self.terms.districts[district as usize].id)
    }

    /// The codes of districts other than this one, with a warning if no source has one.
    fn other_districts(
        &self,
        ids: &[DistrictId],
        district: u32,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<u32> {
        let mut codes = Vec::new();
        for id in ids {
            match self.terms.district(id).filter(|code| *code != district) {
                Some(code) => codes.push(code),
                None => diagnostics.push(Diagnostic::peer_unknown(id.as_str(), words::NOT_ANOTHER_DISTRICT)),
            }
        }
        codes
    }

    /// The distances to districts chosen by hand, with a warning if one cannot be matched.
    fn distances_to(
        &self,
        wanted: &[u32],
        own: &[f64],
        serving: ServingYear<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Neighbor> {
        let mut neighbors = Vec::new();
        for code in wanted {
            match self.place(serving.space, serving.year.year, *code) {
                Some(place) => {
                    let distance = serving.space.distance(own, &place);
                    neighbors.push(Neighbor { distance, id: *code });
                }
                None => diagnostics.push(Diagnostic::peer_unknown(
                    &self.terms.districts[*code as usize].shown_id,
                    &self.what_is_missing(*code),
                )),
            }
        }
        neighbors
    }

    fn variables(&self, year: SchoolYear, district: u32) -> Vec<PeerVariable> {
        let values = self.matching.complete(year, district).unwrap_or_default();
        let variables = self.matching.variables.iter().zip(values);
        variables.map(|(variable, value)| self.peer_variable(variable, value)).collect()
    }

    fn peer_variable(&self, variable: &MatchingVariable, value: f64) -> PeerVariable {
        let measure = variable.key().and_then(|key| self.catalog.measures.get(&key.measure));
        PeerVariable {
            name: variable.name.clone(),
            label: variable.label.clone(),
            key: variable.key().cloned(),
            unit: measure.map(|m| m.unit),
            value,
        }
    }

    fn peer(&self, neighbor: Neighbor, year: SchoolYear) -> Peer {
        let Neighbor { distance, id: code } = neighbor;
        let values = self.matching.complete(year, code).unwrap_or_default();
        Peer { district: called(&self.terms.districts[code as usize]), code, distance, values }
    }

    /// The attributes that the peers share with the district, by name.
    fn named_attributes(&self, district: u32) -> Vec<(String, String)> {
        let named = self.settings.within.iter().zip(self.shared_attributes(district));
        named.filter_map(|(name, value)| Some((name.clone(), value?.to_owned()))).collect()
    }

    /// What a district that cannot be matched is missing, worded for the user.
    fn what_is_missing(&self, district: u32) -> String {
        let name = &self.terms.districts[district as usize].name;
        let never = self.matching.never_reported(district);
        if !never.is_empty() {
            return words::never_reported(name, &never);
        }
        match self.settings.year {
            Some(year) => words::incomplete_in(name, year),
            None => words::never_complete(name),
        }
    }
}
