//! Which counts of people the cells of a district's year are about: those of the same students are about the same count.
//!
//! The n of a rate or mean are the people whom its `population` counts, or those whom `catalog/disclosure.toml` names for it
//! (students tested, takers of a test), or the people it is divided by; the number behind a rate likewise. Where the figures of
//! two measures differ though the catalog takes them for the same students, each has its own count, and the two are known to be as
//! near as they are. As many people of the same group and grade, in whatever measure they stand, are taken for the same.

use std::collections::BTreeMap;

use super::model::{Cell, CellCounts, Constraint, CountIndex, Place, Rounded, divisor_place, places, steps};
use crate::catalog::{Catalog, Derivation, Measure, SameStudents, StudentSet};
use crate::domain::{ALL, Unit};
use statistics::linear_program::Interval;

/// By which share of the larger of two counts they may differ and still be told by each other; by one in any case.
const NEARLY: f64 = 0.1;

/// Whom a count is of; with group, grade and subject, its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whom<'a> {
    /// The people that a measure counts.
    Counted(&'a str),
    /// The same students in several measures.
    Same(&'a str),
    /// The people that a measure is of, where nothing else counts them.
    Base(&'a str),
    /// The number behind a rate.
    Number(&'a str),
    /// All others of a rate.
    Rest(&'a str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct CountName<'a> {
    whom: Whom<'a>,
    group: &'a str,
    grade: &'a str,
    subject: &'a str,
}

/// So many people of a group and grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SoMany<'a> {
    group: &'a str,
    grade: &'a str,
    n: u64,
}

/// The counts of a district's year by name.
pub(super) struct Names<'c, 'a> {
    cells: &'c [Cell<'a>],
    catalog: &'a Catalog,
    at: BTreeMap<Place<'a>, usize>,
    steps: BTreeMap<&'a str, f64>,
    counts: BTreeMap<CountName<'a>, CountIndex>,
    by_size: BTreeMap<SoMany<'a>, CountIndex>,
    /// NaN where nobody tells one.
    truth: Vec<f64>,
    near: Vec<Constraint>,
    of_cells: BTreeMap<Place<'a>, CellCounts>,
}

/// Whether a measure counts people who must be protected, by ones.
pub(super) fn counts_people(measure: &Measure) -> bool {
    measure.unit == Unit::Count && measure.smallest_group > 1
}

impl<'c, 'a> Names<'c, 'a> {
    pub(super) fn new(cells: &'c [Cell<'a>], catalog: &'a Catalog) -> Self {
        let mut names = Self {
            cells,
            catalog,
            at: places(cells),
            steps: steps(cells),
            counts: BTreeMap::new(),
            by_size: BTreeMap::new(),
            truth: Vec::new(),
            near: Vec::new(),
            of_cells: BTreeMap::new(),
        };
        // What is counted comes before what rests on it, and that before what is some of it.
        for cell in cells.iter().filter(|cell| counts_people(cell.measure)) {
            let number = names.count(names.own(Whom::Counted(&cell.measure.id), cell));
            names.say(number, cell.value);
            names
                .of_cells
                .insert(Place::of(cell), CellCounts { number: Some(number), ..CellCounts::default() });
        }
        for cell in cells.iter().filter(|cell| !counts_people(cell.measure)) {
            let base = names.base(cell);
            names.of_cells.insert(Place::of(cell), CellCounts { base, ..CellCounts::default() });
        }
        for cell in cells.iter().filter(|cell| !counts_people(cell.measure)) {
            names.add_number(cell);
        }
        names
    }

    /// The counts that a cell is about.
    pub(super) fn counts_of(&self, cell: &Cell<'a>) -> CellCounts {
        self.of_cells.get(&Place::of(cell)).copied().unwrap_or_default()
    }

    /// The counts as they are told; NaN where one is not.
    pub(super) fn truth(&self) -> Vec<f64> {
        self.truth.clone()
    }

    /// The counts that are nearly the same.
    pub(super) fn take_constraints(&mut self) -> Vec<Constraint> {
        std::mem::take(&mut self.near)
    }

    fn own(&self, whom: Whom<'a>, cell: &Cell<'a>) -> CountName<'a> {
        CountName { whom, group: cell.group, grade: cell.grade.id(), subject: cell.subject }
    }

    fn count(&mut self, name: CountName<'a>) -> CountIndex {
        let next = CountIndex(self.truth.len());
        let count = *self.counts.entry(name).or_insert(next);
        if count == next {
            self.truth.push(f64::NAN);
        }
        count
    }

    fn say(&mut self, CountIndex(count): CountIndex, value: Option<f64>) {
        if let (Some(value), true) = (value, self.truth[count].is_nan()) {
            self.truth[count] = value;
        }
    }

    /// The count of a name, if its figure is what a cell says; else that of another name, and that the two are near.
    fn claim(&mut self, wanted: CountName<'a>, own: CountName<'a>, said: Option<Interval>) -> CountIndex {
        let found = self.count(wanted);
        let known = self.truth[found.0];
        let Some(said) = said else { return found };
        let middle = if said.low == said.high { Some(said.low) } else { None };
        if known.is_nan() || (said.low - 0.5 <= known && known <= said.high + 0.5) {
            self.say(found, middle);
            return found;
        }
        let other = self.count(own);
        let value = (said.low + said.high) / 2.0;
        self.say(other, Some(value.round()));
        let off = (value - known).abs();
        if off <= (NEARLY * known.max(value)).max(1.0) {
            let bounds = Interval { low: -off.ceil(), high: off.ceil() };
            self.near.push(Constraint::new([(found, 1.0), (other, -1.0)], bounds));
        }
        other
    }

    /// The people that a value is of.
    fn base(&mut self, cell: &Cell<'a>) -> Option<CountIndex> {
        if let Some(name) = cell.measure.derive.as_ref().and_then(|derive| self.divided_by(derive, cell)) {
            return Some(self.count(name));
        }
        if cell.measure.smallest_group <= 1 {
            return None;
        }
        let n = cell.n.or_else(|| self.n_of_whole(cell)).map(|n| n.round().max(0.0));
        let own = self.own(Whom::Base(&cell.measure.id), cell);
        let wanted = self.wanted_base(cell, n).unwrap_or(own);
        let Some(n) = n else { return Some(self.count(wanted)) };
        let of_size = SoMany { group: cell.group, grade: cell.grade.id(), n: n as u64 };
        let is_free = self.counts.get(&wanted).is_none_or(|count| self.truth[count.0].is_nan());
        if let (Some(count), true) = (self.by_size.get(&of_size).copied(), is_free) {
            self.counts.entry(wanted).or_insert(count);
            return Some(count);
        }
        let count = self.claim(wanted, own, Some(Interval::exactly(n)));
        self.by_size.entry(of_size).or_insert(count);
        Some(count)
    }

    /// Who a value's n people are by the catalog.
    fn wanted_base(&self, cell: &Cell<'a>, n: Option<f64>) -> Option<CountName<'a>> {
        let population = cell.measure.population.as_ref();
        let counted = population.map(|of| CountName {
            whom: Whom::Counted(&of.measure),
            group: cell.group,
            grade: cell.grade.id(),
            subject: ALL,
        });
        let is_some = population.is_some_and(|population| population.some);
        let all = counted.into_iter().chain(self.in_grades(cell));
        let mut as_many = all.filter(|name| n.is_some() && self.known(name) == n);
        if let (Some(name), true) = (as_many.next(), is_some) {
            return Some(name);
        }
        let same = self.catalog.disclosure.same.iter().find(|same| same.n.contains(&cell.measure.id));
        same.map(|same| self.same(same, cell)).or(counted.filter(|_| !is_some))
    }

    /// The people of the grades that a measure is about, where it is said of all.
    fn in_grades(&self, cell: &Cell<'a>) -> Vec<CountName<'a>> {
        let Some(population) = cell.measure.population.as_ref().filter(|_| cell.grade.is_all()) else {
            return Vec::new();
        };
        let listed = self.catalog.disclosure.in_grades.iter();
        let listed = listed.filter(|of| of.measures.contains(&cell.measure.id));
        let name = |grade: &'a String| CountName {
            whom: Whom::Counted(&population.measure),
            group: cell.group,
            grade,
            subject: ALL,
        };
        listed.flat_map(|of| &of.grades).map(name).collect()
    }

    fn known(&self, name: &CountName<'a>) -> Option<f64> {
        self.counts.get(name).map(|count| self.truth[count.0]).filter(|count| !count.is_nan())
    }

    /// The count of students who are the same in several measures.
    fn same(&self, same: &'a SameStudents, cell: &Cell<'a>) -> CountName<'a> {
        match same.count.first() {
            Some(id) => CountName { subject: ALL, ..self.own(Whom::Counted(id), cell) },
            None => self.own(Whom::Same(&same.id), cell),
        }
    }

    /// The number behind a rate, and all others of it.
    fn add_number(&mut self, cell: &Cell<'a>) {
        let measure = cell.measure;
        let not_counted = measure.population.as_ref().is_some_and(|population| population.not_counted);
        let Some(base) = self.counts_of(cell).base else { return };
        if measure.unit != Unit::Percent || measure.smallest_group <= 1 || not_counted {
            return;
        }
        let derive = measure.derive.as_ref();
        let divided_by = derive.and_then(|derive| self.divided_by(derive, cell));
        let counted = derive.filter(|_| divided_by.is_some()).and_then(|d| self.one_counted(&d.numerator));
        let own = self.own(Whom::Number(&measure.id), cell);
        let number = match counted {
            Some(id) => self.count(self.own(Whom::Counted(id), cell)),
            None => {
                let mut same = self.catalog.disclosure.same.iter();
                let same = same.find(|same| same.numerator.contains(&measure.id));
                let wanted = same.map_or(own, |same| self.same(same, cell));
                let said = self.numerators(cell, base);
                let number = self.claim(wanted, own, said);
                self.say(number, said.map(|said| ((said.low + said.high) / 2.0).round()));
                number
            }
        };
        // The rest of a share of everybody says nothing of the group's.
        let is_share = derive.is_some_and(|derive| derive.denominator_is_whole);
        let rest = (!is_share).then(|| {
            let rest = self.count(self.own(Whom::Rest(&measure.id), cell));
            let value = self.truth[base.0] - self.truth[number.0];
            self.say(rest, Some(value.max(0.0)).filter(|_| !value.is_nan()));
            rest
        });
        self.of_cells.insert(Place::of(cell), CellCounts { number: Some(number), rest, base: Some(base) });
    }

    /// The numbers that may be behind a rate.
    fn numerators(&self, cell: &Cell<'a>, base: CountIndex) -> Option<Interval> {
        if let Some(numerator) = cell.numerator {
            return Some(Interval::exactly(numerator));
        }
        let step = self.steps.get(cell.measure.id.as_str()).copied().unwrap_or(0.0);
        let rounded = Rounded { value: cell.value?, step: if cell.computed { 0.0 } else { step } };
        let n = cell.n.or(Some(self.truth[base.0]).filter(|n| !n.is_nan()))?;
        Some(rounded.numerators(n))
    }

    /// The one measure of a list, if it counts people.
    fn one_counted(&self, ids: &'a [String]) -> Option<&'a str> {
        let [id] = ids else { return None };
        self.catalog.measures.get(id).filter(|measure| counts_people(measure)).map(|m| m.id.as_str())
    }

    /// The people that a quotient is of.
    fn divided_by(&self, derive: &'a Derivation, cell: &Cell<'a>) -> Option<CountName<'a>> {
        let whom = Whom::Counted(self.one_counted(&derive.denominator)?);
        let Place { group, grade, subject, .. } = divisor_place(derive, cell);
        Some(CountName { whom, group, grade, subject })
    }

    /// How many people another part of the same whole is of: those of a rate whose own n is blank.
    fn n_of_whole(&self, cell: &Cell<'a>) -> Option<f64> {
        let mut wholes = self.catalog.disclosure.whole.iter();
        let whole = wholes.find(|whole| whole.parts.contains(&cell.measure.id))?;
        let place = |part: &'a String| Place { measure: part, ..Place::of(cell) };
        whole.parts.iter().find_map(|part| self.cells[*self.at.get(&place(part))?].n)
    }

    /// What a quotient says: numerator − minus = value · denominator / per.
    pub(super) fn quotient(&mut self, cell: &Cell<'a>) -> Option<(Vec<(CountIndex, f64)>, f64)> {
        let derive = cell.measure.derive.as_ref().filter(|derive| !derive.denominator.is_empty())?;
        let value = cell.value?;
        let (own, below) = (Place::of(cell), divisor_place(derive, cell));
        let plus = derive.numerator.iter().map(|id| (Place { measure: id, ..own }, 1.0));
        let minus = derive.minus.iter().map(|id| (Place { measure: id, ..own }, -1.0));
        let over = derive.denominator.iter().map(|id| (Place { measure: id, ..below }, -value / derive.per));
        let (mut terms, mut side) = (Vec::new(), 0.0);
        for (place, weight) in plus.chain(minus).chain(over) {
            let Place { measure, group, grade, subject } = place;
            if self.catalog.measures.get(measure).is_some_and(counts_people) {
                let name = CountName { whom: Whom::Counted(measure), group, grade, subject };
                terms.push((self.count(name), weight));
            } else {
                side -= weight * self.cells[*self.at.get(&place)?].value?;
            }
        }
        (!terms.is_empty()).then_some((terms, side))
    }

    /// That people are some of others, where the figures do not say otherwise: who is tested in spring may not have been enrolled in
    /// fall.
    pub(super) fn some_of_others(&self, cells: &[Cell<'a>], counts: &[CellCounts]) -> Vec<Constraint> {
        let mut found = Vec::new();
        let mut add = |some: CountIndex, of: CountIndex| {
            let fits = self.truth[some.0].is_nan()
                || self.truth[of.0].is_nan()
                || self.truth[some.0] <= self.truth[of.0];
            if some != of && fits {
                found.push(Constraint::new([(of, 1.0), (some, -1.0)], Interval::at_least(0.0)));
            }
        };
        for (cell, counts) in cells.iter().zip(counts) {
            let population = cell.measure.population.as_ref().filter(|population| population.some);
            let some = counts.base.or(counts.number);
            if let (Some(population), Some(some)) = (population, some) {
                let whole = CountName {
                    whom: Whom::Counted(&population.measure),
                    subject: ALL,
                    ..self.own(Whom::Base(""), cell)
                };
                if let Some(whole) = self.counts.get(&whole) {
                    add(some, *whole);
                }
                for span in self.in_grades(cell).iter().filter_map(|name| self.counts.get(name)) {
                    // Which of the spans it is the figures say.
                    if self.truth[some.0] <= self.truth[span.0] {
                        add(some, *span);
                    }
                }
            }
            for rule in &self.catalog.disclosure.some {
                let some = self.students(&rule.these, cell, *counts);
                let of = self.at.get(&Place { measure: rule.of.measure(), ..Place::of(cell) });
                let of = of.map(|at| &self.cells[*at]);
                let of = of.and_then(|of| self.students(&rule.of, of, self.counts_of(of)));
                if let (Some(some), Some(of)) = (some, of) {
                    add(some, of);
                }
            }
        }
        found
    }

    fn students(&self, students: &StudentSet, cell: &Cell<'a>, counts: CellCounts) -> Option<CountIndex> {
        (students.measure() == cell.measure.id).then_some(())?;
        match students {
            StudentSet::N(_) => counts.base,
            StudentSet::Numerator(_) | StudentSet::Count(_) => counts.number,
        }
    }
}
