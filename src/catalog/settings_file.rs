//! One settings file: a part of the catalog, a layout, or `retreat.toml`.

use serde::de::DeserializeOwned;
use toml::de::DeTable;

use super::fault::{CatalogFault, EntryPlace, Faults, place};
use super::lines::Lines;
use super::nearest;
use super::toml_error::{NodePlace, NotAllowed, Reason, TomlError};
use super::toml_node::{KeyedNode, Node, NodeValue};
use super::toml_reader::{Reader, ReaderState, UnknownKey};
use crate::diagnostic::Diagnostic;
use crate::domain::clean_lines;
use crate::wording::{Explained, settings as say};

/// How often a file is read again without a value that cannot be used.
const ATTEMPTS: usize = 50;
/// The same for a large file, in which each time takes a second.
const ATTEMPTS_OF_LARGE: usize = 3;
/// From this size, in bytes, a file is large.
const LARGE: usize = 1 << 20;

/// A parsed file.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    /// Its name for users.
    pub(super) shown: String,
    pub(super) root: Node,
    /// Whether it is not TOML; then only a part of it is in the tree.
    is_broken: bool,
    attempts: usize,
}

impl SettingsFile {
    /// Parses a file. What is not TOML is reported.
    pub(crate) fn parse(shown: &str, text: &str, faults: &mut Faults) -> Self {
        let text = clean_lines(text);
        let lines = Lines::of(&text);
        let (table, errors) = DeTable::parse_recoverable(&text);
        let mut last = None;
        for error in &errors {
            let line = error.span().map(|span| lines.line(span.start));
            // One mistake may confuse the parser several times in its line.
            if line.is_none() || line != last {
                faults.push(CatalogFault::new(shown, line, say::not_toml(error.message())));
            }
            last = line;
        }
        let attempts = if text.len() < LARGE { ATTEMPTS } else { ATTEMPTS_OF_LARGE };
        let root = Node::of_file(&table, &lines);
        Self { shown: shown.to_owned(), root, is_broken: !errors.is_empty(), attempts }
    }

    /// The whole file.
    pub(crate) fn place(&self) -> EntryPlace<'_> {
        EntryPlace { file: &self.shown, node: Some(&self.root) }
    }

    /// Reads its content. Everything that cannot be used is reported and left out; `None` if nothing is left.
    pub(crate) fn read<T: DeserializeOwned>(&self, faults: &mut Faults) -> Option<T> {
        let mut reading = SettingsReading { file: self, state: ReaderState::default(), errors: Vec::new() };
        let content = if self.is_broken { None } else { reading.content() };
        reading.report(faults);
        if content.is_none() {
            faults.lose(self.root.names());
        }
        content
    }
}

/// A file while it is read.
struct SettingsReading<'a> {
    file: &'a SettingsFile,
    state: ReaderState,
    errors: Vec<TomlError>,
}

impl SettingsReading<'_> {
    /// Reads the file, and again without each value that cannot be used.
    fn content<T: DeserializeOwned>(&mut self) -> Option<T> {
        for _ in 0..self.file.attempts {
            match T::deserialize(Reader { node: &self.file.root, state: &self.state }) {
                Ok(content) => return Some(content),
                Err(error) => {
                    let node = error.at.map_or(self.file.root.id, |at| at.node);
                    self.errors.push(error);
                    if node == self.file.root.id || !self.state.skipped.insert(node) {
                        return None;
                    }
                }
            }
        }
        None
    }

    fn report(self, faults: &mut Faults) {
        for error in &self.errors {
            let at = error.at.unwrap_or(NodePlace { node: self.file.root.id, line: 1 });
            let Some(found) = self.file.root.find(at.node) else { continue };
            faults.lose(found.node.names());
            faults.lose(found.key.into_iter().collect());
            if !self.is_consequence(error, found.node) {
                self.push(faults, at.line, explained(error, found));
            }
        }
        for unknown in self.state.unknown.borrow().values() {
            self.push(faults, unknown.line, unknown_key(&unknown.key));
        }
        for respelling in self.state.respelled.borrow().values() {
            let place = place(&self.file.shown, Some(respelling.line));
            faults.notices.push(Diagnostic::key_in_snake_case(&place, &respelling.old, respelling.new));
        }
    }

    fn push(&self, faults: &mut Faults, line: u32, explained: Explained) {
        faults.push(CatalogFault::new(&*self.file.shown, Some(line), explained));
    }

    /// Whether an error in a table or list follows from another fault inside it, which is reported anyway.
    fn is_consequence(&self, error: &TomlError, node: &Node) -> bool {
        match &error.reason {
            Reason::MissingKey(key) => {
                let skipped =
                    node.entry(key).is_some_and(|entry| self.state.skipped.contains(&entry.node.id));
                let unknown = self.state.unknown.borrow();
                let mut unknown = unknown.values().filter(|unknown| unknown.table == node.id);
                skipped || unknown.any(|unknown| nearest_key(unknown) == Some(*key))
            }
            Reason::WrongType(_) => node.items().iter().any(|item| self.state.skipped.contains(&item.id)),
            _ => false,
        }
    }
}

fn nearest_key(unknown: &UnknownKey) -> Option<&'static str> {
    nearest(&unknown.key.found, unknown.key.allowed.iter().copied())
}

fn unknown_key(NotAllowed { found, allowed }: &NotAllowed) -> Explained {
    say::unknown_key(found, nearest(found, allowed.iter().copied()), allowed)
}

fn explained(error: &TomlError, KeyedNode { key, node }: KeyedNode<'_>) -> Explained {
    let key = key.unwrap_or_default();
    match &error.reason {
        Reason::UnknownKey(key) => unknown_key(key),
        Reason::UnknownWord(NotAllowed { found, allowed }) => {
            say::unknown_word(key, found, nearest(found, allowed.iter().copied()), allowed)
        }
        Reason::MissingKey(missing) => say::missing_key(missing, key),
        Reason::WrongType(expected) => say::wrong_type(key, &shown(node), expected),
        Reason::Other(message) => say::wrong_value(key, &shown(node), message),
    }
}

/// A value in a message.
fn shown(node: &Node) -> String {
    match &node.value {
        NodeValue::Text(text) => format!("{text:?}"),
        NodeValue::Integer(number) => number.to_string(),
        NodeValue::Float(number) => number.to_string(),
        NodeValue::Truth(truth) => truth.to_string(),
        NodeValue::Other(text) => text.clone(),
        NodeValue::List(_) => say::A_LIST.to_owned(),
        NodeValue::Table(_) => say::A_TABLE.to_owned(),
    }
}
