//! The report of a build: what went in, what was decided, what was made.

use std::collections::BTreeSet;

use super::Data;
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::domain::{DistrictId, Quadrant};
use crate::exhibit::{Exhibit, Pack};
use crate::observation::Revision;
use crate::pack::{
    Counts, Decision, DiagnosticList, DistrictName, ExhibitLeftOut, ExhibitReport, MethodDescription, Report,
    RevisedValue,
};
use crate::project::Project;

pub(super) fn report(
    project: &Project,
    data: &Data,
    pack: &Pack,
    diagnostics: &[Diagnostic],
    left_out: &[Diagnostic],
) -> Report {
    let name = DistrictName { id: pack.district.shown_id.clone(), name: pack.district.name.clone() };
    let mut report = Report::new(&pack.title, name);
    let private = private(project, data);
    report.sources = data.sources.iter().cloned().map(|source| without_hash(source, &private)).collect();
    report.revisions = data.revisions.len() as u64;
    report.revised = revised(data, pack);
    report.decisions = decisions(project, pack);
    let said = |m: &crate::catalog::Method| MethodDescription {
        what: m.what.clone(),
        how: m.how.clone(),
        source: m.source.clone(),
    };
    report.methods = project.catalog.methods.iter().map(said).collect();
    let findings = Quadrant::ALL.map(|q| (q, pack.findings.of(q).count() as u64));
    report.counts = Counts {
        observations: data.observations,
        estimates: data.released.len() as u64,
        derived: data.released.len() as u64 - data.observations.min(data.released.len() as u64),
        withheld: data.released.withheld(),
        comparisons: pack.series as u64,
        findings: findings.into_iter().collect(),
        exhibits: pack.exhibits().count() as u64,
    };
    report.exhibits = pack.exhibits().map(exhibit).collect();
    let why = |d: &Diagnostic| ExhibitLeftOut { id: d.like.clone(), why: d.found.clone() };
    report.exhibits_left_out = left_out.iter().map(why).collect();
    report.diagnostics = DiagnosticList::new(to_hand_out(&private, diagnostics));
    report
}

fn exhibit(exhibit: &Exhibit) -> ExhibitReport {
    let basis = &exhibit.basis;
    ExhibitReport {
        id: exhibit.id.clone(),
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

/// The files that are not public, by their paths.
fn private<'d>(project: &Project, data: &'d Data) -> BTreeSet<&'d str> {
    let public: BTreeSet<&str> = project
        .sources
        .iter()
        .filter(|source| source.layout.public)
        .map(|source| source.layout.id.as_str())
        .collect();
    let private = data.sources.iter().filter(|source| !public.contains(source.layout.as_str()));
    private.map(|source| source.path.as_str()).collect()
}

/// What is said of a file; of one that is not public without hash and size.
fn without_hash(source: SourceRead, private: &BTreeSet<&str>) -> SourceRead {
    if private.contains(source.path.as_str()) {
        SourceRead { sha256: None, bytes: None, ..source }
    } else {
        source
    }
}

/// The problems as they may be handed out: those of files that are not public quote no value; nor does one of a total that
/// is public, of whose parts some are not, nor one of a public file that revises another (what may be shown of that is listed).
fn to_hand_out(private: &BTreeSet<&str>, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let quotes = |problem: &Diagnostic| {
        let of_several = [Diagnostic::TOTAL_EXCEEDED, Diagnostic::REVISED].contains(&problem.id.as_ref());
        private.contains(problem.place.file.as_str()) || of_several && !private.is_empty()
    };
    let one = |problem: &Diagnostic| match quotes(problem) {
        true => problem.clone().without_values(),
        false => problem.clone(),
    };
    diagnostics.iter().map(one).collect()
}

/// The revised values of the district and its peers, as far as they may be shown.
fn revised(data: &Data, pack: &Pack) -> Vec<RevisedValue> {
    let terms = data.released.terms();
    let shown =
        |id: &DistrictId| &pack.district.id == id || pack.peers.peers.iter().any(|p| &p.district.id == id);
    let one = |revision: &Revision| {
        let district = &terms.districts[revision.district as usize];
        let released = || data.released.is_public(revision.key, revision.district, revision.year);
        let public = revision.public && released();
        (public && shown(&district.id)).then(|| RevisedValue {
            what: format!("{} of {} in {}", terms.key(revision.key).slug(), district.name, revision.year),
            older: revision.older.0,
            older_cell: data.released.origins().place(revision.older.1).to_string(),
            newer: revision.newer.0,
            newer_cell: data.released.origins().place(revision.newer.1).to_string(),
        })
    };
    data.revisions.iter().filter_map(one).collect()
}

fn decisions(project: &Project, pack: &Pack) -> Vec<Decision> {
    let decision = |what: &str, chosen: String, why: &str| Decision {
        what: what.to_owned(),
        chosen,
        why: why.to_owned(),
    };
    let mut decisions = Vec::new();
    if let Some(year) = pack.peers.year {
        let variables: Vec<&str> = pack.peers.variables.iter().map(|v| v.label.as_str()).collect();
        decisions.push(decision(
            "year of the peers",
            year.to_string(),
            "the latest that enough districts report",
        ));
        decisions.push(decision(
            "peers matched on",
            variables.join(", "),
            "[peers] of the project, or the catalog",
        ));
        for (attribute, value) in &pack.peers.within {
            decisions.push(decision("peers share", format!("{attribute}: {value}"), "[peers] within"));
        }
    }
    for source in project.sources.iter().filter(|source| source.layout.public) {
        decisions.push(decision(
            "withheld from a source",
            format!("{}: nothing", source.path),
            "its layout says that its publisher has made it public (`public = true`)",
        ));
    }
    for (name, value) in &project.file.thresholds {
        decisions.push(decision("threshold", format!("{name} = {value}"), "[thresholds] of the project"));
    }
    decisions
}
