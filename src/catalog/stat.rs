//! What kind of number a column contains.

use schemars::JsonSchema;
use serde::Deserialize;

/// The role of a column's number in its observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stat {
    /// The measure's value.
    Value,
    /// The numerator of a rate.
    Numerator,
    /// The denominator of a rate.
    Denominator,
}
