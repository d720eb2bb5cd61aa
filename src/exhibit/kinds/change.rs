//! Which part of a chart changed most. Only a notable change is stated.
//!
//! The changes of all parts are measured from the same earlier year: the first year shown that at least half
//! of the parts (and at least two) have, and that their latest year is comparable with. A change is notable
//! if it is at least the measure's meaningful change and is not explained by chance
//! ([`Comparison::change_stands`](crate::compare::Comparison::change_stands)).

use std::cmp::Ordering;

use super::labels::year_label;
use super::series::ExhibitSeries;
use crate::domain::Unit;
use crate::wording::exhibit::{self as words, ChangeSince, PartChangeText};

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

    /// The year that the changes are measured from, formatted for display.
    pub(super) fn since(&self) -> String {
        year_label(self.since)
    }

    /// The largest notable change.
    pub(super) fn largest(&self) -> Option<LargestChange<'s, 'a>> {
        let notable = self.all.iter().copied().filter(|change| change.is_notable(self.since, self.to));
        let change = notable.min_by(PartChange::cmp_largest_first)?;
        // A change that may be due to chance can also be displayed as equally large.
        let as_large = self.all.iter().filter(|other| other.is_shown_as_large_as(&change)).count();
        Some(LargestChange { change, is_only: self.all.len() > 1 && as_large == 1 })
    }

    /// The headline for `title`: the largest change, or that there is no clear one.
    pub(super) fn headline(&self, title: &str) -> String {
        let (since, to) = (self.since(), year_label(self.to));
        let Some(LargestChange { change, is_only }) = self.largest() else {
            return words::no_clear_change(title, &since, &to);
        };
        words::part_changed(&PartChangeText {
            subject: &change.part.subject,
            unit: change.unit(),
            first: change.first,
            last: change.last,
            since: &since,
            to: &to,
            is_most: is_only,
        })
    }
}

/// The largest notable change of a chart's parts.
pub(super) struct LargestChange<'s, 'a> {
    pub(super) change: PartChange<'s, 'a>,
    /// Whether no other change, notable or not, is displayed as equally large.
    pub(super) is_only: bool,
}

impl LargestChange<'_, '_> {
    /// The change since a year, for a headline.
    pub(super) fn since<'y>(&self, year: &'y str) -> ChangeSince<'y> {
        ChangeSince {
            unit: self.change.unit(),
            change: self.change.difference(),
            since: year,
            is_most: self.is_only,
        }
    }
}

/// The change of one part between two years.
#[derive(Clone, Copy)]
pub(super) struct PartChange<'s, 'a> {
    pub(super) part: &'s ExhibitSeries<'a>,
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

    /// The absolute size of the difference, formatted for display.
    fn size_text(&self) -> String {
        self.unit().format_change(self.difference())
    }

    fn unit(&self) -> Unit {
        self.part.measure.unit
    }

    fn size(&self) -> f64 {
        self.difference().abs()
    }

    fn is_notable(&self, since: i32, to: i32) -> bool {
        let (measure, comparison) = (self.part.measure, self.part.comparison);
        self.size() >= measure.matters_from(self.first) && comparison.change_stands(measure, since, to)
    }

    fn is_shown_as_large_as(&self, other: &Self) -> bool {
        self.size() >= other.size() || self.size_text() == other.size_text()
    }

    /// By size, largest first, then by label.
    fn cmp_largest_first(&self, other: &Self) -> Ordering {
        other.size().total_cmp(&self.size()).then_with(|| self.part.label.cmp(&other.part.label))
    }
}
