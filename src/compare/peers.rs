//! The peer group: the districts that the chosen one can fairly be compared with.
//!
//! Candidates share the `within` attributes with the district (one that the district lacks is skipped), and have
//! every matching variable in the year that serves: the latest in which at least `year-coverage` percent of the
//! districts that share the attributes and report at all (in that year or the two before) have every variable,
//! and the district itself too. Where there is none, the year with most such districts serves, with a warning.
//! Distances as in [`likeness`](super::likeness).
//!
//! Degenerate: a district that never has every variable in one year has no peers, and a warning says what it
//! lacks; with fewer candidates than wanted, all of them are peers.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::comparison::{Peer, PeerGroup, PeerVariable};
use super::likeness::Space;
use super::matching::{MatchYear, Matching};
use crate::catalog::{Catalog, PeersSpec};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::Released;
use crate::domain::{SchoolYear, Terms};

/// How peers are chosen in a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeerSettings {
    /// How many.
    pub count: usize,
    /// Names of the matching variables (`catalog/peers.toml`).
    pub matching: Vec<String>,
    /// District attributes that peers must share, where the district has them.
    pub within: Vec<String>,
}

impl From<&PeersSpec> for PeerSettings {
    fn from(spec: &PeersSpec) -> Self {
        Self { count: spec.count, matching: spec.matching.clone(), within: spec.within.clone() }
    }
}

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
/// attributes are standardised once.
#[must_use]
pub fn all_peer_groups(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
) -> Vec<Warned<PeerGroup>> {
    let districts: Vec<u32> = (0..released.terms().districts.len() as u32).collect();
    choose(released, catalog, settings, &districts)
}

/// The attributes that a district's peers must share: the value of each of the settings' `within`.
type Within<'a> = Vec<Option<&'a str>>;

/// The districts that share attributes, and the years that may serve for them, best first.
struct Pool {
    members: Vec<u32>,
    years: Vec<MatchYear>,
}

struct Chooser<'a> {
    terms: &'a Terms,
    settings: &'a PeerSettings,
    coverage: f64,
    matching: Matching<'a>,
    pools: BTreeMap<Within<'a>, Pool>,
    spaces: BTreeMap<(Within<'a>, SchoolYear), Space>,
}

fn choose(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    districts: &[u32],
) -> Vec<Warned<PeerGroup>> {
    if settings.count == 0 {
        return districts.iter().map(|_| Warned::clean(PeerGroup::default())).collect();
    }
    let view = match released.view() {
        Ok(view) => view,
        Err(e) => return districts.iter().map(|_| nobody(&e.to_string(), Vec::new())).collect(),
    };
    let (matching, problems) = Matching::read(released, &view, catalog, settings);
    if matching.variables.is_empty() {
        let why = "no source has a variable to match districts by";
        return districts.iter().map(|_| nobody(why, problems.clone())).collect();
    }
    let mut chooser = Chooser {
        terms: released.terms(),
        settings,
        coverage: catalog.peers.year_coverage,
        matching,
        pools: BTreeMap::new(),
        spaces: BTreeMap::new(),
    };
    districts.iter().for_each(|d| chooser.prepare(*d));
    let group = |room: &mut Vec<(f64, u32)>, district: &u32| chooser.group(*district, &problems, room);
    districts.par_iter().map_init(Vec::new, group).collect()
}

fn nobody(why: &str, mut diagnostics: Vec<Diagnostic>) -> Warned<PeerGroup> {
    diagnostics.push(Diagnostic::no_peers(why));
    Warned { value: PeerGroup::default(), diagnostics }
}

impl<'a> Chooser<'a> {
    fn within(&self, district: u32) -> Within<'a> {
        let attributes = &self.terms.districts[district as usize].attributes;
        self.settings.within.iter().map(|name| attributes.get(name).map(String::as_str)).collect()
    }

    /// Makes the pool and the standardised values that the district needs, unless another needed them before.
    fn prepare(&mut self, district: u32) {
        let within = self.within(district);
        if !self.pools.contains_key(&within) {
            let shares = |other: &u32| {
                let other = self.within(*other);
                within.iter().zip(&other).all(|(own, other)| own.is_none() || own == other)
            };
            let members: Vec<u32> = (0..self.terms.districts.len() as u32).filter(shares).collect();
            let years = self.matching.ranked_years(&members, self.coverage);
            self.pools.insert(within.clone(), Pool { members, years });
        }
        let Some(pool) = self.pools.get(&within) else { return };
        let Some(served) = self.year(pool, district) else { return };
        let space = || self.matching.space(served.year, &pool.members);
        self.spaces.entry((within, served.year)).or_insert_with(space);
    }

    /// The best year in which the district itself has every variable.
    fn year(&self, pool: &Pool, district: u32) -> Option<MatchYear> {
        pool.years.iter().copied().find(|y| self.matching.complete(y.year, district).is_some())
    }

    fn group(&self, district: u32, problems: &[Diagnostic], room: &mut Vec<(f64, u32)>) -> Warned<PeerGroup> {
        let within = self.within(district);
        let served = self.pools.get(&within).and_then(|pool| self.year(pool, district));
        let Some(served) = served else { return nobody(&self.lacks(district), problems.to_vec()) };
        let Some(space) = self.spaces.get(&(within, served.year)) else {
            return nobody(&self.lacks(district), problems.to_vec());
        };
        let nearest = space.nearest(district, self.settings.count, room);
        let mut diagnostics = problems.to_vec();
        if nearest.is_empty() {
            diagnostics.push(Diagnostic::no_peers(
                "no other district shares its attributes and has every matching variable",
            ));
        } else if !served.is_covered {
            let year = served.year.to_string();
            diagnostics.push(Diagnostic::peers_year_thin(
                &year,
                served.complete,
                served.reporting,
                self.coverage,
            ));
        }
        let value = PeerGroup {
            year: (!nearest.is_empty()).then_some(served.year),
            variables: self.variables(served.year, district),
            within: self.shared(district),
            candidates: space.len() - 1,
            peers: nearest.iter().map(|(distance, code)| self.peer(*distance, *code, served.year)).collect(),
        };
        Warned { value, diagnostics }
    }

    fn variables(&self, year: SchoolYear, district: u32) -> Vec<PeerVariable> {
        let values = self.matching.complete(year, district).unwrap_or_default();
        let variable = |(v, value): (&super::matching::Variable<'_>, f64)| PeerVariable {
            name: v.name.to_owned(),
            label: v.spec.label.clone(),
            key: v.key.clone(),
            value,
        };
        self.matching.variables.iter().zip(values).map(variable).collect()
    }

    fn peer(&self, distance: f64, code: u32, year: SchoolYear) -> Peer {
        let values = self.matching.complete(year, code).unwrap_or_default();
        Peer { district: self.terms.districts[code as usize].clone(), code, distance, values }
    }

    fn shared(&self, district: u32) -> Vec<(String, String)> {
        let named = self.settings.within.iter().zip(self.within(district));
        named.filter_map(|(name, value)| Some((name.clone(), value?.to_owned()))).collect()
    }

    fn lacks(&self, district: u32) -> String {
        let name = &self.terms.districts[district as usize].name;
        let never = self.matching.never_reported(district);
        if never.is_empty() {
            format!("{name} has no school year with every matching variable")
        } else {
            format!("{name} has no value that can be used of: {}", never.join(", "))
        }
    }
}
