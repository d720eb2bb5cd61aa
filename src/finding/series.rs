//! A series that findings are about, with its measure.

use super::short_subject::finding_subject;
use super::subject::subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::{Comparison, SMALL_GROUP, Standing};
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
    /// Whether the peers are enough, and enough like the district, to compare it with them.
    pub(super) has_alike_peers: bool,
}

impl<'a> MeasuredSeries<'a> {
    /// What a sentence calls the series (`Teacher turnover`).
    pub(super) fn subject(&self) -> SentenceSubject {
        SentenceSubject {
            words: subject(&self.comparison.key, self.measure, self.catalog),
            is_plural: self.measure.plural,
        }
    }

    /// The same in as few words as possible.
    pub(super) fn short_subject(&self) -> SentenceSubject {
        finding_subject(&self.comparison.key, self.measure, self.catalog, false).name
    }

    /// Its standing in the latest year, if the peers are alike enough to be compared with.
    pub(super) fn standing_among_alike(&self) -> Option<&'a Standing> {
        self.comparison.standing().filter(|_| self.has_alike_peers)
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
        if !is_credible(self.comparison, self.measure, self.catalog) {
            return Some(Bar::Implausible);
        }
        latest.n.filter(|n| *n < SMALL_GROUP).map(Bar::FewPeople)
    }
}

/// Whether something may be concluded from the latest value of a series: it is in the credible range of its measure, and no
/// zero after values that are all far from zero.
pub(super) fn is_credible(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> bool {
    let Some(value) = comparison.latest().and_then(|latest| latest.value) else { return true };
    measure.is_credible(value) && (value != 0.0 || !is_unlikely_zero(comparison, measure, catalog))
}

fn is_unlikely_zero(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> bool {
    let others: Vec<f64> = comparison.reported().map(|(_, value)| value).filter(|value| *value != 0.0).collect();
    catalog.readiness.zero.is_unlike(&others, measure.unit)
}
