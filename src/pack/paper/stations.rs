//! The stations of a carousel: a packet of four pages for each part of the day.

use minijinja::{Value, context};

use super::exhibit_view::{noticing, table};
use super::group::DayGroup;
use super::heading::heading;
use super::input::Paper;
use super::sheet::{Size, lines};
use super::shown::Shown;
use crate::exhibit::{Figure, Table};
use crate::wording::paper as wording;

/// The height of a packet's first page that the task takes.
const TASK: f64 = 5.1;
/// The height of a heading of the second page.
const HEADING: f64 = 0.6;
/// The inches above and below a chart.
const AROUND: f64 = 0.8;
/// The height of a row of a table, and the most rows and columns beside a chart.
const ROW: f64 = 0.19;
const ROWS: usize = 13;
const COLUMNS: usize = 4;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let inside = Size::page(paper.size).inside();
    context! { packets => paper.groups.iter().map(|group| packet(group, inside)).collect::<Value>() }
}

fn packet(group: &DayGroup<'_>, inside: Size) -> Value {
    let rest: &[Shown<'_>] = &group.exhibits;
    let first = fitting(rest, inside.below(TASK));
    let second = fitting(&rest[first..], inside.below(HEADING));
    let left_over = rest[first + second..].iter();
    context! {
        topic => heading(group),
        first => rest[..first].iter().map(with_table).collect::<Value>(),
        second => rest[first..first + second].iter().map(with_table).collect::<Value>(),
        left_over => left_over.map(noticing).collect::<Value>(),
    }
}

/// How many charts with their tables fit into this space, one below the other.
fn fitting(shown: &[Shown<'_>], space: Size) -> usize {
    let mut used = 0.0;
    let mut count = 0;
    for chart in shown {
        used += height(chart, space.column(2).width);
        if used > space.height {
            return count;
        }
        count += 1;
    }
    count
}

/// The height of a chart with its table beside it.
fn height(shown: &Shown<'_>, width: f64) -> f64 {
    let rows = shown.exhibit.table.rows.len().min(ROWS) + 1;
    let topic = lines(&shown.exhibit.topic, 13.0, 2.0 * width);
    (width * shown.narrow_ratio()).max(rows as f64 * ROW + 0.4) + AROUND + topic * 0.2
}

fn with_table(shown: &Shown<'_>) -> Value {
    let all = &shown.exhibit.table;
    let is_over_years = matches!(shown.exhibit.figure, Figure::Line(_) | Figure::Stacked(_));
    let part = part_of(all, is_over_years);
    let is_whole = part == *all;
    context! {
        table => table(&part),
        table_note => if is_whole { "" } else { wording::TABLE_GOES_ON },
        ..noticing(shown)
    }
}

/// The first rows of a table, or the last if they are years; its first columns.
fn part_of(table: &Table, is_over_years: bool) -> Table {
    let first_row = if is_over_years { table.rows.len().saturating_sub(ROWS) } else { 0 };
    let rows = table.rows.iter().skip(first_row).take(ROWS);
    Table { columns: cells_of(&table.columns), rows: rows.map(|row| cells_of(row)).collect() }
}

fn cells_of<T: Clone>(row: &[T]) -> Vec<T> {
    row.iter().take(COLUMNS).cloned().collect()
}
