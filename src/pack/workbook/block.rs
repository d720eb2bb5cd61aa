//! The block of an exhibit: code and topic, finding, table, native chart beside or below it, definition, note and source.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::chart::{ChartWords, TableGround, chart};
use super::part::{ExhibitPart, parts};
use super::plot::{Plot, PlotKind, plot};
use super::sheet::{write_cells, write_headings, write_line};
use super::style::{NumberLook, Styles, number};
use crate::exhibit::{Exhibit, ExhibitCell, Figure, Section};
use crate::pack::spreadsheet::{GridPlace, broken_lines, height, write_text};
use crate::wording::alt::as_bars;
use crate::wording::workbook as words;

/// How many columns a printed page has, if no table is wider.
const PAGE_COLUMNS: u16 = 12;
/// The widths of the first and of all other columns, in characters.
const LABEL_WIDTH: f64 = 32.0;
const WIDTH: f64 = 12.5;
/// How long lines of text are, in characters.
const TEXT_WIDTH: f64 = 168.0;
/// Tables with more columns have their chart below.
const MOST_BESIDE: u16 = 7;
/// The first column of a chart beside a narrow table.
const CHART_COLUMN: u16 = 6;
/// The width of a chart below a table, and the height of all charts but those of many bars, in pixels.
const BELOW: u32 = 700;
const HIGH: u32 = 220;
/// The height of a row of one line, in pixels.
const ROW: f64 = 20.0;
/// The height of a printed page below the repeated rows, in pixels of the sheet.
const PAGE: f64 = 840.0;

/// A sheet of blocks while it is written.
pub(super) struct BlockPage<'s> {
    sheet: &'s mut Worksheet,
    styles: &'s Styles,
    name: &'s str,
    /// The width of all columns but the first, in characters.
    width: f64,
    /// The columns that all tables together take; those of the charts' own numbers follow.
    widest: u16,
    /// The next row.
    row: u32,
    /// The height of the rows written since the last page break, in pixels.
    height: f64,
    /// The rows before which a page begins.
    breaks: Vec<u32>,
}

/// Where rows that stay on one page begin.
struct Together {
    row: u32,
    height: f64,
}

impl<'s> BlockPage<'s> {
    pub(super) fn new(
        sheet: &'s mut Worksheet,
        styles: &'s Styles,
        name: &'s str,
        section: &Section,
    ) -> Self {
        let tables = section.exhibits.iter().flat_map(parts);
        let widest = tables.map(|part| part.width()).max().unwrap_or(0).max(PAGE_COLUMNS);
        let cells = section.exhibits.iter().flat_map(|exhibit| &exhibit.table.rows).flatten();
        let width = cells.map(number_width).fold(WIDTH, f64::max);
        Self { sheet, styles, name, width, widest, row: 3, height: ROW, breaks: Vec::new() }
    }

    /// Sets the widths of the columns, the rows before which a page begins, and what is printed.
    pub(super) fn end(self) -> Result<(), XlsxError> {
        self.sheet.set_column_width(0, LABEL_WIDTH)?;
        self.sheet.set_column_range_width(1, 2 * self.widest + 2, self.width)?;
        self.sheet.set_page_breaks(&self.breaks)?;
        self.sheet.set_print_area(0, 0, self.row, self.widest - 1)?;
        Ok(())
    }

    /// Writes a block, and returns its first row.
    pub(super) fn write(&mut self, exhibit: &Exhibit) -> Result<u32, XlsxError> {
        let first = self.row;
        let mut together = self.begin();
        self.heading(exhibit)?;
        for (place, part) in parts(exhibit).iter().enumerate() {
            if place > 0 {
                self.keep(&together);
                together = self.begin();
            }
            self.part(exhibit, part)?;
        }
        self.foot(exhibit)?;
        self.row += 1;
        self.height += ROW;
        self.keep(&together);
        Ok(first)
    }

    const fn begin(&self) -> Together {
        Together { row: self.row, height: self.height }
    }

    /// Puts what was written since then on a new page if it does not fit on this one. After more than a page, another one begins.
    fn keep(&mut self, since: &Together) {
        if since.height > ROW && self.height > PAGE {
            self.breaks.push(since.row);
            self.height -= since.height;
        }
        self.height = self.height.min(PAGE);
    }

    /// Code and topic, what the chart says, and what changes its meaning.
    fn heading(&mut self, exhibit: &Exhibit) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.sheet.set_row_height(self.row, 20.0)?;
        self.height += 7.0;
        self.line(&words::code_and_topic(&exhibit.code, &exhibit.topic), &styles.subtitle)?;
        self.text(exhibit.heading(), &styles.strong)?;
        self.text(&exhibit.sub_line, &styles.quiet)?;
        let badges = [exhibit.age.as_str(), &exhibit.caveat];
        self.text(&words::beside(&badges), &styles.strong)
    }

    /// A table with its chart.
    fn part(&mut self, exhibit: &Exhibit, part: &ExhibitPart<'_>) -> Result<(), XlsxError> {
        if let Some(title) = part.title {
            self.line(title, &self.styles.strong)?;
        }
        let (header, before) = (self.row, self.height);
        self.table(part)?;
        let Some(plot) = plot(part) else { return Ok(()) };
        let offset = self.chart_numbers(part, &plot, header)?;
        let title = words::chart_title(part.title.unwrap_or(&exhibit.title), exhibit.direction);
        let is_dots = matches!(part.figure, Figure::Dots(_));
        let alt = if is_dots { as_bars(part.alt) } else { part.alt.to_owned() };
        let words = ChartWords { title, alt };
        let mut chart = chart(&plot, TableGround { sheet: self.name, header, offset }, &words);
        let high = HIGH.max(bars_height(&plot));
        let rows = high.div_ceil(ROW as u32) + 1;
        if part.width() > MOST_BESIDE {
            chart.set_width(BELOW).set_height(high);
            self.sheet.insert_chart_with_offset(self.row, 0, &chart, 4, 6)?;
            self.row += rows;
            self.height += f64::from(rows) * ROW;
            return Ok(());
        }
        let column = CHART_COLUMN.max(part.width());
        let wide = f64::from(PAGE_COLUMNS - column) * (self.width * 7.0 + 5.0);
        chart.set_width(wide as u32 - 20).set_height(high);
        self.sheet.insert_chart_with_offset(header, column, &chart, 14, 0)?;
        if header + rows > self.row {
            self.row = header + rows;
        }
        // Rows of several lines are higher than the chart needs.
        self.height = self.height.max(before + f64::from(self.row - header) * ROW);
        Ok(())
    }

    /// What is measured, what to know, and where the numbers come from.
    fn foot(&mut self, exhibit: &Exhibit) -> Result<(), XlsxError> {
        let styles = self.styles;
        if let Figure::Heat(heat) = &exhibit.figure
            && !heat.ends.0.is_empty()
        {
            self.text(&words::shades(&heat.ends.0, &heat.ends.1), &styles.quiet)?;
        }
        self.text(&words::definition(&exhibit.definition), &styles.quiet)?;
        if !exhibit.note.is_empty() {
            self.text(&words::note(&exhibit.note), &styles.quiet)?;
        }
        self.text(&words::beside(&[&words::source(&exhibit.source), &exhibit.files]), &styles.quiet)
    }

    /// Writes a text in lines of the page's width; nothing if it is empty.
    fn text(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        broken_lines(text, TEXT_WIDTH).iter().try_for_each(|line| self.line(line, format))
    }

    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        write_line(self.sheet, self.row, text, format)?;
        self.end_row(1);
        Ok(())
    }

    /// Writes the table.
    fn table(&mut self, part: &ExhibitPart<'_>) -> Result<(), XlsxError> {
        let headings = part.headings();
        let widths: Vec<f64> =
            std::iter::once(LABEL_WIDTH).chain(std::iter::repeat(self.width)).take(headings.len()).collect();
        let most = write_headings(self.sheet, self.row, &headings, &widths, self.styles)?;
        self.end_row(most);
        for row in part.cells() {
            let most = write_cells(self.sheet, self.row, &row, &widths, self.styles)?;
            self.end_row(most);
        }
        Ok(())
    }

    /// Goes on to the next row after one with this many lines.
    fn end_row(&mut self, lines: usize) {
        self.row += 1;
        self.height += height(lines) * ROW / height(1);
    }

    /// If a chart's cells hold words, which it would draw as zero: writes its numbers again beside the page, with gaps. Returns
    /// how many columns to the right they are.
    fn chart_numbers(&mut self, part: &ExhibitPart<'_>, plot: &Plot, header: u32) -> Result<u16, XlsxError> {
        let mut columns: Vec<usize> = plot.series.iter().map(|series| series.place).collect();
        columns.retain(|_| plot.kind != PlotKind::Slopes);
        let rows = part.rows.iter().take(plot.rows);
        if rows.clone().all(|row| columns.iter().all(|column| is_number(row.get(*column).copied()))) {
            return Ok(0);
        }
        let offset = self.widest + 1;
        let place = GridPlace { row: header.saturating_sub(1), column: offset + 1 };
        write_text(self.sheet, place, words::CHART_DATA, &self.styles.quiet, words::cut_here)?;
        for (line, row) in (header + 1..).zip(rows) {
            for column in &columns {
                if let Some(ExhibitCell::Number(value, unit)) = row.get(*column) {
                    let format = number(NumberLook::Value(*unit, *value));
                    let column = offset + *column as u16;
                    self.sheet.write_number_with_format(line, column, *value, &format)?;
                }
            }
        }
        Ok(offset)
    }
}

fn is_number(cell: Option<&ExhibitCell>) -> bool {
    matches!(cell, Some(ExhibitCell::Number(..)))
}

/// How wide a column must be for a number to be seen, in characters.
fn number_width(cell: &ExhibitCell) -> f64 {
    match cell {
        ExhibitCell::Number(value, unit) => NumberLook::Value(*unit, *value).letters(*value) as f64 + 1.0,
        ExhibitCell::Text(_) | ExhibitCell::Absent(_) => 0.0,
    }
}

/// How high a chart of horizontal bars must be for its labels, in pixels.
fn bars_height(plot: &Plot) -> u32 {
    let of_row = if plot.series.len() > 1 { 30 } else { 20 };
    if plot.kind == PlotKind::Bars { 90 + plot.rows as u32 * of_row } else { 0 }
}
