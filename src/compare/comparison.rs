//! The results of comparing a district: one comparison for each of its series.

use statistics::shape::SeriesShape;

use super::change::result::Changes;
use super::gap::result::GroupGap;
use super::level::result::{Expected, Standing};
use super::projection::result::Projection;
use super::school_spread::result::SchoolSpread;
use super::significance::FALSE_DISCOVERY_RATE;
use super::trend::result::Trend;
use crate::diagnostic::Place;
use crate::domain::{Break, MeasureKey, SchoolYear, Status};

/// One measure × group × grade × subject for the chosen district.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Comparison {
    /// What it is about.
    pub key: MeasureKey,
    /// All years that any source has for the district, ascending, whether or not a value is reported.
    pub points: Vec<Point>,
    /// The trend over the latest comparable run of reported values; `None` if there are fewer than two.
    pub trend: Option<Trend>,
    /// What a reader sees in that run; for money in dollars of its last year, if prices are known.
    pub shape: SeriesShape,
    /// Its changes since earlier years of that run.
    pub changes: Changes,
    /// The breaks in comparability of the measure, then of the district.
    pub breaks: Vec<Break>,
    /// The district's standing in each year in which it has a reported value, ascending.
    pub standings: Vec<Standing>,
    /// Values of the peers in the district's latest reported year: (index into the peer group, value), in the
    /// order of the peer group; peers without a value are omitted.
    pub peer_values: Vec<(usize, f64)>,
    /// In that year, how many of the districts around it have a value, and their median (if there are at
    /// least 5).
    pub around: Option<(usize, f64)>,
    /// What districts with similar students have in that year; only for all students.
    pub expected: Option<Expected>,
    /// The coming years; only for all students, and for measures that the catalog projects.
    pub projection: Option<Projection>,
    /// The difference from the group's reference in the latest year; only for student groups.
    pub gap: Option<GroupGap>,
    /// How far apart the district's schools of one type are; `None` without enough of them.
    pub schools: Option<SchoolSpread>,
    /// The significance tests, adjusted for multiple tests.
    pub tests: Tests,
}

impl Comparison {
    /// The gap, if it is from the latest year. It is from an earlier one if either side has too few people in
    /// the latest.
    #[must_use]
    pub fn gap_now(&self) -> Option<&GroupGap> {
        self.gap.as_ref().filter(|gap| self.latest().is_some_and(|latest| latest.year == gap.year))
    }

    /// The latest year with a reported value.
    #[must_use]
    pub fn latest(&self) -> Option<&Point> {
        self.points.iter().rev().find(|p| p.value.is_some())
    }

    /// The standing in the latest reported year.
    #[must_use]
    pub fn standing(&self) -> Option<&Standing> {
        let year = self.latest()?.year;
        self.standings.iter().find(|s| s.year == year)
    }

    /// The break before the latest value, if there are values before the break. Nothing is computed across a
    /// break.
    #[must_use]
    pub fn after_break(&self) -> Option<&Break> {
        let last = self.latest()?.year.end();
        let latest = self.breaks.iter().filter(|b| b.year <= last).max_by_key(|b| b.year)?;
        self.reported().any(|(year, _)| year.end() < latest.year).then_some(latest)
    }

    /// Reported values of the latest comparable run with their years, ascending.
    pub fn run(&self) -> impl Iterator<Item = (SchoolYear, f64)> + '_ {
        let from = self.after_break().map(|b| b.year);
        self.reported().filter(move |(year, _)| from.is_none_or(|from| year.end() >= from))
    }

    /// Reported values with their years, ascending.
    pub fn reported(&self) -> impl Iterator<Item = (SchoolYear, f64)> + '_ {
        self.points.iter().filter_map(|p| Some((p.year, p.value?)))
    }
}

/// One year of the district's series.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// School year.
    pub year: SchoolYear,
    /// The value, in the measure's unit; `None` unless reported.
    pub value: Option<f64>,
    /// Why there is no value.
    pub status: Status,
    /// How many people the value is based on; `None` if not published.
    pub n: Option<f64>,
    /// Whether this program computed it from other values.
    pub derived: bool,
    /// The cells it comes from.
    pub sources: Vec<Place>,
}

impl Point {
    /// Whether somebody published a value, even if it is not shown.
    #[must_use]
    pub const fn is_published(&self) -> bool {
        self.value.is_some() || matches!(self.status, Status::Masked | Status::Withheld)
    }
}

/// The significance tests of a series, one from each family (`methods.md` 7).
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Tests {
    /// The level compared with the peers in the latest year.
    pub level: Option<TestResult>,
    /// The trend; for money, in constant dollars if prices are known.
    pub trend: Option<TestResult>,
    /// The gap to the reference group.
    pub gap: Option<TestResult>,
}

/// One test.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TestResult {
    /// The two-sided p-value of this test alone.
    pub p: f64,
    /// The p-value adjusted for all tests of the family made for the district.
    pub adjusted: f64,
}

impl TestResult {
    pub(in crate::compare) const fn new(p: f64) -> Self {
        Self { p, adjusted: 1.0 }
    }

    /// Whether it is significant after adjusting for multiple tests.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.adjusted <= FALSE_DISCOVERY_RATE
    }
}
