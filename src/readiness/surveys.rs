//! Surveys: which groups answered in which school years, and what to ask for.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{CoverageState, MeasureCoverage};
use super::input::ReadinessInput;
use super::request::Request;
use crate::catalog::{Domain, ExhibitSpec};
use crate::wording::readiness as wording;

/// In which school years each group of respondents answered, by their ends.
pub(super) type SurveyYears<'a> = BTreeMap<&'a str, BTreeMap<i32, CoverageState>>;

/// The surveys of a domain; empty if it is not the one of surveys.
pub(super) fn survey_years<'a>(input: &ReadinessInput<'a>, domain: &Domain) -> SurveyYears<'a> {
    let mut years: SurveyYears<'a> = BTreeMap::new();
    if exhibits(input).all(|exhibit| exhibit.domain != domain.id) {
        return years;
    }
    let groups = input.comparisons.perception.perception.groups.iter();
    for group in groups.filter(|group| group.school.is_none()) {
        if let Some(wave) = group.wave {
            let state =
                if group.people.is_some() { CoverageState::Reported } else { CoverageState::Withheld };
            let best = years.entry(&group.respondents).or_default().entry(wave.year.end()).or_insert(state);
            *best = state.min(*best);
        }
    }
    years
}

/// The rows of the grid.
pub(super) fn survey_rows(
    input: &ReadinessInput<'_>,
    surveys: &SurveyYears<'_>,
    years: &[i32],
) -> Vec<MeasureCoverage> {
    let mut rows = Vec::new();
    for (respondents, states) in surveys {
        let states = years.iter().map(|year| states.get(year).copied().unwrap_or(CoverageState::NotThere));
        rows.push(MeasureCoverage {
            measure: format!("survey-{respondents}"),
            label: wording::survey_of(input.catalog.perception.label(respondents)),
            states: states.collect(),
            groups: 0,
            other_districts: 0,
        });
    }
    rows
}

/// What to ask for: a survey where there is none, and how many people were invited where that is not known.
pub(super) fn survey_requests(input: &ReadinessInput<'_>) -> Vec<Request> {
    let perception = &input.comparisons.perception;
    if perception.latest.is_empty() {
        return request(input, wording::SURVEY.to_owned(), wording::SURVEY_MISSING).into_iter().collect();
    }
    let latest = perception.latest.iter().map(|place| perception.group(*place));
    let unknown: BTreeSet<&str> =
        latest.filter(|group| group.invited.is_none()).map(|group| group.respondents.as_str()).collect();
    let labels = unknown.into_iter().map(|respondents| input.catalog.perception.label(respondents));
    labels.filter_map(|label| request(input, wording::invited(label), wording::INVITED_MISSING)).collect()
}

fn request(input: &ReadinessInput<'_>, what: String, missing: &str) -> Option<Request> {
    let domain = exhibits(input).next()?.domain.clone();
    let label = input.catalog.domains.iter().find(|known| known.id == domain)?.label.clone();
    let core: Vec<&ExhibitSpec> = exhibits(input).filter(|exhibit| exhibit.core).collect();
    let is_missing = core.iter().filter(|spec| input.exhibits.iter().all(|exhibit| exhibit.id != spec.id));
    Some(Request {
        domain,
        domain_label: label,
        measure: what,
        definition: wording::SURVEY_DEFINITION.to_owned(),
        missing: missing.to_owned(),
        charts: core.iter().map(|exhibit| exhibit.title.clone()).collect(),
        not_drawn: is_missing.count(),
    })
}

/// The exhibits of surveys.
fn exhibits<'a>(input: &ReadinessInput<'a>) -> impl Iterator<Item = &'a ExhibitSpec> {
    input.catalog.exhibits.iter().filter(|exhibit| exhibit.survey.is_some())
}
