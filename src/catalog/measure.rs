//! Measures: what a number means, which way is better, and what change in it matters.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{Better, Break, Unit};

/// One measure, as declared in `catalog/measures/DOMAIN.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Measure {
    /// Stable kebab-case id (`teacher-turnover`).
    pub id: String,
    /// What people call it, as a heading (`Teacher turnover`).
    pub label: String,
    /// The subject of a sentence, where the label will not do. Its placeholders: `{students}` becomes
    /// `students`, `Hispanic students`, `grade 3 students` …; `{subject}` becomes `mathematics`.
    #[serde(default)]
    pub phrase: Option<String>,
    /// Whether the phrase (or the label) takes a plural verb.
    #[serde(default)]
    pub plural: bool,
    /// How a sentence says that the value is below zero (`Spending was above revenue`).
    #[serde(default)]
    pub below_zero: Option<String>,
    /// Domain id (`catalog/domains.toml`).
    pub domain: String,
    /// Unit of its values.
    pub unit: Unit,
    /// Whether a value is a mean (a salary): means never add up, whatever their unit.
    #[serde(default)]
    pub mean: bool,
    /// Which way is better.
    pub better: Better,
    /// What exactly is counted, in one or two sentences a board member can read.
    pub definition: String,
    /// Who defines it: the agency and the document.
    pub authority: String,
    /// What a sentence calls the people of whom a rate or a mean is (`students`, `teachers`, `staff`): a word. Absent where it is not
    /// of people, as a share of dollars, and for counts and amounts.
    #[serde(default)]
    pub people: Option<String>,
    /// Values of fewer people than this are withheld where they are not already public.
    pub smallest_group: u32,
    /// Which measure counts the people that the value is about: a value without n has that count as its n, and both are withheld
    /// together. Absent where no measure counts them, and where `derive` says what the value is divided by.
    #[serde(default)]
    pub population: Option<Population>,
    /// The smallest change that matters, in the measure's own unit (percentage points for percents).
    pub meaningful_change: f64,
    /// Whether `meaningful_change` is a percent of the value instead (counts and dollars of districts of any size).
    #[serde(default)]
    pub change_is_percent: bool,
    /// The range outside which a value is suspect, in the measure's unit.
    #[serde(default)]
    pub plausible: Option<[f64; 2]>,
    /// The range in which nearly all districts lie, where it is so near zero that a percent cannot be distinguished from a
    /// share by its size (dropout); absent for all others.
    #[serde(default)]
    pub usual: Option<[f64; 2]>,
    /// How it is computed where it was not published; absent where it cannot be.
    #[serde(default)]
    pub derive: Option<Derivation>,
    /// The indicators that it is computed from, where it is a score that was not published.
    #[serde(default)]
    pub scored: Vec<Scored>,
    /// How it is projected; absent where it cannot be.
    #[serde(default)]
    pub projection: Option<ProjectionMethod>,
    /// Years from which values cannot be compared with before, because of a new definition or test.
    #[serde(default, rename = "break")]
    pub breaks: Vec<Break>,
}

impl Measure {
    /// The smallest change that matters where the value is `level`, in the measure's unit.
    #[must_use]
    pub fn matters_from(&self, level: f64) -> f64 {
        if self.change_is_percent {
            level.abs() * self.meaningful_change / 100.0
        } else {
            self.meaningful_change
        }
    }

    /// Whether a value is in the plausible range, ends included; true where the measure has none.
    #[must_use]
    pub fn is_plausible(&self, value: f64) -> bool {
        self.plausible.is_none_or(|[low, high]| (low..=high).contains(&value))
    }

    /// Whether a value may be below zero; where not, such a number is a code (−1: hidden).
    #[must_use]
    pub fn may_be_negative(&self) -> bool {
        self.unit.is_money() || self.plausible.is_some_and(|[low, _]| low < 0.0)
    }

    /// Whether the values of the parts of a district (its schools, its grades) add up to its own: true of counts and amounts that are
    /// no means.
    #[must_use]
    pub const fn adds_up(&self) -> bool {
        self.unit.can_add_up() && !self.mean
    }
}

/// The people that a value is about: those that another measure counts, for the same group and grade.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Population {
    /// Id of the measure that counts them.
    pub measure: String,
    /// Whether only some of them are meant (students tested, of all that are enrolled).
    #[serde(default)]
    pub some: bool,
    /// With `some`: the least share of the population that they are, in percent, by law or by definition; absent where that is
    /// not known.
    #[serde(default)]
    pub least_share: Option<f64>,
    /// Whether a percent is not of people (a percent of days).
    #[serde(default)]
    pub not_counted: bool,
}

/// How a measure is projected.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ProjectionMethod {
    /// Students move up the grades as in the last three years.
    CohortSurvival,
    /// The balance at the end of a year grows by what came in less what went out.
    RollForward {
        /// Id of the measure that it grows by each year.
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
    /// The values from which it scores the most points, one point less, and so on; beyond the last it scores 1.
    pub cuts: Vec<f64>,
}

impl Scored {
    /// The points of a value; `sign` is −1 where a lower one is better.
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
    /// Measure ids that are added up.
    pub numerator: Vec<String>,
    /// Measure ids that are added up and divided by; empty for a plain sum.
    #[serde(default)]
    pub denominator: Vec<String>,
    /// Measure ids that are subtracted from the numerator (surplus = revenue − expenditure).
    #[serde(default)]
    pub minus: Vec<String>,
    /// Multiplies the quotient: 100 for a percent, 1 for dollars per student.
    #[serde(default = "one")]
    pub per: f64,
    /// Whether the denominator is that of all students, whatever the group, grade and subject (shares of enrollment).
    #[serde(default)]
    pub denominator_is_whole: bool,
}

impl Derivation {
    /// The ids of all measures that it is computed from.
    pub fn parts(&self) -> impl Iterator<Item = &String> {
        self.numerator.iter().chain(&self.denominator).chain(&self.minus)
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

/// A file of prices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PriceFile {
    /// Where the figures come from.
    pub(super) source: String,
    /// Index by the school year's end.
    pub(super) index: BTreeMap<String, f64>,
}
