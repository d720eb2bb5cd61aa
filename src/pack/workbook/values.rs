//! Every value of the district and its peers, one a row.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataType};
use polars::prelude::{DataFrame, Float64Chunked, Int64Chunked, StringChunked};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::sheet::{TableSheet, columns};
use super::style::NumberLook;
use crate::domain::{ALL, Grade, SchoolYear, Status, Unit};
use crate::wording::subject::capitalized;
use crate::wording::workbook as words;

/// The most rows that a sheet may have below its header.
const MOST: usize = 1_000_000;
/// How many of them are printed: all of them would fill hundreds of pages.
const PRINTED: usize = 40;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let columns = columns(&[
        (words::H_DISTRICT, 34.0),
        (words::H_YEAR, 10.0),
        (words::H_MEASURE, 36.0),
        (words::H_GROUP, 22.0),
        (words::H_GRADE, 14.0),
        (words::H_SUBJECT, 16.0),
        (words::H_VALUE, 14.0),
        (words::H_UNIT, 14.0),
        (words::H_N, 9.0),
    ]);
    let names = Names::of(book);
    let values = ValuesTable::of(book);
    let own = &book.pack.district.shown_id;
    let (ours, theirs): (Vec<_>, Vec<_>) =
        values.iter().flat_map(ValuesTable::rows).take(MOST).partition(|value| value.district_id == own);
    let rows: Vec<_> = ours.iter().chain(&theirs).map(|value| row(&names, value)).collect();
    let mut intro = vec![words::ALL_VALUES_INTRO.to_owned()];
    if rows.len() > PRINTED {
        intro.push(words::rows_printed(PRINTED, rows.len()));
    }
    let table = TableSheet { name: words::ALL_VALUES, intro, columns, rows, frozen: 0, is_filtered: true };
    let mut sheet = book.write(&table)?;
    if table.rows.len() > PRINTED {
        let last_printed = table.header() + PRINTED as u32;
        sheet.set_print_area(0, 0, last_printed, table.columns.len() as u16 - 1)?;
    }
    Ok(sheet)
}

fn row(names: &Names<'_>, value: &ValueLine<'_>) -> Vec<BookCell> {
    vec![
        BookCell::text(value.district),
        BookCell::text(SchoolYear::text_of(value.end)),
        BookCell::text(names.measure(value.measure)),
        BookCell::text(names.group(value.group)),
        BookCell::text(grade(value.grade)),
        BookCell::text(names.subject(value.subject)),
        value_cell(value),
        BookCell::text(value.unit().map_or("", words::unit)),
        BookCell::people(value.n),
    ]
}

fn value_cell(value: &ValueLine<'_>) -> BookCell {
    match (value.value, value.unit()) {
        (Some(number), Some(unit)) => BookCell::value(Some(number), unit),
        (Some(number), None) => BookCell::Number(number, NumberLook::Plain),
        (None, _) => BookCell::Absent(words::HIDDEN.to_owned()),
    }
}

/// A grade in words.
pub(super) fn grade(id: &str) -> String {
    match Grade::parse(id) {
        Some(grade) if !grade.is_all() => capitalized(&grade.label()),
        _ => words::ALL.to_owned(),
    }
}

/// The names of measures, groups and subjects, by their ids.
#[derive(Default)]
pub(super) struct Names<'a> {
    measures: BTreeMap<&'a str, &'a str>,
    groups: BTreeMap<&'a str, &'a str>,
    subjects: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(book: &Book<'a>) -> Self {
        let mut names = Self::default();
        for facts in &book.pack.facts {
            names.measures.insert(&facts.key.measure, &facts.measure);
            names.groups.insert(&facts.key.group, &facts.group);
            names.subjects.insert(&facts.key.subject, &facts.subject);
        }
        names
    }

    pub(super) fn measure(&self, id: &str) -> String {
        name(&self.measures, id)
    }

    pub(super) fn group(&self, id: &str) -> String {
        name(&self.groups, id)
    }

    pub(super) fn subject(&self, id: &str) -> String {
        name(&self.subjects, id)
    }
}

/// The name of an id; of one that our own series do not have, the id in words.
fn name(names: &BTreeMap<&str, &str>, id: &str) -> String {
    match names.get(id) {
        _ if id == ALL => words::ALL.to_owned(),
        Some(name) => capitalized(name),
        None => capitalized(&id.replace('-', " ")),
    }
}

/// The columns of the table of values.
pub(super) struct ValuesTable {
    rows: usize,
    ids: StringChunked,
    districts: StringChunked,
    years: Int64Chunked,
    measures: StringChunked,
    groups: StringChunked,
    grades: StringChunked,
    subjects: StringChunked,
    values: Float64Chunked,
    units: StringChunked,
    n: Float64Chunked,
    statuses: StringChunked,
}

/// One value.
pub(super) struct ValueLine<'t> {
    pub(super) district_id: &'t str,
    district: &'t str,
    /// The year in which the school year ends.
    pub(super) end: i32,
    pub(super) measure: &'t str,
    pub(super) group: &'t str,
    pub(super) grade: &'t str,
    pub(super) subject: &'t str,
    value: Option<f64>,
    unit: &'t str,
    n: Option<f64>,
    status: &'t str,
}

impl ValuesTable {
    /// The table of the pack; `None` if it has none, or if it is empty.
    pub(super) fn of(book: &Book<'_>) -> Option<Self> {
        let table = book.pack.tables.iter().find(|table| table.name == "measures")?;
        let frame = &table.frame;
        Some(Self {
            rows: frame.height(),
            ids: texts(frame, "district_id")?,
            districts: texts(frame, "district_name")?,
            years: number_column(frame, "school_year", &DataType::Int64)?.i64().ok()?.clone(),
            measures: texts(frame, "measure")?,
            groups: texts(frame, "group")?,
            grades: texts(frame, "grade")?,
            subjects: texts(frame, "subject")?,
            values: number_column(frame, "value", &DataType::Float64)?.f64().ok()?.clone(),
            units: texts(frame, "unit")?,
            n: number_column(frame, "n", &DataType::Float64)?.f64().ok()?.clone(),
            statuses: texts(frame, "status")?,
        })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = ValueLine<'_>> {
        (0..self.rows).map(|row| self.line(row))
    }

    fn line(&self, row: usize) -> ValueLine<'_> {
        ValueLine {
            district_id: self.ids.get(row).unwrap_or_default(),
            district: self.districts.get(row).unwrap_or_default(),
            end: self.years.get(row).unwrap_or_default() as i32,
            measure: self.measures.get(row).unwrap_or_default(),
            group: self.groups.get(row).unwrap_or_default(),
            grade: self.grades.get(row).unwrap_or_default(),
            subject: self.subjects.get(row).unwrap_or_default(),
            value: self.values.get(row),
            unit: self.units.get(row).unwrap_or_default(),
            n: self.n.get(row),
            status: self.statuses.get(row).unwrap_or_default(),
        }
    }
}

impl ValueLine<'_> {
    fn unit(&self) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.id() == self.unit)
    }

    /// Whether its publisher hides it.
    pub(super) fn is_masked(&self) -> bool {
        self.status == Status::Masked.id()
    }

    /// Whether it is withheld here.
    pub(super) fn is_withheld(&self) -> bool {
        self.status == Status::Withheld.id()
    }
}

fn texts(frame: &DataFrame, name: &str) -> Option<StringChunked> {
    Some(frame.column(name).ok()?.as_materialized_series().rechunk().str().ok()?.clone())
}

fn number_column(frame: &DataFrame, name: &str, kind: &DataType) -> Option<Column> {
    Some(frame.column(name).ok()?.cast(kind).ok()?.rechunk())
}
