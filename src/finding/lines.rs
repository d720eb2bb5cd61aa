//! The lines of evidence, each of which has its own family of tests.

use crate::catalog::Fact;
use crate::compare::{Comparison, Tested};

/// A line of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EvidenceLine {
    /// Where the district stands among others.
    Level,
    /// The direction in which it moves.
    Trend,
    /// How far a group is from its reference group.
    Gap,
}

impl EvidenceLine {
    /// The line that a fact belongs to; `None` for a value as it stands, and for how much is known.
    pub(super) const fn of(fact: Fact) -> Option<Self> {
        match fact {
            Fact::PeerPercentile
            | Fact::FavorablePeerPercentile
            | Fact::PeerGap
            | Fact::FavorablePeerGap
            | Fact::PeerClear
            | Fact::FavorableExpectedDistance
            | Fact::StatePercentile
            | Fact::FavorableStatePercentile => Some(Self::Level),
            Fact::Direction
            | Fact::Course
            | Fact::Slope
            | Fact::SlopePercent
            | Fact::ChangeOneYear
            | Fact::ChangeAll
            | Fact::ChangeAllPercent
            | Fact::ChangeFiveYearsPercent
            | Fact::YearsWorsening
            | Fact::PeerSlope => Some(Self::Trend),
            Fact::FavorableGroupGap => Some(Self::Gap),
            Fact::Value
            | Fact::N
            | Fact::GapN
            | Fact::Years
            | Fact::YearsBelowZero
            | Fact::RiskRatioYears => None,
        }
    }

    /// The test of this line; `None` where it was not tested.
    pub(super) const fn test(self, comparison: &Comparison) -> Option<Tested> {
        match self {
            Self::Level => comparison.tests.level,
            Self::Trend => comparison.tests.trend,
            Self::Gap => comparison.tests.gap,
        }
    }
}
