//! What a person changed in a Word document of the room. Word has no cells, so its text is compared line by line with what was written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Place;
use crate::domain::Quadrant;
use crate::pack::word_text::{WordPart, WordText};
use crate::room::{ShownItem, is_same_text};
use crate::wording::room as wording;

/// What a document said of each item when it was written, by the numbers of the items; under no number, all text outside its tables.
pub(super) type WrittenDocument = BTreeMap<String, DocumentItem>;

/// What a document said of an item.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct DocumentItem {
    quadrants: BTreeSet<Quadrant>,
    /// The quadrants in which it stood in earlier versions of the document.
    #[serde(default)]
    earlier: BTreeSet<BTreeSet<Quadrant>>,
    /// All lines that the document ever said of it, since an older copy may come back under another name.
    lines: BTreeSet<String>,
    /// Whether it had a row when the document was last written.
    #[serde(default)]
    is_listed: bool,
}

/// A document that is written again, with what it said before.
pub(super) fn with_earlier_versions(
    mut document: WrittenDocument,
    earlier: WrittenDocument,
) -> WrittenDocument {
    for (number, before) in earlier {
        let item = document.entry(number).or_default();
        item.lines.extend(before.lines);
        item.earlier.extend(before.earlier);
        // The same again is not another version.
        if before.quadrants != item.quadrants {
            item.earlier.insert(before.quadrants);
        }
    }
    document
}

impl DocumentItem {
    /// Whether somebody moved it to these quadrants.
    fn is_moved(&self, now: &BTreeSet<Quadrant>, is_copy: bool) -> bool {
        self.quadrants != *now && !(is_copy && self.earlier.contains(now))
    }

    fn has(&self, line: &str) -> bool {
        self.lines.iter().any(|written| is_same_text(written, line))
    }
}

/// A document of the room.
#[derive(Debug, Default)]
pub(super) struct RoomDocument {
    rows: Vec<DocumentRow>,
    paragraphs: Vec<String>,
    /// How many comments are attached to it.
    pub(super) comments: usize,
}

/// A row of one of its tables.
#[derive(Debug)]
struct DocumentRow {
    item: String,
    /// The heading above the table; empty without one.
    section: String,
    statement: Vec<String>,
    others: Vec<String>,
}

/// What a person changed in a document.
#[derive(Debug, Default)]
pub(super) struct DocumentChanges {
    /// The items as the document shows them now.
    pub(super) items: BTreeMap<String, ShownItem>,
    /// Items whose words or quadrants are others than before.
    pub(super) changed: Vec<Place>,
    /// Text from which nothing can be read.
    pub(super) unused: Vec<Place>,
    /// Items whose words were deleted.
    pub(super) emptied: Vec<Place>,
    /// Items whose rows were deleted.
    pub(super) gone: Vec<String>,
    /// Headings of quadrants that were deleted or changed. Without them, nobody can tell in which quadrant an item stands.
    pub(super) lost_headings: Vec<String>,
}

/// Which columns of a table hold the item and its statement.
#[derive(Clone, Copy)]
struct DocumentColumns {
    item: usize,
    statement: usize,
}

impl RoomDocument {
    /// The document in a file; `None` if it cannot be read.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let text = WordText::read(bytes).ok()?;
        let mut read = Self { comments: text.comments, ..Self::default() };
        let (mut section, mut next) = (String::new(), String::new());
        let mut columns = DocumentColumns { item: 0, statement: 1 };
        for part in text.parts {
            match part {
                WordPart::Paragraph(text) => {
                    let is_heading = Quadrant::ALL.into_iter().any(|one| is_same_text(&heading(one), &text));
                    if next.is_empty() || is_heading {
                        next.clone_from(&text);
                    }
                    read.paragraphs.extend(text.split('\n').map(str::to_owned));
                }
                // A second table below one heading may be of another section whose heading was deleted.
                WordPart::Table => section = std::mem::take(&mut next),
                WordPart::Row(cells) => match DocumentColumns::in_row(&cells) {
                    Some(found) => columns = found,
                    None => read.rows.push(columns.row(cells, &section)),
                },
            }
        }
        Some(read)
    }

    /// What is to be remembered of a document that is about to be written.
    pub(super) fn written(&self) -> WrittenDocument {
        let mut written = WrittenDocument::new();
        written.entry(String::new()).or_default().lines.extend(self.paragraphs.iter().cloned());
        for row in &self.rows {
            let item = written.entry(row.item.clone()).or_default();
            item.is_listed = true;
            item.quadrants.extend(row.quadrant());
            item.lines.extend(row.statement.iter().chain(&row.others).cloned());
        }
        written
    }

    /// What a person changed since it was written, with these items, as the file with this name. A copy may be of any earlier
    /// version.
    pub(super) fn changes(
        &self,
        written: &WrittenDocument,
        items: &BTreeMap<String, ShownItem>,
        file: &str,
        is_copy: bool,
    ) -> DocumentChanges {
        let lost_headings = self.lost_headings(written);
        let mut changes = DocumentChanges { lost_headings, ..DocumentChanges::default() };
        for row in &self.rows {
            match written.get(&row.item).zip(items.get(&row.item)).filter(|_| !row.item.is_empty()) {
                Some((before, known)) => changes.add_row(row, before, known, file),
                // An older copy may have items that are gone.
                None if row.is_empty() || row.is_as_written(written) => {}
                None => changes.unused.push(row.place(file)),
            }
        }
        changes.add_quadrants(self, written, items, file, is_copy);
        let before = written.get("");
        let new = self.paragraphs.iter().filter(|line| !before.is_some_and(|before| before.has(line)));
        changes.unused.extend(new.map(|line| paragraph_place(file, line)));
        let listed = written.iter().filter(|(number, item)| item.is_listed && !number.is_empty());
        let gone = listed.map(|(number, _)| number).filter(|number| !changes.items.contains_key(*number));
        let gone: Vec<String> = gone.cloned().collect();
        // A document with few of the items is a list of its own.
        if changes.items.len() > gone.len() {
            changes.gone = gone;
        }
        changes
    }

    /// The headings of quadrants that are no longer there.
    fn lost_headings(&self, written: &WrittenDocument) -> Vec<String> {
        let Some(before) = written.get("") else { return Vec::new() };
        let headings = Quadrant::ALL.map(heading).into_iter().filter(|heading| before.has(heading));
        headings.filter(|heading| !self.paragraphs.iter().any(|line| is_same_text(heading, line))).collect()
    }

    /// The quadrants in which an item stands.
    fn quadrants_of(&self, item: &str) -> BTreeSet<Quadrant> {
        self.rows.iter().filter(|row| row.item == item).filter_map(DocumentRow::quadrant).collect()
    }
}

impl DocumentColumns {
    /// The columns below a row of headings; `None` if it is none.
    fn in_row(cells: &[Vec<String>]) -> Option<Self> {
        let [item, statement] = [wording::DOCUMENT_HEADINGS[0], wording::DOCUMENT_HEADINGS[1]]
            .map(|heading| cells.iter().position(|lines| is_same_text(heading, &lines.join(" "))));
        Some(Self { item: item?, statement: statement? })
    }

    fn row(self, cells: Vec<Vec<String>>, section: &str) -> DocumentRow {
        let mut row = DocumentRow {
            item: String::new(),
            section: section.to_owned(),
            statement: Vec::new(),
            others: Vec::new(),
        };
        for (column, lines) in cells.into_iter().enumerate() {
            match column {
                column if column == self.item => row.item = lines.join(" "),
                column if column == self.statement => row.statement = lines,
                _ => row.others.extend(lines),
            }
        }
        row
    }
}

impl DocumentRow {
    /// The quadrant whose heading is above it.
    fn quadrant(&self) -> Option<Quadrant> {
        Quadrant::ALL.into_iter().find(|quadrant| is_same_text(&heading(*quadrant), &self.section))
    }

    const fn is_empty(&self) -> bool {
        self.item.is_empty() && self.statement.is_empty() && self.others.is_empty()
    }

    fn is_as_written(&self, written: &WrittenDocument) -> bool {
        let before = written.get(&self.item).filter(|_| !self.item.is_empty());
        before.is_some_and(|before| self.statement.iter().chain(&self.others).all(|line| before.has(line)))
    }

    fn place(&self, file: &str) -> Place {
        let section = Some(self.section.as_str()).filter(|section| !section.is_empty());
        let item = Some(self.item.clone()).filter(|item| !item.is_empty());
        Place { cell: item, ..Place::sheet(file, section) }
    }

    /// Whether it has the words that an item had.
    fn has_words_of(&self, known: &ShownItem) -> bool {
        known.statements.iter().any(|words| {
            words.split('\n').all(|part| self.statement.iter().any(|line| is_same_text(part, line)))
        })
    }

    /// The lines of the statement that were not written, up to the next one that was. Where none was, the first line alone.
    fn new_lines(&self, before: &DocumentItem) -> &[String] {
        let start = self.statement.iter().position(|line| !before.has(line));
        let rest = start.map_or(&[][..], |start| &self.statement[start..]);
        let end = rest.iter().position(|line| before.has(line));
        let is_all_new = rest.len() == self.statement.len() && end.is_none();
        &rest[..end.unwrap_or(rest.len()).min(if is_all_new { 1 } else { usize::MAX })]
    }
}

impl DocumentChanges {
    fn add_row(&mut self, row: &DocumentRow, before: &DocumentItem, known: &ShownItem, file: &str) {
        let place = row.place(file);
        let new = if row.has_words_of(known) { &[][..] } else { row.new_lines(before) };
        let unknown = row.statement.iter().chain(&row.others).filter(|line| !before.has(line)).count();
        if unknown > new.len() {
            self.unused.push(place.clone());
        }
        let words = match new {
            [] => known.statements.first().cloned().unwrap_or_default(),
            new => new.join(" "),
        };
        if !new.is_empty() {
            self.changed.push(place);
        } else if !row.has_words_of(known) {
            self.emptied.push(place);
        }
        let item = self.items.entry(row.item.clone()).or_default();
        item.about.clone_from(&known.about);
        item.statements.push(words);
    }

    /// Adds in which quadrants the items stand.
    fn add_quadrants(
        &mut self,
        document: &RoomDocument,
        written: &WrittenDocument,
        items: &BTreeMap<String, ShownItem>,
        file: &str,
        is_copy: bool,
    ) {
        for (number, item) in &mut self.items {
            let now = document.quadrants_of(number);
            let is_moved = written.get(number).is_some_and(|before| before.is_moved(&now, is_copy));
            if is_moved && !now.is_empty() && self.lost_headings.is_empty() {
                item.quadrants = now;
                self.changed
                    .extend(document.rows.iter().find(|row| row.item == *number).map(|row| row.place(file)));
            } else if let Some(known) = items.get(number) {
                item.quadrants.clone_from(&known.quadrants);
            }
        }
    }
}

/// The heading of a quadrant in a document.
fn heading(quadrant: Quadrant) -> String {
    wording::heading(quadrant.heading(), quadrant.meaning())
}

fn paragraph_place(file: &str, line: &str) -> Place {
    Place { cell: Some(wording::beginning_of(line)), ..Place::file(file) }
}
