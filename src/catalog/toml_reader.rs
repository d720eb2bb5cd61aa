//! Reads entries from the tree of a TOML file. Unknown keys are collected, not only the first; and keys in snake_case are
//! read as kebab-case, as long as they are known.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::toml_error::{NotAllowed, TomlError};
use super::toml_node::{Node, NodeEntry, NodeValue};

/// What is passed over while a tree is read, and what was met.
#[derive(Debug, Default)]
pub(super) struct ReaderState {
    /// The numbers of values that cannot be used, and are read as if they were absent.
    pub(super) skipped: BTreeSet<u32>,
    /// Unknown keys by the numbers of their values.
    pub(super) unknown: RefCell<BTreeMap<u32, UnknownKey>>,
    /// Keys in snake_case, by the numbers of their values.
    pub(super) respelled: RefCell<BTreeMap<u32, Respelling>>,
}

/// A key that its table does not have.
#[derive(Debug, Clone)]
pub(super) struct UnknownKey {
    pub(super) table: u32,
    pub(super) line: u32,
    pub(super) key: NotAllowed,
}

/// A key in snake_case.
#[derive(Debug, Clone)]
pub(super) struct Respelling {
    pub(super) line: u32,
    pub(super) old: String,
    pub(super) new: &'static str,
}

/// Reads one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) node: &'a Node,
    pub(super) state: &'a ReaderState,
}

impl<'a> Reader<'a> {
    /// The entries of a table with these keys. Others are noted as unknown.
    fn known_entries(self, table: &'a [NodeEntry], keys: &'static [&'static str]) -> Vec<FieldEntry<'a>> {
        let mut known = Vec::with_capacity(table.len());
        for entry in table {
            if self.state.skipped.contains(&entry.node.id) {
                continue;
            }
            match self.known_key(table, entry, keys) {
                Some(key) => known.push(FieldEntry { key, entry }),
                None => self.note_unknown(entry, keys),
            }
        }
        known
    }

    /// The key of an entry as it is known; `None` if it is unknown.
    fn known_key(
        self,
        table: &[NodeEntry],
        entry: &NodeEntry,
        keys: &'static [&'static str],
    ) -> Option<&'static str> {
        if let Some(key) = keys.iter().find(|key| **key == entry.key) {
            return Some(key);
        }
        let new = keys.iter().find(|key| **key == entry.key.replace('_', "-"))?;
        if table.iter().any(|other| other.key == *new) {
            return None;
        }
        let respelling = Respelling { line: entry.line, old: entry.key.clone(), new };
        self.state.respelled.borrow_mut().insert(entry.node.id, respelling);
        Some(new)
    }

    fn note_unknown(self, entry: &NodeEntry, allowed: &'static [&'static str]) {
        let key = NotAllowed { found: entry.key.clone(), allowed };
        let unknown = UnknownKey { table: self.node.id, line: entry.line, key };
        self.state.unknown.borrow_mut().insert(entry.node.id, unknown);
    }

    fn all_entries(self, table: &'a [NodeEntry]) -> Vec<FieldEntry<'a>> {
        let kept = table.iter().filter(|entry| !self.state.skipped.contains(&entry.node.id));
        kept.map(|entry| FieldEntry { key: &entry.key, entry }).collect()
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        match &self.node.value {
            NodeValue::Text(text) => visitor.visit_str(text),
            NodeValue::Integer(number) => visitor.visit_i64(*number),
            NodeValue::Float(number) => visitor.visit_f64(*number),
            NodeValue::Truth(truth) => visitor.visit_bool(*truth),
            NodeValue::Other(text) => Err(TomlError::invalid_type(Unexpected::Other(text), &visitor)),
            NodeValue::List(items) => visitor.visit_seq(ListReader { items, state: self.state }),
            NodeValue::Table(table) => visitor.visit_map(self.table_reader(self.all_entries(table))),
        }
    }

    fn visit_enum<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        match (&self.node.value, self.node.entries()) {
            (NodeValue::Text(text), _) => visitor.visit_enum(StrDeserializer::new(text)),
            (_, [entry]) => visitor.visit_enum(VariantReader { entry, state: self.state }),
            _ => Err(TomlError::invalid_type(Unexpected::Map, &visitor)),
        }
    }

    fn table_reader(self, entries: Vec<FieldEntry<'a>>) -> TomlTableReader<'a> {
        TomlTableReader { entries: entries.into_iter(), value: None, state: self.state }
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = TomlError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        self.visit(visitor).map_err(|error| error.at(self.node))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TomlError> {
        let read = match &self.node.value {
            NodeValue::Table(table) => visitor.visit_map(self.table_reader(self.known_entries(table, keys))),
            // A list would be read as the values of the keys in order.
            _ => Err(TomlError::invalid_type(Unexpected::Seq, &visitor)),
        };
        read.map_err(|error| error.at(self.node))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TomlError> {
        self.visit_enum(visitor).map_err(|error| error.at(self.node))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TomlError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, TomlError> {
        visitor.visit_newtype_struct(self).map_err(|error| error.at(self.node))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

/// An entry with its key as the program spells it.
struct FieldEntry<'a> {
    key: &'a str,
    entry: &'a NodeEntry,
}

struct TomlTableReader<'a> {
    entries: std::vec::IntoIter<FieldEntry<'a>>,
    /// The entry whose key was read last.
    value: Option<&'a NodeEntry>,
    state: &'a ReaderState,
}

impl<'de> MapAccess<'de> for TomlTableReader<'_> {
    type Error = TomlError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, TomlError> {
        let Some(FieldEntry { key, entry }) = self.entries.next() else { return Ok(None) };
        self.value = Some(entry);
        seed.deserialize(StrDeserializer::new(key))
            .map(Some)
            .map_err(|error: TomlError| error.at_entry(entry))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, TomlError> {
        let Some(entry) = self.value.take() else { return Err(TomlError::custom("")) };
        seed.deserialize(Reader { node: &entry.node, state: self.state })
            .map_err(|error| error.at(&entry.node))
    }
}

struct ListReader<'a> {
    items: &'a [Node],
    state: &'a ReaderState,
}

impl<'de> SeqAccess<'de> for ListReader<'_> {
    type Error = TomlError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, TomlError> {
        while let Some((node, rest)) = self.items.split_first() {
            self.items = rest;
            if !self.state.skipped.contains(&node.id) {
                let read = seed.deserialize(Reader { node, state: self.state });
                return read.map(Some).map_err(|error| error.at(node));
            }
        }
        Ok(None)
    }
}

/// A word with a value: `{ n = "enrollment" }`.
struct VariantReader<'a> {
    entry: &'a NodeEntry,
    state: &'a ReaderState,
}

impl<'a> VariantReader<'a> {
    const fn value(&self) -> Reader<'a> {
        Reader { node: &self.entry.node, state: self.state }
    }
}

impl<'de> EnumAccess<'de> for VariantReader<'_> {
    type Error = TomlError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), TomlError> {
        let read = seed.deserialize(StrDeserializer::new(&self.entry.key));
        let variant = read.map_err(|error: TomlError| error.at_entry(self.entry))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for VariantReader<'_> {
    type Error = TomlError;

    fn unit_variant(self) -> Result<(), TomlError> {
        Err(TomlError::custom("").at_entry(self.entry))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, TomlError> {
        seed.deserialize(self.value())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, TomlError> {
        self.value().deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TomlError> {
        self.value().deserialize_struct("", keys, visitor)
    }
}
