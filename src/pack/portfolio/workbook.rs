//! `portfolio.xlsx`: a row for each district, to sort and filter, with a link to its pack.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::manifest::Portfolio;
use super::page::{has_problems, latest_year, problem_texts, summary};
use super::row::PortfolioRow;
use crate::domain::{Quadrant, SchoolYear};
use crate::pack::spreadsheet::{
    GridPlace, heading, height, lines, new_book, one_page_wide, readable_pages, wrapped, write_text,
};
use crate::wording::portfolio as wording;

/// The width of the first sheet's column.
const START_WIDTH: f64 = 100.0;
/// The number of columns that stay in view.
const FROZEN: u16 = 2;

pub(super) fn workbook(portfolio: &Portfolio) -> Result<Vec<u8>, XlsxError> {
    let mut book = new_book(wording::TITLE)?;
    start(book.add_worksheet(), portfolio)?;
    districts(book.add_worksheet(), &portfolio.districts)?;
    breaks(book.add_worksheet(), &portfolio.districts)?;
    problems(book.add_worksheet(), &portfolio.districts)?;
    book.save_to_buffer()
}

/// A column of a sheet: its heading and its width.
type SheetColumn = (&'static str, f64);

/// A cell of a sheet.
enum SheetCell {
    Text(String),
    Number(u64),
    /// A text that opens a file, by its path from the folder of the portfolio.
    Link(String, String),
    Nothing,
}

/// A sheet with a frozen header, a filter, and these columns and rows.
fn table(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[SheetColumn],
    rows: &[Vec<SheetCell>],
) -> Result<(), XlsxError> {
    let widths: Vec<f64> = columns.iter().map(|(_, width)| *width).collect();
    readable_pages(sheet, &widths, FROZEN)?;
    sheet.set_name(name)?.set_freeze_panes(1, FROZEN)?.set_repeat_rows(0, 0)?;
    for (column, (title, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, *title, &heading())?;
        sheet.set_column_width(column, *width)?;
    }
    let heading_lines = columns.iter().map(|(title, width)| lines(title, *width - 3.0)).max();
    sheet.set_row_height(0, height(heading_lines.unwrap_or(1)))?;
    sheet.autofilter(0, 0, rows.len() as u32, columns.len() as u16 - 1)?;
    for (row, cells) in (1..).zip(rows) {
        let tallest = cells.iter().zip(columns).map(|(cell, (_, width))| cell.lines(*width)).max();
        sheet.set_row_height(row, height(tallest.unwrap_or(1)))?;
        for (column, cell) in (0..).zip(cells) {
            cell.write(sheet, GridPlace { row, column })?;
        }
    }
    Ok(())
}

impl SheetCell {
    fn text(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.to_owned()) }
    }

    /// How many lines it takes in a column of this width.
    fn lines(&self, width: f64) -> usize {
        match self {
            Self::Text(text) | Self::Link(text, _) => lines(text, width),
            Self::Number(_) | Self::Nothing => 1,
        }
    }

    fn write(&self, sheet: &mut Worksheet, place: GridPlace) -> Result<(), XlsxError> {
        let GridPlace { row, column } = place;
        match self {
            Self::Text(text) => write_text(sheet, place, text, &wrapped(), wording::cut_here),
            Self::Number(number) => {
                let format = wrapped().set_num_format("#,##0");
                sheet.write_number_with_format(row, column, *number as f64, &format).map(drop)
            }
            Self::Link(text, file) => {
                let url = Url::new(format!("file:///{file}")).set_text(text).set_tip(wording::OPEN);
                let format = wrapped().set_font_color("#0B5A8A").set_underline(UNDERLINE);
                sheet.write_url_with_format(row, column, url, &format).map(drop)
            }
            Self::Nothing => Ok(()),
        }
    }
}

const UNDERLINE: rust_xlsxwriter::FormatUnderline = rust_xlsxwriter::FormatUnderline::Single;

fn start(sheet: &mut Worksheet, portfolio: &Portfolio) -> Result<(), XlsxError> {
    one_page_wide(sheet);
    sheet.set_name(wording::START_SHEET)?.set_column_width(0, START_WIDTH)?;
    let bold = Format::new().set_bold().set_font_size(14.0);
    let title = format!("{}: {}", wording::TITLE, portfolio.title);
    write_text(sheet, GridPlace { row: 0, column: 0 }, &title, &bold, wording::cut_here)?;
    let texts = wording::START.map(str::to_owned);
    for (row, text) in (2..).zip(std::iter::once(summary(portfolio)).chain(texts)) {
        sheet.set_row_height(row, height(lines(&text, START_WIDTH)))?;
        write_text(sheet, GridPlace { row, column: 0 }, &text, &wrapped(), wording::cut_here)?;
    }
    Ok(())
}

fn districts(sheet: &mut Worksheet, rows: &[PortfolioRow]) -> Result<(), XlsxError> {
    let mut columns = vec![
        (wording::DISTRICT, 44.0),
        (wording::ID, 12.0),
        (wording::STATE, 9.0),
        (wording::PACK, 18.0),
        (wording::YEAR, 11.0),
        (wording::CHARTS, 10.0),
        (wording::CHARTS_WANTED, 12.0),
        (wording::WITHOUT, 28.0),
    ];
    columns.extend(Quadrant::ALL.map(|quadrant| (quadrant.heading(), 15.0)));
    columns.extend([
        (wording::BREAKS, 10.0),
        (wording::PUBLISHED, 12.0),
        (wording::MASKED, 14.0),
        (wording::WITHHELD, 12.0),
        (wording::ERRORS, 12.0),
        (wording::WARNINGS, 12.0),
    ]);
    let cells: Vec<Vec<SheetCell>> = rows.iter().map(district_cells).collect();
    table(sheet, wording::DISTRICTS_SHEET, &columns, &cells)
}

fn district_cells(row: &PortfolioRow) -> Vec<SheetCell> {
    let summary = &row.summary;
    let name = match row.link() {
        Some(file) => SheetCell::Link(row.name.clone(), file),
        None => SheetCell::text(&row.name),
    };
    let mut cells = vec![
        name,
        SheetCell::text(&row.id),
        SheetCell::text(summary.state.as_deref().unwrap_or_default()),
        SheetCell::text(wording::outcome(row.outcome.exit_code())),
    ];
    if row.not_built.is_some() {
        return cells;
    }
    cells.extend([
        SheetCell::text(&latest_year(row)),
        SheetCell::Number(summary.charts as u64),
        SheetCell::Number(summary.charts_wanted as u64),
        SheetCell::text(&summary.without.join(", ")),
    ]);
    cells.extend(Quadrant::ALL.map(|quadrant| SheetCell::Number(row.in_quadrant(quadrant))));
    let counts = [
        summary.breaks.len() as u64,
        summary.published,
        summary.masked,
        summary.withheld,
        row.errors,
        row.warnings,
    ];
    cells.extend(counts.map(SheetCell::Number));
    cells
}

fn breaks(sheet: &mut Worksheet, rows: &[PortfolioRow]) -> Result<(), XlsxError> {
    let columns = [
        (wording::DISTRICT, 30.0),
        (wording::ID, 12.0),
        (wording::MEASURE, 44.0),
        (wording::FROM, 16.0),
        (wording::WHY, 60.0),
    ];
    let mut cells = Vec::new();
    for row in rows {
        for found in &row.summary.breaks {
            let texts =
                [&row.name, &row.id, &found.measure, &SchoolYear::text_of(found.school_year), &found.why];
            cells.push(texts.map(|text| SheetCell::text(text)).into());
        }
    }
    table(sheet, wording::BREAKS_SHEET, &columns, &cells)
}

fn problems(sheet: &mut Worksheet, rows: &[PortfolioRow]) -> Result<(), XlsxError> {
    let columns = [(wording::DISTRICT, 30.0), (wording::ID, 12.0), (wording::PROBLEM, 100.0)];
    let mut cells = Vec::new();
    for row in rows.iter().filter(|row| has_problems(row)) {
        for text in problem_texts(row) {
            cells.push([&row.name, &row.id, &text].map(|text| SheetCell::text(text)).into());
        }
    }
    table(sheet, wording::PROBLEMS_SHEET, &columns, &cells)
}
