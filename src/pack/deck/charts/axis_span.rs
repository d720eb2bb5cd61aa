//! The ends and steps of a chart's value axis.

/// The room beyond the values at each end, as a share of their span.
const EDGE: f64 = 0.04;

/// A range of values with round ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct AxisSpan {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) step: f64,
}

impl AxisSpan {
    /// A range with round ends that covers all `values`, and zero if `from_zero`, in about five steps.
    pub(super) fn covering(values: impl Iterator<Item = f64>, from_zero: bool) -> Self {
        let [low, high] = ends(values, from_zero);
        Self::rounded(low, high)
    }

    /// A range with round ends that covers all `values` with some room at both ends, and spans at least `least`. It goes below
    /// zero only if a value does.
    pub(super) fn around(values: impl Iterator<Item = f64>, least: f64) -> Self {
        let [low, high] = ends(values, false);
        let half = ((high - low) * (0.5 + EDGE)).max(least / 2.0);
        let middle = f64::midpoint(low, high);
        let lowest = if low >= 0.0 { (middle - half).max(0.0) } else { middle - half };
        Self::rounded(lowest, middle + half)
    }

    fn rounded(low: f64, high: f64) -> Self {
        let step = nice_step((high - low) / 5.0);
        let (low, high) = ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
        Self { low, high, step }
    }

    /// How far up the axis a value is: 0 at its low end, 1 at its high end.
    pub(super) fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// The ticks.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round().clamp(1.0, 50.0) as usize;
        (0..=count).map(|index| self.low + index as f64 * self.step).collect()
    }
}

/// The least and the greatest of the finite values, apart from each other.
fn ends(values: impl Iterator<Item = f64>, from_zero: bool) -> [f64; 2] {
    let mut low = if from_zero { 0.0 } else { f64::INFINITY };
    let mut high = if from_zero { 0.0 } else { f64::NEG_INFINITY };
    for value in values.filter(|value| value.is_finite()) {
        low = f64::min(low, value);
        high = f64::max(high, value);
    }
    if low > high {
        (low, high) = (0.0, 1.0);
    }
    if high - low <= high.abs().max(low.abs()) * 1e-9 {
        high += (high.abs() * 0.1).max(1.0);
        low -= if from_zero { 0.0 } else { (low.abs() * 0.1).max(1.0) };
    }
    [low, high]
}

/// The next of 1, 2 and 5 times a power of ten.
fn nice_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let nice = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough * 0.999);
    nice.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::AxisSpan;

    #[test]
    fn ends_are_round_and_every_list_of_values_has_a_span() {
        let span = AxisSpan::around([2037.0, 2431.0].into_iter(), 0.0);
        assert_eq!((span.low, span.high, span.step), (2000.0, 2500.0, 100.0));
        for values in [vec![], vec![0.0], vec![7.0, 7.0], vec![f64::NAN], vec![-3.0], vec![1e12]] {
            for from_zero in [true, false] {
                let span = AxisSpan::covering(values.iter().copied(), from_zero);
                assert!(span.high > span.low && span.ticks().len() >= 2, "{values:?}: {span:?}");
            }
        }
    }
}
