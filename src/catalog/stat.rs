//! What kind of number a column contains.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One of several numbers in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SplitPart {
    /// The measure's value.
    Value,
    /// The numerator of a rate.
    Numerator,
    /// The denominator of a rate.
    Denominator,
    /// It is not read.
    Unread,
}

impl SplitPart {
    /// A number that is read.
    #[must_use]
    pub const fn of(stat: Stat) -> Self {
        match stat {
            Stat::Value => Self::Value,
            Stat::Numerator => Self::Numerator,
            Stat::Denominator => Self::Denominator,
        }
    }

    /// The word for it in layouts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
            Self::Unread => "unread",
        }
    }

    /// What kind of number it is; `None` if it is not read.
    #[must_use]
    pub const fn stat(self) -> Option<Stat> {
        match self {
            Self::Value => Some(Stat::Value),
            Self::Numerator => Some(Stat::Numerator),
            Self::Denominator => Some(Stat::Denominator),
            Self::Unread => None,
        }
    }
}

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
