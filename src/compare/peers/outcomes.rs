//! How the district and its peers do with similar students: the catalog's outcomes, for all students, side by side.
//!
//! Each is taken from the latest school year in which both have a value. An outcome is out of date and left
//! out if its year is 4 or more before the newest one that they have in common.

use std::collections::BTreeMap;

use super::group::PeerGroup;
use crate::catalog::Catalog;
use crate::compare::values::ReportedSeries;
use crate::disclosure::Released;
use crate::domain::{ALL, MeasureKey, SchoolYear};

/// At this age or more, in years, a value is out of date, and ranks after newer ones.
pub const OUTDATED_AGE: i32 = 4;

/// An outcome that the district and one of its peers both have.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Outcome {
    /// What it is.
    pub key: MeasureKey,
    /// The peer's index in the group, from 0.
    pub peer: usize,
    /// The latest school year that both have.
    pub year: SchoolYear,
    /// The district's value.
    pub ours: f64,
    /// The peer's.
    pub theirs: f64,
}

/// The outcomes of `district` and each of its peers, by outcome, then peer.
#[must_use]
pub fn outcomes(released: &Released, catalog: &Catalog, group: &PeerGroup, district: u32) -> Vec<Outcome> {
    let Ok(view) = released.view() else { return Vec::new() };
    let mut all = Vec::new();
    for run in released.runs() {
        let key = released.terms().key(run.key);
        if is_outcome(&key, catalog) {
            all.extend(shared_values(ReportedSeries::new(view, run), &key, group, district));
        }
    }
    let newest = all.iter().map(|o| o.year.end()).max().unwrap_or_default();
    all.retain(|o| newest - o.year.end() < OUTDATED_AGE);
    all
}

/// Whether a series is one of the catalog's outcomes, for all students and grades.
pub(super) fn is_outcome(key: &MeasureKey, catalog: &Catalog) -> bool {
    catalog.peers.outcomes.contains(&key.measure) && key.group == ALL && key.grade.is_all()
}

/// The latest values that the district and each of its peers both have.
fn shared_values(
    rows: ReportedSeries<'_>,
    key: &MeasureKey,
    group: &PeerGroup,
    district: u32,
) -> Vec<Outcome> {
    let own = rows.by_year(district);
    let peers = group.peers.iter().enumerate();
    peers
        .filter_map(|(peer, of)| {
            let (year, ours, theirs) = latest_of_both(&own, &rows.by_year(of.code))?;
            Some(Outcome { key: key.clone(), peer, year, ours, theirs })
        })
        .collect()
}

/// The latest year that both have, with both values.
fn latest_of_both(ours: &BTreeMap<i32, f64>, theirs: &BTreeMap<i32, f64>) -> Option<(SchoolYear, f64, f64)> {
    theirs
        .iter()
        .rev()
        .find_map(|(year, theirs)| Some((SchoolYear::ending(*year).ok()?, *ours.get(year)?, *theirs)))
}
