//! Where the district stands among its peers, in the state, and among districts with similar students.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsError};

use super::columns::{DataColumn, SeriesRow, data_frame, yes_no};
use super::hidden::is_hidden;
use super::rates::rate_interval;
use crate::catalog::Catalog;
use crate::compare::{Comparison, Comparisons, Expected, Point, Standing, TestResult};
use crate::disclosure::Released;
use crate::domain::MeasureKey;
use crate::wording;

/// Where the district stands: one row for each year in which it has a value, even a hidden one. What is known
/// for the latest year only (tests, the expected value, the surrounding districts) is empty in other years.
pub(super) fn standings(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<DataFrame, PolarsError> {
    let mut rows = Vec::new();
    for comparison in &comparisons.all {
        let hidden_peers = hidden_peers(released, comparisons, comparison)?;
        let unit = catalog.measures.get(&comparison.key.measure).map(|measure| measure.unit);
        for point in &comparison.points {
            let standing = comparison.standings.iter().find(|standing| standing.year == point.year);
            if standing.is_none() && !is_hidden(point.status) {
                continue;
            }
            rows.push(StandingRow {
                comparison,
                point,
                standing,
                interval: rate_interval(point.value, point.n, unit),
                n_peers: comparisons.peers.peers.len(),
                hidden_peers: hidden_peers.get(&point.year.end()).copied().unwrap_or_default(),
            });
        }
    }
    data_frame(&rows, &[&DataColumn::KEY, &StandingRow::COLUMNS])
}

/// The number of peers whose values are masked or withheld, by year.
fn hidden_peers(
    released: &Released,
    comparisons: &Comparisons,
    comparison: &Comparison,
) -> Result<BTreeMap<i32, usize>, PolarsError> {
    let view = released.view()?;
    let mut hidden = BTreeMap::new();
    let Some(run) = released.run(&comparison.key) else { return Ok(hidden) };
    for peer in &comparisons.peers.peers {
        for row in view.rows(view.of_district(run, peer.code)).filter(|row| is_hidden(row.status)) {
            *hidden.entry(row.year).or_default() += 1;
        }
    }
    Ok(hidden)
}

/// One year of one series.
struct StandingRow<'a> {
    comparison: &'a Comparison,
    point: &'a Point,
    /// `None` if the district's own value is hidden.
    standing: Option<&'a Standing>,
    /// The confidence interval of the value.
    interval: Option<(f64, f64)>,
    /// How many peers the district has.
    n_peers: usize,
    /// How many of them have a hidden value in that year.
    hidden_peers: usize,
}

impl SeriesRow for StandingRow<'_> {
    fn key(&self) -> &MeasureKey {
        &self.comparison.key
    }
}

impl StandingRow<'_> {
    const COLUMNS: [DataColumn<Self>; 29] = [
        DataColumn::year("school_year", |row| Some(row.point.year)),
        DataColumn::number("value", |row| row.point.value),
        DataColumn::text("status", |row| Some(row.point.status.id().to_owned())),
        DataColumn::number("n", |row| row.point.n),
        DataColumn::number("value_low", |row| Some(row.interval?.0)),
        DataColumn::number("value_high", |row| Some(row.interval?.1)),
        DataColumn::number("peer_n", |row| Some(row.standing?.peer_n as f64)),
        DataColumn::number("peers_without_value", |row| Some((row.n_peers - row.standing?.peer_n) as f64)),
        DataColumn::number("peers_hidden", |row| row.standing.map(|_| row.hidden_peers as f64)),
        DataColumn::number("peer_median", |row| row.standing?.peer_median),
        DataColumn::number("peer_p25", |row| row.standing?.peer_p25),
        DataColumn::number("peer_p75", |row| row.standing?.peer_p75),
        DataColumn::number("peer_percentile", |row| row.standing?.peer_percentile),
        DataColumn::text("peer_clear", |row| Some(yes_no(row.standing?.peer_clear))),
        DataColumn::number("p_value", |row| Some(row.level_test()?.p)),
        DataColumn::number("p_adjusted", |row| Some(row.level_test()?.adjusted)),
        DataColumn::number("state_n", |row| Some(row.standing?.state_n as f64)),
        DataColumn::number("state_median", |row| row.standing?.state_median),
        DataColumn::number("state_percentile", |row| row.standing?.state_percentile),
        DataColumn::number("state_funnel_z", |row| row.standing?.state_funnel),
        DataColumn::number("around_n", |row| Some(row.latest()?.around?.0 as f64)),
        DataColumn::number("around_median", |row| Some(row.latest()?.around?.1)),
        DataColumn::number("expected_matched_in", |row| Some(f64::from(row.expected()?.matched_in.end()))),
        DataColumn::number("expected", |row| Some(row.expected()?.value)),
        DataColumn::number("expected_distance", |row| Some(row.expected()?.distance)),
        DataColumn::number("expected_scale", |row| Some(row.expected()?.scale)),
        DataColumn::number("expected_n", |row| Some(row.expected()?.n as f64)),
        DataColumn::number("expected_r_squared", |row| Some(row.expected()?.r_squared)),
        DataColumn::text("method", |_| Some(wording::method::STANDING.to_owned())),
    ];

    /// The comparison, where this is its latest year.
    fn latest(&self) -> Option<&Comparison> {
        let latest = self.comparison.latest()?.year;
        (latest == self.point.year).then_some(self.comparison)
    }

    /// The test of the level against the peers.
    fn level_test(&self) -> Option<TestResult> {
        self.latest()?.tests.level
    }

    fn expected(&self) -> Option<&Expected> {
        self.latest()?.expected.as_ref()
    }
}
