//! Workbooks in the binary formats (.xls, .xlsb), parsed by calamine. Cells of .xlsb are streamed: a full
//! grid for a sheet whose only cell is in the last corner would need half a terabyte.

use std::error::Error;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, Xlsb};

use super::cell::Cell;
use super::collector::{ReadSheets, SheetCollector};
use super::compound::CompoundFile;
use super::dates::{DateText, iso_day};
use super::error::{ReadError, names_a_password};
use super::foreign::{self, ForeignKind};
use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::place::Place;
use super::sheet::{CellNote, Merged};
use super::sheet_builder::SheetBuilder;
use super::turn::Turn;
use super::{xls_notes, xls_records, xlsb_notes, xlsb_records};

type WorkbookBytes<'a> = Cursor<&'a [u8]>;

/// Reads every sheet of an .xlsb workbook. A sheet whose part is missing is skipped.
pub(super) fn read_xlsb(bytes: &[u8], file: &str) -> Result<ReadSheets, ReadError> {
    xlsb_records::check(bytes)?;
    let _turn = Turn::wait();
    let mut workbook: Xlsb<WorkbookBytes<'_>> = Xlsb::new(Cursor::new(bytes)).map_err(|e| parse_error(&e))?;
    // Damaged notes are not a reason to do without the cells.
    let mut notes = xlsb_notes::read(bytes).unwrap_or_default();
    let mut collector = SheetCollector::holding(bytes.len());
    for sheet in workbook.sheets_metadata().to_vec() {
        let place = Place::sheet(file, Some(&sheet.name));
        let mut builder = SheetBuilder::new(place.clone(), is_hidden(&sheet));
        builder.add_notes(notes.remove(&sheet.name).unwrap_or_default());
        match read_xlsb_sheet(&mut workbook, &sheet.name, builder, &collector) {
            Ok(builder) => collector.add(builder)?,
            Err(error) => collector.skip(place, error)?,
        }
    }
    collector.into_sheets()
}

fn read_xlsb_sheet(
    workbook: &mut Xlsb<WorkbookBytes<'_>>,
    name: &str,
    mut builder: SheetBuilder,
    collector: &SheetCollector,
) -> Result<SheetBuilder, ReadError> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|e| sheet_error(&e))?;
    while let Some(cell) = reader.next_cell().map_err(|e| sheet_error(&e))? {
        let (row, column) = cell.get_position();
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(ReadError::beyond_the_grid());
        }
        push_value(&mut builder, row, column, cell.get_value());
        collector.check(&builder)?;
    }
    Ok(builder)
}

/// Reads every sheet of an .xls workbook. Its sheets have at most 65,536 rows and 256 columns. The parser
/// reads all of them at once, so damage to one makes the whole file unreadable.
pub(super) fn read_xls(bytes: &[u8], file: &str) -> Result<ReadSheets, ReadError> {
    // A password-protected .xlsx is stored in the old container, with its package as an encrypted stream.
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &encrypted).is_some() {
        return Err(ReadError::protected());
    }
    let mut notes = checked_notes(bytes)?.into_iter();
    // The parser may allocate a lot of memory even for a small file.
    let _turn = Turn::wait();
    let mut workbook: Xls<WorkbookBytes<'_>> = Xls::new(Cursor::new(bytes)).map_err(|e| parse_error(&e))?;
    let mut collector = SheetCollector::holding(bytes.len());
    for sheet in workbook.sheets_metadata().to_vec() {
        let place = Place::sheet(file, Some(&sheet.name));
        let mut builder = SheetBuilder::new(place, is_hidden(&sheet));
        builder.add_notes(notes.next().unwrap_or_default());
        let builder = read_xls_sheet(&mut workbook, &sheet.name, builder, &collector)?;
        collector.add(builder)?;
    }
    collector.into_sheets()
}

/// Checks that the parser can read the workbook within the memory and time limits, and returns the notes of its sheets.
fn checked_notes(bytes: &[u8]) -> Result<Vec<Vec<CellNote>>, ReadError> {
    let container = CompoundFile::open(bytes)?;
    let mut has_workbook = false;
    let mut notes = Vec::new();
    for stream in container.workbook_streams() {
        has_workbook = true;
        xls_records::check(&stream)?;
        let found = xls_notes::read(&stream);
        // A file for two programs holds the workbook twice.
        if notes.is_empty() {
            notes = found;
        }
    }
    if has_workbook {
        Ok(notes)
    } else if container.has_directory() {
        Err(without_workbook(bytes))
    } else {
        Err(ReadError::inconsistent())
    }
}

/// Why an old Office file that contains no workbook cannot be read.
fn without_workbook(bytes: &[u8]) -> ReadError {
    let known = ForeignKind::of_container(bytes);
    known.map_or_else(|| foreign::NO_WORKBOOK.error(), ForeignKind::error)
}

fn read_xls_sheet(
    workbook: &mut Xls<WorkbookBytes<'_>>,
    name: &str,
    mut builder: SheetBuilder,
    collector: &SheetCollector,
) -> Result<SheetBuilder, ReadError> {
    let range = workbook.worksheet_range(name).map_err(|e| parse_error(&e))?;
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, value) in range.used_cells() {
        push_value(&mut builder, top + row as u32, left + column as u32, &borrowed(value));
        collector.check(&builder)?;
    }
    let regions = workbook.merge_cells_by_sheet_name(name).map_err(|e| parse_error(&e))?;
    builder.merge(regions.iter().map(merged));
    Ok(builder)
}

fn is_hidden(sheet: &calamine::Sheet) -> bool {
    sheet.visible != SheetVisible::Visible
}

const fn merged(region: &Dimensions) -> Merged {
    Merged {
        first_row: region.start.0,
        first_column: region.start.1,
        last_row: region.end.0,
        last_column: region.end.1,
    }
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

fn push_value(builder: &mut SheetBuilder, row: u32, column: u32, value: &DataRef<'_>) {
    match value {
        DataRef::Empty => {}
        DataRef::Int(n) => builder.push_cell(row, column, Cell::Number(*n as f64)),
        DataRef::Float(n) => builder.push_cell(row, column, Cell::Number(*n)),
        DataRef::SharedString(text) => builder.push_cell(row, column, Cell::Text(text)),
        DataRef::String(text) => builder.push_cell(row, column, Cell::Text(text)),
        DataRef::Bool(truth) => builder.push_cell(row, column, Cell::Bool(*truth)),
        DataRef::DateTime(date) => builder.push_cell(row, column, DateText::new(*date).cell()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            builder.push_cell(row, column, iso_day(text));
        }
        DataRef::Error(error) => builder.push_cell(row, column, Cell::Error(&error.to_string())),
    }
}

fn parse_error(error: &dyn Error) -> ReadError {
    let text = error.to_string();
    if names_a_password(&text) {
        return ReadError::protected();
    }
    ReadError::new(
        format!("it cannot be read as a workbook ({text})"),
        "open it in a spreadsheet program and save it as .xlsx",
    )
}

/// An error in one sheet of a workbook that is otherwise readable.
fn sheet_error(error: &dyn Error) -> ReadError {
    ReadError { is_of_one_part: true, ..parse_error(error) }
}
