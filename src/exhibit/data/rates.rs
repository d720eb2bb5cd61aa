//! The confidence interval of a rate.

use crate::compare::wilson;
use crate::domain::Unit;

/// The 95 % confidence interval (Wilson) of a rate with a known n, in percent; `None` for anything that is not a percent.
pub(super) fn rate_interval(value: Option<f64>, n: Option<f64>, unit: Option<Unit>) -> Option<(f64, f64)> {
    let (low, high) = wilson(value? / 100.0, n?).filter(|_| unit == Some(Unit::Percent))?;
    Some((100.0 * low, 100.0 * high))
}
