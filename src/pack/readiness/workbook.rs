//! The readiness report as a workbook to work through: one row per problem, with file, sheet and cell.

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use super::page::{left_out_texts, sign};
use crate::diagnostic::SheetRead;
use crate::pack::spreadsheet::{
    GridPlace, heading, height, lines, new_book, readable_pages, wrapped, write_text,
};
use crate::readiness::{CoverageState, DomainCoverage, MeasureCoverage, Readiness};
use crate::wording::readiness as wording;

pub(super) fn workbook(readiness: &Readiness) -> Result<Vec<u8>, XlsxError> {
    let mut book = new_book(wording::TITLE)?;
    summary(book.add_worksheet(), readiness)?;
    problems(book.add_worksheet(), readiness)?;
    requests(book.add_worksheet(), readiness)?;
    published(book.add_worksheet(), readiness)?;
    coverage(book.add_worksheet(), readiness)?;
    sources(book.add_worksheet(), readiness)?;
    book.save_to_buffer()
}

/// A sheet with a frozen header, a filter, and columns of these names and widths.
fn table(sheet: &mut Worksheet, name: &str, columns: &[(&str, f64)], rows: usize) -> Result<(), XlsxError> {
    let widths: Vec<f64> = columns.iter().map(|(_, width)| *width).collect();
    readable_pages(sheet, &widths, 1)?;
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    for (column, (title, width)) in columns.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *title, &heading())?;
        sheet.set_column_width(column as u16, *width)?;
    }
    sheet.autofilter(0, 0, rows as u32, columns.len() as u16 - 1)?;
    Ok(())
}

/// Writes a row of texts, and makes it tall enough for them in columns of these widths: not every program
/// does that itself.
fn texts(
    sheet: &mut Worksheet,
    row: usize,
    texts: &[&str],
    columns: &[(&str, f64)],
) -> Result<(), XlsxError> {
    let lines = texts.iter().zip(columns).map(|(text, (_, width))| lines(text, *width)).max().unwrap_or(1);
    sheet.set_row_height(row as u32 + 1, height(lines))?;
    for (column, text) in texts.iter().enumerate() {
        let place = GridPlace { row: row as u32 + 1, column: column as u16 };
        write_text(sheet, place, text, &wrapped(), wording::cut_here)?;
    }
    Ok(())
}

fn summary(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    sheet.set_name(wording::SUMMARY_SHEET)?.set_column_width(0, 100.0)?;
    let bold = Format::new().set_bold().set_font_size(14.0);
    sheet.write_string_with_format(0, 0, wording::heading(&readiness.district_name), &bold)?;
    for (row, text) in summary_texts(readiness).iter().enumerate() {
        sheet.set_row_height(row as u32 + 2, height(lines(text, 100.0)))?;
        write_text(sheet, GridPlace { row: row as u32 + 2, column: 0 }, text, &wrapped(), wording::cut_here)?;
    }
    Ok(())
}

fn summary_texts(readiness: &Readiness) -> [String; 5] {
    [
        readiness.summary.clone(),
        wording::problems_in_sheet(readiness.problems.len()),
        wording::requests_in_sheet(readiness.requests.len()),
        wording::COVERAGE_IN_SHEET.to_owned(),
        wording::retreat_and_district(&readiness.title, &readiness.district_id),
    ]
}

fn problems(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let columns = [
        (wording::SEVERITY, 10.0),
        (wording::FILE, 28.0),
        (wording::SHEET, 18.0),
        (wording::CELL, 9.0),
        (wording::FOUND, 60.0),
        (wording::HOW_MANY, 10.0),
        (wording::DONE, 32.0),
        (wording::HINT, 50.0),
        (wording::KIND, 20.0),
    ];
    table(sheet, wording::PROBLEMS_SHEET, &columns, readiness.problems.len())?;
    for (row, problem) in readiness.problems.iter().enumerate() {
        let place = &problem.place;
        let cells = [
            wording::severity(problem.severity),
            &place.file,
            place.sheet.as_deref().unwrap_or_default(),
            place.cell.as_deref().unwrap_or_default(),
            &problem.found,
            &problem.count.to_string(),
            &problem.done,
            &problem.hint,
            &problem.id,
        ];
        texts(sheet, row, &cells, &columns)?;
        sheet.write_number(row as u32 + 1, 5, problem.count as f64)?;
    }
    Ok(())
}

fn requests(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let columns = [
        (wording::DOMAIN, 14.0),
        (wording::MEASURE, 30.0),
        (wording::MISSING, 40.0),
        (wording::DEFINITION, 50.0),
        (wording::CHARTS, 50.0),
        (wording::ASKED_WHOM, 18.0),
        (wording::ANSWERED, 8.0),
    ];
    table(sheet, wording::REQUESTS_SHEET, &columns, readiness.requests.len())?;
    for (row, request) in readiness.requests.iter().enumerate() {
        let charts = request.charts.join("; ");
        texts(
            sheet,
            row,
            &[&request.domain_label, &request.measure, &request.missing, &request.definition, &charts],
            &columns,
        )?;
    }
    Ok(())
}

fn published(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let columns = [
        (wording::DOMAIN, 30.0),
        (wording::PUBLICATION, 50.0),
        (wording::PUBLISHER, 36.0),
        (wording::ADDRESS, 60.0),
        (wording::LAYOUT, 24.0),
    ];
    table(sheet, wording::PUBLISHED_SHEET, &columns, readiness.published.len())?;
    for (row, file) in readiness.published.iter().enumerate() {
        let address = wording::address(&file.address, file.confirmed);
        let cells =
            [&file.areas.join(", "), &file.title, &file.publisher, &address, &file.layouts.join(", ")];
        texts(sheet, row, &cells.map(String::as_str), &columns)?;
    }
    Ok(())
}

fn coverage(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let years = covered_years(readiness);
    let titles: Vec<String> = years.iter().map(|year| wording::school_year(*year)).collect();
    let mut columns = vec![(wording::DOMAIN, 14.0), (wording::MEASURE, 36.0)];
    columns.extend(titles.iter().map(|title| (title.as_str(), 9.5)));
    columns.extend([(wording::GROUPS, 9.0), (wording::OTHER_DISTRICTS, 10.0)]);
    let n_measures = readiness.coverage.iter().map(|domain| domain.measures.len()).sum();
    table(sheet, wording::COVERAGE_SHEET, &columns, n_measures)?;
    sheet.set_freeze_panes(1, 2)?;
    let mut row = 0;
    for domain in &readiness.coverage {
        for measure in &domain.measures {
            texts(sheet, row, &[&domain.label, &measure.label], &columns)?;
            write_states(sheet, row, &years, domain, measure)?;
            let after_years = years.len() as u16 + 2;
            sheet.write_number(row as u32 + 1, after_years, measure.groups as f64)?;
            sheet.write_number(row as u32 + 1, after_years + 1, measure.other_districts as f64)?;
            row += 1;
        }
    }
    Ok(())
}

/// The years of all domains, ascending.
fn covered_years(readiness: &Readiness) -> Vec<i32> {
    let mut years: Vec<i32> = readiness.coverage.iter().flat_map(|domain| domain.years.clone()).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Writes what is available for a measure, one cell per year.
fn write_states(
    sheet: &mut Worksheet,
    row: usize,
    years: &[i32],
    domain: &DomainCoverage,
    measure: &MeasureCoverage,
) -> Result<(), XlsxError> {
    for (year, state) in domain.years.iter().zip(&measure.states) {
        let Some(color) = state_color(*state) else { continue };
        let column = years.iter().position(|shown| shown == year).unwrap_or_default() + 2;
        let format = Format::new().set_background_color(color).set_align(FormatAlign::Center);
        sheet.write_string_with_format(row as u32 + 1, column as u16, sign(*state).1, &format)?;
    }
    Ok(())
}

/// The background of a state; `None` if its cell is empty.
const fn state_color(state: CoverageState) -> Option<Color> {
    match state {
        CoverageState::Reported => Some(Color::RGB(0xE8_F0_F5)),
        CoverageState::Masked | CoverageState::Withheld => Some(Color::RGB(0xF6_EC_D9)),
        CoverageState::Missing | CoverageState::NotThere => None,
    }
}

fn sources(sheet: &mut Worksheet, readiness: &Readiness) -> Result<(), XlsxError> {
    let columns = [
        (wording::FILE, 30.0),
        (wording::SHEET, 20.0),
        (wording::LAYOUT, 24.0),
        (wording::VALUES, 10.0),
        (wording::MASKED_CELLS, 10.0),
        (wording::BLANK_CELLS, 10.0),
        (wording::NOT_NUMBERS, 10.0),
        (wording::LEFT_OUT, 60.0),
    ];
    let n_sheets = readiness.sources.iter().map(|source| source.sheets.len()).sum();
    table(sheet, wording::SOURCES_SHEET, &columns, n_sheets)?;
    let mut row = 0;
    for source in &readiness.sources {
        for read in &source.sheets {
            let name = read.sheet.as_deref().unwrap_or_default();
            let cells = [&source.path, name, &source.layout, "", "", "", "", &left_out_text(read)];
            texts(sheet, row, &cells, &columns)?;
            write_counts(sheet, row, read)?;
            row += 1;
        }
    }
    Ok(())
}

/// What was left out of a sheet.
fn left_out_text(read: &SheetRead) -> String {
    let mut left_out: Vec<String> = read.unread.iter().map(|why| wording::sheet_not_read(why)).collect();
    left_out.extend(left_out_texts(read));
    wording::left_out(&left_out)
}

/// Writes how many cells of a sheet are reported, masked, missing and not numbers.
fn write_counts(sheet: &mut Worksheet, row: usize, read: &SheetRead) -> Result<(), XlsxError> {
    let counts = [read.cells_reported, read.cells_masked, read.cells_missing, read.cells_not_numbers];
    for (column, count) in counts.iter().enumerate() {
        sheet.write_number(row as u32 + 1, column as u16 + 3, *count as f64)?;
    }
    Ok(())
}
