//! A target as somebody typed it.

use super::menu::MenuRow;
use crate::catalog::PlanSpec;
use crate::domain::Unit;
use crate::form_export::plain;

/// Why a target cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetFault {
    /// It is no number.
    Words,
    /// It has the sign of another unit, or is out of the range of the measure.
    Unit,
    /// It may be a share of 1, where the measure is in percent.
    Fraction,
    /// It is a change ("+5"), not the value to reach.
    Change,
}

/// The value of a target; `None` if it is still open.
///
/// # Errors
/// [`TargetFault`]; nothing is guessed.
pub(super) fn target_value(text: &str, row: &MenuRow, spec: &PlanSpec) -> Result<Option<f64>, TargetFault> {
    let is_open = plain(text).is_empty() || spec.targets.open.iter().any(|word| *word == plain(text));
    if is_open {
        return Ok(None);
    }
    let text = text.trim().replace('−', "-");
    if text.starts_with('+') {
        return Err(TargetFault::Change);
    }
    let number: String = text.chars().filter(|letter| !matches!(letter, '%' | '$' | ',' | ' ')).collect();
    let value: f64 = number.parse().map_err(|_| TargetFault::Words)?;
    let has_percent = text.ends_with('%');
    let is_percent = row.unit == Unit::Percent;
    let is_of_other_unit = (has_percent && !is_percent) || (text.contains('$') && !is_in_dollars(row.unit));
    let is_out_of_range =
        row.plausible.is_some_and(|[low, high]| value < low || value > high) || is_percent && value > 100.0;
    match value {
        value if !value.is_finite() => Err(TargetFault::Words),
        value if is_percent && !has_percent && is_fraction(value, row) => Err(TargetFault::Fraction),
        _ if is_of_other_unit || is_out_of_range => Err(TargetFault::Unit),
        value => Ok(Some(value)),
    }
}

const fn is_in_dollars(unit: Unit) -> bool {
    unit.is_money() || matches!(unit, Unit::DollarsPer100)
}

/// Whether a number without a percent sign is more likely to be a share of 1 than a percent.
fn is_fraction(value: f64, row: &MenuRow) -> bool {
    const FRACTION: f64 = 1.0;
    const CLEARLY_PERCENT: f64 = 2.0;
    value > 0.0 && value <= FRACTION && row.baseline.value.abs() > CLEARLY_PERCENT
}
