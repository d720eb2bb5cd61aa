//! How numbers are computed, explained for the report and the page: `catalog/methods.toml`.

use serde::{Deserialize, Serialize};

/// One method.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// What is computed (`Trend`).
    pub what: String,
    /// How it is computed, in words a board member can read.
    pub how: String,
    /// Paper, statute or standard.
    pub source: String,
}

/// A file of methods.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MethodFile {
    pub(super) method: Vec<Method>,
}
