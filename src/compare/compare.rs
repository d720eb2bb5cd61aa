//! Comparing all series of a district, in parallel, one task a series.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::comparison::{Comparison, Comparisons, GroupGap, PeerGroup, Point, Tested, Tests, Trend};
use super::expected::{Expected, Matched, expected};
use super::families::adjust;
use super::funnel::funnel;
use super::gap::{Reference, Side, gap};
use super::level::{LevelRoom, is_tested, level_p};
use super::outcomes::outcomes;
use super::peer_settings::PeerSettings;
use super::peers::{alike, all_peer_groups, matched, peer_group};
use super::projection::{Projection, is_whole, roll_forward};
use super::rank::{median, sort};
use super::standing::{FEWEST, Own, Standing, standing};
use super::state::{StateValues, reported};
use super::trend::{Scratch, trend};
use crate::catalog::{Catalog, Measure, ProjectionMethod};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::{FrameView, KeyRun, Released, Row};
use crate::domain::{ALL, KeyCode, MeasureKey, SchoolYear, Unit};

/// Chooses the peers of `district`, whose code is one of `released.terms()`, and compares all its series.
#[must_use]
pub fn compare(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    district: u32,
) -> Warned<Comparisons> {
    let groups = all_peer_groups(released, catalog, settings);
    let state = StateValues::new(released, catalog, &groups);
    compare_with(released, catalog, settings, &state, (&groups[district as usize], district))
}

/// Compares all series of `district` with peers chosen, and with the state's values sorted, before.
#[must_use]
pub fn compare_with(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    state: &StateValues,
    (peers, district): (&Warned<PeerGroup>, u32),
) -> Warned<Comparisons> {
    let terms = released.terms();
    let mut diagnostics = peers.diagnostics.clone();
    let alike = alike(released, catalog, settings, &[(district, &peers.value)]).pop().flatten();
    let peers = PeerGroup { alike, ..peers.value.clone() };
    let around = settings.around().map(|settings| peer_group(released, catalog, &settings, district).value);
    let around = around.filter(|group| !group.within.is_empty());
    let all = match released.view() {
        Ok(view) => {
            let (peers, around) = (&peers, around.as_ref());
            let matched = matched(released, catalog, settings, district);
            let task = Task { released, view, catalog, state, peers, around, matched, district };
            let one = |room: &mut Room, (i, run): (usize, &KeyRun)| task.comparison(i, run, room);
            let all: Vec<Option<Comparison>> =
                released.runs().par_iter().enumerate().map_init(Room::default, one).collect();
            let mut all: Vec<Comparison> = all.into_iter().flatten().collect();
            adjust(&mut all);
            forget_the_past(&mut all);
            all
        }
        Err(e) => {
            diagnostics.push(Diagnostic::not_computed("comparisons", &e.to_string(), 1));
            Vec::new()
        }
    };
    let value = Comparisons {
        district: terms.districts[district as usize].clone(),
        outcomes: outcomes(released, catalog, &peers, district),
        peers,
        around,
        base_year: None,
        state_n: terms.districts.len(),
        all,
    };
    Warned { value, diagnostics }
}

/// Takes away projections from a year that is long past where other series go on: the first of their years have been.
fn forget_the_past(all: &mut [Comparison]) {
    let latest = all.iter().filter_map(|c| Some(c.latest()?.year.end())).max();
    for comparison in all {
        comparison.projection.take_if(|p| latest.is_some_and(|latest| p.from.end() + 1 < latest));
    }
}

/// The trends of all districts, sorted by series and district; those with fewer than two values have none.
#[must_use]
pub fn trends(released: &Released, catalog: &Catalog) -> Vec<(KeyCode, u32, Trend)> {
    let Ok(view) = released.view() else { return Vec::new() };
    let one = |room: &mut Room, run: &KeyRun| run_trends(&view, released, catalog, run, room);
    let all: Vec<Vec<(KeyCode, u32, Trend)>> =
        released.runs().par_iter().map_init(Room::default, one).collect();
    all.into_iter().flatten().collect()
}

/// Room to work in, used again for every series of a thread.
#[derive(Default)]
struct Room {
    scratch: Scratch,
    points: Vec<(i32, f64)>,
    peers: ByYear,
    level: LevelRoom,
}

/// Values collected by year.
#[derive(Default)]
struct ByYear {
    first: i32,
    years: Vec<Vec<f64>>,
}

impl ByYear {
    fn clear(&mut self, first: i32, last: i32) {
        self.first = first;
        self.years.iter_mut().for_each(Vec::clear);
        let wanted = (last - first + 1) as usize;
        if self.years.len() < wanted {
            self.years.resize_with(wanted, Vec::new);
        }
    }

    fn push(&mut self, year: i32, value: f64) {
        if let Some(values) = self.of(year) {
            values.push(value);
        }
    }

    fn of(&mut self, year: i32) -> Option<&mut Vec<f64>> {
        self.years.get_mut(usize::try_from(year - self.first).ok()?)
    }
}

fn run_trends(
    view: &FrameView<'_>,
    released: &Released,
    catalog: &Catalog,
    run: &KeyRun,
    room: &mut Room,
) -> Vec<(KeyCode, u32, Trend)> {
    let Some(measure) = measure_of(released, catalog, run) else { return Vec::new() };
    let mut all = Vec::new();
    let mut rows = view.rows(run.rows.clone()).peekable();
    while let Some(district) = rows.peek().map(|r| r.district) {
        room.points.clear();
        while let Some(row) = rows.next_if(|r| r.district == district) {
            room.points.extend(reported(&row).map(|v| (row.year, v)));
        }
        let breaks = &released.terms().districts[district as usize].breaks;
        let trend = trend(&room.points, (measure, breaks), &catalog.prices, &mut room.scratch);
        all.extend(trend.map(|t| (run.key, district, t)));
    }
    all
}

fn measure_of<'c>(released: &Released, catalog: &'c Catalog, run: &KeyRun) -> Option<&'c Measure> {
    catalog.measures.get(released.terms().measures.get(run.key.measure as usize)?)
}

/// What every series of the district is compared with.
struct Task<'a> {
    released: &'a Released,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    state: &'a StateValues,
    peers: &'a PeerGroup,
    around: Option<&'a PeerGroup>,
    /// The districts that it could have been matched with, and their matching variables, by year.
    matched: Vec<Matched>,
    district: u32,
}

impl Task<'_> {
    /// The comparison of one series, or `None` where the district has nothing in it, not even a mask.
    fn comparison(&self, position: usize, run: &KeyRun, room: &mut Room) -> Option<Comparison> {
        let measure = measure_of(self.released, self.catalog, run)?;
        let points = self.points(run);
        if points.is_empty() {
            return None;
        }
        room.points.clear();
        room.points.extend(points.iter().filter_map(|p| Some((p.year.end(), p.value?))));
        let latest = room.points.last().map(|p| p.0);
        let own = &self.released.terms().districts[self.district as usize].breaks;
        let trend = trend(&room.points, (measure, own), &self.catalog.prices, &mut room.scratch);
        let mut standings = self.standings(position, run, &points, measure, room);
        if let Some(now) = standings.last_mut() {
            now.state_funnel = self.funnel(run, &points, now.year, measure);
        }
        let (gap, gap_tested) = self.gap(run, measure, &points, &mut room.scratch).unzip();
        let tests = Tests {
            level: self.level(run, &points, standings.last(), measure, &mut room.level),
            trend: trend.as_ref().and_then(|t| t.real.map_or(t.p, |real| real.p)).map(Tested::new),
            gap: gap_tested.flatten(),
        };
        Some(Comparison {
            key: self.released.terms().key(run.key),
            trend,
            breaks: measure.breaks.iter().chain(own).cloned().collect(),
            standings,
            peer_values: latest.map_or_else(Vec::new, |year| self.values_of(run, year, self.peers)),
            around: latest.and_then(|year| self.around(run, year)),
            expected: latest.and_then(|year| self.expected(run, year, measure)),
            projection: self.projection(run, measure, &points),
            gap,
            tests,
            points,
        })
    }

    /// The test of the latest year's level against the peers.
    fn level(
        &self,
        run: &KeyRun,
        points: &[Point],
        standing: Option<&Standing>,
        measure: &Measure,
        room: &mut LevelRoom,
    ) -> Option<Tested> {
        let standing = standing?;
        let point = points.iter().find(|p| p.year == standing.year)?;
        let own = Own { year: point.year, value: point.value?, n: point.n };
        let about = (self.district, own, standing.peer_median?);
        level_p((&self.view, run), about, self.state.peers(), measure, room).map(Tested::new)
    }

    fn points(&self, run: &KeyRun) -> Vec<Point> {
        let point = |row: Row| {
            Some(Point {
                year: SchoolYear::ending(row.year).ok()?,
                value: reported(&row),
                status: row.status,
                n: row.n,
                derived: row.derived,
                sources: self.released.places(row.row),
            })
        };
        self.view.rows(self.view.of_district(run, self.district)).filter_map(point).collect()
    }

    fn standings(
        &self,
        position: usize,
        run: &KeyRun,
        points: &[Point],
        measure: &Measure,
        room: &mut Room,
    ) -> Vec<Standing> {
        let Room { peers, points: own, .. } = room;
        let ends = own.first().zip(own.last()).zip(self.state.of_series(position));
        let Some(((first, last), state)) = ends else { return Vec::new() };
        peers.clear(first.0, last.0);
        for peer in &self.peers.peers {
            for row in self.view.rows(self.view.of_district(run, peer.code)) {
                reported(&row).into_iter().for_each(|v| peers.push(row.year, v));
            }
        }
        let own = points.iter().filter_map(|p| Some(Own { year: p.year, value: p.value?, n: p.n }));
        own.filter_map(|own| {
            let year = own.year.end();
            Some(standing(own, peers.of(year)?, state.in_year(year), measure))
        })
        .collect()
    }

    /// The latest rate's place in the state's funnel.
    fn funnel(&self, run: &KeyRun, points: &[Point], year: SchoolYear, measure: &Measure) -> Option<f64> {
        if measure.unit != Unit::Percent {
            return None;
        }
        let rate = |value: f64, n: f64| {
            Some((value / 100.0, n)).filter(|(p, n)| (0.0..=1.0).contains(p) && *n > 0.0)
        };
        let own = points.iter().find(|p| p.year == year)?;
        let own = rate(own.value?, own.n?)?;
        let of_year = self.view.rows(run.rows.clone()).filter(|r| r.year == year.end());
        let state: Vec<(f64, f64)> = of_year.filter_map(|r| rate(reported(&r)?, r.n?)).collect();
        funnel(own, &state)
    }

    fn values_of(&self, run: &KeyRun, year: i32, group: &PeerGroup) -> Vec<(usize, f64)> {
        let peers = group.peers.iter().enumerate();
        peers.filter_map(|(i, peer)| Some((i, self.value(run, peer.code, year)?))).collect()
    }

    fn around(&self, run: &KeyRun, year: i32) -> Option<(usize, f64)> {
        let mut values: Vec<f64> = self.values_of(run, year, self.around?).iter().map(|v| v.1).collect();
        sort(&mut values);
        let middle = median(&values).filter(|_| values.len() >= FEWEST)?;
        Some((values.len(), middle))
    }

    /// What districts with similar students have. A group's result hangs on who else is in the district, so only that of
    /// all students is held against it; and only what is judged, and no total.
    fn expected(&self, run: &KeyRun, year: i32, measure: &Measure) -> Option<Expected> {
        let is_whole = self.released.terms().groups.get(run.key.group as usize).is_some_and(|g| g == ALL);
        if !is_whole || !is_tested(measure) {
            return None;
        }
        let of_year = self.view.rows(run.rows.clone()).filter(|r| r.year == year);
        let values: BTreeMap<u32, f64> = of_year.filter_map(|r| Some((r.district, reported(&r)?))).collect();
        expected(self.district, SchoolYear::ending(year).ok()?, &self.matched, &values)
    }

    /// The coming years of a measure that is carried forward.
    fn projection(&self, run: &KeyRun, measure: &Measure, points: &[Point]) -> Option<Projection> {
        let key = self.released.terms().key(run.key);
        let method = measure.projection.as_ref().filter(|_| is_whole(&key))?;
        match method {
            ProjectionMethod::CohortSurvival => self.state.pasts().projection(&measure.id, self.district),
            ProjectionMethod::RollForward { flow } => {
                let flows = self.released.run(&MeasureKey { measure: flow.clone(), ..key })?;
                let flows = self.view.rows(self.view.of_district(flows, self.district));
                let flows = flows.filter_map(|r| Some((r.year, reported(&r)?))).collect();
                let balance = points.iter().filter_map(|p| Some((p.year.end(), p.value?))).collect();
                let own = &self.released.terms().districts[self.district as usize].breaks;
                let of_flow = self.catalog.measures.get(flow).into_iter().flat_map(|flow| &flow.breaks);
                roll_forward(&balance, &flows, measure.breaks.iter().chain(of_flow).chain(own))
            }
        }
    }

    fn value(&self, run: &KeyRun, district: u32, year: i32) -> Option<f64> {
        let mut rows = self.view.rows(self.view.of_district(run, district));
        rows.find(|r| r.year == year).and_then(|r| reported(&r))
    }

    /// The gap of a student group. A group is a part of all, so its count or its dollars are always less: no gap
    /// is told for what adds up, nor for what says who the students are (their share of enrollment).
    fn gap(
        &self,
        run: &KeyRun,
        measure: &Measure,
        points: &[Point],
        scratch: &mut Scratch,
    ) -> Option<(GroupGap, Option<Tested>)> {
        let groups = &self.released.terms().groups;
        let group = groups.get(run.key.group as usize)?;
        if measure.adds_up() || measure.better.sign() == 0.0 || group == ALL {
            return None;
        }
        let complement = self.catalog.groups.complement(group);
        let reference = complement.and_then(|id| self.reference(run, id, false));
        let reference = reference.or_else(|| self.reference(run, ALL, true))?;
        let own: Vec<(i32, Side)> =
            points.iter().filter_map(|p| Some((p.year.end(), Side { value: p.value?, n: p.n }))).collect();
        let breaks = &self.released.terms().districts[self.district as usize].breaks;
        gap(&own, &reference, (measure, breaks), self.catalog, scratch)
    }

    /// The district's values of another group of the same series.
    fn reference(&self, run: &KeyRun, group: &str, holds_group: bool) -> Option<Reference> {
        let code = self.released.terms().groups.binary_search_by(|g| g.as_str().cmp(group)).ok()? as u32;
        let runs = self.released.runs();
        let key = KeyCode { group: code, ..run.key };
        let of = &runs[runs.binary_search_by(|r| r.key.cmp(&key)).ok()?];
        let rows = self.view.rows(self.view.of_district(of, self.district));
        let by_year: BTreeMap<i32, Side> =
            rows.filter_map(|r| Some((r.year, Side { value: reported(&r)?, n: r.n }))).collect();
        (!by_year.is_empty()).then(|| Reference { group: group.to_owned(), holds_group, by_year })
    }
}
