//! Where a series cannot be compared with its own past.

use serde::{Deserialize, Serialize};

/// A break in comparability: values from `year` on are not compared with earlier ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// First school year (by its end) after the break.
    pub year: i32,
    /// The reason, in plain words (`new test`).
    pub why: String,
}
