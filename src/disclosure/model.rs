//! A district's year as counts of people, and what is known of them.
//!
//! Every value that may be shown is a statement about counts of people, a [`Fact`]: a count is one; a rate with n tells n and the
//! number behind it; a rate without n tells how the two go together; dollars per student tell how many students there are to
//! whoever sees the dollars. Values of the same students are about the same count, in whichever measure they stand: those that
//! a measure's `population` counts, those that it is divided by, and those that `catalog/disclosure.toml` names. What always
//! holds, whatever is shown, is a [`Constraint`]: what adds up ([`sums`](super::sums)), who are some of others, and that
//! counts that are nearly the same are.
//!
//! Each constraint is as wide as the counts are off it: the true state of the district is always possible, so that no
//! contradiction in the data hides what follows from the rest.

use std::collections::BTreeMap;

use super::cell_state::CellState;
use super::completion::{completed, is_complete};
use super::names::Names;
use super::sums::add_sums;
use crate::catalog::{Bounds, Catalog, Derivation, Measure};
use crate::domain::{ALL, Grade, Unit, decimal_places};
use statistics::linear_program::Interval;

/// One value of a district and year, or the place of one that is not there.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    /// What it measures.
    pub(super) measure: &'a Measure,
    /// Of which group.
    pub(super) group: &'a str,
    /// Of which grade.
    pub(super) grade: &'a Grade,
    /// In which subject.
    pub(super) subject: &'a str,
    /// The value.
    pub(super) value: Option<f64>,
    /// The number behind a rate.
    pub(super) numerator: Option<f64>,
    /// How many people it rests on.
    pub(super) n: Option<f64>,
    /// Between what its source's mask puts it.
    pub(super) bounds: Bounds,
    /// Whether this program computed it from others.
    pub(super) computed: bool,
    /// Whether its source masks it.
    pub(super) masked: bool,
    /// Whether its source has published it as it stands, mask included.
    pub(super) public: bool,
}

impl Cell<'_> {
    /// The cell as the files show it.
    pub(super) fn shown(&self, hidden: bool) -> Self {
        if hidden { Self { value: None, numerator: None, n: None, ..self.clone() } } else { self.clone() }
    }
}

/// A cell, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellIndex(pub(super) usize);

/// A count of people, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CountIndex(pub(super) usize);

/// The counts that a cell is about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CellCounts {
    /// The people it counts: all of a count, those behind a rate.
    pub(super) number: Option<CountIndex>,
    /// Of a rate: all others that it is of.
    pub(super) rest: Option<CountIndex>,
    /// The people it is of.
    pub(super) base: Option<CountIndex>,
}

impl CellCounts {
    /// Whether it is about people at all.
    pub(super) const fn is_about_people(&self) -> bool {
        self.number.is_some() || self.base.is_some()
    }
}

/// What holds of some counts: low ≤ Σ weight · count ≤ high.
#[derive(Debug, Clone)]
pub(super) struct Constraint {
    /// The counts with their weights; none twice.
    pub(super) terms: Vec<(CountIndex, f64)>,
    /// Between what they come to.
    pub(super) interval: Interval,
    /// The count that it defines: all others of a rate.
    pub(super) defines: Option<CountIndex>,
}

impl Constraint {
    /// A constraint of terms, of which some may be of one count.
    pub(super) fn new(terms: impl IntoIterator<Item = (CountIndex, f64)>, interval: Interval) -> Self {
        let mut weights: BTreeMap<CountIndex, f64> = BTreeMap::new();
        terms.into_iter().for_each(|(count, weight)| *weights.entry(count).or_default() += weight);
        let terms = weights.into_iter().filter(|(_, weight)| *weight != 0.0).collect();
        Self { terms, interval, defines: None }
    }

    /// That those whom a rate counts and all others of it are the people that it is of.
    pub(super) fn of_rest(number: CountIndex, rest: CountIndex, base: CountIndex) -> Self {
        let all = Self::new([(number, 1.0), (rest, 1.0), (base, -1.0)], Interval::exactly(0.0));
        Self { defines: Some(rest), ..all }
    }

    /// What the terms come to in a state.
    pub(super) fn at(&self, state: &[f64]) -> f64 {
        self.terms.iter().map(|(CountIndex(count), weight)| weight * state[*count]).sum()
    }

    /// Makes it as wide as a state needs it.
    fn widen(&mut self, state: &[f64]) {
        let value = self.at(state);
        let Interval { low, high } = self.interval;
        self.interval = Interval { low: low.min(value), high: high.max(value) };
    }
}

/// What a cell tells where it is shown.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// The cell.
    pub(super) cell: CellIndex,
    /// What it tells.
    pub(super) constraint: Constraint,
}

impl Fact {
    /// The count that it tells outright.
    pub(super) fn told(&self) -> Option<CountIndex> {
        match self.constraint.terms.as_slice() {
            [(count, _)] if self.constraint.interval.high - self.constraint.interval.low < 1.0 => {
                Some(*count)
            }
            _ => None,
        }
    }
}

/// A rate that does not say of how many people it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct BareRate {
    /// Its cell.
    pub(super) cell: CellIndex,
    /// The rate.
    pub(super) rounded: Rounded,
}

/// People of a total whom no listed part counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Remainder {
    /// How many they are.
    pub(super) count: CountIndex,
    /// The cell of the total; none where several cells are about it.
    pub(super) total: Option<CellIndex>,
}

/// A total of people that is a little less than its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Excess {
    /// The total.
    pub(super) total: CellIndex,
    /// What the parts come to.
    pub(super) parts: f64,
}

/// All counts of a district's year and what is known about them if everything is shown.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// What each cell is about.
    pub(super) cells: Vec<CellCounts>,
    /// The counts as they are; where nobody tells one, one of those that it may be.
    pub(super) truth: Vec<f64>,
    /// What always holds.
    pub(super) constraints: Vec<Constraint>,
    /// What the cells tell.
    pub(super) facts: Vec<Fact>,
    /// What listed parts leave of a total that is not public: people of no group that is listed.
    pub(super) remainders: Vec<Remainder>,
    /// The totals of a little less than their parts.
    pub(super) excesses: Vec<Excess>,
    /// For each count of people behind a rate, the people that it is of.
    pub(super) base_of: BTreeMap<CountIndex, CountIndex>,
    /// The rates of each count of people that do not say how many these are.
    pub(super) rates_of: BTreeMap<CountIndex, Vec<BareRate>>,
}

impl Model {
    /// The model of a district's year, under a policy of `least` people.
    pub(super) fn new<'a>(cells: &[Cell<'a>], catalog: &'a Catalog, least: f64) -> Self {
        Self::completed_by(cells, catalog, least, None)
    }

    /// The model of a district's year of which a state is known; it is the true one if it fits what the cells tell.
    pub(super) fn completed_by<'a>(
        cells: &[Cell<'a>],
        catalog: &'a Catalog,
        least: f64,
        known: Option<&CellState>,
    ) -> Self {
        let mut names = Names::new(cells, catalog);
        let about: Vec<CellCounts> = cells.iter().map(|cell| names.counts_of(cell)).collect();
        let mut model = Self { cells: about, constraints: names.take_constraints(), ..Self::default() };
        let steps = steps(cells);
        for (i, cell) in cells.iter().enumerate() {
            let step = step_of(cell, &steps);
            model.add_facts(CellIndex(i), cell, step, &mut names);
            let counts = model.cells[i];
            if let (Some(number), Some(rest), Some(base)) = (counts.number, counts.rest, counts.base) {
                model.constraints.push(Constraint::of_rest(number, rest, base));
            }
            if let (Some(number), Some(base)) = (counts.number, counts.base) {
                model.base_of.insert(number, base);
                model.base_of.extend(counts.rest.map(|rest| (rest, base)));
            }
        }
        model.constraints.extend(names.some_of_others(cells, &model.cells));
        model.truth = names.truth();
        add_sums(&mut model, cells, catalog, least);
        model.complete(known);
        model
    }

    /// How many counts there are.
    pub(super) fn len(&self) -> usize {
        self.truth.len()
    }

    /// A new count.
    pub(super) fn add_count(&mut self, truth: f64) -> CountIndex {
        self.truth.push(truth);
        CountIndex(self.truth.len() - 1)
    }

    /// What a cell tells where it is shown. `step` is to what rates of its measure are rounded.
    fn add_facts<'a>(&mut self, cell: CellIndex, of: &Cell<'a>, step: f64, names: &mut Names<'_, 'a>) {
        let counts = self.cells[cell.0];
        let mut tell = |terms: Vec<(CountIndex, f64)>, interval: Interval| {
            self.facts.push(Fact { cell, constraint: Constraint::new(terms, interval) });
        };
        if let (Some(base), Some(n)) = (counts.base, of.n) {
            tell(vec![(base, 1.0)], Interval::exactly(n));
        }
        let quotient = names.quotient(of);
        if let Some((terms, side)) = quotient.clone() {
            tell(terms, Interval::exactly(side));
        }
        let Some(number) = counts.number else { return };
        let Some(base) = counts.base else {
            match of.value {
                Some(value) => tell(vec![(number, 1.0)], Interval::exactly(value)),
                None if of.masked => tell(vec![(number, 1.0)], of_mask(of.bounds)),
                None => {}
            }
            return;
        };
        if quotient.is_some() {
            return;
        }
        if let Some(numerator) = of.numerator {
            tell(vec![(number, 1.0)], Interval::exactly(numerator));
        } else if let Some(value) = of.value {
            let rounded = Rounded { value, step };
            match of.n {
                Some(n) => tell(vec![(number, 1.0)], rounded.numerators(n)),
                None => {
                    let low = vec![(number, 1.0), (base, -rounded.low() / 100.0)];
                    let high = vec![(number, 1.0), (base, -rounded.high() / 100.0)];
                    tell(low, Interval::at_least(0.0));
                    tell(high, Interval::at_most(0.0));
                    // Of a rate that was computed from rounded ones the decimals tell nothing of n.
                    if !of.computed && rounded.step > 0.0 {
                        self.rates_of.entry(base).or_default().push(BareRate { cell, rounded });
                    }
                }
            }
        }
    }

    /// Finds counts for those that nobody tells, and widens what the true state is off.
    fn complete(&mut self, known: Option<&CellState>) {
        if let Some(state) = known.and_then(|known| known.in_model(self)) {
            self.truth = state;
            return;
        }
        if !is_complete(self, &self.truth) {
            self.truth = completed(self);
        }
        let truth = std::mem::take(&mut self.truth);
        let facts = self.facts.iter_mut().map(|fact| &mut fact.constraint);
        for constraint in self.constraints.iter_mut().chain(facts) {
            constraint.widen(&truth);
        }
        self.truth = truth;
    }
}

fn of_mask(bounds: Bounds) -> Interval {
    Interval { low: bounds.low.unwrap_or(0.0), high: bounds.high.unwrap_or(f64::INFINITY) }
}

/// A rate in percent as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounded {
    /// As it is written.
    pub(super) value: f64,
    /// To what it is rounded; 0 where it is not.
    pub(super) step: f64,
}

/// People are whole: fewer than this are nobody.
pub(super) const ANYBODY: f64 = 0.5;
/// A little more than what arithmetic loses.
const NEAR: f64 = 1e-6;

impl Rounded {
    fn low(self) -> f64 {
        (self.value - self.step / 2.0).max(0.0)
    }

    fn high(self) -> f64 {
        (self.value + self.step / 2.0).min(100.0)
    }

    /// Whether it can be a rate of n people.
    pub(super) fn can_be_of(self, n: f64) -> bool {
        (self.low() * n / 100.0 - NEAR).ceil() <= (self.high() * n / 100.0 + NEAR).floor()
    }

    /// The numbers that it may be of n people; that nearest to it where it is of none.
    pub(super) fn numerators(self, n: f64) -> Interval {
        let (low, high) = ((self.low() * n / 100.0 - NEAR).ceil(), (self.high() * n / 100.0 + NEAR).floor());
        if low <= high { Interval { low, high } } else { Interval::exactly((self.value * n / 100.0).round()) }
    }
}

/// To what the rates of each measure are rounded, in percent: a decimal place, where all of them are.
pub(super) fn steps<'a>(cells: &[Cell<'a>]) -> BTreeMap<&'a str, f64> {
    let mut places: BTreeMap<&str, Option<i32>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.measure.unit == Unit::Percent) {
        let Some(value) = cell.value else { continue };
        let most = places.entry(&cell.measure.id).or_insert(Some(0));
        *most = most.zip(decimal_places(value)).map(|(most, own)| most.max(own));
    }
    places.into_iter().filter_map(|(id, places)| Some((id, 10f64.powi(-places?)))).collect()
}

/// To what a rate is rounded: one that was computed is as exact as what it was added up from, and else exact.
fn step_of(cell: &Cell<'_>, steps: &BTreeMap<&str, f64>) -> f64 {
    let of = |measure: &str| steps.get(measure).copied().unwrap_or(0.0);
    match &cell.measure.derive {
        Some(derive) if cell.computed && derive.denominator.is_empty() => {
            derive.numerator.iter().chain(&derive.minus).map(|part| of(part)).sum()
        }
        _ if cell.computed => 0.0,
        _ => of(&cell.measure.id),
    }
}

/// Where a cell stands: measure, group, grade, subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place<'a> {
    /// Id of the measure.
    pub(super) measure: &'a str,
    /// Of which group.
    pub(super) group: &'a str,
    /// Id of the grade.
    pub(super) grade: &'a str,
    /// In which subject.
    pub(super) subject: &'a str,
}

impl<'a> Place<'a> {
    /// The place of a cell.
    pub(super) fn of(cell: &Cell<'a>) -> Self {
        Self { measure: &cell.measure.id, group: cell.group, grade: cell.grade.id(), subject: cell.subject }
    }
}

/// Which cell stands where.
pub(super) fn places<'a>(cells: &[Cell<'a>]) -> BTreeMap<Place<'a>, usize> {
    cells.iter().enumerate().map(|(i, cell)| (Place::of(cell), i)).collect()
}

/// Group, grade and subject of what a quotient is divided by.
pub(super) fn divisor_place<'a>(derive: &Derivation, cell: &Cell<'a>) -> Place<'a> {
    let own = Place::of(cell);
    if derive.denominator_is_whole { Place { group: ALL, grade: ALL, subject: ALL, ..own } } else { own }
}
