//! The smallest change of an indicator that is not chance.
//!
//! A rate of people with a known n: the smallest difference toward the better side whose 95% interval (Newcombe) excludes 0, for
//! as many people again. Otherwise: how far two years of the series usually differ, `z₉₅ · √2 ·` its spread around the trend.

use statistics::newcombe::{Proportion, smallest_clear_difference};

use crate::catalog::Measure;
use crate::compare::{Comparison, Z95};
use crate::domain::Unit;

/// The smallest change that is not chance, in the measure's unit; `None` if neither n is known nor four years are there.
pub(super) fn noise(comparison: &Comparison, measure: &Measure) -> Option<f64> {
    let latest = comparison.latest()?;
    let of_people = measure.unit == Unit::Percent && measure.people.is_some();
    if let Some(n) = latest.n.filter(|n| of_people && *n > 0.0) {
        let proportion = Proportion { p: latest.value? / 100.0, n };
        let clear = smallest_clear_difference(proportion, measure.better.sign() > 0.0);
        return clear.map(|difference| 100.0 * difference);
    }
    comparison.spread().map(|spread| Z95 * std::f64::consts::SQRT_2 * spread).filter(|noise| *noise > 0.0)
}
