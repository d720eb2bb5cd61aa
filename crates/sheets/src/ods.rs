//! OpenDocument spreadsheets (.ods), streamed: repeated empty rows and cells cost nothing, while expanding
//! them could exhaust the memory. [ODF 1.3, part 3, chapter 9]

use std::collections::BTreeSet;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::cell::Cell;
use super::collector::{ReadSheets, SheetCollector};
use super::error::ReadError;
use super::limits::{MAX_COLUMNS, MAX_ROW_BYTES, MAX_ROWS};
use super::package::{MAX_SMALL_PART, MAX_TOKEN, Package};
use super::percent::displayed_percent;
use super::place::Place;
use super::sheet::Merged;
use super::sheet_builder::SheetBuilder;
use super::xml::{entity_text, prefixed_attribute};

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
    let mut document = OdsReader { file, collector, ..OdsReader::default() };
    let mut xml = package.xml("content.xml", u64::MAX)?.ok_or_else(ReadError::no_workbook)?;
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

/// A cell's value by its type; for [`Self::Text`], the value is the cell's text.
#[derive(Debug, Clone, PartialEq)]
enum OdsValue {
    Text,
    Number(f64),
    Percent(f64),
    Bool(bool),
    Date(String),
}

/// A cell that is being read.
#[derive(Debug)]
struct OdsCell {
    value: OdsValue,
    text: String,
    /// How many times it is repeated in the row.
    repeat: u32,
    /// Rows and columns that it spans.
    rows: u32,
    columns: u32,
}

/// A cell of the current row, kept so that it can be repeated with the row.
#[derive(Debug)]
struct RowCell {
    column: u32,
    value: OdsValue,
    text: String,
}

/// What has been read so far.
#[derive(Debug, Default)]
struct OdsReader<'a> {
    file: &'a str,
    collector: SheetCollector,
    /// Table styles that are not displayed.
    hidden_styles: BTreeSet<String>,
    style: String,
    builder: Option<SheetBuilder>,
    row: u32,
    row_repeat: u32,
    column: u32,
    row_cells: Vec<RowCell>,
    /// Total text length of `row_cells` in bytes.
    row_bytes: usize,
    cell: Option<OdsCell>,
    /// Inside a note, whose text does not belong to the cell.
    in_note: bool,
    /// Number of paragraphs in the current cell so far.
    paragraphs: u32,
}

impl OdsReader<'_> {
    fn open_tag(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        match tag.name().as_ref() {
            "style:style" => self.style = prefixed_attribute(tag, "style:name").unwrap_or_default(),
            "style:table-properties" if is_hidden_style(tag) => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table:table" => self.open_table(tag),
            "table:table-row" => self.open_row(tag),
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(OdsCell::of_tag(tag));
                self.paragraphs = 0;
            }
            "office:annotation" => self.in_note = true,
            "text:p" if !self.in_note => {
                if self.paragraphs > 0 {
                    self.push_text("\n")?;
                }
                self.paragraphs += 1;
            }
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
        self.row = 0;
    }

    fn open_row(&mut self, tag: &BytesStart<'_>) {
        self.row_repeat = count(tag, "table:number-rows-repeated", MAX_ROWS);
        self.column = 0;
        self.row_cells.clear();
        self.row_bytes = 0;
    }

    fn close_tag(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "office:annotation" => self.in_note = false,
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

    fn push_text(&mut self, text: &str) -> Result<(), ReadError> {
        if let Some(cell) = self.cell.as_mut().filter(|_| !self.in_note && self.paragraphs > 0) {
            cell.text.push_str(text);
            if cell.text.len() > MAX_TOKEN as usize {
                return Err(ReadError::bomb("a cell of more than a megabyte of text"));
            }
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), ReadError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
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
                    builder.push_cell(row, cell.column, cell.cell());
                }
                self.collector.check(builder)?;
            }
        }
        self.row = end;
        Ok(())
    }
}

impl OdsCell {
    fn of_tag(tag: &BytesStart<'_>) -> Self {
        Self {
            value: OdsValue::of_tag(tag),
            text: prefixed_attribute(tag, "office:string-value").unwrap_or_default(),
            repeat: count(tag, "table:number-columns-repeated", MAX_COLUMNS),
            rows: count(tag, "table:number-rows-spanned", MAX_ROWS),
            columns: count(tag, "table:number-columns-spanned", MAX_COLUMNS),
        }
    }
}

impl RowCell {
    fn cell(&self) -> Cell<'_> {
        match &self.value {
            OdsValue::Text => Cell::Text(&self.text),
            OdsValue::Number(n) => Cell::Number(*n),
            OdsValue::Percent(n) => Cell::Percent(*n),
            OdsValue::Bool(truth) => Cell::Bool(*truth),
            OdsValue::Date(date) => Cell::Date(date),
        }
    }
}

impl OdsValue {
    /// The value in a cell's tag; [`Self::Text`] if it has none that can be read.
    fn of_tag(tag: &BytesStart<'_>) -> Self {
        match prefixed_attribute(tag, "office:value-type").as_deref() {
            Some("float" | "currency") => number(tag).map_or(Self::Text, Self::Number),
            Some("percentage") => {
                number(tag).map_or(Self::Text, |share| Self::Percent(displayed_percent(share)))
            }
            Some("boolean") => {
                Self::Bool(prefixed_attribute(tag, "office:boolean-value").as_deref() == Some("true"))
            }
            Some("date") => match prefixed_attribute(tag, "office:date-value") {
                Some(date) => Self::Date(date.get(..10).unwrap_or(&date).to_owned()),
                None => Self::Text,
            },
            _ => Self::Text,
        }
    }
}

/// Whether the properties of a table style hide the table.
fn is_hidden_style(tag: &BytesStart<'_>) -> bool {
    prefixed_attribute(tag, "table:display").as_deref() == Some("false")
}

fn number(tag: &BytesStart<'_>) -> Option<f64> {
    prefixed_attribute(tag, "office:value")?.parse().ok()
}

/// A count of at least 1, capped at `most` + 1.
fn count(tag: &BytesStart<'_>, name: &str, most: u32) -> u32 {
    let count = prefixed_attribute(tag, name).and_then(|n| n.parse().ok());
    count.unwrap_or(1).clamp(1, most + 1)
}
