//! What is not shown, and why; never the value.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::sheet::{TableSheet, columns};
use super::style::NumberLook;
use super::values::{Names, ValueLine, ValuesTable, grade};
use crate::domain::SchoolYear;
use crate::wording::listing::from_to;
use crate::wording::workbook as words;

/// What identifies a row: a series, and who hides its values.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct HiddenSeries<'t> {
    measure: &'t str,
    subject: &'t str,
    grade: &'t str,
    group: &'t str,
    by_us: bool,
}

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let columns = columns(&[
        (words::H_MEASURE, 38.0),
        (words::H_SUBJECT, 16.0),
        (words::H_GRADE, 14.0),
        (words::H_GROUP, 26.0),
        (words::H_YEARS, 44.0),
        (words::H_COUNT, 10.0),
        (words::H_BY, 14.0),
        (words::H_WHY, 44.0),
    ]);
    let (names, values) = (Names::of(book), ValuesTable::of(book));
    let mut hidden: BTreeMap<HiddenSeries<'_>, Vec<i32>> = BTreeMap::new();
    let own = values
        .iter()
        .flat_map(ValuesTable::rows)
        .filter(|value| value.district_id == book.pack.district.shown_id);
    for value in own.filter(|value| value.is_masked() || value.is_withheld()) {
        hidden.entry(series(&value)).or_default().push(value.end);
    }
    let rows = hidden.iter().map(|(series, years)| row(&names, series, years)).collect();
    let intro = vec![words::WITHHELD_INTRO.to_owned()];
    book.write(&TableSheet { name: words::WITHHELD, intro, columns, rows, frozen: 1, is_filtered: true })
}

fn series<'t>(value: &ValueLine<'t>) -> HiddenSeries<'t> {
    HiddenSeries {
        measure: value.measure,
        subject: value.subject,
        grade: value.grade,
        group: value.group,
        by_us: value.is_withheld(),
    }
}

fn row(names: &Names<'_>, series: &HiddenSeries<'_>, years: &[i32]) -> Vec<BookCell> {
    let (by, why) = if series.by_us {
        (words::BY_US, words::WHY_WITHHELD)
    } else {
        (words::BY_PUBLISHER, words::WHY_MASKED)
    };
    vec![
        BookCell::text(names.measure(series.measure)),
        BookCell::text(names.subject(series.subject)),
        BookCell::text(grade(series.grade)),
        BookCell::text(names.group(series.group)),
        BookCell::text(runs_of_years(years)),
        BookCell::Number(years.len() as f64, NumberLook::Whole),
        BookCell::text(by),
        BookCell::text(why),
    ]
}

/// Ascending years, those that follow each other by their first and last: `2015-16 to 2018-19, 2020-21`.
fn runs_of_years(years: &[i32]) -> String {
    let runs = years.chunk_by(|year, next| next - year == 1);
    let shown = runs.filter_map(|run| {
        Some(from_to(SchoolYear::text_of(*run.first()?), SchoolYear::text_of(*run.last()?)))
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::runs_of_years;

    #[test]
    fn years_that_follow_each_other_are_one_run() {
        assert_eq!(
            runs_of_years(&[2016, 2017, 2019, 2021, 2022]),
            "2015-16 to 2016-17, 2018-19, 2020-21 to 2021-22"
        );
    }
}
