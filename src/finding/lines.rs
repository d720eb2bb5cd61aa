//! The lines of evidence, each of which has its own family of tests.

use crate::catalog::RuleFact;
use crate::compare::{Comparison, TestResult};

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
    /// The line that a fact belongs to; `None` for the plain value, and for facts about how much is known.
    pub(super) const fn of(fact: RuleFact) -> Option<Self> {
        match fact {
            RuleFact::PeerPercentile
            | RuleFact::FavorablePeerPercentile
            | RuleFact::PeerGap
            | RuleFact::FavorablePeerGap
            | RuleFact::PeerClear
            | RuleFact::FavorableExpectedDistance
            | RuleFact::StatePercentile
            | RuleFact::FavorableStatePercentile => Some(Self::Level),
            RuleFact::Direction
            | RuleFact::Course
            | RuleFact::Slope
            | RuleFact::SlopePercent
            | RuleFact::ChangeOneYear
            | RuleFact::ChangeAll
            | RuleFact::ChangeAllPercent
            | RuleFact::ChangeFiveYearsPercent
            | RuleFact::YearsWorsening
            | RuleFact::PeerSlope => Some(Self::Trend),
            RuleFact::FavorableGroupGap => Some(Self::Gap),
            RuleFact::Value
            | RuleFact::N
            | RuleFact::GapN
            | RuleFact::Years
            | RuleFact::YearsBelowZero
            | RuleFact::RiskRatioYears
            | RuleFact::HasPeers => None,
        }
    }

    /// The test of this line; `None` if it was not tested.
    pub(super) const fn test(self, comparison: &Comparison) -> Option<TestResult> {
        match self {
            Self::Level => comparison.tests.level,
            Self::Trend => comparison.tests.trend,
            Self::Gap => comparison.tests.gap,
        }
    }
}
