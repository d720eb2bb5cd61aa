//! Which part of a chart changed most. Only a notable change is stated.
//!
//! The changes of all parts are measured from the same earlier year: the first year shown that at least half
//! of the parts (and at least two) have, and that their latest year is comparable with. A change is notable
//! if it is at least the measure's meaningful change and is not explained by chance
//! ([`Comparison::change_stands`](crate::compare::Comparison::change_stands)).

use std::cmp::Ordering;

use super::context::ExhibitContext;
use super::series::ExhibitSeries;
use crate::domain::{ALL, MeasureKey, SchoolYear, Unit};
use crate::finding;
use crate::wording::finding::{DrawnChange, SeriesFact};
use crate::wording::finding_parts::{self as words, GroupsChanged};

/// The changes of a chart's parts between two years.
pub(super) struct PartChanges<'s, 'a> {
    since: i32,
    to: i32,
    /// The parts that have both years, excluding the whole.
    all: Vec<PartChange<'s, 'a>>,
}

impl<'s, 'a> PartChanges<'s, 'a> {
    /// The changes up to `to`, since the earliest suitable of `years`; `None` if no part has two years.
    pub(super) fn new(series: &[&'s ExhibitSeries<'a>], years: &[i32], to: i32) -> Option<Self> {
        let parts: Vec<&'s ExhibitSeries<'a>> =
            series.iter().copied().filter(|series| !series.is_whole).collect();
        let earlier = years.iter().copied().filter(|year| *year < to);
        let mut candidates =
            earlier.map(|since| Self::between(&parts, since, to)).filter(|changes| !changes.all.is_empty());
        let first = candidates.next()?;
        let enough = parts.len().div_ceil(2).max(2);
        if first.all.len() >= enough {
            return Some(first);
        }
        Some(candidates.find(|changes| changes.all.len() >= enough).unwrap_or(first))
    }

    fn between(parts: &[&'s ExhibitSeries<'a>], since: i32, to: i32) -> Self {
        let all = parts.iter().filter_map(|part| PartChange::new(part, since, to)).collect();
        Self { since, to, all }
    }

    /// What a chart titled `title` says: the changes of its parts, the largest first, or that they are little. With
    /// `are_outcomes_of_groups`, it counts student groups and names none.
    pub(super) fn findings(&self, context: &ExhibitContext<'_>, are_outcomes_of_groups: bool) -> Vec<String> {
        let Some(since) = SchoolYear::ending(self.since).ok().filter(|_| self.are_judged()) else {
            return Vec::new();
        };
        if are_outcomes_of_groups {
            return self.of_groups(context, since).into_iter().collect();
        }
        let mut notable = self.notable();
        notable.sort_by(PartChange::cmp_largest_first);
        if notable.is_empty() && self.are_all_little() {
            return words::little_in_parts(&context.spec.title, since).into_iter().collect();
        }
        let said = notable.iter().map(|change| change.said(context, since));
        said.flatten().collect()
    }

    /// The ends of the whole if it is shown, else of the part that changed most.
    pub(super) fn sub_line(&self, whole: Option<&ExhibitSeries<'_>>) -> String {
        let [Ok(since), Ok(to)] = [self.since, self.to].map(SchoolYear::ending) else { return String::new() };
        let whole = whole.and_then(|whole| PartChange::new(whole, self.since, self.to));
        match whole.or_else(|| self.all.iter().copied().min_by(PartChange::cmp_largest_first)) {
            Some(shown) => words::part_ends(&shown.part.label, shown.unit(), shown.drawn(since), to),
            None => words::years_shown(since, to),
        }
    }

    /// Changes of money are judged after inflation, which a chart of published amounts does not show.
    fn are_judged(&self) -> bool {
        self.all.iter().all(|change| !change.unit().is_money())
    }

    /// The changes that matter and are clear, of parts with enough people.
    fn notable(&self) -> Vec<PartChange<'s, 'a>> {
        let notable = self.all.iter().copied().filter(|change| {
            change.is_notable(self.since, self.to) && change.is_of_many(self.since, self.to)
        });
        notable.collect()
    }

    fn are_all_little(&self) -> bool {
        self.all.iter().all(|change| !change.matters())
    }

    /// How many student groups rose or fell.
    fn of_groups(&self, context: &ExhibitContext<'_>, since: SchoolYear) -> Option<String> {
        let part = self.all.first()?.part;
        let key = MeasureKey { group: ALL.to_owned(), ..part.comparison.key.clone() };
        let subject = finding::finding_subject(&key, part.measure, context.catalog, false);
        let notable = self.notable();
        let fell = notable.iter().filter(|change| change.difference() < 0.0).count();
        let are_of_many = self.all.iter().all(|change| change.is_of_many(self.since, self.to));
        match notable.len() {
            0 if self.are_all_little() => words::little_in_groups(&subject, since),
            0 => words::unclear_in_groups(&subject, since),
            some => words::groups_changed(
                &subject,
                GroupsChanged { rose: some - fell, fell, of: are_of_many.then_some(self.all.len()), since },
            ),
        }
    }
}

/// The change of one part between two years.
#[derive(Clone, Copy)]
struct PartChange<'s, 'a> {
    part: &'s ExhibitSeries<'a>,
    first: f64,
    last: f64,
}

impl<'s, 'a> PartChange<'s, 'a> {
    /// `None` where the part lacks one of the years, or they are not comparable.
    fn new(part: &'s ExhibitSeries<'a>, since: i32, to: i32) -> Option<Self> {
        let first = part.value(since).filter(|_| part.is_comparable(since, to))?;
        Some(Self { part, first, last: part.value(to)? })
    }

    /// The value of the later year minus that of the earlier.
    fn difference(&self) -> f64 {
        self.last - self.first
    }

    fn unit(&self) -> Unit {
        self.part.measure.unit
    }

    fn drawn(&self, since: SchoolYear) -> DrawnChange {
        DrawnChange { from: self.first, from_year: since, to: self.last }
    }

    /// `The share of English learners is up 4 points since 2014-15`.
    fn said(&self, context: &ExhibitContext<'_>, since: SchoolYear) -> Option<String> {
        let change = self.drawn(since);
        self.part.finding_subject(context).say(SeriesFact::Since { change, as_in_state: false })
    }

    fn matters(&self) -> bool {
        !self.part.measure.is_about(self.last, self.first)
    }

    fn is_notable(&self, since: i32, to: i32) -> bool {
        self.matters() && self.part.comparison.change_stands(self.part.measure, since, to)
    }

    fn is_of_many(&self, since: i32, to: i32) -> bool {
        self.part.is_of_many(since) && self.part.is_of_many(to)
    }

    /// By size, largest first, then by label.
    fn cmp_largest_first(&self, other: &Self) -> Ordering {
        let (own, others) = (self.difference().abs(), other.difference().abs());
        others.total_cmp(&own).then_with(|| self.part.label.cmp(&other.part.label))
    }
}
