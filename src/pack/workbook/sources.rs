//! What was read, what was wrong with it, and what was decided.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::sheet::{TableSheet, columns};
use super::style::NumberLook;
use crate::diagnostic::{Diagnostic, SheetRead, SourceRead};
use crate::domain::Unit;
use crate::pack::report::{Decision, ExhibitLeftOut, RevisedValue};
use crate::wording::page_counts::rows_left_out;
use crate::wording::readiness::severity;
use crate::wording::workbook as words;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let columns = columns(&[
        (words::H_KIND, 14.0),
        (words::H_WHERE, 40.0),
        (words::H_FOUND, 60.0),
        (words::H_DONE, 34.0),
        (words::H_HINT, 40.0),
        (words::H_COUNT, 11.0),
    ]);
    let report = book.report;
    let mut rows: Vec<Vec<BookCell>> = report.sources.iter().flat_map(source_rows).collect();
    rows.extend(report.diagnostics.all.iter().map(problem_row));
    rows.extend(report.revised.iter().map(revised_row));
    rows.extend(report.decisions.iter().map(decision_row));
    rows.extend(report.exhibits_left_out.iter().map(left_out_row));
    let intro = vec![words::SOURCES_INTRO.to_owned()];
    book.write(&TableSheet { name: words::SOURCES, intro, columns, rows, frozen: 1, is_filtered: true })
}

/// A row of the sheet: five texts, and how many there are of it.
fn line(texts: [&str; 5], count: Option<u64>) -> Vec<BookCell> {
    let mut row = texts.map(BookCell::text).to_vec();
    row.push(count.map_or(BookCell::Blank, |count| BookCell::Number(count as f64, NumberLook::Whole)));
    row
}

fn source_rows(source: &SourceRead) -> Vec<Vec<BookCell>> {
    source.sheets.iter().map(|sheet| source_row(source, sheet)).collect()
}

fn source_row(source: &SourceRead, sheet: &SheetRead) -> Vec<BookCell> {
    let place = match &sheet.sheet {
        Some(name) => format!("{} › {name}", source.path),
        None => source.path.clone(),
    };
    let [rows, columns, masked, blank] =
        [sheet.rows, sheet.columns_read, sheet.cells_masked, sheet.cells_missing].map(count);
    let found = words::read(&rows, &columns, &masked, &blank);
    let left_out: Vec<String> =
        sheet.rows_left_out.iter().map(|rows| rows_left_out(rows.rows, &rows.why)).collect();
    let texts = [words::FILE, &place, &found, &words::layout(&source.layout), &left_out.join("; ")];
    line(texts, Some(sheet.observations))
}

fn count(count: u64) -> String {
    Unit::Count.format(count as f64)
}

fn problem_row(problem: &Diagnostic) -> Vec<BookCell> {
    let place = problem.place.to_string();
    line(
        [severity(problem.severity), &place, &problem.found, &problem.done, &problem.hint],
        Some(problem.count),
    )
}

fn revised_row(value: &RevisedValue) -> Vec<BookCell> {
    let found = words::revised(&value.older.to_string(), &value.newer.to_string());
    line([words::REVISION, &value.newer_cell, &value.what, &found, &value.older_cell], None)
}

fn decision_row(decision: &Decision) -> Vec<BookCell> {
    line([words::DECISION, &decision.what, &decision.chosen, &decision.why, ""], None)
}

fn left_out_row(exhibit: &ExhibitLeftOut) -> Vec<BookCell> {
    line([words::LEFT_OUT, &exhibit.id, &exhibit.why, "", ""], None)
}
