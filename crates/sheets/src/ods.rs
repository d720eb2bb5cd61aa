//! OpenDocument spreadsheets (.ods), streamed: repeated empty rows and cells cost nothing, while expanding
//! them could exhaust the memory. [ODF 1.3, part 3, chapter 9]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::collector::{ReadSheets, SheetCollector};
use super::error::ReadError;
use super::limits::{MAX_COLUMNS, MAX_ROW_BYTES, MAX_ROWS};
use super::ods_cell::{OdsCell, OdsValue, RowCell, count};
use super::package::{MAX_SMALL_PART, Package, Part, ReadAllowance};
use super::place::Place;
use super::raised::Shift;
use super::sheet::{CellNote, Merged};
use super::sheet_builder::SheetBuilder;
use super::xml::{Xml, entity_text, prefixed_attribute};

/// How many bytes of the manifest are searched for a sign of encryption.
const MANIFEST_BYTES: u64 = 1 << 20;
/// The most spaces that one tag may represent.
const MAX_BLANKS: u32 = 1000;

/// Reads every sheet of an .ods workbook. All sheets are in one part: if it is damaged, none of them can be
/// trusted to be complete.
pub(super) fn read(package: &mut Package<'_>, file: &str) -> Result<ReadSheets, ReadError> {
    if is_encrypted(package)? {
        return Err(ReadError::protected());
    }
    let collector = SheetCollector::holding(package.size());
    let xml = package.xml("content.xml", u64::MAX)?.ok_or_else(ReadError::no_workbook)?;
    read_content(xml, collector, file)
}

/// Reads every sheet of a spreadsheet that is one XML file (.fods).
pub(super) fn read_flat(bytes: &[u8], file: &str) -> Result<ReadSheets, ReadError> {
    let mut allowance = ReadAllowance::full();
    let xml = Xml::new(Part::of_bytes(bytes, &mut allowance));
    read_content(xml, SheetCollector::holding(bytes.len()), file)
}

/// Reads the sheets of a document's content.
fn read_content(
    mut xml: Xml<'_, '_>,
    collector: SheetCollector,
    file: &str,
) -> Result<ReadSheets, ReadError> {
    let mut document = OdsReader { file, collector, ..OdsReader::default() };
    loop {
        match xml.next()? {
            Event::Start(tag) => document.open_tag(&tag)?,
            Event::Empty(tag) => {
                document.open_tag(&tag)?;
                document.close_tag(tag.name().as_ref())?;
            }
            Event::End(tag) => document.close_tag(tag.name().as_ref())?,
            Event::Text(text) => document.push_text(&text.xml10_content())?,
            Event::GeneralRef(reference) => document.push_text(&entity_text(&reference))?,
            Event::CData(text) => document.push_text(text.as_ref())?,
            Event::Eof => return document.collector.into_sheets(),
            _ => {}
        }
    }
}

fn is_encrypted(package: &mut Package<'_>) -> Result<bool, ReadError> {
    let Some(manifest) = package.part("META-INF/manifest.xml", MAX_SMALL_PART)? else { return Ok(false) };
    let mut text = Vec::new();
    // A manifest that cannot be read does not show whether there is a password; content.xml will cause an
    // error.
    let _ = manifest.take(MANIFEST_BYTES).read_to_end(&mut text);
    Ok(memchr::memmem::find(&text, b"encryption-data").is_some())
}

/// What has been read so far.
#[derive(Debug, Default)]
struct OdsReader<'a> {
    file: &'a str,
    collector: SheetCollector,
    /// Table styles that are not displayed.
    hidden_styles: BTreeSet<String>,
    /// Text styles that are not on the baseline.
    shifted_styles: BTreeMap<String, Shift>,
    style: String,
    builder: Option<SheetBuilder>,
    row: u32,
    row_repeat: u32,
    /// The next column that the table describes.
    described_column: u32,
    column: u32,
    row_cells: Vec<RowCell>,
    /// Total text length of `row_cells` in bytes.
    row_bytes: usize,
    cell: Option<OdsCell>,
    /// What the note at the current cell says so far.
    note: Option<String>,
    in_note_paragraph: bool,
    /// How deep the current position is in notes, shapes and readings, whose text does not belong to the cell.
    aside: u32,
    /// Where the text of each open span is relative to the baseline.
    spans: Vec<Option<Shift>>,
}

/// A note at a cell.
const NOTE: &str = "office:annotation";
/// How many bytes of a note are read.
const MAX_NOTE: usize = 1 << 20;

/// Whether the text in such an element is not that of the cell around it: a comment, a shape, a phonetic reading.
fn is_aside(name: &str) -> bool {
    matches!(name, NOTE | "text:ruby-text" | "text:note") || name.starts_with("draw:")
}

impl OdsReader<'_> {
    fn open_tag(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        match tag.name().as_ref() {
            "style:style" => self.style = prefixed_attribute(tag, "style:name").unwrap_or_default(),
            "style:table-properties" if is_hidden_style(tag) => {
                self.hidden_styles.insert(self.style.clone());
            }
            "style:text-properties" => {
                let shift = shift_of_style(tag).map(|shift| (self.style.clone(), shift));
                self.shifted_styles.extend(shift);
            }
            "table:table" => self.open_table(tag),
            "table:table-column" => self.open_column(tag),
            "table:table-row" => self.open_row(tag),
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(OdsCell::of_tag(tag));
                self.spans.clear();
            }
            name if is_aside(name) => {
                self.aside += 1;
                self.note = (name == NOTE).then(String::new).or_else(|| self.note.take());
            }
            "text:p" if self.note.is_some() => {
                self.in_note_paragraph = true;
                self.push_note("\n");
            }
            "text:p" => {
                if let Some(cell) = self.cell.as_mut().filter(|_| self.aside == 0) {
                    cell.open_paragraph();
                }
            }
            "text:span" => self.open_span(tag),
            "text:s" => self.push_text(&" ".repeat(count(tag, "text:c", MAX_BLANKS) as usize))?,
            "text:tab" | "text:line-break" => self.push_text(" ")?,
            _ => {}
        }
        Ok(())
    }

    fn open_table(&mut self, tag: &BytesStart<'_>) {
        let name = prefixed_attribute(tag, "table:name").unwrap_or_default();
        let style = prefixed_attribute(tag, "table:style-name").unwrap_or_default();
        let is_hidden = self.hidden_styles.contains(&style);
        self.builder = Some(SheetBuilder::new(Place::sheet(self.file, Some(&name)), is_hidden));
        (self.row, self.described_column) = (0, 0);
    }

    fn open_column(&mut self, tag: &BytesStart<'_>) {
        let first = self.described_column;
        let repeat = count(tag, "table:number-columns-repeated", MAX_COLUMNS);
        self.described_column = first.saturating_add(repeat);
        if let Some(builder) = self.builder.as_mut().filter(|_| is_collapsed(tag)) {
            builder.hide_columns(first..self.described_column.min(MAX_COLUMNS));
        }
    }

    /// A span within another is positioned like the outer one, unless its own style says otherwise.
    fn open_span(&mut self, tag: &BytesStart<'_>) {
        let style = prefixed_attribute(tag, "text:style-name").unwrap_or_default();
        let outer = self.spans.last().copied().flatten();
        self.spans.push(self.shifted_styles.get(&style).copied().or(outer));
    }

    fn open_row(&mut self, tag: &BytesStart<'_>) {
        self.row_repeat = count(tag, "table:number-rows-repeated", MAX_ROWS);
        if let Some(builder) = self.builder.as_mut().filter(|_| is_collapsed(tag)) {
            builder.hide_rows(self.row..self.row.saturating_add(self.row_repeat).min(MAX_ROWS));
        }
        self.column = 0;
        self.row_cells.clear();
        self.row_bytes = 0;
    }

    fn close_tag(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "text:p" => self.in_note_paragraph = false,
            name if is_aside(name) => {
                self.aside = self.aside.saturating_sub(1);
                if name == NOTE {
                    self.close_note();
                }
            }
            "text:span" => _ = self.spans.pop(),
            "table:table-cell" | "table:covered-table-cell" => self.close_cell()?,
            "table:table-row" => self.close_row()?,
            "table:table" => {
                if let Some(builder) = self.builder.take() {
                    self.collector.add(builder)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn push_note(&mut self, text: &str) {
        if let Some(note) = self.note.as_mut().filter(|note| note.len() < MAX_NOTE) {
            note.push_str(text);
        }
    }

    fn close_note(&mut self) {
        self.in_note_paragraph = false;
        let note = self.note.take().and_then(|text| CellNote::new(self.row, self.column, &text));
        if let Some(builder) = &mut self.builder {
            builder.add_notes(note);
        }
    }

    fn push_text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.in_note_paragraph {
            self.push_note(text);
        }
        let shift = self.spans.last().copied().flatten();
        match self.cell.as_mut().filter(|_| self.aside == 0) {
            Some(cell) => cell.push_text(text, shift),
            None => Ok(()),
        }
    }

    fn close_cell(&mut self) -> Result<(), ReadError> {
        let Some(mut cell) = self.cell.take() else { return Ok(()) };
        cell.finish();
        self.merge(&cell)?;
        if cell.value != OdsValue::Text || !cell.text.is_empty() {
            self.check_repeated(&cell)?;
            self.row_cells.extend((0..cell.repeat).map(|i| RowCell {
                column: self.column + i,
                value: cell.value.clone(),
                text: cell.text.clone(),
            }));
        }
        self.column = self.column.saturating_add(cell.repeat);
        Ok(())
    }

    /// Adds the region that a cell spans, if it spans more than its own position.
    fn merge(&mut self, cell: &OdsCell) -> Result<(), ReadError> {
        let (OdsCell { rows, columns, .. }, Some(builder)) = (cell, &mut self.builder) else { return Ok(()) };
        if *rows <= 1 && *columns <= 1 {
            return Ok(());
        }
        builder.merge([Merged {
            first_row: self.row,
            first_column: self.column,
            last_row: self.row.saturating_add(rows - 1),
            last_column: self.column.saturating_add(columns - 1),
        }]);
        self.collector.check(builder)
    }

    /// Checks that the current row can hold all repetitions of a cell, and counts its text.
    fn check_repeated(&mut self, cell: &OdsCell) -> Result<(), ReadError> {
        let bytes = cell.text.len().saturating_mul(cell.repeat as usize);
        self.row_bytes = self.row_bytes.saturating_add(bytes);
        let end = self.column.saturating_add(cell.repeat);
        if end > MAX_COLUMNS || self.row_cells.len() > MAX_COLUMNS as usize {
            return Err(ReadError::beyond_the_grid());
        }
        if self.row_bytes > MAX_ROW_BYTES {
            return Err(ReadError::row_too_long());
        }
        let cells = self.row_cells.len() + cell.repeat as usize;
        match &self.builder {
            Some(builder) => {
                self.collector.check_with(builder, self.row_bytes + cells * size_of::<RowCell>())
            }
            None => Ok(()),
        }
    }

    fn close_row(&mut self) -> Result<(), ReadError> {
        let Some(builder) = &mut self.builder else { return Ok(()) };
        let end = self.row.saturating_add(self.row_repeat);
        if !self.row_cells.is_empty() {
            if end > MAX_ROWS {
                return Err(ReadError::beyond_the_grid());
            }
            for row in self.row..end {
                for cell in &self.row_cells {
                    cell.push_to(builder, row);
                }
                self.collector.check(builder)?;
            }
        }
        self.row = end;
        Ok(())
    }
}

/// Whether the properties of a table style hide the table.
fn is_hidden_style(tag: &BytesStart<'_>) -> bool {
    prefixed_attribute(tag, "table:display").as_deref() == Some("false")
}

/// Whether a row, or columns, are hidden by hand or by a filter.
fn is_collapsed(tag: &BytesStart<'_>) -> bool {
    let visibility = prefixed_attribute(tag, "table:visibility");
    matches!(visibility.as_deref(), Some("collapse" | "filter"))
}

/// Where the text of a style is relative to the baseline: `super`, `sub`, or a percentage above or below it.
fn shift_of_style(tag: &BytesStart<'_>) -> Option<Shift> {
    let position = prefixed_attribute(tag, "style:text-position")?;
    let height = position.split_whitespace().next()?;
    match (height, height.trim_end_matches('%').parse::<f64>()) {
        ("super", _) => Some(Shift::Raised),
        ("sub", _) => Some(Shift::Lowered),
        (_, Ok(percent)) if percent > 0.0 => Some(Shift::Raised),
        (_, Ok(percent)) if percent < 0.0 => Some(Shift::Lowered),
        _ => None,
    }
}
