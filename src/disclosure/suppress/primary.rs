//! Primary suppression (methods 10.1 and 10.2): sensitive cells, which on their own disclose something about
//! few people.
//!
//! Sensitive values are a count of students from 1 to s−1, any value based on fewer than s students, a rate
//! whose numerator or complement may be 1 to s−1 students given its rounding, and a rate near 0 or 100
//! percent for its n. s is the measure's smallest group or the project's, whichever is larger. How many
//! people a value without n is based on is estimated by [`base_estimate`](super::base_estimate); if there is
//! no estimate, the value is suppressed too.

use super::super::model::RoundedRate;
use crate::catalog::{DisclosureSpec, Measure};
use crate::domain::Unit;
use crate::observation::FrameRow;
use statistics::linear_program::Interval;

/// Whether a value may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PrimaryDecision {
    /// It may, unless it discloses another value.
    Safe,
    /// It is sensitive.
    Sensitive,
    /// It is unknown how many people it is based on.
    UnknownBase,
}

impl PrimaryDecision {
    const fn sensitive_if(is_sensitive: bool) -> Self {
        if is_sensitive { Self::Sensitive } else { Self::Safe }
    }
}

/// The policy for the values of a measure.
#[derive(Debug, Clone, Copy)]
pub(super) struct PrimaryPolicy<'a> {
    /// The measure.
    pub(super) measure: &'a Measure,
    /// The smallest number of people that may be published: s.
    pub(super) smallest_group: f64,
    /// The unit to which the measure's rates are rounded, in percent; 0 if they are not rounded.
    pub(super) rounding_step: f64,
    /// The catalog's rules for rates near 0 or 100 percent.
    pub(super) spec: &'a DisclosureSpec,
}

impl PrimaryPolicy<'_> {
    /// Decides on a value. `estimated_base` is how many people it is based on, if its source does not state n
    /// and an estimate exists.
    pub(super) fn decide(&self, row: &FrameRow, estimated_base: Option<Interval>) -> PrimaryDecision {
        let Some(value) = row.value else { return PrimaryDecision::Safe };
        if self.measure.unit == Unit::Count {
            return PrimaryDecision::sensitive_if(self.is_few(value));
        }
        match row.n.map(Interval::exactly).or(estimated_base) {
            Some(Interval { low, high }) => PrimaryDecision::sensitive_if(
                self.is_sensitive(row, value, low) || self.is_sensitive(row, value, high),
            ),
            None if self.is_about_people() => PrimaryDecision::UnknownBase,
            None => PrimaryDecision::Safe,
        }
    }

    const fn is_about_people(&self) -> bool {
        self.measure.smallest_group > 1
    }

    fn is_percent(&self) -> bool {
        self.measure.unit == Unit::Percent
    }

    /// Whether the value's numerator counts people. It does not if the catalog says that it counts something
    /// else, such as days.
    fn counts_people(&self) -> bool {
        self.is_about_people() && self.measure.population.as_ref().is_none_or(|of| !of.not_counted)
    }

    /// Whether the value is a result. Shares that only describe who the students are disclose nobody's
    /// results.
    fn is_outcome(&self) -> bool {
        self.is_percent() && self.counts_people() && self.measure.better.sign() != 0.0
    }

    /// Whether a number of people is between 1 and s−1.
    fn is_few(&self, count: f64) -> bool {
        count > 0.0 && count < self.smallest_group
    }

    /// Whether a value is sensitive if it is based on n people.
    fn is_sensitive(&self, row: &FrameRow, value: f64, n: f64) -> bool {
        self.is_few(n) && (row.n.is_some() || self.is_about_people())
            || self.has_few_counted(row, value, n)
            || self.is_outcome() && self.spec.is_near_an_end(value, n)
    }

    /// Whether the numerator of a value, or for a rate its complement, may be few of n people. Only
    /// percentages and quotients of counts have a numerator that counts people; a mean has none.
    fn has_few_counted(&self, row: &FrameRow, value: f64, n: f64) -> bool {
        let quotient = self.measure.derive.as_ref().filter(|derive| !derive.denominator.is_empty());
        match (row.numerator, quotient) {
            (Some(numerator), _) => self.splits_off_few(numerator, n),
            (None, Some(derive)) if self.counts_people() => {
                self.splits_off_few((value * n / derive.per).round(), n)
            }
            (None, None) if self.counts_people() && self.is_percent() => {
                let step = if row.derived { 0.0 } else { self.rounding_step };
                self.may_split_off_few(RoundedRate { value, step }.numerators(n), n)
            }
            _ => false,
        }
    }

    /// Whether a numerator is few people, or all but few of n people.
    fn splits_off_few(&self, numerator: f64, n: f64) -> bool {
        self.is_few(numerator) || self.is_percent() && self.is_few(n - numerator)
    }

    /// Whether any numerator in an interval is few people, or all but few of n people.
    fn may_split_off_few(&self, numerators: Interval, n: f64) -> bool {
        let least = numerators.low.max(1.0).min(numerators.high);
        let least_complement = (n - numerators.high).max(1.0).min(n - numerators.low);
        let extremes = [least, numerators.high, n - numerators.low, least_complement];
        extremes.iter().any(|count| self.is_few(*count))
    }
}
