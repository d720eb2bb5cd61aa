//! Where each measure starts from, with room for targets.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::sheet::{TableSheet, columns};
use crate::compare::Direction;
use crate::domain::Better;
use crate::exhibit::SeriesFacts;
use crate::wording::workbook as words;

/// The column of the target's year.
const TARGET_YEAR: u16 = 13;
/// The years that a target can be for, by their ends.
const YEARS: [i32; 2] = [2020, 2100];

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let columns = columns(&[
        (words::H_DOMAIN, 14.0),
        (words::H_MEASURE, 34.0),
        (words::H_CODE, 7.5),
        (words::H_BETTER, 9.0),
        (words::H_BASELINE, 12.0),
        (words::H_YEAR, 9.5),
        (words::H_N, 9.0),
        (words::H_TREND, 14.0),
        (words::H_LOWER_QUARTILE, 12.0),
        (words::H_PEER_MEDIAN, 12.0),
        (words::H_UPPER_QUARTILE, 12.0),
        (words::H_STATE, 12.0),
        (words::H_TARGET, 12.0),
        (words::H_TARGET_YEAR, 11.0),
        (words::H_WHO, 16.0),
    ]);
    let judged = book.at_a_glance().enumerate().filter(|(_, facts)| facts.better != Better::Neither);
    let rows = judged.map(|(place, facts)| row(book, place, facts)).collect();
    let intro = vec![words::BASELINES_INTRO.to_owned()];
    let table = TableSheet { name: words::BASELINES, intro, columns, rows, frozen: 3, is_filtered: true };
    let mut sheet = book.write(&table)?;
    let [first, last] = YEARS;
    let year = DataValidation::new().allow_whole_number(DataValidationRule::Between(first, last));
    sheet.add_data_validation(table.first(), TARGET_YEAR, table.last(), TARGET_YEAR, &year)?;
    Ok(sheet)
}

fn row(book: &Book<'_>, place: usize, facts: &SeriesFacts) -> Vec<BookCell> {
    let SeriesFacts { unit, latest, .. } = facts;
    vec![
        BookCell::text(book.domain_label(&facts.domain)),
        BookCell::text(facts.full_name()),
        book.code(&facts.code),
        BookCell::text(words::better(facts.better)),
        BookCell::value(latest.map(|latest| latest.value), *unit),
        BookCell::text(latest.map(|latest| latest.year.to_string()).unwrap_or_default()),
        BookCell::people(latest.and_then(|latest| latest.n)),
        BookCell::text(facts.trend.map_or("", trend)),
        book.live.lower_quartile(place, facts),
        book.live.median(place, facts),
        book.live.upper_quartile(place, facts),
        BookCell::value(facts.standing.as_ref().and_then(|standing| standing.state_median), *unit),
        BookCell::input(),
        BookCell::input(),
        BookCell::input(),
    ]
}

const fn trend(direction: Direction) -> &'static str {
    match direction {
        Direction::Rising => words::RISING,
        Direction::Falling => words::FALLING,
        Direction::Steady => words::STEADY,
        Direction::NoClearDirection => words::NO_TREND,
        Direction::TooFewYears => words::TOO_SHORT,
    }
}
