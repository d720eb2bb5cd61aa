//! The rows of all files, grouped by series without copying them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::directory::DistrictCodes;
use super::incoming::{FileIndex, IncomingRow};
use super::reading::FileReading;
use super::school_directory::SchoolCodes;
use super::succession::Succession;
use crate::domain::{KeyCode, SchoolYear, Terms};

/// The rows of all files by series, without those of unknown districts and schools.
pub(super) struct SeriesRows<'a> {
    readings: &'a [FileReading],
    codes: OrganizationCodes<'a>,
    /// The location of each row, series by series.
    rows: Vec<RowPlace>,
    series: Vec<SeriesRange>,
}

/// The codes of each file's districts and schools.
#[derive(Clone, Copy)]
pub(super) struct OrganizationCodes<'a> {
    pub(super) districts: &'a DistrictCodes,
    pub(super) schools: &'a SchoolCodes,
}

impl OrganizationCodes<'_> {
    /// The code of the district or school that a row of a file is about; `None` if it is unknown.
    fn of_row(self, file: usize, reading: &FileReading, row: usize) -> Option<u32> {
        match reading.school_of(row) {
            Some(school) => self.schools[file][school.0 as usize],
            None => self.districts[file][reading.packed(row).district.0 as usize],
        }
    }
}

/// The location of a row: its file, and its index there.
#[derive(Clone, Copy, Default)]
struct RowPlace {
    file: u32,
    row: u32,
}

/// The rows of one series, as a range of the list of rows.
pub(super) struct SeriesRange {
    pub(super) key: KeyCode,
    rows: Range<usize>,
}

impl<'a> SeriesRows<'a> {
    pub(super) fn new(readings: &'a [FileReading], codes: OrganizationCodes<'a>, terms: &Terms) -> Self {
        let keys = readings.iter().map(|reading| key_codes(reading, terms)).collect();
        let keyed = KeyedRows { readings, codes, keys };
        let series = ranges(keyed.counts());
        let rows = keyed.sorted_places(&series);
        Self { readings, codes, rows, series }
    }

    /// How many rows there are.
    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The series, sorted, in batches of about `rows` rows; a series is never split.
    pub(super) fn batches(&self, rows: usize) -> impl Iterator<Item = &[SeriesRange]> {
        self.series.chunk_by(move |a, b| a.rows.start / rows == b.rows.start / rows)
    }

    /// The rows of a series, sorted by district and year, the newest file last.
    pub(super) fn sorted(&self, series: &SeriesRange, succession: &Succession) -> Vec<PlacedRow> {
        let places = self.rows[series.rows.clone()].iter();
        let mut rows: Vec<PlacedRow> =
            places.filter_map(|place| self.placed_row(*place, succession)).collect();
        rows.sort_unstable_by(|a, b| {
            a.order().cmp(&b.order()).then_with(|| self.cell(a.place).cmp(&self.cell(b.place)))
        });
        rows
    }

    fn placed_row(&self, place: RowPlace, succession: &Succession) -> Option<PlacedRow> {
        let file = place.file as usize;
        let reading = &self.readings[file];
        let row = reading.packed(place.row as usize);
        let origin = self.codes.of_row(file, reading, place.row as usize)?;
        let district = succession.successor(origin, row.year);
        Some(PlacedRow { district, year: row.year, origin, place })
    }

    /// The cell of a row: sheet, row and column.
    fn cell(&self, place: RowPlace) -> (u16, u32, u16) {
        let row = self.readings[place.file as usize].packed(place.row as usize);
        (row.sheet.0, row.row, row.column)
    }

    /// A row of the series `key`.
    pub(super) fn incoming(&self, key: KeyCode, placed: &PlacedRow) -> IncomingRow {
        let PlacedRow { district, origin, place, .. } = *placed;
        let reading = &self.readings[place.file as usize];
        let row = reading.row(place.row as usize);
        IncomingRow { key, district, origin, file: FileIndex(place.file), public: reading.public, row }
    }
}

/// The rows of known districts and schools in the order of the files, each with its key.
struct KeyedRows<'a> {
    readings: &'a [FileReading],
    codes: OrganizationCodes<'a>,
    /// The codes of each file's keys.
    keys: Vec<Vec<Option<KeyCode>>>,
}

impl KeyedRows<'_> {
    /// How many rows each series has.
    fn counts(&self) -> BTreeMap<KeyCode, usize> {
        let mut counts: BTreeMap<KeyCode, usize> = BTreeMap::new();
        self.for_each(|key, _| *counts.entry(key).or_default() += 1);
        counts
    }

    /// The locations of the rows, series by series.
    fn sorted_places(&self, series: &[SeriesRange]) -> Vec<RowPlace> {
        let mut places = vec![RowPlace::default(); series.last().map_or(0, |last| last.rows.end)];
        let mut next: BTreeMap<KeyCode, usize> =
            series.iter().map(|series| (series.key, series.rows.start)).collect();
        self.for_each(|key, place| {
            if let Some(index) = next.get_mut(&key) {
                places[*index] = place;
                *index += 1;
            }
        });
        places
    }

    fn for_each(&self, mut visit: impl FnMut(KeyCode, RowPlace)) {
        for (file, reading) in self.readings.iter().enumerate() {
            for index in 0..reading.values() {
                let organization = self.codes.of_row(file, reading, index);
                if let Some(key) = organization.and(self.keys[file][reading.packed(index).key.0 as usize]) {
                    visit(key, RowPlace { file: file as u32, row: index as u32 });
                }
            }
        }
    }
}

/// The codes of a file's keys.
fn key_codes(reading: &FileReading, terms: &Terms) -> Vec<Option<KeyCode>> {
    reading.keys.iter().map(|key| terms.code(key)).collect()
}

/// The range of the rows of each series, consecutively.
fn ranges(counts: BTreeMap<KeyCode, usize>) -> Vec<SeriesRange> {
    let mut end = 0;
    let mut series = Vec::with_capacity(counts.len());
    for (key, count) in counts {
        series.push(SeriesRange { key, rows: end..end + count });
        end += count;
    }
    series
}

/// The location of a row of a series, with its district and year.
#[derive(Clone, Copy)]
pub(super) struct PlacedRow {
    district: u32,
    year: SchoolYear,
    origin: u32,
    place: RowPlace,
}

impl PlacedRow {
    const fn order(&self) -> (u32, SchoolYear, u32, u32) {
        (self.district, self.year, self.origin, self.place.file)
    }

    /// Whether both have the same district and year.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (self.district, self.year) == (other.district, other.year)
    }
}
