//! What is said of a district beside a group of peers, to see whether it hangs on who is in the group.
//!
//! For each of the catalog's outcomes (all students, all grades), in the district's latest year: above the peers' median,
//! below it, or not clearly apart from it, by the rule for a clear difference (see [`standing`](super::standing)). An
//! outcome is left out whose year is 4 or more before the newest. Degenerate: with fewer than 5 peers that have a value
//! nothing is said (`None`).

use super::outcomes::OLD;
use super::standing::{Own, standing};
use super::state::reported;
use crate::catalog::{Catalog, Measure};
use crate::disclosure::{FrameView, KeyRun, Released};
use crate::domain::{ALL, SchoolYear};

/// Where a district stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Above,
    Below,
    NotApart,
}

/// The outcomes that verdicts are of.
pub(super) struct Verdicts<'a> {
    view: FrameView<'a>,
    outcomes: Vec<(&'a KeyRun, &'a Measure)>,
}

impl<'a> Verdicts<'a> {
    /// `None` where the values cannot be read.
    pub(super) fn new(released: &'a Released, catalog: &'a Catalog) -> Option<Self> {
        let view = released.view().ok()?;
        let outcome = |run: &'a KeyRun| {
            let key = released.terms().key(run.key);
            let is_outcome = catalog.peers.outcomes.contains(&key.measure);
            let measure = catalog.measures.get(&key.measure)?;
            (is_outcome && key.group == ALL && key.grade.is_all()).then_some((run, measure))
        };
        Some(Self { view, outcomes: released.runs().iter().filter_map(outcome).collect() })
    }

    /// The district's latest value of each outcome.
    pub(super) fn own(&self, district: u32) -> Vec<Option<Own>> {
        let latest = |(run, _): &(&KeyRun, &Measure)| {
            let rows = self.view.rows(self.view.of_district(run, district));
            let last = rows.filter_map(|r| Some((r.year, reported(&r)?, r.n))).max_by_key(|r| r.0);
            last.and_then(|(year, value, n)| Some(Own { year: SchoolYear::ending(year).ok()?, value, n }))
        };
        let mut all: Vec<Option<Own>> = self.outcomes.iter().map(latest).collect();
        let newest = all.iter().flatten().map(|own| own.year.end()).max().unwrap_or_default();
        all.iter_mut().for_each(|own| *own = own.filter(|own| newest - own.year.end() < OLD));
        all
    }

    /// What is said of a district with these values beside these peers.
    pub(super) fn beside(&self, own: &[Option<Own>], peers: &[u32]) -> Vec<Option<Verdict>> {
        let verdict = |((run, measure), own): (&(&KeyRun, &Measure), &Option<Own>)| {
            let own = (*own)?;
            let of = |peer: &u32| {
                let mut rows = self.view.rows(self.view.of_district(run, *peer));
                rows.find(|r| r.year == own.year.end()).and_then(|r| reported(&r))
            };
            let mut values: Vec<f64> = peers.iter().filter_map(of).collect();
            let standing = standing(own, &mut values, &[], measure);
            let median = standing.peer_median?;
            Some(match standing.peer_clear {
                true if own.value > median => Verdict::Above,
                true => Verdict::Below,
                false => Verdict::NotApart,
            })
        };
        self.outcomes.iter().zip(own).map(verdict).collect()
    }
}
