//! The parts of an Office file, their types and relationships, and the zip file that holds them (ECMA-376, part 2).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::template_file::TemplatePart;
use super::xml::XmlNode;

const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// The types of parts that are recognized by the end of their names.
const DEFAULT_TYPES: [(&str, &str); 3] = [
    ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
];

/// Kinds of relationships between parts.
pub(super) mod kind {
    pub(in crate::pack::deck) const DOCUMENT: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    pub(in crate::pack::deck) const CORE: &str =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    pub(in crate::pack::deck) const APP: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties";
    pub(in crate::pack::deck) const MASTER: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideMaster";
    pub(in crate::pack::deck) const LAYOUT: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideLayout";
    pub(in crate::pack::deck) const SLIDE: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide";
    pub(in crate::pack::deck) const NOTES_MASTER: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesMaster";
    pub(in crate::pack::deck) const NOTES: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesSlide";
    pub(in crate::pack::deck) const THEME: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme";
    pub(in crate::pack::deck) const CHART: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart";
    pub(in crate::pack::deck) const WORKBOOK: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package";
    pub(in crate::pack::deck) const TAGS: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/tags";
    pub(in crate::pack::deck) const PROPERTIES: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/presProps";
    pub(in crate::pack::deck) const VIEW: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/viewProps";
    pub(in crate::pack::deck) const TABLE_STYLES: &str =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/tableStyles";
}

/// One part: a file in the zip file, with its relationships to others.
#[derive(Debug)]
pub(super) struct OfficePart {
    name: String,
    /// `None` for parts that are recognized by the end of their names.
    content_type: Option<Cow<'static, str>>,
    bytes: Vec<u8>,
    relationships: Vec<PartRelationship>,
    /// The relationships of a part that is taken over as it is.
    taken_over: Option<Vec<u8>>,
}

#[derive(Debug)]
struct PartRelationship {
    kind: &'static str,
    /// The name of the other part.
    target: String,
}

impl OfficePart {
    /// A part of XML.
    pub(super) fn xml(name: impl Into<String>, content_type: &'static str) -> Self {
        let name = name.into();
        let content_type = Some(Cow::Borrowed(content_type));
        Self { name, content_type, bytes: Vec::new(), relationships: Vec::new(), taken_over: None }
    }

    /// A workbook.
    pub(super) const fn workbook(name: String, bytes: Vec<u8>) -> Self {
        Self { name, content_type: None, bytes, relationships: Vec::new(), taken_over: None }
    }

    /// A part of another file, with its relationships, as it is.
    pub(super) fn of_template(part: &TemplatePart) -> Self {
        Self {
            name: part.name.clone(),
            content_type: Some(Cow::Owned(part.content_type.clone())),
            bytes: part.bytes.clone(),
            relationships: Vec::new(),
            taken_over: part.relationships.clone(),
        }
    }

    /// Its content.
    pub(super) fn set(&mut self, text: impl Into<String>) {
        self.bytes = text.into().into_bytes();
    }

    /// Adds a relationship to the part `target`, and returns its id.
    pub(super) fn relate(&mut self, kind: &'static str, target: &str) -> String {
        self.relationships.push(PartRelationship { kind, target: target.to_owned() });
        format!("rId{}", self.relationships.len())
    }

    /// The part that holds its relationships: its name and its text. `None` without relationships.
    fn relationships(&self) -> Option<(String, Vec<u8>)> {
        let (folder, file) = split_name(&self.name);
        let name = format!("{folder}_rels/{file}.rels");
        if let Some(taken_over) = &self.taken_over {
            return Some((name, taken_over.clone()));
        }
        let text =
            (!self.relationships.is_empty()).then(|| relationships_xml(&self.relationships, folder))?;
        Some((name, text.into_bytes()))
    }
}

fn relationships_xml(relationships: &[PartRelationship], folder: &str) -> String {
    let mut root = XmlNode::new("Relationships").with("xmlns", RELATIONSHIPS);
    for (index, relationship) in relationships.iter().enumerate() {
        let node = XmlNode::new("Relationship")
            .with("Id", format!("rId{}", index + 1))
            .with("Type", relationship.kind)
            .with("Target", relative(folder, &relationship.target));
        root = root.add(node);
    }
    root.document()
}

/// The folder of a part, with a slash at its end, and its file name.
fn split_name(name: &str) -> (&str, &str) {
    name.rfind('/').map_or(("", name), |slash| name.split_at(slash + 1))
}

/// The name of a part, as seen from a folder.
fn relative(folder: &str, target: &str) -> String {
    let shared = folder
        .match_indices('/')
        .map(|(slash, _)| slash + 1)
        .take_while(|end| target.starts_with(&folder[..*end]))
        .last()
        .unwrap_or(0);
    let up = folder[shared..].matches('/').count();
    format!("{}{}", "../".repeat(up), &target[shared..])
}

/// All parts of a file.
#[derive(Debug, Default)]
pub(super) struct OfficeFile {
    parts: Vec<OfficePart>,
}

impl OfficeFile {
    /// Adds a part.
    pub(super) fn add(&mut self, part: OfficePart) {
        self.parts.push(part);
    }

    /// The zip file. `document` is the part that the file is about.
    ///
    /// # Errors
    /// Those of `zip`.
    pub(super) fn zip(
        &self,
        document: &str,
        properties: &[(&'static str, &str)],
    ) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        let mut write = |name: &str, bytes: &[u8]| -> Result<(), Box<dyn Error + Send + Sync>> {
            zip.start_file(name, options)?;
            Ok(zip.write_all(bytes)?)
        };
        write("[Content_Types].xml", self.content_types().as_bytes())?;
        write("_rels/.rels", root_relationships(document, properties).as_bytes())?;
        for part in &self.parts {
            write(&part.name, &part.bytes)?;
            if let Some((name, text)) = part.relationships() {
                write(&name, &text)?;
            }
        }
        Ok(zip.finish()?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut root = XmlNode::new("Types").with("xmlns", CONTENT_TYPES);
        let used: BTreeSet<&str> =
            self.parts.iter().filter_map(|part| part.name.rsplit('.').next()).collect();
        for (extension, content_type) in DEFAULT_TYPES {
            if extension == "rels" || used.contains(extension) {
                let node = XmlNode::new("Default").with("Extension", extension);
                root = root.add(node.with("ContentType", content_type));
            }
        }
        let typed: BTreeMap<&str, &str> = self
            .parts
            .iter()
            .filter_map(|part| Some((part.name.as_str(), part.content_type.as_deref()?)))
            .collect();
        for (name, content_type) in typed {
            let node = XmlNode::new("Override").with("PartName", format!("/{name}"));
            root = root.add(node.with("ContentType", content_type));
        }
        root.document()
    }
}

fn root_relationships(document: &str, properties: &[(&'static str, &str)]) -> String {
    let all = [(kind::DOCUMENT, document)].into_iter().chain(properties.iter().copied());
    let relationships: Vec<PartRelationship> =
        all.map(|(kind, target)| PartRelationship { kind, target: target.to_owned() }).collect();
    relationships_xml(&relationships, "")
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn targets_are_relative_to_the_folder_of_their_part() {
        for (folder, target, expected) in [
            ("ppt/slides/", "ppt/charts/chart1.xml", "../charts/chart1.xml"),
            ("ppt/", "ppt/slides/slide1.xml", "slides/slide1.xml"),
            ("", "ppt/presentation.xml", "ppt/presentation.xml"),
            ("ppt/slides/", "docProps/app.xml", "../../docProps/app.xml"),
        ] {
            assert_eq!(relative(folder, target), expected);
        }
    }
}
