//! Whether a published value is available and, if not, why.

use serde::{Deserialize, Serialize};

/// The status of a cell's value. Only `Reported` has a number; the others are never 0 and never NaN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Status {
    /// A number was published.
    Reported,
    /// A number exists, but the publisher hides it to protect students (`*`, `<10`, `-1`).
    Masked,
    /// A number exists, but this program withholds it under the project's privacy policy.
    Withheld,
    /// Nothing was published (blank, `.`, `N/A`).
    Missing,
    /// The value does not apply (no grade 12 in an elementary district).
    NotApplicable,
}

impl Status {
    /// The id used in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Masked => "masked",
            Self::Withheld => "withheld",
            Self::Missing => "missing",
            Self::NotApplicable => "not-applicable",
        }
    }
}
