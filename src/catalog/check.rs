//! Checks that a catalog holds together: every id that is named exists, every pattern can be read.

use super::{
    Catalog, CatalogError, ColumnSpec, ExhibitSpec, FigureKind, Layout, MatchVariable, Measure, Operator,
    ProjectionMethod, Rule, Split,
};
use crate::domain::{ALL, DistrictId, Grade};

/// Checks the whole catalog.
///
/// # Errors
/// The first thing that does not hold together, with the nearest known name.
pub(super) fn check(catalog: &Catalog) -> Result<(), CatalogError> {
    catalog.measures.values().try_for_each(|m| check_measure(catalog, m))?;
    catalog.layouts.values().try_for_each(|l| check_layout(catalog, l))?;
    catalog.rules.iter().try_for_each(|r| check_rule(catalog, r))?;
    catalog.exhibits.iter().try_for_each(|e| check_exhibit(catalog, e))?;
    catalog
        .peers
        .variable
        .iter()
        .try_for_each(|(name, v)| check_match_variable(catalog, "peers.toml", name, v))?;
    for name in &catalog.peers.matching {
        known("peers.toml", "matching variable", name, catalog.peers.variable.keys())?;
    }
    if let Some(span) = &catalog.peers.grade_span {
        known("peers.toml, grade-span", "measure", &span.measure, catalog.measures.keys())?;
        known_grade("peers.toml, grade-span", &span.high)?;
    }
    for measure in &catalog.peers.outcomes {
        known("peers.toml, outcomes", "measure", measure, catalog.measures.keys())?;
    }
    for group in &catalog.groups.groups {
        group.complement.iter().try_for_each(|id| known_group(catalog, "groups.toml", id))?;
    }
    for part in catalog.disclosure.whole.iter().flat_map(|whole| &whole.parts) {
        known("disclosure.toml", "measure", part, catalog.measures.keys())?;
    }
    check_synonyms(catalog)?;
    catalog.markers.ready(&catalog.markers).map_err(|e| CatalogError::new("markers.toml", e.to_string()))?;
    Ok(())
}

/// Checks a matching variable of the catalog or a project.
///
/// # Errors
/// What does not hold together in it.
pub(crate) fn check_match_variable(
    catalog: &Catalog,
    file: &str,
    name: &str,
    variable: &MatchVariable,
) -> Result<(), CatalogError> {
    let file = format!("{file}, variable {name:?}");
    variable.check().map_err(|e| CatalogError::new(&file, e))?;
    let measure = variable.measure.iter();
    measure.clone().try_for_each(|id| known(&file, "measure", id, catalog.measures.keys()))?;
    known_group(catalog, &file, &variable.group)
}

/// An error unless `name` is among `all`; it names the nearest.
pub(crate) fn known<'a>(
    file: &str,
    what: &str,
    name: &str,
    all: impl Iterator<Item = &'a String> + Clone,
) -> Result<(), CatalogError> {
    if all.clone().any(|known| known == name) {
        return Ok(());
    }
    Err(CatalogError::new(
        file,
        format!("no {what} is called {name:?}{}", did_you_mean(name, all.map(String::as_str))),
    ))
}

/// Bytes of the longest name that another is compared with: it takes as long as both are, multiplied.
const LONGEST_NAME: usize = 256;

/// `; did you mean "x"?` where a name is near enough, or nothing.
pub(crate) fn did_you_mean<'a>(name: &str, all: impl Iterator<Item = &'a str>) -> String {
    let nearest = all
        .filter(|known| known.len().max(name.len()) <= LONGEST_NAME)
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    nearest.map_or_else(String::new, |(_, known)| format!("; did you mean {known:?}?"))
}

fn known_group(catalog: &Catalog, file: &str, group: &str) -> Result<(), CatalogError> {
    let ids: Vec<String> = catalog.groups.groups.iter().map(|g| g.id.clone()).collect();
    if group == ALL { Ok(()) } else { known(file, "student group", group, ids.iter()) }
}

fn known_subject(catalog: &Catalog, file: &str, subject: &str) -> Result<(), CatalogError> {
    let ids: Vec<String> = catalog.groups.subjects.iter().map(|s| s.id.clone()).collect();
    if subject == ALL { Ok(()) } else { known(file, "subject", subject, ids.iter()) }
}

fn known_domain(catalog: &Catalog, file: &str, domain: &str) -> Result<(), CatalogError> {
    let ids: Vec<String> = catalog.domains.iter().map(|d| d.id.clone()).collect();
    known(file, "domain", domain, ids.iter())
}

fn known_grade(file: &str, grade: &str) -> Result<(), CatalogError> {
    let wrong = || CatalogError::new(file, format!("{grade:?} is not a grade (such as KG, 03, 09-12)"));
    Grade::parse(grade).map(|_| ()).ok_or_else(wrong)
}

fn check_measure(catalog: &Catalog, measure: &Measure) -> Result<(), CatalogError> {
    let file = format!("measures, {:?}", measure.id);
    known_domain(catalog, &file, &measure.domain)?;
    if measure.meaningful_change <= 0.0 {
        return Err(CatalogError::new(file, "meaningful-change must be above 0"));
    }
    if measure.adds_up() && measure.people.is_some() {
        let why =
            "rests on people, but is in a unit that adds up; say `mean = true` if it is a mean (a salary)";
        return Err(CatalogError::new(file, why));
    }
    if let Some(ProjectionMethod::RollForward { flow }) = &measure.projection {
        known(&file, "measure", flow, catalog.measures.keys())?;
    }
    if let Some(population) = &measure.population {
        known(&file, "measure", &population.measure, catalog.measures.keys())?;
    }
    for scored in &measure.scored {
        known(&file, "measure", &scored.measure, catalog.measures.keys())?;
        if catalog.measures.get(&scored.measure).is_some_and(|m| m.better.sign() == 0.0) {
            let why = format!("is scored by {}, of which neither way is better", scored.measure);
            return Err(CatalogError::new(file, why));
        }
    }
    let Some(derive) = &measure.derive else { return Ok(()) };
    let parts = derive.parts();
    for part in parts {
        known(&file, "measure", part, catalog.measures.keys())?;
        if part == &measure.id {
            return Err(CatalogError::new(file, "is derived from itself"));
        }
    }
    Ok(())
}

/// Checks one layout against the catalog.
///
/// # Errors
/// The first thing that does not hold together.
pub(super) fn check_layout(catalog: &Catalog, layout: &Layout) -> Result<(), CatalogError> {
    let file = format!("layouts/{}.toml", layout.id);
    for measure in layout.measures.values() {
        known(&file, "measure", measure, catalog.measures.keys())?;
    }
    layout.breaks.iter().try_for_each(|b| known(&file, "measure", &b.measure, catalog.measures.keys()))?;
    layout.groups.values().try_for_each(|g| known_group(catalog, &file, g))?;
    layout.subjects.values().try_for_each(|s| known_subject(catalog, &file, s))?;
    layout.grades.values().try_for_each(|g| known_grade(&file, g))?;
    let patterns =
        [&layout.sheets.matching, &layout.sheets.except, &layout.year.pattern, &layout.district.id_pattern];
    let rows = layout.rows.iter().flat_map(|r| [&r.keep, &r.leave_out]);
    let ignored = layout.ignored.iter().map(|i| &i.matching);
    for pattern in patterns.into_iter().chain(rows).chain(ignored).flatten() {
        check_pattern(&file, pattern, &["year", "id"])?;
    }
    if layout.district.id_width > DistrictId::WIDEST {
        let why = format!("[district] id-width must be at most {}", DistrictId::WIDEST);
        return Err(CatalogError::new(&*file, why));
    }
    layout.markers.ready(&catalog.markers).map_err(|e| CatalogError::new(&*file, e.to_string()))?;
    layout.columns.iter().try_for_each(|c| check_column(catalog, layout, &file, c))
}

const PARTS: [&str; 6] = ["measure", "group", "grade", "subject", "year", "stat"];

fn check_column(
    catalog: &Catalog,
    layout: &Layout,
    file: &str,
    column: &ColumnSpec,
) -> Result<(), CatalogError> {
    let mut gives_measure = layout.parts.iter().any(|p| p.part == "measure") || column.measure.is_some();
    if let Some(pattern) = &column.matching {
        check_pattern(file, pattern, &PARTS)?;
        gives_measure |= pattern.contains("(?P<measure>") || pattern.contains("(?<measure>");
    }
    if column.name.is_empty() == column.matching.is_none() {
        return Err(CatalogError::new(file, "a [[column]] needs either name or matching"));
    }
    if !gives_measure {
        let which = column.matching.clone().unwrap_or_else(|| column.name.join(", "));
        return Err(CatalogError::new(file, format!("column {which:?} says no measure")));
    }
    if let Some(measure) = &column.measure {
        known(file, "measure", measure, catalog.measures.keys())?;
    }
    column.group.iter().try_for_each(|g| known_group(catalog, file, g))?;
    column.subject.iter().try_for_each(|s| known_subject(catalog, file, s))?;
    column.grade.iter().try_for_each(|g| known_grade(file, g))
}

fn check_pattern(file: &str, pattern: &str, parts: &[&str]) -> Result<(), CatalogError> {
    let regex = super::pattern(pattern).map_err(|e| CatalogError::new(file, format!("{pattern:?}: {e}")))?;
    let unknown = regex.capture_names().flatten().find(|name| !parts.contains(name));
    match unknown {
        Some(name) => Err(CatalogError::new(
            file,
            format!("{pattern:?}: a part is called {name:?}{}", did_you_mean(name, parts.iter().copied())),
        )),
        None => Ok(()),
    }
}

fn check_synonyms(catalog: &Catalog) -> Result<(), CatalogError> {
    const FILE: &str = "synonyms.toml";
    let synonyms = &catalog.synonyms;
    synonyms.measures.keys().try_for_each(|id| known(FILE, "measure", id, catalog.measures.keys()))?;
    synonyms.find.year.iter().try_for_each(|p| check_pattern(FILE, p, &["year"]))?;
    synonyms.find.grade.iter().try_for_each(|p| check_pattern(FILE, p, &["grade"]))
}

fn check_rule(catalog: &Catalog, rule: &Rule) -> Result<(), CatalogError> {
    let file = format!("rules, {:?}", rule.id);
    rule.measures.iter().try_for_each(|m| known(&file, "measure", m, catalog.measures.keys()))?;
    rule.domains.iter().try_for_each(|d| known_domain(catalog, &file, d))?;
    rule.groups.iter().filter(|g| *g != "*").try_for_each(|g| known_group(catalog, &file, g))?;
    if rule.measures.is_empty() && rule.domains.is_empty() {
        return Err(CatalogError::new(file, "names neither measures nor domains"));
    }
    if rule.say.is_empty() || rule.when.is_empty() {
        return Err(CatalogError::new(file, "needs at least one condition and one clause"));
    }
    for condition in &rule.when {
        let worded = matches!(condition.is, Operator::Is | Operator::IsNot);
        match (&condition.than, &condition.word) {
            (None, Some(_)) if worded => {}
            (Some(name), None) if !worded => known(&file, "threshold", name, rule.thresholds.keys())?,
            _ => {
                let fact = condition.fact;
                return Err(CatalogError::new(
                    file,
                    format!(
                        "the condition on {fact:?} needs `than` (a threshold's name), or with is/is-not a `word`"
                    ),
                ));
            }
        }
    }
    Ok(())
}

fn check_exhibit(catalog: &Catalog, exhibit: &ExhibitSpec) -> Result<(), CatalogError> {
    let file = format!("exhibits, {:?}", exhibit.id);
    known_domain(catalog, &file, &exhibit.domain)?;
    exhibit.measures.iter().try_for_each(|m| known(&file, "measure", m, catalog.measures.keys()))?;
    known_group(catalog, &file, &exhibit.group)?;
    known_subject(catalog, &file, &exhibit.subject)?;
    known_grade(&file, &exhibit.grade)?;
    match exhibit.split {
        Split::None => Ok(()),
        Split::Group => exhibit.values.iter().try_for_each(|g| known_group(catalog, &file, g)),
        Split::Grade => exhibit.values.iter().try_for_each(|g| known_grade(&file, g)),
        Split::Subject => exhibit.values.iter().try_for_each(|s| known_subject(catalog, &file, s)),
    }?;
    let needs_split =
        exhibit.kind == FigureKind::Slope && exhibit.split == Split::None && exhibit.measures.len() < 2;
    if exhibit.measures.is_empty() != (exhibit.kind == FigureKind::Peers) || needs_split {
        return Err(CatalogError::new(file, "names no measure, or nothing to compare"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn only_names_that_can_be_one_are_compared() {
        let known = ["enrollment", "attendance"];
        assert_eq!(did_you_mean("enrolment", known.into_iter()), "; did you mean \"enrollment\"?");
        let long = ["9".repeat(65_536), "9".repeat(65_535), "9".repeat(256)];
        assert_eq!(did_you_mean(&long[0], long[1..].iter().map(String::as_str)), "");
    }
}
