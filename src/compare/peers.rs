//! The peer group: the districts that the chosen one can fairly be compared with.
//!
//! Candidates share the `within` attributes with the district (one that the district lacks is skipped; a grade span that no
//! source says is told from students by grade, see [`span`](super::span)), are not left out by the project, and have every
//! matching variable in the year that serves: the one that the project names, or the latest in which at least
//! `year-coverage` percent of the districts that share the attributes and report at all (in that year or the two before)
//! have every variable, nothing standing in for a missing one, and the district itself can be matched. Where there is
//! none, the year with most such districts serves, with a warning. A masked value stays none, unless the project says
//! what it is read as.
//! Distances as in [`likeness`](super::likeness).
//!
//! Degenerate: a district that never has every variable in one year has no peers, and a warning says what it
//! lacks; with fewer candidates than wanted, all of them are peers.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::alike::{Alike, Otherwise, Stays, otherwise};
use super::comparison::{Peer, PeerGroup, PeerVariable};
use super::expected::Matched;
use super::likeness::{Space, nearer};
use super::matching::{MatchYear, Matching, Variable};
use super::peer_settings::PeerSettings;
use super::span::spans;
use super::verdict::Verdicts;
use crate::catalog::{Catalog, GradeSpan, LeaveOut};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::Released;
use crate::domain::{District, DistrictId, SchoolYear, Terms};

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

/// The districts that `district` could have been matched with, itself among them, with their standardised matching
/// variables, in each year in which it has them all and nearly all others do too; where no year is such, in the one that
/// serves for its peers; none where it cannot be matched.
pub(super) fn matched(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    district: u32,
) -> Vec<Matched> {
    let Ok(mut chooser) = Chooser::new(released, catalog, settings) else { return Vec::new() };
    chooser.prepare(district);
    let Some(pool) = chooser.pools.get(&chooser.within(district)) else { return Vec::new() };
    let own = |y: &&MatchYear| chooser.matching.complete(y.year, district).is_some();
    let covered: Vec<SchoolYear> =
        pool.years.iter().filter(own).filter(|y| y.is_covered).map(|y| y.year).collect();
    let years = if covered.is_empty() {
        chooser.year(pool, district).into_iter().map(|y| y.year).collect()
    } else {
        covered
    };
    let of_year = |year: SchoolYear| {
        let space = chooser.matching.space(year, &pool.members);
        Matched { year, districts: space.rows().map(|(code, values)| (code, values.to_vec())).collect() }
    };
    years.into_iter().map(of_year).collect()
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
    catalog: &'a Catalog,
    settings: &'a PeerSettings,
    matching: Matching,
    /// Which districts are left out.
    is_left_out: Vec<bool>,
    /// The districts' grade spans, told from their students, where `within` asks for the attribute.
    spans: Vec<Option<&'static str>>,
    problems: Vec<Diagnostic>,
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
    let mut chooser = match Chooser::new(released, catalog, settings) {
        Ok(chooser) => chooser,
        Err(nobody) => return districts.iter().map(|_| (*nobody).clone()).collect(),
    };
    districts.iter().for_each(|d| chooser.prepare(*d));
    districts.par_iter().map(|district| chooser.group(*district)).collect()
}

/// How like the peers of each district are: see [`Alike`]; `groups` are districts' codes with their peers. `None` where
/// there are none. What is the same for many districts is computed once.
#[must_use]
pub fn alike(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    groups: &[(u32, &PeerGroup)],
) -> Vec<Option<Alike>> {
    let Ok(mut chooser) = Chooser::new(released, catalog, settings) else {
        return groups.iter().map(|_| None).collect();
    };
    let districts: Vec<u32> = groups.iter().map(|g| g.0).collect();
    districts.iter().for_each(|d| chooser.prepare(*d));
    let usual: BTreeMap<_, Option<f64>> =
        chooser.spaces.par_iter().map(|(at, space)| (at, space.typical_nearest())).collect();
    let Some(verdicts) = Verdicts::new(released, catalog) else {
        return groups.iter().map(|_| None).collect();
    };
    let others: Vec<(Otherwise, Vec<Warned<PeerGroup>>)> = otherwise(settings)
        .into_iter()
        .map(|way| {
            let chosen = choose(released, catalog, &way.settings, &districts);
            (way, chosen)
        })
        .collect();
    let one = |(i, (district, group)): (usize, &(u32, &PeerGroup))| {
        let year = chooser.year(chooser.pools.get(&chooser.within(*district))?, *district)?.year;
        let at = (chooser.within(*district), year);
        let space = chooser.spaces.get(&at)?;
        let place = |code: u32| {
            let values = chooser.matching.complete(year, code);
            values.map(|values| space.place(&chooser.matching.scaled(&values)))
        };
        let peers: Vec<Vec<f64>> = group.peers.iter().filter_map(|p| place(p.code)).collect();
        let distances: Vec<f64> = group.peers.iter().map(|p| p.distance).collect();
        let own = verdicts.own(*district);
        let stays = |wanted: fn(&Otherwise, &PeerGroup) -> bool| -> Vec<Stays> {
            let ways = others.iter().filter(|(way, _)| wanted(way, group));
            ways.filter_map(|(way, chosen)| way.stays(group, &chosen[i].value, (&verdicts, &own))).collect()
        };
        // What the group was not matched by cannot be left out of it.
        let by_variable = stays(|way, group| {
            way.without.as_ref().is_some_and(|name| group.variables.iter().any(|v| v.is_of(name)))
        });
        let stability = (by_variable, stays(|way, _| way.without.is_none()));
        let usual = (*usual.get(&at)?)?;
        let alike =
            Alike::new((catalog.peers.likeness, usual), &distances, (&place(*district)?, &peers), stability);
        Some(alike).filter(|_| !group.peers.is_empty())
    };
    groups.par_iter().enumerate().map(one).collect()
}

fn nobody(why: &str, mut diagnostics: Vec<Diagnostic>) -> Warned<PeerGroup> {
    diagnostics.push(Diagnostic::no_peers(why));
    Warned { value: PeerGroup::default(), diagnostics }
}

impl<'a> Chooser<'a> {
    /// Reads what districts are matched by.
    ///
    /// # Errors
    /// Nobody's peers, and why.
    fn new(
        released: &'a Released,
        catalog: &'a Catalog,
        settings: &'a PeerSettings,
    ) -> Result<Self, Box<Warned<PeerGroup>>> {
        let view = released.view().map_err(|e| Box::new(nobody(&e.to_string(), Vec::new())))?;
        let (matching, mut problems) = Matching::read(released, &view, settings);
        problems.extend(settings.attributes_of_other_years(released.terms()));
        if matching.variables.is_empty() {
            return Err(Box::new(nobody("no source has a variable to match districts by", problems)));
        }
        let left_out = |district: &District| {
            let matches = |rule: &LeaveOut| {
                let pattern = crate::catalog::pattern(&rule.matches).ok()?;
                district.attribute(&rule.attribute, settings.year).map(|value| pattern.is_match(value))
            };
            settings.leave_out.iter().any(|rule| matches(rule) == Some(true))
        };
        let asked = |span: &&GradeSpan| settings.within.contains(&span.attribute);
        let span = catalog.peers.grade_span.as_ref().filter(asked);
        let unsaid = |span: &&GradeSpan| {
            released.terms().districts.iter().all(|d| !d.attributes.contains_key(&span.attribute))
        };
        Ok(Self {
            // Where a source says the spans, its words are not mixed with ours.
            spans: span
                .filter(unsaid)
                .map_or_else(Vec::new, |span| spans(released, &view, span, settings.year)),
            terms: released.terms(),
            settings,
            catalog,
            matching,
            is_left_out: released.terms().districts.iter().map(left_out).collect(),
            problems,
            pools: BTreeMap::new(),
            spaces: BTreeMap::new(),
        })
    }

    fn within(&self, district: u32) -> Within<'a> {
        let own = &self.terms.districts[district as usize];
        let value = |name: &String| {
            own.attribute(name, self.settings.year).or_else(|| {
                self.spans.get(district as usize).copied().flatten().filter(|_| self.is_span(name))
            })
        };
        self.settings.within.iter().map(value).collect()
    }

    /// Whether an attribute is the grade span.
    fn is_span(&self, attribute: &str) -> bool {
        self.catalog.peers.grade_span.as_ref().is_some_and(|span| span.attribute == attribute)
    }

    /// Makes the pool and the standardised values that the district needs, unless another needed them before.
    fn prepare(&mut self, district: u32) {
        let within = self.within(district);
        if !self.pools.contains_key(&within) {
            // A grade span that cannot be told of another district does not set it apart.
            let fits = |((own, other), name): ((&Option<&str>, &Option<&str>), &String)| {
                own.is_none() || own == other || (other.is_none() && self.is_span(name))
            };
            let shares = |other: &u32| {
                let other = self.within(*other);
                within.iter().zip(&other).zip(&self.settings.within).all(fits)
            };
            let kept = |d: &u32| !self.is_left_out[*d as usize] && shares(d);
            let members: Vec<u32> = (0..self.terms.districts.len() as u32).filter(kept).collect();
            let mut years = self.matching.ranked_years(&members, self.catalog.peers.year_coverage);
            if let Some(wanted) = self.settings.year {
                years.retain(|y| y.year == wanted);
                years.iter_mut().for_each(|y| y.is_covered = true);
            }
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

    fn group(&self, district: u32) -> Warned<PeerGroup> {
        let within = self.within(district);
        let served = self.pools.get(&within).and_then(|pool| self.year(pool, district));
        let pool = self.pools.get(&within);
        let found = served.and_then(|served| Some((served, self.spaces.get(&(within, served.year))?)));
        let Some((served, space)) = found else {
            return nobody(&self.lacks(district), self.problems.clone());
        };
        let mut diagnostics = self.problems.clone();
        let nearest = self.nearest(district, space, served.year, &mut diagnostics);
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
                self.catalog.peers.year_coverage,
            ));
        }
        let value = PeerGroup {
            year: (!nearest.is_empty()).then_some(served.year),
            variables: self.variables(served.year, district),
            within: self.shared(district),
            candidates: space.len() - usize::from(space.of(district).is_some()),
            without_values: pool.map_or(0, |pool| pool.members.len() - space.len()),
            method: self.matching.method(self.settings, space.len()),
            peers: nearest.iter().map(|(distance, code)| self.peer(*distance, *code, served.year)).collect(),
            alike: None,
        };
        Warned { value, diagnostics }
    }

    /// The nearest, with those chosen by hand in the places of the farthest. A district that is itself left out is
    /// placed by the scales of the others.
    fn nearest(
        &self,
        district: u32,
        space: &Space,
        year: SchoolYear,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<(f64, u32)> {
        let by_hand = self.settings.by_hand.as_ref();
        let by_hand = by_hand.filter(|choice| choice.district == self.terms.districts[district as usize].id);
        let mut codes = |ids: &[DistrictId]| -> Vec<u32> {
            let code = |id: &DistrictId| {
                let found = self.terms.district(id).filter(|code| *code != district);
                if found.is_none() {
                    problems
                        .push(Diagnostic::peer_unknown(id.as_str(), "no source has it as another district"));
                }
                found
            };
            ids.iter().filter_map(code).collect()
        };
        let exclude = by_hand.map_or_else(Vec::new, |choice| codes(&choice.exclude));
        let wanted = by_hand.map_or_else(Vec::new, |choice| codes(&choice.include));
        let place = |code: u32| {
            self.matching.complete(year, code).map(|values| space.place(&self.matching.scaled(&values)))
        };
        let Some(own) = place(district) else { return Vec::new() };
        let mut included: Vec<(f64, u32)> = Vec::new();
        for code in wanted {
            match place(code) {
                Some(there) => included.push((space.distance(&own, &there), code)),
                None => problems.push(Diagnostic::peer_unknown(
                    &self.terms.districts[code as usize].shown_id,
                    &self.lacks(code),
                )),
            }
        }
        let free = self.settings.count.saturating_sub(included.len());
        let is_free = |code: u32| !exclude.contains(&code) && included.iter().all(|i| i.1 != code);
        let mut nearest = space.nearest(&own, district, free, is_free);
        nearest.extend(included);
        nearest.sort_unstable_by(nearer);
        nearest
    }

    fn variables(&self, year: SchoolYear, district: u32) -> Vec<PeerVariable> {
        let values = self.matching.complete(year, district).unwrap_or_default();
        let variable = |(v, value): (&Variable, f64)| PeerVariable {
            name: v.name.clone(),
            label: v.label.clone(),
            key: v.key.clone(),
            unit: v.key.as_ref().and_then(|key| self.catalog.measures.get(&key.measure)).map(|m| m.unit),
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
            match self.settings.year {
                Some(year) => {
                    format!("{name} has not every matching variable in {year}, the year of [peers]")
                }
                None => format!("{name} has no school year with every matching variable"),
            }
        } else {
            format!("{name} has no value that can be used of: {}", never.join(", "))
        }
    }
}
