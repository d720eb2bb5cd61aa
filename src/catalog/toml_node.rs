//! A TOML file as a tree whose keys and values know their lines.

use toml::Spanned;
use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

use super::lines::Lines;
use crate::domain::clean;

/// A value of a TOML file.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its number in the file; no other value has the same.
    pub(super) id: u32,
    pub(super) line: u32,
    pub(super) value: NodeValue,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum NodeValue {
    Text(String),
    Integer(i64),
    Float(f64),
    Truth(bool),
    /// A date, or a number that is too large, as written.
    Other(String),
    List(Vec<Node>),
    Table(Vec<NodeEntry>),
}

/// A key of a table with its value.
#[derive(Debug, Clone)]
pub(super) struct NodeEntry {
    pub(super) key: String,
    pub(super) line: u32,
    pub(super) node: Node,
}

/// A value with the key that it belongs to; a value in a list belongs to the key of the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyedNode<'a> {
    pub(super) key: Option<&'a str>,
    pub(super) node: &'a Node,
}

impl Node {
    /// The tree of a parsed file, with invisible characters removed from keys and texts.
    pub(super) fn of_file(table: &Spanned<DeTable<'_>>, lines: &Lines) -> Self {
        let mut builder = NodeBuilder { lines, next: 0 };
        let value = NodeValue::Table(builder.entries(table.get_ref()));
        Self { id: builder.id(), line: 1, value }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            NodeValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its entries if it is a table.
    pub(super) fn entries(&self) -> &[NodeEntry] {
        match &self.value {
            NodeValue::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Its values if it is a list.
    pub(super) fn items(&self) -> &[Self] {
        match &self.value {
            NodeValue::List(items) => items,
            _ => &[],
        }
    }

    /// The entry with this key, if it is a table that has one.
    pub(super) fn entry(&self, key: &str) -> Option<&NodeEntry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The table with this id in the list `[[list]]`.
    pub(super) fn listed(&self, list: &str, id: &str) -> Option<&Self> {
        let mut items = self.entry(list)?.node.items().iter();
        items.find(|item| item.entry("id").and_then(|entry| entry.node.text()) == Some(id))
    }

    /// The line of the first key or text in it that is `text`.
    pub(super) fn line_of(&self, text: &str) -> Option<u32> {
        match &self.value {
            NodeValue::Text(own) => (own == text).then_some(self.line),
            NodeValue::List(items) => items.iter().find_map(|item| item.line_of(text)),
            NodeValue::Table(entries) => entries.iter().find_map(|entry| {
                if entry.key == text { Some(entry.line) } else { entry.node.line_of(text) }
            }),
            _ => None,
        }
    }

    /// The value with this number, in it or itself.
    pub(super) fn find(&self, id: u32) -> Option<KeyedNode<'_>> {
        KeyedNode { key: None, node: self }.find(id)
    }

    /// The names that entries in it define: the texts of `id`, and all keys.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for item in self.items() {
            names.extend(item.names());
        }
        for entry in self.entries() {
            names.push(&*entry.key);
            names.extend(entry.node.text().filter(|_| entry.key == "id"));
            names.extend(entry.node.names());
        }
        names
    }
}

impl<'a> KeyedNode<'a> {
    fn find(self, id: u32) -> Option<Self> {
        if self.node.id == id {
            return Some(self);
        }
        let mut items = self.node.items().iter();
        let listed = items.find_map(|node| Self { key: self.key, node }.find(id));
        let mut entries = self.node.entries().iter();
        listed
            .or_else(|| entries.find_map(|entry| Self { key: Some(&*entry.key), node: &entry.node }.find(id)))
    }
}

/// Builds a tree and numbers its values.
struct NodeBuilder<'l> {
    lines: &'l Lines,
    next: u32,
}

impl NodeBuilder<'_> {
    fn id(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn entries(&mut self, table: &DeTable<'_>) -> Vec<NodeEntry> {
        let mut entries: Vec<NodeEntry> = Vec::with_capacity(table.len());
        for (key, value) in table {
            entries.push(NodeEntry {
                key: clean(key.get_ref()).into_owned(),
                line: self.lines.line(key.span().start),
                node: self.node(value),
            });
        }
        entries.sort_by_key(|entry| entry.line);
        entries
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>) -> Node {
        let line = self.lines.line(value.span().start);
        let value = match value.get_ref() {
            DeValue::String(text) => NodeValue::Text(clean(text).into_owned()),
            DeValue::Integer(number) => integer(number),
            DeValue::Float(number) => float(number),
            DeValue::Boolean(truth) => NodeValue::Truth(*truth),
            DeValue::Datetime(date) => NodeValue::Other(date.to_string()),
            DeValue::Array(items) => NodeValue::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => NodeValue::Table(self.entries(table)),
        };
        Node { id: self.id(), line, value }
    }
}

fn integer(number: &DeInteger<'_>) -> NodeValue {
    match i64::from_str_radix(number.as_str(), number.radix()) {
        Ok(integer) => NodeValue::Integer(integer),
        Err(_) => NodeValue::Other(number.to_string()),
    }
}

fn float(number: &DeFloat<'_>) -> NodeValue {
    match number.as_str().parse() {
        Ok(float) => NodeValue::Float(float),
        Err(_) => NodeValue::Other(number.to_string()),
    }
}
