//! The counts of people that must not be disclosed, and how wide their intervals must be.

use super::attacker::{Attacker, VisibleCells};
use super::catalog_links::{MeasureKind, PeopleRole};
use super::cell_intervals::{mask_interval, stated_count};
use super::system::UnknownCount;
use crate::pack_tables::{CellKey, PackCell};
use statistics::linear_program::Interval;

/// Which people of a cell a count covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeopleOfCell {
    /// Those that a count counts.
    Count,
    /// Those that a rate or a mean is based on.
    N,
    /// Those that a rate counts.
    Numerator,
    /// Those in the base of a rate that it does not count.
    Complement,
    /// Those that listed parts leave of a total.
    RemainderOfCount,
    /// Those that listed parts leave of the people that a total is based on.
    RemainderOfN,
    /// Those that listed parts leave of the people that a total counts.
    RemainderOfNumerator,
    /// Those that listed parts leave of the people that a total does not count.
    RemainderOfComplement,
}

impl PeopleOfCell {
    /// The remainder of a total, by the role of its people.
    pub(super) const fn remainder_of(role: PeopleRole) -> Self {
        match role {
            PeopleRole::Count => Self::RemainderOfCount,
            PeopleRole::N => Self::RemainderOfN,
            PeopleRole::Numerator => Self::RemainderOfNumerator,
            PeopleRole::Complement => Self::RemainderOfComplement,
        }
    }
}

/// A count of people that must not be disclosed if it may be less than the smallest group.
#[derive(Debug, Clone)]
pub(super) struct ProtectedCount {
    pub(super) key: CellKey,
    pub(super) people: PeopleOfCell,
    /// Counts from 1 to one less than this are sensitive.
    pub(super) smallest_group: f64,
    pub(super) protection: Protection,
}

/// What protects a count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Protection {
    pub(super) count: UnknownCount,
    /// The count of people that this one is a subset of.
    pub(super) base: Option<UnknownCount>,
    /// The width of the interval stated by the value's mask; infinite if there is none.
    mask_width: f64,
    /// Whether a zero would disclose the result of everyone in a group, since a rate of all or none is not
    /// published.
    is_outcome: bool,
}

impl Protection {
    const fn of(count: UnknownCount) -> Self {
        Self { count, base: None, mask_width: f64::INFINITY, is_outcome: false }
    }
}

/// What an attacker can work out about a protected count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CountKnowledge {
    /// Its feasibility interval.
    pub(super) interval: Interval,
    /// The feasibility interval of its base.
    pub(super) base: Option<Interval>,
}

impl ProtectedCount {
    /// Whether both are about the same people.
    pub(super) fn is_same_people(&self, other: &Self) -> bool {
        (&self.key, self.people) == (&other.key, other.people)
    }

    /// How wide the interval must be, where possible. `public_width` is the width that public cells alone
    /// leave.
    pub(super) fn required_width(&self, known: &CountKnowledge, public_width: f64) -> f64 {
        let most = known.base.map_or(f64::INFINITY, |base| base.high);
        self.smallest_group.min(self.protection.mask_width).min(most).min(public_width)
    }

    /// Whether the interval is narrower than the policy allows.
    pub(super) fn is_disclosed(&self, known: &CountKnowledge, public_width: f64) -> bool {
        let Interval { low, high } = known.interval;
        if high < 1.0 {
            // A rate of nobody does not exist, so all people in the base of a suppressed rate are counted, or
            // none of them.
            return self.protection.is_outcome && public_width >= 1.0;
        }
        // That there is anyone is not sensitive, since the row itself shows that. An interval from 1 to s
        // does not show whether the count is below s.
        let low = if low <= 1.0 { 0.0 } else { low };
        low < self.smallest_group && high - low < self.required_width(known, public_width)
    }

    /// Whether the interval is narrower than the policy allows, unless public cells alone leave it as narrow.
    pub(super) fn may_be_disclosed(&self, known: &CountKnowledge) -> bool {
        self.is_disclosed(known, f64::INFINITY)
    }
}

impl Attacker<'_> {
    /// Lists the counts of each cell that is suppressed, or masked by its private source.
    pub(super) fn list_protected(&mut self, visible: VisibleCells<'_>) {
        for (key, cell) in visible.cells {
            if cell.is_withheld() || cell.is_masked() && !(visible.is_public)(key) {
                self.protect_cell(key, cell);
            }
        }
    }

    fn protect_cell(&mut self, key: &CellKey, cell: &PackCell) {
        match self.kind(key.measure) {
            MeasureKind::Count => {
                let mask_width = stated_count(cell).map_or(f64::INFINITY, Interval::width);
                let count = self.count(PeopleRole::Count, key);
                let protection = Protection { mask_width, ..Protection::of(count) };
                self.protect(key, PeopleOfCell::Count, protection);
            }
            MeasureKind::Mean => _ = self.protect_n(key),
            MeasureKind::Rate => self.protect_rate(key, cell),
            MeasureKind::Unprotected => {}
        }
    }

    fn protect_n(&mut self, key: &CellKey) -> UnknownCount {
        let n = self.count(PeopleRole::N, key);
        self.protect(key, PeopleOfCell::N, Protection::of(n));
        n
    }

    fn protect_rate(&mut self, key: &CellKey, cell: &PackCell) {
        let n = self.protect_n(key);
        let measure = self.measure(&key.measure);
        let has_direction = measure.is_some_and(|measure| measure.better.sign() != 0.0);
        let mask_width = mask_interval(cell).map_or(f64::INFINITY, |mask| self.mask_width(n, mask));
        for (role, people) in [
            (PeopleRole::Numerator, PeopleOfCell::Numerator),
            (PeopleRole::Complement, PeopleOfCell::Complement),
        ] {
            let count = self.count(role, key);
            let is_outcome = cell.is_withheld() && has_direction;
            self.protect(key, people, Protection { count, base: Some(n), mask_width, is_outcome });
        }
    }

    /// How many numerators a mask in percent allows, for the largest n that may be published.
    fn mask_width(&self, n: UnknownCount, mask: Interval) -> f64 {
        let n = self.system.stated(n).high;
        if !n.is_finite() {
            return f64::INFINITY;
        }
        share_of(mask.high, n).floor() - share_of(mask.low, n).ceil()
    }

    /// Adds the count of a remainder of `total` to those that must not be disclosed.
    pub(super) fn protect_remainder(
        &mut self,
        key: &CellKey,
        people: PeopleOfCell,
        remainder: UnknownCount,
        total: UnknownCount,
    ) {
        self.protect(key, people, Protection { base: Some(total), ..Protection::of(remainder) });
    }

    fn protect(&mut self, key: &CellKey, people: PeopleOfCell, protection: Protection) {
        let own = self.measure(&key.measure).map_or(0, |measure| measure.smallest_group);
        let smallest_group = f64::from(own.max(self.knowledge.smallest_group));
        self.protected.push(ProtectedCount { key: key.clone(), people, smallest_group, protection });
    }
}

/// A percentage of n people.
fn share_of(percentage: f64, n: f64) -> f64 {
    percentage.clamp(0.0, 100.0) / 100.0 * n
}
