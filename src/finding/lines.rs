//! The lines of evidence, each of which has its own family of tests.

use crate::catalog::RuleFact;
use crate::compare::{Change, Comparison, TestResult};

/// A line of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EvidenceLine {
    /// Where the district stands among others.
    Level,
    /// The direction in which it moves.
    Trend,
    /// How far a group is from its reference group.
    Gap,
    /// Where the district stands among all districts of the state.
    Place,
    /// How it has changed since the base year.
    SinceBase,
    /// How it has changed over five years.
    FiveYears,
    /// How it has changed over one year.
    OneYear,
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
            | RuleFact::FavorableExpectedDistance => Some(Self::Level),
            RuleFact::StatePercentile | RuleFact::FavorableStatePercentile => Some(Self::Place),
            RuleFact::Direction
            | RuleFact::Course
            | RuleFact::Slope
            | RuleFact::SlopePercent
            | RuleFact::ChangeAll
            | RuleFact::ChangeAllPercent
            | RuleFact::YearsWorsening
            | RuleFact::YearsImproving
            | RuleFact::PeerSlope => Some(Self::Trend),
            RuleFact::FavorableGroupGap | RuleFact::FavorableGapChange => Some(Self::Gap),
            RuleFact::ChangeSinceBase
            | RuleFact::ChangeSinceBasePercent
            | RuleFact::FavorableChangeSinceBase
            | RuleFact::ChangeBeyondState
            | RuleFact::FavorableChangeBeyondState => Some(Self::SinceBase),
            RuleFact::ChangeFiveYearsPercent
            | RuleFact::FavorableChangeFiveYears
            | RuleFact::ChangeBeside => Some(Self::FiveYears),
            RuleFact::ChangeOneYear | RuleFact::FavorableChangeOneYear => Some(Self::OneYear),
            RuleFact::Value
            | RuleFact::N
            | RuleFact::GapN
            | RuleFact::Years
            | RuleFact::YearsSinceShift
            | RuleFact::YearsBelowZero
            | RuleFact::YearsAboveZero
            | RuleFact::ProjectedChangePercent
            | RuleFact::RiskRatioYears
            | RuleFact::RecoveredShare
            | RuleFact::FavorablePlaceChange
            | RuleFact::FavorableTargetGap
            | RuleFact::DifferenceBeside
            | RuleFact::PercentOfBeside
            | RuleFact::FavorablePeerPercentileBeside
            | RuleFact::GapSmall
            | RuleFact::LeadOverGroups
            | RuleFact::SchoolsAhead
            | RuleFact::SchoolsBehind
            | RuleFact::SchoolsApart
            | RuleFact::HasOthers
            | RuleFact::WorseThanOthers
            | RuleFact::SharedByOthers => None,
        }
    }

    /// Whether it is about a change between two years.
    pub(super) const fn is_change(self) -> bool {
        matches!(self, Self::SinceBase | Self::FiveYears | Self::OneYear)
    }

    /// The change between two years that it is about; `None` if it is about none, or the change is unknown.
    pub(super) const fn change(self, comparison: &Comparison) -> Option<Change> {
        match self {
            Self::SinceBase => comparison.changes.since_base,
            Self::FiveYears => comparison.changes.five_years,
            Self::OneYear => comparison.changes.one_year,
            Self::Level | Self::Trend | Self::Gap | Self::Place => None,
        }
    }

    /// The test of this line; `None` if it was not tested.
    pub(super) fn test(self, comparison: &Comparison) -> Option<TestResult> {
        match self {
            Self::Level => comparison.tests.level,
            Self::Trend => comparison.tests.trend,
            Self::Gap => comparison.tests.gap,
            Self::Place => None,
            Self::SinceBase | Self::FiveYears | Self::OneYear => self.change(comparison)?.test,
        }
    }
}
