//! A series that findings are about, with its measure.

use super::subject::subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::Comparison;

/// A comparison with its measure.
#[derive(Clone, Copy)]
pub(super) struct MeasuredSeries<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) measure: &'a Measure,
    pub(super) catalog: &'a Catalog,
}

impl MeasuredSeries<'_> {
    /// What a sentence calls the series (`Teacher turnover`).
    pub(super) fn subject(&self) -> String {
        subject(&self.comparison.key, self.measure, self.catalog)
    }

    /// A value of the measure, formatted for display.
    pub(super) fn format(&self, value: f64) -> String {
        self.measure.unit.format(value)
    }

    /// The size of a change of the measure, formatted for display without its sign.
    pub(super) fn format_change(&self, change: f64) -> String {
        self.measure.unit.format_change(change)
    }

    /// A change with a minus sign if it is negative.
    pub(super) fn format_signed_change(&self, change: f64) -> String {
        let sign = if change < 0.0 { "−" } else { "" };
        format!("{sign}{}", self.format_change(change))
    }
}
