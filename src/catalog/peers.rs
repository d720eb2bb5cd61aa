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
    /// A year serves for matching when at least this percent of districts report every variable.
    pub year_coverage: f64,
    /// Variables by name.
    pub variable: BTreeMap<String, MatchVariable>,
}

/// One matching variable: a measure for one group, and its scale.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchVariable {
    /// Heading.
    pub label: String,
    /// Measure id.
    pub measure: String,
    /// Student group id.
    #[serde(default = "everybody")]
    pub group: String,
    /// How values are scaled before they are standardised.
    #[serde(default)]
    pub scale: Scale,
}

/// The scale of a matching variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// As published.
    #[default]
    Linear,
    /// Natural logarithm; for counts, where 200 and 400 are as far apart as 2,000 and 4,000.
    Log,
}

fn everybody() -> String {
    crate::domain::ALL.to_owned()
}
