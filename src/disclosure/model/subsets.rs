//! People who are a subset of others, if the figures do not contradict it: students tested in spring may not
//! have been enrolled in fall.

use super::cell::{CellCounts, CellPlace, ModelCell};
use super::registry::CountRegistry;
use super::system::{Constraint, CountIndex};
use crate::catalog::{SomeStudents, StudentSet};
use statistics::linear_program::Interval;

/// Two counts, one of which counts a subset of the other's people.
#[derive(Debug, Clone, Copy)]
struct CountSubset {
    some: CountIndex,
    of: CountIndex,
}

impl<'a> CountRegistry<'_, 'a> {
    /// The constraints that one count is no larger than another. `counts` are those of the cells.
    pub(super) fn subset_constraints(&self, counts: &[CellCounts]) -> Vec<Constraint> {
        let mut subsets = Vec::new();
        for (cell, counts) in self.cells.iter().zip(counts) {
            self.add_population_subsets(cell, *counts, &mut subsets);
            let rules = self.catalog.disclosure.some.iter();
            subsets.extend(rules.filter_map(|rule| self.subset_by_rule(rule, cell, *counts)));
        }
        let possible = subsets.into_iter().filter(|subset| self.is_possible(*subset));
        possible.map(CountSubset::constraint).collect()
    }

    /// Whether the values of two counts allow that one is a subset of the other.
    fn is_possible(&self, subset: CountSubset) -> bool {
        let (some, of) = (self.value(subset.some), self.value(subset.of));
        subset.some != subset.of && (some.is_nan() || of.is_nan() || some <= of)
    }

    /// The people of a cell as a subset of its measure's population.
    fn add_population_subsets(
        &self,
        cell: &ModelCell<'a>,
        counts: CellCounts,
        subsets: &mut Vec<CountSubset>,
    ) {
        if cell.measure.population.as_ref().is_none_or(|population| !population.some) {
            return;
        }
        let Some(some) = counts.base.or(counts.counted) else { return };
        subsets.extend(self.registered_population(cell).map(|of| CountSubset { some, of }));
        for name in self.population_by_grade_span(cell) {
            let Some(of) = self.by_name.get(&name).copied() else { continue };
            // Only the figures can show which of the spans applies.
            if self.value(some) <= self.value(of) {
                subsets.push(CountSubset { some, of });
            }
        }
    }

    /// The people of a cell as a subset of others, by a rule of the catalog.
    fn subset_by_rule(
        &self,
        rule: &'a SomeStudents,
        cell: &ModelCell<'a>,
        counts: CellCounts,
    ) -> Option<CountSubset> {
        let some = students(&rule.these, cell, counts);
        let of_cell = self.cell_at(CellPlace::of(cell).of_measure(rule.of.measure()))?;
        let of = students(&rule.of, of_cell, self.counts_of(of_cell));
        some.zip(of).map(|(some, of)| CountSubset { some, of })
    }
}

impl CountSubset {
    fn constraint(self) -> Constraint {
        Constraint::new([(self.of, 1.0), (self.some, -1.0)], Interval::at_least(0.0))
    }
}

/// The count of a cell that a rule of the catalog refers to; `None` if it refers to another measure.
fn students(students: &StudentSet, cell: &ModelCell<'_>, counts: CellCounts) -> Option<CountIndex> {
    (students.measure() == cell.measure.id).then_some(())?;
    match students {
        StudentSet::N(_) => counts.base,
        StudentSet::Numerator(_) | StudentSet::Count(_) => counts.counted,
    }
}
