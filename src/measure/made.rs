//! Derived values on their way into the frame, held compactly: there may be as many as published ones.

use std::collections::BTreeMap;
use std::ops::Range;

use super::derive::Position;
use crate::domain::{KeyCode, SchoolYear, Status};
use crate::observation::Observed;

/// Values that were made, by their position.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Of each series, sorted by district and year.
    series: BTreeMap<KeyCode, Vec<Value>>,
    len: usize,
}

/// One of them; numbers that are not there are NaN.
#[derive(Debug, Clone)]
struct Value {
    numbers: [f64; 3],
    cells: Range<u32>,
    district: u32,
    year: SchoolYear,
    status: Status,
    public: bool,
}

impl Value {
    fn observed(&self, key: KeyCode) -> Observed {
        let [value, numerator, denominator] = self.numbers.map(|n| Some(n).filter(|n| !n.is_nan()));
        let Self { district, year, status, public, .. } = *self;
        let cells = self.cells.clone();
        Observed { key, district, year, value, numerator, denominator, status, derived: true, public, cells }
    }
}

impl Made {
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Adds a value, or puts it in the place of the one at its position.
    pub(super) fn insert(&mut self, made: &Observed) {
        let numbers = [made.value, made.numerator, made.denominator].map(|n| n.unwrap_or(f64::NAN));
        let Observed { key, district, year, status, public, .. } = *made;
        let value = Value { numbers, cells: made.cells.clone(), district, year, status, public };
        let series = self.series.entry(key).or_default();
        // They mostly come in order.
        let is_last = series.last().is_none_or(|last| (last.district, last.year) < (district, year));
        let found = if is_last { Err(series.len()) } else { search(series, district, year) };
        match found {
            Ok(at) => series[at] = value,
            Err(at) => {
                series.insert(at, value);
                self.len += 1;
            }
        }
    }

    pub(super) fn get(&self, (key, district, year): Position) -> Option<Observed> {
        let series = self.series.get(&key)?;
        search(series, district, year).ok().map(|at| series[at].observed(key))
    }

    /// The positions of a measure's values, sorted.
    pub(super) fn positions(&self, measure: u32) -> impl Iterator<Item = Position> {
        let of_measure = self.series.iter().filter(move |(key, _)| key.measure == measure);
        of_measure.flat_map(|(key, all)| all.iter().map(|value| (*key, value.district, value.year)))
    }

    /// All, sorted by their positions.
    pub(super) fn into_rows(self) -> impl Iterator<Item = Observed> {
        let series = self.series.into_iter();
        series.flat_map(|(key, all)| all.into_iter().map(move |value| value.observed(key)))
    }
}

fn search(series: &[Value], district: u32, year: SchoolYear) -> Result<usize, usize> {
    series.binary_search_by(|value| (value.district, value.year).cmp(&(district, year)))
}
