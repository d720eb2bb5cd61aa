//! The column names of a table, read from its header rows.

use std::collections::BTreeMap;
use std::ops::Range;

use super::text_match::{folded, is_one_of};
use crate::domain::{LoneYear, SchoolYear};
use sheets::{Cell, Merged, Row, Sheet, without_raised_marks};

/// Maximum length, in bytes, of upper header text that applies to the columns to its right; longer text is a
/// note.
pub(super) const LONGEST_UPPER: usize = 60;
/// Separator between the texts of several header rows.
const SEPARATOR: &str = " › ";

/// Name for an unnamed column before all named ones that says what most rows are about, as in a list of
/// measures with a column for each year, or which year. Spreadsheet programs use the same name in pivot tables.
pub const ROW_LABELS: &str = "Row Labels";
/// Whole numbers that may be school years.
const YEARS: Range<f64> = 1990.0..2060.0;
/// The length of `2024` and of other school years, in bytes.
const SHORTEST_YEAR: usize = 4;
/// How many rows are examined to decide whether a column has row labels.
const LABELED_ROWS: usize = 100;

/// The last part of a joined name: the text from the lowest header row.
pub(super) fn lowest_part(name: &str) -> &str {
    name.rsplit(SEPARATOR).next().unwrap_or(name)
}

/// The column names for the header rows `rows`: the text of the last row, preceded by the texts above it.
#[must_use]
pub fn joined(rows: &[Row<'_>], merged: &[Merged]) -> BTreeMap<u32, String> {
    let Some((last, uppers)) = rows.split_last() else { return BTreeMap::new() };
    let mut names: BTreeMap<u32, String> = texts(last).collect();
    for upper in uppers.iter().rev() {
        UpperRow::new(upper, merged).add_to(&mut names);
    }
    names
}

/// An upper row of a header; each of its texts may apply to several columns.
struct UpperRow<'a> {
    texts: BTreeMap<u32, String>,
    /// The merged regions that begin in the row.
    regions: Vec<&'a Merged>,
    /// Whether merged regions determine the columns that a text applies to; otherwise it applies up to the
    /// next text.
    is_bounded: bool,
}

impl<'a> UpperRow<'a> {
    fn new(row: &Row<'_>, merged: &'a [Merged]) -> Self {
        let regions: Vec<&Merged> = merged.iter().filter(|region| region.first_row == row.number).collect();
        Self {
            texts: texts(row).filter(|(_, text)| text.len() <= LONGEST_UPPER).collect(),
            is_bounded: regions.iter().any(|region| region.last_column > region.first_column),
            regions,
        }
    }

    /// Prepends the row's texts to the names below, and adds texts that have no name below them.
    fn add_to(&self, names: &mut BTreeMap<u32, String>) {
        for (column, name) in &mut *names {
            if let Some(text) = self.text_above(*column) {
                *name = format!("{text}{SEPARATOR}{name}");
            }
        }
        for (column, text) in &self.texts {
            names.entry(*column).or_insert_with(|| text.clone());
        }
    }

    /// The text that applies to `column`.
    fn text_above(&self, column: u32) -> Option<&String> {
        let mut regions = self.regions.iter();
        match regions.find(|region| (region.first_column..=region.last_column).contains(&column)) {
            Some(region) => self.texts.get(&region.first_column),
            None if self.is_bounded => self.texts.get(&column),
            None => self.texts.range(..=column).next_back().map(|(_, text)| text),
        }
    }
}

/// The text of a row's nonblank cells, by column.
fn texts<'a>(row: &Row<'a>) -> impl Iterator<Item = (u32, String)> + use<'a> {
    row.cells().map(|(column, cell)| (column, name_text(cell))).filter(|(_, text)| !text.is_empty())
}

/// The text of a header cell without the marks of footnotes.
pub(super) fn name_text(cell: Cell<'_>) -> String {
    let text = cell.to_text();
    folded(&without_raised_marks(&text).unwrap_or(text))
}

/// `names`, plus that of the row label column, if there is one.
#[must_use]
pub fn with_row_labels(
    sheet: &Sheet,
    mut names: BTreeMap<u32, String>,
    data: Range<u32>,
) -> BTreeMap<u32, String> {
    let before_first = names.keys().next().and_then(|first| first.checked_sub(1));
    if let Some(column) = before_first.filter(|column| holds_row_labels(sheet, *column, data)) {
        names.insert(column, ROW_LABELS.to_owned());
    }
    names
}

/// Whether `column` has a text label, or a school year, in at least two-thirds of the rows that have several values.
fn holds_row_labels(sheet: &Sheet, column: u32, data: Range<u32>) -> bool {
    let rows = sheet.rows_between(data).filter(|row| has_values_after(row, column)).take(LABELED_ROWS);
    let (mut total, mut labeled) = (0, 0);
    for row in rows {
        total += 1;
        labeled += usize::from(is_label(row.cell(column)));
    }
    labeled > 1 && labeled * 3 >= total * 2
}

fn has_values_after(row: &Row<'_>, column: u32) -> bool {
    row.cells().filter(|(other, cell)| *other > column && !cell.is_blank()).count() > 1
}

fn is_label(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Text(text) if text.contains(char::is_alphabetic) => true,
        // A shorter number may be any other.
        Cell::Text(text) if text.trim().len() >= SHORTEST_YEAR => {
            SchoolYear::parse(text.trim(), LoneYear::End).is_ok()
        }
        Cell::Number(number) => YEARS.contains(&number) && number.fract() == 0.0,
        _ => false,
    }
}

/// The columns of side-by-side tables: each has a key column of its own, and an unnamed column separates
/// them.
pub(super) fn side_by_side(names: BTreeMap<u32, String>, key_names: &[String]) -> Vec<BTreeMap<u32, String>> {
    let mut rest = names;
    let mut tables = Vec::new();
    for gap in gaps_between_keys(&rest, key_names) {
        let right = rest.split_off(&gap);
        tables.push(std::mem::replace(&mut rest, right));
    }
    tables.push(rest);
    tables.retain(|names| !names.is_empty());
    tables
}

/// The last unnamed column between each two key columns that have one between them.
fn gaps_between_keys(names: &BTreeMap<u32, String>, key_names: &[String]) -> Vec<u32> {
    let keys: Vec<u32> =
        names.iter().filter(|(_, name)| is_one_of(name, key_names)).map(|(column, _)| *column).collect();
    let mut gaps = Vec::new();
    for pair in keys.windows(2) {
        gaps.extend((pair[0] + 1..pair[1]).rev().find(|column| !names.contains_key(column)));
    }
    gaps
}
