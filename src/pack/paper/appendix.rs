//! The data appendix: every table, the evidence behind the candidates, and how the numbers were made.

use minijinja::{Value, context};

use super::cards::codes;
use super::exhibit_view::revealed;
use super::heading::{explanations, heading, strength};
use super::input::Paper;
use crate::diagnostic::{Diagnostic, SheetRead, SourceRead};
use crate::domain::Unit;
use crate::exhibit::Pack;
use crate::finding::{Evidence, Finding};
use crate::pack::report::{Decision, ExhibitLeftOut, MethodDescription};
use crate::wording::page_counts;
use crate::wording::paper as wording;

/// The most problems that are printed.
const PROBLEMS: usize = 60;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let (pack, report) = (paper.pack, paper.report);
    let groups = paper.groups.iter().map(|group| {
        context! { topic => heading(group), exhibits => group.exhibits.iter().map(revealed).collect::<Value>() }
    });
    let problems = &report.diagnostics.all;
    context! {
        groups => groups.collect::<Value>(),
        of_peers => paper.of_peers.iter().map(revealed).collect::<Value>(),
        others => paper.others.iter().map(revealed).collect::<Value>(),
        candidates => pack.findings.all.iter().map(|finding| candidate(pack, finding)).collect::<Value>(),
        methods => report.methods.iter().map(method).collect::<Value>(),
        explanations => explanations(report),
        sources => report.sources.iter().flat_map(sheets).collect::<Value>(),
        decisions => report.decisions.iter().map(decision).collect::<Value>(),
        missing => report.exhibits_left_out.iter().map(left_out).collect::<Value>(),
        withheld => wording::withheld_in_all(report.counts.withheld),
        problems => problems.iter().take(PROBLEMS).map(problem).collect::<Value>(),
        more_problems => problems.len().saturating_sub(PROBLEMS),
    }
}

fn candidate(pack: &Pack, finding: &Finding) -> Value {
    context! {
        number => finding.number.to_string(),
        quadrant => finding.quadrant.heading(),
        statement => &finding.statement,
        strength => strength(finding.confidence.id()),
        codes => codes(pack, finding),
        rule => &finding.rule,
        supports => finding.evidence.iter().map(evidence).collect::<Value>(),
        limits => finding.counter_evidence.iter().map(evidence).collect::<Value>(),
    }
}

fn evidence(evidence: &Evidence) -> Value {
    context! { text => &evidence.text, cells => evidence.sources.join("; ") }
}

/// A row for each sheet that was read.
fn sheets(source: &SourceRead) -> Vec<Value> {
    source.sheets.iter().map(|sheet| sheet_row(source, sheet)).collect()
}

fn sheet_row(source: &SourceRead, sheet: &SheetRead) -> Value {
    context! {
        file => &source.path,
        sheet => sheet.sheet.as_deref().unwrap_or_default(),
        rows => count(sheet.rows),
        observations => count(sheet.observations),
        masked => count(sheet.cells_masked),
        missing => count(sheet.cells_missing),
    }
}

fn count(count: u64) -> String {
    Unit::Count.format(count as f64)
}

fn problem(problem: &Diagnostic) -> Value {
    context! {
        place => problem.place.to_string(),
        found => page_counts::problem(&problem.found, problem.count),
        done => &problem.done,
    }
}

fn method(method: &MethodDescription) -> Value {
    context! { what => &method.what, how => &method.how, source => &method.source }
}

fn decision(decision: &Decision) -> Value {
    context! { what => &decision.what, chosen => &decision.chosen, why => &decision.why }
}

fn left_out(exhibit: &ExhibitLeftOut) -> Value {
    context! { id => &exhibit.id, why => &exhibit.why }
}
