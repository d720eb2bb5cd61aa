//! Workbooks, by calamine. Cells of .xlsx and .xlsb are streamed: laying out a sheet whose only cell stands in
//! the last corner would ask for half a terabyte.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, Xlsb, Xlsx, XlsxError};

use super::scan::{Scan, scan};
use super::sheet::{Merged, UNCALCULATED};
use super::{Cell, Refusal, Sheet, SheetBuilder, as_percent, compound};
use crate::diagnostic::Place;

/// Excel's own limits, and what one workbook may take of memory.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;
const CELLS: usize = 20_000_000;
const TEXT: usize = 256 << 20;

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads every sheet of an .xlsx or .xlsm workbook.
pub(super) fn read_xlsx(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, Refusal> {
    let found = scan(bytes)?;
    let mut workbook: Xlsx<Bytes<'_>> = Xlsx::new(Cursor::new(bytes)).map_err(|e| refusal(&e))?;
    let names = names(workbook.sheets_metadata());
    let mut room = Room::default();
    names
        .into_iter()
        .map(|(name, hidden)| xlsx_sheet(&mut workbook, file, &name, hidden, found, &mut room))
        .collect()
}

fn names(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    sheets.iter().map(|s| (s.name.clone(), s.visible != SheetVisible::Visible)).collect()
}

fn xlsx_sheet(
    workbook: &mut Xlsx<Bytes<'_>>,
    file: &str,
    name: &str,
    hidden: bool,
    found: Scan,
    room: &mut Room,
) -> Result<Sheet, Refusal> {
    let mut builder = SheetBuilder::new(Place::sheet(file, Some(name)), hidden);
    let uncalculated = if found.uncalculated { uncalculated(workbook, name)? } else { BTreeSet::new() };
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A chart sheet has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(builder.finish()),
        Err(e) => return Err(refusal(&e)),
    };
    let percent: Vec<bool> = reader.styles().iter().map(shows_percent).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|e| refusal(&e))? {
        let at = cell.get_position();
        room.take(at, &builder, name)?;
        match cell.get_value() {
            DataRef::Float(n) if percent.get(style) == Some(&true) => {
                builder.push_cell(at.0, at.1, Cell::Percent(as_percent(*n)));
            }
            DataRef::Empty if uncalculated.contains(&at) => {
                builder.push_cell(at.0, at.1, Cell::Error(UNCALCULATED));
            }
            value => push(&mut builder, at, value),
        }
    }
    drop(reader);
    room.leave(&builder);
    if found.merged {
        let regions = workbook.merge_cells_by_sheet_name(name).map_err(|e| refusal(&e))?;
        builder.merge(regions.iter().map(merged));
    }
    Ok(builder.finish())
}

/// The cells of a sheet whose formulas have no stored value.
fn uncalculated(workbook: &mut Xlsx<Bytes<'_>>, name: &str) -> Result<BTreeSet<(u32, u32)>, Refusal> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(BTreeSet::new()),
        Err(e) => return Err(refusal(&e)),
    };
    let mut cells = BTreeSet::new();
    while let Some(cell) = reader.next_cell_with_formula().map_err(|e| refusal(&e))? {
        if cell.formula.is_some() && is_blank(&cell.value) {
            cells.insert(cell.pos);
        }
    }
    Ok(cells)
}

fn is_blank(value: &DataRef<'_>) -> bool {
    match value {
        DataRef::Empty => true,
        DataRef::String(text) => text.is_empty(),
        _ => false,
    }
}

/// Whether a cell of this style shows its number as a percent.
fn shows_percent(style: &calamine::Style) -> bool {
    let code = style.number_format.as_ref().map_or("", |f| f.format_code.as_str());
    // What stands in quotation marks is text: `0" % of all"` shows a number.
    code.split('"').step_by(2).any(|bare| bare.contains('%'))
}

const fn merged(region: &Dimensions) -> Merged {
    Merged {
        first_row: region.start.0,
        first_column: region.start.1,
        last_row: region.end.0,
        last_column: region.end.1,
    }
}

/// Reads every sheet of an .xlsb workbook.
pub(super) fn read_xlsb(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, Refusal> {
    scan(bytes)?;
    let mut workbook: Xlsb<Bytes<'_>> = Xlsb::new(Cursor::new(bytes)).map_err(|e| refusal(&e))?;
    let mut room = Room::default();
    let mut sheets = Vec::new();
    for (name, hidden) in names(workbook.sheets_metadata()) {
        let mut builder = SheetBuilder::new(Place::sheet(file, Some(&name)), hidden);
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(|e| refusal(&e))?;
        while let Some(cell) = reader.next_cell().map_err(|e| refusal(&e))? {
            room.take(cell.get_position(), &builder, &name)?;
            push(&mut builder, cell.get_position(), cell.get_value());
        }
        room.leave(&builder);
        sheets.push(builder.finish());
    }
    Ok(sheets)
}

/// Reads every sheet of an .xls workbook, whose sheets have 65,536 rows and 256 columns at most.
pub(super) fn read_xls(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, Refusal> {
    // A protected .xlsx comes in the old container, with its package as an encrypted stream.
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &encrypted).is_some() {
        return Err(protected());
    }
    compound::check(bytes)?;
    let mut workbook: Xls<Bytes<'_>> = Xls::new(Cursor::new(bytes)).map_err(|e| refusal(&e))?;
    let mut sheets = Vec::new();
    for (name, hidden) in names(workbook.sheets_metadata()) {
        let mut builder = SheetBuilder::new(Place::sheet(file, Some(&name)), hidden);
        let range = workbook.worksheet_range(&name).map_err(|e| refusal(&e))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            push(&mut builder, (top + row as u32, left + column as u32), &borrowed(value));
        }
        let regions = workbook.merge_cells_by_sheet_name(&name).map_err(|e| refusal(&e))?;
        builder.merge(regions.iter().map(merged));
        sheets.push(builder.finish());
    }
    Ok(sheets)
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::Int(n) => DataRef::Int(*n),
        Data::Float(n) => DataRef::Float(*n),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::String(text) => DataRef::SharedString(text),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

fn push(builder: &mut SheetBuilder, (row, column): (u32, u32), value: &DataRef<'_>) {
    match value {
        DataRef::Empty => {}
        DataRef::Int(n) => builder.push_cell(row, column, Cell::Number(*n as f64)),
        DataRef::Float(n) => builder.push_cell(row, column, Cell::Number(*n)),
        DataRef::SharedString(text) => builder.push_cell(row, column, Cell::Text(text)),
        DataRef::String(text) => builder.push_cell(row, column, Cell::Text(text)),
        DataRef::Bool(truth) => builder.push_cell(row, column, Cell::Bool(*truth)),
        DataRef::DateTime(date) => builder.push_cell(row, column, Cell::Date(&iso(*date))),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            builder.push_cell(row, column, Cell::Date(text));
        }
        DataRef::Error(error) => builder.push_cell(row, column, Cell::Error(&error.to_string())),
    }
}

/// What the sheets read so far have taken of a workbook's bounds.
#[derive(Debug, Default)]
struct Room {
    text: usize,
    cells: usize,
}

impl Room {
    fn take(&self, (row, column): (u32, u32), builder: &SheetBuilder, name: &str) -> Result<(), Refusal> {
        let (text, cells) = builder.size();
        if row < ROWS && column < COLUMNS && self.cells + cells < CELLS && self.text + text < TEXT {
            return Ok(());
        }
        Err(Refusal::new(
            format!("the sheet {name:?} is larger than a spreadsheet can be, or than this program reads"),
            "delete what lies outside the table and save it again",
        ))
    }

    fn leave(&mut self, builder: &SheetBuilder) {
        let (text, cells) = builder.size();
        (self.text, self.cells) = (self.text + text, self.cells + cells);
    }
}

/// A date as `2024-10-01`; a time of day, which no year can be read from, as the number it is stored as.
fn iso(date: calamine::ExcelDateTime) -> String {
    date.as_datetime().map_or_else(|| date.as_f64().to_string(), |d| d.format("%Y-%m-%d").to_string())
}

fn protected() -> Refusal {
    Refusal::new("it is protected by a password", "save a copy without the password")
}

fn refusal(error: &dyn std::error::Error) -> Refusal {
    let text = error.to_string();
    if text.to_lowercase().contains("password") {
        return protected();
    }
    Refusal::new(
        format!("it cannot be read as a workbook ({text})"),
        "open it in a spreadsheet program and save it as .xlsx",
    )
}
