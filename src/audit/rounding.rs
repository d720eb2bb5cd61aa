//! The decimal places that rates are rounded to, as far as an attacker can tell.

use std::collections::BTreeMap;

use crate::domain::Interned;
use crate::pack_tables::{PackCell, PackCells, ValueOrigin};

/// How many values it takes to show the decimal place that a measure is rounded to; among fewer, all may end
/// in zero by chance.
const ENOUGH_VALUES: usize = 4;
/// More decimal places than anyone rounds to: the value has the computer's full precision.
const EXACT_PLACES: usize = 7;
/// The assumed decimal places of a value if no published one shows them.
const USUAL_PLACES: usize = 1;
/// The relative error of a computed value.
const FLOATING_ERROR: f64 = 1e-9;

/// How published values are rounded, by source file and measure.
#[derive(Debug, Default)]
pub(super) struct ObservedRounding {
    by_measure: BTreeMap<MeasureInFile, DecimalPlaces>,
    by_file: BTreeMap<Interned, DecimalPlaces>,
}

/// A measure in a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct MeasureInFile {
    file: Interned,
    measure: Interned,
}

/// The decimal places of some values.
#[derive(Debug, Default, Clone, Copy)]
struct DecimalPlaces {
    most: usize,
    /// The number of values.
    values: usize,
}

impl DecimalPlaces {
    fn observe(&mut self, places: usize) {
        self.most = self.most.max(places);
        self.values += 1;
    }
}

impl ObservedRounding {
    /// Observes the published values of the measures that `is_rounded` selects.
    pub(super) fn of<'a>(
        years: impl Iterator<Item = &'a PackCells>,
        is_rounded: impl Fn(Interned) -> bool,
    ) -> Self {
        let mut rounding = Self::default();
        for (key, cell) in years.flatten() {
            let is_published = cell.origin == ValueOrigin::Published && is_rounded(key.measure);
            if let Some(value) = cell.value.filter(|_| is_published) {
                let place = MeasureInFile { file: cell.source, measure: key.measure };
                rounding.by_measure.entry(place).or_default().observe(value.decimals);
                rounding.by_file.entry(cell.source).or_default().observe(value.decimals);
            }
        }
        rounding
    }

    /// The most that a published value can be off, in its own unit. `parts` is the number of rounded values
    /// that a computed value is the sum of.
    pub(super) fn error(&self, measure: Interned, cell: &PackCell, parts: usize) -> f64 {
        let value = cell.value.map_or(0.0, |value| value.number.abs());
        let floating_error = FLOATING_ERROR * value.max(1.0);
        let half_step = 0.5 * self.step(measure, cell);
        floating_error + rounded_values(cell.origin, parts) * half_step
    }

    /// The unit to which a measure is rounded in the file of a cell; 0 if it is exact.
    pub(super) fn step(&self, measure: Interned, cell: &PackCell) -> f64 {
        match self.places(MeasureInFile { file: cell.source, measure }) {
            EXACT_PLACES.. => 0.0,
            places => 0.1_f64.powi(places as i32),
        }
    }

    /// The decimal places of a measure in a file: from its own values there, or else from all values of the
    /// file.
    fn places(&self, place: MeasureInFile) -> usize {
        let by_measure = self.by_measure.get(&place);
        let by_measure = by_measure.filter(|places| places.values >= ENOUGH_VALUES);
        by_measure.or_else(|| self.by_file.get(&place.file)).map_or(USUAL_PLACES, |places| places.most)
    }
}

/// For the rounding error: how many rounded values a value is the sum of.
const fn rounded_values(origin: ValueOrigin, parts: usize) -> f64 {
    match origin {
        ValueOrigin::Published => 1.0,
        // Its parts were rounded, in files that the pack does not have.
        ValueOrigin::RolledUp => 2.0,
        ValueOrigin::Computed => parts as f64,
    }
}
