//! Readiness: what data there is for the retreat, what looks wrong, and what data to request. Independent of
//! any output format.

mod calendar;
mod coverage;
mod input;
mod published;
mod request;
mod survey_requests;
mod surveys;

use serde::Serialize;

pub use calendar::CalendarLine;
pub use coverage::{CoverageState, DomainCoverage, MeasureCoverage};
pub use input::ReadinessInput;
pub use published::PublishedFile;
pub use request::Request;

use crate::diagnostic::{Diagnostic, SourceRead, grouped};
use crate::wording::readiness as wording;

/// The readiness of one district's data.
#[derive(Debug, Clone, Serialize)]
pub struct Readiness {
    /// Title of the retreat.
    pub title: String,
    /// Id of the district, as shown.
    pub district_id: String,
    /// Its name.
    pub district_name: String,
    /// In one sentence: what can be drawn, and which domains have nothing.
    pub summary: String,
    /// The number of charts that can be drawn.
    pub charts: usize,
    /// The number of charts if no data were missing.
    pub charts_wanted: usize,
    /// What data you have, by domain, measure and year.
    pub coverage: Vec<DomainCoverage>,
    /// All problems found while reading and judging the values, worst first; similar ones of a sheet are counted.
    pub problems: Vec<Diagnostic>,
    /// What data to request, most useful first within each domain.
    pub requests: Vec<Request>,
    /// Where missing data is published.
    pub published: Vec<PublishedFile>,
    /// What is to be done before the day, the first first.
    pub calendar: Vec<CalendarLine>,
    /// Whether the state is unknown, so that only national files are named.
    pub names_no_state: bool,
    /// What was read from each file.
    pub sources: Vec<SourceRead>,
}

/// Judges the readiness of the district in `input`.
#[must_use]
pub fn assess(input: &ReadinessInput<'_>) -> Readiness {
    let district = &input.comparisons.district;
    let coverage = coverage::coverage(input);
    let requests = request::requests(input, survey_requests::survey_requests(input));
    Readiness {
        title: input.title.to_owned(),
        district_id: district.shown_id.clone(),
        district_name: district.name.clone(),
        summary: summary(input, &coverage),
        charts: input.exhibits.len(),
        charts_wanted: input.catalog.exhibits.len(),
        published: published::published(input, &requests),
        calendar: calendar::calendar(&input.catalog.plan, input.date),
        names_no_state: district.state.is_none() && !input.catalog.states.none,
        requests,
        coverage,
        problems: grouped(input.diagnostics.to_vec()),
        sources: input.sources.to_vec(),
    }
}

fn summary(input: &ReadinessInput<'_>, coverage: &[DomainCoverage]) -> String {
    let (drawn, wanted) = (input.exhibits.len(), input.catalog.exhibits.len());
    let empty: Vec<String> =
        coverage.iter().filter(|d| d.measures.is_empty()).map(|d| d.label.to_lowercase()).collect();
    wording::summary(drawn, wanted, &empty)
}
