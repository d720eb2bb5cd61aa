//! What the templates receive: the pack in words, in the order of the page.

use minijinja::{Value, context};

use crate::compare::{PeerGroup, PeerVariable};
use crate::diagnostic::{Diagnostic, Severity, SheetRead, SourceRead};
use crate::domain::{District, Quadrant, SchoolYear, Unit};
use crate::exhibit::{Exhibit, ExhibitCell, Pack, Section, Table};
use crate::finding::{Evidence, Finding};
use crate::pack::html::drawing::{anchor, inline_svg, view_box};
use crate::pack::picture::Picture;
use crate::pack::report::{
    Decision, DiagnosticList, ExhibitLeftOut, ExplanationText, MethodDescription, Report,
};
use crate::wording::page_counts::{self as wording, DataCounts, severity};

/// Everything on the page.
pub(super) fn page_view(pack: &Pack, pictures: &[Picture<'_>], report: &Report) -> Value {
    let others = pack.findings.all.iter().filter(|finding| !finding.is_shown).count();
    context! {
        title => &pack.title,
        district => &pack.district.name,
        district_id => district_id(pack),
        year => pack.year.map(|year| year.to_string()),
        version => report.version,
        made_by => wording::made_by(report.version),
        sections => pack.sections.iter().map(|section| section_view(pack, section, pictures)).collect::<Value>(),
        quadrants => Quadrant::ALL.map(|quadrant| quadrant_view(pack, quadrant)).to_vec(),
        consensus => super::consensus::view(pack),
        swot_state => super::consensus::state(pack),
        candidates => pack.findings.all.len(),
        candidates_text => wording::candidates(pack.findings.all.len()),
        worth_noticing => pack.findings.worth_noticing.clone(),
        others,
        others_text => wording::other_candidates(others),
        has_charts => pack.exhibits().next().is_some(),
        charts => wording::charts(pack.exhibits().count()),
        core => pictures.iter().filter(|picture| picture.exhibit.core).map(overview_view).collect::<Value>(),
        peers => peers_view(pack),
        has_lines => pack.exhibits().any(|exhibit| !exhibit.figure.lines().is_empty()),
        data => data_view(report),
    }
}

/// The district's id; `None` if its name says it, as in a project of surveys.
fn district_id(pack: &Pack) -> Option<String> {
    let District { name, shown_id, .. } = &pack.district;
    (!name.contains(shown_id.as_str())).then(|| wording::district_id(shown_id))
}

fn section_view(pack: &Pack, section: &Section, pictures: &[Picture<'_>]) -> Value {
    context! {
        id => anchor(&section.id),
        label => &section.label,
        question => &section.question,
        exhibits => section.exhibits.iter().map(|exhibit| exhibit_view(pack, exhibit, pictures)).collect::<Value>(),
    }
}

/// An exhibit as the overview shows it: a small picture with its code and topic.
fn overview_view(picture: &Picture<'_>) -> Value {
    let exhibit = picture.exhibit;
    context! {
        id => anchor(&exhibit.id),
        code => &exhibit.code,
        topic => &exhibit.topic,
        view_box => view_box(picture.bare),
    }
}

fn exhibit_view(pack: &Pack, exhibit: &Exhibit, pictures: &[Picture<'_>]) -> Value {
    let picture = pictures.iter().find(|picture| picture.exhibit.id == exhibit.id);
    context! {
        id => anchor(&exhibit.id),
        code => &exhibit.code,
        core => exhibit.core,
        topic => &exhibit.topic,
        title => &exhibit.title,
        direction => exhibit.direction.to_owned(),
        badges => badges(exhibit),
        definition => &exhibit.definition,
        files => &exhibit.files,
        search => exhibit.search.join(" "),
        notice => &exhibit.notice,
        finding => &exhibit.finding,
        sub_line => &exhibit.sub_line,
        svg => picture.map(|picture| Value::from_safe_string(inline_svg(picture.bare, &exhibit.id))),
        alt => &exhibit.alt,
        note => &exhibit.note,
        source => &exhibit.source,
        wonder => &exhibit.wonder,
        table => table_view(&exhibit.table),
        related => wording::related_candidates(exhibit.findings.len()),
        findings => exhibit.findings.iter().filter_map(|id| finding_link(pack, id)).collect::<Value>(),
    }
}

/// What changes how the chart is read: the age of its data, and its caveat.
fn badges(exhibit: &Exhibit) -> Vec<String> {
    [&exhibit.age, &exhibit.caveat].into_iter().filter(|text| !text.is_empty()).cloned().collect()
}

/// A link to a candidate; `None` if it is not in the pack.
fn finding_link(pack: &Pack, id: &str) -> Option<Value> {
    let finding = pack.findings.all.iter().find(|finding| finding.id == id)?;
    Some(context! {
        id => anchor(&finding.id),
        statement => &finding.statement,
        quadrant => finding.quadrant.id(),
        number => finding.number.to_string(),
    })
}

fn table_view(table: &Table) -> Value {
    let columns = table.columns.iter().enumerate();
    context! {
        columns => columns.map(|(index, text)| context! { text, number => has_numbers(table, index) }).collect::<Value>(),
        rows => table.rows.iter().map(|row| row.iter().map(cell_view).collect::<Value>()).collect::<Value>(),
    }
}

/// Whether any cell of a column is a number.
fn has_numbers(table: &Table, column: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.get(column), Some(ExhibitCell::Number(..))))
}

fn cell_view(cell: &ExhibitCell) -> Value {
    let kind = match cell {
        ExhibitCell::Text(_) => "text",
        ExhibitCell::Number(..) => "number",
        ExhibitCell::Absent(_) => "absent",
    };
    context! { text => cell.text(), kind }
}

fn quadrant_view(pack: &Pack, quadrant: Quadrant) -> Value {
    let (candidates, others): (Vec<&Finding>, Vec<&Finding>) =
        pack.findings.of(quadrant).partition(|finding| finding.is_shown);
    context! {
        id => quadrant.id(),
        letter => quadrant.letter().to_string(),
        heading => quadrant.heading(),
        meaning => quadrant.meaning(),
        candidates => candidates_view(pack, &candidates),
        others => candidates_view(pack, &others),
    }
}

fn candidates_view(pack: &Pack, findings: &[&Finding]) -> Value {
    findings.iter().map(|finding| candidate_view(pack, finding)).collect()
}

fn candidate_view(pack: &Pack, finding: &Finding) -> Value {
    context! {
        id => anchor(&finding.id),
        finding => &finding.id,
        quadrant => finding.quadrant.id(),
        number => finding.number.to_string(),
        heading => finding.quadrant.heading(),
        statement => &finding.statement,
        evidence_line => &finding.evidence_line,
        doubt_line => &finding.doubt_line,
        question => &finding.question,
        domain => domain_label(pack, &finding.domain),
        value => wording::value_in_year(&finding.unit.format(finding.value), &finding.year.to_string()),
        comparison => &finding.comparison,
        trend => &finding.trend,
        confidence => finding.confidence.id(),
        strength => wording::strength(finding.confidence.id()),
        rule => &finding.rule,
        evidence => finding.evidence.iter().map(evidence_view).collect::<Value>(),
        limits => finding.counter_evidence.iter().map(evidence_view).collect::<Value>(),
        exhibits => exhibit_links(pack, finding),
    }
}

/// The heading of a domain; its id if the pack has no section for it.
fn domain_label<'a>(pack: &'a Pack, domain: &'a str) -> &'a str {
    let section = pack.sections.iter().find(|section| section.id == domain);
    section.map_or(domain, |section| section.label.as_str())
}

/// Links to the exhibits that show the series of a candidate.
fn exhibit_links(pack: &Pack, finding: &Finding) -> Value {
    let exhibits = pack.exhibits().filter(|exhibit| exhibit.findings.contains(&finding.id));
    exhibits
        .map(|exhibit| context! { id => anchor(&exhibit.id), code => &exhibit.code, title => &exhibit.title })
        .collect()
}

fn evidence_view(evidence: &Evidence) -> Value {
    context! { text => &evidence.text, sources => evidence.sources.clone() }
}

fn peers_view(pack: &Pack) -> Value {
    let group = &pack.peers;
    context! {
        chosen => group.year.map(|year| peers_chosen(group, year)),
        likeness => group.alike.as_ref().map(crate::finding::likeness),
        variables => group.variables.iter().map(variable_view).collect::<Value>(),
        rows => (0..group.peers.len()).map(|index| peer_view(group, index)).collect::<Value>(),
    }
}

fn peers_chosen(group: &PeerGroup, year: SchoolYear) -> String {
    let within = group.within.iter();
    let shared: Vec<(String, String)> =
        within.map(|(attribute, value)| (attribute.replace(['-', '_'], " "), value.clone())).collect();
    wording::peers_chosen(group.peers.len(), group.candidates, &year.to_string(), &shared)
}

fn variable_view(variable: &PeerVariable) -> Value {
    context! { label => &variable.label, value => variable.shown(variable.value) }
}

fn peer_view(group: &PeerGroup, index: usize) -> Value {
    let peer = &group.peers[index];
    let likeness = group.alike.as_ref().and_then(|alike| alike.peers.get(index));
    let values = group.variables.iter().zip(&peer.values);
    context! {
        rank => index + 1,
        name => &peer.district.name,
        id => &peer.district.shown_id,
        distance => format!("{:.2}", peer.distance),
        likeness => likeness.map(|likeness| likeness.id()),
        values => values.map(|(variable, value)| variable.shown(*value)).collect::<Value>(),
    }
}

fn data_view(report: &Report) -> Value {
    let counts = &report.counts;
    context! {
        sources => report.sources.iter().map(source_view).collect::<Value>(),
        sheets => report.sources.iter().any(has_named_sheet),
        decisions => report.decisions.iter().map(decision_view).collect::<Value>(),
        explanations => report.explanations.iter().map(explanation_view).collect::<Value>(),
        methods => report.methods.iter().map(method_view).collect::<Value>(),
        methods_text => wording::methods(report.methods.len()),
        left_out => report.exhibits_left_out.iter().map(left_out_view).collect::<Value>(),
        problems => problems_view(&report.diagnostics),
        counts => wording::data_counts(&DataCounts {
            observations: counts.observations,
            estimates: counts.estimates,
            derived: counts.derived,
            comparisons: counts.comparisons,
            withheld: counts.withheld,
            revisions: report.revisions,
        }),
    }
}

fn has_named_sheet(source: &SourceRead) -> bool {
    source.sheets.iter().any(|sheet| sheet.sheet.is_some())
}

fn decision_view(decision: &Decision) -> Value {
    context! { what => &decision.what, chosen => &decision.chosen, why => &decision.why }
}

fn method_view(method: &MethodDescription) -> Value {
    context! { what => &method.what, how => wording::method(&method.how, &method.source) }
}

fn explanation_view(explanation: &ExplanationText) -> Value {
    context! { title => &explanation.title, text => &explanation.text, points => &explanation.points }
}

fn left_out_view(exhibit: &ExhibitLeftOut) -> Value {
    context! { id => &exhibit.id, why => &exhibit.why }
}

fn count_text(count: u64) -> String {
    Unit::Count.format(count as f64)
}

fn source_view(source: &SourceRead) -> Value {
    let sheets = source.sheets.iter().map(sheet_view).collect::<Value>();
    context! { path => &source.path, layout => &source.layout, sheets }
}

fn sheet_view(sheet: &SheetRead) -> Value {
    let ignored = ignored_by_reason(sheet);
    let left_out = sheet.rows_left_out.iter();
    let unread: Vec<&str> = sheet.columns_unread.iter().map(String::as_str).collect();
    context! {
        name => sheet.sheet.as_deref(),
        rows => count_text(sheet.rows),
        observations => count_text(sheet.observations),
        columns => count_text(sheet.columns_read),
        masked => count_text(sheet.cells_masked),
        missing => count_text(sheet.cells_missing),
        unread => (!unread.is_empty()).then(|| wording::unknown_columns(&unread)),
        ignored => ignored.iter().map(|(why, columns)| wording::columns_left_out(columns, why)).collect::<Value>(),
        rows_left_out => left_out.map(|rows| wording::rows_left_out(rows.rows, &rows.why)).collect::<Value>(),
    }
}

/// The columns that are left out, by the reason, in the order of the first of each.
fn ignored_by_reason(sheet: &SheetRead) -> Vec<(&str, Vec<&str>)> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for ignored in &sheet.columns_ignored {
        match reasons.iter_mut().find(|(why, _)| *why == ignored.why) {
            Some((_, columns)) => columns.push(&ignored.column),
            None => reasons.push((&ignored.why, vec![&ignored.column])),
        }
    }
    reasons
}

fn problems_view(list: &DiagnosticList) -> Value {
    let errors = ProblemGroup {
        severity: Severity::Error,
        count: list.errors,
        label: wording::errors(list.errors),
        meaning: severity::ERROR,
    };
    let warnings = ProblemGroup {
        severity: Severity::Warning,
        count: list.warnings,
        label: wording::warnings(list.warnings),
        meaning: severity::WARNING,
    };
    let notes = ProblemGroup {
        severity: Severity::Note,
        count: list.notes,
        label: wording::notes(list.notes),
        meaning: severity::NOTE,
    };
    [errors, warnings, notes].iter().map(|group| group.view(&list.all)).collect()
}

/// The problems of one severity.
struct ProblemGroup {
    severity: Severity,
    count: u64,
    label: String,
    meaning: &'static str,
}

impl ProblemGroup {
    fn view(&self, problems: &[Diagnostic]) -> Value {
        let own = problems.iter().filter(|problem| problem.severity == self.severity);
        context! {
            label => &self.label,
            meaning => self.meaning,
            count => self.count,
            all => own.map(problem_view).collect::<Value>(),
        }
    }
}

fn problem_view(problem: &Diagnostic) -> Value {
    context! {
        id => problem.id.as_ref(),
        place => problem.place.to_string(),
        found => wording::problem(&problem.found, problem.count),
        help => wording::problem_help(&problem.done, &problem.hint),
    }
}
