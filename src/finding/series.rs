//! A series that findings are about, with its measure.

use super::subject::subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::Comparison;
use crate::wording::subject::SentenceSubject;

/// A comparison with its measure.
#[derive(Clone, Copy)]
pub(super) struct MeasuredSeries<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) measure: &'a Measure,
    pub(super) catalog: &'a Catalog,
}

impl MeasuredSeries<'_> {
    /// What a sentence calls the series (`Teacher turnover`).
    pub(super) fn subject(&self) -> SentenceSubject {
        SentenceSubject {
            words: subject(&self.comparison.key, self.measure, self.catalog),
            is_plural: self.measure.plural,
        }
    }

    /// A value of the measure, formatted for display.
    pub(super) fn format(&self, value: f64) -> String {
        self.measure.unit.format(value)
    }
}
