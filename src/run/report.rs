//! The report of a build: what was read, what was decided, and what was written.

use std::collections::{BTreeMap, BTreeSet};

use super::Data;
use crate::catalog::{Explanation, Method};
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::domain::{DistrictId, Quadrant};
use crate::exhibit::{Exhibit, Pack};
use crate::observation::Revision;
use crate::pack::{
    BuildVerdict, Counts, Decision, DiagnosticList, DistrictName, ExhibitLeftOut, ExhibitReport,
    ExplanationText, MethodDescription, Report, RevisedValue,
};
use crate::project::Project;
use crate::wording::pack::{decision as wording, revised_series};

/// The report of a pack, with the problems that were found and the exhibits that were left out.
pub(super) fn report(
    project: &Project,
    data: &Data,
    pack: &Pack,
    diagnostics: &[Diagnostic],
    left_out: &[Diagnostic],
) -> Report {
    let name = DistrictName { id: pack.district.shown_id.clone(), name: pack.district.name.clone() };
    Report {
        verdict: BuildVerdict::of(diagnostics),
        sources: published_sources(project, data),
        revisions: data.revisions.len() as u64,
        revised: revised_values(data, pack),
        decisions: decisions(project, pack),
        methods: project.catalog.methods.iter().map(method).collect(),
        explanations: project.catalog.explanations.iter().map(explanation).collect(),
        counts: counts(data, pack),
        exhibits: pack.exhibits().map(exhibit_made).collect(),
        exhibits_left_out: left_out.iter().map(exhibit_left_out).collect(),
        diagnostics: DiagnosticList::new(published_problems(project, data, diagnostics)),
        ..Report::new(&pack.title, name)
    }
}

/// What was read from each file, as reports publish it.
pub(super) fn published_sources(project: &Project, data: &Data) -> Vec<SourceRead> {
    let private = PrivateFiles::of(project, data);
    data.sources.iter().map(|source| private.publishable_source(source)).collect()
}

/// Problems, as reports publish them.
pub(super) fn published_problems(project: &Project, data: &Data, problems: &[Diagnostic]) -> Vec<Diagnostic> {
    PrivateFiles::of(project, data).publishable_problems(problems)
}

fn counts(data: &Data, pack: &Pack) -> Counts {
    let estimates = data.released.len() as u64;
    Counts {
        observations: data.observations,
        estimates,
        derived: estimates - data.observations.min(estimates),
        withheld: data.released.withheld(),
        comparisons: pack.series as u64,
        findings: findings_by_quadrant(pack),
        exhibits: pack.exhibits().count() as u64,
    }
}

fn findings_by_quadrant(pack: &Pack) -> BTreeMap<Quadrant, u64> {
    Quadrant::ALL.into_iter().map(|quadrant| (quadrant, pack.findings.of(quadrant).count() as u64)).collect()
}

fn method(method: &Method) -> MethodDescription {
    let Method { what, how, source, .. } = method.clone();
    MethodDescription { what, how, source }
}

fn explanation(explanation: &Explanation) -> ExplanationText {
    let Explanation { title, text, points } = explanation.clone();
    ExplanationText { title, text, points }
}

fn exhibit_made(exhibit: &Exhibit) -> ExhibitReport {
    let basis = &exhibit.basis;
    ExhibitReport {
        id: exhibit.id.clone(),
        finding: exhibit.finding.clone(),
        sub_line: exhibit.sub_line.clone(),
        first_year: basis.window.map(|(first, _)| first.end()),
        last_year: basis.window.map(|(_, last)| last.end()),
        n_least: basis.people.map(|(least, _)| least),
        n_most: basis.people.map(|(_, most)| most),
        peers_least: basis.peers.map(|(least, _)| least),
        peers_most: basis.peers.map(|(_, most)| most),
        masked: basis.masked as u64,
        withheld: basis.withheld as u64,
        method: basis.method.to_owned(),
        note: exhibit.note.clone(),
        source: exhibit.source.clone(),
    }
}

fn exhibit_left_out(problem: &Diagnostic) -> ExhibitLeftOut {
    ExhibitLeftOut { id: problem.like.clone(), why: problem.found.clone() }
}

/// The files that are not public, by their paths: the report goes to people who may not see them.
struct PrivateFiles<'d>(BTreeSet<&'d str>);

impl<'d> PrivateFiles<'d> {
    fn of(project: &Project, data: &'d Data) -> Self {
        let public = project.sources.iter().filter(|source| source.layout.public);
        let public_layouts: BTreeSet<&str> = public.map(|source| source.layout.id.as_str()).collect();
        let private = data.sources.iter().filter(|source| !public_layouts.contains(source.layout.as_str()));
        Self(private.map(|source| source.path.as_str()).collect())
    }

    fn is_private(&self, path: &str) -> bool {
        self.0.contains(path)
    }

    /// What was read from a file; without its hash and size if it is private.
    fn publishable_source(&self, source: &SourceRead) -> SourceRead {
        let source = source.clone();
        if self.is_private(&source.path) {
            SourceRead { sha256: None, bytes: None, ..source }
        } else {
            source
        }
    }

    /// The problems, without any values that they quote from private files.
    fn publishable_problems(&self, problems: &[Diagnostic]) -> Vec<Diagnostic> {
        problems.iter().map(|problem| self.publishable_problem(problem)).collect()
    }

    fn publishable_problem(&self, problem: &Diagnostic) -> Diagnostic {
        let problem = problem.clone();
        if self.may_quote_private_value(&problem) { problem.without_values() } else { problem }
    }

    /// Whether a problem may quote a private value. It may if it is in a private file, if it is about a
    /// public total with private parts, or if a public file revises another one. (Revised values that may be
    /// shown are listed separately.)
    fn may_quote_private_value(&self, problem: &Diagnostic) -> bool {
        let of_several = [
            Diagnostic::TOTAL_EXCEEDED,
            Diagnostic::TOTAL_DIFFERS,
            Diagnostic::IMPOSSIBLE_COMPUTED,
            Diagnostic::REVISED,
        ];
        let is_of_several = of_several.contains(&problem.id.as_ref());
        self.is_private(&problem.place.file) || is_of_several && !self.0.is_empty()
    }
}

/// The public revised values of the district and its peers.
fn revised_values(data: &Data, pack: &Pack) -> Vec<RevisedValue> {
    data.revisions.iter().filter_map(|revision| revised_value(revision, data, pack)).collect()
}

/// A revised value; `None` if it is not public, or if the pack does not show its district by name.
fn revised_value(revision: &Revision, data: &Data, pack: &Pack) -> Option<RevisedValue> {
    let Revision { key, year, older, newer, .. } = *revision;
    let released = &data.released;
    let terms = released.terms();
    let district = &terms.districts[terms.district_of(revision.district) as usize];
    let name = terms.organization(revision.district).name();
    let is_public = revision.public && released.is_public(key, revision.district, year);
    (is_public && is_shown(&district.id, pack)).then(|| RevisedValue {
        what: revised_series(&terms.key(key).slug(), name, year),
        older: older.value,
        older_cell: released.origins().place(older.cell).to_string(),
        newer: newer.value,
        newer_cell: released.origins().place(newer.cell).to_string(),
    })
}

/// Whether a district is the pack's or one of its peers.
fn is_shown(district: &DistrictId, pack: &Pack) -> bool {
    pack.district.id == *district || pack.peers.peers.iter().any(|peer| peer.district.id == *district)
}

/// What was decided, by the program or by the project.
fn decisions(project: &Project, pack: &Pack) -> Vec<Decision> {
    let mut decisions = peer_decisions(pack);
    for source in project.sources.iter().filter(|source| source.layout.public) {
        let chosen = wording::nothing_withheld(&source.path);
        decisions.push(decision(wording::WITHHELD, chosen, wording::PUBLIC));
    }
    for (name, value) in &project.file.thresholds {
        let chosen = wording::threshold(name, *value);
        decisions.push(decision(wording::THRESHOLD, chosen, wording::OWN_THRESHOLD));
    }
    decisions
}

/// How the peers were chosen; empty if there are none.
fn peer_decisions(pack: &Pack) -> Vec<Decision> {
    let Some(year) = pack.peers.year else { return Vec::new() };
    let variables: Vec<&str> = pack.peers.variables.iter().map(|v| v.label.as_str()).collect();
    let mut decisions = vec![
        decision(wording::PEER_YEAR, year.to_string(), wording::LATEST_YEAR),
        decision(wording::PEER_VARIABLES, variables.join(", "), wording::PEER_SETTINGS),
    ];
    for (attribute, value) in &pack.peers.within {
        decisions.push(decision(wording::PEERS_SHARE, wording::shared(attribute, value), wording::WITHIN));
    }
    decisions
}

fn decision(what: &str, chosen: String, why: &str) -> Decision {
    Decision { what: what.to_owned(), chosen, why: why.to_owned() }
}
