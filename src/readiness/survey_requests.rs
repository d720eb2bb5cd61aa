//! What to ask for where there is no survey, or too little is known about it.

use std::collections::BTreeSet;

use super::input::ReadinessInput;
use super::request::Request;
use crate::catalog::ExhibitSpec;
use crate::wording::readiness as wording;

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
    let domain = input.survey_exhibits().next()?.domain.clone();
    let label = input.catalog.domains.iter().find(|known| known.id == domain)?.label.clone();
    let core: Vec<&ExhibitSpec> = input.survey_exhibits().filter(|exhibit| exhibit.core).collect();
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
