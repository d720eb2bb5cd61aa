//! What `retreat catalog layout-keys` prints about the keys of layouts.

/// What is written at a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyType {
    Text,
    Number,
    WholeNumber,
    Bool,
    /// One of these words.
    OneOf(Vec<String>),
    /// One of these types.
    Either(Vec<KeyType>),
    List(Box<KeyType>),
    /// Published texts, each with what it means.
    Codes,
    /// A block of other keys.
    Block,
    /// Any number of such blocks.
    Blocks,
}

pub(crate) fn holds(kind: &KeyType) -> String {
    match kind {
        KeyType::Text => "text".to_owned(),
        KeyType::Number => "number".to_owned(),
        KeyType::WholeNumber => "whole number".to_owned(),
        KeyType::Bool => "true or false".to_owned(),
        KeyType::OneOf(words) => one_of(words),
        KeyType::Either(kinds) => kinds.iter().map(holds).collect::<Vec<_>>().join(", or "),
        KeyType::List(kind) => list_of(kind),
        KeyType::Codes => "table of codes".to_owned(),
        KeyType::Block => "block of keys".to_owned(),
        KeyType::Blocks => "any number of blocks".to_owned(),
    }
}

fn one_of(words: &[String]) -> String {
    format!("one of {}", quoted(words))
}

fn quoted(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words.join(", ")
}

fn list_of(kind: &KeyType) -> String {
    match kind {
        KeyType::Text => "list of texts".to_owned(),
        KeyType::WholeNumber => "list of whole numbers".to_owned(),
        KeyType::OneOf(words) => format!("list of {}", quoted(words)),
        other => format!("list: {}", holds(other)),
    }
}

/// A key as the terminal shows it.
pub(crate) fn key(holds: &str, if_absent: &str, meaning: &str) -> String {
    format!("{holds}; {if_absent}: {meaning}")
}

pub(crate) const REQUIRED: &str = "required";
pub(crate) const OPTIONAL: &str = "optional";

pub(crate) fn default(value: &str) -> String {
    format!("default {value}")
}
