//! `retreat catalog`: what the program knows, for a terminal.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::arguments::{CatalogArguments, CatalogPart};
use super::ending::{CliError, Ending};
use crate::catalog::{
    Catalog, ExhibitSpec, Layout, LayoutKey, Measure, OwnEntry, Rule, did_you_mean, layout_keys,
};
use crate::finding::{measures_covered, requirements, rules_covering};
use crate::wording::catalog_list::{self as wording, MeasureText, RulePart, RuleText};
use crate::wording::layout_keys::key as layout_key_text;

/// Prints the entries of a part of the catalog, or only the requested one.
pub(super) fn catalog(arguments: &CatalogArguments) -> Result<Ending, CliError> {
    let catalog = match &arguments.project {
        Some(folder) => Catalog::of_project(folder)?,
        None => Catalog::embedded()?,
    };
    if matches!(arguments.part, CatalogPart::LayoutSchema) {
        writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&catalog.layout_schema())?)?;
        return Ok(Ending::Done);
    }
    let entries = entries(&catalog, arguments.part);
    let selected = select(&entries, arguments.id.as_deref())?;
    let mut stdout = io::stdout().lock();
    for entry in selected {
        writeln!(stdout, "{}\n  {}", entry.id, entry.text)?;
    }
    if let Some(id) = &arguments.id {
        write!(stdout, "{}", details(&catalog, arguments.part, id))?;
    }
    Ok(Ending::Done)
}

/// What is shown of a measure or a rule only if it is asked for by its id; empty for other parts of the catalog.
fn details(catalog: &Catalog, part: CatalogPart, id: &str) -> String {
    match part {
        CatalogPart::Measures => catalog.measures.get(id).map(|measure| measure_details(measure, catalog)),
        CatalogPart::Rules => {
            catalog.rules.iter().find(|rule| rule.id == id).map(|rule| rule_details(rule, catalog))
        }
        CatalogPart::Layouts
        | CatalogPart::Exhibits
        | CatalogPart::LayoutKeys
        | CatalogPart::LayoutSchema => None,
    }
    .unwrap_or_default()
}

/// The rules that cover a measure, and the layouts that read it.
fn measure_details(measure: &Measure, catalog: &Catalog) -> String {
    let rules: Vec<String> =
        rules_covering(measure, catalog).into_iter().map(|rule| rule.id.clone()).collect();
    let layouts = catalog.layouts.values().filter(|layout| names_measure(layout, measure));
    let layouts: Vec<String> = layouts.map(|layout| layout.id.clone()).collect();
    wording::measure_details(&rules, &layouts)
}

/// Whether a column or a code of the layout names the measure. A measure that only the data itself names, by its id, is not
/// found.
fn names_measure(layout: &Layout, measure: &Measure) -> bool {
    let in_columns = layout.columns.iter().any(|column| column.measure.as_ref() == Some(&measure.id));
    in_columns || layout.measures.values().any(|id| *id == measure.id)
}

/// What a rule requires, covers, and asks.
fn rule_details(rule: &Rule, catalog: &Catalog) -> String {
    let covered = measures_covered(rule, catalog).into_iter().map(|measure| measure.id.clone()).collect();
    let part = match rule.each_grade_and_subject {
        true => RulePart::EachGradeAndSubject,
        false if rule.grades.is_empty() => RulePart::AllGradesAndSubjects,
        false => RulePart::Grades(&rule.grades),
    };
    wording::rule_details(&RuleText {
        requirements: &requirements(rule),
        measures: covered,
        groups: &rule.groups,
        part,
        family: &rule.family,
        question: &rule.question,
        doubt: rule.doubt.as_deref(),
    })
}

/// A catalog entry, as printed.
struct CatalogEntry {
    id: String,
    text: String,
}

/// The entries of a part of the catalog, in its order; those of a project's own are marked.
fn entries(catalog: &Catalog, part: CatalogPart) -> Vec<CatalogEntry> {
    let own = &catalog.own;
    match part {
        CatalogPart::Measures => marked(catalog.measures.values().map(measure_entry), &own.measures),
        CatalogPart::Rules => marked(catalog.rules.iter().map(rule_entry), &own.rules),
        CatalogPart::Layouts => marked(catalog.layouts.values().map(layout_entry), &own.layouts),
        CatalogPart::Exhibits => marked(catalog.exhibits.iter().map(exhibit_entry), &own.exhibits),
        CatalogPart::LayoutKeys => layout_keys().iter().map(key_entry).collect(),
        CatalogPart::LayoutSchema => Vec::new(),
    }
}

fn marked(
    entries: impl Iterator<Item = CatalogEntry>,
    own: &BTreeMap<String, OwnEntry>,
) -> Vec<CatalogEntry> {
    let mut marked: Vec<CatalogEntry> = entries.collect();
    for entry in &mut marked {
        if let Some(own) = own.get(&entry.id) {
            entry.text = format!("{}\n  ({})", entry.text, own.label());
        }
    }
    marked
}

fn measure_entry(measure: &Measure) -> CatalogEntry {
    let Measure { label, definition, authority, .. } = measure;
    let unit = measure.unit.id();
    let mut text = wording::measure(&MeasureText { label, unit, definition, authority });
    if let Some(formula) = measure.formula() {
        text.push_str(&wording::formula(&formula));
    }
    CatalogEntry { id: measure.id.clone(), text }
}

fn rule_entry(rule: &Rule) -> CatalogEntry {
    let mut text = wording::rule(rule.quadrant.id(), &rule.looks_for);
    for (name, threshold) in &rule.thresholds {
        text.push_str(&wording::threshold(name, threshold.value, &threshold.source));
    }
    CatalogEntry { id: rule.id.clone(), text }
}

fn layout_entry(layout: &Layout) -> CatalogEntry {
    CatalogEntry { id: layout.id.clone(), text: wording::layout(&layout.label, &layout.authority) }
}

fn exhibit_entry(exhibit: &ExhibitSpec) -> CatalogEntry {
    CatalogEntry { id: exhibit.id.clone(), text: wording::exhibit(&exhibit.domain, &exhibit.title) }
}

fn key_entry(key: &LayoutKey) -> CatalogEntry {
    CatalogEntry { id: key.path.clone(), text: layout_key_text(&key.holds, &key.if_absent(), &key.meaning) }
}

/// The entry with this id, or all entries if no id is given.
///
/// # Errors
/// If there is no such entry: the message suggests the id nearest to it.
fn select<'a>(entries: &'a [CatalogEntry], id: Option<&str>) -> Result<Vec<&'a CatalogEntry>, CliError> {
    let selected: Vec<&CatalogEntry> =
        entries.iter().filter(|entry| id.is_none_or(|id| entry.id == id)).collect();
    if selected.is_empty() {
        let id = id.unwrap_or_default();
        let suggestion = did_you_mean(id, entries.iter().map(|entry| entry.id.as_str()));
        return Err(CliError::Unknown(wording::no_entry(id, &suggestion)));
    }
    Ok(selected)
}
