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

/// One kind of number, explained to parents, teachers, and board members.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// What is explained (`A trend`).
    pub title: String,
    /// The paragraphs.
    pub text: Vec<String>,
    /// Examples, exceptions, and what such a number cannot say.
    #[serde(default)]
    pub points: Vec<String>,
}

/// A file of methods.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MethodFile {
    pub(super) method: Vec<Method>,
    #[serde(default)]
    pub(super) explanation: Vec<Explanation>,
}
