//! The state's values for every series and year, sorted once so that every district can look up its rank.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::level::peer_lists::PeerLists;
use super::level::pooled::PooledFits;
use super::peers::group::PeerGroup;
use super::peers::settings::PeerSettings;
use super::projection::{Pasts, is_by_cohorts};
use super::values::{ReportedSeries, reported};
use crate::catalog::Catalog;
use crate::diagnostic::Warned;
use crate::disclosure::Released;
use crate::domain::SchoolYear;

/// The reported values of all districts, sorted within each series and year.
///
/// Made once and used for every district of a run with `--all-districts`.
#[derive(Debug, Clone, Default)]
pub struct StateValues {
    /// In the order of the released runs.
    series: Vec<Arc<SortedSeries>>,
    /// The peers of every district.
    peers: Arc<PeerLists>,
    /// What projections are computed from and judged by.
    pasts: Arc<Pasts>,
    /// What expected values are computed from.
    fits: PooledFits,
}

/// The values of one series.
#[derive(Debug, Clone, Default)]
pub(super) struct SortedSeries {
    /// Years, ascending, each with the end of its values.
    ends: Vec<(i32, usize)>,
    /// The values, sorted by year, then by value.
    values: Vec<f64>,
}

impl StateValues {
    /// Sorts the values of all series, in parallel. `peers` holds those of every district, as chosen by
    /// [`all_peer_groups`](super::all_peer_groups).
    #[must_use]
    pub fn new(released: &Released, catalog: &Catalog, peers: &[Warned<PeerGroup>]) -> Self {
        let Ok(view) = released.view() else { return Self::default() };
        let series = released
            .runs()
            .par_iter()
            .map_init(Vec::new, |buffer, run| {
                Arc::new(SortedSeries::new(ReportedSeries::new(view, run), buffer))
            })
            .collect();
        let (peers, pasts) = (PeerLists::new(peers), Pasts::new(released, view, catalog));
        Self { series, peers: Arc::new(peers), pasts: Arc::new(pasts), fits: PooledFits::default() }
    }

    /// The same for data in which some series have changed, given by their indexes among the runs. `None` if the choice of peers
    /// depends on one of them.
    #[must_use]
    pub fn with_changed(
        &self,
        released: &Released,
        catalog: &Catalog,
        settings: &PeerSettings,
        changed: &BTreeSet<usize>,
    ) -> Option<Self> {
        let view = released.view().ok()?;
        let (mut series, mut pasts) = (self.series.clone(), Arc::clone(&self.pasts));
        let mut buffer = Vec::new();
        for position in changed {
            let run = released.runs().get(*position)?;
            let measure = released.terms().measures.get(run.key.measure as usize)?;
            if settings.uses(measure, catalog) {
                return None;
            }
            let sorted = SortedSeries::new(ReportedSeries::new(view, run), &mut buffer);
            *series.get_mut(*position)? = Arc::new(sorted);
            if catalog.measures.get(measure).is_some_and(is_by_cohorts) {
                pasts = Arc::new(Pasts::new(released, view, catalog));
            }
        }
        let (peers, fits) = (Arc::clone(&self.peers), self.fits.with_changed(changed));
        Some(Self { series, peers, pasts, fits })
    }

    /// The latest school year in which any district has a value.
    pub(super) fn newest(&self) -> Option<SchoolYear> {
        let years = self.series.iter().filter_map(|series| series.ends.last());
        SchoolYear::ending(years.map(|(year, _)| *year).max()?).ok()
    }

    /// The peers of every district.
    pub(super) fn peers(&self) -> &PeerLists {
        &self.peers
    }

    /// What projections are computed from.
    pub(super) fn pasts(&self) -> &Pasts {
        &self.pasts
    }

    /// The regressions that expected values are computed from.
    pub(super) const fn fits(&self) -> &PooledFits {
        &self.fits
    }

    /// The values of the series at index `position` among the released runs.
    pub(super) fn of_series(&self, position: usize) -> Option<&SortedSeries> {
        self.series.get(position).map(Arc::as_ref)
    }
}

impl SortedSeries {
    fn new(rows: ReportedSeries<'_>, buffer: &mut Vec<(i32, f64)>) -> Self {
        buffer.clear();
        buffer.extend(rows.all().filter_map(|row| Some((row.year, reported(&row)?))));
        buffer.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut ends: Vec<(i32, usize)> = Vec::new();
        for (i, (year, _)) in buffer.iter().enumerate() {
            match ends.last_mut() {
                Some(last) if last.0 == *year => last.1 = i + 1,
                _ => ends.push((*year, i + 1)),
            }
        }
        Self { ends, values: buffer.iter().map(|(_, value)| *value).collect() }
    }

    /// The values of one year, ascending; empty if no district reported.
    pub(super) fn in_year(&self, year: i32) -> &[f64] {
        let Ok(i) = self.ends.binary_search_by_key(&year, |e| e.0) else { return &[] };
        let start = if i == 0 { 0 } else { self.ends[i - 1].1 };
        &self.values[start..self.ends[i].1]
    }
}
