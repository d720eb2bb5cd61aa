//! What peers are chosen from: the districts that share attributes, the usable years, and the standardized
//! variables.

use std::collections::BTreeMap;
use std::sync::Arc;

use statistics::neighbors::StandardizedSpace;

use super::grade_span::grade_spans;
use super::group::{MatchCandidate, MatchCandidates};
use super::matching::{MatchYear, Matching};
use super::settings::PeerSettings;
use crate::catalog::{Catalog, GradeSpan};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::{FrameView, Released};
use crate::domain::{District, SchoolYear, Terms};
use crate::wording;

/// The attributes that a district's peers must share: the value of each of the settings' `within`.
pub(super) type SharedAttributes<'a> = Vec<Option<&'a str>>;

/// The districts that share attributes, and the years that can be used for them, best first.
pub(super) struct Pool<'a> {
    shared: SharedAttributes<'a>,
    pub(super) members: Vec<u32>,
    years: Vec<MatchYear>,
}

/// Which districts are standardized together: those that share attributes, in one year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SpaceKey<'a> {
    pub(super) shared: SharedAttributes<'a>,
    pub(super) year: SchoolYear,
}

/// The candidates of pools and years that districts needed so far.
pub(super) type KnownCandidates<'a> = BTreeMap<SpaceKey<'a>, Arc<MatchCandidates>>;

/// What peers are chosen from. Anything that several districts need is computed once.
pub(super) struct PeerChooser<'a> {
    pub(super) terms: &'a Terms,
    pub(super) catalog: &'a Catalog,
    pub(super) settings: &'a PeerSettings,
    pub(super) matching: Matching,
    /// For each district, by its code, whether the project excludes it.
    is_left_out: Vec<bool>,
    /// The districts' grade spans, by their codes, derived from their students by grade; empty unless
    /// `within` asks for the attribute and no source has it.
    grade_spans: Vec<Option<&'static str>>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) pools: BTreeMap<SharedAttributes<'a>, Pool<'a>>,
    pub(super) spaces: BTreeMap<SpaceKey<'a>, StandardizedSpace>,
}

/// Why no district can be matched.
pub(super) struct NoMatching {
    pub(super) why: String,
    /// The problems found so far.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> PeerChooser<'a> {
    /// Reads the values by which districts are matched.
    ///
    /// # Errors
    /// The reason, if there is nothing to match districts by.
    pub(super) fn new(
        released: &'a Released,
        catalog: &'a Catalog,
        settings: &'a PeerSettings,
    ) -> Result<Self, NoMatching> {
        let view = released.view().map_err(|e| NoMatching { why: e.to_string(), diagnostics: Vec::new() })?;
        let Warned { value: matching, mut diagnostics } = Matching::read(released, view, settings);
        diagnostics.extend(settings.attributes_of_other_years(released.terms()));
        if matching.variables.is_empty() {
            let why = wording::peer_choice::NOTHING_TO_MATCH_BY.to_owned();
            return Err(NoMatching { why, diagnostics });
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

    /// Prepares the pool and the standardized values that the district needs, unless another district already
    /// needed them.
    pub(super) fn prepare(&mut self, district: u32) {
        let shared = self.shared_attributes(district);
        if !self.pools.contains_key(&shared) {
            let pool = self.pool_of(&shared);
            self.pools.insert(shared.clone(), pool);
        }
        let Some(pool) = self.pools.get(&shared) else { return };
        let Some(MatchYear { year, .. }) = self.best_year(pool, district) else { return };
        let space = self.spaces.entry(SpaceKey { shared, year });
        space.or_insert_with(|| self.matching.space(year, &pool.members));
    }

    pub(super) fn shared_attributes(&self, district: u32) -> SharedAttributes<'a> {
        self.settings.within.iter().map(|name| self.attribute(district, name)).collect()
    }

    /// An attribute of a district, from its source or derived.
    fn attribute(&self, district: u32, name: &str) -> Option<&'a str> {
        let own = &self.terms.districts[district as usize];
        own.attribute(name, self.settings.year).or_else(|| {
            self.grade_spans.get(district as usize).copied().flatten().filter(|_| self.is_grade_span(name))
        })
    }

    fn is_grade_span(&self, attribute: &str) -> bool {
        self.catalog.peers.grade_span.as_ref().is_some_and(|span| span.attribute == attribute)
    }

    /// The districts that have these attributes, and the years that can be used for them.
    fn pool_of(&self, shared: &SharedAttributes<'a>) -> Pool<'a> {
        let all = 0..self.terms.districts.len() as u32;
        let members: Vec<u32> =
            all.filter(|d| !self.is_left_out[*d as usize] && self.has_attributes(*d, shared)).collect();
        let mut years = self.matching.ranked_years(&members, self.catalog.peers.year_coverage);
        if let Some(wanted) = self.settings.year {
            years.retain(|y| y.year == wanted);
            for year in &mut years {
                year.is_covered = true;
            }
        }
        Pool { shared: shared.clone(), members, years }
    }

    /// Whether a district has the attributes in `wanted`, if there are any. A district whose grade span
    /// cannot be derived is not excluded for that.
    fn has_attributes(&self, district: u32, wanted: &SharedAttributes<'a>) -> bool {
        self.settings.within.iter().zip(wanted).all(|(name, wanted)| {
            let own = self.attribute(district, name);
            wanted.is_none() || own == *wanted || (own.is_none() && self.is_grade_span(name))
        })
    }

    /// The best year in which the district itself has every variable.
    pub(super) fn best_year(&self, pool: &Pool<'a>, district: u32) -> Option<MatchYear> {
        pool.years.iter().copied().find(|y| self.matching.complete(y.year, district).is_some())
    }

    /// The districts that `district` could have been matched with, by year; those that are not `known` are added to it.
    pub(super) fn candidates(
        &self,
        district: u32,
        known: &mut KnownCandidates<'a>,
    ) -> Vec<Arc<MatchCandidates>> {
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
        years.into_iter().map(|year| self.candidates_in(year, pool, known)).collect()
    }

    fn candidates_in(
        &self,
        year: SchoolYear,
        pool: &Pool<'a>,
        known: &mut KnownCandidates<'a>,
    ) -> Arc<MatchCandidates> {
        let key = SpaceKey { shared: pool.shared.clone(), year };
        Arc::clone(known.entry(key).or_insert_with(|| Arc::new(self.all_candidates(year, pool))))
    }

    fn all_candidates(&self, year: SchoolYear, pool: &Pool<'a>) -> MatchCandidates {
        let space = self.matching.space(year, &pool.members);
        let districts =
            space.items().map(|(id, values)| MatchCandidate { district: id, variables: values.to_vec() });
        let shared = pool.shared.iter().map(|value| value.map(str::to_owned)).collect();
        MatchCandidates { pool: Arc::new(shared), year, districts: districts.collect() }
    }

    /// The districts that a district is standardized with, if it can be matched. It must be prepared.
    pub(super) fn space_key(&self, district: u32) -> Option<SpaceKey<'a>> {
        let shared = self.shared_attributes(district);
        let year = self.best_year(self.pools.get(&shared)?, district)?.year;
        Some(SpaceKey { shared, year })
    }

    /// All sets of districts standardized together, for the prepared districts.
    pub(super) const fn spaces(&self) -> &BTreeMap<SpaceKey<'a>, StandardizedSpace> {
        &self.spaces
    }

    /// The standardized values of a district on the scales of others; `None` unless it has every variable in
    /// their year.
    pub(super) fn standardized(&self, key: &SpaceKey<'a>, district: u32) -> Option<Vec<f64>> {
        self.place(self.spaces.get(key)?, key.year, district)
    }

    pub(super) fn place(
        &self,
        space: &StandardizedSpace,
        year: SchoolYear,
        district: u32,
    ) -> Option<Vec<f64>> {
        let values = self.matching.complete(year, district)?;
        Some(space.standardize(&self.matching.scaled(&values)))
    }
}

/// The grade spans, if the settings ask for them. If a source has any, its labels are not mixed with ours.
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

/// Whether a source has the grade span for any district.
fn has_grade_spans(districts: &[District], span: &GradeSpan) -> bool {
    districts.iter().any(|d| d.attributes.contains_key(&span.attribute))
}
