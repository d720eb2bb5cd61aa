//! Comparing all series of a district, in parallel, one task a series.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::comparison::{Comparison, Comparisons, GroupGap, PeerGroup, Point, Standing, Trend};
use super::peers::{PeerSettings, peer_group};
use super::standing::{Own, standing};
use super::state::{StateValues, reported};
use super::trend::{Scratch, trend};
use crate::catalog::{Catalog, Measure};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::{FrameView, KeyRun, Released, Row};
use crate::domain::{ALL, KeyCode, SchoolYear, Unit};

/// Chooses the peers of `district`, whose code is one of `released.terms()`, and compares all its series.
#[must_use]
pub fn compare(
    released: &Released,
    catalog: &Catalog,
    settings: &PeerSettings,
    district: u32,
) -> Warned<Comparisons> {
    let peers = peer_group(released, catalog, settings, district);
    let state = StateValues::new(released);
    let mut compared = compare_with(released, catalog, &state, peers.value, district);
    compared.diagnostics.splice(0..0, peers.diagnostics);
    compared
}

/// Compares all series of `district` with peers chosen, and with the state's values sorted, before.
#[must_use]
pub fn compare_with(
    released: &Released,
    catalog: &Catalog,
    state: &StateValues,
    peers: PeerGroup,
    district: u32,
) -> Warned<Comparisons> {
    let terms = released.terms();
    let (all, diagnostics) = match released.view() {
        Ok(view) => {
            let task = Task { released, view, catalog, state, peers: &peers, district };
            let one = |room: &mut Room, (i, run): (usize, &KeyRun)| task.comparison(i, run, room);
            let all: Vec<Option<Comparison>> =
                released.runs().par_iter().enumerate().map_init(Room::default, one).collect();
            (all.into_iter().flatten().collect(), Vec::new())
        }
        Err(e) => (Vec::new(), vec![Diagnostic::not_computed("comparisons", &e.to_string(), 1)]),
    };
    let district = terms.districts[district as usize].clone();
    let value = Comparisons { district, peers, state_n: terms.districts.len(), all };
    Warned { value, diagnostics }
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
        Some(Comparison {
            key: self.released.terms().key(run.key),
            trend: trend(&room.points, (measure, own), &self.catalog.prices, &mut room.scratch),
            breaks: measure.breaks.iter().chain(own).cloned().collect(),
            standings: self.standings(position, run, &points, measure, room),
            peer_values: latest.map_or_else(Vec::new, |year| self.peer_values(run, year)),
            gap: self.gap(run, measure, &points),
            points,
        })
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

    fn peer_values(&self, run: &KeyRun, year: i32) -> Vec<(usize, f64)> {
        let peers = self.peers.peers.iter().enumerate();
        peers.filter_map(|(i, peer)| Some((i, self.value(run, peer.code, year)?))).collect()
    }

    fn value(&self, run: &KeyRun, district: u32, year: i32) -> Option<f64> {
        let mut rows = self.view.rows(self.view.of_district(run, district));
        rows.find(|r| r.year == year).and_then(|r| reported(&r))
    }

    /// The difference to all students of the same grade and subject. A group is a part of all, so its count or
    /// its dollars are always less: no gap is told for what adds up.
    fn gap(&self, run: &KeyRun, measure: &Measure, points: &[Point]) -> Option<GroupGap> {
        let adds_up = matches!(measure.unit, Unit::Count | Unit::Fte | Unit::Dollars);
        let everybody = self.released.terms().groups.binary_search_by(|g| g.as_str().cmp(ALL)).ok()? as u32;
        if adds_up || run.key.group == everybody {
            return None;
        }
        let key = KeyCode { group: everybody, ..run.key };
        let runs = self.released.runs();
        let whole = &runs[runs.binary_search_by(|r| r.key.cmp(&key)).ok()?];
        let all: BTreeMap<i32, f64> = self
            .view
            .rows(self.view.of_district(whole, self.district))
            .filter_map(|r| Some((r.year, reported(&r)?)))
            .collect();
        points.iter().rev().find_map(|p| {
            let (value, reference) = (p.value?, *all.get(&p.year.end())?);
            Some(GroupGap { year: p.year, reference, gap: value - reference })
        })
    }
}
