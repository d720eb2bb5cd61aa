//! How a project chooses its peers.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::peers::{Deviation, LeaveOut, MatchVariable};

/// `[peers]`: settings that are not given are taken from the catalog.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PeersChoice {
    /// How many, at least 1. With fewer than 5 that have a value, no comparison is made, because the median of so few could
    /// reveal the value of one.
    pub count: Option<usize>,
    /// The school year whose values choose the peers, by its end; by default, the latest that nearly all districts report.
    /// Attributes are always the latest that the sources have.
    pub year: Option<i32>,
    /// Names of the matching variables.
    #[serde(rename = "match")]
    pub matching: Option<Vec<String>>,
    /// Attributes that peers share.
    pub within: Option<Vec<String>>,
    /// Attributes that the second set of peers, the districts around ours, shares (`county`, `region`).
    pub around: Vec<String>,
    /// Ids of districts that are always among our peers.
    pub include: Vec<String>,
    /// Ids of districts that never are.
    pub exclude: Vec<String>,
    /// Weights of variables in the squared distance, by name; 1 where not named.
    pub weights: BTreeMap<String, f64>,
    /// What a missing value of a variable is read as, by name; a masked or withheld value is not missing.
    pub missing: BTreeMap<String, f64>,
    /// What a masked or withheld value of a variable is read as, by name, where the state's method prescribes it.
    pub masked: BTreeMap<String, f64>,
    /// Whether counts are matched on the log scale; they are unless this is `false`.
    pub log: Option<bool>,
    /// The standard deviation that variables are divided by.
    pub deviation: Deviation,
    /// Districts left out before anything is standardized.
    pub leave_out: Vec<LeaveOut>,
    /// Matching variables of the project, by name.
    pub variable: BTreeMap<String, MatchVariable>,
}
