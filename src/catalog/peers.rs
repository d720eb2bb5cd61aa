//! How peer districts are chosen where a project does not say.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `catalog/peers.toml`: the matching variables by name, and the defaults.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PeersSpec {
    /// How many peers.
    pub count: usize,
    /// Names of the matching variables used unless the project names others.
    #[serde(rename = "match")]
    pub matching: Vec<String>,
    /// District attributes that peers must share, where the district has them.
    pub within: Vec<String>,
    /// A year is used for matching when at least this percent of districts report every variable.
    pub year_coverage: f64,
    /// Measures by which a peer may do better than the district with similar students.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// How a district's grade span is derived where no source says it.
    #[serde(default)]
    pub grade_span: Option<GradeSpan>,
    /// How peers are graded by their distance from the district.
    #[serde(default)]
    pub likeness: LikenessSpec,
    /// Variables by name.
    pub variable: BTreeMap<String, MatchVariable>,
}

/// How peers are graded by their distance from the district.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LikenessSpec {
    /// Up to this many usual distances to the nearest neighbour, a peer is close.
    pub close: f64,
    /// Up to this many, it is fair.
    pub fair: f64,
    /// The least share of the outcomes in which the conclusion must stay the same when the group is chosen otherwise.
    pub least_same: f64,
    /// With fewer outcomes than this, that share means nothing.
    pub fewest_outcomes: usize,
}

/// How a grade span is derived from students by grade.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeSpan {
    /// The attribute that it stands in for.
    pub attribute: String,
    /// The measure that counts students by grade.
    pub measure: String,
    /// The first grade of a high school.
    pub high: String,
}

/// One matching variable: a measure for one group, with its scale; or a text attribute of the district, either as a
/// flag (1 where it `matches`, 0 where not) or, without `matches`, as a flag for each of its values. Flags are not
/// standardised.
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
    /// How the measure's values are scaled before they are standardised.
    #[serde(default)]
    pub scale: VariableScale,
    /// Name of a district attribute (`district-type`, `county`).
    pub attribute: Option<String>,
    /// A pattern of the attribute that sets the flag.
    pub matches: Option<String>,
    /// A pattern that must be absent for the flag to be set (`12`: the grade span does not contain 12).
    pub matches_not: Option<String>,
}

impl MatchVariable {
    /// Whether it is a measure or an attribute, and not both.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn check(&self) -> Result<(), String> {
        let patterns = [&self.matches, &self.matches_not];
        match (&self.measure, &self.attribute) {
            (Some(_), None) if patterns == [&None, &None] => {}
            (None, Some(_)) if patterns.contains(&&None) => {}
            (None, Some(_)) => return Err("`matches` and `matches-not` exclude each other".to_owned()),
            _ => {
                return Err("it must name either a `measure` or an `attribute` (with its pattern)".to_owned());
            }
        }
        for pattern in patterns.into_iter().flatten() {
            super::pattern(pattern).map_err(|e| e.to_string())?;
        }
        Ok(())
    }
}

/// The scale of a matching variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VariableScale {
    /// As published.
    #[default]
    Linear,
    /// Natural logarithm; for counts, where 200 and 400 are as far apart as 2,000 and 4,000.
    Log,
}

/// The standard deviation by which matching variables are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deviation {
    /// Divisor n − 1.
    #[default]
    Sample,
    /// Divisor n.
    Population,
}

/// Districts that are left out before anything is standardised.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveOut {
    /// Name of a district attribute.
    pub attribute: String,
    /// The pattern of those left out.
    pub matches: String,
}

fn everybody() -> String {
    crate::domain::ALL.to_owned()
}
