//! A peer group and its members.

use super::likeness::GroupLikeness;
use crate::domain::{District, MeasureKey, SchoolYear, Unit};

/// The peer group.
#[derive(Debug, Clone, Default)]
pub struct PeerGroup {
    /// The year whose values chose them; `None` where there are no peers.
    pub year: Option<SchoolYear>,
    /// The matching variables, in the order of the project or the catalog.
    pub variables: Vec<PeerVariable>,
    /// Attributes that the peers share with the district, with the district's value.
    pub within: Vec<(String, String)>,
    /// How many districts could have been chosen (the district itself not counted).
    pub candidates: usize,
    /// How many share the attributes, but lack a matching variable in that year: missing, masked or withheld.
    pub without_values: usize,
    /// How the distances are made.
    pub method: String,
    /// The peers, nearest first; ties by id.
    pub peers: Vec<Peer>,
    /// How like the district they are; `None` where not asked, or there are none.
    pub alike: Option<GroupLikeness>,
}

/// A matching variable with the district's value.
#[derive(Debug, Clone)]
pub struct PeerVariable {
    /// Name, as in the catalog's `peers.toml`.
    pub name: String,
    /// Heading.
    pub label: String,
    /// The measure and group it stands for; `None` for a flag made of an attribute.
    pub key: Option<MeasureKey>,
    /// Its unit; `None` for a flag.
    pub unit: Option<Unit>,
    /// The chosen district's value; 0 or 1 for a flag.
    pub value: f64,
}

impl PeerVariable {
    /// Whether it is the project's matching variable of this name: itself, or one of the values of a category.
    pub(super) fn is_of(&self, name: &str) -> bool {
        self.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }

    /// A value of the variable as people read it.
    #[must_use]
    pub fn shown(&self, value: f64) -> String {
        match self.unit {
            Some(unit) => unit.format(value),
            None => if value > 0.0 { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// One peer.
#[derive(Debug, Clone)]
pub struct Peer {
    /// The district.
    pub district: District,
    /// Its code in the frames.
    pub code: u32,
    /// Euclidean distance over the standardized variables.
    pub distance: f64,
    /// Its value of each matching variable, in order.
    pub values: Vec<f64>,
}

/// The districts that one could have been matched with, itself among them, with their matching variables of a year.
#[derive(Debug, Clone)]
pub(in crate::compare) struct MatchCandidates {
    /// The year of the variables.
    pub(in crate::compare) year: SchoolYear,
    /// The districts, ascending by code.
    pub(in crate::compare) districts: Vec<MatchCandidate>,
}

/// A district that could have been matched.
#[derive(Debug, Clone)]
pub(in crate::compare) struct MatchCandidate {
    /// Its code.
    pub(in crate::compare) district: u32,
    /// Its standardized matching variables.
    pub(in crate::compare) variables: Vec<f64>,
}
