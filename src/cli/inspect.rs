//! `retreat inspect`: what is found in one spreadsheet, as tables for a terminal or as JSON.

use std::io::{self, Write as _};

use super::arguments::InspectArguments;
use super::ending::{CliError, Ending};
use super::inspect_layout::inspect_with;
use super::output::Reporter;
use super::progress::follower;
use super::text::{WrappedText, clipped, wrapped};
use crate::catalog::Catalog;
use crate::diagnostic::Warned;
use crate::domain::{ALL, clean};
use crate::run::{Activity, RunError};
use crate::survey::{
    self, Column, ColumnMeaning, FileSurvey, LayoutMatch, MeasureColumn, SheetSurvey, Surveyor, TableSurvey,
};
use crate::wording::inspect::{self as wording, KnownColumns};
use sheets::Input;

/// Width of the text if there is no terminal.
const DEFAULT_WIDTH: usize = 80;
/// Width of the column that shows the least and the greatest value.
const RANGE: usize = 19;

/// Prints what is found in a spreadsheet.
pub(super) fn inspect(arguments: &InspectArguments, reporter: Reporter) -> Result<Ending, CliError> {
    if let Some(layout) = &arguments.layout {
        return inspect_with(layout, arguments, reporter);
    }
    let catalog = Catalog::embedded()?;
    let surveyor = Surveyor::new(&catalog).map_err(RunError::from)?;
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let input = Input::File(arguments.file.clone());
    let progress = follower(reporter.verbosity);
    progress.begin(Activity::Surveying);
    let Warned { value: survey, diagnostics } = survey::look(&input, &clean(&name), &surveyor);
    progress.end();
    if arguments.json {
        writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&survey)?)?;
    } else {
        write!(io::stdout(), "{}", survey_text(&survey, terminal_width()))?;
    }
    reporter.problems(diagnostics)
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0).max(70))
}

fn survey_text(survey: &FileSurvey, width: usize) -> String {
    let mut text = WrappedText::new(width);
    text.line(&survey.file);
    for sheet in &survey.sheets {
        add_sheet(&mut text, sheet);
    }
    text.into_string()
}

fn add_sheet(text: &mut WrappedText, sheet: &SheetSurvey) {
    text.line(&format!("\n{}", wording::sheet(sheet.sheet.as_deref(), sheet.rows, sheet.hidden)));
    for known in &sheet.layouts {
        text.paragraph(2, &layout_fit(known));
    }
    if sheet.tables.is_empty() {
        text.line(&format!("  {}", wording::NO_HEADER));
    }
    let mut previous = None;
    for table in &sheet.tables {
        add_table_heading(text, table, sheet.layouts.is_empty());
        if previous.is_some_and(|previous| has_same_columns(previous, table)) {
            text.line(&format!("  {}", wording::SAME_COLUMNS));
        } else {
            add_columns(text, table);
        }
        previous = Some(table);
    }
}

/// How well a layout of the catalog fits a sheet.
fn layout_fit(known: &LayoutMatch) -> String {
    let LayoutMatch { layout, fit } = known;
    let columns = KnownColumns {
        all: fit.columns,
        read: fit.read,
        roles: fit.roles,
        left_out: fit.ignored,
        unread: fit.unread.len() as u64,
    };
    wording::layout_fit(layout, &columns)
}

/// Where a table starts, and why it cannot be read, unless a layout of the catalog reads its sheet.
fn add_table_heading(text: &mut WrappedText, table: &TableSurvey, is_without_layout: bool) {
    let rows: Vec<String> = table.header_rows.iter().map(ToString::to_string).collect();
    text.line(&format!("  {}", wording::header(&rows, table.rows)));
    if let Some(problem) = table.problem.as_ref().filter(|_| is_without_layout) {
        text.paragraph(2, &wording::not_readable(problem));
    }
}

/// Whether two tables have the same column names.
fn has_same_columns(one: &TableSurvey, other: &TableSurvey) -> bool {
    one.columns.iter().map(|column| &column.name).eq(other.columns.iter().map(|column| &column.name))
}

/// Adds two lines per column: what it contains, and below that how it is interpreted.
fn add_columns(text: &mut WrappedText, table: &TableSurvey) {
    let names = text.width.saturating_sub(2 + 4 + 14 + 7 + 2 + RANGE);
    text.line(&format!(
        "\n  {:<4}{:<names$}{:<14}{:>7}  {}",
        "",
        wording::COLUMN,
        wording::TYPE,
        wording::FILLED,
        wording::RANGE
    ));
    for column in &table.columns {
        text.line(&format!(
            "  {:<4}{:<names$}{:<14}{:>7}  {}",
            column.letters,
            clipped(&column.name, names - 2),
            column.cells.kind.label(),
            column.cells.filled,
            clipped(&value_range(column), RANGE)
        ));
        for line in wrapped(&interpretation(column), text.width - 8) {
            text.line(&format!("        {line}"));
        }
    }
}

/// How a column is interpreted, and why; with some of its marks, and some of the texts among its numbers.
fn interpretation(column: &Column) -> String {
    let meaning = match &column.meaning {
        ColumnMeaning::Role(role) => role.label().to_owned(),
        ColumnMeaning::Attribute(id) => wording::attribute(id),
        ColumnMeaning::Measure(measure) => measure_with_breakdown(measure),
        ColumnMeaning::AddedTo(name) => wording::added_to(name),
        ColumnMeaning::Unread(_) => wording::UNREAD.to_owned(),
    };
    wording::interpretation(&meaning, &column.why) + &marks(column) + &texts_among_numbers(column)
}

/// A measure with its student group, grade and subject, where it is broken down by them.
fn measure_with_breakdown(column: &MeasureColumn) -> String {
    let mut parts = vec![column.measure.as_deref().unwrap_or(wording::VALUE)];
    for breakdown in [&column.group, &column.grade, &column.subject] {
        if breakdown != ALL {
            parts.push(breakdown);
        }
    }
    parts.join(" / ")
}

/// The first marks of hidden and missing values in a column, in brackets; empty where there are none.
fn marks(column: &Column) -> String {
    let masks = column.cells.masks.iter().take(4);
    let marks: Vec<String> = masks.map(|mask| wording::mark(&mask.text, mask.cells, mask.means)).collect();
    if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) }
}

/// Some texts in a column of numbers that are neither numbers nor marks, in brackets; empty where there are none.
fn texts_among_numbers(column: &Column) -> String {
    if column.cells.kind.is_number() && !column.cells.examples.is_empty() {
        format!(" [{}]", wording::not_numbers(&column.cells.examples))
    } else {
        String::new()
    }
}

/// The least and the greatest number of a column, or how many texts it holds.
fn value_range(column: &Column) -> String {
    let cells = &column.cells;
    match (cells.least, cells.most) {
        (Some(least), Some(most)) => wording::range(&short_number(least), &short_number(most)),
        _ if cells.different_texts > 0 => wording::different_texts(cells.different_texts),
        _ => String::new(),
    }
}

/// A number with up to three decimals.
fn short_number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
