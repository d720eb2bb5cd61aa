//! How peers are chosen in a project.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Deviation, LeaveOut, MatchVariable, PeersSpec};
use crate::diagnostic::Diagnostic;
use crate::domain::{DistrictId, SchoolYear, Terms};

/// How peers are chosen in a project.
#[derive(Debug, Clone, PartialEq)]
pub struct PeerSettings {
    /// How many.
    pub count: usize,
    /// Names of the matching variables.
    pub matching: Vec<String>,
    /// District attributes that peers must share, where the district has them.
    pub within: Vec<String>,
    /// The matching variables by name: the catalog's and the project's.
    pub variables: BTreeMap<String, MatchVariable>,
    /// Whether counts are matched on the log scale, where their variable says so.
    pub log: bool,
    /// The standard deviation that variables are divided by.
    pub deviation: Deviation,
    /// Weights of variables in the squared distance, by name; 1 where not named.
    pub weights: BTreeMap<String, f64>,
    /// What a missing value of a variable is read as, by name, for districts that report at all; where not named, a
    /// district without a value is no candidate.
    pub missing: BTreeMap<String, f64>,
    /// What a masked or withheld value of a variable is read as, by name; where not named, it is none.
    pub masked: BTreeMap<String, f64>,
    /// The school year whose values choose the peers; where `None`, the latest that nearly all districts report.
    pub year: Option<SchoolYear>,
    /// Districts left out before anything is standardised.
    pub leave_out: Vec<LeaveOut>,
    /// What was chosen by hand for one district.
    pub by_hand: Option<ByHand>,
    /// Attributes that the second set of districts shares, such as the county; none where there is no such set.
    pub around: Vec<String>,
}

/// Peers chosen by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// For which district.
    pub district: DistrictId,
    /// Districts that are among the peers however near they are, as long as they have every matching variable.
    pub include: Vec<DistrictId>,
    /// Districts that are never among them.
    pub exclude: Vec<DistrictId>,
}

impl From<&PeersSpec> for PeerSettings {
    fn from(spec: &PeersSpec) -> Self {
        Self {
            count: spec.count,
            matching: spec.matching.clone(),
            within: spec.within.clone(),
            variables: spec.variable.clone(),
            log: true,
            deviation: Deviation::default(),
            weights: BTreeMap::new(),
            missing: BTreeMap::new(),
            masked: BTreeMap::new(),
            year: None,
            leave_out: Vec::new(),
            by_hand: None,
            around: Vec::new(),
        }
    }
}

impl PeerSettings {
    /// How the districts around one are chosen, where the project asks for them: the nearest of those that share the
    /// `around` attributes.
    #[must_use]
    pub fn around(&self) -> Option<Self> {
        let within = self.around.clone();
        (!within.is_empty()).then(|| Self { within, by_hand: None, around: Vec::new(), ..self.clone() })
    }

    /// Where the project names the year: the attributes that no source says anything of for it.
    pub(super) fn attributes_of_other_years(&self, terms: &Terms) -> Vec<Diagnostic> {
        let Some(year) = self.year else { return Vec::new() };
        let variables = self.matching.iter().filter_map(|name| self.variables.get(name));
        let asked: BTreeSet<&String> = self
            .within
            .iter()
            .chain(self.leave_out.iter().map(|rule| &rule.attribute))
            .chain(variables.filter_map(|v| v.attribute.as_ref()))
            .collect();
        let of_other_years = |name: &&String| {
            let mut said = terms.districts.iter().filter_map(|d| d.attributes.get(*name)).peekable();
            said.peek().is_some() && !said.any(|attribute| attribute.is_known_in(year))
        };
        let note = |name: &String| Diagnostic::attribute_of_another_year(name, &year.to_string());
        asked.into_iter().filter(of_other_years).map(note).collect()
    }
}
