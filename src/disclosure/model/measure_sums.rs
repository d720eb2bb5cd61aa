//! Sums across measures: measures that count some of the people of others, sums of measures, and test levels.

use std::collections::BTreeSet;

use super::cell::{CellPlace, CellsByPlace, ModelCell};
use super::group_sums::CellSum;
use super::sum_builder::SumBuilder;
use super::system::CellIndex;
use crate::catalog::{Catalog, Whole};
use crate::domain::Unit;

/// How many percentage points a rate may exceed another one because both are rounded.
const ROUNDING: f64 = 1.0;

/// The cells of a district's year, and how the catalog relates their measures.
pub(super) struct RelatedMeasures<'c, 'a> {
    pub(super) cells: &'c [ModelCell<'a>],
    pub(super) by_place: CellsByPlace<'a>,
    pub(super) catalog: &'a Catalog,
}

impl<'a> RelatedMeasures<'_, 'a> {
    /// Adds all sums across measures.
    pub(super) fn add_sums(&self, sums: &mut SumBuilder<'_, '_, 'a>) {
        for (i, cell) in self.cells.iter().enumerate() {
            self.population_sum(CellIndex(i), cell).iter().for_each(|sum| sums.add_counted(sum));
            self.derived_sum(CellIndex(i), cell).iter().for_each(|sum| sums.add_counted(sum));
            self.add_wholes(cell, sums);
        }
        for whole in self.catalog.disclosure.whole.iter().filter(|whole| whole.nested) {
            self.nested_sums(whole).iter().for_each(|sum| sums.add_counted(sum));
        }
    }

    /// The cell of another measure for the same group, grade and subject.
    fn counterpart(&self, cell: &ModelCell<'a>, measure: &'a str) -> Option<CellIndex> {
        self.by_place.get(&CellPlace::of(cell).of_measure(measure)).copied()
    }

    /// A count as part of its measure's population.
    fn population_sum(&self, index: CellIndex, cell: &ModelCell<'a>) -> Option<CellSum> {
        let population = cell.measure.population.as_ref().filter(|_| cell.measure.unit == Unit::Count)?;
        let total = self.counterpart(cell, &population.measure)?;
        Some(CellSum { total, parts: vec![index], is_complete: false })
    }

    /// A cell of a measure that is defined as the sum of others.
    fn derived_sum(&self, index: CellIndex, cell: &ModelCell<'a>) -> Option<CellSum> {
        let derive = cell.measure.derive.as_ref();
        let sum = derive.filter(|derive| derive.is_plain_sum())?;
        let parts: Option<Vec<CellIndex>> =
            sum.numerator.iter().map(|measure| self.counterpart(cell, measure)).collect();
        Some(CellSum { total: index, parts: parts?, is_complete: true })
    }

    /// Adds the levels of a test as parts of everyone tested, once for each group, grade and subject.
    fn add_wholes(&self, cell: &ModelCell<'a>, sums: &mut SumBuilder<'_, '_, 'a>) {
        for whole in self.catalog.disclosure.whole.iter().filter(|whole| !whole.nested) {
            let listed: Vec<&'a String> =
                whole.parts.iter().filter(|part| self.counterpart(cell, part).is_some()).collect();
            if listed.first().is_some_and(|first| **first == cell.measure.id) {
                let parts: Vec<CellIndex> =
                    listed.iter().filter_map(|part| self.counterpart(cell, part)).collect();
                sums.add_whole(&parts, listed.len() == whole.parts.len());
            }
        }
    }

    /// The sums of nested levels, where each level counts some of the people of the level before it. If an
    /// inner level is larger than an outer one anywhere in a school, its measures are not nested as the catalog says.
    fn nested_sums(&self, whole: &'a Whole) -> Vec<CellSum> {
        let cells = self.cells.iter().enumerate();
        let mut sums: Vec<CellSum> =
            cells.filter_map(|(i, cell)| self.nested_sum(whole, CellIndex(i), cell)).collect();
        let not_nested = sums.iter().filter(|sum| !self.is_nested(sum));
        let schools: BTreeSet<&str> = not_nested.map(|sum| self.cells[sum.total.0].school).collect();
        sums.retain(|sum| !schools.contains(self.cells[sum.total.0].school));
        sums
    }

    /// The next listed level inside a cell's own.
    fn nested_sum(&self, whole: &'a Whole, index: CellIndex, cell: &ModelCell<'a>) -> Option<CellSum> {
        let own = whole.parts.iter().position(|part| *part == cell.measure.id)?;
        let inner = whole.parts[own + 1..].iter().find_map(|part| self.counterpart(cell, part))?;
        Some(CellSum { total: index, parts: vec![inner], is_complete: false })
    }

    fn is_nested(&self, sum: &CellSum) -> bool {
        sum.parts.iter().all(|part| self.may_be_within(*part, sum.total))
    }

    /// Whether the values of two cells allow that one counts some of the people of the other.
    fn may_be_within(&self, inner: CellIndex, outer: CellIndex) -> bool {
        let values = self.cells[outer.0].value.zip(self.cells[inner.0].value);
        values.is_none_or(|(outer, inner)| inner <= outer + ROUNDING)
    }
}
