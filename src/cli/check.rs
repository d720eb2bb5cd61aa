//! The readiness report, for a terminal or a machine.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use super::{Cli, CliError, Ending, OfDistrict, open};
use crate::diagnostic::Severity;
use crate::readiness::{CoverageState, DomainCoverage, Readiness};
use crate::run;

/// How many problems of each weight are shown.
const SHOWN: usize = 8;

impl Cli {
    pub(super) fn check(&self, of: &OfDistrict) -> Result<Ending, CliError> {
        let project = open(&of.project)?;
        let data = self.read(&project)?;
        if data.released.terms().districts.is_empty() {
            self.tell("No source names a district yet, so there is nothing to check.")?;
            return self.tell_problems(data.diagnostics);
        }
        let district = of.district.as_deref().unwrap_or(&project.file.retreat.district);
        let readiness = run::check(&project, &data, district)?;
        let written = crate::pack::write_readiness(&readiness, &project.folder.join("readiness"))
            .map_err(run::RunError::from)?;
        let mut out = io::stdout().lock();
        if of.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&readiness)?)?;
        } else {
            write!(out, "{}", text(&readiness, self.verbose))?;
        }
        for path in &written.files {
            self.tell(&format!("Wrote {}.", path.display()))?;
        }
        self.tell_problems(run::kept(&written.kept))?;
        let lost = readiness.problems.iter().any(|p| p.severity == Severity::Error);
        Ok(if lost { Ending::WithoutSomeData } else { Ending::Done })
    }
}

fn text(readiness: &Readiness, whole: bool) -> String {
    let mut text = format!("{}\n{}\n", readiness.district_name, readiness.summary);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "\nWhat is there (# reported, * masked, w withheld here, - blank, . not there)");
    readiness.coverage.iter().for_each(|domain| grid(&mut text, domain));
    for (severity, heading) in [
        (Severity::Error, "Left out, because it could not be read"),
        (Severity::Warning, "To check"),
        (Severity::Note, "To know"),
    ] {
        let of: Vec<_> = readiness.problems.iter().filter(|p| p.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{heading} ({})", of.len());
        let most = if whole { of.len() } else { SHOWN };
        for problem in of.iter().take(most) {
            let more = problem.others();
            let _ = writeln!(text, "  {}: {}{more}\n      {}", problem.place, problem.found, problem.hint);
        }
        if of.len() > most {
            let _ = writeln!(text, "  and {} more: see readiness.xlsx, or use --verbose", of.len() - most);
        }
    }
    if !readiness.requests.is_empty() {
        let _ = writeln!(text, "\nTo ask for ({})", readiness.requests.len());
        let most = if whole { readiness.requests.len() } else { SHOWN * 2 };
        for request in readiness.requests.iter().take(most) {
            let _ = writeln!(text, "  {}: {}: {}", request.domain_label, request.measure, request.missing);
        }
        if readiness.requests.len() > most {
            let _ = writeln!(text, "  and {} more: see readiness.xlsx", readiness.requests.len() - most);
        }
    }
    text
}

fn grid(text: &mut String, domain: &DomainCoverage) {
    let _ = writeln!(text, "\n{}", domain.label);
    if domain.measures.is_empty() {
        let _ = writeln!(text, "  nothing");
        return;
    }
    let years: String = domain.years.iter().map(|y| format!("  {:02}", y % 100)).collect();
    let _ = writeln!(text, "  {:<44}{years}  other districts", "school year ending");
    for measure in &domain.measures {
        let label: String = measure.label.chars().take(43).collect();
        let states: String = measure.states.iter().map(|s| format!("   {}", sign(*s))).collect();
        let _ = writeln!(text, "  {label:<44}{states}  {}", measure.other_districts);
    }
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
