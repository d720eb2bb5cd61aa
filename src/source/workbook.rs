//! Workbooks of the binary formats, by calamine. Cells of .xlsb are streamed: laying out a sheet whose only cell stands
//! in the last corner would ask for half a terabyte.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, Xlsb};

use super::package::protected;
use super::room::{COLUMNS, ROWS, Room, beyond_the_grid};
use super::sheet::Merged;
use super::{Cell, Refusal, Sheet, SheetBuilder, compound, records};
use crate::diagnostic::Place;

type Bytes<'a> = Cursor<&'a [u8]>;

fn names(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    sheets.iter().map(|s| (s.name.clone(), s.visible != SheetVisible::Visible)).collect()
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
    records::check(bytes)?;
    let mut workbook: Xlsb<Bytes<'_>> = Xlsb::new(Cursor::new(bytes)).map_err(|e| refusal(&e))?;
    let mut room = Room::beside(bytes.len());
    for (name, hidden) in names(workbook.sheets_metadata()) {
        let mut builder = SheetBuilder::new(Place::sheet(file, Some(&name)), hidden);
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(|e| refusal(&e))?;
        while let Some(cell) = reader.next_cell().map_err(|e| refusal(&e))? {
            let (row, column) = cell.get_position();
            if row >= ROWS || column >= COLUMNS {
                return Err(beyond_the_grid());
            }
            push(&mut builder, (row, column), cell.get_value());
            room.check(&builder)?;
        }
        room.finish(builder)?;
    }
    Ok(room.into_sheets())
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
    let mut room = Room::beside(bytes.len());
    for (name, hidden) in names(workbook.sheets_metadata()) {
        let mut builder = SheetBuilder::new(Place::sheet(file, Some(&name)), hidden);
        let range = workbook.worksheet_range(&name).map_err(|e| refusal(&e))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            push(&mut builder, (top + row as u32, left + column as u32), &borrowed(value));
        }
        let regions = workbook.merge_cells_by_sheet_name(&name).map_err(|e| refusal(&e))?;
        builder.merge(regions.iter().map(merged));
        room.finish(builder)?;
    }
    Ok(room.into_sheets())
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
            builder.push_cell(row, column, Cell::Date(day(text)));
        }
        DataRef::Error(error) => builder.push_cell(row, column, Cell::Error(&error.to_string())),
    }
}

/// The day of a date with its time: `2024-10-01` of `2024-10-01T00:00:00`.
pub(super) fn day(date: &str) -> &str {
    let date = date.trim();
    date.get(..10).unwrap_or(date)
}

/// A date as `2024-10-01`; one beyond the calendar as the number it is stored as.
pub(super) fn iso(date: calamine::ExcelDateTime) -> String {
    date.as_datetime().map_or_else(|| date.as_f64().to_string(), |d| d.format("%Y-%m-%d").to_string())
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
