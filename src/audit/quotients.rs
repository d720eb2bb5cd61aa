//! What quotients of counts (a share of enrollment, dollars per student) state about the counts.

use super::attacker::{Attacker, ReadCell, VisibleCells};
use super::catalog_links::{MeasureKind, PeopleRole};
use super::cell_intervals::around;
use super::sum_evidence::KeySum;
use super::system::{Trust, UnknownCount};
use crate::catalog::Derivation;
use crate::pack_tables::{CellKey, ValueOrigin};
use statistics::linear_program::Interval;

/// One side of a quotient: counts of people, and an amount of something else.
#[derive(Debug)]
struct QuotientSide {
    counts: Vec<(UnknownCount, f64)>,
    amount: Interval,
}

impl Default for QuotientSide {
    fn default() -> Self {
        Self { counts: Vec::new(), amount: Interval::exactly(0.0) }
    }
}

impl QuotientSide {
    /// The counts with their weights, multiplied by two factors.
    fn scaled_counts(&self, factor: f64, scale: f64) -> impl Iterator<Item = (UnknownCount, f64)> {
        self.counts.iter().map(move |(count, weight)| (*count, factor * weight * scale))
    }

    /// Whether it consists only of counts of people.
    fn is_people(&self) -> bool {
        !self.counts.is_empty() && self.amount == Interval::exactly(0.0)
    }
}

/// Both sides of a quotient.
struct CountQuotient {
    over: QuotientSide,
    under: QuotientSide,
}

impl Attacker<'_> {
    /// Adds what the value, the numerator and the n of a quotient state.
    pub(super) fn read_quotient(
        &mut self,
        derivation: &Derivation,
        read: ReadCell<'_>,
        visible: VisibleCells<'_>,
    ) {
        let Some(quotient) = self.quotient(derivation, read, visible) else { return };
        self.state_side(&quotient.under, read.cell.n, read.trust);
        self.state_side(&quotient.over, read.cell.numerator, read.trust);
        let ratio = self.stated_ratio(derivation, read).filter(|ratio| ratio.low > 0.0);
        if let Some(ratio) = ratio.filter(|_| quotient.has_people()) {
            self.add_ratio(&quotient, ratio, read.trust);
        }
    }

    /// Adds the number of people on one side of a quotient, if stated.
    fn state_side(&mut self, side: &QuotientSide, people: Option<f64>, trust: Trust) {
        if let Some(people) = people.filter(|_| side.is_people()) {
            self.system.add_constraint(side.counts.clone(), Interval::exactly(people), trust);
        }
    }

    /// The interval that the value of a quotient states for over / under; `None` if it states nothing.
    fn stated_ratio(&self, derivation: &Derivation, read: ReadCell<'_>) -> Option<Interval> {
        let value = read.cell.value.filter(|value| value.number > 0.0)?;
        let error = self.knowledge.rounding.error(read.key.measure, read.cell, 0);
        let stated = around(value.number, error);
        Some(Interval { low: stated.low / derivation.per, high: stated.high / derivation.per })
    }

    /// Both sides of a quotient; `None` if a part of them is unknown, or something is subtracted.
    fn quotient(
        &mut self,
        derivation: &Derivation,
        read: ReadCell<'_>,
        visible: VisibleCells<'_>,
    ) -> Option<CountQuotient> {
        let is_exact = read.cell.origin == ValueOrigin::Computed;
        let over = KeySum::of_measures(read.key.clone(), &derivation.numerator).parts;
        let under = if derivation.denominator_is_whole {
            derivation.denominator.iter().map(|id| CellKey::whole(id, &read.key.school)).collect()
        } else {
            KeySum::of_measures(read.key.clone(), &derivation.denominator).parts
        };
        let over = self.quotient_side(&over, visible, is_exact).filter(|_| derivation.minus.is_empty());
        let under = self.quotient_side(&under, visible, is_exact);
        over.zip(under).map(|(over, under)| CountQuotient { over, under })
    }

    /// One side of a quotient; `None` if a part of it is neither a count of people nor published.
    fn quotient_side(
        &mut self,
        keys: &[CellKey],
        visible: VisibleCells<'_>,
        is_exact: bool,
    ) -> Option<QuotientSide> {
        let mut side = QuotientSide::default();
        for key in keys {
            if self.kind(key.measure) == MeasureKind::Count {
                side.counts.push((self.count(PeopleRole::Count, key), 1.0));
                continue;
            }
            let value = visible.visible_cell(key)?.value?;
            let error = if is_exact { 0.0 } else { 0.5 * 0.1_f64.powi(value.decimals as i32) };
            side.amount.low += value.number - error;
            side.amount.high += value.number + error;
        }
        Some(side)
    }

    /// Adds that over / under is in an interval.
    fn add_ratio(&mut self, quotient: &CountQuotient, ratio: Interval, trust: Trust) {
        let CountQuotient { over, under } = quotient;
        // In people, not in dollars.
        let scale = if over.counts.is_empty() { 1.0 / ratio.low } else { 1.0 };
        let least = (ratio.low * under.amount.low - over.amount.high) * scale;
        let most = (ratio.high * under.amount.high - over.amount.low) * scale;
        let at_least = quotient.terms(ratio.low, scale);
        self.system.add_constraint(at_least, Interval::at_least(least), trust);
        let at_most = quotient.terms(ratio.high, scale);
        self.system.add_constraint(at_most, Interval::at_most(most), trust);
    }
}

impl CountQuotient {
    /// The terms of scale · (over − ratio · under).
    fn terms(&self, ratio: f64, scale: f64) -> Vec<(UnknownCount, f64)> {
        let over = self.over.scaled_counts(1.0, scale);
        over.chain(self.under.scaled_counts(-ratio, scale)).collect()
    }

    fn has_people(&self) -> bool {
        !(self.over.counts.is_empty() && self.under.counts.is_empty())
    }
}
