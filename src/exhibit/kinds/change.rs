//! How the parts of a chart changed. Only a notable change is stated.
//!
//! The changes of all parts are measured from the same earlier year: the first year shown that at least half
//! of the parts (and at least two) have, and that their latest year is comparable with. A change is notable
//! if it is at least the measure's meaningful change, is not explained by chance
//! ([`Comparison::change_stands`](crate::compare::Comparison::change_stands)), and is larger than any change back within the years
//! between.

use std::cmp::Ordering;

use super::context::ExhibitContext;
use super::draft::above;
use super::series::{ExhibitSeries, ExhibitSeriesSet};
use crate::domain::{ALL, MeasureKey, SchoolYear, Unit};
use crate::finding;
use crate::wording::finding::{ChartText, DrawnChange, SeriesFact};
use crate::wording::finding_parts::{self as words, GroupsChanged};

/// The two years that changes are measured between.
#[derive(Clone, Copy)]
struct TwoYears {
    since: SchoolYear,
    to: SchoolYear,
}

impl TwoYears {
    fn new(since: i32, to: i32) -> Option<Self> {
        Some(Self { since: SchoolYear::ending(since).ok()?, to: SchoolYear::ending(to).ok()? })
    }
}

/// The changes of a chart's parts between two years.
pub(super) struct PartChanges<'s, 'a> {
    years: TwoYears,
    /// The parts that have both years, excluding the whole.
    all: Vec<PartChange<'s, 'a>>,
    /// The whole, if it is shown and has both years.
    whole: Option<PartChange<'s, 'a>>,
}

impl<'s, 'a> PartChanges<'s, 'a> {
    /// The changes up to `to`, since the earliest suitable of `years`; `None` if no part has two years.
    pub(super) fn new(series: &[&'s ExhibitSeries<'a>], years: &[i32], to: i32) -> Option<Self> {
        let earlier = years.iter().filter(|year| **year < to);
        let mut candidates = earlier
            .filter_map(|since| Some(Self::between(series, TwoYears::new(*since, to)?)))
            .filter(|changes| !changes.all.is_empty());
        let first = candidates.next()?;
        let parts = series.iter().filter(|series| !series.is_whole).count();
        let enough = parts.div_ceil(2).max(2);
        if first.all.len() >= enough {
            return Some(first);
        }
        Some(candidates.find(|changes| changes.all.len() >= enough).unwrap_or(first))
    }

    fn between(series: &[&'s ExhibitSeries<'a>], years: TwoYears) -> Self {
        let changes = series.iter().filter_map(|series| PartChange::new(series, years));
        let (whole, all): (Vec<_>, Vec<_>) = changes.partition(|change| change.part.is_whole);
        Self { years, all, whole: whole.first().copied() }
    }

    /// What the chart says: the changes of its parts, the largest first, or that they are little. Where the outcomes of
    /// student groups are compared, it counts the groups and names none.
    pub(super) fn findings(
        &self,
        context: &ExhibitContext<'_>,
        set: &ExhibitSeriesSet<'_>,
    ) -> Vec<ChartText> {
        if !self.are_judged() {
            return Vec::new();
        }
        if set.are_outcomes_of_groups(context) {
            return above(&self.sub_line(), self.of_groups(context));
        }
        let mut notable = self.notable();
        notable.sort_by(PartChange::cmp_largest_first);
        if notable.is_empty() {
            return above(&self.sub_line(), self.nothing_notable(&context.spec.title));
        }
        let differences = notable.iter().filter_map(|change| change.text(context, change.as_difference()));
        let ends = notable.iter().filter_map(|change| change.text(context, change.as_ends()));
        differences.chain(ends).collect()
    }

    /// The ends of the whole if it is shown, else of the part that changed most.
    pub(super) fn sub_line(&self) -> String {
        let largest = self.all.iter().min_by(|a, b| a.cmp_largest_first(b));
        self.whole.as_ref().or(largest).map(PartChange::sub_line).unwrap_or_default()
    }

    /// Changes of money are judged after inflation, which a chart of published amounts does not show.
    fn are_judged(&self) -> bool {
        self.all.iter().all(|change| !change.unit().is_money() || change.part.dollars.is_some())
    }

    /// The changes that matter and are clear, of parts with enough people.
    fn notable(&self) -> Vec<PartChange<'s, 'a>> {
        let notable = self.all.iter().filter(|change| change.is_notable() && change.is_of_many());
        notable.copied().collect()
    }

    fn are_all_little(&self) -> bool {
        self.all.iter().all(|change| !change.matters())
    }

    fn nothing_notable(&self, title: &str) -> Option<String> {
        if self.are_all_little() {
            return words::little_in_parts(title, self.years.since);
        }
        words::unclear_in_parts(title, self.years.since)
    }

    /// How many student groups rose or fell.
    fn of_groups(&self, context: &ExhibitContext<'_>) -> Option<String> {
        let part = self.all.first()?.part;
        let key = MeasureKey { group: ALL.to_owned(), ..part.comparison.key.clone() };
        let subject = finding::finding_subject(&key, part.measure, context.catalog, false);
        let (notable, since) = (self.notable(), self.years.since);
        if notable.is_empty() && self.are_all_little() {
            return words::little_in_groups(&subject, since);
        }
        if notable.is_empty() {
            return words::unclear_in_groups(&subject, since);
        }
        let fell = notable.iter().filter(|change| change.difference() < 0.0).count();
        let of = self.all.iter().all(PartChange::is_of_many).then_some(self.all.len());
        words::groups_changed(&subject, GroupsChanged { rose: notable.len() - fell, fell, of, since })
    }
}

/// The change of one part between two years.
#[derive(Clone, Copy)]
struct PartChange<'s, 'a> {
    part: &'s ExhibitSeries<'a>,
    years: TwoYears,
    first: f64,
    last: f64,
}

impl<'s, 'a> PartChange<'s, 'a> {
    /// `None` where the part lacks one of the years, or they are not comparable.
    fn new(part: &'s ExhibitSeries<'a>, years: TwoYears) -> Option<Self> {
        let (since, to) = (years.since.end(), years.to.end());
        let first = part.value(since).filter(|_| part.is_comparable(since, to))?;
        Some(Self { part, years, first, last: part.value(to)? })
    }

    /// The value of the later year minus that of the earlier.
    fn difference(&self) -> f64 {
        self.last - self.first
    }

    fn unit(&self) -> Unit {
        self.part.measure.unit
    }

    fn drawn(&self) -> DrawnChange {
        DrawnChange { from: self.first, from_year: self.years.since, to: self.last }
    }

    /// `Up 9 points since 2014-15`.
    fn as_difference(&self) -> SeriesFact {
        SeriesFact::Since { change: self.drawn(), as_in: None }
    }

    /// `Went from 4% in 2014-15 to 13% in 2023-24`.
    fn as_ends(&self) -> SeriesFact {
        SeriesFact::Ends { change: self.drawn(), year: self.years.to }
    }

    /// A fact about this part, above its values.
    fn text(&self, context: &ExhibitContext<'_>, fact: SeriesFact) -> Option<ChartText> {
        let finding = self.part.finding_subject(context).say(fact)?;
        Some(ChartText { finding, sub_line: self.sub_line(), rank: fact.rank() })
    }

    fn sub_line(&self) -> String {
        let is_after_inflation = self.part.dollars.is_some();
        words::part_ends(&self.part.label, self.unit(), self.drawn(), self.years.to, is_after_inflation)
    }

    fn matters(&self) -> bool {
        !self.part.measure.is_about(self.last, self.first)
    }

    fn is_notable(&self) -> bool {
        let (since, to) = (self.years.since.end(), self.years.to.end());
        let comparison = self.part.comparison;
        self.matters()
            && comparison.change_stands(self.part.measure, since, to)
            && comparison.is_beyond_swings(since, to)
    }

    fn is_of_many(&self) -> bool {
        self.part.is_of_many(self.years.since.end()) && self.part.is_of_many(self.years.to.end())
    }

    /// By size, largest first, then by label.
    fn cmp_largest_first(&self, other: &Self) -> Ordering {
        let (own, others) = (self.difference().abs(), other.difference().abs());
        others.total_cmp(&own).then_with(|| self.part.label.cmp(&other.part.label))
    }
}
