//! The cells of one sheet of an .xlsx workbook. [ECMA-376, part 1, 18.3.1]

use std::ops::Range;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use quick_xml::events::{BytesStart, Event};

use super::cell::{Cell, UNCALCULATED};
use super::cell_address::CellAddress;
use super::collector::SheetCollector;
use super::dates::{DateText, iso_day};
use super::error::ReadError;
use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::number_format::NumberFormat;
use super::package::MAX_TOKEN;
use super::percent::displayed_percent;
use super::sheet::Merged;
use super::sheet_builder::SheetBuilder;
use super::xlsx::SharedParts;
use super::xlsx_text::{RichText, unescape_from};
use super::xml::{Xml, attribute, entity_text};

/// Shown for a cell whose text is missing from the workbook.
const MISSING_TEXT: &str = "a text that is missing from the workbook";

/// A sheet that is being read.
pub(super) struct XlsxSheetReader<'a> {
    shared: &'a SharedParts,
    collector: &'a SheetCollector,
    builder: SheetBuilder,
    /// How many rows have been read.
    rows: u32,
    /// The position of the next cell if it does not state its own.
    next: CellAddress,
    in_data: bool,
    cell: Option<XlsxCell>,
    /// The value of the current cell, and its inline text.
    value: String,
    inline_text: RichText,
    in_value: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct XlsxCell {
    address: CellAddress,
    style: usize,
    value_type: ValueType,
    has_formula: bool,
    has_value: bool,
    has_inline_text: bool,
}

/// The type of a cell's value, as the cell states it. [ECMA-376, part 1, 18.18.11]
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum ValueType {
    #[default]
    Number,
    /// The index of a shared text.
    SharedText,
    Text,
    Bool,
    Error,
    Date,
}

impl XlsxCell {
    /// The value of a numeric cell; `None` for other cells, and for values that are not finite numbers.
    fn finite_number(&self, value: &str) -> Option<f64> {
        if self.value_type != ValueType::Number {
            return None;
        }
        value.trim().parse::<f64>().ok().filter(|number| number.is_finite())
    }
}

impl ValueType {
    fn by_code(code: &str) -> Self {
        match code {
            "s" => Self::SharedText,
            "str" | "inlineStr" => Self::Text,
            "b" => Self::Bool,
            "e" => Self::Error,
            "d" => Self::Date,
            _ => Self::Number,
        }
    }
}

impl<'a> XlsxSheetReader<'a> {
    pub(super) fn new(shared: &'a SharedParts, collector: &'a SheetCollector, builder: SheetBuilder) -> Self {
        Self {
            shared,
            collector,
            builder,
            rows: 0,
            next: CellAddress::default(),
            in_data: false,
            cell: None,
            value: String::new(),
            inline_text: RichText::default(),
            in_value: false,
        }
    }

    /// The cells so far.
    pub(super) fn into_builder(self) -> SheetBuilder {
        self.builder
    }

    /// Reads all cells of the sheet's part.
    pub(super) fn read(mut self, mut xml: Xml<'_, '_>) -> Result<SheetBuilder, ReadError> {
        loop {
            match xml.next()? {
                Event::Start(tag) => self.open_tag(&tag)?,
                Event::Empty(tag) => {
                    self.open_tag(&tag)?;
                    self.close_tag(tag.local_name().as_ref())?;
                }
                Event::End(tag) => self.close_tag(tag.local_name().as_ref())?,
                Event::Text(text) => self.push_text(&text.xml10_content())?,
                Event::CData(text) => self.push_text(&text.xml10_content())?,
                Event::GeneralRef(reference) => self.push_text(&entity_text(&reference))?,
                Event::Eof => return Ok(self.builder),
                _ => {}
            }
        }
    }

    fn open_tag(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        match (tag.local_name().as_ref(), &mut self.cell) {
            ("sheetData", _) => self.in_data = true,
            ("col", None) if !self.in_data && is_hidden(tag, "width") => {
                self.builder.hide_columns(column_range(tag));
            }
            ("row", None) if self.in_data => self.open_row(tag)?,
            ("c", None) if self.in_data => self.open_cell(tag),
            ("f", Some(cell)) => cell.has_formula = true,
            ("v", Some(cell)) => {
                self.in_value = true;
                cell.has_value = true;
            }
            ("is", Some(cell)) => cell.has_inline_text = true,
            (_, Some(cell)) if cell.has_inline_text => self.inline_text.open_tag(tag),
            ("mergeCell", None) => {
                let region = attribute(tag, "ref").and_then(|text| parse_region(&text));
                self.builder.merge(region);
            }
            _ => {}
        }
        Ok(())
    }

    fn open_row(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        self.rows += 1;
        if self.rows > MAX_ROWS {
            return Err(ReadError::bomb(&format!("a sheet of more than {MAX_ROWS} rows")));
        }
        self.next.column = 0;
        if let Some(row) = attribute(tag, "r").and_then(|r| r.trim().parse::<u32>().ok()) {
            self.next.row = row.saturating_sub(1);
        }
        if is_hidden(tag, "ht") {
            self.builder.hide_rows(self.next.row..self.next.row.saturating_add(1));
        }
        Ok(())
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>) {
        self.value.clear();
        self.inline_text.clear();
        let mut cell = XlsxCell { address: self.next, ..XlsxCell::default() };
        for attribute in tag.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => cell.address = CellAddress::parse(&attribute.value).unwrap_or(cell.address),
                "s" => cell.style = attribute.value.trim().parse().unwrap_or(0),
                "t" => cell.value_type = ValueType::by_code(&attribute.value),
                _ => {}
            }
        }
        self.next.column = cell.address.column.saturating_add(1);
        self.cell = Some(cell);
    }

    fn push_text(&mut self, text: &str) -> Result<(), ReadError> {
        if self.in_value {
            self.value.push_str(text);
        } else if self.cell.is_some() {
            self.inline_text.push(text);
        }
        if self.value.len().max(self.inline_text.text.len()) > MAX_TOKEN as usize {
            return Err(ReadError::bomb("a cell of more than a megabyte of text"));
        }
        Ok(())
    }

    fn close_tag(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "sheetData" => self.in_data = false,
            "row" if self.in_data => self.next.row = self.next.row.saturating_add(1),
            "v" => self.in_value = false,
            "c" => {
                self.inline_text.finish_from(0);
                if let Some(cell) = self.cell.take() {
                    self.close_cell(&cell)?;
                }
                self.collector.check(&self.builder)?;
            }
            "mergeCell" => self.collector.check(&self.builder)?,
            _ => self.inline_text.close_tag(name),
        }
        Ok(())
    }

    fn close_cell(&mut self, cell: &XlsxCell) -> Result<(), ReadError> {
        let CellAddress { row, column } = cell.address;
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(ReadError::beyond_the_grid());
        }
        // The result of a formula may be an empty text.
        let is_calculated = cell.value_type == ValueType::Text && cell.has_value;
        let content = if cell.has_inline_text {
            Cell::Text(&self.inline_text.text)
        } else if self.value.trim().is_empty() && cell.has_formula && !is_calculated {
            Cell::Error(UNCALCULATED)
        } else if self.value.is_empty() {
            Cell::Empty
        } else if let Some(number) = cell.finite_number(&self.value) {
            self.push_number(cell, number);
            return Ok(());
        } else {
            typed_cell(cell.value_type, &mut self.value, self.shared)
        };
        self.builder.push_cell(row, column, content);
        Ok(())
    }

    /// Appends a number in the form that its style displays.
    fn push_number(&mut self, cell: &XlsxCell, number: f64) {
        let CellAddress { row, column } = cell.address;
        let format = self.shared.styles.get(cell.style).copied().unwrap_or_default();
        let date_type = match format {
            NumberFormat::Number => return self.builder.push_cell(row, column, Cell::Number(number)),
            NumberFormat::Code(groups) => {
                let text = groups.text(number);
                let shown = text.as_deref().map_or(Cell::Number(number), Cell::Text);
                return self.builder.push_cell(row, column, shown);
            }
            NumberFormat::Scaled(scale) => return self.builder.push_scaled(row, column, number, scale),
            NumberFormat::PercentAsStored => {
                return self.builder.push_cell(row, column, Cell::Percent(number));
            }
            NumberFormat::Percent => {
                let percent = displayed_percent(number);
                return self.builder.push_cell(row, column, Cell::Percent(percent));
            }
            NumberFormat::Date => ExcelDateTimeType::DateTime,
            NumberFormat::Duration => ExcelDateTimeType::TimeDelta,
        };
        let date = ExcelDateTime::new(number, date_type, self.shared.counts_from_1904);
        self.builder.push_cell(row, column, DateText::new(date).cell());
    }
}

/// Whether the tag of a row or of columns hides them, directly or by a size (an attribute called `size`) of 0.
fn is_hidden(tag: &BytesStart<'_>, size: &str) -> bool {
    let mut attributes = tag.attributes();
    attributes.with_checks(false).flatten().any(|attribute| match attribute.key.as_ref() {
        "hidden" => matches!(attribute.value.trim(), "1" | "true"),
        name => name == size && attribute.value.trim().parse() == Ok(0.0),
    })
}

/// The columns that a tag is about, from 0.
fn column_range(tag: &BytesStart<'_>) -> Range<u32> {
    let number = |name| attribute(tag, name).and_then(|text| text.trim().parse::<u32>().ok()).unwrap_or(0);
    number("min").saturating_sub(1)..number("max").min(MAX_COLUMNS)
}

/// A cell by its value type; if the value of a numeric cell is not a number, it stays text.
fn typed_cell<'c>(value_type: ValueType, value: &'c mut String, shared: &'c SharedParts) -> Cell<'c> {
    match value_type {
        ValueType::SharedText => shared.texts.get(value).map_or(Cell::Error(MISSING_TEXT), Cell::Text),
        ValueType::Text => Cell::Text(unescape_from(value, 0)),
        ValueType::Bool => match value.trim() {
            "1" | "true" => Cell::Bool(true),
            "0" | "false" => Cell::Bool(false),
            other => Cell::Text(other),
        },
        ValueType::Error => Cell::Error(value),
        ValueType::Date => iso_day(value),
        ValueType::Number => Cell::Text(value),
    }
}

/// The region from a reference such as `B3:C4`.
fn parse_region(text: &str) -> Option<Merged> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (first, last) = (CellAddress::parse(first)?, CellAddress::parse(last)?);
    Some(Merged {
        first_row: first.row,
        first_column: first.column,
        last_row: last.row,
        last_column: last.column,
    })
}
