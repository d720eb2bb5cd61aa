//! Amounts in dollars of one year.

use std::collections::BTreeMap;

use super::context::ExhibitContext;
use crate::domain::{SchoolYear, Unit};

/// The prices by which a chart's amounts are converted to dollars of its latest year.
#[derive(Clone, Copy)]
pub(super) struct ConstantDollars<'a> {
    prices: &'a BTreeMap<i32, f64>,
    /// The year whose dollars the chart is in.
    pub(super) of: SchoolYear,
    price: f64,
}

impl<'a> ConstantDollars<'a> {
    /// `None` for a unit that is no money, or if the prices of a year shown are unknown.
    pub(super) fn new(context: &ExhibitContext<'a>, unit: Unit, years: &[i32]) -> Option<Self> {
        let prices = &context.catalog.prices;
        let is_known = years.iter().all(|year| price(prices, *year).is_some());
        if !unit.is_money() || !is_known {
            return None;
        }
        let last = *years.last()?;
        Some(Self { prices, of: SchoolYear::ending(last).ok()?, price: price(prices, last)? })
    }

    /// A value of a year.
    pub(super) fn convert(&self, year: i32, value: f64) -> f64 {
        price(self.prices, year).map_or(value, |then| value * self.price / then)
    }
}

/// The price level of a year, if known.
fn price(prices: &BTreeMap<i32, f64>, year: i32) -> Option<f64> {
    prices.get(&year).copied().filter(|price| *price > 0.0)
}
