//! The text of a Word document (ECMA-376, part 1) as a person left it: paragraphs and rows of tables, in their order.

use roxmltree::{Document, Node};

use super::office_archive::{OfficeArchive, OfficeFault};

/// What holds text that is no longer there: what was moved away or deleted while changes were tracked, and copies for old programs.
const GONE: [&str; 4] = ["moveFrom", "del", "Fallback", "instrText"];

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WordPart {
    /// A paragraph with text.
    Paragraph(String),
    /// A table begins.
    Table,
    /// A row of a table: the lines of each cell.
    Row(Vec<Vec<String>>),
}

/// The text of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WordText {
    pub(super) parts: Vec<WordPart>,
    /// How many comments are attached to it.
    pub(super) comments: usize,
}

impl WordText {
    /// # Errors
    /// See [`OfficeFault`].
    pub(super) fn read(bytes: &[u8]) -> Result<Self, OfficeFault> {
        let archive = OfficeArchive::open(bytes)?;
        let name = archive.document("document").ok_or(OfficeFault::NotAnArchive)?;
        let text = archive.text(&name).unwrap_or_default();
        let document = Document::parse(text).map_err(|error| OfficeFault::Damaged(error.to_string()))?;
        let mut read = Self::default();
        let bodies = document.root_element().children().filter(|node| is_named(*node, "body"));
        bodies.for_each(|body| read.add_blocks(body));
        let comments = archive.related(&name, "comments").into_iter().next();
        read.comments = comments.and_then(|part| count_comments(archive.text(&part)?)).unwrap_or_default();
        Ok(read)
    }

    /// Adds the paragraphs and tables in a node, also those in controls and in tracked changes.
    fn add_blocks(&mut self, node: Node<'_, '_>) {
        for child in node.children().filter(|child| !is_gone(*child)) {
            match child.tag_name().name() {
                "p" => {
                    let lines = lines_of(child).join("\n");
                    self.parts.extend((!lines.is_empty()).then_some(WordPart::Paragraph(lines)));
                }
                "tbl" => self.add_table(child),
                _ => self.add_blocks(child),
            }
        }
    }

    fn add_table(&mut self, table: Node<'_, '_>) {
        self.parts.push(WordPart::Table);
        // A table in a cell is text of that cell.
        for row in nearest(table, "tr").into_iter().filter(|row| !is_deleted_row(*row)) {
            self.parts.push(WordPart::Row(nearest(row, "tc").into_iter().map(lines_of).collect()));
        }
    }
}

fn is_named(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn is_gone(node: Node<'_, '_>) -> bool {
    GONE.contains(&node.tag_name().name())
}

/// Whether a row was deleted while changes were tracked.
fn is_deleted_row(row: Node<'_, '_>) -> bool {
    let properties = row.children().filter(|node| is_named(*node, "trPr"));
    properties.flat_map(|node| node.children()).any(|node| is_named(node, "del"))
}

/// The nodes with a name nearest below a node, also those in controls.
fn nearest<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    for child in node.children().filter(|child| !is_gone(*child)) {
        if is_named(child, name) {
            found.push(child);
        } else {
            found.extend(nearest(child, name));
        }
    }
    found
}

/// The lines of a paragraph or a cell, without empty ones.
fn lines_of(node: Node<'_, '_>) -> Vec<String> {
    let mut text = String::new();
    add_text(node, &mut text);
    let lines = text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

fn add_text(node: Node<'_, '_>, text: &mut String) {
    match node.tag_name().name() {
        _ if is_gone(node) => return,
        "t" => text.push_str(node.text().unwrap_or_default()),
        "tab" => text.push(' '),
        "noBreakHyphen" => text.push('-'),
        "br" | "cr" => text.push('\n'),
        _ => node.children().for_each(|child| add_text(child, text)),
    }
    if is_named(node, "p") {
        text.push('\n');
    }
}

fn count_comments(part: &str) -> Option<usize> {
    let document = Document::parse(part).ok()?;
    Some(document.root_element().children().filter(|node| is_named(*node, "comment")).count())
}

#[cfg(test)]
mod tests {
    use super::{WordPart, WordText};
    use crate::pack::word::{WordBlock, WordDocument, WordTable};

    #[test]
    fn a_document_is_read_as_it_was_written() {
        let table = WordTable {
            alt: String::new(),
            headings: vec!["Item".to_owned(), "Text".to_owned()],
            widths: vec![1, 4],
            rows: vec![vec!["W3".to_owned(), "a < b & \"c\"\nline two".to_owned()]],
        };
        let blocks = vec![WordBlock::Heading("Weaknesses".to_owned()), WordBlock::Table(table)];
        let bytes = WordDocument { title: "A".to_owned(), blocks }.bytes().unwrap();
        let parts = WordText::read(&bytes).unwrap().parts;
        let cells = |texts: &[&[&str]]| {
            WordPart::Row(
                texts.iter().map(|lines| lines.iter().map(|&line| line.to_owned()).collect()).collect(),
            )
        };
        assert_eq!(
            parts,
            [
                WordPart::Paragraph("A".to_owned()),
                WordPart::Paragraph("Weaknesses".to_owned()),
                WordPart::Table,
                cells(&[&["Item"], &["Text"]]),
                cells(&[&["W3"], &["a < b & \"c\"", "line two"]]),
            ]
        );
    }
}
