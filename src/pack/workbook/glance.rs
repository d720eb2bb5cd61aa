//! Every measure in one row.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::sheet::{TableSheet, columns};
use crate::compare::Standing;
use crate::exhibit::SeriesFacts;
use crate::wording::workbook as words;

/// The columns of our value and of the peers' median, which others refer to.
const OWN: char = 'D';
const MEDIAN: char = 'K';

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let columns = columns(&[
        (words::H_DOMAIN, 14.0),
        (words::H_MEASURE, 30.0),
        (words::H_CODE, 7.5),
        (words::H_LATEST, 11.5),
        (words::H_YEAR, 9.5),
        (words::H_N, 8.0),
        (words::H_FIRST, 11.5),
        (words::H_FIRST_YEAR, 9.5),
        (words::H_CHANGE, 11.0),
        (words::H_REAL_CHANGE, 11.0),
        (words::H_PEER_MEDIAN, 11.5),
        (words::H_DIFFERENCE, 11.0),
        (words::H_PLACE, 14.5),
        (words::H_STATE, 11.5),
        (words::H_BETTER, 9.0),
        (words::H_AGE, 12.0),
    ]);
    let mut intro = vec![words::GLANCE_INTRO.to_owned()];
    if !book.pack.peers.are_alike() {
        intro.push(
            if book.pack.peers.peers.is_empty() { words::NO_PEERS } else { words::NOT_ALIKE }.to_owned(),
        );
    }
    let rows = book.at_a_glance().enumerate().map(|(place, facts)| row(book, place, facts)).collect();
    book.write(&TableSheet { name: words::GLANCE, intro, columns, rows, frozen: 3, is_filtered: true })
}

/// The row of the series at this place among those at a glance.
fn row(book: &Book<'_>, place: usize, facts: &SeriesFacts) -> Vec<BookCell> {
    let SeriesFacts { unit, latest, first, standing, .. } = facts;
    vec![
        BookCell::text(book.domain_label(&facts.domain)),
        BookCell::text(facts.full_name()),
        book.code(&facts.code),
        BookCell::value(latest.map(|latest| latest.value), *unit),
        BookCell::text(latest.map(|latest| latest.year.to_string()).unwrap_or_default()),
        BookCell::people(latest.and_then(|latest| latest.n)),
        BookCell::value(first.map(|first| first.value), *unit),
        BookCell::text(first.map(|first| first.year.to_string()).unwrap_or_default()),
        BookCell::change(facts.change(), *unit),
        BookCell::change(facts.real_change, *unit),
        book.live.median(place, facts),
        book.live.difference(facts, OWN, MEDIAN),
        book.live.place(place, facts, OWN),
        BookCell::value(standing.as_ref().and_then(state_median), *unit),
        BookCell::text(words::better(facts.better)),
        BookCell::text(&facts.age),
    ]
}

const fn state_median(standing: &Standing) -> Option<f64> {
    standing.state_median
}
