//! Hand-made comparisons.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::compare::{
    Change, Changes, Comparison, Comparisons, Direction, GroupGap, LevelShift, Peer, PeerGroup, Point,
    RealTrend, Recovery, SeriesShape, ShiftKind, Standing, TestResult, Tests, Trend,
};
use crate::domain::{AllDistricts, District, DistrictId, Grade, MeasureKey, SchoolYear, Status};

pub(super) fn year(end: i32) -> SchoolYear {
    SchoolYear::ending(end).unwrap()
}

/// `teacher-turnover`, or with `group/grade/subject` after it.
pub(super) fn key(measure: &str, parts: [&str; 3]) -> MeasureKey {
    MeasureKey {
        group: parts[0].to_owned(),
        grade: Grade::parse(parts[1]).unwrap(),
        subject: parts[2].to_owned(),
        ..MeasureKey::whole(measure)
    }
}

pub(super) const WHOLE: [&str; 3] = ["all", "all", "all"];

/// A series that ends in 2023-24.
pub(super) fn series(key: MeasureKey, values: &[f64]) -> Comparison {
    let first = 2025 - values.len() as i32;
    let points = values.iter().enumerate().map(|(i, value)| Point {
        year: year(first + i as i32),
        value: Some(*value),
        status: Status::Reported,
        n: Some(200.0),
        derived: false,
        sources: Vec::new(),
    });
    Comparison {
        key,
        points: points.collect(),
        trend: None,
        shape: SeriesShape::TooFew,
        changes: Changes::default(),
        breaks: Vec::new(),
        standings: Vec::new(),
        peer_values: Vec::new(),
        around: None,
        expected: None,
        projection: None,
        gap: None,
        schools: None,
        tests: Tests::default(),
    }
}

/// How far the value has come back from the one farthest from the first.
fn recovery(values: &[(SchoolYear, f64)]) -> Option<Recovery> {
    let ((from_year, from), (_, latest)) = (values[0], values[values.len() - 1]);
    let farthest =
        |a: &&(SchoolYear, f64), b: &&(SchoolYear, f64)| (a.1 - from).abs().total_cmp(&(b.1 - from).abs());
    let (worst_year, worst) = *values[1..].iter().max_by(farthest)?;
    let share = (latest - worst) / (from - worst);
    (share > 0.0).then_some(Recovery { from_year, from, worst_year, worst, latest, share })
}

const fn shape_of(direction: Direction) -> SeriesShape {
    match direction {
        Direction::Rising => SeriesShape::Trend { rising: true },
        Direction::Falling => SeriesShape::Trend { rising: false },
        Direction::Steady => SeriesShape::Steady,
        Direction::NoClearDirection => SeriesShape::Unclear,
        Direction::TooFewYears => SeriesShape::TooFew,
    }
}

/// A test result that passes, or one that does not.
fn tested(passes: bool) -> Option<TestResult> {
    let p = if passes { 0.01 } else { 0.6 };
    Some(TestResult { p, adjusted: p })
}

impl Comparison {
    /// Ten peers, with `below` of them below the value and `equal` of them equal to it; the state has the peers' median.
    pub(super) fn among(mut self, below: usize, equal: usize, median: f64, clear: bool) -> Self {
        let value = self.latest().and_then(|latest| latest.value).unwrap();
        let (in_state, state_below) = match value.total_cmp(&median) {
            Ordering::Greater => (88.0, 1056),
            Ordering::Equal => (50.0, 600),
            Ordering::Less => (12.0, 143),
        };
        self.standings = vec![Standing {
            year: self.latest().unwrap().year,
            peer_n: 10,
            peers_below: below,
            peers_equal: equal,
            peer_median: Some(median),
            peer_p25: Some(median),
            peer_p75: Some(median),
            peer_percentile: Some(10.0 * (below as f64 + equal as f64 / 2.0)),
            peer_clear: clear,
            state_n: 1200,
            state_below,
            state_equal: 1,
            state_median: Some(median),
            state_percentile: Some(in_state),
            state_funnel: None,
        }];
        self.tests.level = tested(clear);
        self
    }

    pub(super) fn going(mut self, direction: Direction, slope: f64) -> Self {
        let (first, last) = (self.points[0].clone(), self.points[self.points.len() - 1].clone());
        let (from, to) = (first.value.unwrap(), last.value.unwrap());
        self.trend = Some(Trend {
            first_year: first.year,
            last_year: last.year,
            n_years: self.points.len(),
            first: from,
            last: to,
            slope,
            slope_low: slope,
            slope_high: slope,
            interval_is_range: false,
            p: Some(0.01),
            direction,
            change_one_year: None,
            change_all: to - from,
            real: None,
            after_break: None,
        });
        self.shape = shape_of(direction);
        self.tests.trend = tested(matches!(direction, Direction::Rising | Direction::Falling));
        self
    }

    /// In dollars of the last year.
    pub(super) fn really(mut self, direction: Direction, first: f64, slope: f64) -> Self {
        if let Some(trend) = &mut self.trend {
            let (slope_low, slope_high, p) = (slope, slope, Some(0.01));
            trend.real = Some(RealTrend { first, slope, slope_low, slope_high, p, direction });
        }
        self.shape = shape_of(direction);
        self.tests.trend = tested(matches!(direction, Direction::Rising | Direction::Falling));
        self
    }

    /// Its changes, counted from 2018-19, as if all dollars were constant.
    pub(super) fn changed(mut self, measure: &str, state_change: Option<f64>) -> Self {
        let is_money = measure.contains("revenue") || measure.contains("expenditure");
        let values: Vec<(SchoolYear, f64)> = self.reported().collect();
        let (to_year, to) = values[values.len() - 1];
        let change = |from: i32| {
            let (from_year, from) = values.iter().copied().find(|(year, _)| year.end() == from)?;
            let real_from = is_money.then_some(from);
            let test = Some(TestResult { p: 0.001, adjusted: 0.001 });
            (from_year < to_year).then_some(Change {
                from_year,
                to_year,
                from,
                to,
                real_from,
                state_change,
                test,
            })
        };
        self.changes.since_base = change(2019);
        self.changes.five_years = change(2019);
        self.changes.one_year = change(2023);
        self.changes.recovery = recovery(&values);
        self
    }

    /// With a gap to all students that had another size in the first year.
    pub(super) fn with_gap_from(mut self, first: f64) -> Self {
        let going = self.clone().going(Direction::Steady, 0.0).trend;
        if let Some(gap) = &mut self.gap {
            let direction = if first < gap.gap { Direction::Rising } else { Direction::Falling };
            gap.trend = going.map(|trend| Trend { first, last: gap.gap, direction, ..trend });
        }
        self
    }

    /// Leaving its first value for its last.
    pub(super) fn shifted(mut self) -> Self {
        let values: Vec<(SchoolYear, f64)> = self.reported().collect();
        let split = values.len() / 2;
        let ((_, before), (_, to)) = (values[0], values[values.len() - 1]);
        let from_year = values[split - 1].0.end();
        let (kind, p, explained, line_explained, after) = (ShiftKind::Step, 0.01, 0.9, 0.5, to);
        self.shape = SeriesShape::LevelShift(LevelShift {
            kind,
            split,
            from_year,
            before,
            after,
            to,
            p,
            explained,
            line_explained,
        });
        self
    }

    pub(super) fn resting_on(mut self, n: f64) -> Self {
        self.points.iter_mut().for_each(|p| p.n = Some(n));
        self
    }

    pub(super) fn beside_all(mut self, reference: f64) -> Self {
        let latest = self.latest().unwrap();
        let gap = latest.value.unwrap() - reference;
        self.gap = Some(GroupGap {
            year: latest.year,
            reference_group: "all".to_owned(),
            reference,
            gap,
            n: latest.n,
            reference_n: Some(400.0),
            beside: latest.n.map(|n| 400.0 - n),
            interval: None,
            trend: None,
            risk: None,
        });
        self.tests.gap = tested(true);
        self
    }
}

pub(super) fn turnover() -> Comparison {
    series(MeasureKey::whole("teacher-turnover"), &[16.0, 18.2, 20.1, 21.8, 24.1])
        .among(9, 0, 17.5, true)
        .going(Direction::Rising, 1.9)
}

pub(super) fn comparisons(mut all: Vec<Comparison>) -> Comparisons {
    all.sort_by(|a, b| a.key.cmp(&b.key));
    let district = |id: &str| District {
        id: DistrictId::new(id).unwrap(),
        shown_id: id.to_owned(),
        name: id.to_owned(),
        attributes: BTreeMap::new(),
        state: None,
        layouts: Vec::new(),
        breaks: Vec::new(),
    };
    let peer = |code: u32| Peer {
        district: district(&format!("{}", code + 1)),
        code,
        distance: 1.0,
        values: Vec::new(),
    };
    let peers = PeerGroup { peers: (0..10).map(peer).collect(), candidates: 1000, ..PeerGroup::default() };
    let district = district("100");
    let newest = all.iter().filter_map(|one| Some(one.latest()?.year)).max();
    Comparisons {
        schools: Vec::new(),
        newest,
        perception: crate::compare::PerceptionComparison::default(),
        district,
        peers,
        around: None,
        outcomes: Vec::new(),
        base_year: None,
        state_n: 1200,
        all_districts: AllDistricts::OfState,
        all,
    }
}
