//! The rows of all files, by the series that they are of, without a copy of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::gather::Incoming;
use super::reading::FileReading;
use super::rows::Packed;
use super::succession::Succession;
use crate::domain::{KeyCode, SchoolYear, Terms};

/// Rows by series: each a file and a row of it. Rows of districts that nobody knows are not among them.
pub(super) struct Keyed<'a> {
    readings: &'a [FileReading],
    districts: &'a [Vec<Option<u32>>],
    rows: Vec<(u32, u32)>,
    series: Vec<(KeyCode, Range<usize>)>,
}

impl<'a> Keyed<'a> {
    /// `districts` are the codes of each file's districts, as [`super::directory::directory`] gives them.
    pub(super) fn new(readings: &'a [FileReading], districts: &'a [Vec<Option<u32>>], terms: &Terms) -> Self {
        let mut counts: BTreeMap<KeyCode, usize> = BTreeMap::new();
        let codes: Vec<Vec<Option<KeyCode>>> =
            readings.iter().map(|r| r.keys.iter().map(|k| terms.code(k)).collect()).collect();
        let known = || {
            readings.iter().enumerate().flat_map(|(file, reading)| {
                let (codes, districts) = (&codes[file], &districts[file]);
                reading.rows.from(0).enumerate().filter_map(move |(i, row)| {
                    districts[row.district as usize].and(codes[row.key as usize]).map(|key| (key, file, i))
                })
            })
        };
        known().for_each(|(key, ..)| *counts.entry(key).or_default() += 1);
        let mut end = 0;
        let mut series = Vec::with_capacity(counts.len());
        for (key, count) in counts {
            series.push((key, end..end + count));
            end += count;
        }
        let mut next: BTreeMap<KeyCode, usize> = series.iter().map(|(k, r)| (*k, r.start)).collect();
        let mut rows = vec![(0, 0); end];
        for (key, file, row) in known() {
            if let Some(at) = next.get_mut(&key) {
                rows[*at] = (file as u32, row as u32);
                *at += 1;
            }
        }
        Self { readings, districts, rows, series }
    }

    /// How many rows there are.
    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The series, sorted, each with its rows' range, in batches that end with the one that passes `rows` rows.
    pub(super) fn batches(&self, rows: usize) -> impl Iterator<Item = &[(KeyCode, Range<usize>)]> {
        self.series.chunk_by(move |a, b| a.1.start / rows == b.1.start / rows)
    }

    /// The rows of a series, sorted by district and year, the newest file last.
    pub(super) fn sorted(&self, (_, rows): &(KeyCode, Range<usize>), succession: &Succession) -> Vec<Placed> {
        let packed = |file: u32, row: u32| self.readings[file as usize].rows.at(row as usize);
        let placed = |&(file, row): &(u32, u32)| {
            let Packed { district, year, .. } = *packed(file, row);
            let origin = self.districts[file as usize][district as usize]?;
            Some(Placed { district: succession.successor(origin, year), year, origin, file, row })
        };
        let cell = |of: &Placed| {
            let row = packed(of.file, of.row);
            (row.sheet, row.row, row.column)
        };
        let mut rows: Vec<Placed> = self.rows[rows.clone()].iter().filter_map(placed).collect();
        rows.sort_unstable_by(|a, b| a.order().cmp(&b.order()).then_with(|| cell(a).cmp(&cell(b))));
        rows
    }

    /// The row of the series `key` that stands there.
    pub(super) fn row(&self, key: KeyCode, placed: &Placed) -> Incoming {
        let Placed { district, origin, file, row, .. } = *placed;
        let reading = &self.readings[file as usize];
        Incoming { key, district, origin, file, public: reading.public, row: reading.rows.get(row as usize) }
    }
}

/// Where a row of a series stands, and whose it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    district: u32,
    year: SchoolYear,
    origin: u32,
    file: u32,
    row: u32,
}

impl Placed {
    const fn order(&self) -> (u32, SchoolYear, u32, u32) {
        (self.district, self.year, self.origin, self.file)
    }

    /// Whether both are of one district and year.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (self.district, self.year) == (other.district, other.year)
    }
}
