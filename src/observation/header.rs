//! Finding the tables of a sheet: each one's header, the name of each of its columns, and its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::catalog::{HeaderRows, Layout, YearFrom};
use crate::diagnostic::{Diagnostic, column_name};
use sheets::{Cell, Merged, Row, Sheet};

/// How far down the first header is looked for.
const SEARCHED_ROWS: usize = 100;
/// An upper header's text stands for the columns to its right; a longer one is a note.
const LONGEST_UPPER: usize = 60;
/// Between the texts of several header rows.
const JOIN: &str = " › ";

/// A table's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its last row, from 0.
    pub row: u32,
    /// Column (from 0) → name, blanks folded. Columns without a name are not listed.
    pub names: BTreeMap<u32, String>,
    /// The rows of its title: from the end of the table before it to its own first row.
    pub title: Range<u32>,
    /// The columns of its title: all, or of tables side by side those from its first one to the next table's.
    pub title_columns: Range<u32>,
    /// The rows of its data; they may be blank.
    pub data: Range<u32>,
}

impl Header {
    /// Its columns, from the first to the last that has a name.
    #[must_use]
    pub fn columns(&self) -> Range<u32> {
        let ends = self.names.first_key_value().zip(self.names.last_key_value());
        ends.map_or(0..0, |((first, _), (last, _))| *first..*last + 1)
    }

    /// The texts above it: of each row that has some, the cells joined by blanks. Of tables side by side those above its
    /// own columns; where there are none, all.
    #[must_use]
    pub fn title_texts(&self, sheet: &Sheet) -> Vec<String> {
        let within = |columns: Range<u32>| -> Vec<String> {
            let rows = sheet.rows_between(self.title.clone());
            let joined = rows.map(|row| {
                let own = row.cells().filter(|(column, _)| columns.contains(column));
                folded(&own.map(|(_, cell)| cell.to_text()).collect::<Vec<_>>().join(" "))
            });
            joined.filter(|text| !text.is_empty()).collect()
        };
        let own = within(self.title_columns.clone());
        if own.is_empty() { within(0..u32::MAX) } else { own }
    }

    /// The first column that goes by one of `names`.
    #[must_use]
    pub fn column(&self, names: &[String]) -> Option<u32> {
        names
            .iter()
            .find_map(|name| self.names.iter().find(|(_, n)| alike(n, name)).map(|(column, _)| *column))
    }
}

/// Finds the tables of `sheet` by `layout`, from the top and from the left.
///
/// # Errors
/// A diagnostic where there is none.
pub(super) fn find(sheet: &Sheet, layout: &Layout) -> Result<Vec<Header>, Box<Diagnostic>> {
    let wanted = key_names(layout);
    let spans: Vec<Vec<u32>> = match &layout.header.rows {
        HeaderRows::Rows(rows) if !rows.is_empty() => {
            vec![rows.iter().map(|n| n.saturating_sub(1)).collect::<BTreeSet<_>>().into_iter().collect()]
        }
        _ if wanted.is_empty() => sheet.rows().next().map(|r| vec![r.number]).into_iter().collect(),
        _ => spans(sheet, wanted, layout.header.depth.unwrap_or(1).max(1)),
    };
    let headers = headers(sheet, &spans, wanted);
    if headers.is_empty() { Err(not_found(sheet, layout)) } else { Ok(headers) }
}

/// The tables of `sheet` whose district column, or that of the school year, goes by `name`, with headers of `depth` rows, from the top and the left.
#[must_use]
pub fn tables_with(sheet: &Sheet, name: &str, depth: u32) -> Vec<Header> {
    let wanted = [name.to_owned()];
    headers(sheet, &spans(sheet, &wanted, depth), &wanted)
}

/// The headers of the rows `spans`, those side by side taken apart.
fn headers(sheet: &Sheet, spans: &[Vec<u32>], wanted: &[String]) -> Vec<Header> {
    let mut headers = Vec::new();
    let mut before = None;
    for (i, span) in spans.iter().enumerate() {
        let (Some(first), Some(last)) = (span.first(), span.last()) else { continue };
        let rows: Vec<Row<'_>> = span.iter().filter_map(|n| sheet.row(*n)).collect();
        let title = before.map_or(0, |before| title_start(sheet, before, *first))..*first;
        before = Some(*last);
        let next = spans.get(i + 1).and_then(|next| next.first());
        let end = next.map_or(u32::MAX, |next| data_end(sheet, *last, *next));
        let names = joined(&rows, sheet.merged());
        let tables: Vec<_> =
            side_by_side(names, wanted).into_iter().filter(|names| !names.is_empty()).collect();
        let starts: Vec<u32> =
            tables.iter().skip(1).filter_map(|names| names.keys().next().copied()).collect();
        headers.extend(tables.into_iter().enumerate().map(|(table, names)| Header {
            row: *last,
            names: with_row_labels(sheet, names, last + 1..end),
            title: title.clone(),
            title_columns: table.checked_sub(1).map_or(0, |before| starts[before])
                ..starts.get(table).copied().unwrap_or(u32::MAX),
            data: last + 1..end,
        }));
    }
    headers
}

/// The rows of each header: those that hold one of the names `wanted`, with their upper and lower rows.
fn spans(sheet: &Sheet, wanted: &[String], depth: u32) -> Vec<Vec<u32>> {
    // What stands in the header's lowest row is the last part of a name.
    let lowest: Vec<&str> = wanted.iter().map(|n| n.rsplit(JOIN).next().unwrap_or(n)).collect();
    let holds = |cell: Cell<'_>| match cell {
        Cell::Text(text) => lowest.iter().any(|n| alike(text, n)),
        _ => false,
    };
    let mut found: Vec<Vec<u32>> = Vec::new();
    let mut columns: Vec<u32> = Vec::new();
    let mut before = None;
    for (i, row) in sheet.rows().enumerate() {
        let after_gap = before.is_none_or(|number: u32| number + 1 < row.number);
        before = Some(row.number).filter(|_| row.cells().any(|(_, cell)| !cell.is_blank()));
        let inside = found.last().and_then(|span| span.last()).is_some_and(|last| row.number <= *last);
        let column = match found.is_empty() {
            true if i >= SEARCHED_ROWS => break,
            _ if inside => None,
            // Below the first header only what stands under its district column, or after a blank row, is asked.
            false if !after_gap => columns.iter().copied().find(|c| holds(row.cell(*c))),
            _ => row.cells().find(|(_, cell)| holds(*cell)).map(|(column, _)| column),
        };
        if let Some(column) = column {
            found.push(span(sheet, row, column, depth));
            columns = row.cells().filter(|(_, cell)| holds(*cell)).map(|(column, _)| column).collect();
        }
    }
    found
}

/// The rows of the header whose district cell stands in `row` and `column`.
fn span(sheet: &Sheet, row: Row<'_>, column: u32, depth: u32) -> Vec<u32> {
    let number = row.number;
    if let Some(region) = sheet.merged().iter().find(|m| m.first_row == number && m.first_column == column)
        && region.last_row > number
    {
        return (number..=region.last_row.min(number + 3)).collect();
    }
    // The district's name may stand in the upper of several rows, with nothing below it but parts of other names.
    let continues = |n: u32| {
        sheet.row(n).is_some_and(|below| {
            below.cell(column).is_blank()
                && below.cells().all(|(_, cell)| matches!(cell, Cell::Text(_)))
                && below.cells().any(|(c, _)| c > column)
        })
    };
    let below = (1..depth).take_while(|i| continues(number + i)).count() as u32;
    ((number + below + 1).saturating_sub(depth)..=number + below).collect()
}

/// Where the data of a table ends that another follows: lines of one text right above the other's header are its title.
fn data_end(sheet: &Sheet, header: u32, next: u32) -> u32 {
    let is_title = |n: u32| {
        let cells =
            sheet.row(n).map(|row| row.cells().map(|(_, c)| c).filter(|c| !c.is_blank()).take(2).collect());
        cells.is_none_or(|cells: Vec<Cell<'_>>| matches!(cells[..], [] | [Cell::Text(_)]))
    };
    (header + 1..next).rev().find(|n| !is_title(*n)).map_or(next, |row| row + 1)
}

/// Where the title of a table that follows another begins: above its header, up to the other's last row of data.
fn title_start(sheet: &Sheet, previous: u32, first: u32) -> u32 {
    let wide =
        |n: &u32| sheet.row(*n).is_some_and(|row| row.cells().filter(|(_, c)| !c.is_blank()).count() > 2);
    (previous + 1..first).rev().find(wide).map_or(previous + 1, |row| row + 1)
}

/// The names that the column goes by which every table has: the district's id, or its name where there is no id, or the
/// school year where all is about one district.
fn key_names(layout: &Layout) -> &[String] {
    let (district, by_year) = (&layout.district, layout.year.from == YearFrom::Column);
    match (district.id.is_empty(), district.name.is_empty()) {
        (false, _) => &district.id,
        (true, true) if by_year => &layout.year.column,
        _ => &district.name,
    }
}

/// The names of the columns under the header rows `rows`: the last row's, each after the texts above it.
#[must_use]
pub fn joined(rows: &[Row<'_>], merged: &[Merged]) -> BTreeMap<u32, String> {
    let Some((last, uppers)) = rows.split_last() else { return BTreeMap::new() };
    let mut names: BTreeMap<u32, String> = texts(last).collect();
    for upper in uppers.iter().rev() {
        let own: BTreeMap<u32, String> =
            texts(upper).filter(|(_, text)| text.len() <= LONGEST_UPPER).collect();
        let regions: Vec<&Merged> = merged.iter().filter(|m| m.first_row == upper.number).collect();
        let bounded = regions.iter().any(|m| m.last_column > m.first_column);
        let above =
            |column: u32| match regions.iter().find(|m| (m.first_column..=m.last_column).contains(&column)) {
                Some(region) => own.get(&region.first_column),
                None if bounded => own.get(&column),
                None => own.range(..=column).next_back().map(|(_, text)| text),
            };
        for (column, name) in &mut names {
            if let Some(text) = above(*column) {
                *name = format!("{text}{JOIN}{name}");
            }
        }
        // A name that stands in an upper row only, with nothing below it.
        for (column, text) in &own {
            names.entry(*column).or_insert_with(|| text.clone());
        }
    }
    names
}

/// What a column is called that has no name, stands before all that have one and says in words what most rows are, as in a
/// list of measures with a column for each year; a spreadsheet's own tables call it so too.
const ROW_LABELS: &str = "Row Labels";
/// So many rows tell.
const LABELLED_ROWS: usize = 100;

/// `names`, with that of the column of row labels, where there is one.
#[must_use]
pub fn with_row_labels(
    sheet: &Sheet,
    mut names: BTreeMap<u32, String>,
    data: Range<u32>,
) -> BTreeMap<u32, String> {
    let Some(column) = names.keys().next().and_then(|first| first.checked_sub(1)) else { return names };
    let wide = |row: &Row<'_>| row.cells().filter(|(c, cell)| *c > column && !cell.is_blank()).count() > 1;
    let rows: Vec<Row<'_>> = sheet.rows_between(data).filter(wide).take(LABELLED_ROWS).collect();
    let in_words = |cell: Cell<'_>| matches!(cell, Cell::Text(text) if text.contains(char::is_alphabetic));
    let labelled = rows.iter().filter(|row| in_words(row.cell(column))).count();
    if labelled > 1 && labelled * 3 >= rows.len() * 2 {
        names.insert(column, ROW_LABELS.to_owned());
    }
    names
}

fn texts<'a>(row: &Row<'a>) -> impl Iterator<Item = (u32, String)> + use<'a> {
    row.cells().map(|(c, cell)| (c, folded(&cell.to_text()))).filter(|(_, text)| !text.is_empty())
}

/// Tables that stand side by side: each has a district column of its own, with a column without a name between.
fn side_by_side(names: BTreeMap<u32, String>, wanted: &[String]) -> Vec<BTreeMap<u32, String>> {
    let districts: Vec<u32> =
        names.iter().filter(|(_, name)| wanted.iter().any(|w| alike(name, w))).map(|(c, _)| *c).collect();
    let gaps = districts
        .windows(2)
        .filter_map(|pair| (pair[0] + 1..pair[1]).rev().find(|column| !names.contains_key(column)));
    let mut rest = names.clone();
    let mut tables = Vec::new();
    for gap in gaps {
        let right = rest.split_off(&gap);
        tables.push(std::mem::replace(&mut rest, right));
    }
    tables.push(rest);
    tables
}

fn not_found(sheet: &Sheet, layout: &Layout) -> Box<Diagnostic> {
    let wanted = key_names(layout);
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
#[must_use]
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two names are the same but for case and blanks.
#[must_use]
pub fn alike(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || folded(a).to_lowercase() == folded(b).to_lowercase()
}
