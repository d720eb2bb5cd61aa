//! Rates that tell of nearly everybody: `catalog/disclosure.toml`.

use serde::Deserialize;

/// What is withheld of rates that are not public, beside what rests on too few.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DisclosureSpec {
    /// Ends of the range of rates that may be shown, for groups of some size and more; from the largest down.
    #[serde(default)]
    pub cap: Vec<Cap>,
    /// Measures that are the parts of one whole.
    #[serde(default)]
    pub whole: Vec<Whole>,
    /// The same students in several measures.
    #[serde(default)]
    pub same: Vec<SameStudents>,
    /// Students who are some of others.
    #[serde(default)]
    pub some: Vec<SomeStudents>,
    /// Measures that are about some grades, even where they are said of all.
    #[serde(default)]
    pub in_grades: Vec<InGrades>,
}

/// The same students of a group, grade and subject, as several measures speak of them: who knows one figure knows the others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SameStudents {
    /// Who they are, as an id (`state-test-takers`).
    pub id: String,
    /// The measures that count them, of all subjects; the first gives them their name.
    #[serde(default)]
    pub count: Vec<String>,
    /// The rates and means that rest on them.
    #[serde(default)]
    pub n: Vec<String>,
    /// The rates that count them.
    #[serde(default)]
    pub numerator: Vec<String>,
}

/// Students who are some of others, beyond what a measure's `population` says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SomeStudents {
    /// Who.
    pub these: Students,
    /// Of whom.
    pub of: Students,
}

/// The students that a measure speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Students {
    /// Those on whom it rests.
    N(String),
    /// Those whom a rate counts.
    Numerator(String),
    /// Those whom a count counts.
    Count(String),
}

impl Students {
    /// Id of the measure.
    #[must_use]
    pub fn measure(&self) -> &str {
        match self {
            Self::N(id) | Self::Numerator(id) | Self::Count(id) => id,
        }
    }
}

/// Measures that rest on students of some grades only, even where they are said of all grades.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InGrades {
    /// Ids of the measures.
    pub measures: Vec<String>,
    /// Ids of the grades and spans of grades that it may be.
    pub grades: Vec<String>,
}

/// Percents of the same people that come to 100 (the levels of a test), or each of which counts some of those of the one before
/// (at a level and above).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// Ids of the measures; nested ones from the one that counts most.
    pub parts: Vec<String>,
    /// Whether each counts some of those of the one before.
    #[serde(default)]
    pub nested: bool,
}

/// Between which rates a rate may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cap {
    /// The fewest people it is for.
    pub at_least: u32,
    /// Lowest rate shown, in percent.
    pub low: f64,
    /// Highest rate shown, in percent.
    pub high: f64,
}

impl DisclosureSpec {
    /// Whether a rate, in percent, that rests on `n` people is so near 0 or 100 that it is not shown.
    #[must_use]
    pub fn is_near_an_end(&self, rate: f64, n: f64) -> bool {
        let cap = self.cap.iter().find(|cap| n >= f64::from(cap.at_least));
        cap.is_some_and(|cap| rate < cap.low || rate > cap.high)
    }
}
