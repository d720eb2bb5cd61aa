//! How peer districts are chosen unless a project says otherwise.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::wording::{Explained, catalog as say};

/// `catalog/peers.toml`: the matching variables by name, and the defaults.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PeersSpec {
    /// The number of peers.
    pub count: usize,
    /// Names of the matching variables to use unless the project lists others.
    #[serde(rename = "match")]
    pub matching: Vec<String>,
    /// District attributes that peers must share, if the district has them.
    pub within: Vec<String>,
    /// The minimum percent of districts that must report every variable for a year to be used in matching.
    pub year_coverage: f64,
    /// Measures for finding peers that do better than the district with similar students.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// How a district's grade span is derived if no source gives it.
    #[serde(default)]
    pub grade_span: Option<GradeSpan>,
    /// How peers are graded by their distance from the district.
    #[serde(default)]
    pub likeness: LikenessSpec,
    /// How many peers there must be to compare a district with them.
    pub enough: EnoughPeers,
    /// Variables by name.
    pub variable: BTreeMap<String, MatchVariable>,
}

/// How many peers, and districts that could be peers, there must be to compare a district with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnoughPeers {
    /// With fewer peers, the district is not compared with them.
    pub peers: usize,
    /// If fewer districts could have been chosen, those that were are not like it but all that there are.
    pub pool: usize,
}

/// How peers are graded by their distance from the district.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LikenessSpec {
    /// Up to this many times the usual distance to the nearest neighbor, a peer is close.
    pub close: f64,
    /// Up to this many times that distance, it is fair.
    pub fair: f64,
    /// The usual distance is at least that of districts that differ by this many standard deviations in each variable.
    pub usual_at_least: f64,
    /// The minimum share of outcomes for which the conclusion must stay the same with a different choice of
    /// peer group.
    pub least_same: f64,
    /// With fewer outcomes than this, that share is meaningless.
    pub fewest_outcomes: usize,
}

/// How a grade span is derived from students by grade.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeSpan {
    /// The attribute that it replaces.
    pub attribute: String,
    /// The measure that counts students by grade.
    pub measure: String,
    /// The first grade of a high school.
    pub high: String,
}

/// One matching variable: either a measure for one group, with its scale; or a text attribute of the
/// district, used as one flag (1 if it `matches`, otherwise 0) or, without `matches`, as a flag for each of
/// its values. Flags are not standardized.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MatchVariable {
    /// Heading.
    pub label: String,
    /// Measure id; `None` for an attribute.
    pub measure: Option<String>,
    /// Student group id of the measure.
    #[serde(default = "everybody")]
    pub group: String,
    /// How the measure's values are scaled before they are standardized.
    #[serde(default)]
    pub scale: VariableScale,
    /// Name of a district attribute (`district-type`, `county`).
    pub attribute: Option<String>,
    /// The flag is set if the attribute matches this pattern.
    pub matches: Option<String>,
    /// The flag is not set if this pattern matches (`12`: the grade span does not contain 12).
    pub matches_not: Option<String>,
}

impl MatchVariable {
    /// Checks that it is either a measure or an attribute.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn check(&self) -> Result<(), Explained> {
        match (&self.measure, &self.attribute, &self.matches, &self.matches_not) {
            (Some(_), None, None, None) => Ok(()),
            (None, Some(_), Some(_), Some(_)) => Err(say::exclusive_patterns()),
            (None, Some(_), _, _) => Ok(()),
            _ => Err(say::variable_of_nothing()),
        }
    }
}

/// The scale of a matching variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VariableScale {
    /// As published.
    #[default]
    Linear,
    /// Natural logarithm; for counts, so that 200 and 400 are as far apart as 2,000 and 4,000.
    Log,
}

/// Which standard deviation is used to standardize matching variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deviation {
    /// Divisor n − 1.
    #[default]
    Sample,
    /// Divisor n.
    Population,
}

/// Districts that are excluded before standardizing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveOut {
    /// Name of a district attribute.
    pub attribute: String,
    /// Pattern of the attribute for excluded districts.
    pub matches: String,
}

fn everybody() -> String {
    crate::domain::ALL.to_owned()
}
