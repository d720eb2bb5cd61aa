//! The parts that a derived value is computed from.

use std::ops::Range;

/// A part of a derived value.
pub(super) struct Operand {
    pub(super) value: f64,
    pub(super) masked: bool,
    /// Whether its source has published it as is.
    pub(super) public: bool,
    /// The cells it comes from.
    pub(super) cells: Range<u32>,
}

/// The parts of a quotient.
pub(super) struct QuotientOperands {
    pub(super) plus: Vec<Operand>,
    pub(super) minus: Vec<Operand>,
    /// The denominators; empty for a plain sum.
    pub(super) over: Vec<Operand>,
}

impl QuotientOperands {
    pub(super) fn all(&self) -> impl Iterator<Item = &Operand> {
        self.plus.iter().chain(&self.minus).chain(&self.over)
    }

    pub(super) fn numerator(&self) -> f64 {
        sum(&self.plus) - sum(&self.minus)
    }

    /// `None` for a plain sum.
    pub(super) fn denominator(&self) -> Option<f64> {
        (!self.over.is_empty()).then(|| sum(&self.over))
    }

    /// Whether the denominator is known to be 0.
    pub(super) fn divide_by_zero(&self) -> bool {
        self.denominator() == Some(0.0) && self.over.iter().all(|operand| !operand.masked)
    }

    /// The cells that all parts come from.
    pub(super) fn cells(&self) -> Vec<Range<u32>> {
        self.all().map(|operand| operand.cells.clone()).collect()
    }
}

fn sum(operands: &[Operand]) -> f64 {
    operands.iter().map(|operand| operand.value).sum()
}

/// A quotient, or a plain sum, with what is known of its parts.
pub(super) struct Quotient {
    pub(super) numerator: f64,
    pub(super) denominator: Option<f64>,
    pub(super) masked: bool,
    /// Whether every part is public as is; only then is the result public.
    pub(super) public: bool,
    pub(super) per: f64,
    pub(super) counts_people: bool,
}

impl Quotient {
    /// The value; `None` if a part is masked, or the quotient is not a number.
    pub(super) fn value(&self) -> Option<f64> {
        let quotient = self.denominator.map_or(self.numerator, |d| self.per * self.numerator / d);
        (!self.masked && quotient.is_finite()).then_some(quotient)
    }
}
