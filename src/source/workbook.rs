//! Workbooks, by calamine. Cells of .xlsx are streamed: laying out a sheet whose only cell stands in the last
//! corner would ask for half a terabyte.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, SheetVisible, Sheets, Xlsx, XlsxError, open_workbook_auto_from_rs};

use super::{Cell, Sheet, SheetBuilder};
use crate::diagnostic::Place;

/// Excel's own limits, and what one sheet may take of memory.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;
const CELLS: usize = 20_000_000;
const TEXT: usize = 1 << 30;
/// Formats that can only be laid out whole are read up to this size.
const LARGEST_LAID_OUT: usize = 50 << 20;

/// What is wrong, and what to do.
type Refusal = (String, String);

/// Reads every sheet of an .xlsx or .xlsm workbook.
pub(super) fn read_xlsx(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| refusal(&e))?;
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .map(|s| (s.name.clone(), s.visible != SheetVisible::Visible))
        .collect();
    sheets.into_iter().map(|(name, hidden)| read_sheet(&mut workbook, file, &name, hidden)).collect()
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    file: &str,
    name: &str,
    hidden: bool,
) -> Result<Sheet, Refusal> {
    let mut builder = SheetBuilder::new(Place::sheet(file, Some(name)), hidden);
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A chart sheet has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(builder.finish()),
        Err(e) => return Err(refusal(&e)),
    };
    while let Some(cell) = reader.next_cell().map_err(|e| refusal(&e))? {
        let (row, column) = cell.get_position();
        let (text, cells) = builder.size();
        if row >= ROWS || column >= COLUMNS || cells >= CELLS || text >= TEXT {
            return Err((
                format!("the sheet {name:?} is larger than a spreadsheet can be, or than this program reads"),
                "delete what lies outside the table and save it again".to_owned(),
            ));
        }
        match cell.get_value() {
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
    Ok(builder.finish())
}

/// Reads every sheet of an .xls, .xlsb or .ods workbook.
pub(super) fn read_other(bytes: &[u8], file: &str) -> Result<Vec<Sheet>, Refusal> {
    if bytes.len() > LARGEST_LAID_OUT {
        return Err(("it is larger than 50 MB".to_owned(), "save it as .xlsx".to_owned()));
    }
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| refusal(&e))?;
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .map(|s| (s.name.clone(), s.visible != SheetVisible::Visible))
        .collect();
    sheets.into_iter().map(|(name, hidden)| lay_out(&mut workbook, file, &name, hidden)).collect()
}

fn lay_out(
    workbook: &mut Sheets<Cursor<&[u8]>>,
    file: &str,
    name: &str,
    hidden: bool,
) -> Result<Sheet, Refusal> {
    let mut builder = SheetBuilder::new(Place::sheet(file, Some(name)), hidden);
    let range = workbook.worksheet_range(name).map_err(|e| refusal(&e))?;
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, value) in range.used_cells() {
        let (row, column) = (top + row as u32, left + column as u32);
        match value {
            Data::Empty => {}
            Data::Int(n) => builder.push_cell(row, column, Cell::Number(*n as f64)),
            Data::Float(n) => builder.push_cell(row, column, Cell::Number(*n)),
            Data::String(text) => builder.push_cell(row, column, Cell::Text(text)),
            Data::Bool(truth) => builder.push_cell(row, column, Cell::Bool(*truth)),
            Data::DateTime(date) => builder.push_cell(row, column, Cell::Date(&iso(*date))),
            Data::DateTimeIso(text) | Data::DurationIso(text) => {
                builder.push_cell(row, column, Cell::Date(text))
            }
            Data::Error(error) => builder.push_cell(row, column, Cell::Error(&error.to_string())),
        }
    }
    Ok(builder.finish())
}

/// A date as `2024-10-01`; a time of day, which no year can be read from, as the number it is stored as.
fn iso(date: calamine::ExcelDateTime) -> String {
    date.as_datetime().map_or_else(|| date.as_f64().to_string(), |d| d.format("%Y-%m-%d").to_string())
}

fn refusal(error: &dyn std::error::Error) -> Refusal {
    let text = error.to_string();
    if text.to_lowercase().contains("password") {
        return ("it is protected by a password".to_owned(), "save a copy without the password".to_owned());
    }
    (
        format!("it cannot be read as a workbook ({text})"),
        "open it in a spreadsheet program and save it as .xlsx".to_owned(),
    )
}
