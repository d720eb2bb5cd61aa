//! `retreat check`: the readiness report, for a terminal or as JSON.

use std::io::{self, Write as _};

use super::arguments::DistrictArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use super::session::{district_id, open_project, or_problems, read_project};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pack;
use crate::readiness::{CoverageState, DomainCoverage, Readiness, Request};
use crate::run::{self, RunError};
use crate::wording::check as wording;
use crate::wording::published;
use crate::wording::run::file_written;

/// How many problems of each severity are listed.
const PROBLEMS_LISTED: usize = 8;
/// How many publications are listed.
const PUBLISHED_LISTED: usize = 6;
/// How many requests are listed.
const REQUESTS_LISTED: usize = 16;
/// The headings of the problems by severity, in the order of the report.
const PROBLEM_HEADINGS: [(Severity, &str); 3] = [
    (Severity::Error, wording::ERRORS),
    (Severity::Warning, wording::WARNINGS),
    (Severity::Note, wording::NOTES),
];

/// Prints how ready the data is, and writes the readiness report.
pub(super) fn check(arguments: &DistrictArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let project = open_project(&arguments.project)?;
    let session = read_project(&project, reporter)?;
    if session.data.released.terms().districts.is_empty() {
        reporter.progress(wording::NO_DISTRICTS)?;
        return reporter.problems(session.data.diagnostics);
    }
    let id = district_id(arguments.district.as_deref(), &project);
    let district = or_problems(session.district(id), &session, reporter)?;
    let readiness = district.readiness();
    let folder = project.folder.join("readiness");
    let written = pack::write_readiness(&readiness, &folder).map_err(RunError::from)?;
    if arguments.json {
        writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&readiness)?)?;
    } else {
        write!(io::stdout(), "{}", readiness_text(&readiness, reporter.is_verbose()))?;
    }
    for path in &written.files {
        reporter.progress(&file_written(&path.display()))?;
    }
    reporter.problems(run::files_kept(&written.kept))?;
    Ok(Ending::with_problems(&readiness.problems))
}

/// The report: complete, or only the first problems and requests.
fn readiness_text(readiness: &Readiness, is_whole: bool) -> String {
    let mut text = format!("{}\n{}\n", readiness.district_name, readiness.summary);
    text.push_str(&format!("\n{}\n", wording::COVERAGE_HEADING));
    for domain in &readiness.coverage {
        text.push_str(&coverage_text(domain));
    }
    for (severity, heading) in PROBLEM_HEADINGS {
        let problems = readiness.problems.iter().filter(|problem| problem.severity == severity);
        text.push_str(&problems_text(heading, &problems.collect::<Vec<_>>(), is_whole));
    }
    text + &requests_text(&readiness.requests, is_whole) + &published_text(readiness, is_whole)
}

/// The problems of one severity; empty if there are none.
fn problems_text(heading: &str, problems: &[&Diagnostic], is_whole: bool) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", wording::heading(heading, problems.len()));
    let limit = if is_whole { problems.len() } else { PROBLEMS_LISTED };
    for problem in problems.iter().take(limit) {
        let Diagnostic { place, found, hint, .. } = problem;
        text.push_str(&format!("  {place}: {found}{}\n      {hint}\n", problem.others()));
    }
    if problems.len() > limit {
        text.push_str(&format!("  {}\n", wording::more_problems(problems.len() - limit)));
    }
    text
}

/// What to request; empty if nothing is missing.
fn requests_text(requests: &[Request], is_whole: bool) -> String {
    if requests.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", wording::heading(wording::REQUESTS, requests.len()));
    let limit = if is_whole { requests.len() } else { REQUESTS_LISTED };
    for Request { domain_label, measure, missing, .. } in requests.iter().take(limit) {
        text.push_str(&format!("  {domain_label}: {measure}: {missing}\n"));
    }
    if requests.len() > limit {
        text.push_str(&format!("  {}\n", wording::more_requests(requests.len() - limit)));
    }
    text
}

/// Where missing data is published; empty if nothing is named.
fn published_text(readiness: &Readiness, is_whole: bool) -> String {
    if readiness.published.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", published::HEADING);
    let limit = if is_whole { readiness.published.len() } else { PUBLISHED_LISTED };
    for file in readiness.published.iter().take(limit) {
        text.push_str(&format!("  {}\n", file.line));
    }
    if readiness.published.len() > limit {
        text.push_str(&format!("  {}\n", wording::more_requests(readiness.published.len() - limit)));
    }
    if readiness.names_no_state {
        text.push_str(&format!("  {}\n", published::NAME_STATE));
    }
    text
}

/// A domain's measures by school year, with one sign per year.
fn coverage_text(domain: &DomainCoverage) -> String {
    let mut text = format!("\n{}\n", domain.label);
    if domain.measures.is_empty() {
        return text + &format!("  {}\n", wording::NO_MEASURES);
    }
    let years: String = domain.years.iter().map(|year| format!("  {:02}", year % 100)).collect();
    text.push_str(&format!("  {:<44}{years}  {}\n", wording::SCHOOL_YEAR_ENDING, wording::OTHER_DISTRICTS));
    for measure in &domain.measures {
        let label: String = measure.label.chars().take(43).collect();
        let signs: String = measure.states.iter().map(|state| format!("   {}", sign(*state))).collect();
        text.push_str(&format!("  {label:<44}{signs}  {}\n", measure.other_districts));
    }
    text
}

const fn sign(state: CoverageState) -> char {
    match state {
        CoverageState::Reported => '#',
        CoverageState::Masked => '*',
        CoverageState::Withheld => 'w',
        CoverageState::Missing => '-',
        CoverageState::NotThere => '.',
    }
}
