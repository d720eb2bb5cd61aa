//! Where a district stands within a group of peers, used to see whether that depends on which districts are
//! in the group.
//!
//! For each of the catalog's outcomes (all students, all grades), in the district's latest year: above the
//! peers' median, below it, or not clearly different from it, by the rule for a clear difference (see
//! [`standing`](crate::compare::level::standing)). Outcomes 4 or more years older than the newest are left
//! out. Degenerate: with fewer than 5 peers that have a value, there is no verdict (`None`).

use super::outcomes::{OUTDATED_AGE, is_outcome};
use crate::catalog::{Catalog, Measure};
use crate::compare::level::standing::{OwnValue, standing};
use crate::compare::values::{ReportedSeries, measure_of, reported};
use crate::disclosure::{FrameRow, Released};
use crate::domain::SchoolYear;

/// Where a district stands among its peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Above,
    Below,
    NotClearlyDifferent,
}

/// The outcomes that get a verdict.
pub(super) struct Verdicts<'a>(Vec<OutcomeSeries<'a>>);

/// An outcome, for all students.
struct OutcomeSeries<'a> {
    rows: ReportedSeries<'a>,
    measure: &'a Measure,
}

impl<'a> Verdicts<'a> {
    /// `None` if the values cannot be read.
    pub(super) fn new(released: &'a Released, catalog: &'a Catalog) -> Option<Self> {
        let view = released.view().ok()?;
        let mut outcomes = Vec::new();
        for run in released.runs() {
            if !is_outcome(&released.terms().key(run.key), catalog) {
                continue;
            }
            if let Some(measure) = measure_of(released, catalog, run) {
                outcomes.push(OutcomeSeries { rows: ReportedSeries::new(view, run), measure });
            }
        }
        Some(Self(outcomes))
    }

    /// The district's latest value of each outcome.
    pub(super) fn latest_values(&self, district: u32) -> Vec<Option<OwnValue>> {
        let mut latest: Vec<Option<OwnValue>> =
            self.0.iter().map(|outcome| outcome.latest_value(district)).collect();
        let newest = latest.iter().flatten().map(|own| own.year.end()).max().unwrap_or_default();
        for own in &mut latest {
            own.take_if(|own| newest - own.year.end() >= OUTDATED_AGE);
        }
        latest
    }

    /// The verdict on each outcome of a district with these values, compared with these peers.
    pub(super) fn beside(&self, own: &[Option<OwnValue>], peers: &[u32]) -> Vec<Option<Verdict>> {
        let outcomes = self.0.iter().zip(own);
        outcomes.map(|(outcome, own)| own.and_then(|own| outcome.verdict(own, peers))).collect()
    }
}

impl OutcomeSeries<'_> {
    fn latest_value(&self, district: u32) -> Option<OwnValue> {
        let reported_rows = self.rows.of_district(district).filter(|row| reported(row).is_some());
        reported_rows.max_by_key(|row| row.year).and_then(|row| own_value(&row))
    }

    fn verdict(&self, own: OwnValue, peers: &[u32]) -> Option<Verdict> {
        let year = own.year.end();
        let mut values: Vec<f64> = peers.iter().filter_map(|peer| self.rows.value(*peer, year)).collect();
        let standing = standing(own, &mut values, &[], self.measure);
        let median = standing.peer_median?;
        Some(match standing.peer_clear {
            true if own.value > median => Verdict::Above,
            true => Verdict::Below,
            false => Verdict::NotClearlyDifferent,
        })
    }
}

fn own_value(row: &FrameRow) -> Option<OwnValue> {
    Some(OwnValue { year: SchoolYear::ending(row.year).ok()?, value: reported(row)?, n: row.n })
}
