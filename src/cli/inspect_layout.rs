//! `retreat inspect --layout`: what a layout makes of each cell of a spreadsheet.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use serde::Serializer as _;

use super::arguments::InspectArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use super::text::clipped;
use crate::catalog::{Catalog, did_you_mean};
use crate::diagnostic::{Diagnostic, SheetRead, Warned};
use crate::domain::{ALL, clean};
use crate::observation::{CellRead, FileReading, read_file};
use crate::project::named_layout;
use crate::run::RunError;
use crate::wording::cells_read as wording;
use crate::wording::page_counts::rows_left_out;
use sheets::{Input, SourceFile};

/// How many cells of a sheet are shown in the terminal.
const CELLS: usize = 100;
/// Widths of the columns of the list.
const CELL: usize = 8;
const SHOWN: usize = 16;
const READ_AS: usize = 24;
const YEAR: usize = 9;
const DISTRICT: usize = 26;

/// Prints what the layout in `path` makes of each cell.
pub(super) fn inspect_with(
    path: &Path,
    arguments: &InspectArguments,
    reporter: Reporter,
) -> Result<Ending, CliError> {
    let catalog = match &arguments.project {
        Some(folder) => Catalog::of_project(folder)?,
        None => Catalog::embedded()?,
    };
    let layout = named_layout(&catalog, path)?;
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let input = Input::File(arguments.file.clone());
    let Warned { value: file, mut diagnostics } = Warned::from(sheets::read(&input, &clean(&name)));
    let reading = read_file(&file, &layout, &catalog).map_err(RunError::from)?;
    let sheet = arguments.sheet.as_deref();
    check_sheet(&file, sheet)?;
    let cells = reading.cells(&file).filter(|cell| is_wanted(sheet, cell.sheet));
    if arguments.json {
        serde_json::Serializer::pretty(io::stdout().lock()).collect_seq(cells)?;
        writeln!(io::stdout())?;
    } else {
        write!(io::stdout(), "{}", text(&reading, cells, sheet))?;
    }
    let problems = reading.diagnostics.clone().into_iter();
    diagnostics
        .extend(problems.filter(|problem: &Diagnostic| is_wanted(sheet, problem.place.sheet.as_deref())));
    reporter.problems(diagnostics)
}

fn is_wanted(wanted: Option<&str>, sheet: Option<&str>) -> bool {
    wanted.is_none() || wanted == sheet
}

/// # Errors
/// If the file has no such sheet.
fn check_sheet(file: &SourceFile, sheet: Option<&str>) -> Result<(), CliError> {
    let Some(sheet) = sheet else { return Ok(()) };
    let names: Vec<&str> = file.sheets.iter().filter_map(|sheet| sheet.place.sheet.as_deref()).collect();
    if names.contains(&sheet) {
        return Ok(());
    }
    Err(CliError::Unknown(wording::no_such_sheet(sheet, &did_you_mean(sheet, names.into_iter()))))
}

fn text<'a>(
    reading: &'a FileReading,
    cells: impl Iterator<Item = CellRead<'a>>,
    sheet: Option<&str>,
) -> String {
    let mut cells = cells.peekable();
    let mut text = String::new();
    for read in reading.report.sheets.iter().filter(|read| is_wanted(sheet, read.sheet.as_deref())) {
        let _ = write!(text, "{}", sheet_text(read));
        let mut number = 0;
        while let Some(cell) = cells.next_if(|cell| cell.sheet == read.sheet.as_deref()) {
            if number < CELLS {
                let _ = writeln!(text, "{}", cell_line(&cell));
            }
            number += 1;
        }
        if number > CELLS {
            let _ = writeln!(text, "  {}", wording::more_cells(number - CELLS));
        }
        text.push('\n');
    }
    text
}

/// What is printed about a sheet before its cells.
fn sheet_text(read: &SheetRead) -> String {
    let name = read.sheet.as_deref();
    if let Some(why) = &read.unread {
        return format!("{}\n", wording::sheet_unread(name, why));
    }
    let mut lines = vec![wording::sheet(name, read.header_row, read.observations, read.rows)];
    lines.extend(read.rows_left_out.iter().map(|rows| rows_left_out(rows.rows, &rows.why)));
    lines.extend(
        read.columns_ignored.iter().map(|column| wording::column_left_out(&column.column, &column.why)),
    );
    if !read.columns_unread.is_empty() {
        lines.push(wording::columns_unread(&read.columns_unread));
    }
    let heading = line([
        wording::CELL,
        wording::SHOWN,
        wording::READ_AS,
        wording::YEAR,
        wording::DISTRICT,
        wording::MEASURE,
    ]);
    format!("{}\n\n{heading}\n", lines.join("\n  "))
}

fn cell_line(cell: &CellRead<'_>) -> String {
    let id = cell.district_id.as_deref().unwrap_or_default();
    let district = format!("{id} {}", cell.district_name.unwrap_or_default());
    line([&cell.cell, &cell.shown, &read_as(cell), &cell.school_year, district.trim(), &key(cell)])
}

fn line([cell, shown, read_as, year, district, measure]: [&str; 6]) -> String {
    format!(
        "  {cell:<CELL$}{:<SHOWN$}{:<READ_AS$}{year:<YEAR$}{:<DISTRICT$}{measure}",
        clipped(shown, SHOWN - 2),
        clipped(read_as, READ_AS - 2),
        clipped(district, DISTRICT - 2),
    )
}

/// The number, or why there is none.
fn read_as(cell: &CellRead<'_>) -> String {
    let value = match (cell.value, cell.masked_from, cell.masked_to) {
        (Some(value), ..) => value.to_string(),
        (None, None, None) => cell.status.to_owned(),
        (None, None, Some(to)) => wording::up_to(cell.status, &to.to_string()),
        (None, Some(from), None) => wording::at_least(cell.status, &from.to_string()),
        (None, Some(from), Some(to)) => wording::between(cell.status, &from.to_string(), &to.to_string()),
    };
    match (cell.added_up, cell.numerator, cell.denominator) {
        (Some(cells), ..) => wording::added_up(&value, cells),
        (None, None, None) => value,
        (None, None, Some(denominator)) => wording::of_count(&value, &denominator.to_string()),
        (None, numerator, denominator) => {
            wording::of_counts(&value, &number(numerator), &number(denominator))
        }
    }
}

fn number(number: Option<f64>) -> String {
    number.map_or_else(|| wording::UNKNOWN.to_owned(), |number| number.to_string())
}

/// The measure, with what it is split by.
fn key(cell: &CellRead<'_>) -> String {
    let parts = [cell.group, cell.grade, cell.subject].into_iter().filter(|part| *part != ALL);
    std::iter::once(cell.measure).chain(parts).collect::<Vec<_>>().join(" / ")
}
