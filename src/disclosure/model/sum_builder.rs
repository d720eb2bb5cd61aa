//! Adds sums of counts to a model, along with the remainders that parts leave of their totals.

use std::collections::BTreeMap;

use super::cell::{CellCounts, CountRole, ModelCell};
use super::count_model::{CountModel, RemainderCount, TotalExcess};
use super::group_sums::CellSum;
use super::system::{ANYBODY, CellIndex, Constraint, CountIndex};
use statistics::linear_program::Interval;

/// How far parts may exceed a total, as a share of it, and still count as its parts; an excess up to the
/// protection level is always allowed.
const EXCESS_TOLERANCE: f64 = 0.05;

/// The counts of a sum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct SumCounts {
    total: CountIndex,
    parts: Vec<CountIndex>,
}

impl SumCounts {
    fn all(&self) -> impl Iterator<Item = CountIndex> {
        self.parts.iter().copied().chain([self.total])
    }
}

/// What the parts of a sum leave of its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SumRemainder {
    /// Nobody, or unknown.
    None,
    /// This many people.
    Count(CountIndex),
    /// The parts contradict the total, so this is not a sum.
    Contradicted,
}

/// A sum to add to a model.
#[derive(Debug)]
struct NewSum {
    counts: SumCounts,
    /// Whether these are all the parts.
    is_complete: bool,
    /// Whether any of the cells is not public.
    is_private: bool,
    /// For a sum of numerators, what the parts leave of the bases: the remainder of the numerators is no
    /// larger.
    base_remainder: SumRemainder,
    /// The cell of the total.
    total_cell: Option<CellIndex>,
}

/// The result of adding a sum.
#[derive(Debug, Clone, Copy)]
struct AddedSum {
    remainder: SumRemainder,
    /// The sum of the parts, if it slightly exceeds the total.
    excess: Option<f64>,
}

impl AddedSum {
    const fn of_remainder(remainder: SumRemainder) -> Self {
        Self { remainder, excess: None }
    }
}

/// Adds sums to a model.
pub(super) struct SumBuilder<'m, 'c, 'a> {
    model: &'m mut CountModel,
    cells: &'c [ModelCell<'a>],
    protection_level: f64,
    /// The interval that cells state for each count: wide if only a rounded rate states it.
    stated: BTreeMap<CountIndex, Interval>,
    /// The remainders of the sums that have been added.
    remainders: BTreeMap<SumCounts, SumRemainder>,
}

impl<'m, 'c, 'a> SumBuilder<'m, 'c, 'a> {
    /// Prepares to add sums of some cells to their model.
    pub(super) fn new(model: &'m mut CountModel, cells: &'c [ModelCell<'a>], protection_level: f64) -> Self {
        let stated = model.system.stated_intervals();
        Self { model, cells, protection_level, stated, remainders: BTreeMap::new() }
    }

    /// Adds the sums of bases, numerators and complements.
    pub(super) fn add_people(&mut self, sum: &CellSum) {
        if self.model.counts_of(sum.total).base.is_none() {
            self.add_visible(sum, CountRole::Counted);
            return;
        }
        let bases = self.add_visible(sum, CountRole::Base);
        if bases == SumRemainder::Contradicted {
            return;
        }
        // If no people remain, none of them are counted.
        let is_complete = bases == SumRemainder::None;
        let counted = self.add(&CellSum { is_complete, ..sum.clone() }, CountRole::Counted, bases);
        if let (SumRemainder::Count(base), SumRemainder::Count(counted)) = (bases, counted) {
            self.add_complement(sum, counted, base);
        }
    }

    /// Adds the sum of the people that cells count.
    pub(super) fn add_counted(&mut self, sum: &CellSum) {
        self.add(sum, CountRole::Counted, SumRemainder::None);
    }

    /// Adds the sum of the levels of a whole up to everyone tested. `parts` are the levels' cells.
    pub(super) fn add_whole(&mut self, parts: &[CellIndex], is_complete: bool) {
        let Some(first) = parts.first() else { return };
        let Some(total) = self.model.counts_of(*first).base else { return };
        let counts: Vec<CountIndex> =
            parts.iter().filter_map(|cell| self.model.counts_of(*cell).counted).collect();
        self.push(NewSum {
            is_complete: is_complete && counts.len() == parts.len(),
            counts: SumCounts { total, parts: counts },
            is_private: parts.iter().any(|cell| !self.cells[cell.0].is_public),
            base_remainder: SumRemainder::None,
            total_cell: Some(*first),
        });
    }

    /// Adds a sum. An attacker assumes that its parts are complete if they come to the total.
    fn add_visible(&mut self, sum: &CellSum, role: CountRole) -> SumRemainder {
        let is_complete = sum.is_complete || self.leaves_nobody(sum, role);
        self.add(&CellSum { is_complete, ..sum.clone() }, role, SumRemainder::None)
    }

    /// Adds the complement of what remains of a rate's sum.
    fn add_complement(&mut self, sum: &CellSum, counted: CountIndex, base: CountIndex) {
        let system = &mut self.model.system;
        let value = system.true_count(base) - system.true_count(counted);
        let complement = system.add_count(if value.is_nan() { value } else { value.max(0.0) });
        system.constraints.push(Constraint::of_complement(counted, complement, base));
        if self.is_private(sum) {
            self.model.remainders.push(RemainderCount { count: complement, total: Some(sum.total) });
        }
        self.model.record_base(counted, Some(complement), base);
    }

    /// Whether the parts of a sum come to its total. If so, an attacker assumes that they are all the parts,
    /// even if there is only one.
    fn leaves_nobody(&self, sum: &CellSum, role: CountRole) -> bool {
        let parts: Option<f64> = sum.parts.iter().map(|part| self.true_count(*part, role)).sum();
        let counts = sum.parts.iter().chain([&sum.total]);
        let error = self.rounding_error(counts.filter_map(|cell| self.count_in_role(*cell, role)));
        let total = self.true_count(sum.total, role);
        total.zip(parts).is_some_and(|(total, parts)| (total - parts).abs() <= ANYBODY + error)
    }

    fn count_in_role(&self, cell: CellIndex, role: CountRole) -> Option<CountIndex> {
        self.model.counts_of(cell).in_role(role)
    }

    fn true_count(&self, cell: CellIndex, role: CountRole) -> Option<f64> {
        Some(self.model.system.true_count(self.count_in_role(cell, role)?))
    }

    /// The most that a sum of counts can be off because rates are rounded.
    fn rounding_error(&self, counts: impl Iterator<Item = CountIndex>) -> f64 {
        let widths = counts.filter_map(|count| self.stated.get(&count)).map(|stated| stated.width());
        widths.filter(|width| width.is_finite()).sum()
    }

    /// Whether anybody can learn from a sum what is not public. Nobody knows what numbers leave that nobody publishes.
    fn is_private(&self, sum: &CellSum) -> bool {
        let mut cells = sum.parts.iter().chain([&sum.total]).map(|cell| &self.cells[cell.0]);
        cells.clone().any(|cell| !cell.is_public) && !cells.any(ModelCell::is_unpublished)
    }

    /// Adds the sum of the counts that cells have in a role, if the total has one.
    fn add(&mut self, sum: &CellSum, role: CountRole, base_remainder: SumRemainder) -> SumRemainder {
        let parts: Vec<CountIndex> =
            sum.parts.iter().filter_map(|part| self.count_in_role(*part, role)).collect();
        let total: CellCounts = self.model.counts_of(sum.total);
        let Some(total_count) = total.in_role(role) else { return SumRemainder::None };
        let added = self.push(NewSum {
            is_complete: sum.is_complete && parts.len() == sum.parts.len(),
            counts: SumCounts { total: total_count, parts },
            is_private: self.is_private(sum),
            base_remainder,
            total_cell: Some(sum.total),
        });
        // Only a total that is itself a count can be corrected; the base of a rate is not published on its
        // own.
        if let Some(parts) = added.excess.filter(|_| total.base.is_none()) {
            self.model.excesses.push(TotalExcess { total: sum.total, parts });
        }
        added.remainder
    }

    /// Adds a sum, unless it has already been added.
    fn push(&mut self, mut sum: NewSum) -> AddedSum {
        sum.counts.parts.sort_unstable();
        if sum.counts.parts.is_empty() || sum.counts.parts.contains(&sum.counts.total) {
            return AddedSum::of_remainder(SumRemainder::None);
        }
        if let Some(known) = self.remainders.get(&sum.counts) {
            return AddedSum::of_remainder(*known);
        }
        let added = if self.is_contradicted(&sum.counts) {
            AddedSum::of_remainder(SumRemainder::Contradicted)
        } else {
            self.push_new(&sum)
        };
        self.remainders.insert(sum.counts, added.remainder);
        added
    }

    /// Whether the known parts alone exceed the total by so much that they cannot be its parts, whatever the
    /// unknown parts are.
    fn is_contradicted(&self, counts: &SumCounts) -> bool {
        let system = &self.model.system;
        let total = system.true_count(counts.total);
        let parts = counts.parts.iter().map(|part| system.true_count(*part));
        let known: f64 = parts.filter(|part| !part.is_nan()).sum();
        total - known < -self.protection_level.max(EXCESS_TOLERANCE * total)
    }

    fn push_new(&mut self, sum: &NewSum) -> AddedSum {
        let system = &self.model.system;
        let parts: f64 = sum.counts.parts.iter().map(|part| system.true_count(*part)).sum();
        let left = system.true_count(sum.counts.total) - parts;
        let mut terms: Vec<(CountIndex, f64)> = sum.counts.parts.iter().map(|part| (*part, 1.0)).collect();
        terms.push((sum.counts.total, -1.0));
        // If some people are in no listed part, anyone who knows them knows that.
        let has_remainder = !sum.is_complete || left > ANYBODY + self.rounding_error(sum.counts.all());
        let mut remainder = SumRemainder::None;
        if has_remainder {
            let count = self.add_remainder(sum, left);
            terms.push((count, 1.0));
            remainder = SumRemainder::Count(count);
        }
        self.model.system.constraints.push(Constraint::new(terms, Interval::exactly(0.0)));
        let excess = (left < -ANYBODY && sum.is_private).then_some(parts);
        AddedSum { remainder, excess }
    }

    /// Adds the count of the people that the parts of a sum leave of its total: no more than remain of the
    /// base.
    fn add_remainder(&mut self, sum: &NewSum, left: f64) -> CountIndex {
        let most = match sum.base_remainder {
            SumRemainder::Count(base) => self.model.system.true_count(base),
            _ => f64::INFINITY,
        };
        let left = if left.is_nan() { left } else { left.clamp(0.0, most.max(0.0)) };
        let count = self.model.system.add_count(left);
        if sum.is_private {
            self.model.remainders.push(RemainderCount { count, total: sum.total_cell });
        }
        count
    }
}
