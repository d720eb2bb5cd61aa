//! From comparisons and findings to exhibits: what each chart of the catalog shows for this district.
//!
//! One file for each kind of chart; the other files hold what all kinds share.

mod bars;
mod basis;
mod change;
mod context;
mod description;
mod differences;
mod dollars;
mod dots;
mod draft;
mod heat;
mod labels;
mod line;
mod panels;
mod peers;
mod projection;
mod schools;
mod search;
mod series;
mod slope;
mod split;
mod stacked;
mod survey;

use std::collections::{BTreeMap, BTreeSet};

use super::model::Exhibit;
use super::publishers::Publishers;
use crate::catalog::{Catalog, ExhibitSpec, FigureKind, Target};
use crate::compare::{Comparison, Comparisons};
use crate::diagnostic::{Diagnostic, Warned};
use crate::domain::MeasureKey;
use crate::finding::Findings;
use crate::wording::finding::ChartText;
use context::ExhibitContext;
use draft::ExhibitDraft;
pub use schools::school_pages;
use series::ExhibitSeriesSet;

/// Builds every exhibit of the catalog that has data to show, in the catalog's order, with a note on each one
/// that is left out.
#[must_use]
pub fn exhibits(
    comparisons: &Comparisons,
    findings: &Findings,
    catalog: &Catalog,
    publishers: &Publishers,
    targets: &BTreeMap<String, Target>,
) -> Warned<Vec<Exhibit>> {
    let mut built = Warned::clean(Vec::new());
    let mut said = BTreeSet::new();
    // A district without schools misses nothing.
    let has_schools = !comparisons.schools.is_empty();
    for spec in catalog.exhibits.iter().filter(|spec| has_schools || !spec.kind.is_of_schools()) {
        let context = ExhibitContext { spec, comparisons, catalog, publishers, targets };
        match exhibit(&context, findings, &mut said) {
            Ok(exhibit) => built.value.push(exhibit),
            Err(reason) => built.diagnostics.push(Diagnostic::exhibit_empty(&spec.id, &reason)),
        }
    }
    if comparisons.state_n == 1 {
        for spec in unshown(&built.value, comparisons, catalog) {
            let context = ExhibitContext { spec: &spec, comparisons, catalog, publishers, targets };
            built.value.extend(exhibit(&context, findings, &mut said));
        }
    }
    built
}

/// In a pack of one district's own files: an exhibit for each measure of theirs that no other exhibit shows.
fn unshown(built: &[Exhibit], comparisons: &Comparisons, catalog: &Catalog) -> Vec<ExhibitSpec> {
    let mut shown: BTreeSet<&String> = BTreeSet::new();
    for spec in catalog.exhibits.iter().filter(|spec| built.iter().any(|exhibit| exhibit.id == spec.id)) {
        shown.extend(&spec.measures);
    }
    let mut measures: Vec<&String> = comparisons.all.iter().map(|one| &one.key.measure).collect();
    measures.dedup();
    let mut specs = Vec::new();
    for measure in
        measures.into_iter().filter(|id| !shown.contains(id) && !catalog.own.measures.contains_key(*id))
    {
        if let Some(measure) = catalog.measures.get(measure).filter(|measure| measure.derive.is_none()) {
            specs.extend(catalog.each_own.iter().map(|each| each.exhibit_of(measure)));
        }
    }
    let taken = catalog.exhibits.iter().map(|exhibit| exhibit.code.clone()).collect();
    catalog.give_codes(&mut specs, taken);
    specs
}

/// The exhibit, or the first of those shown instead that has something to show. `said` are the findings of the exhibits before
/// it.
///
/// # Errors
/// Why the exhibit itself has nothing.
fn exhibit(
    context: &ExhibitContext<'_>,
    findings: &Findings,
    said: &mut BTreeSet<String>,
) -> Result<Exhibit, String> {
    if context.spec.kind == FigureKind::Survey {
        return survey::exhibit(context, findings, said);
    }
    let reason = match draft(context) {
        Ok(draft) => return Ok(finish(context, draft, findings, said)),
        Err(reason) => reason,
    };
    for spec in &context.spec.otherwise {
        let other = ExhibitContext { spec, ..*context };
        if let Ok(draft) = draft(&other) {
            let exhibit = finish(&other, draft, findings, said);
            let title = description::title_with_subject(context, spec, exhibit.title);
            return Ok(Exhibit { title, ..exhibit });
        }
    }
    Err(reason)
}

/// The exhibit, built by its kind of chart.
///
/// # Errors
/// Why there is nothing to show.
fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    match context.spec.kind {
        FigureKind::Peers => return peers::draft(context),
        FigureKind::Panels => return panels::draft(context),
        FigureKind::Differences => return differences::draft(context),
        kind if kind.is_of_schools() => return schools::draft(context),
        _ => {}
    }
    let set = ExhibitSeriesSet::new(context)?;
    match context.spec.kind {
        FigureKind::Line if context.spec.projection => projection::draft(context, set.first()),
        FigureKind::Line => line::draft(context, &set),
        FigureKind::Dots => dots::draft(context, &set),
        FigureKind::Slope => slope::draft(context, &set),
        FigureKind::Stacked => stacked::draft(context, &set),
        FigureKind::Bars | FigureKind::Pairs | FigureKind::Columns => bars::draft(context, &set),
        _ => heat::draft(context, &set),
    }
}

/// Adds what all kinds of chart share.
fn finish(
    context: &ExhibitContext<'_>,
    draft: ExhibitDraft<'_>,
    findings: &Findings,
    said: &mut BTreeSet<String>,
) -> Exhibit {
    let basis =
        basis::basis(&draft.series, draft.years, context.spec, context.catalog.findings.fewest_in_charts);
    let text = text(context, &draft, said);
    let title = description::title(context, &draft);
    let mut notes = draft.notes;
    notes.extend(basis::basis_notes(&basis));
    notes.extend(basis::unknown_n_note(&draft.series, context.catalog));
    let age = description::age(context, draft.years);
    Exhibit {
        id: context.spec.id.clone(),
        code: context.spec.code.clone(),
        core: context.spec.core && age.is_empty(),
        domain: context.spec.domain.clone(),
        topic: context.spec.topic.clone(),
        title,
        direction: description::direction(context.catalog, &draft.series),
        caveat: description::caveat(context, &draft.series, draft.years),
        age,
        definition: description::definition(context.catalog, &draft.series),
        finding: text.finding,
        sub_line: text.sub_line,
        figure: draft.figure,
        table: draft.table,
        note: notes.join(" "),
        source: basis::source_line(context.publishers, &draft.series, &basis),
        files: basis::files_note(&draft.series),
        basis,
        alt: draft.alt,
        notice: context.spec.notice.clone(),
        wonder: context.spec.wonder.clone(),
        search: search::words(context, &draft.series),
        findings: finding_ids(findings, &draft.series),
        series: keys_of(&draft.series),
    }
}

/// What the exhibit says: the first finding that no exhibit has said yet. Without one, and of old values, only the line below is
/// there.
fn text(context: &ExhibitContext<'_>, draft: &ExhibitDraft<'_>, said: &mut BTreeSet<String>) -> ChartText {
    let nothing = ChartText { finding: String::new(), sub_line: draft.sub_line.clone(), rank: 0 };
    if description::is_silent(context, draft.years) {
        return nothing;
    }
    let mut new = draft.findings.iter().filter(|text| !said.contains(&text.finding));
    let text = new.next().cloned().unwrap_or(nothing);
    said.insert(text.finding.clone());
    text
}

/// The keys of the series, each once: of schools there may be several with the same key.
fn keys_of(series: &[&Comparison]) -> Vec<MeasureKey> {
    let mut keys: Vec<MeasureKey> = Vec::new();
    for one in series {
        if !keys.contains(&one.key) {
            keys.push(one.key.clone());
        }
    }
    keys
}

/// Ids of the findings on the same series.
fn finding_ids(findings: &Findings, series: &[&Comparison]) -> Vec<String> {
    let on_series = findings.all.iter().filter(|finding| series.iter().any(|one| one.key == finding.key));
    on_series.map(|finding| finding.id.clone()).collect()
}
