//! A deck, opened again: its parts, their types and relationships.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};
use zip::ZipArchive;

/// The parts of a deck.
pub(super) struct OpenedDeck {
    pub(super) parts: BTreeMap<String, Vec<u8>>,
}

/// A relationship, with the name of its target.
#[derive(Debug)]
pub(super) struct OpenedRelationship {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
}

impl OpenedDeck {
    pub(super) fn open(bytes: Vec<u8>) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let name = file.name().unwrap().into_owned();
            assert!(parts.insert(name.clone(), bytes).is_none(), "{name} twice");
        }
        Self { parts }
    }

    pub(super) fn text(&self, name: &str) -> &str {
        let bytes = self.parts.get(name).unwrap_or_else(|| panic!("no part {name}"));
        std::str::from_utf8(bytes).unwrap()
    }

    pub(super) fn names<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        self.parts
            .keys()
            .map(String::as_str)
            .filter(move |name| name.starts_with(start) && name.ends_with(".xml"))
    }

    /// Calls `look` with each part whose name begins so.
    pub(super) fn each(&self, start: &str, mut look: impl FnMut(&str, &Document<'_>)) {
        let mut count = 0;
        for name in self.names(start) {
            let document = Document::parse(self.text(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
            look(name, &document);
            count += 1;
        }
        assert!(count > 0, "no part begins with {start}");
    }

    /// The relationships of a part; those of the whole file for an empty name.
    pub(super) fn relationships(&self, name: &str) -> Vec<OpenedRelationship> {
        let (folder, file) = name.rfind('/').map_or(("", name), |slash| name.split_at(slash + 1));
        let rels = format!("{folder}_rels/{file}.rels");
        if !self.parts.contains_key(&rels) {
            return Vec::new();
        }
        let document = Document::parse(self.text(&rels)).unwrap();
        let nodes = document.root_element().children().filter(Node::is_element);
        nodes
            .map(|node| OpenedRelationship {
                id: node.attribute("Id").unwrap().to_owned(),
                kind: node.attribute("Type").unwrap().rsplit('/').next().unwrap().to_owned(),
                target: resolved(folder, node.attribute("Target").unwrap()),
            })
            .collect()
    }
}

fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        if part == ".." {
            parts.pop().unwrap();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// All elements with this local name.
pub(super) fn all<'a, 'i>(document: &'a Document<'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    document.descendants().filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// The text below a node.
pub(super) fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect()
}
