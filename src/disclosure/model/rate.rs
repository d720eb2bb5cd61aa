//! Rounded rates: which numerators and bases a rate may have been computed from.

use std::collections::BTreeMap;

use super::cell::ModelCell;
use super::system::CellIndex;
use crate::domain::{Unit, decimal_places};
use statistics::linear_program::Interval;

/// An upper bound on the floating-point error in counts of people.
const ARITHMETIC_ERROR: f64 = 1e-6;

/// A rate in percent with its rounding.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoundedRate {
    /// The rate as published, in percent.
    pub(crate) value: f64,
    /// The unit that it is rounded to, in percent; 0 if it is exact.
    pub(crate) step: f64,
}

impl RoundedRate {
    /// The lowest that the exact rate can be, in percent.
    pub(super) fn low(self) -> f64 {
        (self.value - self.step / 2.0).max(0.0)
    }

    /// The highest that the exact rate can be, in percent.
    pub(super) fn high(self) -> f64 {
        (self.value + self.step / 2.0).min(100.0)
    }

    /// The smallest and largest whole numerators of n people; low exceeds high if no whole number fits the
    /// rate.
    fn whole_numerators(self, n: f64) -> Interval {
        Interval {
            low: (self.low() * n / 100.0 - ARITHMETIC_ERROR).ceil(),
            high: (self.high() * n / 100.0 + ARITHMETIC_ERROR).floor(),
        }
    }

    /// Whether some whole numerator of n people has this rate.
    pub(crate) fn is_possible_for(self, n: f64) -> bool {
        let Interval { low, high } = self.whole_numerators(n);
        low <= high
    }

    /// The numerators that this rate of n people can have; the nearest whole number if none fits.
    pub(crate) fn numerators(self, n: f64) -> Interval {
        let whole = self.whole_numerators(n);
        if whole.low <= whole.high { whole } else { Interval::exactly((self.value * n / 100.0).round()) }
    }
}

/// A published rate that does not state its base.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RateWithoutBase {
    /// The cell of the rate.
    pub(crate) cell: CellIndex,
    /// The rate.
    pub(crate) rate: RoundedRate,
}

/// Learns to which decimal place the rates of each measure are rounded, from the rates themselves.
#[derive(Debug, Default)]
pub(crate) struct RoundingObserver<'a> {
    /// The most decimal places seen; `None` if a measure has a value without a short decimal form.
    decimal_places: BTreeMap<&'a str, Option<i32>>,
}

impl<'a> RoundingObserver<'a> {
    /// Records one rate of a measure.
    pub(crate) fn observe(&mut self, measure: &'a str, value: f64) {
        let most = self.decimal_places.entry(measure).or_insert(Some(0));
        *most = most.zip(decimal_places(value)).map(|(most, own)| most.max(own));
    }

    /// The rounding steps that the observed rates show.
    pub(crate) fn steps(self) -> RoundingSteps<'a> {
        let known = self.decimal_places.into_iter().filter_map(|(measure, places)| Some((measure, places?)));
        RoundingSteps(known.map(|(measure, places)| (measure, 10f64.powi(-places))).collect())
    }
}

/// The unit that the rates of each measure are rounded to, in percent.
#[derive(Debug)]
pub(crate) struct RoundingSteps<'a>(BTreeMap<&'a str, f64>);

impl<'a> RoundingSteps<'a> {
    /// The rounding steps of the rates among some cells.
    pub(super) fn of_cells(cells: &[ModelCell<'a>]) -> Self {
        let mut observer = RoundingObserver::default();
        for cell in cells.iter().filter(|cell| cell.measure.unit == Unit::Percent) {
            if let Some(value) = cell.value {
                observer.observe(&cell.measure.id, value);
            }
        }
        observer.steps()
    }

    /// The unit that a measure's rates are rounded to, in percent; 0 if they are not rounded.
    pub(crate) fn of_measure(&self, measure: &str) -> f64 {
        self.0.get(measure).copied().unwrap_or(0.0)
    }

    /// The unit that a cell's rate is rounded to. A rate computed as a sum of rates has the rounding error of
    /// all of them; any other computed rate is exact.
    pub(super) fn of_cell(&self, cell: &ModelCell<'_>) -> f64 {
        match &cell.measure.derive {
            Some(derive) if cell.is_computed && derive.denominator.is_empty() => {
                derive.numerator.iter().chain(&derive.minus).map(|part| self.of_measure(part)).sum()
            }
            _ if cell.is_computed => 0.0,
            _ => self.of_measure(&cell.measure.id),
        }
    }
}
