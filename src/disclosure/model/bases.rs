//! The bases of rates and means: the people counted by their n.

use super::cell::{CellCounts, CellPlace, ModelCell, counts_people, denominator_place};
use super::registry::{BaseSize, CountKind, CountName, CountRegistry};
use super::system::CountIndex;
use crate::catalog::Derivation;
use statistics::linear_program::Interval;

impl<'a> CountRegistry<'_, 'a> {
    /// Registers the base of a cell.
    pub(super) fn add_base(&mut self, cell: &ModelCell<'a>) {
        let base = self.base(cell);
        self.set_counts(cell, CellCounts { base, ..CellCounts::default() });
    }

    /// The people that a value is based on; `None` if they need no protection.
    fn base(&mut self, cell: &ModelCell<'a>) -> Option<CountIndex> {
        if let Some(denominator) = self.counted_denominator(cell) {
            return Some(self.count(denominator));
        }
        if cell.measure.smallest_group <= 1 {
            return None;
        }
        let n = cell.n.or_else(|| self.n_of_other_part(cell)).map(|n| n.round().max(0.0));
        let own = CountName::at_cell(CountKind::Base(&cell.measure.id), cell);
        let preferred = self.base_by_catalog(cell, n).unwrap_or(own);
        Some(match n {
            Some(n) => self.base_of_size(cell, n, preferred),
            None => self.count(preferred),
        })
    }

    /// The base for a stated n: an existing base of that size, group and grade, if the preferred count has no
    /// value yet.
    fn base_of_size(&mut self, cell: &ModelCell<'a>, n: f64, preferred: CountName<'a>) -> CountIndex {
        let ModelCell { school, group, .. } = *cell;
        let size = BaseSize { school, group, grade: cell.grade.id(), n: n as u64 };
        let is_free = self.by_name.get(&preferred).is_none_or(|count| self.value(*count).is_nan());
        if let (Some(count), true) = (self.by_size.get(&size).copied(), is_free) {
            self.by_name.entry(preferred).or_insert(count);
            return count;
        }
        let own = CountName::at_cell(CountKind::Base(&cell.measure.id), cell);
        let count = self.count_stated(preferred, own, Some(Interval::exactly(n)));
        self.by_size.entry(size).or_insert(count);
        count
    }

    /// The people that a value is based on according to the catalog.
    fn base_by_catalog(&self, cell: &ModelCell<'a>, n: Option<f64>) -> Option<CountName<'a>> {
        let population = cell.measure.population.as_ref();
        let counted = population.map(|population| CountName::counted_by(&population.measure, cell));
        let is_some = population.is_some_and(|population| population.some);
        if let (Some(name), true) = (self.population_of_size(cell, counted, n), is_some) {
            return Some(name);
        }
        let mut same = self.catalog.disclosure.same.iter();
        let same = same.find(|same| same.n.contains(&cell.measure.id));
        same.map(|same| CountName::of_same_students(same, cell)).or(counted.filter(|_| !is_some))
    }

    /// The population of a cell, or that of some of its grades, if it has n people.
    fn population_of_size(
        &self,
        cell: &ModelCell<'a>,
        population: Option<CountName<'a>>,
        n: Option<f64>,
    ) -> Option<CountName<'a>> {
        let mut names = population.into_iter().chain(self.population_by_grade_span(cell));
        names.find(|name| n.is_some() && self.stated_value(name) == n)
    }

    /// The populations of the grade spans that an all-grades measure may be limited to.
    pub(super) fn population_by_grade_span(&self, cell: &ModelCell<'a>) -> Vec<CountName<'a>> {
        let Some(population) = cell.measure.population.as_ref().filter(|_| cell.grade.is_all()) else {
            return Vec::new();
        };
        let of_all_grades = CountName::counted_by(&population.measure, cell);
        let limits = self.catalog.disclosure.in_grades.iter();
        let limits = limits.filter(|limit| limit.measures.contains(&cell.measure.id));
        limits.flat_map(|limit| &limit.grades).map(|grade| CountName { grade, ..of_all_grades }).collect()
    }

    /// The people counted by the denominator of a computed cell, if it is a single count of people.
    pub(super) fn counted_denominator(&self, cell: &ModelCell<'a>) -> Option<CountName<'a>> {
        let derivation: &'a Derivation = cell.measure.derive.as_ref()?;
        let measure = self.single_count(&derivation.denominator)?;
        Some(CountName::counted_at(denominator_place(derivation, cell).of_measure(measure)))
    }

    /// The only measure of a list, if it has exactly one and that one counts people.
    pub(super) fn single_count(&self, measures: &'a [String]) -> Option<&'a str> {
        let [id] = measures else { return None };
        let measure = self.catalog.measures.get(id).filter(|measure| counts_people(measure))?;
        Some(measure.id.as_str())
    }

    /// The n of another part of the same whole, used for a rate whose own n is blank.
    fn n_of_other_part(&self, cell: &ModelCell<'a>) -> Option<f64> {
        let mut wholes = self.catalog.disclosure.whole.iter();
        let whole = wholes.find(|whole| whole.parts.contains(&cell.measure.id))?;
        let own = CellPlace::of(cell);
        whole.parts.iter().find_map(|part| self.cell_at(own.of_measure(part))?.n)
    }

    /// The population of a measure in a cell's group and grade, if it is registered.
    pub(super) fn registered_population(&self, cell: &ModelCell<'a>) -> Option<CountIndex> {
        let population = cell.measure.population.as_ref()?;
        let name = CountName::counted_by(&population.measure, cell);
        self.by_name.get(&name).copied()
    }
}
