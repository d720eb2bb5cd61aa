//! Checks that a catalog is consistent: every id that it refers to exists, and every pattern compiles.

use super::ids::EntryChecker;
use super::{
    Catalog, CatalogError, ColumnSpec, Condition, ExhibitSpec, FigureKind, Layout, MatchVariable, Measure,
    Operator, PeersSpec, ProjectionMethod, Rule, Scored, Split,
};
use crate::domain::DistrictId;

/// The named captures that a column's pattern may have.
const COLUMN_PARTS: [&str; 6] = ["measure", "group", "grade", "subject", "year", "stat"];

/// Checks the whole catalog.
///
/// # Errors
/// The first inconsistency; for an unknown id, it suggests the most similar one.
pub(super) fn check(catalog: &Catalog) -> Result<(), CatalogError> {
    catalog.measures.values().try_for_each(|measure| check_measure(catalog, measure))?;
    catalog.layouts.values().try_for_each(|layout| check_layout(catalog, layout))?;
    catalog.rules.iter().try_for_each(|rule| check_rule(catalog, rule))?;
    catalog.exhibits.iter().try_for_each(|exhibit| check_exhibit(catalog, exhibit))?;
    check_peers(catalog, &catalog.peers)?;
    let groups = EntryChecker::new(catalog, "groups.toml");
    groups.groups(catalog.groups.groups.iter().filter_map(|group| group.complement.as_ref()))?;
    let disclosure = EntryChecker::new(catalog, "disclosure.toml");
    disclosure.measures(catalog.disclosure.whole.iter().flat_map(|whole| &whole.parts))?;
    check_synonyms(catalog)?;
    match catalog.markers.compile(&catalog.markers) {
        Ok(_) => Ok(()),
        Err(e) => Err(CatalogError::new("markers.toml", e.to_string())),
    }
}

fn check_measure(catalog: &Catalog, measure: &Measure) -> Result<(), CatalogError> {
    let checker = EntryChecker::new(catalog, format!("measures, {:?}", measure.id));
    checker.domain(&measure.domain)?;
    if measure.meaningful_change <= 0.0 {
        return Err(checker.error("meaningful-change must be above 0"));
    }
    if measure.adds_up() && measure.people.is_some() {
        return Err(checker.error(
            "rests on people, but is in a unit that adds up; say `mean = true` if it is a mean (a salary)",
        ));
    }
    if let Some(ProjectionMethod::RollForward { flow }) = &measure.projection {
        checker.measure(flow)?;
    }
    checker.measures(measure.population.iter().map(|population| &population.measure))?;
    measure.scored.iter().try_for_each(|scored| check_scored(&checker, scored))?;
    for part in measure.derive.iter().flat_map(|derivation| derivation.parts()) {
        checker.measure(part)?;
        if part == &measure.id {
            return Err(checker.error("is derived from itself"));
        }
    }
    Ok(())
}

/// Checks an indicator of a score.
fn check_scored(checker: &EntryChecker<'_>, scored: &Scored) -> Result<(), CatalogError> {
    let id = &scored.measure;
    checker.measure(id)?;
    match checker.catalog.measures.get(id) {
        Some(indicator) if indicator.better.sign() == 0.0 => {
            Err(checker.error(format!("is scored by {id}, of which neither way is better")))
        }
        _ => Ok(()),
    }
}

/// Checks one layout against the catalog.
///
/// # Errors
/// The first inconsistency.
pub(super) fn check_layout(catalog: &Catalog, layout: &Layout) -> Result<(), CatalogError> {
    let checker = EntryChecker::new(catalog, format!("layouts/{}.toml", layout.id));
    checker.measures(layout.measures.values())?;
    checker.measures(layout.breaks.iter().map(|entry| &entry.measure))?;
    checker.groups(layout.groups.values())?;
    checker.subjects(layout.subjects.values())?;
    checker.grades(layout.grades.values())?;
    checker.patterns(layout_patterns(layout), &["year", "id"])?;
    if layout.district.id_width > DistrictId::WIDEST {
        return Err(checker.error(format!("[district] id-width must be at most {}", DistrictId::WIDEST)));
    }
    layout.markers.compile(&catalog.markers).map_err(|e| checker.error(e.to_string()))?;
    layout.columns.iter().try_for_each(|column| check_column(&checker, layout, column))
}

/// The regular expressions of a layout, except those of its columns.
fn layout_patterns(layout: &Layout) -> impl Iterator<Item = &String> {
    let sheets = [&layout.sheets.matching, &layout.sheets.except];
    let others = [&layout.year.pattern, &layout.district.id_pattern];
    let rows = layout.rows.iter().flat_map(|row| [&row.keep, &row.leave_out]);
    let ignored = layout.ignored.iter().map(|column| &column.matching);
    sheets.into_iter().chain(others).chain(rows).chain(ignored).flatten()
}

fn check_column(
    checker: &EntryChecker<'_>,
    layout: &Layout,
    column: &ColumnSpec,
) -> Result<(), CatalogError> {
    checker.patterns(&column.matching, &COLUMN_PARTS)?;
    if column.name.is_empty() == column.matching.is_none() {
        return Err(checker.error("a [[column]] needs either name or matching"));
    }
    if !has_measure(layout, column) {
        let which = column.matching.clone().unwrap_or_else(|| column.name.join(", "));
        return Err(checker.error(format!("column {which:?} says no measure")));
    }
    checker.measures(&column.measure)?;
    checker.groups(&column.group)?;
    checker.subjects(&column.subject)?;
    checker.grades(&column.grade)
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

fn check_rule(catalog: &Catalog, rule: &Rule) -> Result<(), CatalogError> {
    let checker = EntryChecker::new(catalog, format!("rules, {:?}", rule.id));
    checker.measures(&rule.measures)?;
    checker.domains(&rule.domains)?;
    checker.groups(rule.groups.iter().filter(|id| *id != "*"))?;
    if rule.measures.is_empty() && rule.domains.is_empty() {
        return Err(checker.error("names neither measures nor domains"));
    }
    if rule.say.is_empty() || rule.when.is_empty() {
        return Err(checker.error("needs at least one condition and one clause"));
    }
    rule.when.iter().try_for_each(|condition| check_condition(&checker, rule, condition))
}

fn check_condition(
    checker: &EntryChecker<'_>,
    rule: &Rule,
    condition: &Condition,
) -> Result<(), CatalogError> {
    let takes_word = matches!(condition.is, Operator::Is | Operator::IsNot);
    match (&condition.than, &condition.word) {
        (None, Some(_)) if takes_word => Ok(()),
        (Some(name), None) if !takes_word => checker.known("threshold", name, rule.thresholds.keys()),
        _ => Err(checker.error(format!(
            "the condition on {:?} needs `than` (a threshold's name), or with is/is-not a `word`",
            condition.fact
        ))),
    }
}

fn check_exhibit(catalog: &Catalog, exhibit: &ExhibitSpec) -> Result<(), CatalogError> {
    let checker = EntryChecker::new(catalog, format!("exhibits, {:?}", exhibit.id));
    checker.domain(&exhibit.domain)?;
    checker.measures(&exhibit.measures)?;
    checker.group(&exhibit.group)?;
    checker.subject(&exhibit.subject)?;
    checker.grade(&exhibit.grade)?;
    match exhibit.split {
        Split::None => {}
        Split::Group => checker.groups(&exhibit.values)?,
        Split::Grade => checker.grades(&exhibit.values)?,
        Split::Subject => checker.subjects(&exhibit.values)?,
    }
    let needs_split =
        exhibit.kind == FigureKind::Slope && exhibit.split == Split::None && exhibit.measures.len() < 2;
    if exhibit.measures.is_empty() != (exhibit.kind == FigureKind::Peers) || needs_split {
        return Err(checker.error("names no measure, or nothing to compare"));
    }
    Ok(())
}

fn check_peers(catalog: &Catalog, peers: &PeersSpec) -> Result<(), CatalogError> {
    for (name, variable) in &peers.variable {
        check_match_variable(catalog, "peers.toml", name, variable)?;
    }
    let matching = EntryChecker::new(catalog, "peers.toml");
    for name in &peers.matching {
        matching.known("matching variable", name, peers.variable.keys())?;
    }
    if let Some(span) = &peers.grade_span {
        let checker = EntryChecker::new(catalog, "peers.toml, grade-span");
        checker.measure(&span.measure)?;
        checker.grade(&span.high)?;
    }
    EntryChecker::new(catalog, "peers.toml, outcomes").measures(&peers.outcomes)
}

/// Checks a matching variable of the catalog or a project.
///
/// # Errors
/// The first inconsistency in it.
pub(crate) fn check_match_variable(
    catalog: &Catalog,
    file: &str,
    name: &str,
    variable: &MatchVariable,
) -> Result<(), CatalogError> {
    let checker = EntryChecker::new(catalog, format!("{file}, variable {name:?}"));
    variable.check().map_err(|e| checker.error(e))?;
    checker.measures(&variable.measure)?;
    checker.group(&variable.group)
}

fn check_synonyms(catalog: &Catalog) -> Result<(), CatalogError> {
    let checker = EntryChecker::new(catalog, "synonyms.toml");
    let synonyms = &catalog.synonyms;
    checker.measures(synonyms.measures.keys())?;
    checker.patterns(&synonyms.find.year, &["year"])?;
    checker.patterns(&synonyms.find.grade, &["grade"])
}
