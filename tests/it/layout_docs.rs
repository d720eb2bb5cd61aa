//! The documentation of layouts agrees with the types that read them.

use std::collections::BTreeSet;
use std::path::Path;

use retreat::catalog::{Catalog, LayoutKey, layout_keys};
use toml::Value;

const README: &str = include_str!("../../catalog/layouts/README.md");

/// The table that the README must end with.
fn table(keys: &[LayoutKey]) -> String {
    let mut table = "| key | what it holds | if absent | what it means |\n|---|---|---|---|\n".to_owned();
    for key in keys {
        let cells = [&format!("`{}`", key.path), &key.holds, &key.if_absent(), &key.meaning];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        table.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    table
}

/// The layouts in the README's blocks of code.
fn examples() -> Vec<&'static str> {
    let blocks = README.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.collect()
}

/// Adds the paths of all keys in a TOML value: keys of codes are data, not keys.
fn add_paths(value: &Value, path: &str, known: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    match value {
        Value::Table(table) if path.is_empty() || is_block(path, known) => {
            for (key, inner) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                add_paths(inner, &path, known, found);
                found.insert(path);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| add_paths(item, path, known, found)),
        _ => {}
    }
}

fn is_block(path: &str, known: &BTreeSet<String>) -> bool {
    known.iter().any(|key| key.starts_with(&format!("{path}.")))
}

fn paths(text: &str, known: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    add_paths(&Value::Table(text.parse().unwrap()), "", known, &mut found);
    found
}

fn known() -> BTreeSet<String> {
    layout_keys().into_iter().map(|key| key.path).collect()
}

#[test]
fn the_readme_lists_every_key_with_its_default_and_meaning() {
    let table = table(&layout_keys());
    assert!(README.ends_with(&table), "the README's last section must be:\n{table}");
}

#[test]
fn the_examples_are_layouts_that_show_every_key() {
    let catalog = Catalog::embedded().unwrap();
    let known = known();
    let mut shown = BTreeSet::new();
    for text in examples() {
        let layout = catalog.read_layout("example.toml", text);
        assert!(layout.is_ok(), "{}\n{text}", layout.unwrap_err());
        shown.extend(paths(text, &known));
    }
    // They are in the sentence below the examples.
    shown.insert("year.year".to_owned());
    shown.insert("year.column".to_owned());
    let missing: Vec<_> = known.difference(&shown).collect();
    assert!(missing.is_empty(), "no example has {missing:?}");
}

#[test]
fn every_key_of_the_built_in_layouts_is_documented() {
    let known = known();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog/layouts");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|ending| ending == "toml") {
            let used = paths(&std::fs::read_to_string(entry.path()).unwrap(), &known);
            let unknown: Vec<_> = used.difference(&known).collect();
            assert!(unknown.is_empty(), "{}: {unknown:?}", entry.path().display());
            files += 1;
        }
    }
    assert!(files > 10, "{files} layouts");
}

#[test]
fn the_schema_knows_what_layouts_are_made_of() {
    let schema = Catalog::embedded().unwrap().layout_schema();
    assert_eq!(schema["additionalProperties"], false);
    let measures = schema.pointer("/$defs/ColumnSpec/properties/measure/examples").unwrap();
    assert!(measures.as_array().unwrap().iter().any(|id| id == "attendance-rate"), "{measures}");
    assert_eq!(schema.pointer("/$defs/YearFrom/oneOf/0/const").unwrap(), "column");
}
