//! Readiness: what is there for the retreat, what is odd, and what should be asked for. In no format.

mod coverage;
mod jump;
mod plausible;
mod request;
mod series;
mod total;

use serde::Serialize;

pub use coverage::{DomainCoverage, MeasureCoverage, State};
pub use request::Request;

use crate::catalog::Catalog;
use crate::compare::Comparisons;
use crate::diagnostic::{Diagnostic, SourceRead, grouped};
use crate::disclosure::Released;
use crate::exhibit::Exhibit;

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
    /// How many charts can be drawn.
    pub charts: usize,
    /// How many charts there would be.
    pub charts_wanted: usize,
    /// What is there, by domain, measure and year.
    pub coverage: Vec<DomainCoverage>,
    /// All that was met in reading and all that looks odd, worst first; what is alike in a sheet is counted.
    pub problems: Vec<Diagnostic>,
    /// What to ask for, most useful first within each domain.
    pub requests: Vec<Request>,
    /// What was read of each file.
    pub sources: Vec<SourceRead>,
}

/// What readiness is judged by.
#[derive(Debug)]
pub struct Known<'a> {
    /// Title of the retreat.
    pub title: &'a str,
    /// Everything that may be shown.
    pub released: &'a Released,
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The district's comparisons.
    pub comparisons: &'a Comparisons,
    /// The charts that can be drawn.
    pub exhibits: &'a [Exhibit],
    /// Why each other chart cannot.
    pub left_out: &'a [Diagnostic],
    /// What was read of each file.
    pub sources: &'a [SourceRead],
    /// Problems met in reading.
    pub diagnostics: &'a [Diagnostic],
}

/// Judges the readiness of the district that `known` is of.
#[must_use]
pub fn assess(known: &Known<'_>) -> Readiness {
    let district = &known.comparisons.district;
    let coverage = coverage::coverage(known);
    let mut problems = known.diagnostics.to_vec();
    problems.extend(plausible::problems(known));
    problems.extend(jump::problems(known));
    problems.extend(total::problems(known));
    Readiness {
        title: known.title.to_owned(),
        district_id: district.shown_id.clone(),
        district_name: district.name.clone(),
        summary: summary(known, &coverage),
        charts: known.exhibits.len(),
        charts_wanted: known.catalog.exhibits.len(),
        requests: request::requests(known),
        coverage,
        problems: grouped(problems),
        sources: known.sources.to_vec(),
    }
}

fn summary(known: &Known<'_>, coverage: &[DomainCoverage]) -> String {
    let (drawn, wanted) = (known.exhibits.len(), known.catalog.exhibits.len());
    let empty: Vec<String> =
        coverage.iter().filter(|d| d.measures.is_empty()).map(|d| d.label.to_lowercase()).collect();
    let nothing = match empty.split_last() {
        None => String::new(),
        Some((last, [])) => format!(" There is nothing on {last}."),
        Some((last, before)) => format!(" There is nothing on {} and {last}.", before.join(", ")),
    };
    format!("{drawn} of {wanted} charts can be drawn from what is here.{nothing}")
}
