//! The trends of all districts of the state.

use rayon::prelude::*;

use super::result::Trend;
use super::{MeasureContext, TrendBuffers, trend};
use crate::catalog::Catalog;
use crate::compare::breaks::SeriesBreaks;
use crate::compare::values::{ReportedSeries, measure_of, reported};
use crate::disclosure::{FrameView, KeyRun, Released};
use crate::domain::KeyCode;

/// The trends of all districts, sorted by series and district, with the codes of both; series with fewer than
/// two values are omitted.
#[must_use]
pub fn trends(released: &Released, catalog: &Catalog) -> Vec<(KeyCode, u32, Trend)> {
    let Ok(view) = released.view() else { return Vec::new() };
    let breaks = SeriesBreaks::new(released, view, catalog);
    let runs = released.runs().par_iter();
    let by_run = runs.map_init(TrendBuffers::default, |buffers, run| {
        trends_of_run(released, view, catalog, &breaks, run, buffers)
    });
    let by_run: Vec<Vec<(KeyCode, u32, Trend)>> = by_run.collect();
    by_run.into_iter().flatten().collect()
}

/// The trends of all districts in one series.
fn trends_of_run(
    released: &Released,
    view: FrameView<'_>,
    catalog: &Catalog,
    breaks: &SeriesBreaks<'_>,
    run: &KeyRun,
    buffers: &mut TrendBuffers,
) -> Vec<(KeyCode, u32, Trend)> {
    let Some(measure) = measure_of(released, catalog, run) else { return Vec::new() };
    let mut trends = Vec::new();
    let mut points: Vec<(i32, f64)> = Vec::new();
    let mut rows = ReportedSeries::new(view, run).all().peekable();
    while let Some(district) = rows.peek().map(|row| row.district) {
        points.clear();
        while let Some(row) = rows.next_if(|row| row.district == district) {
            points.extend(reported(&row).map(|value| (row.year, value)));
        }
        let breaks = breaks.of(run.key, district);
        let context = MeasureContext { measure, breaks: &breaks, prices: &catalog.prices };
        if let Some(trend) = trend(&points, context, buffers).filter(|trend| context.judges(trend)) {
            trends.push((run.key, district, trend));
        }
    }
    trends
}
