//! The stations of a carousel: a packet of four pages for each part of the day.

use minijinja::{Value, context};

use super::exhibit_view::{noticing, table};
use super::group::DayGroup;
use super::heading::heading;
use super::input::Paper;
use super::sheet::{Size, lines};
use super::shown::Shown;
use crate::exhibit::{Day, DayFormat, ExhibitCell, Figure, Table};
use crate::wording::paper as wording;

/// The minutes of a visit to a station if the day has no rounds, and those after which its first three steps end.
const VISIT: u32 = 15;
const STEPS_END: [u32; 3] = [2, 8, 12];
/// A visit with a minute for each step.
const SHORTEST_VISIT: u32 = 8;
/// The height of a packet's first page that the task takes.
const TASK: f64 = 5.1;
/// The height of a heading of the second page.
const HEADING: f64 = 0.6;
/// The height of the lines that name the charts for which there is no room.
const ALSO: f64 = 0.5;
/// The inches above and below a chart.
const AROUND: f64 = 0.65;
/// The least height of a table beside a chart, the most columns, and the size of its text in points.
const TABLE: f64 = 2.4;
const COLUMNS: usize = 4;
const TEXT: f64 = 9.5;
/// The height of a line of a table, and of the space around a row; the space at the sides of a cell.
const LINE: f64 = 0.165;
const ROW: f64 = 0.05;
const CELL: f64 = 0.14;
/// The height of a table's caption and of the line below it.
const CAPTION: f64 = 0.4;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let inside = Size::page(paper.size).inside();
    context! { clock => clock(&paper.pack.day), packets => paper.groups.iter().map(|group| packet(group, inside)).collect::<Value>() }
}

/// The minutes of a visit, and when its first three steps end: a visit of fifteen minutes, made as long as a round.
fn clock(day: &Day) -> Value {
    let round = day.stations().first().filter(|_| day.format == DayFormat::Carousel).map(|part| part.minutes);
    let minutes = round.unwrap_or(VISIT).max(SHORTEST_VISIT);
    let [look, notice, wonder] = STEPS_END.map(|end| minutes * end / VISIT);
    context! { minutes, look, notice, wonder }
}

fn packet(group: &DayGroup<'_>, inside: Size) -> Value {
    let mut pages = [Vec::new(), Vec::new()];
    let mut free = [inside.height - TASK, inside.height - HEADING - ALSO];
    let mut left_over = Vec::new();
    for shown in &group.exhibits {
        let entry = Entry::new(shown, inside.column(2).width);
        match free.iter().position(|free| entry.height <= *free) {
            Some(page) => {
                free[page] -= entry.height;
                pages[page].push(entry.view());
            }
            None => left_over.push(noticing(shown)),
        }
    }
    let [first, second] = pages;
    context! { topic => heading(group), first, second, left_over }
}

/// A chart with a part of its table beside it.
struct Entry<'a, 'b> {
    shown: &'b Shown<'a>,
    table: Table,
    height: f64,
}

impl<'a, 'b> Entry<'a, 'b> {
    /// Chart and table are this wide.
    fn new(shown: &'b Shown<'a>, width: f64) -> Self {
        let chart = width * shown.narrow_ratio();
        let is_over_years = matches!(shown.exhibit.figure, Figure::Line(_) | Figure::Stacked(_));
        let table = part_of(&shown.exhibit.table, is_over_years, Size { width, height: chart.max(TABLE) });
        let topic = lines(&shown.exhibit.topic, 13.0, 2.0 * width) * 0.22;
        let height = chart.max(CAPTION + table_height(&table, width)) + AROUND + topic;
        Self { shown, table, height }
    }

    fn view(&self) -> Value {
        let is_whole = self.table == self.shown.exhibit.table;
        context! {
            table => table(&self.table),
            table_note => if is_whole { "" } else { wording::TABLE_GOES_ON },
            ..noticing(self.shown)
        }
    }
}

/// The first columns of a table, and as many of its first rows as fit; of its last rows, if they are years.
fn part_of(table: &Table, is_over_years: bool, space: Size) -> Table {
    let columns = cells_of(&table.columns);
    let mut rows: Vec<Vec<ExhibitCell>> = table.rows.iter().map(|row| cells_of(row)).collect();
    let mut free = space.height - row_height(&columns, space.width);
    if is_over_years {
        rows.reverse();
    }
    let fitting = rows.iter().take_while(|row| {
        free -= row_height(&texts(row), space.width);
        free >= 0.0
    });
    let fitting = fitting.count();
    rows.truncate(fitting);
    if is_over_years {
        rows.reverse();
    }
    Table { columns, rows }
}

fn cells_of<T: Clone>(row: &[T]) -> Vec<T> {
    row.iter().take(COLUMNS).cloned().collect()
}

fn texts(row: &[ExhibitCell]) -> Vec<String> {
    row.iter().map(ExhibitCell::text).collect()
}

fn table_height(table: &Table, width: f64) -> f64 {
    let rows: f64 = table.rows.iter().map(|row| row_height(&texts(row), width)).sum();
    row_height(&table.columns, width) + rows
}

/// The height of a row whose cells are about equally wide.
fn row_height(cells: &[String], width: f64) -> f64 {
    let cell = width / cells.len().max(1) as f64 - CELL;
    cells.iter().map(|text| lines(text, TEXT, cell)).fold(1.0, f64::max) * LINE + ROW
}
