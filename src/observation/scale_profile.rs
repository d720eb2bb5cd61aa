//! What the size of numbers says of their scale: percents, or fractions of 1.

use crate::catalog::Measure;

/// With fewer numbers than this, their size says little about the scale.
const FEWEST: u32 = 3;
/// Numbers are fractions even if up to one in this many is larger than a fraction can be.
const ONE_STRAY_IN: u32 = 5;

/// The scale of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PercentScale {
    Percents,
    Shares,
    Doubtful,
}

/// Statistics on a group of numbers, by absolute value.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ScaleProfile {
    /// How many numbers there are.
    pub(super) numbers: u32,
    /// How many are greater than 1.
    pub(super) above_one: u32,
    /// The largest number up to 1.
    pub(super) greatest: f64,
    /// Whether a number up to 1 is not whole, so that they are not just zeros and ones.
    pub(super) has_fraction: bool,
    /// Whether a number up to 1 has more than two decimals, which is rare for percents.
    has_third_decimal: bool,
    /// The first of the group's columns.
    pub(super) column: u32,
}

impl ScaleProfile {
    pub(super) fn add(&mut self, size: f64, column: u32) {
        let is_small = size <= 1.0;
        self.join(Self {
            numbers: 1,
            above_one: u32::from(!is_small),
            greatest: if is_small { size } else { 0.0 },
            has_fraction: is_small && size.fract() != 0.0,
            has_third_decimal: is_small && ((size * 100.0).round() / 100.0 - size).abs() > 1e-9,
            column,
        });
    }

    pub(super) fn join(&mut self, other: Self) {
        *self = Self {
            numbers: self.numbers + other.numbers,
            above_one: self.above_one + other.above_one,
            greatest: self.greatest.max(other.greatest),
            has_fraction: self.has_fraction || other.has_fraction,
            has_third_decimal: self.has_third_decimal || other.has_third_decimal,
            column: if self.numbers == 0 { other.column } else { self.column },
        };
    }

    /// Whether these would be fractions if there were more of them: no percent of this measure is usually as small.
    pub(super) fn are_few_fractions(&self, measure: &Measure) -> bool {
        measure.usual.is_none() && self.has_fraction && self.above_one == 0 && self.numbers < FEWEST
    }

    pub(super) fn scale(&self, measure: &Measure) -> PercentScale {
        let has_strays = self.above_one * ONE_STRAY_IN > self.numbers;
        if has_strays || self.greatest == 0.0 {
            return PercentScale::Percents;
        }
        // No percent of this measure is as small as a fraction.
        if measure.plausible.is_some_and(|[low, _]| low > 1.0) {
            return PercentScale::Shares;
        }
        if measure.usual.is_some() && self.above_one > 0 {
            return PercentScale::Percents;
        }
        let is_doubtful =
            measure.usual.is_some() || !self.has_fraction || self.numbers < FEWEST && !self.has_third_decimal;
        if is_doubtful { PercentScale::Doubtful } else { PercentScale::Shares }
    }
}
