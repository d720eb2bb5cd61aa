//! `retreat swot`: the SWOT candidates, for a terminal or as JSON.

use std::io::{self, Write};

use super::arguments::SwotArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use super::session::{district_id, open_project, read_compared};
use super::why_not::{find_rule, outcome_text, survey_outcomes_text};
use crate::catalog::did_you_mean;
use crate::domain::Quadrant;
use crate::finding::{
    CandidateExplanation, Evidence, Finding, Findings, explain, propose, rule_outcome, survey_outcomes,
};
use crate::pack;
use crate::wording::swot_list::{self as wording, CandidateOrigin};

/// Prints the candidates, or everything that led to one of them.
pub(super) fn swot(arguments: &SwotArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let project = open_project(&arguments.common.project)?;
    let named = arguments.why_not.as_deref();
    let survey_rule =
        project.catalog.perception.survey_rule.iter().find(|rule| Some(rule.id.as_str()) == named);
    let named = named.filter(|_| survey_rule.is_none());
    let rule = named.map(|id| find_rule(&project.catalog, id)).transpose()?;
    let id = district_id(arguments.common.district.as_deref(), &project);
    let district = read_compared(&project, id, reporter)?;
    let findings = &propose(&district.comparisons, &project.catalog, &district.choices);
    let mut stdout = io::stdout().lock();
    if let Some(rule) = survey_rule {
        let outcomes = survey_outcomes(rule, &district.comparisons, &project.catalog, &district.choices);
        write!(stdout, "{}", survey_outcomes_text(rule, &outcomes))?;
    } else if let Some(rule) = rule {
        let outcome = rule_outcome(rule, &district.comparisons, &project.catalog, &district.choices);
        write!(stdout, "{}", outcome_text(&outcome, reporter.is_verbose()))?;
    } else if let Some(id) = &arguments.explain {
        let finding = find_candidate(findings, id)?;
        let explained = explain(finding, &district.comparisons, &project.catalog, &district.choices);
        write!(stdout, "{}", explanation(finding, explained.as_ref()))?;
    } else if arguments.common.json {
        pack::write_candidates(&mut stdout, findings)?;
    } else {
        list_candidates(&mut stdout, findings)?;
    }
    reporter.problems(district.diagnostics)
}

/// The candidate with this id, or with this number, as people see it on slides.
///
/// # Errors
/// If there is none: the message suggests the id nearest to it.
fn find_candidate<'a>(findings: &'a Findings, id: &str) -> Result<&'a Finding, CliError> {
    let mut all = findings.all.iter();
    all.find(|one| one.id == id || one.number.to_string().eq_ignore_ascii_case(id)).ok_or_else(|| {
        let suggestion = did_you_mean(id, findings.all.iter().map(|finding| finding.id.as_str()));
        CliError::Unknown(wording::no_candidate(id, &suggestion))
    })
}

/// Prints the candidates by quadrant, one line each.
fn list_candidates(out: &mut impl Write, findings: &Findings) -> io::Result<()> {
    for quadrant in Quadrant::ALL {
        writeln!(out, "{}", wording::quadrant(quadrant.heading(), quadrant.meaning()))?;
        let (shown, others): (Vec<&Finding>, Vec<&Finding>) =
            findings.of(quadrant).partition(|finding| finding.is_shown);
        list(out, &shown)?;
        if !others.is_empty() {
            writeln!(out, "{}", wording::others(others.len()))?;
            list(out, &others)?;
        }
    }
    if !findings.worth_noticing.is_empty() {
        writeln!(out, "{}", wording::WORTH_NOTICING)?;
    }
    for fact in &findings.worth_noticing {
        writeln!(out, "{}", wording::fact(fact))?;
    }
    Ok(())
}

fn list(out: &mut impl Write, findings: &[&Finding]) -> io::Result<()> {
    for finding in findings {
        let Finding { number, statement, confidence, id, .. } = finding;
        writeln!(out, "{}", wording::candidate(&number.to_string(), statement, confidence.id(), id))?;
    }
    Ok(())
}

/// Everything that led to a candidate.
fn explanation(finding: &Finding, explained: Option<&CandidateExplanation>) -> String {
    let origin = CandidateOrigin {
        quadrant: finding.quadrant.id(),
        rule: &finding.rule,
        confidence: finding.confidence.id(),
        score: finding.score,
    };
    let mut text = wording::explanation(&finding.statement, &finding.question, &origin);
    text.push_str(&evidence_text(wording::SUPPORTS, &finding.evidence));
    text.push_str(&evidence_text(wording::LIMITS, &finding.counter_evidence));
    if let Some(CandidateExplanation { series, vanishes_if }) = explained {
        let values: Vec<String> =
            series.iter().map(|(year, value)| wording::value_of(*year, value)).collect();
        text.push_str(&lines_text(wording::SERIES, &values));
        text.push_str(&lines_text(wording::VANISHES_IF, vanishes_if));
    }
    text.push_str(&lines_text(wording::ABSORBED, &finding.absorbed));
    text
}

/// Lines under a heading; empty if there are none.
fn lines_text(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    format!("\n{heading}\n{lines}")
}

/// Evidence with its sources under a heading; empty if there is none.
fn evidence_text(heading: &str, evidence: &[Evidence]) -> String {
    if evidence.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{heading}\n");
    for Evidence { text: statement, sources, .. } in evidence {
        text.push_str(&format!("  {statement}\n"));
        for source in sources {
            text.push_str(&format!("    {source}\n"));
        }
    }
    text
}
