//! What to ask for: the measures that charts and rules would use and that are not there, or not for enough years.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Known;
use crate::catalog::ExhibitSpec;
use crate::domain::{ALL, SchoolYear};

/// Fewer years than this and no trend is told.
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
    /// What is missing: all of it, or years.
    pub missing: String,
    /// Titles of the charts that would use it.
    pub charts: Vec<String>,
    /// How many of those cannot be drawn without it.
    pub not_drawn: usize,
}

/// The requests, by domain, most useful first.
pub(super) fn requests(known: &Known<'_>) -> Vec<Request> {
    let drawn = |spec: &ExhibitSpec| known.exhibits.iter().any(|e| e.id == spec.id);
    let mut wanted: BTreeMap<&str, Vec<&ExhibitSpec>> = BTreeMap::new();
    for spec in &known.catalog.exhibits {
        // A chart of the first measure that is there needs no other.
        let have = spec.measures.iter().any(|m| !years(known, m).is_empty());
        let measures = spec.measures.iter().filter(|m| !(drawn(spec) && have && years(known, m).is_empty()));
        measures.for_each(|m| wanted.entry(m).or_default().push(spec));
    }
    let mut requests: Vec<Request> = Vec::new();
    for (id, specs) in wanted {
        let Some(measure) =
            known.catalog.measures.get(id).filter(|m| m.derive.is_none() || years(known, id).is_empty())
        else {
            continue;
        };
        let Some(missing) = missing(&years(known, id)) else { continue };
        let label = known.catalog.domains.iter().find(|d| d.id == measure.domain).map(|d| d.label.clone());
        requests.push(Request {
            domain: measure.domain.clone(),
            domain_label: label.unwrap_or_default(),
            measure: measure.label.clone(),
            definition: measure.definition.clone(),
            missing,
            charts: specs.iter().map(|s| s.title.clone()).collect(),
            not_drawn: specs.iter().filter(|s| !drawn(s)).count(),
        });
    }
    let order = |domain: &str| known.catalog.domains.iter().position(|d| d.id == domain);
    requests.sort_by(|a, b| {
        let uses = |r: &Request| (r.not_drawn, r.charts.len());
        order(&a.domain)
            .cmp(&order(&b.domain))
            .then_with(|| uses(b).cmp(&uses(a)))
            .then_with(|| a.measure.cmp(&b.measure))
    });
    requests
}

/// The years for which the district has the measure, for all students or any part of them.
fn years(known: &Known<'_>, measure: &str) -> Vec<SchoolYear> {
    let of_measure = || known.comparisons.all.iter().filter(|c| c.key.measure == measure);
    let whole = of_measure().filter(|c| c.key.group == ALL);
    let mut years: Vec<SchoolYear> = whole.flat_map(|c| c.reported().map(|(year, _)| year)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn missing(years: &[SchoolYear]) -> Option<String> {
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return Some(format!("all of it: at least {FEWEST_YEARS} years, for all students and by group"));
    };
    let gaps: Vec<String> = (first.end()..last.end())
        .filter_map(|end| SchoolYear::ending(end).ok())
        .filter(|year| !years.contains(year))
        .map(|year| year.to_string())
        .collect();
    match () {
        () if years.len() < FEWEST_YEARS => {
            let before = first.plus(-1).map_or_else(|_| first.to_string(), |y| y.to_string());
            Some(format!("years before {first} (there are {}): {before} and earlier", years.len()))
        }
        () if !gaps.is_empty() => Some(format!("the years between: {}", gaps.join(", "))),
        () => None,
    }
}
