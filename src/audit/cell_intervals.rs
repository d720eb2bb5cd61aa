//! What a cell on its own states: intervals of counts and rates.

use crate::pack_tables::PackCell;
use statistics::linear_program::Interval;

/// An upper bound on the floating-point error in counts of people.
const ARITHMETIC_ERROR: f64 = 1e-6;

/// The interval that a cell states for a count.
pub(super) fn stated_count(cell: &PackCell) -> Option<Interval> {
    if let Some(value) = cell.value {
        return Some(Interval::exactly(value.number));
    }
    mask_interval(cell).map(|mask| Interval { low: mask.low.ceil(), high: mask.high.floor() })
}

/// The interval that a cell states for a rate, in percent; the value may be off by `error`.
pub(super) fn stated_percentage(cell: &PackCell, error: f64) -> Option<Interval> {
    let stated = match cell.value {
        Some(value) => around(value.number, error),
        None => mask_interval(cell)?,
    };
    Some(Interval { low: stated.low.max(0.0), high: stated.high.min(100.0) })
}

/// The values within `error` of a number.
pub(super) const fn around(number: f64, error: f64) -> Interval {
    Interval { low: number - error, high: number + error }
}

/// The interval stated by the mask of a value.
pub(super) fn mask_interval(cell: &PackCell) -> Option<Interval> {
    let (low, high) = (cell.masked_from, cell.masked_to);
    let is_limited = low.is_some() || high.is_some();
    is_limited.then(|| Interval { low: low.unwrap_or(0.0), high: high.unwrap_or(f64::INFINITY) })
}

/// The whole numerators of a share of n people; the nearest ones if none has exactly this share.
pub(super) fn whole_numerators(share: Interval, n: f64) -> Option<Interval> {
    let (low, high) = (share.low * n, share.high * n);
    let whole = Interval {
        low: (low - ARITHMETIC_ERROR).ceil().max(0.0),
        high: (high + ARITHMETIC_ERROR).floor().min(n),
    };
    let nearest = Interval { low: low.floor().max(0.0), high: high.ceil().min(n) };
    let numerators = if whole.low <= whole.high { whole } else { nearest };
    (numerators.low <= numerators.high).then_some(numerators)
}

/// What the cell of another pack states beyond this pack's cell; `None` if it was revised.
pub(super) fn addition_of(own: Option<&PackCell>, other: &PackCell) -> Option<PackCell> {
    let Some(own) = own else { return Some(other.clone()) };
    let is_revised = differ(number(own), number(other))
        || differ(own.n, other.n)
        || differ(own.numerator, other.numerator);
    let mut addition = other.clone();
    if own.value.is_some() {
        // The value is already known, but what it is based on may be new.
        addition.value = None;
        addition.masked_from = None;
        addition.masked_to = None;
    }
    addition.n = other.n.filter(|_| own.n.is_none());
    addition.numerator = other.numerator.filter(|_| own.numerator.is_none());
    (!is_revised).then_some(addition)
}

fn number(cell: &PackCell) -> Option<f64> {
    cell.value.map(|value| value.number)
}

fn differ(a: Option<f64>, b: Option<f64>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a != b)
}
