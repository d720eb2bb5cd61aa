//! The schools in a project's sources.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Attribute, Break, DistrictId, SchoolYear};

/// A school's id within its district, as text.
///
/// Two spellings are the same school if they agree without apostrophes, dashes, spaces and leading zeros, as for
/// districts. The same id in another district is another school. A school that no source gives an id has its name as
/// its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SchoolId(String);

impl SchoolId {
    /// The id for the text `published`, or `None` if it has only punctuation and spaces.
    #[must_use]
    pub fn new(published: &str) -> Option<Self> {
        DistrictId::new(published).map(|id| Self(id.as_str().to_owned()))
    }

    /// The form used for comparison, without leading zeros.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SchoolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A school: the district that it belongs to, its id, its latest published name, and its attributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// Code of the district that it belongs to.
    pub district: u32,
    /// Id, in the form used for comparison.
    pub id: SchoolId,
    /// Id for display, as its publisher writes it.
    pub shown_id: String,
    /// Latest published name; the displayed id if no source has a name.
    pub name: String,
    /// The name as charts show it: without the words that say what type of school it is.
    pub short_name: String,
    /// Attributes by id (`school-type`, `grade-span`); absent if not published.
    pub attributes: BTreeMap<String, Attribute>,
    /// The first school year of its values, by its end.
    pub first_year: i32,
    /// The last school year of its values, by its end.
    pub last_year: i32,
    /// Years in which the school itself changed (merged or split), according to the project's crosswalk.
    pub breaks: Vec<Break>,
}

impl School {
    /// The attribute as of a school year, or the latest if no year is given; `None` if no source has it.
    #[must_use]
    pub fn attribute(&self, id: &str, year: Option<SchoolYear>) -> Option<&str> {
        self.attributes.get(id)?.of(year)
    }
}

/// Of which districts the single schools are kept, beside the sums of all districts' schools.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SchoolScope {
    /// Of none.
    #[default]
    None,
    /// Of the district with this id.
    District(DistrictId),
    /// Of the district with this id; of every other district, what is public about all students of a school, so that similar schools
    /// can be found.
    WithState(DistrictId),
    /// Of every district.
    EveryDistrict,
}

impl SchoolScope {
    /// Of the district with an id in any spelling; of none if it is not an id.
    #[must_use]
    pub fn of(district: &str) -> Self {
        DistrictId::new(&super::clean(district)).map_or(Self::None, Self::District)
    }

    /// Whether the schools of a district are kept; `None` for a district that is known only by name.
    #[must_use]
    pub fn keeps(&self, district: Option<&DistrictId>) -> bool {
        match self {
            Self::None => false,
            Self::District(own) | Self::WithState(own) => district.is_none_or(|district| district == own),
            Self::EveryDistrict => true,
        }
    }

    /// The same with what is public about the schools of all other districts.
    #[must_use]
    pub fn with_state(self) -> Self {
        if let Self::District(own) = self { Self::WithState(own) } else { self }
    }

    /// Whether some numbers of the schools of all districts are kept.
    #[must_use]
    pub const fn has_state(&self) -> bool {
        matches!(self, Self::WithState(_))
    }

    /// The only district whose schools problems are told of; `None` for all of them.
    #[must_use]
    pub const fn only(&self) -> Option<&DistrictId> {
        match self {
            Self::WithState(own) => Some(own),
            Self::None | Self::District(_) | Self::EveryDistrict => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SchoolId;

    #[test]
    fn one_school_in_every_published_spelling() {
        for spelling in ["0041", "41", "'041", "0-41", " 41 "] {
            assert_eq!(SchoolId::new(spelling).unwrap().as_str(), "41", "{spelling}");
        }
        assert_eq!(SchoolId::new(" - "), None);
    }
}
