//! The result of a comparison between student groups.

use crate::compare::trend::result::{Direction, Trend};
use crate::domain::SchoolYear;

/// A group with fewer people than this is small, and supports no strong finding (`methods.md` 1).
pub const SMALL_GROUP: f64 = 20.0;

/// The difference between a student group and its reference in the latest year that has both.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct GroupGap {
    /// School year.
    pub year: SchoolYear,
    /// The group that it is compared with: its complement, or `all`.
    pub reference_group: String,
    /// The reference's value.
    pub reference: f64,
    /// Group minus reference, in the measure's unit.
    pub gap: f64,
    /// How many people the group's value is based on; `None` if not published.
    pub n: Option<f64>,
    /// The same for the reference.
    pub reference_n: Option<f64>,
    /// How many people the others are: the people of the reference, excluding the group if the reference
    /// includes it.
    pub beside: Option<f64>,
    /// The 95% interval of the gap; only for percentages with known n.
    pub interval: Option<(f64, f64)>,
    /// The trend of the gap over the comparable run.
    pub trend: Option<Trend>,
    /// The risk ratio of the same year; only for incidents per 100 students, if there are enough.
    pub risk: Option<RiskRatio>,
}

impl GroupGap {
    /// Whether either side is known to be few people (`methods.md` 1).
    #[must_use]
    pub fn is_small(&self) -> bool {
        [self.n, self.beside].into_iter().flatten().any(|n| n < SMALL_GROUP)
    }

    /// The change of the gap over the comparable run, if its trend is clear and the change is larger than half the width of the
    /// latest interval: gaps of few people vary that much by chance. Without an interval, the trend decides.
    #[must_use]
    pub fn clear_change(&self) -> Option<f64> {
        let trend = self.trend.as_ref()?;
        let change = trend.last - trend.first;
        let noise = self.interval.map_or(0.0, |(low, high)| (high - low) / 2.0);
        let has_direction = matches!(trend.direction, Direction::Rising | Direction::Falling);
        (has_direction && change.abs() > noise).then_some(change)
    }
}

/// How many times as likely as others a group's students are to have an incident (IDEA, 34 CFR § 300.647).
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RiskRatio {
    /// School year.
    pub year: SchoolYear,
    /// The group's rate divided by that of the others.
    pub ratio: f64,
    /// For how many consecutive years, up to `year` and since the last break, it has been 2 or more.
    pub years_at_2: usize,
}
