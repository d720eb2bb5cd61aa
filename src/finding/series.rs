//! A series that findings are about, with its measure.

use super::short_subject::finding_subject;
use super::subject::subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::{Comparison, Comparisons, Standing};
use crate::domain::{ALL, AllDistricts, MeasureKey, SchoolYear, Status, Unit};
use crate::wording::subject::SentenceSubject;

/// Why nothing is said about a series, whatever its rules find.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bar {
    /// Its latest value is this many years older than the newest of any district.
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
    /// What all districts of the data are.
    pub(super) all_districts: AllDistricts,
    /// Whether sentences call it by the short name of its measure.
    pub(super) has_short_name: bool,
}

impl<'a> MeasuredSeries<'a> {
    /// What a sentence calls the series (`Teacher turnover`).
    pub(super) fn subject(&self) -> SentenceSubject {
        if self.has_short_name {
            return finding_subject(&self.comparison.key, self.measure, self.catalog, false).name;
        }
        SentenceSubject {
            words: subject(&self.comparison.key, self.measure, self.catalog),
            is_plural: self.measure.plural,
        }
    }

    /// The same series, called by its short name.
    pub(super) const fn by_short_name(self) -> Self {
        Self { has_short_name: true, ..self }
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

    /// Why nothing may be said of the series of a district; `None` if something may.
    pub(super) fn bar(&self, district: &Comparisons) -> Option<Bar> {
        let latest = self.comparison.latest()?;
        let age = self.age(district.newest);
        if age > self.catalog.findings.oldest {
            return Some(Bar::Old(age));
        }
        if !is_credible(self.comparison, self.measure, self.catalog) {
            return Some(Bar::Implausible);
        }
        let counted = counted_people(district, &self.comparison.key, self.measure, self.catalog);
        let is_people = matches!(self.measure.unit, Unit::Fte);
        let usual = f64::from(self.catalog.findings.fewest_in_findings);
        let fewest = counted.filter(|_| latest.n.is_none()).map_or(usual, |counted| counted.fewest);
        let n = latest.n.or_else(|| counted?.in_year(latest.year)).or(latest.value.filter(|_| is_people));
        n.filter(|n| *n < fewest).map(Bar::FewPeople)
    }
}

/// The people whom the values of a measure without n are about.
#[derive(Clone, Copy)]
pub(crate) struct CountedPeople<'a> {
    /// Counts them, or the people of whom they are a share.
    all: &'a Comparison,
    /// The percent of these people that they are; `None` if they are all of them.
    share: Option<&'a Comparison>,
    /// About fewer of them, nothing is said.
    fewest: f64,
    /// Whether they are only known to be at most as many as those that are counted.
    is_at_most: bool,
}

impl CountedPeople<'_> {
    /// How many they are in a year, or at most if those are few; `None` if that is not known.
    pub(crate) fn in_year(&self, year: SchoolYear) -> Option<f64> {
        if self.is_at_most {
            return few_in(self.all, year, self.fewest);
        }
        let all = people_in(self.all, year)?;
        match self.share {
            Some(share) => Some(all * people_in(share, year)? / 100.0),
            None => Some(all),
        }
    }
}

/// The people behind a rate or an average of the whole district, if its n may be unpublished; `None` if no measure counts them.
pub(crate) fn counted_people<'a>(
    district: &'a Comparisons,
    key: &MeasureKey,
    measure: &Measure,
    catalog: &Catalog,
) -> Option<CountedPeople<'a>> {
    if key.group != ALL || !key.grade.is_all() {
        return None;
    }
    catalog.findings.counts_of(measure).find_map(|count| {
        let all = district.get(&MeasureKey::whole(&count.counted_by))?;
        let share = count.share.as_deref().map(|share| district.get(&MeasureKey::whole(share)));
        let fewest = f64::from(count.fewest.unwrap_or(catalog.findings.fewest_in_findings));
        let is_at_most = count.at_most;
        match share {
            Some(share) => Some(CountedPeople { all, share: Some(share?), fewest, is_at_most }),
            None => Some(CountedPeople { all, share: None, fewest, is_at_most }),
        }
    })
}

/// The value of a series in a year.
fn people_in(counted: &Comparison, year: SchoolYear) -> Option<f64> {
    counted.points.iter().find(|point| point.year == year)?.value
}

/// The people in a year if they are fewer than that. Their number is taken for 0 if it is withheld, and no other year has as many:
/// a large number can be withheld to protect another one.
fn few_in(counted: &Comparison, year: SchoolYear, fewest: f64) -> Option<f64> {
    let point = counted.points.iter().find(|point| point.year == year)?;
    if point.status != Status::Withheld {
        return point.value.filter(|people| *people < fewest);
    }
    counted.reported().all(|(_, people)| people < fewest).then_some(0.0)
}

/// Whether something may be concluded from the latest value of a series: it is in the credible range of its measure, and no
/// zero after values that are all far from zero.
pub(super) fn is_credible(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> bool {
    let Some(value) = comparison.latest().and_then(|latest| latest.value) else { return true };
    measure.is_credible(value) && (value != 0.0 || !is_unlikely_zero(comparison, measure, catalog))
}

fn is_unlikely_zero(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> bool {
    let others: Vec<f64> =
        comparison.reported().map(|(_, value)| value).filter(|value| *value != 0.0).collect();
    catalog.readiness.zero.is_unlike(&others, measure.unit)
}
