//! A project's settings for choosing peers.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Deviation, LeaveOut, MatchVariable, PeersChoice, PeersSpec};
use crate::diagnostic::Diagnostic;
use crate::domain::{District, DistrictId, SchoolYear, Terms};

/// A project's settings for choosing peers.
#[derive(Debug, Clone, PartialEq)]
pub struct PeerSettings {
    /// How many peers to choose.
    pub count: usize,
    /// Names of the matching variables.
    pub matching: Vec<String>,
    /// District attributes that peers must share, where the district has them.
    pub within: Vec<String>,
    /// The matching variables by name, from the catalog and the project.
    pub variables: BTreeMap<String, MatchVariable>,
    /// Whether to match counts on the log scale, if their variable says so.
    pub log: bool,
    /// The kind of standard deviation that variables are divided by.
    pub deviation: Deviation,
    /// Weights of variables in the squared distance, by name; 1 if not listed.
    pub weights: BTreeMap<String, f64>,
    /// The substitute for a missing value of a variable, by name, for districts that report at all; if a
    /// variable is not listed, a district without a value is not a candidate.
    pub missing: BTreeMap<String, f64>,
    /// The substitute for a masked or suppressed value of a variable, by name; if not listed, the value
    /// counts as missing.
    pub masked: BTreeMap<String, f64>,
    /// The school year whose values are used to choose peers; if `None`, the latest that nearly all districts
    /// report.
    pub year: Option<SchoolYear>,
    /// Districts excluded before anything is standardized.
    pub leave_out: Vec<LeaveOut>,
    /// What was chosen by hand for one district.
    pub by_hand: Option<ByHand>,
    /// Attributes shared by the second set of districts, such as the county; empty if there is no such set.
    pub around: Vec<String>,
}

/// Peers chosen by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// For which district.
    pub district: DistrictId,
    /// Districts that are always peers, however far away, as long as they have every matching variable.
    pub include: Vec<DistrictId>,
    /// Districts that are never peers.
    pub exclude: Vec<DistrictId>,
}

impl ByHand {
    /// The districts that a project includes or excludes; `None` if there are none.
    fn new(choice: &PeersChoice, district: &str) -> Option<Self> {
        let (include, exclude) = (district_ids(&choice.include), district_ids(&choice.exclude));
        if include.is_empty() && exclude.is_empty() {
            return None;
        }
        Some(Self { district: DistrictId::new(district)?, include, exclude })
    }
}

fn district_ids(ids: &[String]) -> Vec<DistrictId> {
    ids.iter().filter_map(|id| DistrictId::new(id)).collect()
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
    /// Whether the choice of peers, or how alike they are, depends on a measure.
    pub(in crate::compare) fn uses(&self, measure: &str, catalog: &Catalog) -> bool {
        let PeersSpec { outcomes, grade_span, .. } = &catalog.peers;
        let matched = self.matching.iter().filter_map(|name| self.variables.get(name)?.measure.as_deref());
        let of_spans = grade_span.iter().map(|span| span.measure.as_str());
        matched.chain(of_spans).chain(outcomes.iter().map(String::as_str)).any(|used| used == measure)
    }

    /// How a project chooses peers: by its `[peers]`, or else by the catalog. `district` is the id of the project's own district,
    /// the only one that its `include` and `exclude` apply to.
    #[must_use]
    pub fn new(spec: &PeersSpec, choice: &PeersChoice, district: &str) -> Self {
        let default = Self::from(spec);
        Self {
            count: choice.count.unwrap_or(default.count),
            matching: choice.matching.clone().unwrap_or(default.matching),
            within: choice.within.clone().unwrap_or(default.within),
            variables: default.variables.into_iter().chain(choice.variable.clone()).collect(),
            log: choice.log.unwrap_or(default.log),
            deviation: choice.deviation,
            weights: choice.weights.clone(),
            missing: choice.missing.clone(),
            masked: choice.masked.clone(),
            year: choice.year.and_then(|year| SchoolYear::ending(year).ok()),
            leave_out: choice.leave_out.clone(),
            by_hand: ByHand::new(choice, district),
            around: choice.around.clone(),
        }
    }

    /// How the districts around one are chosen, where the project asks for them: the nearest of those that share the
    /// `around` attributes.
    #[must_use]
    pub fn around(&self) -> Option<Self> {
        let within = self.around.clone();
        (!within.is_empty()).then(|| Self { within, by_hand: None, around: Vec::new(), ..self.clone() })
    }

    /// Whether the project excludes a district.
    pub(super) fn leaves_out(&self, district: &District) -> bool {
        self.leave_out.iter().any(|rule| self.applies(rule, district))
    }

    fn applies(&self, rule: &LeaveOut, district: &District) -> bool {
        let Some(value) = district.attribute(&rule.attribute, self.year) else { return false };
        crate::catalog::pattern(&rule.matches).is_ok_and(|pattern| pattern.is_match(value))
    }

    /// If the project names a year, the attributes that are known only for other years.
    pub(super) fn attributes_of_other_years(&self, terms: &Terms) -> Vec<Diagnostic> {
        let Some(year) = self.year else { return Vec::new() };
        let attributes = self.attributes().into_iter();
        attributes
            .filter(|name| is_of_other_years(name, terms, year))
            .map(|name| Diagnostic::attribute_of_another_year(name, &year.to_string()))
            .collect()
    }

    /// The attributes that the choice depends on.
    fn attributes(&self) -> BTreeSet<&String> {
        let variables = self.matching.iter().filter_map(|name| self.variables.get(name));
        self.within
            .iter()
            .chain(self.leave_out.iter().map(|rule| &rule.attribute))
            .chain(variables.filter_map(|v| v.attribute.as_ref()))
            .collect()
    }
}

/// Whether some districts have an attribute, but none of them for this year.
fn is_of_other_years(name: &str, terms: &Terms, year: SchoolYear) -> bool {
    let mut known = terms.districts.iter().filter_map(|d| d.attributes.get(name)).peekable();
    known.peek().is_some() && !known.any(|attribute| attribute.is_known_in(year))
}
