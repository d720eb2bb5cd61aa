//! The correlation of two series of values, and how high it may be.
//!
//! `r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² · Σ(y − ȳ)²)` (Pearson 1895). For its interval, `atanh r` is taken as normal with the standard
//! error `1/√(n − 3)` (Fisher 1921).
//!
//! Small n: `None` with fewer than 4 pairs. Degenerate: `None` if all x or all y are equal; with r = ±1, the interval is a point.

use crate::normal::two_sided_point;

/// The fewest pairs.
const FEWEST: f64 = 4.0;

/// The sums of pairs of values from which their correlation follows.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CorrelationSums {
    pairs: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl CorrelationSums {
    /// Adds a pair of values.
    pub fn add(&mut self, x: f64, y: f64) {
        self.pairs += 1.0;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.xy += x * y;
    }

    /// How many pairs there are.
    #[must_use]
    pub const fn pairs(&self) -> f64 {
        self.pairs
    }

    /// The correlation, from −1 to 1.
    #[must_use]
    pub fn correlation(&self) -> Option<f64> {
        let Self { pairs, x, y, xx, yy, xy } = *self;
        let (spread_x, spread_y) = (xx - x * x / pairs, yy - y * y / pairs);
        // What rounding leaves of equal values is not a spread.
        let is_flat = spread_x <= 1e-12 * xx || spread_y <= 1e-12 * yy;
        if pairs < FEWEST || is_flat {
            return None;
        }
        Some(((xy - x * y / pairs) / (spread_x * spread_y).sqrt()).clamp(-1.0, 1.0))
    }

    /// The upper end of the interval with this confidence (0–1).
    #[must_use]
    pub fn upper_end(&self, confidence: f64) -> Option<f64> {
        let correlation = self.correlation()?;
        let error = 1.0 / (self.pairs - 3.0).sqrt();
        Some(libm::tanh(libm::atanh(correlation) + two_sided_point(1.0 - confidence) * error))
    }
}

#[cfg(test)]
mod tests {
    use super::CorrelationSums;

    fn of(pairs: &[[f64; 2]]) -> CorrelationSums {
        let mut sums = CorrelationSums::default();
        pairs.iter().for_each(|[x, y]| sums.add(*x, *y));
        sums
    }

    #[test]
    fn the_correlation_and_its_interval_are_those_of_r() {
        // R: cor.test(c(1, 2, 3, 4, 5, 6, 7), c(2, 1, 4, 3, 7, 5, 6)): r = 0.8214286, upper end 0.9728.
        let x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let y = [2.0, 1.0, 4.0, 3.0, 7.0, 5.0, 6.0];
        let pairs: Vec<[f64; 2]> = x.iter().zip(y).map(|(x, y)| [*x, y]).collect();
        let sums = of(&pairs);
        assert!((sums.correlation().unwrap() - 23.0 / 28.0).abs() < 1e-12);
        let by_hand = ((23.0_f64 / 28.0).atanh() + 1.959_963_984_540_054 / 2.0).tanh();
        assert!((sums.upper_end(0.95).unwrap() - by_hand).abs() < 1e-9);
    }

    #[test]
    fn few_and_equal_values_have_none_and_a_line_is_a_point() {
        assert_eq!(of(&[[0.0, 1.0], [1.0, 0.0], [2.0, 5.0]]).correlation(), None);
        assert_eq!(of(&[[0.1, 1.0], [0.1, 0.0], [0.1, 5.0], [0.1, 2.0]]).correlation(), None);
        let line = of(&[[0.0, 3.0], [1.0, 2.0], [2.0, 1.0], [3.0, 0.0]]);
        assert_eq!((line.correlation(), line.upper_end(0.95)), (Some(-1.0), Some(-1.0)));
    }
}
