//! The districts that a project's sources know.

use std::collections::BTreeMap;

use super::{Break, DistrictId};

/// A district: its id, its latest published name, and its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Id, in comparable form.
    pub id: DistrictId,
    /// Id as shown, padded as its publisher does (`001902`).
    pub shown_id: String,
    /// Latest published name; the shown id where no source has one.
    pub name: String,
    /// Attributes by id (`county`, `region`, `charter`, `district-type`); absent where not published.
    pub attributes: BTreeMap<String, String>,
    /// Years at which the district itself became another (it merged or split), by the project's crosswalk.
    pub breaks: Vec<Break>,
}
