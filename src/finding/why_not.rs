//! What became of one rule for a district: why it proposed no candidate, or as which candidate.

use std::collections::BTreeSet;

use super::candidate::{Finding, Findings};
use super::choices::ProjectChoices;
use super::coverage::measures_covered;
use super::failure::{ConditionFailure, reasons};
use super::propose::{candidate_id, propose};
use super::rule_check::{DistrictContext, RuleCheck};
use super::series::Bar;
use crate::catalog::{Catalog, Condition, Rule};
use crate::compare::Comparisons;

/// What became of a rule for a district.
#[derive(Debug)]
pub struct RuleOutcome<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The district's series that the rule covers: its candidates first, then those that failed the fewest conditions.
    pub series: Vec<SeriesOutcome>,
    /// The measures of the rule of which the district has no series, by their labels.
    pub without_data: Vec<&'a str>,
}

/// What became of a rule for one series.
#[derive(Debug, PartialEq)]
pub struct SeriesOutcome {
    /// What a sentence calls the series.
    pub subject: String,
    /// What became of it.
    pub fate: SeriesFate,
}

/// What became of a series.
#[derive(Debug, Clone, PartialEq)]
pub enum SeriesFate {
    /// It is the candidate with this id.
    Proposed(String),
    /// It says the same as the candidate with this id, which lists it in its evidence.
    Absorbed(String),
    /// It is, or is part of, the candidate with this id in another quadrant, where it scores higher.
    InOtherQuadrant(String),
    /// It does not meet some conditions of the rule.
    ConditionsFailed {
        /// How many.
        failed: usize,
        /// Why, each reason once.
        reasons: Vec<ConditionFailure>,
    },
    /// It meets every condition, but nothing may be said of its latest value.
    Barred(Bar),
    /// It has no value that may be shown.
    WithoutValue,
}

impl SeriesFate {
    /// The order in which fates are listed: candidates first, then those that failed the fewest conditions.
    const fn rank(&self) -> usize {
        match self {
            Self::Proposed(_) => 0,
            Self::Absorbed(_) => 1,
            Self::InOtherQuadrant(_) => 2,
            Self::Barred(_) => 3,
            Self::ConditionsFailed { failed, .. } => 3 + *failed,
            Self::WithoutValue => usize::MAX,
        }
    }
}

/// What became of a rule for a district.
#[must_use]
pub fn rule_outcome<'a>(
    rule: &'a Rule,
    comparisons: &Comparisons,
    catalog: &'a Catalog,
    choices: &ProjectChoices,
) -> RuleOutcome<'a> {
    let findings = propose(comparisons, catalog, choices);
    let district = DistrictContext::new(comparisons, choices);
    let (mut series, mut measured) = (Vec::new(), BTreeSet::new());
    for comparison in &comparisons.all {
        let Some(measure) = catalog.measures.get(&comparison.key.measure) else { continue };
        let measured_series = district.series(comparison, measure, catalog);
        let check = RuleCheck { rule, series: measured_series, district: &district };
        if check.covers() {
            measured.insert(measure.id.as_str());
            series.push(SeriesOutcome {
                subject: measured_series.subject().words,
                fate: fate(&check, &findings),
            });
        }
    }
    series.sort_by_key(|series| series.fate.rank());
    let covered = measures_covered(rule, catalog).into_iter();
    let without_data = covered.filter(|measure| !measured.contains(measure.id.as_str()));
    RuleOutcome { rule, series, without_data: without_data.map(|measure| measure.label.as_str()).collect() }
}

fn fate(check: &RuleCheck<'_>, findings: &Findings) -> SeriesFate {
    if check.comparison().latest().is_none() {
        return SeriesFate::WithoutValue;
    }
    if !check.passes() {
        let failed: Vec<&Condition> =
            check.rule.when.iter().filter(|condition| !check.holds(condition)).collect();
        return SeriesFate::ConditionsFailed { failed: failed.len(), reasons: reasons(check, &failed) };
    }
    if let Some(bar) = check.bar() {
        return SeriesFate::Barred(bar);
    }
    let id = candidate_id(check.rule, &check.comparison().key);
    match findings.all.iter().find(|finding| has(finding, &id)) {
        Some(finding) if finding.id == id => SeriesFate::Proposed(id),
        // Its story stands in another quadrant.
        Some(finding) if finding.quadrant != check.rule.quadrant => {
            SeriesFate::InOtherQuadrant(finding.id.clone())
        }
        Some(finding) => SeriesFate::Absorbed(finding.id.clone()),
        None => in_other_quadrant(check, findings),
    }
}

/// Whether a candidate has this id, or has absorbed the one that had it.
fn has(finding: &Finding, id: &str) -> bool {
    finding.id == id || finding.absorbed.iter().any(|absorbed| absorbed == id)
}

/// The candidate of another quadrant that the series is part of.
fn in_other_quadrant(check: &RuleCheck<'_>, findings: &Findings) -> SeriesFate {
    let rules = check.series.catalog.rules.iter();
    let others = rules.filter(|rule| rule.quadrant != check.rule.quadrant);
    let ids: Vec<String> = others.map(|rule| candidate_id(rule, &check.comparison().key)).collect();
    let mut candidates = findings.all.iter();
    let candidate = candidates.find(|finding| ids.iter().any(|id| has(finding, id)));
    candidate.map_or(SeriesFate::WithoutValue, |finding| SeriesFate::InOtherQuadrant(finding.id.clone()))
}
