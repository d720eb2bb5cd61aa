//! Workbooks of today's format (.xlsx, .xlsm), each part read once, cell by cell. [ECMA-376, part 1, chapter 18]
//!
//! Parts are found by what points to them and tags by their local names: a workbook by the Open XML SDK writes `x:c`
//! where Excel writes `c`.

use std::ops::Range;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use quick_xml::events::{BytesStart, Event};

use super::cell::UNCALCULATED;
use super::package::{Package, Relationship, SMALL_PART, Xml, attribute, bomb, damaged, dereference};
use super::place::Place;
use super::room::{COLUMNS, ROWS, Room, SHEETS, Sheets, beyond_the_grid};
use super::sheet::Merged;
use super::workbook::{day, moment};
use super::xlsx_text::Rich;
use super::{Cell, Refusal, SheetBuilder, as_percent, number_format};
use number_format::Shown;

/// What stands in a cell whose text is missing from the workbook.
const LOST_TEXT: &str = "a text that the workbook lacks";

/// Reads every sheet of the workbook whose main part is at `main`. A sheet whose own part is damaged or missing costs
/// that sheet.
pub(super) fn read(package: &mut Package<'_>, main: &str, file: &str) -> Result<Sheets, Refusal> {
    let parts = package.relationships(main)?;
    let of_kind = |kind: &str| {
        let part = parts.iter().find(|part| part.kind == kind);
        part.map_or_else(|| format!("xl/{kind}.xml"), |part| part.target.clone())
    };
    let mut book = Book::default();
    book.read_sheets(package, main)?;
    book.read_strings(package, &of_kind("sharedStrings"))?;
    book.read_styles(package, &of_kind("styles"))?;
    if book.sheets.is_empty() {
        return Err(super::file::no_workbook());
    }
    let mut room = Room::beside(package.size() + book.text.len() + size_of_val(&*book.ends));
    for (name, hidden, id) in std::mem::take(&mut book.sheets) {
        let place = Place::sheet(file, Some(&name));
        let part = parts.iter().find(|part| part.id == id);
        match sheet(package, &book, part, (&place, hidden), &room) {
            Ok(builder) => room.finish(builder)?,
            Err(refusal) => room.lose(place, refusal)?,
        }
    }
    room.into_sheets()
}

/// The sheet at `part`, as far as its cells go.
fn sheet(
    package: &mut Package<'_>,
    book: &Book,
    part: Option<&Relationship>,
    (place, hidden): (&Place, bool),
    room: &Room,
) -> Result<SheetBuilder, Refusal> {
    let part = part.ok_or_else(|| damaged("the workbook has no part for it"))?;
    let mut reading = Reading::new(book, SheetBuilder::new(place.clone(), hidden));
    // A sheet that is a chart has no cells.
    if part.kind == "worksheet" {
        let xml = package.xml(&part.target, u64::MAX)?;
        reading.read(xml.ok_or_else(|| damaged(&format!("{} is missing", part.target)))?, room)?;
    }
    Ok(reading.builder)
}

/// What the sheets share.
#[derive(Default)]
struct Book {
    /// Name, whether it is hidden, and id of the relationship to its part.
    sheets: Vec<(String, bool, String)>,
    /// Whether days are counted from 1904.
    from_1904: bool,
    /// The texts of cells, one after the other, and where each ends.
    text: String,
    ends: Vec<u32>,
    /// How each style shows a number.
    styles: Vec<Shown>,
}

impl Book {
    fn read_sheets(&mut self, package: &mut Package<'_>, main: &str) -> Result<(), Refusal> {
        let mut xml = package.xml(main, SMALL_PART)?.ok_or_else(super::file::no_workbook)?;
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "sheet" => {
                        let text = |name| attribute(&tag, name).unwrap_or_default();
                        let is_hidden = !matches!(&*text("state"), "" | "visible");
                        self.sheets.push((text("name").into_owned(), is_hidden, text("id").into_owned()));
                        if self.sheets.len() > SHEETS {
                            return Err(bomb(&format!("more than {SHEETS} sheets")));
                        }
                    }
                    "workbookPr" => {
                        self.from_1904 |=
                            matches!(attribute(&tag, "date1904").as_deref(), Some("1" | "true"));
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn read_strings(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), Refusal> {
        let Some(mut xml) = package.xml(part, SMALL_PART)? else { return Ok(()) };
        let mut rich = Rich::default();
        loop {
            match xml.next()? {
                Event::Start(tag) => rich.open(&tag),
                Event::Empty(tag) if tag.local_name().as_ref() == "si" => {
                    self.ends.push(rich.text.len() as u32)
                }
                Event::End(tag) if tag.local_name().as_ref() == "si" => {
                    self.ends.push(rich.text.len() as u32)
                }
                Event::End(tag) => rich.close(tag.local_name().as_ref()),
                Event::Text(text) => rich.push(&text.xml10_content()),
                Event::CData(text) => rich.push(&text.xml10_content()),
                Event::GeneralRef(reference) => dereference(&reference, |text| rich.push(text)),
                Event::Eof => {
                    self.text = rich.text;
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    fn read_styles(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), Refusal> {
        if let Some(xml) = package.xml(part, SMALL_PART)? {
            self.styles = number_format::read_styles(xml)?;
        }
        Ok(())
    }

    fn string(&self, index: &str) -> Option<&str> {
        let index: usize = index.trim().parse().ok()?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        self.text.get(start as usize..*self.ends.get(index)? as usize)
    }
}

/// A sheet while it is read.
struct Reading<'a> {
    book: &'a Book,
    builder: SheetBuilder,
    rows: u32,
    /// Place of the next cell that names none.
    row: u32,
    column: u32,
    in_data: bool,
    cell: Option<Open>,
    /// What the cell under way holds, as a value and as text of its own.
    value: String,
    rich: Rich,
    in_value: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    style: usize,
    kind: Kind,
    has_formula: bool,
    has_value: bool,
    has_text: bool,
}

/// What a cell says of its value.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Bool,
    Error,
    Date,
}

impl<'a> Reading<'a> {
    fn new(book: &'a Book, builder: SheetBuilder) -> Self {
        Self {
            book,
            builder,
            rows: 0,
            row: 0,
            column: 0,
            in_data: false,
            cell: None,
            value: String::new(),
            rich: Rich::default(),
            in_value: false,
        }
    }

    fn read(&mut self, mut xml: Xml<'_, '_>, room: &Room) -> Result<(), Refusal> {
        loop {
            match xml.next()? {
                Event::Start(tag) => self.open(&tag)?,
                Event::Empty(tag) => {
                    self.open(&tag)?;
                    self.close(tag.local_name().as_ref(), room)?;
                }
                Event::End(tag) => self.close(tag.local_name().as_ref(), room)?,
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let mut refused = Ok(());
                    dereference(&reference, |text| refused = self.text(text));
                    refused?;
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        match (tag.local_name().as_ref(), &mut self.cell) {
            ("sheetData", _) => self.in_data = true,
            ("row", None) if self.in_data => {
                self.rows += 1;
                if self.rows > ROWS {
                    return Err(bomb(&format!("a sheet of more than {ROWS} rows")));
                }
                self.column = 0;
                if let Some(row) = attribute(tag, "r").and_then(|r| r.trim().parse::<u32>().ok()) {
                    self.row = row.saturating_sub(1);
                }
            }
            ("c", None) if self.in_data => self.cell = Some(self.begin(tag)),
            ("f", Some(cell)) => cell.has_formula = true,
            ("v", Some(cell)) => {
                self.in_value = true;
                cell.has_value = true;
            }
            ("is", Some(cell)) => cell.has_text = true,
            (_, Some(cell)) if cell.has_text => self.rich.open(tag),
            ("mergeCell", None) => {
                let region = attribute(tag, "ref").and_then(|text| merged(&text));
                self.builder.merge(region);
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, tag: &BytesStart<'_>) -> Open {
        self.value.clear();
        self.rich.clear();
        let mut cell = Open { at: (self.row, self.column), ..Open::default() };
        for attribute in tag.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => cell.at = place(&attribute.value).unwrap_or(cell.at),
                "s" => cell.style = attribute.value.trim().parse().unwrap_or(0),
                "t" => {
                    cell.kind = match &*attribute.value {
                        "s" => Kind::Shared,
                        "str" | "inlineStr" => Kind::Text,
                        "b" => Kind::Bool,
                        "e" => Kind::Error,
                        "d" => Kind::Date,
                        _ => Kind::Number,
                    }
                }
                _ => {}
            }
        }
        self.column = cell.at.1.saturating_add(1);
        cell
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if self.in_value {
            self.value.push_str(text);
        } else if self.cell.is_some() {
            self.rich.push(text);
        }
        let is_bomb = self.value.len().max(self.rich.text.len()) > super::package::TOKEN as usize;
        if is_bomb { Err(bomb("a cell of more than a megabyte of text")) } else { Ok(()) }
    }

    fn close(&mut self, name: &str, room: &Room) -> Result<(), Refusal> {
        match name {
            "sheetData" => self.in_data = false,
            "row" if self.in_data => self.row = self.row.saturating_add(1),
            "v" => self.in_value = false,
            "c" => {
                if let Some(cell) = self.cell.take() {
                    self.finish(&cell)?;
                }
                room.check(&self.builder)?;
            }
            "mergeCell" => room.check(&self.builder)?,
            _ => self.rich.close(name),
        }
        Ok(())
    }

    fn finish(&mut self, cell: &Open) -> Result<(), Refusal> {
        let (row, column) = cell.at;
        if row >= ROWS || column >= COLUMNS {
            return Err(beyond_the_grid());
        }
        // A formula may well give an empty text.
        let is_calculated = cell.kind == Kind::Text && cell.has_value;
        let content = match cell.kind {
            _ if cell.has_text => Cell::Text(&self.rich.text),
            _ if self.value.trim().is_empty() && cell.has_formula && !is_calculated => {
                Cell::Error(UNCALCULATED)
            }
            _ if self.value.is_empty() => Cell::Empty,
            Kind::Shared => self.book.string(&self.value).map_or(Cell::Error(LOST_TEXT), Cell::Text),
            Kind::Text => Cell::Text(super::xlsx_text::unescaped(&mut self.value, 0)),
            Kind::Bool => match self.value.trim() {
                "1" | "true" => Cell::Bool(true),
                "0" | "false" => Cell::Bool(false),
                other => Cell::Text(other),
            },
            Kind::Error => Cell::Error(&self.value),
            Kind::Date => day(&self.value),
            Kind::Number => match self.value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    let shown = self.book.styles.get(cell.style).copied().unwrap_or_default();
                    return self.finish_number(cell.at, number, shown);
                }
                _ => Cell::Text(&self.value),
            },
        };
        self.builder.push_cell(row, column, content);
        Ok(())
    }

    fn finish_number(&mut self, (row, column): (u32, u32), number: f64, shown: Shown) -> Result<(), Refusal> {
        match shown {
            Shown::Number => self.builder.push_cell(row, column, Cell::Number(number)),
            Shown::Percent => self.builder.push_cell(row, column, Cell::Percent(as_percent(number))),
            Shown::Date | Shown::Duration => {
                let kind = match shown {
                    Shown::Duration => ExcelDateTimeType::TimeDelta,
                    _ => ExcelDateTimeType::DateTime,
                };
                let date = ExcelDateTime::new(number, kind, self.book.from_1904);
                moment(date).push(&mut self.builder, row, column);
            }
        }
        Ok(())
    }
}

/// Row and column, from 0, of `B3`.
fn place(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at(letters);
    let column = column.bytes().try_fold(0u32, |n, letter| {
        n.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// The region of `B3:C4`.
fn merged(text: &str) -> Option<Merged> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let Range { start, end } = place(first)?..place(last)?;
    Some(Merged { first_row: start.0, first_column: start.1, last_row: end.0, last_column: end.1 })
}
