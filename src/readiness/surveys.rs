//! Surveys: which groups answered in which school years.

use std::collections::BTreeMap;

use super::coverage::{CoverageState, MeasureCoverage};
use super::input::ReadinessInput;
use crate::catalog::Domain;
use crate::wording::readiness as wording;

/// In which school years each group of respondents answered, by their ends.
pub(super) type SurveyYears<'a> = BTreeMap<&'a str, BTreeMap<i32, CoverageState>>;

/// The surveys of a domain; empty if it is not the one of surveys.
pub(super) fn survey_years<'a>(input: &ReadinessInput<'a>, domain: &Domain) -> SurveyYears<'a> {
    let mut years: SurveyYears<'a> = BTreeMap::new();
    if input.survey_exhibits().all(|exhibit| exhibit.domain != domain.id) {
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
