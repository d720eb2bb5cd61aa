//! What districts are matched by: the matching variables, and the year whose values serve.

use std::collections::BTreeMap;

use super::likeness::Space;
use super::peers::PeerSettings;
use crate::catalog::{Catalog, MatchVariable, Scale};
use crate::diagnostic::Diagnostic;
use crate::disclosure::{FrameView, Released};
use crate::domain::{MeasureKey, SchoolYear};

/// A district counts as reporting in a year when it has a matching variable in that year or in the two before,
/// so that the few that are ahead of the others don't pass for all.
const STILL_REPORTING: i32 = 3;

/// One matching variable.
#[derive(Debug)]
pub(super) struct Variable<'a> {
    pub(super) name: &'a str,
    pub(super) spec: &'a MatchVariable,
    pub(super) key: MeasureKey,
}

/// The matching variables of all districts and years.
#[derive(Debug)]
pub(super) struct Matching<'a> {
    /// The variables, in the order of the settings.
    pub(super) variables: Vec<Variable<'a>>,
    /// By year, district and variable, as published; `None` where there is none, or none to take a logarithm of.
    years: BTreeMap<i32, Vec<Option<f64>>>,
}

/// A year that may serve to choose peers in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MatchYear {
    /// The year.
    pub(super) year: SchoolYear,
    /// Districts that have every variable.
    pub(super) complete: usize,
    /// Districts that report at all.
    pub(super) reporting: usize,
    /// Whether so many are complete as there should be.
    pub(super) is_covered: bool,
}

impl<'a> Matching<'a> {
    /// Reads the variables that `settings` names; those that no source has are left out with a warning.
    pub(super) fn read(
        released: &Released,
        view: &FrameView<'_>,
        catalog: &'a Catalog,
        settings: &'a PeerSettings,
    ) -> (Self, Vec<Diagnostic>) {
        let (mut variables, mut problems) = (Vec::new(), Vec::new());
        for name in &settings.matching {
            let spec = catalog.peers.variable.get(name);
            match spec.map(|spec| variable(name, spec)) {
                None => problems.push(Diagnostic::match_left_out(name, "there is no such variable")),
                Some(v) if released.run(&v.key).is_none() => {
                    problems.push(Diagnostic::match_left_out(name, "no source has it"));
                }
                Some(v) => variables.push(v),
            }
        }
        let years = values(released, view, &variables);
        (Self { variables, years }, problems)
    }

    /// What `district` has in `year`, variable by variable.
    fn of(&self, year: i32, district: u32) -> Option<&[Option<f64>]> {
        let width = self.variables.len();
        self.years.get(&year)?.get(district as usize * width..(district as usize + 1) * width)
    }

    /// The district's values in a year, or `None` unless it has all of them.
    pub(super) fn complete(&self, year: SchoolYear, district: u32) -> Option<Vec<f64>> {
        self.of(year.end(), district)?.iter().copied().collect()
    }

    fn has_all(&self, year: i32, district: u32) -> bool {
        self.of(year, district).is_some_and(|values| values.iter().all(Option::is_some))
    }

    fn has_any(&self, year: i32, district: u32) -> bool {
        self.of(year, district).is_some_and(|values| values.iter().any(Option::is_some))
    }

    /// Names of the variables that `district` has in no year.
    pub(super) fn never_reported(&self, district: u32) -> Vec<&'a str> {
        let reported =
            |i: usize| self.years.keys().any(|y| self.of(*y, district).is_some_and(|v| v[i].is_some()));
        self.variables.iter().enumerate().filter(|(i, _)| !reported(*i)).map(|(_, v)| v.name).collect()
    }

    /// The years that may serve for the districts `members`, best first: those in which at least `coverage`
    /// percent of the reporting districts have every variable, latest first; then the others, by how many do.
    pub(super) fn ranked_years(&self, members: &[u32], coverage: f64) -> Vec<MatchYear> {
        let mut ranked: Vec<MatchYear> =
            self.years.keys().filter_map(|year| self.match_year(*year, members, coverage)).collect();
        ranked.sort_by_key(|y| {
            let complete = if y.is_covered { usize::MAX } else { y.complete };
            std::cmp::Reverse((complete, y.year))
        });
        ranked
    }

    fn match_year(&self, year: i32, members: &[u32], coverage: f64) -> Option<MatchYear> {
        let still = |district: u32| (0..STILL_REPORTING).any(|ago| self.has_any(year - ago, district));
        let complete = members.iter().filter(|d| self.has_all(year, **d)).count();
        let reporting = members.iter().filter(|d| still(**d)).count();
        let is_covered = complete > 1 && 100.0 * complete as f64 >= coverage * reporting as f64;
        let year = SchoolYear::ending(year).ok()?;
        (complete > 0).then_some(MatchYear { year, complete, reporting, is_covered })
    }

    /// The districts of `members` that have every variable in `year`, standardised.
    pub(super) fn space(&self, year: SchoolYear, members: &[u32]) -> Space {
        let (mut districts, mut values) = (Vec::new(), Vec::new());
        for district in members {
            let Some(own) = self.complete(year, *district) else { continue };
            districts.push(*district);
            values.extend(own.iter().zip(&self.variables).map(|(v, variable)| match variable.spec.scale {
                Scale::Linear => *v,
                Scale::Log => libm::log(*v),
            }));
        }
        Space::new(districts, values, self.variables.len())
    }
}

fn variable<'a>(name: &'a str, spec: &'a MatchVariable) -> Variable<'a> {
    let key = MeasureKey { group: spec.group.clone(), ..MeasureKey::whole(&spec.measure) };
    Variable { name, spec, key }
}

fn values(
    released: &Released,
    view: &FrameView<'_>,
    variables: &[Variable<'_>],
) -> BTreeMap<i32, Vec<Option<f64>>> {
    let size = released.terms().districts.len() * variables.len();
    let mut years: BTreeMap<i32, Vec<Option<f64>>> = BTreeMap::new();
    for (i, variable) in variables.iter().enumerate() {
        let Some(run) = released.run(&variable.key) else { continue };
        let has_logarithm = |v: f64| variable.spec.scale == Scale::Linear || v > 0.0;
        for row in view.rows(run.rows.clone()) {
            let value = row.value.filter(|v| v.is_finite() && has_logarithm(*v));
            let year = years.entry(row.year).or_insert_with(|| vec![None; size]);
            year[row.district as usize * variables.len() + i] = value;
        }
    }
    years
}
