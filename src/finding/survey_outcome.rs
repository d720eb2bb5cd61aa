//! What became of a rule for surveys: for each construct of each group, its value, and whether it is a candidate.

use super::choices::ProjectChoices;
use super::propose::propose;
use crate::catalog::{Catalog, SurveyFact, SurveyRule};
use crate::compare::{Comparisons, PerceptionSubject};

/// What became of a rule for one construct of one group of respondents.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyOutcome {
    /// The group and the construct, by their names.
    pub subject: [String; 2],
    /// What the rule examines, in percent or percentage points; `None` if it is not known.
    pub value: Option<f64>,
    /// The rule's threshold.
    pub limit: f64,
    /// The id of the candidate; `None` if it is none.
    pub candidate: Option<String>,
}

/// What became of a rule for the latest answers of each group.
#[must_use]
pub fn survey_outcomes(
    rule: &SurveyRule,
    comparisons: &Comparisons,
    catalog: &Catalog,
    choices: &ProjectChoices,
) -> Vec<SurveyOutcome> {
    let perception = &comparisons.perception;
    let findings = propose(comparisons, catalog, choices);
    let limit = choices.thresholds.get(&rule.threshold_name()).copied().unwrap_or(rule.threshold.value);
    let mut outcomes = Vec::new();
    for group in perception.latest.iter().copied() {
        for (place, construct) in perception.perception.constructs.iter().enumerate() {
            let respondents = &perception.group(group).respondents;
            let id = format!("{}.survey-{}-{respondents}", rule.id, construct.id);
            let found = findings.all.iter().find(|one| one.id == id || one.absorbed.contains(&id));
            outcomes.push(SurveyOutcome {
                subject: [catalog.perception.label(respondents).to_owned(), construct.label.clone()],
                value: value(rule.fact, comparisons, PerceptionSubject::Construct(place), group),
                limit,
                candidate: found.map(|found| found.id.clone()),
            });
        }
    }
    outcomes
}

fn value(
    fact: SurveyFact,
    comparisons: &Comparisons,
    subject: PerceptionSubject,
    group: usize,
) -> Option<f64> {
    let perception = &comparisons.perception;
    match fact {
        SurveyFact::Favorable => Some(perception.favorable(subject, group)? * 100.0),
        SurveyFact::Change => Some(perception.change(subject, group)?.difference.points),
        SurveyFact::Gap => {
            let mut gaps = perception.gaps.iter().filter(|gap| gap.subject == subject && gap.lower == group);
            Some(gaps.next()?.difference.points)
        }
    }
}
