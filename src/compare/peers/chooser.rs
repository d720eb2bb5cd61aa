//! Choosing peers: the districts that share attributes, the year that serves, and the nearest in it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use statistics::neighbors::{Neighbor, StandardizedSpace};

use super::grade_span::grade_spans;
use super::group::{MatchCandidate, MatchCandidates, Peer, PeerGroup, PeerVariable};
use super::matching::{MatchYear, Matching};
use super::settings::{ByHand, PeerSettings};
use super::variables::MatchingVariable;
use crate::catalog::{Catalog, GradeSpan};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::{FrameView, Released};
use crate::domain::{District, DistrictId, SchoolYear, Terms};

/// The attributes that a district's peers must share: the value of each of the settings' `within`.
type SharedAttributes<'a> = Vec<Option<&'a str>>;

/// The districts that share attributes, and the years that may serve for them, best first.
struct Pool {
    members: Vec<u32>,
    years: Vec<MatchYear>,
}

/// Which districts are standardized together: those that share attributes, in a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SpaceKey<'a> {
    shared: SharedAttributes<'a>,
    year: SchoolYear,
}

/// The year that serves for a district, and the standardized districts of that year.
#[derive(Clone, Copy)]
struct ServingYear<'s> {
    year: MatchYear,
    space: &'s StandardizedSpace,
}

/// Chooses peers; what several districts need is made once.
pub(super) struct PeerChooser<'a> {
    terms: &'a Terms,
    catalog: &'a Catalog,
    settings: &'a PeerSettings,
    matching: Matching,
    /// Whether the project leaves out the district, by its code.
    is_left_out: Vec<bool>,
    /// The districts' grade spans, by their codes, derived from their students, where `within` asks for the attribute and
    /// no source has it; otherwise empty.
    grade_spans: Vec<Option<&'static str>>,
    diagnostics: Vec<Diagnostic>,
    pools: BTreeMap<SharedAttributes<'a>, Pool>,
    spaces: BTreeMap<SpaceKey<'a>, StandardizedSpace>,
}

/// The peers of some districts, in their order.
pub(super) fn choose(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    districts: &[u32],
) -> Vec<Warned<PeerGroup>> {
    if settings.count == 0 {
        return districts.iter().map(|_| Warned::clean(PeerGroup::default())).collect();
    }
    let mut chooser = match PeerChooser::new(released, catalog, settings) {
        Ok(chooser) => chooser,
        Err(nobody) => return districts.iter().map(|_| (*nobody).clone()).collect(),
    };
    districts.iter().for_each(|d| chooser.prepare(*d));
    districts.par_iter().map(|district| chooser.group(*district)).collect()
}

/// An empty group, with the reason.
fn nobody(why: &str, mut diagnostics: Vec<Diagnostic>) -> Warned<PeerGroup> {
    diagnostics.push(Diagnostic::no_peers(why));
    Warned { value: PeerGroup::default(), diagnostics }
}

impl<'a> PeerChooser<'a> {
    /// Reads what districts are matched by.
    ///
    /// # Errors
    /// An empty group, and why.
    pub(super) fn new(
        released: &'a Released,
        catalog: &'a Catalog,
        settings: &'a PeerSettings,
    ) -> Result<Self, Box<Warned<PeerGroup>>> {
        let view = released.view().map_err(|e| Box::new(nobody(&e.to_string(), Vec::new())))?;
        let Warned { value: matching, mut diagnostics } = Matching::read(released, view, settings);
        diagnostics.extend(settings.attributes_of_other_years(released.terms()));
        if matching.variables.is_empty() {
            return Err(Box::new(nobody("no source has a variable to match districts by", diagnostics)));
        }
        let districts = released.terms().districts.iter();
        Ok(Self {
            grade_spans: derived_grade_spans(released, view, catalog, settings),
            terms: released.terms(),
            settings,
            catalog,
            matching,
            is_left_out: districts.map(|district| settings.leaves_out(district)).collect(),
            diagnostics,
            pools: BTreeMap::new(),
            spaces: BTreeMap::new(),
        })
    }

    /// Makes the pool and the standardized values that the district needs, unless another needed them before.
    pub(super) fn prepare(&mut self, district: u32) {
        let shared = self.shared_attributes(district);
        if !self.pools.contains_key(&shared) {
            let pool = self.pool_of(&shared);
            self.pools.insert(shared.clone(), pool);
        }
        let Some(pool) = self.pools.get(&shared) else { return };
        let Some(MatchYear { year, .. }) = self.best_year(pool, district) else { return };
        let space = || self.matching.space(year, &pool.members);
        self.spaces.entry(SpaceKey { shared, year }).or_insert_with(space);
    }

    fn shared_attributes(&self, district: u32) -> SharedAttributes<'a> {
        self.settings.within.iter().map(|name| self.attribute(district, name)).collect()
    }

    /// An attribute of a district, as its source has it, or as it is derived.
    fn attribute(&self, district: u32, name: &str) -> Option<&'a str> {
        let own = &self.terms.districts[district as usize];
        own.attribute(name, self.settings.year).or_else(|| {
            self.grade_spans.get(district as usize).copied().flatten().filter(|_| self.is_grade_span(name))
        })
    }

    fn is_grade_span(&self, attribute: &str) -> bool {
        self.catalog.peers.grade_span.as_ref().is_some_and(|span| span.attribute == attribute)
    }

    /// The districts that have these attributes, and the years that may serve for them.
    fn pool_of(&self, shared: &SharedAttributes<'a>) -> Pool {
        let all = 0..self.terms.districts.len() as u32;
        let members: Vec<u32> =
            all.filter(|d| !self.is_left_out[*d as usize] && self.has_attributes(*d, shared)).collect();
        let mut years = self.matching.ranked_years(&members, self.catalog.peers.year_coverage);
        if let Some(wanted) = self.settings.year {
            years.retain(|y| y.year == wanted);
            years.iter_mut().for_each(|y| y.is_covered = true);
        }
        Pool { members, years }
    }

    /// Whether a district has the attributes `wanted`, where there are such. A grade span that cannot be derived does not
    /// set a district apart.
    fn has_attributes(&self, district: u32, wanted: &SharedAttributes<'a>) -> bool {
        self.settings.within.iter().zip(wanted).all(|(name, wanted)| {
            let own = self.attribute(district, name);
            wanted.is_none() || own == *wanted || (own.is_none() && self.is_grade_span(name))
        })
    }

    /// The best year in which the district itself has every variable.
    fn best_year(&self, pool: &Pool, district: u32) -> Option<MatchYear> {
        pool.years.iter().copied().find(|y| self.matching.complete(y.year, district).is_some())
    }

    /// The districts that `district` could have been matched with, by year.
    pub(super) fn candidates(&self, district: u32) -> Vec<MatchCandidates> {
        let Some(pool) = self.pools.get(&self.shared_attributes(district)) else { return Vec::new() };
        let mut years: Vec<SchoolYear> = pool
            .years
            .iter()
            .filter(|y| y.is_covered && self.matching.complete(y.year, district).is_some())
            .map(|y| y.year)
            .collect();
        if years.is_empty() {
            years.extend(self.best_year(pool, district).map(|y| y.year));
        }
        years.into_iter().map(|year| self.candidates_in(year, pool)).collect()
    }

    fn candidates_in(&self, year: SchoolYear, pool: &Pool) -> MatchCandidates {
        let space = self.matching.space(year, &pool.members);
        let districts =
            space.items().map(|(id, values)| MatchCandidate { district: id, variables: values.to_vec() });
        MatchCandidates { year, districts: districts.collect() }
    }

    /// What a district is standardized with, where it can be matched. It must be prepared.
    pub(super) fn space_key(&self, district: u32) -> Option<SpaceKey<'a>> {
        let shared = self.shared_attributes(district);
        let year = self.best_year(self.pools.get(&shared)?, district)?.year;
        Some(SpaceKey { shared, year })
    }

    /// All that are standardized together, of the districts that are prepared.
    pub(super) const fn spaces(&self) -> &BTreeMap<SpaceKey<'a>, StandardizedSpace> {
        &self.spaces
    }

    /// The standardized values of a district in the space of others; `None` unless it has every variable in their year.
    pub(super) fn standardized(&self, key: &SpaceKey<'a>, district: u32) -> Option<Vec<f64>> {
        self.place(self.spaces.get(key)?, key.year, district)
    }

    fn place(&self, space: &StandardizedSpace, year: SchoolYear, district: u32) -> Option<Vec<f64>> {
        let values = self.matching.complete(year, district)?;
        Some(space.standardize(&self.matching.scaled(&values)))
    }

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
        };
        Warned { value, diagnostics }
    }

    fn serving_year(
        &self,
        pool: &Pool,
        shared: SharedAttributes<'a>,
        district: u32,
    ) -> Option<ServingYear<'_>> {
        let year = self.best_year(pool, district)?;
        let space = self.spaces.get(&SpaceKey { shared, year: year.year })?;
        Some(ServingYear { year, space })
    }

    /// The warning of a group of nobody, or of a year that too few districts have.
    fn warning(&self, nearest: &[Neighbor], year: MatchYear) -> Option<Diagnostic> {
        if nearest.is_empty() {
            let why = "no other district shares its attributes and has every matching variable";
            return Some(Diagnostic::no_peers(why));
        }
        let MatchYear { year, complete, reporting, is_covered } = year;
        let coverage = self.catalog.peers.year_coverage;
        (!is_covered).then(|| Diagnostic::peers_year_thin(&year.to_string(), complete, reporting, coverage))
    }

    /// The nearest, with those chosen by hand in the places of the farthest. A district that is itself left out is
    /// placed by the scales of the others.
    fn nearest(
        &self,
        district: u32,
        serving: ServingYear<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Neighbor> {
        let by_hand = self.choice_by_hand(district);
        let excluded = by_hand
            .map_or_else(Vec::new, |choice| self.other_districts(&choice.exclude, district, diagnostics));
        let wanted = by_hand
            .map_or_else(Vec::new, |choice| self.other_districts(&choice.include, district, diagnostics));
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

    /// The codes of districts other than this one, with a warning where no source has one.
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
                None => diagnostics
                    .push(Diagnostic::peer_unknown(id.as_str(), "no source has it as another district")),
            }
        }
        codes
    }

    /// The distances to districts that are wanted, with a warning where one cannot be matched.
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
        Peer { district: self.terms.districts[code as usize].clone(), code, distance, values }
    }

    /// The attributes that the peers share with the district, by name.
    fn named_attributes(&self, district: u32) -> Vec<(String, String)> {
        let named = self.settings.within.iter().zip(self.shared_attributes(district));
        named.filter_map(|(name, value)| Some((name.clone(), value?.to_owned()))).collect()
    }

    /// What a district that cannot be matched lacks, for the user.
    fn what_is_missing(&self, district: u32) -> String {
        let name = &self.terms.districts[district as usize].name;
        let never = self.matching.never_reported(district);
        if !never.is_empty() {
            return format!("{name} has no value that can be used of: {}", never.join(", "));
        }
        match self.settings.year {
            Some(year) => format!("{name} has not every matching variable in {year}, the year of [peers]"),
            None => format!("{name} has no school year with every matching variable"),
        }
    }
}

/// The grade spans, where the settings ask for them. Where a source has them, its words are not mixed with ours.
fn derived_grade_spans(
    released: &Released,
    view: FrameView<'_>,
    catalog: &Catalog,
    settings: &PeerSettings,
) -> Vec<Option<&'static str>> {
    let wanted = catalog.peers.grade_span.as_ref().filter(|span| settings.within.contains(&span.attribute));
    match wanted {
        Some(span) if !has_grade_spans(&released.terms().districts, span) => {
            grade_spans(released, view, span, settings.year)
        }
        _ => Vec::new(),
    }
}

/// Whether a source has the grade span of any district.
fn has_grade_spans(districts: &[District], span: &GradeSpan) -> bool {
    districts.iter().any(|d| d.attributes.contains_key(&span.attribute))
}
