//! A sheet with one table: a title, lines of text, and rows below a header that stays in view and is repeated on every page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cell::{BookCell, EDGES};
use super::style::Styles;
use crate::pack::spreadsheet::{GridPlace, broken_lines, height, lines, readable_pages, write_text};
use crate::wording::workbook as words;

/// A column of a table.
#[derive(Debug, Clone)]
pub(in crate::pack) struct TableColumn {
    pub(in crate::pack) heading: String,
    /// In characters.
    pub(in crate::pack) width: f64,
}

impl TableColumn {
    pub(in crate::pack) fn new(heading: impl Into<String>, width: f64) -> Self {
        Self { heading: heading.into(), width }
    }
}

/// Columns with these headings and widths.
pub(in crate::pack) fn columns(columns: &[(&str, f64)]) -> Vec<TableColumn> {
    columns.iter().map(|(heading, width)| TableColumn::new(*heading, *width)).collect()
}

/// A sheet with one table.
pub(in crate::pack) struct TableSheet<'a> {
    pub(in crate::pack) name: &'a str,
    /// Lines below the title.
    pub(in crate::pack) intro: Vec<String>,
    pub(in crate::pack) columns: Vec<TableColumn>,
    pub(in crate::pack) rows: Vec<Vec<BookCell>>,
    /// How many columns stay in view.
    pub(in crate::pack) frozen: u16,
    /// Whether its rows can be filtered.
    pub(in crate::pack) is_filtered: bool,
}

/// The first line of a sheet below its title.
const INTRO: u32 = 1;

impl TableSheet<'_> {
    /// The row of the header, counted from 0.
    pub(in crate::pack) fn header(&self) -> u32 {
        INTRO + self.intro_lines().len() as u32 + 1
    }

    /// The row of the first row of the table.
    pub(in crate::pack) fn first(&self) -> u32 {
        self.header() + 1
    }

    /// The row of the last row of the table.
    pub(in crate::pack) fn last(&self) -> u32 {
        self.header() + self.rows.len().max(1) as u32
    }

    /// The lines of text, none wider than the table.
    fn intro_lines(&self) -> Vec<String> {
        let width: f64 = self.columns.iter().map(|column| column.width).sum();
        self.intro.iter().flat_map(|text| broken_lines(text, width.max(60.0))).collect()
    }

    /// Writes the sheet.
    pub(in crate::pack) fn write(&self, styles: &Styles, footer: &str) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(self.name)?.set_footer(footer).set_margins(0.4, 0.4, 0.4, 0.5, 0.2, 0.2);
        sheet.set_formula_result_default("");
        write_line(&mut sheet, 0, self.name, &styles.title)?;
        sheet.set_row_height(0, 24.0)?;
        for (row, line) in (INTRO..).zip(self.intro_lines()) {
            write_line(&mut sheet, row, &line, &styles.line)?;
        }
        let widths = self.widths();
        readable_pages(&mut sheet, &widths, self.frozen)?;
        self.write_header(&mut sheet, &widths, styles)?;
        for (row, cells) in (self.first()..).zip(&self.rows) {
            write_cells(&mut sheet, row, cells, &widths, styles)?;
        }
        if self.rows.is_empty() {
            write_line(&mut sheet, self.first(), words::NOTHING_HERE, &styles.quiet)?;
        }
        Ok(sheet)
    }

    fn write_header(&self, sheet: &mut Worksheet, widths: &[f64], styles: &Styles) -> Result<(), XlsxError> {
        let row = self.header();
        for (column, width) in (0..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        // The arrow of a filter takes room.
        let arrow = if self.is_filtered { 2.0 } else { 0.0 };
        let widths: Vec<f64> = widths.iter().map(|width| width - arrow).collect();
        let headings: Vec<&str> = self.columns.iter().map(|column| column.heading.as_str()).collect();
        write_headings(sheet, row, &headings, &widths, styles)?;
        sheet.set_freeze_panes(row + 1, self.frozen)?.set_repeat_rows(row, row)?;
        if self.is_filtered && !self.rows.is_empty() {
            sheet.autofilter(row, 0, self.last(), self.columns.len() as u16 - 1)?;
        }
        Ok(())
    }

    /// The widths of the columns: as wanted, or wider if a number would not be seen.
    fn widths(&self) -> Vec<f64> {
        let mut widths: Vec<f64> = self.columns.iter().map(|column| column.width).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = width.max(cell.number_width());
            }
        }
        widths
    }
}

/// Writes the headings of columns of these widths, and returns how many lines they take.
pub(in crate::pack) fn write_headings(
    sheet: &mut Worksheet,
    row: u32,
    headings: &[&str],
    widths: &[f64],
    styles: &Styles,
) -> Result<usize, XlsxError> {
    let mut most = 1;
    for ((column, heading), width) in (0..).zip(headings).zip(widths) {
        write_text(sheet, GridPlace { row, column }, heading, &styles.heading, words::cut_here)?;
        most = most.max(lines(heading, width - EDGES));
    }
    sheet.set_row_height(row, height(most))?;
    Ok(most)
}

/// Writes a row that is as high as its cells need in columns of these widths, and returns how many lines that is.
pub(in crate::pack) fn write_cells(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[BookCell],
    widths: &[f64],
    styles: &Styles,
) -> Result<usize, XlsxError> {
    let mut most = 1;
    for ((column, cell), width) in (0..).zip(cells).zip(widths) {
        cell.write(sheet, GridPlace { row, column }, styles)?;
        most = most.max(cell.lines(*width));
    }
    if most > 1 {
        sheet.set_row_height(row, height(most))?;
    }
    Ok(most)
}

/// Writes a text into the first column, from where it runs over the empty cells beside it.
pub(in crate::pack) fn write_line(
    sheet: &mut Worksheet,
    row: u32,
    text: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    write_text(sheet, GridPlace { row, column: 0 }, text, format, words::cut_here)
}
