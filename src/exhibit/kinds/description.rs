//! What is said about an exhibit's measures: which direction is better, what they are, and how old their values are.

use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use crate::catalog::{Catalog, ExhibitSpec, FigureKind, Measure, Split};
use crate::compare::Comparison;
use crate::domain::{ALL, Better, SchoolYear};
use crate::exhibit::age::{badge, is_silent as is_too_old};
use crate::exhibit::figure::{Figure, Panel, Stacked};
use crate::finding::participation_on_chart;
use crate::wording::exhibit as words;
use crate::wording::listing::joined_with_and;
use crate::wording::subject::capitalized;

/// The exhibit's title. If its measures are alternatives and the one shown is not the first, the title includes its name. If not all
/// of its small charts are there, or one shows something else, the title names those that are. Of amounts that are stacked in dollars of
/// one year, it says the year.
pub(super) fn title(context: &ExhibitContext<'_>, draft: &ExhibitDraft<'_>) -> String {
    let title = &context.spec.title;
    if context.spec.kind.is_of_schools() {
        return title.clone();
    }
    if let Figure::Panels(panels) = &draft.figure {
        return panels_title(context.spec, panels);
    }
    if let Figure::Stacked(Stacked { dollars_of: Some(year), .. }) = &draft.figure {
        return words::in_dollars_of(title, *year);
    }
    match substitute_label(context, &draft.series) {
        Some(label) => words::title_with_measure(title, label),
        None => title.clone(),
    }
}

fn panels_title(spec: &ExhibitSpec, panels: &[Panel]) -> String {
    let shown: Vec<String> = panels.iter().map(|panel| panel.title.clone()).collect();
    if shown.iter().eq(spec.panels.iter().map(|panel| &panel.title)) {
        return spec.title.clone();
    }
    let shown = joined_with_and(&shown);
    // A subject does not say what is measured.
    if spec.panels.iter().any(|panel| panel.subject != ALL) {
        words::title_with_measure(&spec.title, &shown)
    } else {
        shown
    }
}

/// The title of a small chart: the name of the measure that is shown instead of the first, if one is.
pub(super) fn panel_title(context: &ExhibitContext<'_>, series: &[&Comparison]) -> String {
    substitute_label(context, series).unwrap_or(&context.spec.title).to_owned()
}

/// The name of the measure that is shown instead of the first alternative; `None` if the first is shown.
fn substitute_label<'a>(context: &ExhibitContext<'a>, series: &[&Comparison]) -> Option<&'a str> {
    let spec = context.spec;
    let are_alternatives =
        matches!(spec.kind, FigureKind::Dots | FigureKind::Line) || spec.split != Split::None;
    let shown = &series.first()?.key.measure;
    if !are_alternatives || spec.measures.first() == Some(shown) {
        return None;
    }
    Some(&context.catalog.measures.get(shown)?.label)
}

/// A title with the subject that `shown` has instead of the exhibit's own; the same title if it has the same subject.
pub(super) fn title_with_subject(context: &ExhibitContext<'_>, shown: &ExhibitSpec, title: String) -> String {
    if shown.subject == context.spec.subject {
        return title;
    }
    words::title_with_measure(&title, &subject_label(context.catalog, &shown.subject))
}

/// The name of a subject; its id if it has none.
pub(super) fn subject_label(catalog: &Catalog, id: &str) -> String {
    let subject = catalog.groups.subjects.iter().find(|subject| subject.id == id);
    capitalized(subject.map_or(id, |subject| subject.label.as_str()))
}

/// What changes how the chart is read: what its specification says, or else that participation in a test moved against the results
/// that a line shows.
pub(super) fn caveat(context: &ExhibitContext<'_>, series: &[&Comparison], years: YearSpan) -> String {
    let spec = context.spec;
    if !spec.caveat.is_empty() || spec.kind != FigureKind::Line {
        return spec.caveat.clone();
    }
    participation(context, series, years).unwrap_or_default()
}

fn participation(context: &ExhibitContext<'_>, series: &[&Comparison], years: YearSpan) -> Option<String> {
    let results = series.first()?;
    let shown: Vec<SchoolYear> = results
        .run()
        .map(|(year, _)| year)
        .filter(|year| (years.first..=years.last).contains(&year.end()))
        .collect();
    let ends = [*shown.first()?, *shown.last()?];
    participation_on_chart(context.comparisons, results, context.catalog, ends)
}

/// The badge of old values; empty if they are not old.
pub(super) fn age(context: &ExhibitContext<'_>, years: YearSpan) -> String {
    let latest = SchoolYear::ending(years.last).ok();
    let badge = latest.map(|latest| badge(&context.catalog.findings, context.comparisons.newest, latest));
    badge.unwrap_or_default()
}

/// Whether the latest year shown is so old that nothing is said about it.
pub(super) fn is_silent(context: &ExhibitContext<'_>, years: YearSpan) -> bool {
    let latest = SchoolYear::ending(years.last);
    latest.is_ok_and(|latest| is_too_old(&context.catalog.findings, context.comparisons.newest, latest))
}

/// Which direction is better for all measures that are shown.
pub(super) fn direction(catalog: &Catalog, series: &[&Comparison]) -> &'static str {
    let measures = measures(catalog, series);
    let all = |better| !measures.is_empty() && measures.iter().all(|measure| measure.better == better);
    match (all(Better::Higher), all(Better::Lower)) {
        (true, _) => words::HIGHER_IS_BETTER,
        (_, true) => words::LOWER_IS_BETTER,
        _ => "",
    }
}

/// The definitions of the measures that are shown, with their names if there are several.
pub(super) fn definition(catalog: &Catalog, series: &[&Comparison]) -> String {
    let measures = measures(catalog, series);
    if let [only] = measures.as_slice() {
        return only.definition.clone();
    }
    let named = measures.iter().map(|measure| words::defined(&measure.label, &measure.definition));
    named.collect::<Vec<_>>().join(" ")
}

/// The measures of the series, each once, in the order of the series.
fn measures<'a>(catalog: &'a Catalog, series: &[&Comparison]) -> Vec<&'a Measure> {
    let mut measures: Vec<&Measure> = Vec::new();
    for one in series {
        if let Some(measure) = catalog.measures.get(&one.key.measure)
            && !measures.iter().any(|known| known.id == measure.id)
        {
            measures.push(measure);
        }
    }
    measures
}
