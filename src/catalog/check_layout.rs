//! Checks one layout against the catalog.

use std::collections::BTreeSet;

use super::ids::EntryChecker;
use super::pattern::pattern_of_any_case;
use super::{ColumnSpec, HeaderRows, Layout, Markers, Stat};
use crate::domain::DistrictId;
use crate::wording::catalog as say;

/// The named captures that a column's pattern may have.
const COLUMN_PARTS: [&str; 7] = ["measure", "group", "grade", "subject", "year", "stat", "n"];
/// What a `[[part]]` may be.
const KEY_PARTS: [&str; 5] = ["measure", "group", "grade", "subject", "stat"];

/// Checks one layout.
pub(super) fn check(checker: &mut EntryChecker<'_>, layout: &Layout) {
    check_state(checker, layout.state.as_ref());
    checker.measures(layout.measures.values());
    checker.measures(layout.breaks.iter().map(|entry| &entry.measure));
    checker.groups(layout.groups.values());
    checker.subjects(layout.subjects.values());
    checker.grades(layout.grades.values());
    checker.patterns(layout_patterns(layout), &["year", "id"]);
    checker.patterns(&layout.district.name_pattern, &["name"]);
    for part in &layout.parts {
        checker.known(say::KEY_PART, &part.part, KEY_PARTS.into_iter());
    }
    if let HeaderRows::Named(name) = &layout.header.rows
        && name != "auto"
    {
        checker.report(name, say::unknown_header_rows(name));
    }
    if layout.district.id_width > DistrictId::WIDEST {
        checker.report("id-width", say::id_too_wide(DistrictId::WIDEST));
    }
    let place = checker.place;
    check_markers(&mut checker.part(place.under("markers")), &layout.markers);
    for (i, column) in layout.columns.iter().enumerate() {
        check_column(&mut checker.part(place.under("column").item(i)), layout, column);
    }
}

/// Checks that a state, if one is given, is one of the catalog's.
pub(crate) fn check_state(checker: &mut EntryChecker<'_>, state: Option<&String>) {
    let states = &checker.catalog.states;
    if let Some(state) = state
        && states.code(state).is_none()
        && !states.all.is_empty()
    {
        let known = states.all.iter().flat_map(|known| [known.code.as_str(), known.name.as_str()]);
        checker.known(say::STATE, state, known);
    }
}

/// The regular expressions of a layout, except those of its columns.
fn layout_patterns(layout: &Layout) -> impl Iterator<Item = &String> {
    let sheets = [&layout.sheets.matching, &layout.sheets.except];
    let others = [&layout.year.pattern, &layout.district.id_pattern];
    let rows = layout.rows.iter().flat_map(|row| [&row.keep, &row.leave_out]);
    let ignored = layout.ignored.iter().map(|column| &column.matching);
    sheets.into_iter().chain(others).chain(rows).chain(ignored).flatten()
}

fn check_column(checker: &mut EntryChecker<'_>, layout: &Layout, column: &ColumnSpec) {
    checker.patterns(&column.matching, &COLUMN_PARTS);
    let ways = [!column.name.is_empty(), column.matching.is_some(), !column.sum.is_empty()];
    if ways.into_iter().filter(|is_used| *is_used).count() != 1 {
        checker.report("", say::column_without_name());
    }
    check_sum(checker, column);
    check_split(checker, column);
    if !has_measure(layout, column) {
        let names = if column.sum.is_empty() { &column.name } else { &column.sum };
        let which = column.matching.clone().unwrap_or_else(|| names.join(", "));
        checker.report("", say::column_without_measure(&which));
    }
    checker.measures(&column.measure);
    checker.groups(&column.group);
    checker.subjects(&column.subject);
    checker.grades(&column.grade);
}

/// Checks the columns that are added up in each row.
fn check_sum(checker: &mut EntryChecker<'_>, column: &ColumnSpec) {
    let Some(first) = column.sum.first() else { return };
    let names: BTreeSet<String> = column.sum.iter().map(|name| name.trim().to_lowercase()).collect();
    if names.len() < 2 || names.len() < column.sum.len() {
        checker.report(first, say::sum_of_one());
    }
    if !column.split.is_empty() || column.occurrence.is_some() {
        checker.report(first, say::sum_beside_split());
    }
    let measure = column.measure.as_ref().and_then(|id| checker.catalog.measures.get(id));
    if measure.is_some_and(|measure| measure.mean) {
        checker.report(first, say::sum_of_averages());
    }
}

/// Checks the numbers in the cells of a column.
fn check_split(checker: &mut EntryChecker<'_>, column: &ColumnSpec) {
    let read: Vec<Stat> = column.split.iter().filter_map(|part| part.stat()).collect();
    let different: BTreeSet<&Stat> = read.iter().collect();
    if !column.split.is_empty() && (read.is_empty() || different.len() < read.len()) {
        checker.report("", say::split_of_nothing());
    }
}

/// Whether a column, its pattern or another column of the layout gives the measure.
fn has_measure(layout: &Layout, column: &ColumnSpec) -> bool {
    column.measure.is_some()
        || column.matching.as_deref().is_some_and(finds_measure)
        || layout.parts.iter().any(|part| part.part == "measure")
}

/// Whether a column's pattern has the named capture `measure`.
fn finds_measure(pattern: &str) -> bool {
    pattern.contains("(?P<measure>") || pattern.contains("(?<measure>")
}

/// Checks the regular expressions among markers.
pub(super) fn check_markers(checker: &mut EntryChecker<'_>, markers: &Markers) {
    for text in markers.patterns() {
        checker.compiles(text, marker_pattern);
    }
}

fn marker_pattern(text: &str) -> Result<regex::Regex, regex::Error> {
    pattern_of_any_case(text.strip_prefix('~').unwrap_or(text))
}
