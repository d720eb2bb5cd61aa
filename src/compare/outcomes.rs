//! What the district and its peers come to with similar students: the catalog's outcomes, for all students, side by side.
//!
//! Each in the latest school year in which both have a value. An outcome whose year is 4 or more before the newest
//! that they have in common is left out: it tells of what was.

use std::collections::BTreeMap;

use super::comparison::PeerGroup;
use super::state::reported;
use crate::catalog::Catalog;
use crate::disclosure::{FrameView, KeyRun, Released};
use crate::domain::{ALL, MeasureKey, SchoolYear};

/// From this age on, in years, a value is old: it tells of what was, and ranks behind what is.
pub const OLD: i32 = 4;

/// An outcome that the district and one of its peers both have.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What it is.
    pub key: MeasureKey,
    /// The peer's place in the group, from 0.
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
        if catalog.peers.outcomes.contains(&key.measure) && key.group == ALL && key.grade.is_all() {
            of_run(&view, run, &key, (group, district), &mut all);
        }
    }
    let newest = all.iter().map(|o| o.year.end()).max().unwrap_or_default();
    all.retain(|o| newest - o.year.end() < OLD);
    all
}

fn of_run(
    view: &FrameView<'_>,
    run: &KeyRun,
    key: &MeasureKey,
    (group, district): (&PeerGroup, u32),
    all: &mut Vec<Outcome>,
) {
    let of = |district: u32| -> BTreeMap<i32, f64> {
        view.rows(view.of_district(run, district)).filter_map(|r| Some((r.year, reported(&r)?))).collect()
    };
    let own = of(district);
    for (i, peer) in group.peers.iter().enumerate() {
        let latest = of(peer.code).into_iter().rev().find_map(|(year, theirs)| {
            let ours = *own.get(&year)?;
            Some((SchoolYear::ending(year).ok()?, ours, theirs))
        });
        all.extend(latest.map(|(year, ours, theirs)| Outcome {
            key: key.clone(),
            peer: i,
            year,
            ours,
            theirs,
        }));
    }
}
