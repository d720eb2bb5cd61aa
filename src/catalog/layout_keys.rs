//! The language of layouts, described from the types that read it: a JSON schema for editors, and every key with its
//! default and meaning.

use std::collections::BTreeSet;

use schemars::schema_for;
use serde_json::{Map, Value};

use super::{Catalog, Layout};
use crate::wording::layout_keys::{self as say, KeyType};

/// One key of a layout file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutKey {
    /// Where it belongs, with its own name last: `label`, `district.id-pattern`, `column.measure`.
    pub path: String,
    /// What is written there, in words.
    pub holds: String,
    /// What applies if it is absent, as TOML; `None` if the key is required, or if nothing applies.
    pub default: Option<String>,
    /// Whether a layout, or the block that the key is in, must have it.
    pub is_required: bool,
    /// What it means.
    pub meaning: String,
}

impl LayoutKey {
    /// What applies if it is absent, in words.
    #[must_use]
    pub fn if_absent(&self) -> String {
        match &self.default {
            _ if self.is_required => say::REQUIRED.to_owned(),
            Some(default) => say::default(default),
            None => say::OPTIONAL.to_owned(),
        }
    }
}

impl Catalog {
    /// The JSON schema of layout files, for editors that complete and check TOML. It lists the ids of this catalog's
    /// measures and of its student groups.
    #[must_use]
    pub fn layout_schema(&self) -> Value {
        let mut schema = schema_for!(Layout).to_value();
        suggest(&mut schema, "measure", self.measures.keys().map(String::as_str));
        suggest(&mut schema, "group", self.groups.groups.iter().map(|group| group.id.as_str()));
        schema
    }
}

/// Every key of layout files: those at the top first, then those of each block.
#[must_use]
pub fn layout_keys() -> Vec<LayoutKey> {
    let schema = schema_for!(Layout).to_value();
    let mut keys = KeyList { schema: &schema, keys: Vec::new() };
    keys.add_block(&schema, "");
    keys.keys
}

/// Adds known ids to the key of a column as examples: a layout may also have others.
fn suggest<'i>(schema: &mut Value, key: &str, ids: impl Iterator<Item = &'i str>) {
    let examples: Value = ids.map(Value::from).collect();
    if let Some(Value::Object(key)) = schema.pointer_mut(&format!("/$defs/ColumnSpec/properties/{key}")) {
        key.insert("examples".to_owned(), examples);
    }
}

struct KeyList<'a> {
    schema: &'a Value,
    keys: Vec<LayoutKey>,
}

impl<'a> KeyList<'a> {
    /// Adds the keys of a block, then those of the blocks in it.
    fn add_block(&mut self, block: &'a Value, path: &str) {
        let required: BTreeSet<&str> =
            block["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = block["properties"].as_object();
        for (name, property) in properties.into_iter().flatten() {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            self.keys.push(LayoutKey {
                holds: say::holds(&self.key_type(property)),
                default: default_of(property),
                is_required: required.contains(name.as_str()),
                meaning: text_of(property, "description"),
                path,
            });
        }
        for (name, property) in properties.into_iter().flatten() {
            if let Some(inner) = self.block_of(property) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                self.add_block(inner, &path);
            }
        }
    }

    /// The block that a key begins, once or several times.
    fn block_of(&self, property: &'a Value) -> Option<&'a Value> {
        let item = property.get("items").unwrap_or(property);
        Some(self.resolved(item)).filter(|found| found.get("properties").is_some())
    }

    /// What is meant by a reference; other values mean themselves.
    fn resolved(&self, value: &'a Value) -> &'a Value {
        let name = value["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
        name.and_then(|pointer| self.schema.pointer(pointer)).unwrap_or(value)
    }

    fn key_type(&self, property: &'a Value) -> KeyType {
        let found = self.resolved(property);
        if found.get("properties").is_some() {
            return KeyType::Block;
        }
        if let Some(choices) = found.get("oneOf").or_else(|| found.get("anyOf")).and_then(Value::as_array) {
            return self.choice(choices);
        }
        if let Some(items) = found.get("items") {
            let item = self.key_type(items);
            return if item == KeyType::Block { KeyType::Blocks } else { KeyType::List(Box::new(item)) };
        }
        if found.get("additionalProperties").is_some_and(Value::is_object) {
            return KeyType::Codes;
        }
        match first_type(found) {
            Some("boolean") => KeyType::Bool,
            Some("integer") => KeyType::WholeNumber,
            Some("number") => KeyType::Number,
            _ => KeyType::Text,
        }
    }

    /// One of several words, or of several types.
    fn choice(&self, choices: &'a [Value]) -> KeyType {
        let mut words = Vec::new();
        let mut types = Vec::new();
        for choice in choices.iter().filter(|choice| first_type(choice) != Some("null")) {
            match choice["const"].as_str() {
                Some(word) => words.push(word.to_owned()),
                None => types.push(self.key_type(choice)),
            }
        }
        match (words.is_empty(), types.len()) {
            (false, _) => KeyType::OneOf(words),
            (true, 1) => types.remove(0),
            (true, _) => KeyType::Either(types),
        }
    }
}

/// The first type that is named, which may be one of two (`["string", "null"]`).
fn first_type(schema: &Value) -> Option<&str> {
    let named = &schema["type"];
    named.as_str().or_else(|| named.get(0).and_then(Value::as_str))
}

/// The text at a key of the schema, in one line; empty if there is none.
fn text_of(schema: &Value, key: &str) -> String {
    schema[key].as_str().unwrap_or_default().replace('\n', " ")
}

/// The default as TOML; `None` if nothing applies where the key is absent.
fn default_of(property: &Value) -> Option<String> {
    match property.get("default")? {
        Value::Null => None,
        Value::Array(items) if items.is_empty() => None,
        Value::Object(entries) if Map::is_empty(entries) => None,
        default => Some(default.to_string()),
    }
}
