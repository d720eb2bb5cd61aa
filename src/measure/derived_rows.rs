//! Derived values before they enter the frame, stored compactly because there may be as many as published
//! ones.

use std::collections::BTreeMap;
use std::ops::Range;

use super::position::Position;
use crate::domain::{KeyCode, SchoolYear, Status};
use crate::observation::Observed;

/// Derived values, by their positions.
#[derive(Debug, Default)]
pub(super) struct DerivedRows {
    /// For each series, sorted by district and year.
    series: BTreeMap<KeyCode, Vec<DerivedRow>>,
    len: usize,
}

/// A derived value; missing numbers are NaN.
#[derive(Debug, Clone)]
struct DerivedRow {
    numbers: [f64; 3],
    cells: Range<u32>,
    district: u32,
    year: SchoolYear,
    status: Status,
    public: bool,
}

impl From<&Observed> for DerivedRow {
    fn from(observed: &Observed) -> Self {
        let Observed { district, year, status, public, .. } = *observed;
        let numbers = [observed.value, observed.numerator, observed.denominator];
        let numbers = numbers.map(|number| number.unwrap_or(f64::NAN));
        Self { numbers, cells: observed.cells.clone(), district, year, status, public }
    }
}

impl DerivedRow {
    fn observed(&self, key: KeyCode) -> Observed {
        let [value, numerator, denominator] = self.numbers.map(|n| Some(n).filter(|n| !n.is_nan()));
        let Self { district, year, status, public, .. } = *self;
        let cells = self.cells.clone();
        Observed { key, district, year, value, numerator, denominator, status, derived: true, public, cells }
    }
}

impl DerivedRows {
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Adds a value, replacing any at its position.
    pub(super) fn insert(&mut self, derived: &Observed) {
        let Observed { key, district, year, .. } = *derived;
        let row = DerivedRow::from(derived);
        let series = self.series.entry(key).or_default();
        // They mostly arrive in order.
        let is_last = series.last().is_none_or(|last| (last.district, last.year) < (district, year));
        let place = if is_last { Err(series.len()) } else { search(series, district, year) };
        match place {
            Ok(at) => series[at] = row,
            Err(at) => {
                series.insert(at, row);
                self.len += 1;
            }
        }
    }

    /// The value at a position, if it is derived.
    pub(super) fn get(&self, position: Position) -> Option<Observed> {
        let (key, district, year) = position;
        let series = self.series.get(&key)?;
        search(series, district, year).ok().map(|at| series[at].observed(key))
    }

    /// The positions of a measure's values, sorted.
    pub(super) fn positions(&self, measure: u32) -> impl Iterator<Item = Position> {
        let of_measure = self.series.iter().filter(move |(key, _)| key.measure == measure);
        of_measure.flat_map(|(key, all)| all.iter().map(|value| (*key, value.district, value.year)))
    }

    /// All values, sorted by position.
    pub(super) fn into_rows(self) -> impl Iterator<Item = Observed> {
        let series = self.series.into_iter();
        series.flat_map(|(key, all)| all.into_iter().map(move |value| value.observed(key)))
    }
}

fn search(series: &[DerivedRow], district: u32, year: SchoolYear) -> Result<usize, usize> {
    series.binary_search_by(|value| (value.district, value.year).cmp(&(district, year)))
}
