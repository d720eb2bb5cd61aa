//! What is found in one spreadsheet, as tables for a terminal or as JSON.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::{Cli, CliError, Ending};
use crate::catalog::Catalog;
use crate::diagnostic::Warned;
use crate::domain::{ALL, clean};
use crate::source::Input;
use crate::survey::{self, Column, ColumnMeaning, FileSurvey, SheetSurvey, Surveyor, TableSurvey};

/// Width of the table where standard output is no terminal.
const WIDTH: usize = 80;

#[derive(Debug, Args)]
pub(super) struct Inspect {
    /// The spreadsheet.
    file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Cli {
    pub(super) fn inspect(&self, inspect: &Inspect) -> Result<Ending, CliError> {
        let catalog = Catalog::embedded()?;
        let shown = clean(&inspect.file.file_name().unwrap_or_default().to_string_lossy()).into_owned();
        let surveyor = Surveyor::new(&catalog).map_err(crate::run::RunError::from)?;
        let looked = survey::look(&Input::File(inspect.file.clone()), &shown, &surveyor);
        let Warned { value: found, diagnostics } = looked;
        let mut out = io::stdout().lock();
        if inspect.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
        } else {
            write!(out, "{}", text(&found, width()))?;
        }
        self.tell_problems(diagnostics)
    }
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0).max(70))
}

fn text(found: &FileSurvey, width: usize) -> String {
    let mut text = format!("{}\n", found.file);
    for sheet in &found.sheets {
        one_sheet(&mut text, sheet, width);
    }
    text
}

// Writing to a String cannot fail.
fn one_sheet(text: &mut String, sheet: &SheetSurvey, width: usize) {
    let name = sheet.sheet.as_ref().map_or_else(|| "The table".to_owned(), |s| format!("Sheet {s:?}"));
    let hidden = if sheet.hidden { ", hidden (not read)" } else { "" };
    let _ = writeln!(text, "\n{name}: {} rows{hidden}", sheet.rows);
    for known in &sheet.layouts {
        let fit = &known.fit;
        let unread =
            if fit.unread.is_empty() { String::new() } else { format!("; {} unread", fit.unread.len()) };
        let line = format!(
            "layout {}: reads {} of {} columns, {} say what a row is, {} left out on purpose{unread}",
            known.layout, fit.read, fit.columns, fit.roles, fit.ignored
        );
        say(text, &line, width);
    }
    if sheet.tables.is_empty() {
        let _ = writeln!(text, "  no header was found");
    }
    for (i, table) in sheet.tables.iter().enumerate() {
        one_table(text, sheet, (i, table), width);
    }
}

/// The columns of a table; of one with the columns of the table before it, only where it stands.
fn one_table(text: &mut String, sheet: &SheetSurvey, (i, table): (usize, &TableSurvey), width: usize) {
    let rows: Vec<String> = table.header_rows.iter().map(ToString::to_string).collect();
    let _ = writeln!(text, "  header in row {}; {} rows of data", rows.join(" and "), table.rows);
    if let Some(problem) = table.problem.as_ref().filter(|_| sheet.layouts.is_empty()) {
        say(text, &format!("not readable as it is: {problem}"), width);
    }
    let names = |t: &TableSurvey| t.columns.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
    if i.checked_sub(1).is_some_and(|before| names(&sheet.tables[before]) == names(table)) {
        let _ = writeln!(text, "  its columns are those of the table before it");
        return;
    }
    // A column takes two lines: what it holds, and below it what it is taken for.
    let names = width.saturating_sub(2 + 4 + 14 + 7 + 2 + 19);
    let _ = writeln!(text, "\n  {:<4}{:<names$}{:<14}{:>7}  Range", "", "Column", "Type", "Filled");
    for column in &table.columns {
        let _ = writeln!(
            text,
            "  {:<4}{:<names$}{:<14}{:>7}  {}",
            column.letters,
            clipped(&column.name, names - 2),
            column.cells.kind.label(),
            column.cells.filled,
            clipped(&range(column), 19)
        );
        for line in wrapped(&taken_for(column), width - 8) {
            let _ = writeln!(text, "        {line}");
        }
    }
}

/// A line of text, indented, and more where it is long.
fn say(text: &mut String, line: &str, width: usize) {
    for (i, part) in wrapped(line, width - 4).iter().enumerate() {
        let _ = writeln!(text, "{}{part}", if i == 0 { "  " } else { "    " });
    }
}

fn taken_for(column: &Column) -> String {
    let what = match &column.meaning {
        ColumnMeaning::Role(role) => role.label().to_owned(),
        ColumnMeaning::Attribute(id) => format!("attribute {id}"),
        ColumnMeaning::Measure(m) => {
            let measure = m.measure.clone().unwrap_or_else(|| "value".to_owned());
            let parts = [&m.group, &m.grade, &m.subject];
            let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|p| *p != ALL).collect();
            [vec![measure.as_str()], parts].concat().join(" / ")
        }
        ColumnMeaning::Unread(_) => "unread".to_owned(),
    };
    let masks: Vec<String> =
        column.cells.masks.iter().take(4).map(|m| format!("{} ×{} {}", m.text, m.cells, m.means)).collect();
    let masks = if masks.is_empty() { String::new() } else { format!(" [{}]", masks.join(", ")) };
    let odd = if column.cells.kind.is_number() && !column.cells.examples.is_empty() {
        format!(" [no numbers: {}]", column.cells.examples.join(", "))
    } else {
        String::new()
    };
    format!("{what}: {}{masks}{odd}", column.why)
}

fn range(column: &Column) -> String {
    match (column.cells.least, column.cells.most) {
        (Some(least), Some(most)) => format!("{} … {}", number(least), number(most)),
        _ if column.cells.different_texts > 0 => format!("{} different", column.cells.different_texts),
        _ => String::new(),
    }
}

fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub(super) fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// The words of a text in lines of at most `width` columns; a word that is longer has a line of its own.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { continue };
        if !line.is_empty() && line.chars().count() + word.chars().count() >= width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
