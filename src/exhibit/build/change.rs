//! Which part of a chart changed most, said only of a change that is worth telling.
//!
//! All parts are held against the same earlier year: the first of those shown that at least half of them (and two) have
//! and their latest can be compared with. A change is worth telling from the measure's meaningful change on, where doubt
//! leaves it standing ([`Comparison::change_stands`](crate::compare::Comparison::change_stands)).

use super::parts::Part;
use super::words::year;
use crate::domain::Unit;

/// What the parts of a chart did between two years.
pub(super) struct Changes<'p, 'a> {
    since: i32,
    to: i32,
    /// The parts that have both years, those that stand for everybody left out.
    all: Vec<Changed<'p, 'a>>,
}

/// What one part did.
#[derive(Clone, Copy)]
pub(super) struct Changed<'p, 'a> {
    pub(super) part: &'p Part<'a>,
    first: f64,
    last: f64,
}

impl Changed<'_, '_> {
    /// The value of the later year less that of the earlier.
    pub(super) fn change(&self) -> f64 {
        self.last - self.first
    }

    fn unit(&self) -> Unit {
        self.part.measure.unit
    }
}

impl<'p, 'a> Changes<'p, 'a> {
    /// The changes up to `to`, since the earliest of `years` that serves; `None` where no part has two years.
    pub(super) fn of(parts: &[&'p Part<'a>], years: &[i32], to: i32) -> Option<Self> {
        let parts: Vec<&'p Part<'a>> = parts.iter().copied().filter(|p| !p.whole).collect();
        let since = |since: i32| {
            let both = |p: &&'p Part<'a>| {
                let first = p.value(since).filter(|_| p.is_comparable(since, to))?;
                Some(Changed { part: p, first, last: p.value(to)? })
            };
            Self { since, to, all: parts.iter().filter_map(both).collect() }
        };
        let mut tried = years.iter().filter(|y| **y < to).map(|y| since(*y)).filter(|c| !c.all.is_empty());
        let enough = parts.len().div_ceil(2).max(2);
        let first = tried.next()?;
        if first.all.len() >= enough {
            return Some(first);
        }
        Some(tried.find(|c| c.all.len() >= enough).unwrap_or(first))
    }

    /// The year that the parts are held against, as shown.
    pub(super) fn since(&self) -> String {
        year(self.since)
    }

    /// The largest change that is worth telling, and whether no other, worth telling or not, is shown as large.
    pub(super) fn largest(&self) -> Option<(Changed<'p, 'a>, bool)> {
        let mut told: Vec<Changed<'p, 'a>> = self.all.iter().copied().filter(|c| self.is_told(c)).collect();
        told.sort_by(|a, b| {
            let sizes = b.change().abs().total_cmp(&a.change().abs());
            sizes.then_with(|| a.part.label.cmp(&b.part.label))
        });
        let first = *told.first()?;
        let shown = |c: &Changed<'_, '_>| c.unit().format_change(c.change());
        // One that chance may have made can be the largest that is shown all the same.
        let as_large =
            |c: &&Changed<'_, '_>| c.change().abs() >= first.change().abs() || shown(c) == shown(&first);
        Some((first, self.all.len() > 1 && self.all.iter().filter(as_large).count() == 1))
    }

    fn is_told(&self, changed: &Changed<'_, '_>) -> bool {
        let Changed { part, first, .. } = changed;
        let matters = part.measure.matters_from(*first);
        changed.change().abs() >= matters && part.comparison.change_stands(part.measure, self.since, self.to)
    }

    /// What is said of them below the `title`.
    pub(super) fn said(&self, title: &str) -> String {
        let (since, to) = (self.since(), year(self.to));
        let Some((changed, is_most)) = self.largest() else {
            return format!("{title}: no clear change in any part between {since} and {to}");
        };
        let (first, last) = (changed.unit().format(changed.first), changed.unit().format(changed.last));
        let verb = if changed.change() < 0.0 { "fell" } else { "rose" };
        let most = if is_most { " most:" } else { "" };
        format!("{} {verb}{most} from {first} in {since} to {last} in {to}", changed.part.subject)
    }
}
