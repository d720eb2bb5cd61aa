//! What the templates see: the pack in words, in the order of the page.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use crate::compare::PeerGroup;
use crate::diagnostic::SourceRead;
use crate::diagnostic::{Diagnostic, Severity};
use crate::domain::{Quadrant, Unit};
use crate::exhibit::{Exhibit, ExhibitCell, Pack, Section, Table};
use crate::finding::{Confidence, Evidence, Finding};
use crate::pack::report::DiagnosticList;
use crate::pack::{Picture, Report};

/// Everything on the page.
pub(super) fn of(pack: &Pack, pictures: &[Picture<'_>], report: &Report) -> Value {
    let sections = pack.sections.iter().map(|s| section(pack, s, pictures)).collect::<Value>();
    let quadrants = Quadrant::ALL.map(|q| quadrant(pack, q));
    let tentative = pack.findings.all.iter().filter(|f| f.confidence == Confidence::Tentative).count();
    context! {
        title => &pack.title,
        district => &pack.district.name,
        district_id => &pack.district.shown_id,
        year => pack.year.map(|y| y.to_string()),
        version => report.version,
        sections,
        quadrants => quadrants.to_vec(),
        candidates => pack.findings.all.len(),
        tentative,
        exhibits => pack.exhibits().count(),
        peers => peers(pack),
        data => data(report),
    }
}

/// A text as a part of an element's id, which may hold no blank.
fn anchor(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join("-")
}

fn section(pack: &Pack, section: &Section, pictures: &[Picture<'_>]) -> Value {
    let exhibits = section.exhibits.iter().map(|e| exhibit(pack, e, pictures)).collect::<Value>();
    context! { id => anchor(&section.id), label => &section.label, question => &section.question, exhibits }
}

fn exhibit(pack: &Pack, exhibit: &Exhibit, pictures: &[Picture<'_>]) -> Value {
    let picture = pictures.iter().find(|p| p.exhibit.id == exhibit.id);
    let shown = |id: &String| pack.findings.all.iter().find(|f| &f.id == id).map(link_to_finding);
    context! {
        id => anchor(&exhibit.id),
        title => &exhibit.title,
        headline => &exhibit.headline,
        svg => picture.map(|p| Value::from_safe_string(inline(p.svg, &exhibit.id))),
        alt => &exhibit.alt,
        note => &exhibit.note,
        source => &exhibit.source,
        question => &exhibit.question,
        table => table(&exhibit.table),
        findings => exhibit.findings.iter().filter_map(shown).collect::<Value>(),
    }
}

/// The `<svg>` element of a document, without what stands before it, which HTML does not take. Its ids are made
/// those of this drawing alone, because they share the page with all others.
fn inline(svg: &str, exhibit: &str) -> String {
    let element = svg.find("<svg").map_or(svg, |start| &svg[start..]);
    let ids = ["id=\"", "id='"].into_iter().flat_map(|mark| {
        let quote = mark.chars().last().unwrap_or('"');
        let after = element.split(&format!(" {mark}")).skip(1).collect::<Vec<_>>();
        after.into_iter().filter_map(move |rest| rest.split(quote).next())
    });
    let ids: BTreeSet<&str> = ids.collect();
    ids.into_iter().fold(element.to_owned(), |text, id| {
        let own = format!("drawing-{}-{id}", anchor(exhibit));
        text.replace(&format!(" id=\"{id}\""), &format!(" id=\"{own}\""))
            .replace(&format!(" id='{id}'"), &format!(" id='{own}'"))
            .replace(&format!("url(#{id})"), &format!("url(#{own})"))
            .replace(&format!("href=\"#{id}\""), &format!("href=\"#{own}\""))
            .replace(&format!("href='#{id}'"), &format!("href='#{own}'"))
    })
}

fn link_to_finding(finding: &Finding) -> Value {
    context! {
        id => anchor(&finding.id),
        statement => &finding.statement,
        quadrant => finding.quadrant.id(),
        letter => letter(finding.quadrant),
    }
}

fn letter(quadrant: Quadrant) -> &'static str {
    &quadrant.heading()[..1]
}

fn table(table: &Table) -> Value {
    let number = |i: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(i));
        cells.any(|c| matches!(c, ExhibitCell::Number(..)))
    };
    let columns = table.columns.iter().enumerate().map(|(i, c)| context! { text => c, number => number(i) });
    let cell = |cell: &ExhibitCell| {
        let kind = match cell {
            ExhibitCell::Text(_) => "text",
            ExhibitCell::Number(..) => "number",
            ExhibitCell::Absent(_) => "absent",
        };
        context! { text => cell.text(), kind }
    };
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Value>());
    context! { columns => columns.collect::<Value>(), rows => rows.collect::<Value>() }
}

fn quadrant(pack: &Pack, quadrant: Quadrant) -> Value {
    let part = |tentative: bool| -> Value {
        let fits = |f: &&Finding| (f.confidence == Confidence::Tentative) == tentative;
        pack.findings.of(quadrant).filter(fits).map(|f| candidate(pack, f)).collect()
    };
    context! {
        id => quadrant.id(),
        letter => letter(quadrant),
        heading => quadrant.heading(),
        meaning => quadrant.meaning(),
        candidates => part(false),
        tentative => part(true),
    }
}

fn candidate(pack: &Pack, finding: &Finding) -> Value {
    let domain = pack.sections.iter().find(|s| s.id == finding.domain);
    let shows = |e: &&Exhibit| e.findings.contains(&finding.id);
    let link = |e: &Exhibit| context! { id => anchor(&e.id), title => &e.title };
    context! {
        id => anchor(&finding.id),
        finding => &finding.id,
        quadrant => finding.quadrant.id(),
        letter => letter(finding.quadrant),
        heading => finding.quadrant.heading(),
        statement => &finding.statement,
        question => &finding.question,
        domain => domain.map_or(finding.domain.as_str(), |s| s.label.as_str()),
        year => finding.year.to_string(),
        value => finding.unit.format(finding.value),
        comparison => &finding.comparison,
        trend => &finding.trend,
        confidence => finding.confidence.id(),
        rule => &finding.rule,
        evidence => finding.evidence.iter().map(evidence).collect::<Value>(),
        limits => finding.counter_evidence.iter().map(evidence).collect::<Value>(),
        exhibits => pack.exhibits().filter(shows).map(link).collect::<Value>(),
    }
}

fn evidence(evidence: &Evidence) -> Value {
    context! { text => &evidence.text, sources => evidence.sources.clone() }
}

fn peers(pack: &Pack) -> Value {
    let PeerGroup { year, variables, within, candidates, peers, alike, without_values: _, method: _ } =
        &pack.peers;
    let rows = peers.iter().enumerate().map(|(i, peer)| {
        context! {
            rank => i + 1,
            name => &peer.district.name,
            id => &peer.district.shown_id,
            distance => format!("{:.2}", peer.distance),
            likeness => alike.as_ref().and_then(|a| a.peers.get(i)).map(|l| l.id()),
            values => variables.iter().zip(&peer.values).map(|(v, value)| v.shown(*value)).collect::<Value>(),
        }
    });
    let shared = within.iter().map(|(attribute, value)| {
        context! { attribute => attribute.replace(['-', '_'], " "), value }
    });
    context! {
        year => year.map(|y| y.to_string()),
        candidates => Unit::Count.format(*candidates as f64),
        within => shared.collect::<Value>(),
        likeness => alike.as_ref().map(crate::finding::likeness),
        variables => variables.iter().map(|v| context! { label => &v.label, value => v.shown(v.value) })
            .collect::<Value>(),
        rows => rows.collect::<Value>(),
    }
}

fn data(report: &Report) -> Value {
    let decisions = report.decisions.iter();
    let left_out = report.exhibits_left_out.iter();
    let counts = &report.counts;
    context! {
        sources => report.sources.iter().map(source).collect::<Value>(),
        sheets => report.sources.iter().flat_map(|s| &s.sheets).any(|s| s.sheet.is_some()),
        decisions => decisions.map(|d| context! { what => &d.what, chosen => &d.chosen, why => &d.why })
            .collect::<Value>(),
        methods => report.methods.iter().map(|m| context! { what => &m.what, how => &m.how, source => &m.source })
            .collect::<Value>(),
        left_out => left_out.map(|e| context! { id => &e.id, why => &e.why }).collect::<Value>(),
        problems => problems(&report.diagnostics),
        observations => whole(counts.observations),
        estimates => whole(counts.estimates),
        derived => whole(counts.derived),
        withheld => whole(counts.withheld),
        comparisons => whole(counts.comparisons),
        revisions => whole(report.revisions),
    }
}

fn whole(count: u64) -> String {
    Unit::Count.format(count as f64)
}

fn source(source: &SourceRead) -> Value {
    let sheets = source.sheets.iter().map(|sheet| {
        let ignored = sheet.columns_ignored.iter();
        let left_out = sheet.rows_left_out.iter();
        context! {
            name => sheet.sheet.as_deref(),
            rows => whole(sheet.rows),
            observations => whole(sheet.observations),
            columns => whole(sheet.columns_read),
            masked => whole(sheet.cells_masked),
            missing => whole(sheet.cells_missing),
            unread => sheet.columns_unread.clone(),
            ignored => ignored.map(|c| context! { column => &c.column, why => &c.why }).collect::<Value>(),
            rows_left_out => left_out.map(|r| context! { rows => whole(r.rows), why => &r.why })
                .collect::<Value>(),
        }
    });
    context! { path => &source.path, layout => &source.layout, sheets => sheets.collect::<Value>() }
}

fn problems(list: &DiagnosticList) -> Value {
    let group = |severity: Severity, count: u64, one: &str, many: &str, meaning: &str| {
        let of = list.all.iter().filter(|d| d.severity == severity).map(problem).collect::<Value>();
        let word = if count == 1 { one } else { many };
        context! { label => format!("{} {word}", whole(count)), meaning, count, all => of }
    };
    let groups = [
        group(Severity::Error, list.errors, "error", "errors", "something was left out"),
        group(
            Severity::Warning,
            list.warnings,
            "warning",
            "warnings",
            "understood or repaired; please check",
        ),
        group(Severity::Note, list.notes, "note", "notes", "nothing is wrong, but it should be known"),
    ];
    Value::from(groups.to_vec())
}

fn problem(problem: &Diagnostic) -> Value {
    context! {
        id => problem.id.as_ref(),
        place => problem.place.to_string(),
        found => &problem.found,
        done => &problem.done,
        hint => &problem.hint,
        more => (problem.count > 1).then(|| whole(problem.count - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn drawings_on_one_page_do_not_share_ids() {
        let svg =
            "<?xml version='1.0'?><svg><clipPath id=\"a\"/><g clip-path=\"url(#a)\"/><use href='#a'/></svg>";
        let own = "<svg><clipPath id=\"drawing-x-a\"/><g clip-path=\"url(#drawing-x-a)\"/><use href='#drawing-x-a'/></svg>";
        assert_eq!(inline(svg, "x"), own);
    }
}
