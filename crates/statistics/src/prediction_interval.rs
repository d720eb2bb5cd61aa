//! Empirical prediction intervals: the spread of a method's past errors, applied to its current prediction.
//!
//! The ends are the 10th and 90th percentiles (type 7) of the relative errors `predicted / actual − 1` of
//! past predictions at the same horizon: eight in ten of them were within this range. The interval around a
//! prediction v is `v / (1 + e₉₀)` to `v / (1 + e₁₀)`. (Williams & Goodman 1971.)
//!
//! Small n: with fewer than 8 errors there is no interval (`None`). Degenerate: if all errors are equal, it
//! is a point.

use crate::quantile::{quantile, sort_ascending};

/// The fewest past errors needed for an interval.
pub const FEWEST_ERRORS: usize = 8;

/// The lower end: this share of the errors is below it, and the same share is above the upper end.
const TAIL: f64 = 0.1;

/// The spread of the relative errors of past predictions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErrorSpread {
    /// How many errors there are.
    pub n: usize,
    /// Their 10th percentile.
    pub low: f64,
    /// Their 90th percentile.
    pub high: f64,
}

impl ErrorSpread {
    /// The spread of relative errors given in any order.
    #[must_use]
    pub fn of(mut errors: Vec<f64>) -> Option<Self> {
        sort_ascending(&mut errors);
        let n = errors.len();
        let (low, high) = quantile(&errors, TAIL).zip(quantile(&errors, 1.0 - TAIL))?;
        (n >= FEWEST_ERRORS).then_some(Self { n, low, high })
    }

    /// The interval around a prediction, in its unit: the lower and upper ends.
    #[must_use]
    pub fn around(self, prediction: f64) -> (f64, f64) {
        (prediction / (1.0 + self.high), prediction / (1.0 + self.low))
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorSpread;
    use crate::for_tests::close;

    #[test]
    fn eight_in_ten_errors_are_within() {
        // Type 7 of eleven values: the second and the second to last, −0.04 and 0.04.
        let errors: Vec<f64> = (-5..=5).map(|i| f64::from(i) / 100.0).collect();
        let spread = ErrorSpread::of(errors.clone()).unwrap();
        assert_eq!(spread.n, 11);
        let (low, high) = spread.around(104.0);
        close(low, 100.0);
        close(high, 104.0 / 0.96);
        assert_eq!(ErrorSpread::of(errors[..7].to_vec()), None);
        assert_eq!(ErrorSpread::of(Vec::new()), None);
    }
}
