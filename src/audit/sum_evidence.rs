//! What the published cells show about whether parts add up to a total, and who is a subset of whom.

use super::attacker::Attacker;
use super::catalog_links::PeopleRole;
use super::protected::PeopleOfCell;
use super::system::{Trust, UnknownCount};
use crate::domain::Interned;
use crate::pack_tables::CellKey;
use statistics::linear_program::Interval;

/// How many places must confirm a rule that the catalog does not state before an attacker believes it.
pub(super) const ENOUGH_PLACES: usize = 2;

/// The counts of a sum.
#[derive(Debug, Clone)]
pub(super) struct CountSum {
    pub(super) total: UnknownCount,
    pub(super) parts: Vec<UnknownCount>,
}

/// The cells of a sum.
#[derive(Debug, Clone)]
pub(super) struct KeySum {
    pub(super) total: CellKey,
    pub(super) parts: Vec<CellKey>,
}

/// How parts relate to their total, judging by what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SumEvidence {
    /// They may be all of it.
    Complete,
    /// They are some of it.
    Partial,
    /// They cannot be parts of it.
    Contradicted,
}

impl SumEvidence {
    /// The evidence from what is stated about the sum of the parts and about the total.
    fn of(parts: Interval, total: Interval, is_complete: bool) -> Self {
        if parts.low > total.high {
            Self::Contradicted
        } else if parts.high < total.low || !is_complete {
            Self::Partial
        } else {
            Self::Complete
        }
    }
}

impl KeySum {
    /// The sum of several measures for the group, grade and subject of a total.
    pub(super) fn of_measures(total: CellKey, parts: &[String]) -> Self {
        let parts = parts.iter().map(|id| CellKey { measure: Interned::new(id), ..total.clone() });
        Self { parts: parts.collect(), total }
    }
}

impl Attacker<'_> {
    /// The counts of a sum of cells, in a role.
    pub(super) fn count_sum(&mut self, role: PeopleRole, sum: &KeySum) -> CountSum {
        let parts = sum.parts.iter().map(|part| self.count(role, part)).collect();
        CountSum { parts, total: self.count(role, &sum.total) }
    }

    /// How parts relate to their total. They are complete only if assumed complete (`is_complete`) and
    /// nothing contradicts it.
    pub(super) fn sum_evidence(&self, sum: &CountSum, is_complete: bool) -> SumEvidence {
        let (parts, total) = (self.stated_sum(&sum.parts), self.system.stated(sum.total));
        SumEvidence::of(parts, total, is_complete)
    }

    fn stated_sum(&self, parts: &[UnknownCount]) -> Interval {
        let stated = parts.iter().map(|part| self.system.stated(*part));
        stated.fold(Interval::exactly(0.0), Interval::plus)
    }

    /// Whether nothing published contradicts the parts adding up to their total.
    pub(super) fn may_add_up(&self, sum: &CountSum) -> bool {
        self.sum_evidence(sum, true) == SumEvidence::Complete
    }

    /// Whether the total and the sum of the parts are published and are not zero.
    pub(super) fn is_stated_sum(&self, sum: &CountSum) -> bool {
        let (parts, total) = (self.stated_sum(&sum.parts), self.system.stated(sum.total));
        parts.is_exact() && total.is_exact() && total.low > 0.0
    }

    /// Adds that parts add up to their total.
    pub(super) fn add_sum(&mut self, sum: &CountSum) {
        self.system.add_sum(&sum.parts, sum.total);
    }

    /// Adds the remainder that parts leave of their total, which must not be disclosed.
    pub(super) fn add_remainder(&mut self, sum: &CountSum, key: &CellKey, people: PeopleOfCell) {
        let remainder = self.system.add_count();
        let parts: Vec<UnknownCount> = sum.parts.iter().copied().chain([remainder]).collect();
        self.system.add_sum(&parts, sum.total);
        self.protect_remainder(key, people, remainder, sum.total);
    }

    /// Adds that people are a subset of others, unless anything published contradicts it.
    pub(super) fn add_subset(&mut self, some: UnknownCount, of: UnknownCount) {
        if some != of && self.may_be_subset(some, of) {
            let terms = vec![(of, 1.0), (some, -1.0)];
            self.system.add_constraint(terms, Interval::at_least(0.0), Trust::Assumed);
        }
    }

    /// Whether nothing published contradicts that one count is no larger than another.
    pub(super) fn may_be_subset(&self, some: UnknownCount, of: UnknownCount) -> bool {
        self.system.stated(some).low <= self.system.stated(of).high
    }
}
