//! The block of an exhibit: code and topic, finding, table, native chart beside or below it, definition, note and source.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::cell::BookCell;
use super::chart::{ChartWords, TableGround, chart};
use super::plot::{Plot, PlotKind, plots};
use super::sheet::{write_cells, write_headings, write_line};
use super::style::{NumberLook, Styles, number};
use crate::exhibit::{Exhibit, ExhibitCell, Figure, Heat, HeatRow, Section};
use crate::pack::spreadsheet::{GridPlace, broken_lines, height, write_text};
use crate::wording::exhibit::{MASKED, WITHHELD};
use crate::wording::workbook as words;

/// How many columns a printed page has, if no table is wider.
const PAGE_COLUMNS: u16 = 12;
/// The widths of the first and of all other columns, in characters.
const LABEL_WIDTH: f64 = 28.0;
const WIDTH: f64 = 12.5;
/// How long lines of text are, in characters.
const TEXT_WIDTH: f64 = 158.0;
/// Tables with more columns have their charts below.
const MOST_BESIDE: usize = 6;
/// The sizes of charts, in pixels.
const BESIDE: [u32; 2] = [525, 240];
const BELOW: [u32; 2] = [580, 240];
/// The height of a row of one line, in pixels.
const ROW: f64 = 20.0;
/// The height of a printed page below the repeated rows, in pixels of the sheet.
const PAGE: f64 = 815.0;

/// How many columns an exhibit's table takes.
fn columns(exhibit: &Exhibit) -> u16 {
    exhibit.table.columns.len() as u16 + u16::from(heat_in_words(exhibit).is_some())
}

/// How wide the columns of an exhibit's table must be for its numbers to be seen, in characters.
fn number_width(exhibit: &Exhibit) -> f64 {
    let mut width: f64 = 0.0;
    for cell in exhibit.table.rows.iter().flatten() {
        if let ExhibitCell::Number(value, unit) = cell {
            width = width.max(NumberLook::Value(*unit, *value).letters(*value) as f64 + 1.0);
        }
    }
    width
}

/// The shaded cells of a table whose columns are those of its figure, which get a column of words.
fn heat_in_words(exhibit: &Exhibit) -> Option<&Heat> {
    match &exhibit.figure {
        Figure::Heat(heat)
            if heat.columns.len() + 1 == exhibit.table.columns.len() && !heat.ends.0.is_empty() =>
        {
            Some(heat)
        }
        _ => None,
    }
}

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

impl<'s> BlockPage<'s> {
    pub(super) fn new(
        sheet: &'s mut Worksheet,
        styles: &'s Styles,
        name: &'s str,
        section: &Section,
    ) -> Self {
        let widest = section.exhibits.iter().map(columns).max().unwrap_or(0).max(PAGE_COLUMNS);
        let width = section.exhibits.iter().map(number_width).fold(WIDTH, f64::max);
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
        let (first, before) = (self.row, self.height);
        self.heading(exhibit)?;
        self.body(exhibit)?;
        self.foot(exhibit)?;
        self.row += 1;
        self.height += ROW;
        let own = self.height - before;
        if before > ROW && self.height > PAGE {
            self.breaks.push(first);
            self.height = own;
        }
        // A block longer than a page goes on over the next ones.
        self.height %= PAGE;
        Ok(first)
    }

    /// Code and topic, what the chart says, and what changes its meaning.
    fn heading(&mut self, exhibit: &Exhibit) -> Result<(), XlsxError> {
        let styles = self.styles;
        self.sheet.set_row_height(self.row, 20.0)?;
        self.height += 7.0;
        self.line(&words::code_and_topic(&exhibit.code, &exhibit.topic), &styles.subtitle)?;
        self.text(exhibit.heading(), &styles.strong)?;
        self.text(&exhibit.sub_line, &styles.quiet)?;
        let badges = [exhibit.age.as_str(), &exhibit.caveat]
            .map(str::trim)
            .into_iter()
            .filter(|text| !text.is_empty());
        self.text(&badges.collect::<Vec<_>>().join(" · "), &styles.strong)
    }

    /// The table with its charts.
    fn body(&mut self, exhibit: &Exhibit) -> Result<(), XlsxError> {
        let (header, before) = (self.row, self.height);
        self.table(exhibit)?;
        let plots = plots(exhibit);
        let offset = self.chart_numbers(exhibit, &plots, header)?;
        let ground = TableGround { sheet: self.name, header, offset };
        if exhibit.table.columns.len() <= MOST_BESIDE {
            let end = self.charts_beside(exhibit, &plots, ground)?;
            if end > self.row {
                self.row = end;
                self.height = before + f64::from(end - header) * ROW;
            }
            Ok(())
        } else {
            self.charts_below(exhibit, &plots, ground)
        }
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
        self.text(&words::source(&exhibit.source), &styles.quiet)?;
        self.text(&exhibit.files, &styles.quiet)
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
        self.row += 1;
        self.height += ROW;
        Ok(())
    }

    /// Writes the table.
    fn table(&mut self, exhibit: &Exhibit) -> Result<(), XlsxError> {
        let in_words = heat_in_words(exhibit);
        let mut headings: Vec<&str> = exhibit.table.columns.iter().map(String::as_str).collect();
        headings.extend(in_words.map(|_| words::H_IN_WORDS));
        let widths: Vec<f64> =
            std::iter::once(LABEL_WIDTH).chain(std::iter::repeat(self.width)).take(headings.len()).collect();
        let most = write_headings(self.sheet, self.row, &headings, &widths, self.styles)?;
        self.end_row(most);
        for cells in &exhibit.table.rows {
            let row = table_row(exhibit, cells, in_words);
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
    fn chart_numbers(&mut self, exhibit: &Exhibit, plots: &[Plot], header: u32) -> Result<u16, XlsxError> {
        let table = &exhibit.table;
        let cell = |row: usize, column: usize| table.rows.get(row).and_then(|cells| cells.get(column));
        let mut drawn = Vec::new();
        for plot in plots.iter().filter(|plot| plot.kind != PlotKind::Slopes) {
            for series in &plot.series {
                drawn.extend(plot.rows.clone().map(|row| (row, series.place)));
            }
        }
        let is_number =
            |(row, column): &(usize, usize)| matches!(cell(*row, *column), Some(ExhibitCell::Number(..)));
        if drawn.iter().all(is_number) {
            return Ok(0);
        }
        let offset = self.widest + 1;
        let place = GridPlace { row: header.saturating_sub(1), column: offset + 1 };
        write_text(self.sheet, place, words::CHART_DATA, &self.styles.quiet, words::cut_here)?;
        for (row, column) in drawn {
            if let Some(ExhibitCell::Number(value, unit)) = cell(row, column) {
                let format = number(NumberLook::Value(*unit, *value));
                let place = GridPlace { row: header + 1 + row as u32, column: offset + column as u16 };
                self.sheet.write_number_with_format(place.row, place.column, *value, &format)?;
            }
        }
        Ok(offset)
    }

    /// Puts the charts beside the table, below each other, and returns the row after them.
    fn charts_beside(
        &mut self,
        exhibit: &Exhibit,
        plots: &[Plot],
        ground: TableGround<'_>,
    ) -> Result<u32, XlsxError> {
        let mut row = ground.header;
        for plot in plots {
            let mut chart = chart(plot, ground, &chart_words(exhibit, plot));
            let [width, least] = BESIDE;
            let high = least.max(bars_height(plot));
            chart.set_width(width).set_height(high);
            self.sheet.insert_chart_with_offset(row, MOST_BESIDE as u16, &chart, 14, 0)?;
            row += high.div_ceil(ROW as u32) + 1;
        }
        Ok(row)
    }

    /// Puts the charts below the table, two beside each other.
    fn charts_below(
        &mut self,
        exhibit: &Exhibit,
        plots: &[Plot],
        ground: TableGround<'_>,
    ) -> Result<(), XlsxError> {
        for pair in plots.chunks(2) {
            let [width, least] = BELOW;
            let high = pair.iter().map(bars_height).max().unwrap_or(0).max(least);
            for (plot, column) in pair.iter().zip([0, MOST_BESIDE as u16]) {
                let mut chart = chart(plot, ground, &chart_words(exhibit, plot));
                chart.set_width(width).set_height(high);
                self.sheet.insert_chart_with_offset(self.row, column, &chart, 4, 6)?;
            }
            let rows = high.div_ceil(ROW as u32) + 1;
            self.row += rows;
            self.height += f64::from(rows) * ROW;
        }
        Ok(())
    }
}

/// How high a chart of horizontal bars must be for its labels, in pixels.
fn bars_height(plot: &Plot) -> u32 {
    if plot.kind == PlotKind::Bars {
        90 + plot.rows.len() as u32 * if plot.series.len() > 1 { 30 } else { 20 }
    } else {
        0
    }
}

fn chart_words<'a>(exhibit: &'a Exhibit, plot: &Plot) -> ChartWords<'a> {
    let title = plot.title.as_deref().unwrap_or(&exhibit.title);
    ChartWords { title: words::chart_title(title, exhibit.direction), alt: &exhibit.alt }
}

/// A row of a table, with the latest of its shades in words.
fn table_row(exhibit: &Exhibit, cells: &[ExhibitCell], in_words: Option<&Heat>) -> Vec<BookCell> {
    let mut row: Vec<BookCell> =
        cells.iter().enumerate().map(|(column, cell)| table_cell(exhibit, cells, column, cell)).collect();
    row.extend(in_words.map(|heat| BookCell::text(latest_in_words(heat, cells))));
    row
}

fn table_cell(exhibit: &Exhibit, cells: &[ExhibitCell], column: usize, cell: &ExhibitCell) -> BookCell {
    if let Some(change) = change(exhibit, cells, column) {
        return change;
    }
    match cell {
        ExhibitCell::Number(value, unit) => match shade(exhibit, cells, column) {
            Some(shade) => BookCell::Shaded { value: *value, look: NumberLook::Value(*unit, *value), shade },
            None => BookCell::value(Some(*value), *unit),
        },
        ExhibitCell::Text(text) => BookCell::text(text),
        ExhibitCell::Absent(why) => BookCell::Absent(absent(why).to_owned()),
    }
}

/// The word for a value that is not there.
fn absent(why: &str) -> &str {
    if [MASKED, WITHHELD].contains(&why) { words::HIDDEN } else { why }
}

/// The shade of a cell of a table: that of the figure's cell with the same label and the same heading.
fn shade(exhibit: &Exhibit, cells: &[ExhibitCell], column: usize) -> Option<f64> {
    let Figure::Heat(heat) = &exhibit.figure else { return None };
    let heading = exhibit.table.columns.get(column)?;
    let place = heat.columns.iter().position(|name| name == heading)?;
    heat_row(heat, cells)?.cells.get(place)?.as_ref()?.shade
}

/// The row of a figure whose label a row of its table begins with.
fn heat_row<'h>(heat: &'h Heat, cells: &[ExhibitCell]) -> Option<&'h HeatRow> {
    let label = cells.first()?.text();
    heat.rows.iter().find(|row| row.label == label)
}

/// The shade of a row's latest cell in words.
fn latest_in_words(heat: &Heat, cells: &[ExhibitCell]) -> &'static str {
    let latest = heat_row(heat, cells).and_then(|row| row.cells.iter().rev().flatten().next());
    latest.and_then(|cell| cell.shade).map_or("", words::shade_in_words)
}

/// The change between two years, which the table of a slope chart has as a text.
fn change(exhibit: &Exhibit, cells: &[ExhibitCell], column: usize) -> Option<BookCell> {
    match (&exhibit.figure, cells) {
        (Figure::Slope(_), [_, ExhibitCell::Number(from, unit), ExhibitCell::Number(to, _), _])
            if column == 3 =>
        {
            Some(BookCell::change(Some(to - from), *unit))
        }
        _ => None,
    }
}
