//! Amounts in dollars of one year.

use super::context::ExhibitContext;
use crate::catalog::Catalog;
use crate::domain::{SchoolYear, Unit};

/// The prices by which a chart's amounts are converted to dollars of its latest year.
#[derive(Clone, Copy)]
pub(super) struct ConstantDollars<'a> {
    catalog: &'a Catalog,
    /// The year whose dollars the chart is in.
    pub(super) of: SchoolYear,
}

impl<'a> ConstantDollars<'a> {
    /// `None` for a unit that is not money, or if the prices of a year shown are unknown.
    pub(super) fn new(context: &ExhibitContext<'a>, unit: Unit, years: &[i32]) -> Option<Self> {
        let catalog = context.catalog;
        let is_known = years.iter().all(|year| catalog.price(*year).is_some());
        if !unit.is_money() || !is_known {
            return None;
        }
        let last = *years.last()?;
        Some(Self { catalog, of: SchoolYear::ending(last).ok()? })
    }

    /// A value of a year.
    pub(super) fn convert(&self, year: i32, value: f64) -> f64 {
        self.catalog.in_dollars_of(self.of.end(), year, value).unwrap_or(value)
    }
}
