//! A series that findings are about, with its measure.

use super::subject::subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::{Comparison, SMALL_GROUP};
use crate::domain::SchoolYear;
use crate::wording::subject::SentenceSubject;

/// Why nothing is said of a series, whatever its rules find.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bar {
    /// Its latest value is so many years older than the newest of any district.
    Old(i32),
    /// Its latest value is hardly possible.
    Implausible,
    /// Its latest value is about so few people.
    FewPeople(f64),
}

/// A comparison with its measure.
#[derive(Clone, Copy)]
pub(super) struct MeasuredSeries<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) measure: &'a Measure,
    pub(super) catalog: &'a Catalog,
}

impl MeasuredSeries<'_> {
    /// What a sentence calls the series (`Teacher turnover`).
    pub(super) fn subject(&self) -> SentenceSubject {
        SentenceSubject {
            words: subject(&self.comparison.key, self.measure, self.catalog),
            is_plural: self.measure.plural,
        }
    }

    /// A value of the measure, formatted for display.
    pub(super) fn format(&self, value: f64) -> String {
        self.measure.unit.format(value)
    }

    /// By how many years the latest value is older than the newest of any district.
    pub(super) fn age(&self, newest: Option<SchoolYear>) -> i32 {
        match (self.comparison.latest(), newest) {
            (Some(latest), Some(newest)) => newest.end() - latest.year.end(),
            _ => 0,
        }
    }

    /// Why nothing may be said of the series; `None` if something may.
    pub(super) fn bar(&self, newest: Option<SchoolYear>) -> Option<Bar> {
        let latest = self.comparison.latest()?;
        let age = self.age(newest);
        if age > self.catalog.findings.oldest {
            return Some(Bar::Old(age));
        }
        if latest.value.is_some_and(|value| !self.measure.is_credible(value)) {
            return Some(Bar::Implausible);
        }
        latest.n.filter(|n| *n < SMALL_GROUP).map(Bar::FewPeople)
    }
}
