//! An Office file that is read: its parts, and what they refer to (ECMA-376, part 2).

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};
use zip::ZipArchive;

/// The first bytes of a file of an old format, or of one with a password.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The largest content of a file, in bytes, and the most parts.
const MOST_CONTENT: u64 = 512 * 1024 * 1024;
const MOST_PARTS: usize = 20_000;

/// Why an Office file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OfficeFault {
    /// It is not a zip file.
    NotAnArchive,
    /// It is of an old format, or protected by a password.
    OldOrLocked,
    /// It holds more than any file that people make.
    TooLarge,
    /// A part of it cannot be read, and why.
    Damaged(String),
}

/// A part that another refers to.
pub(super) struct PartLink {
    /// The id of the relationship.
    pub(super) id: String,
    /// The last word of its kind (`slideLayout`).
    pub(super) kind: String,
    /// The name of the part.
    pub(super) part: String,
}

/// The parts of an Office file.
#[derive(Debug)]
pub(super) struct OfficeArchive {
    parts: BTreeMap<String, Vec<u8>>,
}

impl OfficeArchive {
    /// # Errors
    /// See [`OfficeFault`].
    pub(super) fn open(bytes: &[u8]) -> Result<Self, OfficeFault> {
        if bytes.starts_with(&COMPOUND) {
            return Err(OfficeFault::OldOrLocked);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| OfficeFault::NotAnArchive)?;
        if zip.len() > MOST_PARTS {
            return Err(OfficeFault::TooLarge);
        }
        let mut parts = BTreeMap::new();
        let mut room = MOST_CONTENT;
        for index in 0..zip.len() {
            let file = zip.by_index(index).map_err(damaged)?;
            let name = file.name().map_err(damaged)?.into_owned();
            let mut content = Vec::new();
            // A header may state less than there is.
            file.take(room + 1).read_to_end(&mut content).map_err(damaged)?;
            room = room.checked_sub(content.len() as u64).ok_or(OfficeFault::TooLarge)?;
            parts.insert(name, content);
        }
        Ok(Self { parts })
    }

    pub(super) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Vec::as_slice)
    }

    /// The text of a part; `None` if there is none, or if it is not text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.bytes(name)?).ok().map(|text| text.trim_start_matches('\u{feff}'))
    }

    /// The parts in a folder that are text, without those below it, sorted by name.
    pub(super) fn texts_in<'a>(&'a self, folder: &'a str) -> Vec<(&'a str, &'a str)> {
        let names = self
            .parts
            .keys()
            .filter(|name| name.strip_prefix(folder).is_some_and(|rest| !rest.contains('/')));
        names.filter_map(|name| Some((name.as_str(), self.text(name)?))).collect()
    }

    /// The part that the file is about, if its outermost element has this name.
    pub(super) fn document(&self, element: &str) -> Option<String> {
        let name = self.related("", "officeDocument").into_iter().next()?;
        let document = Document::parse(self.text(&name)?).ok()?;
        (document.root_element().tag_name().name() == element).then_some(name)
    }

    /// The relationships of a part inside the file.
    pub(super) fn relationships(&self, name: &str) -> Vec<PartLink> {
        let text = self.text(&relationships_name(name));
        let Some(document) = text.and_then(|text| Document::parse(text).ok()) else { return Vec::new() };
        let nodes = document.root_element().children().filter(Node::is_element);
        nodes.filter_map(|node| link(name, node)).collect()
    }

    /// The parts that a part refers to by relationships of a kind.
    pub(super) fn related(&self, name: &str, kind: &str) -> Vec<String> {
        let all = self.relationships(name).into_iter();
        all.filter(|link| link.kind == kind).map(|link| link.part).collect()
    }

    /// The part that a relationship of a part leads to.
    pub(super) fn target(&self, name: &str, id: &str) -> Option<String> {
        self.relationships(name).into_iter().find(|link| link.id == id).map(|link| link.part)
    }
}

fn damaged(error: impl std::fmt::Display) -> OfficeFault {
    OfficeFault::Damaged(error.to_string())
}

/// A relationship of the part `name`; `None` for one that leads out of the file.
fn link(name: &str, node: Node<'_, '_>) -> Option<PartLink> {
    if node.attribute("TargetMode") == Some("External") {
        return None;
    }
    Some(PartLink {
        id: node.attribute("Id")?.to_owned(),
        kind: node.attribute("Type")?.rsplit('/').next()?.to_owned(),
        part: resolved(name, node.attribute("Target")?),
    })
}

/// The name of the part that holds another's relationships.
pub(super) fn relationships_name(name: &str) -> String {
    let (folder, file) = name.rfind('/').map_or(("", name), |slash| name.split_at(slash + 1));
    format!("{folder}_rels/{file}.rels")
}

/// The name of a target, as seen from the part `name`.
fn resolved(name: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let folder = name.rfind('/').map_or("", |slash| &name[..slash]);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
