//! Which direction is better, and the four quadrants for which a finding can be proposed.

use serde::{Deserialize, Serialize};

/// Which direction of a measure is favorable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// A higher value is better (attendance).
    Higher,
    /// A lower value is better (dropout).
    Lower,
    /// Neither: the measure is descriptive (composition of enrollment, tax rate).
    Neither,
}

impl Better {
    /// `+1`, `-1` or `0`: a difference multiplied by it is positive if it is favorable.
    #[must_use]
    pub const fn sign(self) -> f64 {
        match self {
            Self::Higher => 1.0,
            Self::Lower => -1.0,
            Self::Neither => 0.0,
        }
    }
}

/// One part of the SWOT analysis, in the words of the retreat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quadrant {
    /// Working well.
    Strength,
    /// Not working well.
    Weakness,
    /// Possible areas of need.
    Opportunity,
    /// Potential impacts.
    Threat,
}

impl Quadrant {
    /// All four, in the usual order of a SWOT.
    pub const ALL: [Self; 4] = [Self::Strength, Self::Weakness, Self::Opportunity, Self::Threat];

    /// The plural heading, as on the worksheet.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Strength => "Strengths",
            Self::Weakness => "Weaknesses",
            Self::Opportunity => "Opportunities",
            Self::Threat => "Threats",
        }
    }

    /// The letter by which people call it, and with which the numbers of its items begin.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Strength => 'S',
            Self::Weakness => 'W',
            Self::Opportunity => 'O',
            Self::Threat => 'T',
        }
    }

    /// What the quadrant asks participants on the day of the retreat.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Strength => "working well",
            Self::Weakness => "not working well",
            Self::Opportunity => "possible areas of need",
            Self::Threat => "potential impacts",
        }
    }

    /// The id used in files: `strength`, `weakness`, `opportunity`, `threat`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Strength => "strength",
            Self::Weakness => "weakness",
            Self::Opportunity => "opportunity",
            Self::Threat => "threat",
        }
    }
}
