//! The numerators of rates and their complements, and the equations of quotients.

use super::cell::{CellCounts, CellPlace, ModelCell, counts_people, denominator_place};
use super::rate::RoundedRate;
use super::registry::{CountKind, CountName, CountRegistry, midpoint};
use super::system::CountIndex;
use crate::catalog::Derivation;
use crate::domain::Unit;
use statistics::linear_program::Interval;

/// An equation: Σ weight · count = value.
pub(super) struct CountEquation {
    /// The counts with their weights.
    pub(super) terms: Vec<(CountIndex, f64)>,
    /// The value of the sum.
    pub(super) value: f64,
}

impl<'a> CountRegistry<'_, 'a> {
    /// Registers the numerator of a rate, and its complement.
    pub(super) fn add_numerator(&mut self, cell: &ModelCell<'a>) {
        let Some(base) = self.counts_of(cell).base else { return };
        if !has_numerator(cell) {
            return;
        }
        let counted = match self.counted_numerator(cell) {
            Some(measure) => self.count(CountName::at_cell(CountKind::Counted(measure), cell)),
            None => self.stated_numerator(cell, base),
        };
        // The complement of a share of all students is not about the cell's own group.
        let is_share_of_all = cell.measure.derive.as_ref().is_some_and(|derive| derive.denominator_is_whole);
        let complement = (!is_share_of_all).then(|| self.complement(cell, counted, base));
        self.set_counts(cell, CellCounts { counted: Some(counted), complement, base: Some(base) });
    }

    /// The measure that counts the numerator of a computed rate, if it is a single count of people.
    fn counted_numerator(&self, cell: &ModelCell<'a>) -> Option<&'a str> {
        let derivation: &'a Derivation = cell.measure.derive.as_ref()?;
        self.counted_denominator(cell)?;
        self.single_count(&derivation.numerator)
    }

    /// The numerator of a rate, from what its cell states.
    fn stated_numerator(&mut self, cell: &ModelCell<'a>, base: CountIndex) -> CountIndex {
        let own = CountName::at_cell(CountKind::Numerator(&cell.measure.id), cell);
        let mut same = self.catalog.disclosure.same.iter();
        let same = same.find(|same| same.numerator.contains(&cell.measure.id));
        let preferred = same.map_or(own, |same| CountName::of_same_students(same, cell));
        let stated = self.possible_numerators(cell, base);
        let numerator = self.count_stated(preferred, own, stated);
        self.record_value(numerator, stated.map(|stated| midpoint(stated).round()));
        numerator
    }

    fn complement(&mut self, cell: &ModelCell<'a>, counted: CountIndex, base: CountIndex) -> CountIndex {
        let complement = self.count(CountName::at_cell(CountKind::Complement(&cell.measure.id), cell));
        let value = self.value(base) - self.value(counted);
        self.record_value(complement, Some(value.max(0.0)).filter(|_| !value.is_nan()));
        complement
    }

    /// The numerators that a rate can have.
    fn possible_numerators(&self, cell: &ModelCell<'a>, base: CountIndex) -> Option<Interval> {
        if let Some(numerator) = cell.numerator {
            return Some(Interval::exactly(numerator));
        }
        let step = if cell.is_computed { 0.0 } else { self.steps.of_measure(&cell.measure.id) };
        let rate = RoundedRate { value: cell.value?, step };
        let n = cell.n.or(Some(self.value(base)).filter(|n| !n.is_nan()))?;
        Some(rate.numerators(n))
    }

    /// The equation stated by the value of a quotient: numerator − minus = value · denominator / per.
    pub(super) fn quotient(&mut self, cell: &ModelCell<'a>) -> Option<CountEquation> {
        let derive = cell.measure.derive.as_ref().filter(|derive| !derive.denominator.is_empty())?;
        let value = cell.value?;
        let (above, below) = (CellPlace::of(cell), denominator_place(derive, cell));
        let mut equation = CountEquation { terms: Vec::new(), value: 0.0 };
        for measure in &derive.numerator {
            self.add_term(&mut equation, above.of_measure(measure), 1.0)?;
        }
        for measure in &derive.minus {
            self.add_term(&mut equation, above.of_measure(measure), -1.0)?;
        }
        for measure in &derive.denominator {
            self.add_term(&mut equation, below.of_measure(measure), -value / derive.per)?;
        }
        (!equation.terms.is_empty()).then_some(equation)
    }

    /// Adds a part of a quotient to its equation: as a count of people if it is one, else by its value;
    /// `None` if neither is known.
    fn add_term(&mut self, equation: &mut CountEquation, place: CellPlace<'a>, weight: f64) -> Option<()> {
        if self.catalog.measures.get(place.measure).is_some_and(counts_people) {
            equation.terms.push((self.count(CountName::counted_at(place)), weight));
        } else {
            equation.value -= weight * self.cell_at(place)?.value?;
        }
        Some(())
    }
}

/// Whether a value is a rate whose numerator counts people who must be protected.
fn has_numerator(cell: &ModelCell<'_>) -> bool {
    let measure = cell.measure;
    let not_counted = measure.population.as_ref().is_some_and(|population| population.not_counted);
    measure.unit == Unit::Percent && measure.smallest_group > 1 && !not_counted
}
