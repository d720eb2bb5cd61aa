//! What a comparison is.

use std::collections::BTreeMap;

use super::alike::Alike;
use super::expected::Expected;
use super::gap::SMALL_GROUP;
use super::outcomes::Outcome;
use super::projection::Projection;
use super::standing::Standing;
use crate::diagnostic::Place;
use crate::domain::{Break, District, MeasureKey, SchoolYear, Status, Unit};

/// Everything that is known about the chosen district's measures by comparison.
#[derive(Debug, Clone)]
pub struct Comparisons {
    /// The chosen district.
    pub district: District,
    /// Its peers, nearest first; empty where none could be chosen.
    pub peers: PeerGroup,
    /// The second set of the project, beside the peers: the districts around it. `None` where it asks for none.
    pub around: Option<PeerGroup>,
    /// The outcomes that the district and each of its peers have.
    pub outcomes: Vec<Outcome>,
    /// The year that the project compares with beside the first, such as the last before the pandemic.
    pub base_year: Option<SchoolYear>,
    /// How many districts the sources know.
    pub state_n: usize,
    /// One for each series of the district, sorted by key.
    pub all: Vec<Comparison>,
}

impl Comparisons {
    /// The comparison with this key.
    #[must_use]
    pub fn get(&self, key: &MeasureKey) -> Option<&Comparison> {
        self.all.binary_search_by(|c| c.key.cmp(key)).ok().map(|i| &self.all[i])
    }
}

/// The peer group.
#[derive(Debug, Clone, Default)]
pub struct PeerGroup {
    /// The year whose values chose them; `None` where there are no peers.
    pub year: Option<SchoolYear>,
    /// The matching variables, in the order of the project or the catalog.
    pub variables: Vec<PeerVariable>,
    /// Attributes that the peers share with the district, with the district's value.
    pub within: Vec<(String, String)>,
    /// How many districts could have been chosen (the district itself not counted).
    pub candidates: usize,
    /// How many share the attributes, but lack a matching variable in that year: missing, masked or withheld.
    pub without_values: usize,
    /// How the distances are made.
    pub method: String,
    /// The peers, nearest first; ties by id.
    pub peers: Vec<Peer>,
    /// How like the district they are; `None` where not asked, or there are none.
    pub alike: Option<Alike>,
}

/// A matching variable with the district's value.
#[derive(Debug, Clone)]
pub struct PeerVariable {
    /// Name, as in the catalog's `peers.toml`.
    pub name: String,
    /// Heading.
    pub label: String,
    /// The measure and group it stands for; `None` for a flag made of an attribute.
    pub key: Option<MeasureKey>,
    /// Its unit; `None` for a flag.
    pub unit: Option<Unit>,
    /// The chosen district's value; 0 or 1 for a flag.
    pub value: f64,
}

impl PeerVariable {
    /// Whether it is the project's matching variable of this name: itself, or one of the values of a category.
    pub(super) fn is_of(&self, name: &str) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }

    /// A value of the variable as people read it.
    #[must_use]
    pub fn shown(&self, value: f64) -> String {
        match self.unit {
            Some(unit) => unit.format(value),
            None => if value > 0.0 { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// One peer.
#[derive(Debug, Clone)]
pub struct Peer {
    /// The district.
    pub district: District,
    /// Its code in the frames.
    pub code: u32,
    /// Euclidean distance over the standardised variables.
    pub distance: f64,
    /// Its value of each matching variable, in order.
    pub values: Vec<f64>,
}

/// One measure × group × grade × subject of the chosen district.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// What it is about.
    pub key: MeasureKey,
    /// All years that any source has for the district, ascending, reported or not.
    pub points: Vec<Point>,
    /// The trend over the latest comparable run of reported values; `None` with fewer than two of them.
    pub trend: Option<Trend>,
    /// The breaks in comparability of the measure, then of the district.
    pub breaks: Vec<Break>,
    /// Where the district stands, a year each, ascending, for years in which it has a reported value.
    pub standings: Vec<Standing>,
    /// Values of the peers in the latest reported year of the district: (index into the peer group, value),
    /// in the order of the peer group; a peer without a value is not listed.
    pub peer_values: Vec<(usize, f64)>,
    /// In that year, how many of the districts around it have a value, and their median (with at least 5 of them).
    pub around: Option<(usize, f64)>,
    /// What districts with similar students have, in that year; only for all students.
    pub expected: Option<Expected>,
    /// The coming years; only for measures that the catalog carries forward, and all students.
    pub projection: Option<Projection>,
    /// The difference to those the group is compared with, in the latest year; only for student groups.
    pub gap: Option<GroupGap>,
    /// What was tested, with many tests taken into account.
    pub tests: Tests,
}

impl GroupGap {
    /// Whether either side is known to rest on few people (`methods.md` 1).
    #[must_use]
    pub fn is_small(&self) -> bool {
        [self.n, self.beside].into_iter().flatten().any(|n| n < SMALL_GROUP)
    }
}

impl Comparison {
    /// The gap, where it is of the latest year: with too few people on one side it may be of an earlier one.
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

    /// The change since `base` (its school year), where both it and the latest value are in the comparable run.
    #[must_use]
    pub fn change_since(&self, base: SchoolYear) -> Option<f64> {
        let trend = self.trend.as_ref().filter(|t| t.first_year <= base && base < t.last_year)?;
        let then = self.reported().find(|(year, _)| *year == base)?.1;
        Some(trend.last - then)
    }

    /// The break that the latest value is after, where there are values before it: nothing is said across it.
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

    /// [`change_since`](Self::change_since) of money, in dollars of the last year; `None` where the prices of either year are not
    /// known.
    #[must_use]
    pub fn real_change_since(&self, base: SchoolYear, prices: &BTreeMap<i32, f64>) -> Option<f64> {
        let trend = self.trend.as_ref().filter(|t| t.real.is_some())?;
        let then = trend.last - self.change_since(base)?;
        let price = |year: SchoolYear| prices.get(&year.end()).copied().filter(|p| *p > 0.0);
        Some(trend.last - then * price(trend.last_year)? / price(base)?)
    }

    /// Reported values with their years, ascending.
    pub fn reported(&self) -> impl Iterator<Item = (SchoolYear, f64)> + '_ {
        self.points.iter().filter_map(|p| Some((p.year, p.value?)))
    }
}

/// One year of the district's series.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// School year.
    pub year: SchoolYear,
    /// The value, in the measure's unit; `None` unless reported.
    pub value: Option<f64>,
    /// Why there is none.
    pub status: Status,
    /// How many people the value rests on; `None` where not published.
    pub n: Option<f64>,
    /// Whether this program computed it from other values.
    pub derived: bool,
    /// The cells it comes from.
    pub sources: Vec<Place>,
}

/// The trend of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// First year of the comparable run.
    pub first_year: SchoolYear,
    /// Last year of the run.
    pub last_year: SchoolYear,
    /// Reported values in it.
    pub n_years: usize,
    /// Value in the first year.
    pub first: f64,
    /// Value in the last year.
    pub last: f64,
    /// Theil–Sen slope, in the measure's unit a year.
    pub slope: f64,
    /// Lower end of Sen's 95 % interval.
    pub slope_low: f64,
    /// Upper end of it.
    pub slope_high: f64,
    /// Whether the years are so few that the interval is the whole range of pairwise slopes.
    pub interval_is_range: bool,
    /// Mann–Kendall two-sided p; `None` with fewer than 4 years.
    pub p: Option<f64>,
    /// The word for it.
    pub direction: Direction,
    /// Change from the year before; `None` where the year before has no value in the run.
    pub change_one_year: Option<f64>,
    /// Last minus first.
    pub change_all: f64,
    /// For money: the same in dollars of the last year; `None` otherwise or where a year's prices are not known.
    pub real: Option<RealTrend>,
    /// Why the run does not begin with the series' first value: the break's reason.
    pub after_break: Option<String>,
}

/// The trend of money in dollars of the run's last year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RealTrend {
    /// Value of the first year.
    pub first: f64,
    /// Theil–Sen slope a year.
    pub slope: f64,
    /// Lower end of Sen's 95 % interval.
    pub slope_low: f64,
    /// Upper end of it.
    pub slope_high: f64,
    /// Mann–Kendall two-sided p; `None` with fewer than 4 years.
    pub p: Option<f64>,
    /// The word for it, by the same rules.
    pub direction: Direction,
}

impl Trend {
    /// The change over the run; of money in dollars of the last year, where prices are known.
    #[must_use]
    pub fn real_change(&self) -> f64 {
        self.last - self.real.map_or(self.first, |real| real.first)
    }
}

/// The word for a trend (`methods.md` 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// p ≤ 0.10 and the fitted change is meaningful, upward.
    Rising,
    /// The same, downward.
    Falling,
    /// The slope's interval, over the run, lies within the meaningful change; or all values lie near the median.
    Steady,
    /// Neither.
    NoClearDirection,
    /// Fewer than 4 values.
    TooFewYears,
}

impl Direction {
    /// The id used in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::Steady => "steady",
            Self::NoClearDirection => "no-clear-direction",
            Self::TooFewYears => "too-few-years",
        }
    }
}

/// The difference between a student group and its reference, latest year that has both.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupGap {
    /// School year.
    pub year: SchoolYear,
    /// The group it is compared with: its complement, or `all`.
    pub reference_group: String,
    /// The reference's value.
    pub reference: f64,
    /// Group minus reference, in the measure's unit.
    pub gap: f64,
    /// How many people the group's value rests on; `None` where not published.
    pub n: Option<f64>,
    /// The same of the reference.
    pub reference_n: Option<f64>,
    /// How many people stand beside the group: the reference's, without the group where it holds it.
    pub beside: Option<f64>,
    /// 95 % interval of the gap; only for percents of known n.
    pub interval: Option<(f64, f64)>,
    /// The course of the gap over the comparable run.
    pub trend: Option<Trend>,
    /// The risk ratio of the same year; only for incidents for each 100 students, where there are enough.
    pub risk: Option<RiskRatio>,
}

/// How much likelier a group's students meet with an incident than the others (IDEA, 34 CFR § 300.647).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RiskRatio {
    /// School year.
    pub year: SchoolYear,
    /// The group's rate over that of the others.
    pub ratio: f64,
    /// For how many years in a row, up to `year` and since the last break, it is 2 or more.
    pub years_at_2: usize,
}

/// What was tested of a series, a family each (`methods.md` 7).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tests {
    /// The level against the peers in the latest year.
    pub level: Option<Tested>,
    /// The trend; of money, in constant dollars where prices are known.
    pub trend: Option<Tested>,
    /// The gap to the reference group.
    pub gap: Option<Tested>,
}

/// One test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// Two-sided p of the test alone.
    pub p: f64,
    /// p adjusted for all tests of the family made on the district.
    pub adjusted: f64,
}

impl Tested {
    pub(super) const fn new(p: f64) -> Self {
        Self { p, adjusted: 1.0 }
    }

    /// Whether it is more than what chance brings among so many tests.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.adjusted <= super::families::Q
    }
}
