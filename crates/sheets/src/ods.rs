//! OpenDocument spreadsheets (.ods), streamed: a repeated empty row or cell costs nothing here, where laying it
//! out could cost the machine its memory. [ODF 1.3, part 3, chapter 9]

use std::collections::BTreeSet;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::package::{Package, SMALL_PART, TOKEN, bomb, dereference, protected};
use super::place::Place;
use super::room::{COLUMNS, ROW_BYTES, ROWS, Room, Sheets, beyond_the_grid, row_too_long};
use super::sheet::Merged;
use super::{Cell, Refusal, SheetBuilder};

/// Reads every sheet of an .ods workbook. All stand in one part: where it is damaged, nothing tells which are whole.
pub(super) fn read(package: &mut Package<'_>, file: &str) -> Result<Sheets, Refusal> {
    if let Some(manifest) = package.part("META-INF/manifest.xml", SMALL_PART)? {
        let mut text = Vec::new();
        // A manifest that cannot be read says nothing about a password; content.xml will say the rest.
        let _ = manifest.take(1 << 20).read_to_end(&mut text);
        if memchr::memmem::find(&text, b"encryption-data").is_some() {
            return Err(protected());
        }
    }
    let mut document = Document { file, room: Room::beside(package.size()), ..Document::default() };
    let mut xml = package.xml("content.xml", u64::MAX)?.ok_or_else(super::file::no_workbook)?;
    loop {
        match xml.next()? {
            Event::Start(tag) => document.open(&tag)?,
            Event::Empty(tag) => {
                document.open(&tag)?;
                document.close(tag.name().as_ref())?;
            }
            Event::End(tag) => document.close(tag.name().as_ref())?,
            Event::Text(text) => document.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let mut refused = Ok(());
                dereference(&reference, |text| refused = document.text(text));
                refused?;
            }
            Event::CData(text) => document.text(text.as_ref())?,
            Event::Eof => return document.room.into_sheets(),
            _ => {}
        }
    }
}

/// A cell's value by its type.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text,
    Number(f64),
    Percent(f64),
    Bool(bool),
    Date(String),
}

/// A cell while it is read.
#[derive(Debug)]
struct Open {
    value: Value,
    text: String,
    repeat: u32,
    span: (u32, u32),
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Document<'a> {
    file: &'a str,
    room: Room,
    /// Styles of tables that are not displayed.
    hidden_styles: BTreeSet<String>,
    style: String,
    builder: Option<SheetBuilder>,
    row: u32,
    row_repeat: u32,
    column: u32,
    /// The cells of the row under way, to be repeated with it, and the bytes of their texts.
    cells: Vec<(u32, Value, String)>,
    row_bytes: usize,
    cell: Option<Open>,
    /// Within a note on a cell, whose text is not the cell's.
    in_note: bool,
    paragraphs: u32,
}

impl Document<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        match tag.name().as_ref() {
            "style:style" => self.style = attribute(tag, "style:name").unwrap_or_default(),
            "style:table-properties" if attribute(tag, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table:table" => {
                let name = attribute(tag, "table:name").unwrap_or_default();
                let style = attribute(tag, "table:style-name").unwrap_or_default();
                let hidden = self.hidden_styles.contains(&style);
                self.builder = Some(SheetBuilder::new(Place::sheet(self.file, Some(&name)), hidden));
                self.row = 0;
            }
            "table:table-row" => {
                self.row_repeat = number(tag, "table:number-rows-repeated", ROWS);
                self.column = 0;
                self.cells.clear();
                self.row_bytes = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(Open {
                    value: value(tag),
                    text: attribute(tag, "office:string-value").unwrap_or_default(),
                    repeat: number(tag, "table:number-columns-repeated", COLUMNS),
                    span: (
                        number(tag, "table:number-rows-spanned", ROWS),
                        number(tag, "table:number-columns-spanned", COLUMNS),
                    ),
                });
                self.paragraphs = 0;
            }
            "office:annotation" => self.in_note = true,
            "text:p" if !self.in_note => {
                if self.paragraphs > 0 {
                    self.text("\n")?;
                }
                self.paragraphs += 1;
            }
            "text:s" => self.text(&" ".repeat(number(tag, "text:c", 1000) as usize))?,
            "text:tab" | "text:line-break" => self.text(" ")?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "office:annotation" => self.in_note = false,
            "table:table-cell" | "table:covered-table-cell" => self.close_cell()?,
            "table:table-row" => self.close_row()?,
            "table:table" => {
                if let Some(builder) = self.builder.take() {
                    self.room.finish(builder)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if let Some(cell) = self.cell.as_mut().filter(|_| !self.in_note && self.paragraphs > 0) {
            cell.text.push_str(text);
            if cell.text.len() > TOKEN as usize {
                return Err(bomb("a cell of more than a megabyte of text"));
            }
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (rows, columns) = cell.span;
        if rows > 1 || columns > 1 {
            let region = Merged {
                first_row: self.row,
                first_column: self.column,
                last_row: self.row.saturating_add(rows - 1),
                last_column: self.column.saturating_add(columns - 1),
            };
            if let Some(builder) = &mut self.builder {
                builder.merge([region]);
                self.room.check(builder)?;
            }
        }
        if cell.value != Value::Text || !cell.text.is_empty() {
            let is_within = self.column.saturating_add(cell.repeat) <= COLUMNS;
            let bytes = cell.text.len().saturating_mul(cell.repeat as usize);
            self.row_bytes = self.row_bytes.saturating_add(bytes);
            if !is_within || self.cells.len() > COLUMNS as usize {
                return Err(beyond_the_grid());
            }
            let held = self.row_bytes
                + (self.cells.len() + cell.repeat as usize) * size_of::<(u32, Value, String)>();
            if self.row_bytes > ROW_BYTES {
                return Err(row_too_long());
            }
            if let Some(builder) = &self.builder {
                self.room.check_beside(builder, held)?;
            }
            let copies = (0..cell.repeat).map(|i| (self.column + i, cell.value.clone(), cell.text.clone()));
            self.cells.extend(copies);
        }
        self.column = self.column.saturating_add(cell.repeat);
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), Refusal> {
        let Some(builder) = &mut self.builder else { return Ok(()) };
        if !self.cells.is_empty() {
            if self.row.saturating_add(self.row_repeat) > ROWS {
                return Err(beyond_the_grid());
            }
            for row in self.row..self.row + self.row_repeat {
                for (column, value, text) in &self.cells {
                    builder.push_cell(row, *column, cell(value, text));
                }
                self.room.check(builder)?;
            }
        }
        self.row = self.row.saturating_add(self.row_repeat);
        Ok(())
    }
}

fn cell<'a>(value: &'a Value, text: &'a str) -> Cell<'a> {
    match value {
        Value::Text => Cell::Text(text),
        Value::Number(n) => Cell::Number(*n),
        Value::Percent(n) => Cell::Percent(*n),
        Value::Bool(truth) => Cell::Bool(*truth),
        Value::Date(date) => Cell::Date(date),
    }
}

fn value(tag: &BytesStart<'_>) -> Value {
    let float = || attribute(tag, "office:value").and_then(|v| v.parse::<f64>().ok());
    match attribute(tag, "office:value-type").as_deref() {
        Some("float" | "currency") => float().map_or(Value::Text, Value::Number),
        Some("percentage") => float().map_or(Value::Text, |share| Value::Percent(super::as_percent(share))),
        Some("boolean") => Value::Bool(attribute(tag, "office:boolean-value").as_deref() == Some("true")),
        Some("date") => attribute(tag, "office:date-value")
            .map_or(Value::Text, |date| Value::Date(date.get(..10).unwrap_or(&date).to_owned())),
        _ => Value::Text,
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|text| text.into_owned())
}

/// A count of at least 1; what is beyond `most` is as good as `most` + 1.
fn number(tag: &BytesStart<'_>, name: &str, most: u32) -> u32 {
    attribute(tag, name).and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, most + 1)
}
