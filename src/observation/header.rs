//! Finds the tables of a sheet: the header of each, its column names, and its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::column_names::{LONGEST_UPPER, joined, lowest_part, side_by_side, with_row_labels};
use super::text_match::{alike, folded, likeness};
use crate::catalog::{HeaderRows, Layout, YearFrom};
use crate::diagnostic::{Diagnostic, cell_name};
use crate::wording::reading as wording;
use sheets::{Cell, Row, Sheet, without_raised_marks};

/// How many rows are searched for the first header.
const SEARCHED_ROWS: usize = 100;
/// The minimum similarity for a cell to be shown as the closest match to a missing header.
const NEAREST_LIKENESS: f64 = 0.8;

/// The header of a table, and the positions of the table's title and data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its last row, from 0.
    pub row: u32,
    /// Column (from 0) → name, with whitespace folded. Unnamed columns are not listed.
    pub names: BTreeMap<u32, String>,
    /// The rows of the table's title: from the end of the previous table to the header's first row.
    pub title: Range<u32>,
    /// The columns of the title: all columns, or for side-by-side tables those from the table's first column
    /// up to the next table.
    pub title_columns: Range<u32>,
    /// The rows of the table's data; some may be blank.
    pub data: Range<u32>,
    /// Hidden columns that are not among the named ones because a visible column has the same name → that column.
    pub hidden_twins: BTreeMap<u32, u32>,
}

impl Header {
    /// The same header without hidden columns that are called like visible ones: what one sees is read.
    #[must_use]
    pub fn without_hidden_twins(mut self, sheet: &Sheet) -> Self {
        let mut visible: BTreeMap<String, u32> = BTreeMap::new();
        for (column, name) in self.names.iter().filter(|(column, _)| !sheet.is_hidden_column(**column)) {
            visible.entry(name.to_lowercase()).or_insert(*column);
        }
        for (column, name) in self.names.iter().filter(|(column, _)| sheet.is_hidden_column(**column)) {
            self.hidden_twins.extend(visible.get(&name.to_lowercase()).map(|twin| (*column, *twin)));
        }
        self.names.retain(|column, _| !self.hidden_twins.contains_key(column));
        self
    }

    /// The table's columns, from the first to the last named one.
    #[must_use]
    pub fn columns(&self) -> Range<u32> {
        match (self.names.first_key_value(), self.names.last_key_value()) {
            (Some((first, _)), Some((last, _))) => *first..*last + 1,
            _ => 0..0,
        }
    }

    /// The text above the header, one string for each nonblank row, with cells joined by spaces. For
    /// side-by-side tables: the text above the table's own columns or, if there is none, above all columns.
    #[must_use]
    pub fn title_texts(&self, sheet: &Sheet) -> Vec<String> {
        let own = self.title_texts_within(sheet, &self.title_columns);
        if own.is_empty() { self.title_texts_within(sheet, &(0..u32::MAX)) } else { own }
    }

    fn title_texts_within(&self, sheet: &Sheet, columns: &Range<u32>) -> Vec<String> {
        let rows = sheet.rows_between(self.title.clone());
        rows.map(|row| text_within(&row, columns)).filter(|text| !text.is_empty()).collect()
    }

    /// The first column with one of `names`.
    #[must_use]
    pub fn column(&self, names: &[String]) -> Option<u32> {
        names.iter().find_map(|name| self.column_named(name))
    }

    fn column_named(&self, name: &str) -> Option<u32> {
        self.names.iter().find(|(_, own)| alike(own, name)).map(|(column, _)| *column)
    }

    /// The name of a column; empty if it has none.
    pub(super) fn name(&self, column: u32) -> &str {
        self.names.get(&column).map_or("", String::as_str)
    }
}

/// The text of the row's cells in `columns`, joined by spaces.
fn text_within(row: &Row<'_>, columns: &Range<u32>) -> String {
    let own = row.cells().filter(|(column, _)| columns.contains(column));
    folded(&own.map(|(_, cell)| cell.to_text()).collect::<Vec<_>>().join(" "))
}

/// Finds the tables of `sheet` by `layout`, top to bottom and left to right.
///
/// # Errors
/// If there is none, a diagnostic.
pub(super) fn find(sheet: &Sheet, layout: &Layout) -> Result<Vec<Header>, Box<Diagnostic>> {
    find_any(sheet, layout).ok_or_else(|| not_found(sheet, key_names(layout)))
}

/// The same; `None` if there is none.
pub(super) fn find_any(sheet: &Sheet, layout: &Layout) -> Option<Vec<Header>> {
    let wanted = key_names(layout);
    let headers = headers(sheet, &header_rows(sheet, layout, wanted), wanted);
    (!headers.is_empty()).then_some(headers)
}

/// The tables of `sheet` whose district or school year column is called `name`, with headers of `depth` rows,
/// top to bottom and left to right.
#[must_use]
pub fn tables_with(sheet: &Sheet, name: &str, depth: u32) -> Vec<Header> {
    let wanted = [name.to_owned()];
    headers(sheet, &search_header_rows(sheet, &wanted, depth), &wanted)
}

/// The names of the column that every table must have: the district id, or the district name if there is no
/// id, or the school year if the whole file is about one district.
fn key_names(layout: &Layout) -> &[String] {
    let (district, by_year) = (&layout.district, layout.year.from == YearFrom::Column);
    match (district.id.is_empty(), district.name.is_empty()) {
        (false, _) => &district.id,
        (true, true) if by_year => &layout.year.column,
        _ => &district.name,
    }
}

/// The rows of one header (from 0), in order.
struct HeaderSpan {
    first: u32,
    last: u32,
    rows: Vec<u32>,
}

impl HeaderSpan {
    fn new(rows: Vec<u32>) -> Option<Self> {
        Some(Self { first: *rows.first()?, last: *rows.last()?, rows })
    }
}

/// The rows of each header: those given by the layout, or the first row if the layout names no key column, or
/// those found.
fn header_rows(sheet: &Sheet, layout: &Layout, wanted: &[String]) -> Vec<HeaderSpan> {
    match &layout.header.rows {
        HeaderRows::Rows(rows) if !rows.is_empty() => {
            let from_zero: BTreeSet<u32> = rows.iter().map(|number| number.saturating_sub(1)).collect();
            HeaderSpan::new(from_zero.into_iter().collect()).into_iter().collect()
        }
        _ if wanted.is_empty() => {
            sheet.rows().next().and_then(|row| HeaderSpan::new(vec![row.number])).into_iter().collect()
        }
        _ => search_header_rows(sheet, wanted, layout.header.depth.unwrap_or(1).max(1)),
    }
}

/// The headers at the rows `spans`, with side-by-side tables separated.
fn headers(sheet: &Sheet, spans: &[HeaderSpan], wanted: &[String]) -> Vec<Header> {
    let mut headers = Vec::new();
    for (i, span) in spans.iter().enumerate() {
        let previous = i.checked_sub(1).map(|before| spans[before].last);
        let title_from = previous.map_or(0, |last| title_start(sheet, last, span.first));
        let next = spans.get(i + 1).map(|next| next.first);
        let data_to = next.map_or(u32::MAX, |next| data_end(sheet, span.last, next));
        let rows: Vec<Row<'_>> = span.rows.iter().filter_map(|number| sheet.row(*number)).collect();
        let tables = side_by_side(joined(&rows, sheet.merged()), wanted);
        let ranges =
            TableRows { header: span.last, title: title_from..span.first, data: span.last + 1..data_to };
        ranges.add_headers(sheet, tables, &mut headers);
    }
    headers
}

/// The rows shared by side-by-side tables.
struct TableRows {
    header: u32,
    title: Range<u32>,
    data: Range<u32>,
}

impl TableRows {
    /// Adds the header of each of `tables`, which are the column names of tables from left to right.
    fn add_headers(&self, sheet: &Sheet, tables: Vec<BTreeMap<u32, String>>, headers: &mut Vec<Header>) {
        let starts: Vec<u32> =
            tables.iter().skip(1).filter_map(|names| names.keys().next().copied()).collect();
        for (table, names) in tables.into_iter().enumerate() {
            let from = table.checked_sub(1).map_or(0, |before| starts[before]);
            let header = Header {
                row: self.header,
                names: with_row_labels(sheet, names, self.data.clone()),
                title: self.title.clone(),
                title_columns: from..starts.get(table).copied().unwrap_or(u32::MAX),
                data: self.data.clone(),
                hidden_twins: BTreeMap::new(),
            };
            headers.push(header.without_hidden_twins(sheet));
        }
    }
}

/// A search for headers by the name of the key column.
struct HeaderSearch<'a> {
    sheet: &'a Sheet,
    /// The lowest part of each wanted name: the text in the last row of a multi-row header.
    wanted: Vec<&'a str>,
    /// How many rows a header has.
    depth: u32,
    found: Vec<HeaderSpan>,
    /// The key columns of the header found most recently.
    key_columns: Vec<u32>,
}

/// The rows of each header that contains one of the names `wanted`, including its upper and lower rows.
fn search_header_rows(sheet: &Sheet, wanted: &[String], depth: u32) -> Vec<HeaderSpan> {
    let wanted = wanted.iter().map(|name| lowest_part(name)).collect();
    let mut search = HeaderSearch { sheet, wanted, depth, found: Vec::new(), key_columns: Vec::new() };
    let mut last_filled: Option<u32> = None;
    for (i, row) in sheet.rows().enumerate() {
        if search.found.is_empty() && i >= SEARCHED_ROWS {
            break;
        }
        let is_after_gap = last_filled.is_none_or(|number| number + 1 < row.number);
        last_filled = filled_cells(&row).next().map(|_| row.number);
        if let Some(column) = search.key_column(&row, is_after_gap) {
            search.add(&row, column);
        }
    }
    search.found
}

impl HeaderSearch<'_> {
    /// The key column in a row if the row is part of a header; otherwise `None`.
    fn key_column(&self, row: &Row<'_>, is_after_gap: bool) -> Option<u32> {
        match self.found.last() {
            Some(last) if row.number <= last.last => None,
            // Within a table, only cells below its key columns can begin another one; after a blank row, any
            // cell can.
            Some(_) if !is_after_gap => {
                self.key_columns.iter().copied().find(|column| self.is_key(row.cell(*column)))
            }
            _ => row.cells().find(|(_, cell)| self.is_key(*cell)).map(|(column, _)| column),
        }
    }

    fn is_key(&self, cell: Cell<'_>) -> bool {
        let Cell::Text(text) = cell else { return false };
        let is_wanted = |text: &str| self.wanted.iter().any(|name| alike(text, name));
        is_wanted(text) || without_raised_marks(text).is_some_and(|bare| is_wanted(&bare))
    }

    fn add(&mut self, row: &Row<'_>, column: u32) {
        self.found.extend(HeaderSpan::new(self.rows_around(row.number, column)));
        let keys = row.cells().filter(|(_, cell)| self.is_key(*cell));
        self.key_columns = keys.map(|(column, _)| column).collect();
    }

    /// The rows of the header whose key cell is in row `number` and `column`.
    fn rows_around(&self, number: u32, column: u32) -> Vec<u32> {
        let mut regions = self.sheet.merged().iter();
        if let Some(region) = regions.find(|m| m.first_row == number && m.first_column == column)
            && region.last_row > number
        {
            return (number..=region.last_row.min(number + 3)).collect();
        }
        let below = (1..self.depth).take_while(|i| self.continues_header(number + i, column)).count() as u32;
        ((number + below + 1).saturating_sub(self.depth)..=number + below).collect()
    }

    /// Whether row `number` continues the header above it: the key cell may be in the upper of several rows,
    /// with only the lower parts of other names below it. Below a heading that is merged over several columns, these may be
    /// numbers: levels 1 to 5.
    fn continues_header(&self, number: u32, column: u32) -> bool {
        let Some(row) = self.sheet.row(number) else { return false };
        row.cell(column).is_blank()
            && row.cells().all(|(other, cell)| match cell {
                Cell::Text(_) => true,
                Cell::Number(_) => self.is_below_heading(number, other),
                _ => cell.is_blank(),
            })
            && row.cells().any(|(other, _)| other > column)
    }

    /// Whether a cell is right below one that is merged over several columns.
    fn is_below_heading(&self, number: u32, column: u32) -> bool {
        self.sheet.merged().iter().any(|m| {
            m.last_row + 1 == number
                && m.last_column > m.first_column
                && (m.first_column..=m.last_column).contains(&column)
        })
    }
}

/// The end of the data of a table that is followed by another: single-text rows right above the next header
/// are its title.
fn data_end(sheet: &Sheet, header: u32, next: u32) -> u32 {
    let last = (header + 1..next).rev().find(|number| !is_title_row(sheet, *number));
    last.map_or(next, |row| row + 1)
}

fn is_title_row(sheet: &Sheet, number: u32) -> bool {
    let Some(row) = sheet.row(number) else { return true };
    let mut cells = filled_cells(&row);
    match cells.next() {
        None => true,
        Some(cell) => matches!(cell, Cell::Text(_)) && cells.next().is_none(),
    }
}

/// The start of the title of a table that follows another one: below the last data row of that one.
fn title_start(sheet: &Sheet, previous_header: u32, header: u32) -> u32 {
    let last_data = (previous_header + 1..header).rev().find(|number| is_data_row(sheet, *number));
    last_data.map_or(previous_header + 1, |row| row + 1)
}

fn is_data_row(sheet: &Sheet, number: u32) -> bool {
    sheet.row(number).is_some_and(|row| filled_cells(&row).count() > 2)
}

fn filled_cells<'a>(row: &Row<'a>) -> impl Iterator<Item = Cell<'a>> + use<'a> {
    row.cells().map(|(_, cell)| cell).filter(|cell| !cell.is_blank())
}

fn not_found(sheet: &Sheet, wanted: &[String]) -> Box<Diagnostic> {
    let nearest = nearest_cell(sheet, wanted).map_or_else(String::new, |near| near.describe());
    Box::new(Diagnostic::header_not_found(sheet.place.clone(), &wording::any_of(wanted), &nearest))
}

/// The cell most similar to a name that was not found.
struct NearestCell {
    likeness: f64,
    row: u32,
    column: u32,
    text: String,
}

impl NearestCell {
    fn describe(&self) -> String {
        wording::nearest_cell(&self.text, &cell_name(self.row, self.column))
    }
}

/// The cell in the searched rows that is most similar to one of `wanted`; the first if several are.
fn nearest_cell(sheet: &Sheet, wanted: &[String]) -> Option<NearestCell> {
    let mut nearest: Option<NearestCell> = None;
    for row in sheet.rows().take(SEARCHED_ROWS) {
        for (column, cell) in row.cells() {
            let text = cell.to_text();
            if text.is_empty() || text.len() > LONGEST_UPPER {
                continue;
            }
            let likeness = wanted.iter().map(|name| likeness(&text, name)).fold(0.0, f64::max);
            let least = nearest.as_ref().map_or(NEAREST_LIKENESS, |near| near.likeness);
            if likeness > least {
                nearest = Some(NearestCell { likeness, row: row.number, column, text });
            }
        }
    }
    nearest
}
