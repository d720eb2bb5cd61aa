//! The parts of an exhibit that have a table each: the exhibit as a whole, or each of its small charts.

use super::cell::BookCell;
use super::style::NumberLook;
use crate::exhibit::{Exhibit, ExhibitCell, Figure, Heat, HeatRow, Panel, Table};
use crate::wording::exhibit::{MASKED, WITHHELD};
use crate::wording::workbook as words;

/// A figure with its table.
pub(super) struct ExhibitPart<'e> {
    /// Its title, if it is one of several small charts.
    pub(super) title: Option<&'e str>,
    pub(super) figure: &'e Figure,
    /// Its chart in words.
    pub(super) alt: &'e str,
    pub(super) columns: Vec<&'e str>,
    pub(super) rows: Vec<Vec<&'e ExhibitCell>>,
}

/// The parts of an exhibit, which together hold its whole table.
pub(super) fn parts(exhibit: &Exhibit) -> Vec<ExhibitPart<'_>> {
    if let Figure::Panels(panels) = &exhibit.figure {
        let parts: Vec<ExhibitPart<'_>> =
            panels.iter().map(|panel| ExhibitPart::of_panel(&exhibit.table, panel)).collect();
        let rows: usize = parts.iter().map(|part| part.rows.len()).sum();
        if rows == exhibit.table.rows.len() {
            return parts;
        }
    }
    vec![ExhibitPart {
        title: None,
        figure: &exhibit.figure,
        alt: &exhibit.alt,
        columns: exhibit.table.columns.iter().map(String::as_str).collect(),
        rows: exhibit.table.rows.iter().map(|row| row.iter().collect()).collect(),
    }]
}

impl<'e> ExhibitPart<'e> {
    /// A small chart: the rows that begin with its title, without that title and without columns that only others fill.
    fn of_panel(table: &'e Table, panel: &'e Panel) -> Self {
        let title = panel.title.as_str();
        let rows = table.rows.iter();
        let own: Vec<&Vec<ExhibitCell>> =
            rows.filter(|row| row.first().is_some_and(|cell| cell.text() == title)).collect();
        let mut places: Vec<usize> = (1..table.columns.len())
            .filter(|place| own.iter().any(|row| row.get(*place).is_some_and(|cell| !is_blank(cell))))
            .collect();
        // What the rows are about stands first.
        let labels = places.iter().position(|place| own.iter().all(|row| is_label(row.get(*place))));
        if let Some(labels) = labels {
            places[..=labels].rotate_right(1);
        }
        Self {
            title: Some(title),
            figure: &panel.figure,
            alt: &panel.alt,
            columns: places.iter().map(|place| table.columns[*place].as_str()).collect(),
            rows: own.iter().map(|row| places.iter().filter_map(|place| row.get(*place)).collect()).collect(),
        }
    }

    /// How many columns it takes.
    pub(super) fn width(&self) -> u16 {
        self.headings().len() as u16
    }

    /// The headings of its columns, and of that with the latest of its shades in words.
    pub(super) fn headings(&self) -> Vec<&'e str> {
        let in_words = self.heat_in_words().map(|_| words::H_IN_WORDS);
        self.columns.iter().copied().chain(in_words).collect()
    }

    /// The cells of its rows.
    pub(super) fn cells(&self) -> Vec<Vec<BookCell>> {
        self.rows.iter().map(|row| self.row_cells(row)).collect()
    }

    fn row_cells(&self, row: &[&ExhibitCell]) -> Vec<BookCell> {
        let mut cells: Vec<BookCell> = (0..row.len()).map(|column| self.cell(row, column)).collect();
        cells.extend(self.heat_in_words().map(|heat| BookCell::text(latest_in_words(heat, row))));
        cells
    }

    fn cell(&self, row: &[&ExhibitCell], column: usize) -> BookCell {
        match row[column] {
            ExhibitCell::Number(value, unit) => match self.shade(row, column) {
                Some(shade) => {
                    BookCell::Shaded { value: *value, look: NumberLook::Value(*unit, *value), shade }
                }
                None => BookCell::value(Some(*value), *unit),
            },
            ExhibitCell::Text(text) => self.change(row, column).unwrap_or_else(|| BookCell::text(text)),
            ExhibitCell::Absent(why) if [MASKED, WITHHELD].contains(&why.as_str()) => {
                BookCell::Absent(words::HIDDEN.to_owned())
            }
            ExhibitCell::Absent(why) => BookCell::Absent(why.clone()),
        }
    }

    /// A change between two years, which the table of a slope chart has as a text, as a number.
    fn change(&self, row: &[&ExhibitCell], column: usize) -> Option<BookCell> {
        match (self.figure, row) {
            (Figure::Slope(_), [_, ExhibitCell::Number(from, unit), ExhibitCell::Number(to, _), _])
                if column == 3 =>
            {
                Some(BookCell::change(Some(to - from), *unit))
            }
            _ => None,
        }
    }

    /// The shade of a cell: that of the figure's cell with the same label and the same heading.
    fn shade(&self, row: &[&ExhibitCell], column: usize) -> Option<f64> {
        let Figure::Heat(heat) = self.figure else { return None };
        let place = heat.columns.iter().position(|name| name == self.columns[column])?;
        heat_row(heat, row)?.cells.get(place)?.as_ref()?.shade
    }

    /// Shaded cells of years whose columns are those of the table, which get a column of words.
    fn heat_in_words(&self) -> Option<&'e Heat> {
        let Figure::Heat(heat) = self.figure else { return None };
        let is_table = heat.columns.len() + 1 == self.columns.len();
        (heat.of_years && is_table && !heat.ends.0.is_empty()).then_some(heat)
    }
}

fn is_blank(cell: &ExhibitCell) -> bool {
    matches!(cell, ExhibitCell::Text(text) if text.is_empty())
}

fn is_label(cell: Option<&ExhibitCell>) -> bool {
    matches!(cell, Some(ExhibitCell::Text(text)) if !text.is_empty())
}

/// The row of a figure whose label a row of its table begins with.
fn heat_row<'h>(heat: &'h Heat, row: &[&ExhibitCell]) -> Option<&'h HeatRow> {
    let label = row.first()?.text();
    heat.rows.iter().find(|row| row.label == label)
}

/// The shade of a row's latest cell in words.
fn latest_in_words(heat: &Heat, row: &[&ExhibitCell]) -> &'static str {
    let latest = heat_row(heat, row).and_then(|row| row.cells.iter().rev().flatten().next());
    latest.and_then(|cell| cell.shade).map_or("", words::shade_in_words)
}
