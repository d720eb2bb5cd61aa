//! Consumer prices, by which money of different years is compared.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Catalog;
use super::fault::Faults;
use super::settings_file::SettingsFile;
use crate::wording::catalog as say;

/// A file of prices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceFile {
    /// Source of the data.
    source: String,
    /// Index by the school year's end.
    index: BTreeMap<String, f64>,
}

/// Consumer prices by the school year's end; those of a project are added to the program's.
pub(super) fn prices(file: &SettingsFile, faults: &mut Faults) -> BTreeMap<i32, f64> {
    let Some(PriceFile { source, index }) = file.read(faults) else { return BTreeMap::new() };
    let mut prices = BTreeMap::new();
    for (text, price) in index {
        match text.parse() {
            Ok(_) if !(price.is_finite() && price > 0.0) => {
                faults.push(file.place().fault(&text, say::not_a_price(&text, price)));
            }
            Ok(year) => {
                prices.insert(year, price);
            }
            Err(_) => faults.push(file.place().fault(&text, say::not_a_price_year(&text, &source))),
        }
    }
    prices
}

impl Catalog {
    /// The price index of a school year, by its end; `None` if it is unknown.
    #[must_use]
    pub fn price(&self, year: i32) -> Option<f64> {
        self.prices.get(&year).copied().filter(|price| *price > 0.0)
    }

    /// An amount of money of a year in dollars of another; `None` if the price index of either is unknown.
    #[must_use]
    pub fn in_dollars_of(&self, other: i32, year: i32, value: f64) -> Option<f64> {
        Some(value * self.price(other)? / self.price(year)?)
    }
}
