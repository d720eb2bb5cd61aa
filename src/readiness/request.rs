//! What data to request: the measures that charts would use and that are missing entirely or for some years.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;

use super::input::ReadinessInput;
use crate::catalog::{ExhibitSpec, Measure};
use crate::domain::{ALL, SchoolYear};
use crate::wording::readiness as wording;

/// With fewer years than this, there is no trend.
const FEWEST_YEARS: usize = 4;

/// One line of a data request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Domain id.
    pub domain: String,
    /// Heading of the domain.
    pub domain_label: String,
    /// The measure's label.
    pub measure: String,
    /// What exactly is counted.
    pub definition: String,
    /// What is missing: everything, or some years.
    pub missing: String,
    /// Titles of the charts that would use it.
    pub charts: Vec<String>,
    /// How many of these charts cannot be drawn without it.
    pub not_drawn: usize,
}

/// The requests, with those of surveys, by domain, most useful first.
pub(super) fn requests(input: &ReadinessInput<'_>, mut requests: Vec<Request>) -> Vec<Request> {
    for (measure, charts) in charts_by_measure(input) {
        requests.extend(request(input, measure, &charts));
    }
    requests.sort_by(|a, b| cmp_usefulness(input, a, b));
    requests
}

/// The charts that would use each measure.
fn charts_by_measure<'a>(input: &ReadinessInput<'a>) -> BTreeMap<&'a str, Vec<&'a ExhibitSpec>> {
    let mut charts: BTreeMap<&str, Vec<&ExhibitSpec>> = BTreeMap::new();
    for spec in &input.catalog.exhibits {
        // If the data has a chart's first measure, the chart needs no other.
        let is_complete = is_drawn(input, spec) && spec.measures.iter().any(|id| has_values(input, id));
        for id in &spec.measures {
            if !is_complete || has_values(input, id) {
                charts.entry(id).or_default().push(spec);
            }
        }
    }
    charts
}

fn is_drawn(input: &ReadinessInput<'_>, spec: &ExhibitSpec) -> bool {
    input.exhibits.iter().any(|exhibit| exhibit.id == spec.id)
}

fn has_values(input: &ReadinessInput<'_>, measure: &str) -> bool {
    !years(input, measure).is_empty()
}

/// The request for a measure; `None` if no year is missing, or if it is computed from others.
fn request(input: &ReadinessInput<'_>, id: &str, charts: &[&ExhibitSpec]) -> Option<Request> {
    let measure = input.catalog.measures.get(id)?;
    let years = years(input, id);
    if measure.derive.is_some() && !years.is_empty() {
        return None;
    }
    Some(Request {
        domain: measure.domain.clone(),
        domain_label: domain_label(input, measure),
        measure: measure.label.clone(),
        definition: measure.definition.clone(),
        missing: missing(&years)?,
        charts: charts.iter().map(|spec| spec.title.clone()).collect(),
        not_drawn: charts.iter().filter(|spec| !is_drawn(input, spec)).count(),
    })
}

fn domain_label(input: &ReadinessInput<'_>, measure: &Measure) -> String {
    let domain = input.catalog.domains.iter().find(|domain| domain.id == measure.domain);
    domain.map(|domain| domain.label.clone()).unwrap_or_default()
}

/// By domain; then the measures without which the most charts cannot be drawn; then those that the most
/// charts would use.
fn cmp_usefulness(input: &ReadinessInput<'_>, a: &Request, b: &Request) -> Ordering {
    let by_domain = domain_position(input, &a.domain).cmp(&domain_position(input, &b.domain));
    let by_use = (b.not_drawn, b.charts.len()).cmp(&(a.not_drawn, a.charts.len()));
    by_domain.then(by_use).then_with(|| a.measure.cmp(&b.measure))
}

fn domain_position(input: &ReadinessInput<'_>, id: &str) -> Option<usize> {
    input.catalog.domains.iter().position(|domain| domain.id == id)
}

/// The years for which the district has a measure for all students, in any grade and subject; ascending.
fn years(input: &ReadinessInput<'_>, measure: &str) -> Vec<SchoolYear> {
    let comparisons = input.comparisons.all.iter();
    let of_all = comparisons.filter(|c| c.key.measure == measure && c.key.group == ALL);
    let mut years: Vec<SchoolYear> = of_all.flat_map(|c| c.reported().map(|(year, _)| year)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// What is missing of a measure that is available for these years; `None` if nothing is.
fn missing(years: &[SchoolYear]) -> Option<String> {
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return Some(wording::all_missing(FEWEST_YEARS));
    };
    if years.len() < FEWEST_YEARS {
        let before = first.plus(-1).unwrap_or(*first);
        return Some(wording::early_years_missing(years.len(), &first.to_string(), &before.to_string()));
    }
    let mut gaps = Vec::new();
    for year in (first.end()..last.end()).filter_map(|end| SchoolYear::ending(end).ok()) {
        if !years.contains(&year) {
            gaps.push(year.to_string());
        }
    }
    if gaps.is_empty() { None } else { Some(wording::gap_years_missing(&gaps)) }
}
