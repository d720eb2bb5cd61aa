//! Comparing one series of a district: all questions asked of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use statistics::funnel::funnel_z;
use statistics::newcombe::Proportion;
use statistics::quantile::median_of;
use statistics::shape::SeriesShape;

use super::breaks::SeriesBreaks;
use super::change::ChangingSeries;
use super::comparison::{Comparison, Point, TestResult, Tests};
use super::gap::{GroupValue, GroupValues, Reference, TestedGap, gap};
use super::level::expected::{ValuePlace, expected};
use super::level::result::{Expected, Standing};
use super::level::standing::{FEWEST_VALUES, OwnValue, standing};
use super::level::{LevelBuffers, OwnLevel, is_tested, level_p};
use super::peers::group::{MatchCandidates, PeerGroup};
use super::projection::result::Projection;
use super::projection::roll_forward::roll_forward;
use super::shape::shape;
use super::state::StateValues;
use super::trend::result::Trend;
use super::trend::{MeasureContext, TrendBuffers, trend};
use super::values::{ReportedSeries, measure_of, reported};
use crate::catalog::{Catalog, Measure, ProjectionMethod};
use crate::disclosure::{FrameRow, FrameView, KeyRun, Released};
use crate::domain::{ALL, Break, KeyCode, MeasureKey, SchoolYear, Unit};

/// What every series of the district is compared with.
pub(super) struct SeriesComparer<'a> {
    pub(super) released: &'a Released,
    pub(super) view: FrameView<'a>,
    pub(super) catalog: &'a Catalog,
    pub(super) breaks: SeriesBreaks<'a>,
    pub(super) state: &'a StateValues,
    pub(super) peers: &'a PeerGroup,
    /// The year that changes are counted from.
    pub(super) base_year: Option<SchoolYear>,
    /// The districts around it, if the project asks for them.
    pub(super) around: Option<&'a PeerGroup>,
    /// The districts that it could have been matched with, and their matching variables, by year.
    pub(super) candidates: Vec<Arc<MatchCandidates>>,
    /// The district's code.
    pub(super) district: u32,
}

/// Buffers, reused for every series of a thread.
#[derive(Default)]
pub(super) struct SeriesBuffers {
    trend: TrendBuffers,
    /// For sorting.
    shape: Vec<f64>,
    peers: ValuesByYear,
    level: LevelBuffers,
}

/// Values collected by year.
#[derive(Default)]
struct ValuesByYear {
    first: i32,
    years: Vec<Vec<f64>>,
}

/// A series of the district.
struct OwnSeries<'a> {
    /// Index among the released runs.
    position: usize,
    key: KeyCode,
    /// The values of all districts.
    rows: ReportedSeries<'a>,
    measure: &'a Measure,
    /// The district's years, ascending.
    points: Vec<Point>,
    /// Its breaks in comparability.
    breaks: Vec<Break>,
}

/// What other districts have in the district's latest year with a reported value.
#[derive(Default)]
struct LatestYear {
    /// The values of the peers, with their indexes in the group.
    peer_values: Vec<(usize, f64)>,
    /// How many of the districts around it have a value, and their median.
    around: Option<(usize, f64)>,
    expected: Option<Expected>,
}

impl<'a> SeriesComparer<'a> {
    /// The comparison of the series at an index among the released runs; `None` if the district has nothing
    /// in it, not even a mask.
    pub(super) fn compare(
        &self,
        position: usize,
        run: &'a KeyRun,
        buffers: &mut SeriesBuffers,
    ) -> Option<Comparison> {
        let series = self.own_series(position, run)?;
        let context = self.context(&series);
        let reported = series.reported();
        let trend = trend(&reported, context, &mut buffers.trend).filter(|trend| context.judges(trend));
        let shape = trend
            .as_ref()
            .map_or(SeriesShape::TooFew, |trend| shape(&reported, trend, context, &mut buffers.shape));
        let latest =
            reported.last().map_or_else(LatestYear::default, |(year, _)| self.latest_year(&series, *year));
        let standings = self.standings(&series, &mut buffers.peers);
        let gap = self.gap(&series, &mut buffers.trend);
        let points = &series.points;
        let changing = ChangingSeries { points, standings: &standings, context, base_year: self.base_year };
        let changes = changing.changes();
        let tests = Tests {
            level: self.level_test(&series, standings.last(), &mut buffers.level),
            trend: trend.as_ref().and_then(Trend::judged_p).map(TestResult::new),
            gap: gap.as_ref().and_then(|gap| gap.test),
        };
        Some(Comparison {
            key: self.released.terms().key(run.key),
            shape,
            trend,
            changes,
            breaks: series.breaks.clone(),
            standings,
            peer_values: latest.peer_values,
            around: latest.around,
            expected: latest.expected,
            projection: self.projection(&series),
            gap: gap.map(|gap| gap.gap),
            schools: None,
            tests,
            points: series.points,
        })
    }

    fn own_series(&self, position: usize, run: &'a KeyRun) -> Option<OwnSeries<'a>> {
        let measure = measure_of(self.released, self.catalog, run)?;
        let rows = ReportedSeries::new(self.view, run);
        let points: Vec<Point> = rows.of_district(self.district).filter_map(|row| self.point(&row)).collect();
        if points.is_empty() {
            return None;
        }
        let breaks = self.breaks.of(run.key, self.district);
        Some(OwnSeries { position, key: run.key, rows, measure, points, breaks })
    }

    fn point(&self, row: &FrameRow) -> Option<Point> {
        Some(Point {
            year: SchoolYear::ending(row.year).ok()?,
            value: reported(row),
            status: row.status,
            n: row.n,
            derived: row.derived,
            sources: self.released.places(row.row),
        })
    }

    fn context<'s>(&'s self, series: &'s OwnSeries<'_>) -> MeasureContext<'s> {
        MeasureContext { measure: series.measure, breaks: &series.breaks, prices: &self.catalog.prices }
    }

    /// The test of the latest year's level against the peers.
    fn level_test(
        &self,
        series: &OwnSeries<'_>,
        latest: Option<&Standing>,
        buffers: &mut LevelBuffers,
    ) -> Option<TestResult> {
        let latest = latest?;
        let own = series.own_values().find(|own| own.year == latest.year)?;
        let level = OwnLevel { district: self.district, own, peer_median: latest.peer_median? };
        level_p(series.rows, &level, self.state.peers(), series.measure, buffers).map(TestResult::new)
    }

    /// The standings in all years with a reported value; the latest one includes its place in the state's
    /// funnel.
    fn standings(&self, series: &OwnSeries<'_>, peers: &mut ValuesByYear) -> Vec<Standing> {
        let mut years = series.own_values().map(|own| own.year.end());
        let Some(first) = years.next() else { return Vec::new() };
        let last = years.last().unwrap_or(first);
        let Some(state) = self.state.of_series(series.position) else { return Vec::new() };
        peers.clear(first, last);
        for peer in &self.peers.peers {
            for row in series.rows.of_district(peer.code) {
                peers.extend(row.year, reported(&row));
            }
        }
        let mut standings: Vec<Standing> = series
            .own_values()
            .filter_map(|own| {
                let year = own.year.end();
                Some(standing(own, peers.in_year(year)?, state.in_year(year), series.measure))
            })
            .collect();
        if let Some(latest) = standings.last_mut() {
            latest.state_funnel = series.funnel_z(latest.year);
        }
        standings
    }

    fn latest_year(&self, series: &OwnSeries<'_>, year: i32) -> LatestYear {
        LatestYear {
            peer_values: series.values_of(self.peers, year),
            around: self.around(series, year),
            expected: self.expected(series, year),
        }
    }

    /// How many of the districts around it have a value in a year, and their median.
    fn around(&self, series: &OwnSeries<'_>, year: i32) -> Option<(usize, f64)> {
        let values: Vec<f64> = series.values_of(self.around?, year).iter().map(|v| v.1).collect();
        let count = values.len();
        median_of(values).filter(|_| count >= FEWEST_VALUES).map(|median| (count, median))
    }

    /// What districts with similar students have. A group's result depends on who else is in the district, so
    /// this is only for all students. It is also only for measures that are good or bad, and not for totals.
    fn expected(&self, series: &OwnSeries<'_>, year: i32) -> Option<Expected> {
        if self.group_of(series)? != ALL || !is_tested(series.measure) {
            return None;
        }
        let (district, position) = (self.district, series.position);
        let place = ValuePlace { district, position, year: SchoolYear::ending(year).ok()? };
        expected(place, &self.candidates, self.state.fits(), || series.all_in_year(year))
    }

    /// The coming years of a projected measure, for the whole district.
    fn projection(&self, series: &OwnSeries<'_>) -> Option<Projection> {
        let key = self.released.terms().key(series.key);
        let is_whole = key.group == ALL && key.grade.is_all() && key.subject == ALL;
        match series.measure.projection.as_ref().filter(|_| is_whole)? {
            ProjectionMethod::CohortSurvival => {
                self.state.pasts().projection(&series.measure.id, self.district)
            }
            ProjectionMethod::RollForward { flow } => self.roll_forward(series, flow, key),
        }
    }

    /// A balance carried forward using the measure of its yearly flow.
    fn roll_forward(&self, series: &OwnSeries<'_>, flow: &str, key: MeasureKey) -> Option<Projection> {
        let run = self.released.run(&MeasureKey { measure: flow.to_owned(), ..key })?;
        let flows = ReportedSeries::new(self.view, run).by_year(self.district);
        let balance = series.reported().into_iter().collect();
        let flow_breaks = self.breaks.of(run.key, self.district);
        roll_forward(&balance, &flows, series.breaks.iter().chain(&flow_breaks))
    }

    /// The gap of a student group. Since a group is part of all students, its count or dollars are always
    /// less. So there is no gap for additive measures, nor for those that describe the students (their share
    /// of enrollment).
    fn gap(&self, series: &OwnSeries<'_>, buffers: &mut TrendBuffers) -> Option<TestedGap> {
        let (measure, group) = (series.measure, self.group_of(series)?);
        if measure.adds_up() || measure.better.sign() == 0.0 || group == ALL {
            return None;
        }
        let reference = self.reference(series, group)?;
        let own: GroupValues = series.own_values().map(year_and_value).collect();
        gap(&own, &reference, self.context(series), buffers)
    }

    fn group_of(&self, series: &OwnSeries<'_>) -> Option<&str> {
        self.released.terms().groups.get(series.key.group as usize).map(String::as_str)
    }

    /// The reference of a group: its complement, or all.
    fn reference(&self, series: &OwnSeries<'_>, group: &str) -> Option<Reference> {
        let complement = self.catalog.groups.complement(group);
        complement
            .and_then(|complement| self.values_of_group(series, complement, false))
            .or_else(|| self.values_of_group(series, ALL, true))
    }

    /// The district's values for another group of the same series; `None` if it has none.
    fn values_of_group(
        &self,
        series: &OwnSeries<'_>,
        group: &str,
        includes_group: bool,
    ) -> Option<Reference> {
        let code = self.released.terms().groups.binary_search_by(|g| g.as_str().cmp(group)).ok()? as u32;
        let runs = self.released.runs();
        let key = KeyCode { group: code, ..series.key };
        let run = &runs[runs.binary_search_by(|r| r.key.cmp(&key)).ok()?];
        let mut by_year = GroupValues::new();
        for row in ReportedSeries::new(self.view, run).of_district(self.district) {
            if let Some(value) = reported(&row) {
                by_year.insert(row.year, GroupValue { value, n: row.n });
            }
        }
        (!by_year.is_empty()).then(|| Reference { group: group.to_owned(), includes_group, by_year })
    }
}

fn year_and_value(own: OwnValue) -> (i32, GroupValue) {
    (own.year.end(), GroupValue { value: own.value, n: own.n })
}

impl OwnSeries<'_> {
    /// The district's reported values, with the years in which their school years end, ascending.
    fn reported(&self) -> Vec<(i32, f64)> {
        self.own_values().map(|own| (own.year.end(), own.value)).collect()
    }

    /// The district's reported values, ascending by year.
    fn own_values(&self) -> impl Iterator<Item = OwnValue> {
        self.points.iter().filter_map(|p| Some(OwnValue { year: p.year, value: p.value?, n: p.n }))
    }

    /// The values of all districts in a year, by their codes.
    fn all_in_year(&self, year: i32) -> BTreeMap<u32, f64> {
        self.rows.in_year(year).filter_map(|row| Some((row.district, reported(&row)?))).collect()
    }

    /// The values of a group's members in a year, with their indexes in the group.
    fn values_of(&self, group: &PeerGroup, year: i32) -> Vec<(usize, f64)> {
        let members = group.peers.iter().enumerate();
        members.filter_map(|(i, peer)| Some((i, self.rows.value(peer.code, year)?))).collect()
    }

    /// The place of a year's rate in the state's funnel.
    fn funnel_z(&self, year: SchoolYear) -> Option<f64> {
        if self.measure.unit != Unit::Percent {
            return None;
        }
        let own = self.points.iter().find(|p| p.year == year)?;
        let own = proportion(own.value?, own.n?)?;
        let state = self.rows.in_year(year.end());
        let state: Vec<Proportion> = state.filter_map(|row| proportion(reported(&row)?, row.n?)).collect();
        funnel_z(own, &state)
    }
}

/// A percentage of `n` people; `None` if it cannot be a share of people.
fn proportion(percent: f64, n: f64) -> Option<Proportion> {
    let p = percent / 100.0;
    ((0.0..=1.0).contains(&p) && n > 0.0).then_some(Proportion { p, n })
}

impl ValuesByYear {
    /// Clears all years, and makes room for those from `first` to `last`.
    fn clear(&mut self, first: i32, last: i32) {
        self.first = first;
        self.years.iter_mut().for_each(Vec::clear);
        let wanted = (last - first + 1) as usize;
        if self.years.len() < wanted {
            self.years.resize_with(wanted, Vec::new);
        }
    }

    /// Adds a value, unless its year is out of range.
    fn extend(&mut self, year: i32, value: Option<f64>) {
        if let Some(values) = self.in_year(year) {
            values.extend(value);
        }
    }

    fn in_year(&mut self, year: i32) -> Option<&mut Vec<f64>> {
        self.years.get_mut(usize::try_from(year - self.first).ok()?)
    }
}
