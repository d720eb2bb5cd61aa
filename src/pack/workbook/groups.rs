//! Results by student group.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::sheet::{TableSheet, columns};
use crate::exhibit::{SeriesFacts, SeriesLatest};
use crate::wording::workbook as words;

/// Values about fewer people than this are not shown in a room.
const FEWEST_SHOWN: f64 = 10.0;
/// Values about fewer people than this allow no conclusion.
const SMALL: f64 = 20.0;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let columns = columns(&[
        (words::H_DOMAIN, 14.0),
        (words::H_MEASURE, 34.0),
        (words::H_CODE, 7.5),
        (words::H_GROUP, 26.0),
        (words::H_LATEST, 12.0),
        (words::H_YEAR, 9.5),
        (words::H_N, 9.0),
        (words::H_ALL_STUDENTS, 12.0),
        (words::H_GAP, 12.0),
        (words::H_FIRST, 12.0),
        (words::H_FIRST_YEAR, 9.5),
        (words::H_CHANGE, 12.0),
        (words::H_PEER_MEDIAN, 12.0),
        (words::H_NOTE, 22.0),
    ]);
    let groups = book.pack.facts.iter().filter(|facts| !facts.group.is_empty());
    let rows = groups.filter_map(|facts| Some(row(book, facts, facts.latest?))).collect();
    let intro = vec![words::GROUPS_INTRO.to_owned()];
    book.write(&TableSheet { name: words::GROUPS, intro, columns, rows, frozen: 4, is_filtered: true })
}

fn row(book: &Book<'_>, facts: &SeriesFacts, latest: SeriesLatest) -> Vec<BookCell> {
    let mut row = vec![
        BookCell::text(book.domain_label(&facts.domain)),
        BookCell::text(facts.name()),
        book.code(&facts.code),
        BookCell::text(crate::wording::subject::capitalized(&facts.group)),
    ];
    if is_about_few(facts, latest, FEWEST_SHOWN) {
        row.push(BookCell::Absent(words::HIDDEN.to_owned()));
        row.push(BookCell::text(latest.year.to_string()));
        row.extend([const { BookCell::Blank }; 7]);
        row.push(BookCell::text(words::FEW_PEOPLE));
        return row;
    }
    let SeriesFacts { unit, first, of_all_students, .. } = facts;
    row.extend([
        BookCell::value(Some(latest.value), *unit),
        BookCell::text(latest.year.to_string()),
        BookCell::people(latest.n),
        BookCell::value(*of_all_students, *unit),
        BookCell::change(of_all_students.map(|all| latest.value - all), *unit),
        BookCell::value(first.map(|first| first.value), *unit),
        BookCell::text(first.map(|first| first.year.to_string()).unwrap_or_default()),
        BookCell::change(facts.change(), *unit),
        BookCell::value(facts.standing.as_ref().and_then(|standing| standing.peer_median), *unit),
        BookCell::text(note(facts, latest)),
    ]);
    row
}

fn note(facts: &SeriesFacts, latest: SeriesLatest) -> &str {
    if is_about_few(facts, latest, SMALL) { words::SMALL_GROUP } else { &facts.age }
}

/// Whether a rate is based on fewer people than this. A count of people is what it is.
fn is_about_few(facts: &SeriesFacts, latest: SeriesLatest, fewest: f64) -> bool {
    !facts.adds_up && latest.n.is_some_and(|n| n < fewest)
}
