//! `retreat catalog`: what the program knows, for a terminal.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::arguments::{CatalogArguments, CatalogPart};
use super::ending::{CliError, Ending};
use crate::catalog::{
    Catalog, ExhibitSpec, Layout, LayoutKey, Measure, OwnEntry, Rule, did_you_mean, layout_keys,
};
use crate::wording::catalog_list::{self as wording, MeasureText};
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
    Ok(Ending::Done)
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
