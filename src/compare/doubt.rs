//! How sure a change of a series is, and how far its years stray.

use super::comparison::{Comparison, Point};
use super::newcombe::{Share, newcombe};
use super::rank::{median, sort};
use super::wilson::Z95;
use crate::catalog::Measure;
use crate::domain::{SchoolYear, Unit};

impl Comparison {
    /// The 95 % interval (Newcombe) of the change from the year before, in percentage points; only for rates of known n.
    #[must_use]
    pub fn change_one_year_interval(&self, measure: &Measure) -> Option<(f64, f64)> {
        let change = self.trend.as_ref().filter(|_| measure.unit == Unit::Percent)?.change_one_year;
        let mut known = self.points.iter().rev().filter(|p| p.value.is_some());
        let (last, before) = (known.next()?, known.next()?);
        let share = |p: &Point| Some(Share { p: p.value? / 100.0, n: p.n? });
        let (low, high) = change.and(newcombe(share(last)?, share(before)?))?;
        Some((100.0 * low, 100.0 * high))
    }

    /// Whether doubt leaves a change between two years standing, given by their ends: of a rate of people whose n is known,
    /// where Newcombe's 95 % interval of the change lies on one side of 0; where n is not published, where the change is more
    /// than two years of the series stray from each other by (`Z95 √2` times its [spread](Self::spread)). What is no sample
    /// of people (dollars, counts), and a rate of which neither is known, stands as it is.
    #[must_use]
    pub fn change_stands(&self, measure: &Measure, from: i32, to: i32) -> bool {
        let at = |year: i32| self.points.iter().find(|p| p.year.end() == year && p.value.is_some());
        let Some((then, now)) = at(from).zip(at(to)) else { return false };
        if measure.unit != Unit::Percent || measure.people.is_none() {
            return true;
        }
        let share = |p: &Point| Some(Share { p: p.value? / 100.0, n: p.n? });
        if let Some((low, high)) = share(now).zip(share(then)).and_then(|(now, then)| newcombe(now, then)) {
            return low > 0.0 || high < 0.0;
        }
        let change = now.value.zip(then.value).map_or(0.0, |(now, then)| now - then);
        self.spread().is_none_or(|spread| change.abs() > Z95 * std::f64::consts::SQRT_2 * spread)
    }

    /// How far a year's value usually lies from the trend's line, in the measure's unit: the median of the distances / 0.6745,
    /// a standard deviation were they normal. It stands for the doubt of a value where n is not published. `None` with fewer
    /// than 4 years.
    #[must_use]
    pub fn spread(&self) -> Option<f64> {
        let trend = self.trend.as_ref().filter(|t| t.p.is_some())?;
        let within = |year: SchoolYear| year >= trend.first_year && year <= trend.last_year;
        let line = |year: SchoolYear| trend.slope * f64::from(year.end() - trend.first_year.end());
        let left: Vec<f64> = self.reported().filter(|(y, _)| within(*y)).map(|(y, v)| v - line(y)).collect();
        let middle = middle(left.clone())?;
        middle_size(left.iter().map(|v| (v - middle).abs()).collect())
    }
}

fn middle(mut values: Vec<f64>) -> Option<f64> {
    sort(&mut values);
    median(&values)
}

/// The median size as a standard deviation: the normal has half of its values within 0.6745 of it.
fn middle_size(sizes: Vec<f64>) -> Option<f64> {
    Some(middle(sizes)? / 0.674_489_750_196_081_7)
}
