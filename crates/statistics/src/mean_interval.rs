//! The average of a sample and its 95% interval, and the interval of the difference of two averages.
//!
//! With n values, average m, and sample variance s²: `m ± t · s/√n`, where t is the 97.5% point of the t distribution with n − 1 degrees of
//! freedom (Gosset 1908). The difference of two averages has the standard error `√(s₁²/n₁ + s₂²/n₂)` and the degrees of freedom of
//! Welch (1947) and Satterthwaite (1946). The point of t is computed by the expansion of Abramowitz and Stegun 26.7.5, which is exact to
//! 0.001 from 8 degrees of freedom on.
//!
//! Small n: with fewer than 9 values there is no interval (`None`). Degenerate: if all values are equal, the interval is a point; for
//! shares, [`share_interval`] then gives that of a rate, because equal answers from a few people do not show that all think so.

use crate::normal::{Z95, two_sided_p};
use crate::wilson::wilson;

/// The fewest values for an interval.
const FEWEST: f64 = 9.0;

/// The average of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleMean {
    /// The average.
    pub mean: f64,
    /// The sample variance of the values, not of the average.
    pub variance: f64,
    /// How many values.
    pub n: f64,
}

impl SampleMean {
    /// The average of `n` values with this sum and this sum of squares; `None` without values.
    #[must_use]
    pub fn of_sums(n: f64, sum: f64, squares: f64) -> Option<Self> {
        if !(n > 0.0 && sum.is_finite() && squares.is_finite()) {
            return None;
        }
        let mean = sum / n;
        let spread = (squares - sum * mean).max(0.0);
        // What rounding leaves of equal values is not a spread.
        let spread = if spread <= 1e-12 * squares.abs() { 0.0 } else { spread };
        let variance = if n > 1.0 { spread / (n - 1.0) } else { 0.0 };
        Some(Self { mean, variance, n })
    }

    /// The square of its standard error.
    fn error(self) -> f64 {
        self.variance / self.n
    }
}

/// The 97.5% point of the t distribution with this many degrees of freedom, at least 8.
#[must_use]
pub fn t95(degrees: f64) -> f64 {
    let z = Z95;
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + first / degrees + second / degrees.powi(2) + third / degrees.powi(3)
}

/// The 95% interval of an average of shares (each 0–1): its ends, within 0–1.
#[must_use]
pub fn share_interval(shares: SampleMean) -> Option<(f64, f64)> {
    if shares.n < FEWEST {
        return None;
    }
    if shares.variance <= 0.0 {
        return wilson(shares.mean.clamp(0.0, 1.0), shares.n);
    }
    let half = t95(shares.n - 1.0) * shares.error().sqrt();
    Some(((shares.mean - half).max(0.0), (shares.mean + half).min(1.0)))
}

/// The difference of two averages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanDifference {
    /// The first minus the second.
    pub difference: f64,
    /// The lower end of its 95% interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The two-sided p-value of the hypothesis that it is 0, by the normal distribution at the same z.
    pub p: f64,
}

/// The difference of two averages; `None` with fewer than 9 values in one of them, or if neither varies.
#[must_use]
pub fn mean_difference(a: SampleMean, b: SampleMean) -> Option<MeanDifference> {
    let error = a.error() + b.error();
    if a.n < FEWEST || b.n < FEWEST || error <= 0.0 {
        return None;
    }
    let degrees = error.powi(2) / (a.error().powi(2) / (a.n - 1.0) + b.error().powi(2) / (b.n - 1.0));
    let (difference, t) = (a.mean - b.mean, t95(degrees));
    let half = t * error.sqrt();
    // The z that is as far out as this t.
    let z = (difference.abs() / error.sqrt()) * Z95 / t;
    Some(MeanDifference { difference, low: difference - half, high: difference + half, p: two_sided_p(z) })
}

#[cfg(test)]
mod tests {
    use super::{SampleMean, mean_difference, share_interval, t95};

    fn sample(values: &[f64]) -> SampleMean {
        let squares = values.iter().map(|value| value * value).sum();
        SampleMean::of_sums(values.len() as f64, values.iter().sum(), squares).unwrap()
    }

    #[test]
    fn the_points_of_t_are_those_of_the_tables() {
        // Tables of t: 8, 9, 20, 30, and 100 degrees of freedom.
        for (degrees, point) in [(8.0, 2.306), (9.0, 2.262), (20.0, 2.086), (30.0, 2.042), (100.0, 1.984)] {
            assert!((t95(degrees) - point).abs() < 0.001, "{degrees}: {}", t95(degrees));
        }
    }

    #[test]
    fn a_worked_example() {
        // 1..10 tenths: mean 0.55, variance 0.0916667, half-width 2.262 · √(0.00916667) = 0.2166.
        let shares = sample(&[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]);
        let (low, high) = share_interval(shares).unwrap();
        assert!((low - 0.3334).abs() < 0.001 && (high - 0.7666).abs() < 0.001);
        let same = mean_difference(shares, shares).unwrap();
        assert_eq!((same.difference, same.p), (0.0, 1.0));
        assert!((same.high - 2.101 * (2.0 * 0.00916667f64).sqrt()).abs() < 0.001);
    }

    #[test]
    fn equal_answers_have_the_interval_of_a_rate_and_few_have_none() {
        assert_eq!(share_interval(sample(&[1.0; 20])), crate::wilson::wilson(1.0, 20.0));
        assert_eq!(share_interval(sample(&[1.0, 0.5, 0.2])), None);
        assert_eq!(mean_difference(sample(&[1.0; 20]), sample(&[1.0; 20])), None);
        assert_eq!(SampleMean::of_sums(0.0, 0.0, 0.0), None);
    }
}
