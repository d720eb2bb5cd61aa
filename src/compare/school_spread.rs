//! How far apart the schools of one type are in a series of their district.
//!
//! Of the types with enough schools that have a value in the latest year, the one with the widest range is described. A school
//! is ahead or behind if it clearly differs from the others ([`SchoolStanding`](super::schools::SchoolStanding)) in that year
//! and on the same side in the year before. How the range has changed is counted from an earlier year, at least three and at
//! most five years before, in which the same schools have values and after which there is no break.
//!
//! Degenerate: without enough schools of a type there is nothing; where neither direction is better, no school is ahead.

use super::comparison::Comparison;
use super::schools::{SchoolComparison, SchoolStanding, school_standing};
use crate::catalog::{Catalog, Measure, SchoolType};
use crate::domain::{MeasureKey, SchoolYear};

/// The fewest and the most years over which a change of the range is counted.
const SPAN: [i32; 2] = [3, 5];

/// The range of the schools of one type.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SchoolSpread {
    /// The school year.
    pub year: SchoolYear,
    /// The schools, in the middle of a sentence (`elementary schools`).
    pub of_type: String,
    /// How many have a value.
    pub schools: usize,
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// How many clearly and lastingly have a better value than the others.
    pub ahead: usize,
    /// How many clearly and lastingly have a worse value than the others.
    pub behind: usize,
    /// An earlier school year, and how far the same schools were apart then; `None` if there is none to compare with.
    pub earlier: Option<(SchoolYear, f64)>,
}

/// How far apart the schools are in the series of a district; `None` without enough schools of one type.
pub(super) fn school_spread(
    comparison: &Comparison,
    schools: &[SchoolComparison],
    measure: &Measure,
    catalog: &Catalog,
) -> Option<SchoolSpread> {
    let year = comparison.latest()?.year;
    let series = SpreadSeries { comparison, schools, measure, alike: catalog.schools.alike, year };
    let types = catalog.schools.types.iter();
    let spreads = types.filter_map(|of_type| series.of_type(of_type));
    spreads.max_by(|a, b| (a.high - a.low).total_cmp(&(b.high - b.low)))
}

struct SpreadSeries<'a> {
    comparison: &'a Comparison,
    schools: &'a [SchoolComparison],
    measure: &'a Measure,
    /// The fewest schools that are compared.
    alike: usize,
    year: SchoolYear,
}

impl SpreadSeries<'_> {
    fn key(&self) -> &MeasureKey {
        &self.comparison.key
    }

    fn of_type(&self, of_type: &SchoolType) -> Option<SchoolSpread> {
        let is_of_type =
            |school: &&SchoolComparison| school.of_type.as_ref().is_some_and(|own| own.id == of_type.id);
        let own: Vec<&SchoolComparison> = self.schools.iter().filter(is_of_type).collect();
        let own: Vec<&SchoolComparison> =
            own.into_iter().filter(|school| school.point(self.key(), self.year).is_some()).collect();
        if own.len() < self.alike {
            return None;
        }
        let (low, high) = self.range(&own, self.year)?;
        let sides: Vec<f64> = own.iter().map(|school| self.side(school)).collect();
        Some(SchoolSpread {
            year: self.year,
            of_type: of_type.label.to_lowercase(),
            schools: own.len(),
            low,
            high,
            ahead: sides.iter().filter(|side| **side > 0.0).count(),
            behind: sides.iter().filter(|side| **side < 0.0).count(),
            earlier: self.earlier(&own),
        })
    }

    /// The lowest and highest value in a year; `None` unless all schools have one.
    fn range(&self, schools: &[&SchoolComparison], year: SchoolYear) -> Option<(f64, f64)> {
        let mut ends = (f64::INFINITY, f64::NEG_INFINITY);
        for school in schools {
            let value = school.point(self.key(), year)?.value?;
            ends = (ends.0.min(value), ends.1.max(value));
        }
        Some(ends)
    }

    /// 1 if a school is ahead of the others, −1 if it is behind, 0 if neither is clear.
    fn side(&self, school: &SchoolComparison) -> f64 {
        let now = self.side_in(school, self.year);
        let before =
            SchoolYear::ending(self.year.end() - 1).map_or(0.0, |before| self.side_in(school, before));
        if now == before { now } else { 0.0 }
    }

    fn side_in(&self, school: &SchoolComparison, year: SchoolYear) -> f64 {
        let standing = school_standing(school, self.schools, self.measure, self.key(), year, self.alike);
        let Some(SchoolStanding { value, median, .. }) = standing.filter(|standing| standing.is_clear) else {
            return 0.0;
        };
        let sign = self.measure.better.sign();
        if sign == 0.0 { 0.0 } else { sign * (value - median).signum() }
    }

    fn earlier(&self, schools: &[&SchoolComparison]) -> Option<(SchoolYear, f64)> {
        let from = self.comparison.after_break().map_or(i32::MIN, |found| found.year);
        let latest = self.year.end();
        let mut years = (latest - SPAN[1]..=latest - SPAN[0]).filter(|year| *year >= from);
        years.find_map(|year| {
            let year = SchoolYear::ending(year).ok()?;
            let (low, high) = self.range(schools, year)?;
            Some((year, high - low))
        })
    }
}
