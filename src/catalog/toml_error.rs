//! Why a value of a TOML file cannot be used.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use super::toml_node::{Node, NodeEntry};

/// Why a value cannot be used, and which one.
#[derive(Debug)]
pub(super) struct TomlError {
    pub(super) reason: Reason,
    pub(super) at: Option<NodePlace>,
}

/// A value of a file, by its number, and the line to show.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodePlace {
    pub(super) node: u32,
    pub(super) line: u32,
}

/// What is wrong.
#[derive(Debug)]
pub(super) enum Reason {
    /// A key that the table does not have.
    UnknownKey(NotAllowed),
    /// A word other than the allowed ones.
    UnknownWord(NotAllowed),
    /// A key is missing.
    MissingKey(&'static str),
    /// Something else was expected.
    WrongType(String),
    /// In words.
    Other(String),
}

/// A key or word, and what is allowed instead.
#[derive(Debug, Clone)]
pub(super) struct NotAllowed {
    pub(super) found: String,
    pub(super) allowed: &'static [&'static str],
}

impl TomlError {
    const fn new(reason: Reason) -> Self {
        Self { reason, at: None }
    }

    /// The error in this value, unless it is in a value inside it.
    pub(super) fn at(mut self, node: &Node) -> Self {
        self.at.get_or_insert(NodePlace { node: node.id, line: node.line });
        self
    }

    /// The error in this entry, unless it is in a value inside it.
    pub(super) fn at_entry(mut self, entry: &NodeEntry) -> Self {
        self.at.get_or_insert(NodePlace { node: entry.node.id, line: entry.line });
        self
    }
}

impl Error for TomlError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Reason::Other(message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Reason::WrongType(expected.to_string()))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Reason::WrongType(expected.to_string()))
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::new(Reason::WrongType(expected.to_string()))
    }

    fn unknown_variant(found: &str, allowed: &'static [&'static str]) -> Self {
        Self::new(Reason::UnknownWord(NotAllowed { found: found.to_owned(), allowed }))
    }

    fn unknown_field(found: &str, allowed: &'static [&'static str]) -> Self {
        Self::new(Reason::UnknownKey(NotAllowed { found: found.to_owned(), allowed }))
    }

    fn missing_field(key: &'static str) -> Self {
        Self::new(Reason::MissingKey(key))
    }
}

impl fmt::Display for TomlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.reason)
    }
}

impl std::error::Error for TomlError {}
