//! Workbooks of the binary formats, by calamine. Cells of .xlsb are streamed: laying out a sheet whose only cell stands
//! in the last corner would ask for half a terabyte.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, Xlsb};

use super::package::protected;
use super::place::Place;
use super::room::{COLUMNS, ROWS, Room, Sheets, beyond_the_grid};
use super::sheet::Merged;
use super::turn::Turn;
use super::{Cell, Refusal, SheetBuilder, compound, records};

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

/// Reads every sheet of an .xlsb workbook. A sheet whose part is missing costs that sheet.
pub(super) fn read_xlsb(bytes: &[u8], file: &str) -> Result<Sheets, Refusal> {
    records::check(bytes)?;
    let _turn = Turn::wait();
    let mut workbook: Xlsb<Bytes<'_>> = Xlsb::new(Cursor::new(bytes)).map_err(|e| refusal(&e))?;
    let mut room = Room::beside(bytes.len());
    for (name, hidden) in names(workbook.sheets_metadata()) {
        let place = Place::sheet(file, Some(&name));
        match xlsb_sheet(&mut workbook, &name, SheetBuilder::new(place.clone(), hidden), &room) {
            Ok(builder) => room.finish(builder)?,
            Err(refusal) => room.lose(place, refusal)?,
        }
    }
    room.into_sheets()
}

fn xlsb_sheet(
    workbook: &mut Xlsb<Bytes<'_>>,
    name: &str,
    mut builder: SheetBuilder,
    room: &Room,
) -> Result<SheetBuilder, Refusal> {
    let of_sheet = |e: &dyn std::error::Error| Refusal { of_part: true, ..refusal(e) };
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|e| of_sheet(&e))?;
    while let Some(cell) = reader.next_cell().map_err(|e| of_sheet(&e))? {
        let (row, column) = cell.get_position();
        if row >= ROWS || column >= COLUMNS {
            return Err(beyond_the_grid());
        }
        push(&mut builder, (row, column), cell.get_value());
        room.check(&builder)?;
    }
    Ok(builder)
}

/// Reads every sheet of an .xls workbook, whose sheets have 65,536 rows and 256 columns at most. The parser takes all of
/// them in at once, so that damage to one costs the file.
pub(super) fn read_xls(bytes: &[u8], file: &str) -> Result<Sheets, Refusal> {
    // A protected .xlsx comes in the old container, with its package as an encrypted stream.
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if memchr::memmem::find(bytes, &encrypted).is_some() {
        return Err(protected());
    }
    compound::check(bytes)?;
    // What the parser lays out may be much however small it is.
    let _turn = Turn::wait();
    let mut workbook: Xls<Bytes<'_>> = Xls::new(Cursor::new(bytes)).map_err(|e| refusal(&e))?;
    let mut room = Room::beside(bytes.len());
    for (name, hidden) in names(workbook.sheets_metadata()) {
        let mut builder = SheetBuilder::new(Place::sheet(file, Some(&name)), hidden);
        let range = workbook.worksheet_range(&name).map_err(|e| refusal(&e))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, value) in range.used_cells() {
            push(&mut builder, (top + row as u32, left + column as u32), &borrowed(value));
            room.check(&builder)?;
        }
        let regions = workbook.merge_cells_by_sheet_name(&name).map_err(|e| refusal(&e))?;
        builder.merge(regions.iter().map(merged));
        room.finish(builder)?;
    }
    room.into_sheets()
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
        DataRef::DateTime(date) => moment(*date).push(builder, row, column),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            builder.push_cell(row, column, day(text));
        }
        DataRef::Error(error) => builder.push_cell(row, column, Cell::Error(&error.to_string())),
    }
}

/// The day of a date with its time: `2024-10-01` of `2024-10-01T00:00:00`. A time without a day is no date but a text.
pub(super) fn day(date: &str) -> Cell<'_> {
    let date = date.trim();
    let is_day = |day: &&str| {
        day.bytes().zip(*b"0000-00-00").all(|(b, like)| b == like || like == b'0' && b.is_ascii_digit())
    };
    date.get(..10).filter(is_day).map_or(Cell::Text(date), Cell::Date)
}

/// What a stored number of days is shown as.
pub(super) enum Moment {
    /// A day, as `2024-10-01`.
    Day(String),
    /// A time of day or a length of time, as `08:30`, which is no date; or a number beyond the calendar, as it is stored.
    Text(String),
}

impl Moment {
    pub(super) fn push(&self, builder: &mut SheetBuilder, row: u32, column: u32) {
        builder.push_cell(
            row,
            column,
            match self {
                Self::Day(day) => Cell::Date(day),
                Self::Text(text) => Cell::Text(text),
            },
        );
    }
}

/// What `date` is shown as. Less than a day is a time of day, however it is shown.
pub(super) fn moment(date: calamine::ExcelDateTime) -> Moment {
    let days = date.as_f64();
    if (0.0..1.0).contains(&days) || date.is_duration() {
        return Moment::Text(clock(days));
    }
    let day = date.as_datetime().map(|d| d.format("%Y-%m-%d").to_string());
    day.map_or_else(|| Moment::Text(days.to_string()), Moment::Day)
}

/// So many days as hours, minutes and, where there are any, seconds: `08:30`.
fn clock(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round();
    let sign = if days < 0.0 { "-" } else { "" };
    let (hours, minutes) = ((seconds / 3600.0).floor(), (seconds / 60.0).floor() % 60.0);
    match seconds % 60.0 {
        0.0 => format!("{sign}{hours:02}:{minutes:02}"),
        seconds => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
    }
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
