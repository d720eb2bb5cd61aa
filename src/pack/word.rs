//! A Word document (ECMA-376, part 1): a title, headings, paragraphs, and tables, in Word's own styles, so that people can edit it
//! and a screen reader can read it. The same content gives the same bytes.

use std::borrow::Cow;
use std::error::Error;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::xml_text::escaped;
use crate::assets::AssetFolder;
use crate::wording::feedback::BOX;

/// The part with the text.
const DOCUMENT: &str = "word/document.xml";
/// The parts that are the same in all documents.
const FIXED: [FixedPart; 5] = [
    FixedPart { name: "[Content_Types].xml", template: "word/content_types.xml" },
    FixedPart { name: "_rels/.rels", template: "word/rels.xml" },
    FixedPart { name: "word/_rels/document.xml.rels", template: "word/document_rels.xml" },
    FixedPart { name: "word/styles.xml", template: "word/styles.xml" },
    FixedPart { name: "word/settings.xml", template: "word/settings.xml" },
];
/// The longest name that Word allows for a control, in characters.
const LONGEST_NAME: usize = 64;
/// The height of the room to write in, in lines.
const LINES_TO_WRITE_IN: usize = 5;
/// The width of the text on a page, in twentieths of a point.
const TEXT_WIDTH: u32 = 10_080;

/// An empty paragraph that ends a page.
const NEW_PAGE: &str = "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";

/// A part that is the same in all documents.
struct FixedPart {
    name: &'static str,
    /// Its file among the templates.
    template: &'static str,
}

/// A document.
#[derive(Debug, Clone, Default)]
pub(super) struct WordDocument {
    pub(super) title: String,
    pub(super) blocks: Vec<WordBlock>,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub(super) enum WordBlock {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph in small type.
    Small(String),
    /// A table.
    Table(WordTable),
    /// What follows begins a page.
    NewPage,
}

/// A table with a row of headings that is repeated on every page.
#[derive(Debug, Clone, Default)]
pub(super) struct WordTable {
    /// What it shows, for those who cannot see it.
    pub(super) alt: String,
    pub(super) headings: Vec<String>,
    /// The parts of the width that the columns take.
    pub(super) widths: Vec<u32>,
    pub(super) rows: Vec<Vec<String>>,
}

impl WordDocument {
    /// The file.
    ///
    /// # Errors
    /// Those of `zip`.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for part in FIXED {
            zip.start_file(part.name, SimpleFileOptions::default())?;
            zip.write_all(AssetFolder::Templates.text(part.template).as_bytes())?;
        }
        for (name, text) in [(DOCUMENT, self.document()), ("docProps/core.xml", self.properties())] {
            zip.start_file(name, SimpleFileOptions::default())?;
            zip.write_all(text.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }

    fn document(&self) -> String {
        let mut body = paragraph("Title", &self.title);
        for block in &self.blocks {
            body.push_str(&match block {
                WordBlock::Heading(text) => paragraph("Heading1", text),
                WordBlock::Text(text) => paragraph("Normal", text),
                WordBlock::Small(text) => paragraph("Small", text),
                WordBlock::Table(table) => table.xml(),
                WordBlock::NewPage => NEW_PAGE.to_owned(),
            });
        }
        template("document").replacen("{body}", &body, 1)
    }

    fn properties(&self) -> String {
        template("core").replacen("{title}", &escaped(&self.title), 1)
    }
}

/// A template of a part, or of an element.
fn template(name: &str) -> Cow<'static, str> {
    AssetFolder::Templates.text(&format!("word/{name}.xml"))
}

fn paragraph(style: &str, text: &str) -> String {
    paragraph_about(style, text, &[])
}

/// A paragraph whose boxes to check are about something: the row and the column of a table.
fn paragraph_about(style: &str, text: &str, about: &[&str]) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", runs(text, about))
}

/// The text, with a control in place of each box, so that it can be checked on a screen and a screen reader knows what it is.
fn runs(text: &str, about: &[&str]) -> String {
    let mut parts = text.split(BOX);
    let mut all = parts.next().map(run).unwrap_or_default();
    for answer in parts {
        let names: Vec<&str> =
            about.iter().copied().chain([answer.trim()]).filter(|name| !name.is_empty()).collect();
        let name = shortened(&names.join(": "), LONGEST_NAME);
        all.push_str(&template("box").replacen("{name}", &escaped(&name), 1));
        all.push_str(&run(answer));
    }
    all
}

/// The text, cut to at most this many characters.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

impl WordTable {
    /// A question with room below it to write in.
    pub(super) fn to_write_in(question: &str) -> Self {
        Self {
            alt: question.to_owned(),
            headings: vec![question.to_owned()],
            widths: vec![1],
            rows: vec![vec!["\n".repeat(LINES_TO_WRITE_IN - 1)]],
        }
    }

    fn xml(&self) -> String {
        let all: u32 = self.widths.iter().sum::<u32>().max(1);
        let widths: Vec<u32> = self.widths.iter().map(|width| TEXT_WIDTH * width / all).collect();
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let cell = template("cell");
        let mut rows =
            row(&self.headings, &widths, &RowLook { cell: &cell, style: "TableHead", headings: None });
        let look = RowLook { cell: &cell, style: "TableText", headings: Some(&self.headings) };
        for cells in &self.rows {
            rows.push_str(&row(cells, &widths, &look));
        }
        let table = template("table").replacen("{alt}", &escaped(&self.alt), 1);
        table.replacen("{grid}", &grid, 1).replacen("{rows}", &rows, 1) + &paragraph("Small", "")
    }
}

/// How the cells of a row look.
struct RowLook<'a> {
    /// The template of a cell.
    cell: &'a str,
    style: &'a str,
    /// The headings of the columns; `None` for their own row.
    headings: Option<&'a [String]>,
}

fn row(cells: &[String], widths: &[u32], look: &RowLook<'_>) -> String {
    let mut all = String::new();
    let first = cells.first().map(String::as_str).unwrap_or_default();
    for (column, (text, width)) in cells.iter().zip(widths).enumerate() {
        let heading =
            look.headings.and_then(|headings| headings.get(column)).filter(|_| text.as_str() == BOX);
        let about = [first, heading.map(String::as_str).unwrap_or_default()];
        let lines: String = text.split('\n').map(|line| paragraph_about(look.style, line, &about)).collect();
        all.push_str(&look.cell.replacen("{width}", &width.to_string(), 1).replacen("{lines}", &lines, 1));
    }
    let repeated = if look.headings.is_none() { "<w:tblHeader/>" } else { "" };
    format!("<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{all}</w:tr>")
}

#[cfg(test)]
mod tests {
    use super::{WordBlock, WordDocument, WordTable};
    use crate::pack::office_archive::OfficeArchive;

    #[test]
    fn a_document_is_whole_and_no_text_ends_its_element() {
        let table = WordTable {
            alt: "Items".to_owned(),
            headings: vec!["Item".to_owned(), "Text".to_owned()],
            widths: vec![1, 4],
            rows: vec![vec!["W3".to_owned(), "a < b & \"c\"".to_owned()]],
        };
        let blocks = vec![WordBlock::Heading("<w:p>".to_owned()), WordBlock::Table(table)];
        let document = WordDocument { title: "A & B".to_owned(), blocks };
        let bytes = document.bytes().unwrap();
        assert_eq!(bytes, document.bytes().unwrap());
        let archive = OfficeArchive::open(&bytes).unwrap();
        assert_eq!(archive.document("document").as_deref(), Some("word/document.xml"));
        for part in ["word/document.xml", "word/styles.xml", "word/settings.xml", "docProps/core.xml"] {
            roxmltree::Document::parse(archive.text(part).unwrap()).unwrap();
        }
        let text = archive.text("word/document.xml").unwrap();
        assert!(text.contains("a &lt; b &amp; &quot;c&quot;") && text.contains("<w:tblHeader/>"));
    }
    #[test]
    fn a_box_is_a_control_that_says_what_it_is_about() {
        let table = WordTable {
            alt: "Statements".to_owned(),
            headings: vec!["Statement".to_owned(), "Often".to_owned(), "Do you agree?".to_owned()],
            widths: vec![4, 1, 1],
            rows: vec![vec!["I feel safe".to_owned(), "☐".to_owned(), "☐ Agree\n☐ Not sure".to_owned()]],
        };
        let blocks =
            vec![WordBlock::Text("I am a … ☐ parent   ☐ teacher".to_owned()), WordBlock::Table(table)];
        let bytes = WordDocument { title: "Form".to_owned(), blocks }.bytes().unwrap();
        let archive = OfficeArchive::open(&bytes).unwrap();
        let document = roxmltree::Document::parse(archive.text("word/document.xml").unwrap()).unwrap();
        let controls = document.descendants().filter(|node| node.tag_name().name() == "alias");
        let names: Vec<&str> =
            controls.filter_map(|node| node.attributes().next().map(|name| name.value())).collect();
        let expected =
            ["parent", "teacher", "I feel safe: Often", "I feel safe: Agree", "I feel safe: Not sure"];
        assert_eq!(names, expected);
        let boxes = document.descendants().filter(|node| node.tag_name().name() == "checkbox").count();
        assert_eq!(boxes, names.len());
        // Read without the controls, the text is what it was.
        let texts = document.descendants().filter(|node| node.tag_name().name() == "t");
        let all: String = texts.filter_map(|node| node.text()).collect();
        assert!(all.contains("☐ parent   ☐ teacher") && all.contains("☐ Agree☐ Not sure"), "{all}");
    }
}
