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
    /// The quadrant it proposes for.
    pub quadrant: Quadrant,
    /// What it looks for, in one sentence for a lay reader.
    pub looks_for: String,
    /// Ids of the measures that it is applied to. With `domains`, either may be empty, not both.
    #[serde(default)]
    pub measures: Vec<String>,
    /// Domain ids: it is applied to every measure of them of which one way is better.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Which student groups it is applied to: empty for `all` only, `["*"]` for every group but `all`, or ids.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Whether it is applied to each grade and subject too (`true`), or only to `all` (`false`).
    #[serde(default)]
    pub each_grade_and_subject: bool,
    /// Conditions, all of which must hold. The first says what the rule is about (a level, a trend, a gap, or a value
    /// as such): its test decides how sure a candidate is, and its size how it ranks.
    pub when: Vec<Condition>,
    /// Thresholds by name; a project's `[thresholds]` replaces `RULE.NAME`.
    #[serde(default)]
    pub thresholds: BTreeMap<String, Threshold>,
    /// The clauses of the statement, in order.
    pub say: Vec<Clause>,
    /// A question for discussion.
    pub question: String,
    /// Of the rules of a family (`level`, `trend`, …), only the one with the highest score is used for a measure.
    pub family: String,
}

/// A named threshold: a number with the place it comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The number, in the fact's unit.
    pub value: f64,
    /// Where the number comes from, or that it is this program's own default.
    pub source: String,
}

/// One condition: a fact, an operator, and a threshold's name or a word.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is looked at.
    pub fact: RuleFact,
    /// How it is compared.
    pub is: Operator,
    /// Name of a threshold of the rule (numeric facts).
    #[serde(default)]
    pub than: Option<String>,
    /// A word (facts that are words: `direction`), or another numeric fact's name.
    #[serde(default)]
    pub word: Option<String>,
}

/// What a condition can look at. `favorable` means: in the measure's better way, positive is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleFact {
    /// Latest value, in the measure's unit.
    Value,
    /// The n of the latest value.
    N,
    /// Percentile of the latest value among the peers, 0–100, high = high value.
    PeerPercentile,
    /// The same, turned so that high = good.
    FavorablePeerPercentile,
    /// Latest value minus the peers' median, in the measure's unit.
    PeerGap,
    /// The same, turned so that positive = good, in units of the meaningful change.
    FavorablePeerGap,
    /// Whether the difference from the peers is clear (`methods.md` 3): `yes` or `no`.
    PeerClear,
    /// Latest value minus what districts with similar students have, in units of the usual size of that difference, turned so that
    /// positive = good.
    FavorableExpectedDistance,
    /// Percentile in the state, 0–100, high = high value.
    StatePercentile,
    /// The same, turned so that high = good.
    FavorableStatePercentile,
    /// Trend word: `rising`, `falling`, `steady`, `no-clear-direction`, `too-few-years`.
    Direction,
    /// Trend word by the better way: `improving`, `worsening`, `steady`, `no-clear-direction`, `too-few-years`.
    Course,
    /// Slope per year, in the measure's unit.
    Slope,
    /// Slope per year as a percent of the run's first value; of money both in constant dollars.
    SlopePercent,
    /// Change over the last year, in the measure's unit.
    ChangeOneYear,
    /// Change over the whole run, in the measure's unit.
    ChangeAll,
    /// Change over the whole run as a percent of its first value.
    ChangeAllPercent,
    /// Change over the last five years as a percent of the value five years before; only of a run that has that year.
    ChangeFiveYearsPercent,
    /// Number of years in the comparable run.
    Years,
    /// How many of the latest years in a row are below zero.
    YearsBelowZero,
    /// How many of the latest years in a row each changed in the unfavorable direction.
    YearsWorsening,
    /// For how many of the latest years in a row the group's risk ratio is 2 or more (incidents for each 100 students).
    RiskRatioYears,
    /// Difference of the group's latest value to its reference group's (its complement, else all students), turned so that positive = good, in the measure's unit.
    FavorableGroupGap,
    /// The smaller n of the two values of a group's gap.
    GapN,
    /// Slope of the peers' median per year, in the measure's unit.
    PeerSlope,
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
    /// The word is the one given.
    Is,
    /// The word is another one.
    IsNot,
}

/// A clause of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clause {
    /// Subject, verb, latest value, year.
    Level,
    /// Its place among the peers.
    Peers,
    /// Its place in the state.
    State,
    /// How far it is from what districts with similar students have.
    Expected,
    /// Its direction, how fast, since when.
    Trend,
    /// First and last value of the run with the change in percent (instead of `level`).
    Change,
    /// The gap to the reference group.
    GroupGap,
    /// The group's risk ratio.
    RiskRatio,
    /// How many years in a row below zero (instead of `level`).
    Streak,
    /// Its projection.
    Projection,
}

/// A file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) rule: Vec<Rule>,
}
