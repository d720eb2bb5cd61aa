//! How certain a change in a series is, and how far its years deviate from its trend.

use statistics::deviation::median_absolute_deviation;
use statistics::newcombe::{Proportion, newcombe};
use statistics::normal::Z95;

use crate::catalog::Measure;
use crate::compare::comparison::{Comparison, Point};
use crate::domain::Unit;

impl Comparison {
    /// The 95% interval (Newcombe) of the change from the year before, in percentage points; only for rates
    /// with known n.
    #[must_use]
    pub fn change_one_year_interval(&self, measure: &Measure) -> Option<(f64, f64)> {
        if measure.unit != Unit::Percent {
            return None;
        }
        let change = self.trend.as_ref()?.change_one_year;
        let mut known = self.points.iter().rev().filter(|p| p.value.is_some());
        let (last, before) = (known.next()?, known.next()?);
        let (low, high) = change.and(newcombe(proportion(last)?, proportion(before)?))?;
        Some((100.0 * low, 100.0 * high))
    }

    /// Whether a change between two years, given by their end years, is more than chance. For a rate of
    /// people with known n, Newcombe's 95% interval of the change must be entirely on one side of 0. If n is
    /// not published, the change must be larger than two years of the series usually differ (`Z95 √2` times
    /// its [spread](Self::spread)). Values that are not a sample of people (dollars, counts), and rates for
    /// which neither is known, always pass.
    #[must_use]
    pub fn change_stands(&self, measure: &Measure, from: i32, to: i32) -> bool {
        let Some((before, after)) = self.reported_point(from).zip(self.reported_point(to)) else {
            return false;
        };
        if measure.unit != Unit::Percent || measure.people.is_none() {
            return true;
        }
        let proportions = proportion(after).zip(proportion(before));
        if let Some((low, high)) = proportions.and_then(|(after, before)| newcombe(after, before)) {
            return low > 0.0 || high < 0.0;
        }
        let change = after.value.zip(before.value).map_or(0.0, |(after, before)| after - before);
        self.spread().is_none_or(|spread| change.abs() > Z95 * std::f64::consts::SQRT_2 * spread)
    }

    /// Whether a change between two years is larger than any change the other way from one year to the next between them. If it is
    /// not, the series goes up and down, and another year would give another change.
    #[must_use]
    pub fn is_beyond_swings(&self, from: i32, to: i32) -> bool {
        let run: Vec<f64> = self
            .reported()
            .filter(|(year, _)| (from..=to).contains(&year.end()))
            .map(|(_, value)| value)
            .collect();
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
        let change = last - first;
        let back = run.windows(2).map(|pair| (pair[1] - pair[0]) * -change.signum());
        back.fold(0.0, f64::max) < change.abs()
    }

    fn reported_point(&self, year: i32) -> Option<&Point> {
        self.points.iter().find(|p| p.year.end() == year && p.value.is_some())
    }

    /// How far a year's value usually is from the trend line, in the measure's unit: the median absolute
    /// deviation, as a standard deviation. It is used as the uncertainty of a value if n is not published.
    /// `None` with fewer than 4 years.
    #[must_use]
    pub fn spread(&self) -> Option<f64> {
        let trend = self.trend.as_ref().filter(|t| t.p.is_some())?;
        let run = self.reported().filter(|(year, _)| *year >= trend.first_year && *year <= trend.last_year);
        let residuals: Vec<f64> = run
            .map(|(year, value)| value - trend.slope * f64::from(year.end() - trend.first_year.end()))
            .collect();
        median_absolute_deviation(&residuals)
    }
}

/// The percentage of a point as a proportion; `None` if its n is unknown.
fn proportion(point: &Point) -> Option<Proportion> {
    Some(Proportion { p: point.value? / 100.0, n: point.n? })
}
