//! Finding a table's header, and the name of each of its columns.

use std::collections::BTreeMap;

use crate::catalog::{HeaderRows, Layout};
use crate::diagnostic::{Diagnostic, column_name};
use crate::source::{Row, Sheet};

/// How far down the header is looked for.
const SEARCHED_ROWS: usize = 100;
/// An upper header's text stands for the columns to its right; a longer one is a note.
const LONGEST_UPPER: usize = 60;
/// Between the texts of several header rows.
const JOIN: &str = " › ";

/// A table's header.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Its last row, from 0.
    pub(super) row: u32,
    /// Column (from 0) → name, blanks folded. Columns without a name are not listed.
    pub(super) names: BTreeMap<u32, String>,
}

impl Header {
    /// The first column that goes by one of `names`.
    pub(super) fn column(&self, names: &[String]) -> Option<u32> {
        names
            .iter()
            .find_map(|name| self.names.iter().find(|(_, n)| alike(n, name)).map(|(column, _)| *column))
    }
}

/// Finds the header of `sheet` by `layout`.
///
/// # Errors
/// A diagnostic where there is none.
pub(super) fn find(sheet: &Sheet, layout: &Layout) -> Result<Header, Box<Diagnostic>> {
    match &layout.header.rows {
        HeaderRows::Rows(rows) if !rows.is_empty() => {
            let rows: Vec<Row<'_>> = rows.iter().filter_map(|n| sheet.row(n.saturating_sub(1))).collect();
            joined(&rows).ok_or_else(|| not_found(sheet, layout))
        }
        _ => {
            let wanted = district_names(layout);
            let holds =
                |row: &Row<'_>| row.cells().any(|(_, cell)| wanted.iter().any(|n| alike(&cell.to_text(), n)));
            let found =
                sheet.rows().take(SEARCHED_ROWS).find(holds).ok_or_else(|| not_found(sheet, layout))?;
            let depth = layout.header.depth.unwrap_or(1).max(1);
            let first = (found.number + 1).saturating_sub(depth);
            let rows: Vec<Row<'_>> = (first..=found.number).filter_map(|n| sheet.row(n)).collect();
            joined(&rows).ok_or_else(|| not_found(sheet, layout))
        }
    }
}

/// The names that the column goes by which every table has: the district's id, or its name where there is no id.
fn district_names(layout: &Layout) -> &[String] {
    if layout.district.id.is_empty() { &layout.district.name } else { &layout.district.id }
}

fn joined(rows: &[Row<'_>]) -> Option<Header> {
    let (last, uppers) = rows.split_last()?;
    let mut names: BTreeMap<u32, String> =
        last.cells().map(|(c, cell)| (c, folded(&cell.to_text()))).filter(|(_, n)| !n.is_empty()).collect();
    for upper in uppers.iter().rev() {
        let texts: BTreeMap<u32, String> = upper
            .cells()
            .map(|(c, cell)| (c, folded(&cell.to_text())))
            .filter(|(_, text)| !text.is_empty() && text.len() <= LONGEST_UPPER)
            .collect();
        for (column, name) in &mut names {
            if let Some((_, text)) = texts.range(..=*column).next_back() {
                *name = format!("{text}{JOIN}{name}");
            }
        }
    }
    Some(Header { row: last.number, names })
}

fn not_found(sheet: &Sheet, layout: &Layout) -> Box<Diagnostic> {
    let wanted = district_names(layout);
    let shown = wanted.iter().map(|n| format!("{n:?}")).collect::<Vec<_>>().join(" or ");
    let nearest = sheet
        .rows()
        .take(SEARCHED_ROWS)
        .flat_map(|row| row.cells().map(move |(column, cell)| (row.number, column, cell.to_text())))
        .filter(|(_, _, text)| !text.is_empty() && text.len() <= LONGEST_UPPER)
        .flat_map(|cell| wanted.iter().map(move |n| (likeness(&cell.2, n), cell.clone())))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (b.1.0, b.1.1).cmp(&(a.1.0, a.1.1))));
    let nearest = nearest.map_or_else(String::new, |(_, (row, column, text))| {
        format!("; the nearest is {text:?} in {}{}", column_name(column), row + 1)
    });
    Box::new(Diagnostic::header_not_found(sheet.place.clone(), &shown, &nearest))
}

fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase())
}

/// Text trimmed, with every run of blanks (line ends too) made one space.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two names are the same but for case and blanks.
pub(super) fn alike(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || folded(a).to_lowercase() == folded(b).to_lowercase()
}
