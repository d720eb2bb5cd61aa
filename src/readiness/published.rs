//! Where data that is missing is published, for the district's state and the whole country.

use serde::Serialize;

use super::input::ReadinessInput;
use super::request::Request;
use crate::catalog::{PublicSource, SourceGap};
use crate::wording::published as wording;

/// How many publications of the state, and how many national ones, are named for an area.
const PER_DOMAIN: usize = 1;

/// A publication that would fill a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedFile {
    /// Headings of the areas in which something is missing that it may have.
    pub areas: Vec<String>,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The page from which it is downloaded.
    pub address: String,
    /// Whether a public source gives the address.
    pub confirmed: bool,
    /// Ids of the layouts that read it; empty if there is none.
    pub layouts: Vec<String>,
    /// All of this in one line.
    pub line: String,
}

/// The publications for the areas in which charts cannot be drawn, or where no other district has data.
pub(super) fn published(input: &ReadinessInput<'_>, requests: &[Request]) -> Vec<PublishedFile> {
    let mut domains: Vec<&str> = Vec::new();
    for domain in &input.catalog.domains {
        let mut of_domain = requests.iter().filter(|request| request.domain == domain.id);
        if of_domain.any(|request| request.not_drawn > 0) || is_alone(input) {
            domains.push(&domain.id);
        }
    }
    let state = input.comparisons.district.state.as_deref();
    let sources = input.catalog.sources_for(SourceGap { state, domains: &domains }, PER_DOMAIN);
    sources.into_iter().map(|source| published_file(input, source, &domains)).collect()
}

/// Whether the files have no other district.
fn is_alone(input: &ReadinessInput<'_>) -> bool {
    input.released.terms().districts.len() < 2
}

fn published_file(input: &ReadinessInput<'_>, source: &PublicSource, domains: &[&str]) -> PublishedFile {
    let filled = input
        .catalog
        .domains
        .iter()
        .filter(|domain| domains.contains(&domain.id.as_str()) && source.domains.contains(&domain.id));
    let areas: Vec<String> = filled.map(|domain| domain.label.clone()).collect();
    PublishedFile {
        line: wording::for_areas(&areas, &source.line()),
        areas,
        title: source.title.clone(),
        publisher: source.publisher.clone(),
        address: source.address.clone(),
        confirmed: source.confirmed,
        layouts: source.layout.clone(),
    }
}
