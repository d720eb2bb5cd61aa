//! The grid: domain × measure × year, for the district, with how many other districts have the measure.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Known;
use crate::domain::{ALL, Status};

/// What is there of a measure in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Published, or computed from what is.
    Reported,
    /// Hidden by the publisher.
    Masked,
    /// Hidden by this program, since it rests on too few people.
    Withheld,
    /// A blank, or a mark that says that nothing was published.
    Missing,
    /// No file speaks of it.
    NotThere,
}

/// One domain's part of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct DomainCoverage {
    /// Domain id.
    pub domain: String,
    /// Its heading.
    pub label: String,
    /// The grid's years, ascending: the school years' ends.
    pub years: Vec<i32>,
    /// Its measures of which anything is there, in the catalog's order of ids.
    pub measures: Vec<MeasureCoverage>,
    /// Labels of its measures of which nothing is there.
    pub without: Vec<String>,
}

/// One row of the grid.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureCoverage {
    /// Measure id.
    pub measure: String,
    /// Its label.
    pub label: String,
    /// What is there each year, for all students where that is published, else for any group or grade.
    pub states: Vec<State>,
    /// How many student groups have a value in any year.
    pub groups: usize,
    /// How many other districts have it in any year.
    pub other_districts: usize,
}

/// The grid of the district's coverage.
pub(super) fn coverage(known: &Known<'_>) -> Vec<DomainCoverage> {
    let rows = rows(known);
    let mut grid = Vec::new();
    for domain in &known.catalog.domains {
        let measures: Vec<_> = known.catalog.measures.values().filter(|m| m.domain == domain.id).collect();
        let there = |id: &str| rows.get(id).filter(|row| !row.states.is_empty());
        let years: BTreeSet<i32> =
            measures.iter().filter_map(|m| there(&m.id)).flat_map(|row| row.states.keys().copied()).collect();
        let (have, lack): (Vec<_>, Vec<_>) = measures.into_iter().partition(|m| there(&m.id).is_some());
        let row = |m: &&crate::catalog::Measure| {
            let row = there(&m.id)?;
            let state = |year: &i32| row.states.get(year).map_or(State::NotThere, |(state, _)| *state);
            Some(MeasureCoverage {
                measure: m.id.clone(),
                label: m.label.clone(),
                states: years.iter().map(state).collect(),
                groups: row.groups.len(),
                other_districts: row.others.len(),
            })
        };
        grid.push(DomainCoverage {
            domain: domain.id.clone(),
            label: domain.label.clone(),
            measures: have.iter().filter_map(row).collect(),
            without: lack.iter().map(|m| m.label.clone()).collect(),
            years: years.into_iter().collect(),
        });
    }
    grid
}

#[derive(Default)]
struct Row {
    /// By year: the state, and whether it is of all students.
    states: BTreeMap<i32, (State, bool)>,
    groups: BTreeSet<u32>,
    others: BTreeSet<u32>,
}

fn rows<'a>(known: &Known<'a>) -> BTreeMap<&'a str, Row> {
    let terms = known.released.terms();
    let own = terms.district(&known.comparisons.district.id);
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let Ok(view) = known.released.view() else { return rows };
    for run in known.released.runs() {
        let row = rows.entry(terms.measures[run.key.measure as usize].as_str()).or_default();
        let whole = terms.groups[run.key.group as usize] == ALL;
        for value in view.rows(run.rows.clone()) {
            if Some(value.district) != own {
                if value.value.is_some() {
                    row.others.insert(value.district);
                }
                continue;
            }
            let state = state(value.status);
            let better = |(known, of_all): &(State, bool)| {
                (whole && !of_all) || (whole == *of_all && rank(state) < rank(*known))
            };
            match row.states.get_mut(&value.year) {
                Some(known) if better(known) => *known = (state, whole),
                Some(_) => {}
                None => _ = row.states.insert(value.year, (state, whole)),
            }
            if value.value.is_some() && !whole {
                row.groups.insert(run.key.group);
            }
        }
    }
    rows
}

const fn state(status: Status) -> State {
    match status {
        Status::Reported => State::Reported,
        Status::Masked => State::Masked,
        Status::Withheld => State::Withheld,
        Status::Missing | Status::NotApplicable => State::Missing,
    }
}

const fn rank(state: State) -> u8 {
    state as u8
}
