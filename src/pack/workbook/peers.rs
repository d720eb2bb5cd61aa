//! Whom we are compared with: candidates by distance, to choose from.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::live_peers::LivePeers;
use super::sheet::{TableColumn, TableSheet};
use super::style::NumberLook;
use crate::compare::{Likeness, PeerVariable};
use crate::domain::Unit;
use crate::exhibit::{CandidateValue, Pack, PeerCandidate};
use crate::pack::spreadsheet::{broken_lines, one_page_wide};
use crate::wording::workbook as words;

/// The rows above the candidates that are not text: ours, and the median.
const ABOVE: u32 = 2;
/// How long the lines of text are, in characters, so that they fit into what is printed.
const LINE: f64 = 120.0;

/// The sheet without its rows.
pub(super) fn head(pack: &Pack) -> TableSheet<'static> {
    let (intro, columns) = if pack.candidates.is_empty() {
        (vec![words::NO_PEERS.to_owned()], vec![TableColumn::new(words::H_DISTRICT, 60.0)])
    } else {
        (intro(pack), columns(pack))
    };
    TableSheet { name: words::PEERS, intro, columns, rows: Vec::new(), frozen: 2, is_filtered: false }
}

/// The row of the first candidate, counted from 0.
pub(super) fn first_candidate(head: &TableSheet<'_>) -> u32 {
    head.first() + ABOVE
}

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let (mut table, candidates) = (head(book.pack), &book.pack.candidates);
    if candidates.is_empty() {
        return book.write(&table);
    }
    table.rows = vec![own_row(book), median_row(book)];
    table.rows.extend(candidates.iter().map(|candidate| candidate_row(book, candidate)));
    let mut sheet = book.write(&table)?;
    let choice = DataValidation::new().allow_list_strings(&[words::YES, words::NO])?;
    sheet.add_data_validation(first_candidate(&table), 0, table.last(), 0, &choice)?;
    // The values behind the medians are not printed.
    one_page_wide(&mut sheet);
    sheet.set_print_area(0, 0, table.last(), book.live.first_column() - 2)?;
    Ok(sheet)
}

fn intro(pack: &Pack) -> Vec<String> {
    let mut texts = words::PEERS_INTRO.to_vec();
    if !pack.peers.are_alike() {
        texts.extend([words::NOT_ALIKE, words::NONE_IN_USE]);
    }
    texts.into_iter().flat_map(|text| broken_lines(text, LINE)).collect()
}

fn columns(pack: &Pack) -> Vec<TableColumn> {
    let mut columns = vec![
        TableColumn::new(words::H_USE, 11.0),
        TableColumn::new(words::H_DISTRICT, 44.0),
        TableColumn::new(words::H_DISTANCE, 10.0),
        TableColumn::new(words::H_LIKENESS, 10.0),
    ];
    let variables = pack.peers.variables.iter();
    columns.extend(variables.map(|variable| TableColumn::new(&variable.label, 14.0)));
    columns.push(TableColumn::new("", 3.0));
    let at_a_glance = pack.facts.iter().filter(|facts| facts.is_at_a_glance);
    columns.extend(
        at_a_glance.map(|facts| TableColumn::new(words::series(&facts.code, &facts.full_name()), 34.0)),
    );
    columns
}

fn own_row(book: &Book<'_>) -> Vec<BookCell> {
    let variables = &book.pack.peers.variables;
    let mut row = vec![
        BookCell::text(words::OWN_DISTRICT),
        BookCell::text(&book.pack.district.name),
        BookCell::Blank,
        BookCell::Blank,
    ];
    row.extend(variables.iter().map(|variable| variable_cell(variable, variable.value)));
    row.push(BookCell::Blank);
    row.extend(
        book.at_a_glance().map(|facts| BookCell::value(facts.latest.map(|latest| latest.value), facts.unit)),
    );
    row
}

fn median_row(book: &Book<'_>) -> Vec<BookCell> {
    let (pack, live) = (book.pack, &book.live);
    let mut row = vec![
        live.count(pack.peers.peers.len()),
        BookCell::text(words::IN_USE),
        BookCell::Blank,
        BookCell::Blank,
    ];
    for ((place, column), variable) in
        (LivePeers::BEFORE_VARIABLES as u16..).enumerate().zip(&pack.peers.variables)
    {
        row.push(match variable.unit {
            Some(unit) => live.median_of_column(column, pack.peers.median_of_variable(place), unit),
            None => BookCell::Blank,
        });
    }
    row.push(BookCell::Blank);
    row.extend(book.at_a_glance().enumerate().map(|(place, facts)| live.median(place, facts)));
    row
}

fn candidate_row(book: &Book<'_>, candidate: &PeerCandidate) -> Vec<BookCell> {
    let mut row = vec![
        BookCell::Input(book.live.in_use(candidate.is_peer).to_owned()),
        BookCell::text(&candidate.district.name),
        BookCell::Number(candidate.distance, NumberLook::Plain),
        BookCell::text(candidate.likeness.map_or("", Likeness::id)),
    ];
    let variables = book.pack.peers.variables.iter().zip(&candidate.variables);
    row.extend(variables.map(|(variable, value)| variable_cell(variable, *value)));
    row.push(BookCell::Blank);
    row.extend(
        book.at_a_glance().zip(&candidate.values).map(|(facts, value)| value_cell(*value, facts.unit)),
    );
    row
}

fn variable_cell(variable: &PeerVariable, value: f64) -> BookCell {
    match variable.unit {
        Some(_) => BookCell::value(Some(value), variable.unit.unwrap_or(Unit::Ratio)),
        None => BookCell::text(variable.shown(value)),
    }
}

fn value_cell(value: CandidateValue, unit: Unit) -> BookCell {
    match value {
        CandidateValue::Shown(value) => BookCell::value(Some(value), unit),
        CandidateValue::Hidden => BookCell::Absent(words::HIDDEN.to_owned()),
        CandidateValue::Missing => BookCell::Blank,
    }
}
