//! Which values are sensitive, and which measures are about the same students: `catalog/disclosure.toml`.

use serde::Deserialize;

/// What is withheld of rates that are not public, besides those of too few people; and how the students of measures are related.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DisclosureSpec {
    /// The range of rates that may be published, for groups of some size and more; from the largest down.
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
    /// Measures about some grades only, even where their values are for all.
    #[serde(default)]
    pub in_grades: Vec<InGrades>,
}

/// Several measures about the same students of a group, grade and subject: who knows one figure knows the others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SameStudents {
    /// Who they are, as an id (`state-test-takers`).
    pub id: String,
    /// The measures that count them, of all subjects; the first gives them their name.
    #[serde(default)]
    pub count: Vec<String>,
    /// The rates and means whose n they are.
    #[serde(default)]
    pub n: Vec<String>,
    /// The rates whose numerator they are.
    #[serde(default)]
    pub numerator: Vec<String>,
}

/// Students who are a subset of others, besides those that a measure's `population` names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SomeStudents {
    /// The subset.
    pub these: StudentSet,
    /// The students of whom they are a subset.
    pub of: StudentSet,
}

/// The students whom a measure counts in one of its numbers, by the measure's id.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StudentSet {
    /// Those of its n.
    N(String),
    /// Those of a rate's numerator.
    Numerator(String),
    /// Those of a count.
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

/// Measures about students of some grades only, even where their values are for all grades.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InGrades {
    /// Ids of the measures.
    pub measures: Vec<String>,
    /// Ids of the grades and grade spans that they may be about.
    pub grades: Vec<String>,
}

/// Percents of the same people that add up to 100 (the levels of a test), or each of which counts a subset of those of the one
/// before (at a level and above).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// Ids of the measures; nested ones from the one that counts most.
    pub parts: Vec<String>,
    /// Whether each counts a subset of those of the one before.
    #[serde(default)]
    pub nested: bool,
}

/// The range of rates that may be published for groups of some size.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cap {
    /// The fewest people of the groups that it is for.
    pub at_least: u32,
    /// Lowest rate published, in percent.
    pub low: f64,
    /// Highest rate published, in percent.
    pub high: f64,
}

impl DisclosureSpec {
    /// Whether a rate, in percent, of `n` people is too near 0 or 100 to be published.
    #[must_use]
    pub fn is_near_an_end(&self, rate: f64, n: f64) -> bool {
        let cap = self.cap.iter().find(|cap| n >= f64::from(cap.at_least));
        cap.is_some_and(|cap| rate < cap.low || rate > cap.high)
    }
}
