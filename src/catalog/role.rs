//! What a column says about the rows of its table.

use serde::{Deserialize, Serialize};

use crate::wording::catalog as say;

/// What a column says about its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The district's id.
    DistrictId,
    /// The district's name.
    DistrictName,
    /// The school's id.
    SchoolId,
    /// The school's name.
    SchoolName,
    /// The school year.
    SchoolYear,
    /// Which measure the values are for.
    Measure,
    /// Which student group.
    Group,
    /// Which grade.
    Grade,
    /// Which subject.
    Subject,
    /// The value, in a table with a measure column.
    Value,
    /// Whether the row is about a district, a school or something else.
    RowType,
}

impl Role {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::DistrictId => say::ROLE_DISTRICT_ID,
            Self::DistrictName => say::ROLE_DISTRICT_NAME,
            Self::SchoolId => say::ROLE_SCHOOL_ID,
            Self::SchoolName => say::ROLE_SCHOOL_NAME,
            Self::SchoolYear => say::ROLE_SCHOOL_YEAR,
            Self::Measure => say::ROLE_MEASURE,
            Self::Group => say::ROLE_GROUP,
            Self::Grade => say::ROLE_GRADE,
            Self::Subject => say::ROLE_SUBJECT,
            Self::Value => say::ROLE_VALUE,
            Self::RowType => say::ROLE_ROW_TYPE,
        }
    }

    /// The part of an observation's key that it provides, by the name that layouts use.
    #[must_use]
    pub const fn part(self) -> Option<&'static str> {
        match self {
            Self::Measure => Some("measure"),
            Self::Group => Some("group"),
            Self::Grade => Some("grade"),
            Self::Subject => Some("subject"),
            _ => None,
        }
    }
}
