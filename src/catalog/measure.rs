//! Measures: what a number means, which direction is better, and how large a change matters.

use serde::Deserialize;

use crate::domain::{Better, Break, Unit};

/// One measure, as declared in `catalog/measures/DOMAIN.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Measure {
    /// Stable kebab-case id (`teacher-turnover`).
    pub id: String,
    /// Its usual name, as a heading (`Teacher turnover`).
    pub label: String,
    /// The subject of a sentence, if the label is not suitable. Placeholders: `{students}` becomes
    /// `students`, `Hispanic students`, `grade 3 students` …; `{subject}` becomes `mathematics`.
    #[serde(default)]
    pub phrase: Option<String>,
    /// The subject of a chart's finding, if the phrase is too long for it. It has the placeholders of the phrase, and `{part}`
    /// for grade and subject together (`{part} proficiency`: Grade 3 reading proficiency).
    #[serde(default)]
    pub short: Option<String>,
    /// How we say that we have more or less of it than others, or than before. Placeholder: `{amount}` becomes `394 fewer`,
    /// `$1,204 more` (`We have {amount} students`).
    #[serde(default)]
    pub we: Option<String>,
    /// Whether the phrase (or the label) takes a plural verb.
    #[serde(default)]
    pub plural: bool,
    /// How a sentence expresses that the value is below zero (`Spending was above revenue`).
    #[serde(default)]
    pub below_zero: Option<String>,
    /// How a sentence expresses that the value is above zero (`Revenue exceeded spending`).
    #[serde(default)]
    pub above_zero: Option<String>,
    /// What changes the meaning of its values, as a sentence (`It includes buildings paid for with bonds.`).
    #[serde(default)]
    pub caveat: Option<String>,
    /// Domain id (`catalog/domains.toml`).
    pub domain: String,
    /// Unit of its values (`percent`, `count`, `ratio` …); `src/domain/unit.rs` lists them.
    pub unit: Unit,
    /// Whether a value is an average (such as a salary): averages never add up, whatever their unit.
    #[serde(default)]
    pub mean: bool,
    /// Which direction is better.
    pub better: Better,
    /// What exactly is counted, in one or two sentences a board member can read.
    pub definition: String,
    /// The agency and the document that define it.
    pub authority: String,
    /// One word for the people that a rate or an average is based on (`students`, `teachers`, `staff`).
    /// Absent if it is not based on people, such as a share of dollars, and for counts and amounts.
    #[serde(default)]
    pub people: Option<String>,
    /// Values about fewer people than this are withheld unless they are already public.
    pub smallest_group: u32,
    /// The measure that counts the people whom the value is about. A value without n uses that count as its
    /// n, and both are withheld together. Absent if no measure counts them, or if `derive` gives the
    /// denominator.
    #[serde(default)]
    pub population: Option<Population>,
    /// The smallest change that matters, in the measure's own unit (percentage points for percents).
    pub meaningful_change: f64,
    /// Whether `meaningful_change` is a percent of the value instead (counts and dollars of districts of any size).
    #[serde(default)]
    pub change_is_percent: bool,
    /// The range outside which a value is suspicious, in the measure's unit.
    #[serde(default)]
    pub plausible: Option<[f64; 2]>,
    /// The range outside which a value is shown, but nothing is proposed from it, because it says more about how the measure
    /// is counted than about the district. Absent if there is no such range.
    #[serde(default)]
    pub credible: Option<[f64; 2]>,
    /// The range that contains nearly all districts, if it begins so close to zero that percents and fractions
    /// cannot be told apart by size (dropout, the share of a small group); absent for all other measures.
    #[serde(default)]
    pub usual: Option<[f64; 2]>,
    /// How it is computed if it was not published; absent if it cannot be.
    #[serde(default)]
    pub derive: Option<Derivation>,
    /// The state whose score it is, by its cut points; it is not computed for districts in other states. Absent if it is not
    /// a state's own score.
    #[serde(default)]
    pub state: Option<String>,
    /// The indicators that it is computed from, if it is an unpublished score.
    #[serde(default)]
    pub scored: Vec<Scored>,
    /// How it is projected; absent if it cannot be.
    #[serde(default)]
    pub projection: Option<ProjectionMethod>,
    /// Years from which values cannot be compared with earlier ones because of a new definition or test.
    #[serde(default, rename = "break")]
    pub breaks: Vec<Break>,
}

impl Measure {
    /// The smallest change that matters for a value of `level`, in the measure's unit.
    #[must_use]
    pub fn matters_from(&self, level: f64) -> f64 {
        if self.change_is_percent {
            level.abs() * self.meaningful_change / 100.0
        } else {
            self.meaningful_change
        }
    }

    /// Whether a value is about the same as another: the difference is less than the smallest change that matters.
    #[must_use]
    pub fn is_about(&self, value: f64, other: f64) -> bool {
        (value - other).abs() < self.matters_from(other) * (1.0 - 1e-9)
    }

    /// Whether a value is in the plausible range, inclusive; true if the measure has none.
    #[must_use]
    pub fn is_plausible(&self, value: f64) -> bool {
        self.plausible.is_none_or(|[low, high]| (low..=high).contains(&value))
    }

    /// Whether something may be proposed from a value: it is in the plausible and in the credible range, inclusive.
    #[must_use]
    pub fn is_credible(&self, value: f64) -> bool {
        self.is_plausible(value) && self.credible.is_none_or(|[low, high]| (low..=high).contains(&value))
    }

    /// Whether a value may be negative; if not, a negative number is a code (−1: hidden).
    #[must_use]
    pub fn may_be_negative(&self) -> bool {
        self.unit.is_money() || self.plausible.is_some_and(|[low, _]| low < 0.0)
    }

    /// Whether the values for the parts of a district (its schools, its grades) add up to the district's
    /// value: true for counts and for amounts other than averages.
    #[must_use]
    pub const fn adds_up(&self) -> bool {
        self.unit.can_add_up() && !self.mean
    }
}

/// The people whom a value is about: those that another measure counts for the same group and grade.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Population {
    /// Id of the measure that counts them.
    pub measure: String,
    /// Whether only some of them are meant (such as students tested, among all enrolled).
    #[serde(default)]
    pub some: bool,
    /// With `some`: the minimum percent of the population that they make up, by law or by definition; absent
    /// if unknown.
    #[serde(default)]
    pub least_share: Option<f64>,
    /// Whether the value is a percent of something other than people (such as days).
    #[serde(default)]
    pub not_counted: bool,
}

/// How a measure is projected.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ProjectionMethod {
    /// Students advance through the grades at the rates of the last three years.
    CohortSurvival,
    /// The balance at the end of a year grows by revenue minus spending.
    RollForward {
        /// Id of the measure by which it grows each year.
        flow: String,
    },
}

/// An indicator of a score.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scored {
    /// Measure id.
    pub measure: String,
    /// Its weight in the score.
    pub weight: f64,
    /// The cut points, in order: values that reach the first score the most points, the second one point
    /// less, and so on; values that reach none score 1.
    pub cuts: Vec<f64>,
}

impl Scored {
    /// The points for a value; `sign` is −1 if lower is better.
    #[must_use]
    pub fn points(&self, value: f64, sign: f64) -> f64 {
        let reached = self.cuts.iter().position(|cut| sign * value >= sign * cut);
        (self.cuts.len() + 1 - reached.unwrap_or(self.cuts.len())) as f64
    }
}

/// How a measure is computed from others of the same district, year, group, grade and subject.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Derivation {
    /// Measure ids of the numerator, which are added up.
    pub numerator: Vec<String>,
    /// Measure ids of the denominator, which are added up; empty for a plain sum.
    #[serde(default)]
    pub denominator: Vec<String>,
    /// Measure ids that are subtracted from the numerator (surplus = revenue − expenditure).
    #[serde(default)]
    pub minus: Vec<String>,
    /// Multiplies the quotient: 100 for a percent, 1 for dollars per student.
    #[serde(default = "one")]
    pub per: f64,
    /// Whether the denominator is for all students, regardless of group, grade and subject (shares of
    /// enrollment).
    #[serde(default)]
    pub denominator_is_whole: bool,
}

impl Derivation {
    /// The ids of all measures from which it is computed.
    pub fn parts(&self) -> impl Iterator<Item = &String> {
        self.numerator.iter().chain(&self.denominator).chain(&self.minus)
    }

    /// Whether it only adds up its parts.
    #[must_use]
    pub const fn is_plain_sum(&self) -> bool {
        self.denominator.is_empty() && self.minus.is_empty()
    }
}

const fn one() -> f64 {
    1.0
}

/// A file of measures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureFile {
    pub(super) measure: Vec<Measure>,
}
