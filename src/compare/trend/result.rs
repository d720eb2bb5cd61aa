//! The result of a trend: a slope, its interval and p-value, and the word for it.

use crate::domain::SchoolYear;

/// The trend of a series.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Trend {
    /// First year of the comparable run.
    pub first_year: SchoolYear,
    /// Last year of the run.
    pub last_year: SchoolYear,
    /// Number of reported values in it.
    pub n_years: usize,
    /// Value in the first year.
    pub first: f64,
    /// Value in the last year.
    pub last: f64,
    /// Theil–Sen slope, in the measure's unit per year.
    pub slope: f64,
    /// Lower end of Sen's 95% interval.
    pub slope_low: f64,
    /// Upper end of that interval.
    pub slope_high: f64,
    /// Whether the years are so few that the interval is the whole range of pairwise slopes.
    pub interval_is_range: bool,
    /// Mann–Kendall two-sided p; `None` with fewer than 4 years.
    pub p: Option<f64>,
    /// The word for it.
    pub direction: Direction,
    /// Change from the year before; `None` if that year has no value in the run.
    pub change_one_year: Option<f64>,
    /// Last minus first.
    pub change_all: f64,
    /// For money: the same in dollars of the last year; `None` otherwise or if the prices of a year are
    /// unknown.
    pub real: Option<RealTrend>,
    /// The reason for the break, if the run starts after the series' first value because of one.
    pub after_break: Option<String>,
}

/// The trend of money in dollars of the run's last year.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RealTrend {
    /// Value of the first year.
    pub first: f64,
    /// Theil–Sen slope per year.
    pub slope: f64,
    /// Lower end of Sen's 95% interval.
    pub slope_low: f64,
    /// Upper end of that interval.
    pub slope_high: f64,
    /// Mann–Kendall two-sided p; `None` with fewer than 4 years.
    pub p: Option<f64>,
    /// The word for it, by the same rules.
    pub direction: Direction,
}

impl Trend {
    /// The p-value that is adjusted together with those of other trends: for money in constant dollars, if
    /// prices are known.
    pub(in crate::compare) fn judged_p(&self) -> Option<f64> {
        self.real.map_or(self.p, |real| real.p)
    }

    /// The change over the run; for money in dollars of the last year, if prices are known.
    #[must_use]
    pub fn real_change(&self) -> f64 {
        self.last - self.real.map_or(self.first, |real| real.first)
    }
}

/// The word for a trend (`methods.md` 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// p ≤ 0.10 and the fitted change is meaningful, upward.
    Rising,
    /// The same, downward.
    Falling,
    /// The slope's interval, over the run, is within the meaningful change; or all values are near the
    /// median.
    Steady,
    /// Neither.
    NoClearDirection,
    /// Fewer than 4 values.
    TooFewYears,
}

impl Direction {
    /// The id used in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::Steady => "steady",
            Self::NoClearDirection => "no-clear-direction",
            Self::TooFewYears => "too-few-years",
        }
    }
}
