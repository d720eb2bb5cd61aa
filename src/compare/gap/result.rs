//! The result of a comparison between student groups.

use crate::compare::trend::result::Trend;
use crate::domain::SchoolYear;

/// With fewer people a group is small: it grounds no strong finding (`methods.md` 1).
pub const SMALL_GROUP: f64 = 20.0;

/// The difference between a student group and its reference, latest year that has both.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupGap {
    /// School year.
    pub year: SchoolYear,
    /// The group it is compared with: its complement, or `all`.
    pub reference_group: String,
    /// The reference's value.
    pub reference: f64,
    /// Group minus reference, in the measure's unit.
    pub gap: f64,
    /// How many people the group's value is based on; `None` where not published.
    pub n: Option<f64>,
    /// The same of the reference.
    pub reference_n: Option<f64>,
    /// How many people the others are: those of the reference, without the group where it includes it.
    pub beside: Option<f64>,
    /// 95 % interval of the gap; only for percents of known n.
    pub interval: Option<(f64, f64)>,
    /// The course of the gap over the comparable run.
    pub trend: Option<Trend>,
    /// The risk ratio of the same year; only for incidents for each 100 students, where there are enough.
    pub risk: Option<RiskRatio>,
}

impl GroupGap {
    /// Whether either side is known to be few people (`methods.md` 1).
    #[must_use]
    pub fn is_small(&self) -> bool {
        [self.n, self.beside].into_iter().flatten().any(|n| n < SMALL_GROUP)
    }
}

/// How much likelier a group's students meet with an incident than the others (IDEA, 34 CFR § 300.647).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RiskRatio {
    /// School year.
    pub year: SchoolYear,
    /// The group's rate over that of the others.
    pub ratio: f64,
    /// For how many years in a row, up to `year` and since the last break, it is 2 or more.
    pub years_at_2: usize,
}
