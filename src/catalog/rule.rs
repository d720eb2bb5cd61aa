//! Rules: closed lists of facts, operators and named thresholds that propose SWOT candidates.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::Quadrant;

/// One rule of `catalog/rules/QUADRANT.toml`. All its conditions must hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// Stable kebab-case id (`teacher-turnover-high`).
    pub id: String,
    /// The quadrant for which it proposes candidates.
    pub quadrant: Quadrant,
    /// What it looks for, in one sentence for a lay reader.
    pub looks_for: String,
    /// Ids of the measures to which it applies. This, `stories` or `domains` must name something.
    #[serde(default)]
    pub measures: Vec<String>,
    /// Ids of the stories to whose measures it applies, where one direction is better.
    #[serde(default)]
    pub stories: Vec<String>,
    /// Domain ids: it applies to every measure in them for which one direction is better.
    #[serde(default)]
    pub domains: Vec<String>,
    /// The student groups to which it applies: empty for `all` only, `["*"]` for every group except `all`, or
    /// ids.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Whether it also applies to each grade and subject (`true`), or only to `all` (`false`).
    #[serde(default)]
    pub each_grade_and_subject: bool,
    /// The grades to which it applies, by id; empty if `each-grade-and-subject` says it all.
    #[serde(default)]
    pub grades: Vec<String>,
    /// The story that it tells, if that is not the story of its measure.
    #[serde(default)]
    pub story: Option<String>,
    /// The other series of the district that it is compared with.
    #[serde(default)]
    pub beside: Option<Beside>,
    /// Conditions, all of which must hold. The first determines what the rule is about (a level, a trend, a
    /// gap, or just a value): its test determines how certain a candidate is, and its size how high it ranks.
    pub when: Vec<Condition>,
    /// Thresholds by name; `RULE.NAME` in a project's `[thresholds]` replaces one.
    #[serde(default)]
    pub thresholds: BTreeMap<String, Threshold>,
    /// The clauses of the statement, in order.
    pub say: Vec<Clause>,
    /// A question for discussion.
    pub question: String,
    /// The other side of what it says, or what the data leaves open: the last of the doubts about its candidates.
    #[serde(default)]
    pub doubt: Option<String>,
    /// Among the rules of a family (`level`, `trend`, …), only the one with the highest score is used for a
    /// measure. A project's rule must name a family of the built-in rules.
    pub family: String,
}

/// Another series of the district. What is not named is the same as in the series that the rule applies to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// The id of its measure.
    #[serde(default)]
    pub measure: Option<String>,
    /// The id of its student group.
    #[serde(default)]
    pub group: Option<String>,
    /// The id of its grade.
    #[serde(default)]
    pub grade: Option<String>,
    /// The id of its subject.
    #[serde(default)]
    pub subject: Option<String>,
}

/// A named threshold: a number and its source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The number, in the fact's unit.
    pub value: f64,
    /// The source of the number, or that it is this program's own default.
    pub source: String,
}

/// One condition: a fact, an operator, and the name of a threshold or a word.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The fact to examine.
    pub fact: RuleFact,
    /// How it is compared.
    pub is: Operator,
    /// Name of one of the rule's thresholds (for numeric facts).
    #[serde(default)]
    pub than: Option<String>,
    /// A word (for facts that are words: `direction`), or the name of another numeric fact.
    #[serde(default)]
    pub word: Option<String>,
}

/// What a condition can examine. `favorable` means: positive is in the measure's better direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleFact {
    /// Latest value, in the measure's unit.
    Value,
    /// The n of the latest value.
    N,
    /// Percentile of the latest value among the peers, 0–100, high = high value.
    PeerPercentile,
    /// The same, reversed if necessary so that high = good.
    FavorablePeerPercentile,
    /// Latest value minus the peers' median, in the measure's unit.
    PeerGap,
    /// The same, with the sign changed if necessary so that positive = good, in units of the meaningful
    /// change.
    FavorablePeerGap,
    /// Whether the difference from the peers is clear (`methods.md` 3): `yes` or `no`.
    PeerClear,
    /// Whether other districts have a value in the latest year, alike or not: `yes` or `no`.
    HasOthers,
    /// Whether the district does worse than others: `yes` if its latest value is worse than in most peers (or, without peers
    /// that are alike, in most districts of the data) by more than is about the same, or if it changed for the worse by clearly more than
    /// the median district over the years that the rule is about; `no` otherwise; unknown without other districts.
    WorseThanOthers,
    /// Whether a change for the better is not the district's own: `yes` if the median district changed about as much over the same
    /// years, and the latest value is not better than in most peers or districts; `no` otherwise, and without other districts.
    SharedByOthers,
    /// Latest value minus the value expected from districts with similar students, in units of the usual size
    /// of that difference, with the sign changed if necessary so that positive = good.
    FavorableExpectedDistance,
    /// Percentile in the state, 0–100, high = high value.
    StatePercentile,
    /// The same, reversed if necessary so that high = good.
    FavorableStatePercentile,
    /// The shape of the series: `rising` or `falling` (a trend), `shifted-up`, `shifted-down`, `turned`, `steady`,
    /// `no-clear-direction`, `too-few-years`.
    Direction,
    /// The same by the better direction: `improving`, `worsening`, `shifted-for-the-better`, `shifted-for-the-worse`, `turned`,
    /// `steady`, `no-clear-direction`, `too-few-years`. A measure that is neither has no course but the last four.
    Course,
    /// Slope per year, in the measure's unit.
    Slope,
    /// Slope per year as a percent of the run's first value; for money, both in constant dollars.
    SlopePercent,
    /// Change over the last year, in the measure's unit.
    ChangeOneYear,
    /// Change over the whole run, in the measure's unit.
    ChangeAll,
    /// Change over the whole run as a percent of its first value.
    ChangeAllPercent,
    /// Change over the last five years as a percent of the value five years ago; only if the run includes
    /// that year.
    ChangeFiveYearsPercent,
    /// Change over the last five years, with the sign changed if necessary so that positive = good, in units of the
    /// meaningful change.
    FavorableChangeFiveYears,
    /// Change over the last year, likewise.
    FavorableChangeOneYear,
    /// Change since the base year, in the measure's unit; for money, in constant dollars.
    ChangeSinceBase,
    /// The same as a percent of the base year's value.
    ChangeSinceBasePercent,
    /// The same with the sign changed if necessary so that positive = good, in units of the meaningful change.
    FavorableChangeSinceBase,
    /// Change since the base year minus the change of the state's median, in the measure's unit.
    ChangeBeyondState,
    /// The same with the sign changed if necessary so that positive = good, in units of the meaningful change; for money, in
    /// constant dollars.
    FavorableChangeBeyondState,
    /// The share of a loss since the base year that is undone: 0 at the worst value, 1 back at the first one.
    RecoveredShare,
    /// Change of the percentile in the state since the base year (or over five years), with the sign changed if necessary so
    /// that positive = good. A break does not matter for a rank.
    FavorablePlaceChange,
    /// Latest value minus the project's target, with the sign changed if necessary so that positive = good, in the measure's
    /// unit.
    FavorableTargetGap,
    /// Change of the gap to the reference group over its run, if it has a clear trend, with the sign changed if necessary so that positive = good
    /// (for the group), in the measure's unit.
    FavorableGapChange,
    /// Percent change over the last five years minus that of the series in `beside`.
    ChangeBeside,
    /// Latest value minus that of the series in `beside` in the same year, in the measure's unit.
    DifferenceBeside,
    /// Latest value as a percent of that of the series in `beside` in the same year.
    PercentOfBeside,
    /// The percentile of the series in `beside` among the peers in the same year, with high = good; 50 if it is about the same as
    /// their median.
    FavorablePeerPercentileBeside,
    /// Number of years in the comparable run.
    Years,
    /// How many years ago the series left its level all at once; 0 if it is still leaving it year by year; unknown if it left none.
    YearsSinceShift,
    /// For how many of the latest consecutive years the value was below zero.
    YearsBelowZero,
    /// For how many of the latest consecutive years the value was above zero.
    YearsAboveZero,
    /// For how many of the latest consecutive years the value changed in the unfavorable direction.
    YearsWorsening,
    /// For how many of the latest consecutive years the value changed in the favorable direction.
    YearsImproving,
    /// For how many of the latest consecutive years the group's risk ratio was 2 or more (incidents per 100
    /// students).
    RiskRatioYears,
    /// Difference between the group's latest value and its reference group's (its complement, or else all
    /// students), with the sign changed if necessary so that positive = good, in the measure's unit.
    FavorableGroupGap,
    /// The smaller n of the two values of a group's gap.
    GapN,
    /// Change from the latest value to the last projected one, as a percent of the latest value.
    ProjectedChangePercent,
    /// Whether a group's gap is known to be about few people on either side: `yes` or `no`.
    GapSmall,
    /// Latest value minus the largest of the other student groups of the same dimension, such as all races; unknown if none of them
    /// has a value in that year, or if all together are less than 90 percent.
    LeadOverGroups,
    /// Slope of the peers' median per year, in the measure's unit.
    PeerSlope,
    /// How many schools clearly have a better value than the other schools of their type, in the latest two years; unknown
    /// without at least three of a type.
    SchoolsAhead,
    /// How many schools clearly have a worse value than the other schools of their type, likewise.
    SchoolsBehind,
    /// By how much the range of the schools of a type has grown over three to five years, in units of the meaningful change.
    SchoolsApart,
}

/// The words for a trend.
const DIRECTIONS: [&str; 8] = [
    "rising",
    "falling",
    "shifted-up",
    "shifted-down",
    "turned",
    "steady",
    "no-clear-direction",
    "too-few-years",
];
const COURSES: [&str; 8] = [
    "improving",
    "worsening",
    "shifted-for-the-better",
    "shifted-for-the-worse",
    "turned",
    "steady",
    "no-clear-direction",
    "too-few-years",
];

impl RuleFact {
    /// The words that it can be; empty if it is a number.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Direction => &DIRECTIONS,
            Self::Course => &COURSES,
            Self::PeerClear
            | Self::HasOthers
            | Self::GapSmall
            | Self::WorseThanOthers
            | Self::SharedByOthers => &["yes", "no"],
            _ => &[],
        }
    }

    /// Whether it is unknown for a measure that has no better direction.
    #[must_use]
    pub const fn needs_better(self) -> bool {
        matches!(
            self,
            Self::FavorablePeerPercentile
                | Self::FavorablePeerGap
                | Self::FavorableExpectedDistance
                | Self::FavorableStatePercentile
                | Self::FavorableChangeFiveYears
                | Self::FavorableChangeOneYear
                | Self::FavorableChangeSinceBase
                | Self::FavorableChangeBeyondState
                | Self::FavorablePlaceChange
                | Self::FavorableTargetGap
                | Self::FavorableGapChange
                | Self::FavorableGroupGap
        )
    }
}

/// How a fact is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// At least the threshold.
    AtLeast,
    /// At most the threshold.
    AtMost,
    /// Above the threshold.
    Above,
    /// Below the threshold.
    Below,
    /// The word is the given one.
    Is,
    /// The word is not the given one.
    IsNot,
}

/// A clause of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clause {
    /// Subject, verb, latest value, year.
    Level,
    /// Its rank among the peers.
    Peers,
    /// Its rank in the state.
    State,
    /// How far it is from the value of districts with similar students.
    Expected,
    /// Its direction, its speed, and since when.
    Trend,
    /// First and last value of the run with the percent change (instead of `level`).
    Change,
    /// The gap to the reference group.
    GroupGap,
    /// The group's risk ratio.
    RiskRatio,
    /// For how many consecutive years it has been below zero (instead of `level`).
    Streak,
    /// For how many consecutive years it has gone the same way, and from where (instead of `level`).
    StreakOfChange,
    /// Its projection.
    Projection,
    /// The level shift, with both levels (instead of `level`).
    Shift,
    /// The change since the base year, with both values (instead of `level`).
    SinceBase,
    /// The change over five years, with both values (instead of `level`).
    FiveYears,
    /// The change over one year, with both values (instead of `level`).
    OneYear,
    /// The worst year, and how much of the loss is undone (instead of `level`).
    Recovery,
    /// The change of the state's median over the same years.
    StateChange,
    /// The rank in the state, then and now.
    PlaceChange,
    /// The project's target.
    Target,
    /// How the gap to the reference group has changed.
    GapChange,
    /// The value of the series in `beside` in the same year.
    Beside,
    /// The change over five years of the series in `beside`.
    BesideChange,
    /// Where this series stands among the peers, and where the one in `beside` does.
    BesidePeers,
    /// The range of values among the schools of a type.
    Schools,
    /// The same, and how far apart they were before.
    SchoolsThenAndNow,
    /// That it is the largest student group of its dimension, and none is a majority.
    NoMajority,
}

/// A file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) rule: Vec<Rule>,
}
