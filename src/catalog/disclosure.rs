//! Which values are sensitive, and which measures are about the same students: `catalog/disclosure.toml`.

use serde::Deserialize;

/// Which nonpublic rates are withheld, besides those about too few people, and how the students of measures
/// are related.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DisclosureSpec {
    /// The range of rates that may be published, for groups of at least some size; from the largest size
    /// down.
    #[serde(default)]
    pub cap: Vec<Cap>,
    /// Measures that are parts of one whole.
    #[serde(default)]
    pub whole: Vec<Whole>,
    /// Measures about the same students.
    #[serde(default)]
    pub same: Vec<SameStudents>,
    /// Students who are a subset of others.
    #[serde(default)]
    pub some: Vec<SomeStudents>,
    /// Measures that are about some grades only, even if their values are for all.
    #[serde(default)]
    pub in_grades: Vec<InGrades>,
}

/// Several measures about the same students of a group, grade and subject: anyone who knows one number knows
/// the others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SameStudents {
    /// Who they are, as an id (`state-test-takers`).
    pub id: String,
    /// The measures that count them, for all subjects; the first provides their name.
    #[serde(default)]
    pub count: Vec<String>,
    /// The rates and averages that have them as their n.
    #[serde(default)]
    pub n: Vec<String>,
    /// The rates that have them as their numerator.
    #[serde(default)]
    pub numerator: Vec<String>,
}

/// Students who are a subset of others, in addition to those given by a measure's `population`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SomeStudents {
    /// The subset.
    pub these: StudentSet,
    /// The students that contain the subset.
    pub of: StudentSet,
}

/// The students counted in one of a measure's numbers, given by the measure's id.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StudentSet {
    /// Those in its n.
    N(String),
    /// Those in a rate's numerator.
    Numerator(String),
    /// Those in a count.
    Count(String),
}

impl StudentSet {
    /// Id of the measure.
    #[must_use]
    pub fn measure(&self) -> &str {
        match self {
            Self::N(id) | Self::Numerator(id) | Self::Count(id) => id,
        }
    }
}

/// Measures about students in some grades only, even if their values are for all grades.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InGrades {
    /// Ids of the measures.
    pub measures: Vec<String>,
    /// Ids of the grades and grade spans that they are about.
    pub grades: Vec<String>,
}

/// Percents of the same people that either add up to 100 (the levels of a test), or each count a subset of
/// the people in the previous one (at a level and above).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// Ids of the measures; nested ones begin with the largest.
    pub parts: Vec<String>,
    /// Whether each counts a subset of the people in the previous one.
    #[serde(default)]
    pub nested: bool,
}

/// The range of rates that may be published for groups of a certain size.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cap {
    /// The smallest group to which it applies.
    pub at_least: u32,
    /// Lowest rate published, in percent.
    pub low: f64,
    /// Highest rate published, in percent.
    pub high: f64,
}

impl DisclosureSpec {
    /// Whether a rate of `n` people, in percent, is too close to 0 or 100 to be published.
    #[must_use]
    pub fn is_near_an_end(&self, rate: f64, n: f64) -> bool {
        let cap = self.cap.iter().find(|cap| n >= f64::from(cap.at_least));
        cap.is_some_and(|cap| rate < cap.low || rate > cap.high)
    }
}
