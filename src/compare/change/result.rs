//! The results of comparing a series with its own past.

use crate::compare::comparison::TestResult;
use crate::domain::SchoolYear;

/// How a series has changed since earlier years of its comparable run.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Changes {
    /// Since the project's base year; `None` if that year is not in the run.
    pub since_base: Option<Change>,
    /// Since five years before the latest value.
    pub five_years: Option<Change>,
    /// Since the year before the latest value.
    pub one_year: Option<Change>,
    /// How far the value has come back from its worst year; only for measures with a better direction.
    pub recovery: Option<Recovery>,
    /// How the district's place in the state has changed since the base year, or since five years before the latest value if
    /// the base year has no value. A break does not matter for a place.
    pub place: Option<PlaceChange>,
}

/// The change from an earlier year to the latest value, both in one comparable run.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// The earlier school year.
    pub from_year: SchoolYear,
    /// The school year of the latest value.
    pub to_year: SchoolYear,
    /// The earlier value, in the measure's unit.
    pub from: f64,
    /// The latest value.
    pub to: f64,
    /// For money: the earlier value in dollars of the latest year. `None` for everything else.
    pub real_from: Option<f64>,
    /// The change of the state's median over the same years, in the measure's unit, for money in dollars of the latest year if
    /// prices are known; `None` where too few districts have a
    /// value.
    pub state_change: Option<f64>,
    /// Whether the change is more than chance; `None` if that cannot be tested.
    pub test: Option<TestResult>,
}

impl Change {
    /// The earlier value that the change is judged from: for money in dollars of the latest year, if prices are known.
    #[must_use]
    pub fn judged_from(&self) -> f64 {
        self.real_from.unwrap_or(self.from)
    }

    /// The latest value minus the earlier one, for money in dollars of the latest year.
    #[must_use]
    pub fn size(&self) -> f64 {
        self.to - self.judged_from()
    }

    /// The change as a percent of the earlier value; `None` if that is not above zero.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        let from = self.judged_from();
        (from > 0.0).then(|| 100.0 * self.size() / from)
    }
}

/// How far a value has come back from its worst year.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Recovery {
    /// The year that it is measured from: the base year, or the run's first.
    pub from_year: SchoolYear,
    /// The value in that year.
    pub from: f64,
    /// The worst year after it.
    pub worst_year: SchoolYear,
    /// The value in the worst year.
    pub worst: f64,
    /// The latest value.
    pub latest: f64,
    /// The share of the loss that is undone: 0 at the worst value, 1 back at the first one.
    pub share: f64,
}

/// A place among the state's districts, then and now.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PlaceChange {
    /// The earlier school year.
    pub from_year: SchoolYear,
    /// The percentile in the state in that year, 0–100, high = high value.
    pub from: f64,
    /// The percentile in the latest year.
    pub to: f64,
    /// Whether a break lies between the two years.
    pub is_across_break: bool,
}
