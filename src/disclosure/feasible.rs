//! States of a district's year other than the true one that the same files would show.
//!
//! A count can be told within less than s people where in every state that fits all that is shown it is about the same. So it is
//! safe as soon as two states are found in which it is s apart; the true one is one of them. A linear program moves many
//! counts at once: each constraint and each fact that is shown still holds after the move. Where facts may be withheld
//! (see [`suppress`](super::suppress)), breaking one costs as much as is lost by withholding it.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{CellIndex, Constraint, CountIndex, Model};
use statistics::linear_program::{Interval, LinearProgram, Variable};

/// Moves by less than this are none.
pub(super) const NONE: f64 = 1e-3;
/// Breaking what is shown by less than this is what the solver is off: people do not come in parts.
pub(super) const BROKEN: f64 = 0.05;
/// What moving a count by one costs that is not shown anyhow: a little, so that a move takes no detours.
pub(super) const UNSEEN: f64 = 1e-6;

/// By how much a count is to move.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Which.
    pub(super) count: CountIndex,
    /// By how much; below 0 downwards.
    pub(super) by: f64,
}

/// What may be broken.
#[derive(Debug, Clone, Copy)]
pub(super) enum Withholding<'t> {
    /// Nothing.
    Nothing,
    /// What cells tell that are not public, each at so much a person.
    At(&'t [f64]),
}

/// Whether the wanted moves must be made in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// In full, as cheaply as can be.
    Full,
    /// As far as can be, whatever it costs.
    AsFarAsCan,
}

/// A state of the district.
#[derive(Debug)]
pub(super) struct State {
    /// By how much each count that moves is off the true one.
    pub(super) moves: BTreeMap<CountIndex, f64>,
    /// The cells that would tell it from the true one.
    pub(super) broken: BTreeSet<CellIndex>,
}

/// What is shown of a model.
pub(super) struct Shown<'m> {
    model: &'m Model,
    /// Whether each cell is withheld.
    hidden: &'m [bool],
    /// Whether each cell is public.
    public: &'m [bool],
    /// The shown cells that tell each count outright.
    told_by: BTreeMap<CountIndex, BTreeSet<CellIndex>>,
}

/// How free a count is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Freedom {
    Fixed,
    Free,
    AtCost(f64),
}

impl<'m> Shown<'m> {
    pub(super) fn new(model: &'m Model, hidden: &'m [bool], public: &'m [bool]) -> Self {
        let mut told_by: BTreeMap<CountIndex, BTreeSet<CellIndex>> = BTreeMap::new();
        for fact in model.facts.iter().filter(|fact| !hidden[fact.cell.0]) {
            if let Some(count) = fact.told() {
                told_by.entry(count).or_default().insert(fact.cell);
            }
        }
        Self { model, hidden, public, told_by }
    }

    /// Whether a shown cell tells a count outright.
    pub(super) fn is_told(&self, count: CountIndex) -> bool {
        self.told_by.contains_key(&count)
    }

    fn freedom(&self, count: CountIndex, withholding: Withholding<'_>) -> Freedom {
        let Some(cells) = self.told_by.get(&count) else { return Freedom::Free };
        match withholding {
            Withholding::At(costs) if cells.iter().all(|cell| !self.public[cell.0]) => {
                Freedom::AtCost(cells.iter().map(|cell| costs[cell.0]).sum())
            }
            _ => Freedom::Fixed,
        }
    }

    /// The counts that may move with some, by what constraints and facts they share.
    fn connected(
        &self,
        from: impl Iterator<Item = CountIndex>,
        withholding: Withholding<'_>,
    ) -> BTreeSet<CountIndex> {
        let mut rows_of: BTreeMap<CountIndex, Vec<&Constraint>> = BTreeMap::new();
        for row in self.rows() {
            row.terms.iter().for_each(|(count, _)| rows_of.entry(*count).or_default().push(row));
        }
        let mut found: BTreeSet<CountIndex> = from.collect();
        let mut next: Vec<CountIndex> = found.iter().copied().collect();
        while let Some(count) = next.pop() {
            let others = rows_of.get(&count).into_iter().flatten().flat_map(|row| &row.terms);
            for (other, _) in others {
                if !found.contains(other) && self.freedom(*other, withholding) != Freedom::Fixed {
                    found.insert(*other);
                    next.push(*other);
                }
            }
        }
        found
    }

    fn rows(&self) -> impl Iterator<Item = &'m Constraint> {
        let (model, hidden) = (self.model, self.hidden);
        let facts = model.facts.iter().filter(move |fact| !hidden[fact.cell.0] && fact.told().is_none());
        model.constraints.iter().chain(facts.map(|fact| &fact.constraint))
    }

    /// A state in which counts move as wanted; `None` where there is none.
    pub(super) fn search(
        &self,
        wanted: &[Wanted],
        withholding: Withholding<'_>,
        reach: Reach,
    ) -> Option<State> {
        let counts = self.connected(wanted.iter().map(|wanted| wanted.count), withholding);
        let mut moves = Moves { program: LinearProgram::default(), of: BTreeMap::new() };
        let is_defined = |row: &&Constraint| row.interval == Interval::exactly(0.0);
        let definitions: BTreeMap<CountIndex, &Constraint> = (self.model.constraints.iter())
            .filter(is_defined)
            .filter_map(|row| Some((row.defines.filter(|count| counts.contains(count))?, row)))
            .collect();
        for count in counts.iter().filter(|count| !definitions.contains_key(count)) {
            let freedom = self.freedom(*count, withholding);
            moves.add(*count, self.model.truth[count.0].max(0.0), freedom, reach);
        }
        for (count, definition) in &definitions {
            moves.define(*count, definition, self.model.truth[count.0].max(0.0));
        }
        for constraint in &self.model.constraints {
            moves.hold(constraint, &self.model.truth, None);
        }
        let mut gives: Vec<(CellIndex, Variable)> = Vec::new();
        for fact in self.model.facts.iter().filter(|fact| !self.hidden[fact.cell.0] && fact.told().is_none())
        {
            let cost = match withholding {
                Withholding::At(costs) if !self.public[fact.cell.0] => Some(costs[fact.cell.0]),
                _ => None,
            };
            let cost = cost.map(|cost| if reach == Reach::Full { cost } else { UNSEEN });
            let given = moves.hold(&fact.constraint, &self.model.truth, cost);
            gives.extend(given.map(|give| (fact.cell, give)));
        }
        wanted.iter().for_each(|wanted| moves.want(*wanted, reach));
        let solution = moves.program.minimize()?;
        let mut state = State { moves: BTreeMap::new(), broken: BTreeSet::new() };
        for (count, of) in &moves.of {
            let by: f64 = of.iter().map(|(variable, sign)| sign * solution[*variable]).sum();
            state.moves.insert(*count, by);
            if by.abs() > BROKEN {
                state.broken.extend(self.told_by.get(count).into_iter().flatten());
            }
        }
        let broken = gives.into_iter().filter(|(_, give)| solution[*give] > BROKEN);
        state.broken.extend(broken.map(|(cell, _)| cell));
        Some(state)
    }
}

/// A linear program of moves.
struct Moves {
    program: LinearProgram,
    /// The variables that each count's move is the sum of, with their signs.
    of: BTreeMap<CountIndex, Vec<(Variable, f64)>>,
}

impl Moves {
    fn add(&mut self, count: CountIndex, truth: f64, freedom: Freedom, reach: Reach) {
        let cost = match freedom {
            Freedom::Fixed => return,
            Freedom::AtCost(cost) if reach == Reach::Full => cost,
            _ => {
                let by = self.program.idle_variable(0.0, UNSEEN, Interval::at_least(-truth));
                self.of.insert(count, vec![(by, 1.0)]);
                return;
            }
        };
        // Moves of the same cost are told apart a little, so that one is chosen and not half of each.
        let cost = cost * (1.0 + 1e-3 * (count.0 % 97) as f64 / 97.0);
        let (by, _) = self.program.size_variable(cost, Interval::at_least(-truth));
        self.of.insert(count, vec![(by, 1.0)]);
    }

    /// Makes a count that is defined by others move with these.
    fn define(&mut self, count: CountIndex, definition: &Constraint, truth: f64) {
        let others = || definition.terms.iter().filter(|(other, _)| *other != count);
        let mut terms: BTreeMap<Variable, f64> = BTreeMap::new();
        for (other, weight) in others() {
            for (variable, sign) in self.of.get(other).into_iter().flatten() {
                *terms.entry(*variable).or_default() -= weight * sign;
            }
        }
        let terms: Vec<(Variable, f64)> = terms.into_iter().filter(|(_, weight)| *weight != 0.0).collect();
        self.program.constrain(&terms, Interval::at_least(-truth));
        self.of.insert(count, terms);
    }

    /// Holds a constraint; gives the variable of how far it gives way, at a cost.
    fn hold(&mut self, constraint: &Constraint, truth: &[f64], give_way: Option<f64>) -> Option<Variable> {
        let mut weights: BTreeMap<Variable, f64> = BTreeMap::new();
        for (count, weight) in &constraint.terms {
            for (variable, sign) in self.of.get(count).into_iter().flatten() {
                *weights.entry(*variable).or_default() += sign * weight;
            }
        }
        let mut terms: Vec<(Variable, f64)> =
            weights.into_iter().filter(|(_, weight)| *weight != 0.0).collect();
        if terms.is_empty() {
            return None;
        }
        let at = constraint.at(truth);
        let Interval { low, high } = constraint.interval;
        let mut given = None;
        if let Some(cost) = give_way {
            let (give, size) = self.program.size_variable(cost, Interval::ANY);
            terms.push((give, 1.0));
            given = Some(size);
        }
        self.program.constrain(&terms, Interval { low: (low - at).min(0.0), high: (high - at).max(0.0) });
        given
    }

    /// Makes a count move as it is wanted to.
    fn want(&mut self, wanted: Wanted, reach: Reach) {
        let Some(of) = self.of.get(&wanted.count) else { return };
        let sign = wanted.by.signum();
        let mut terms: Vec<(Variable, f64)> = of.iter().map(|(variable, s)| (*variable, s * sign)).collect();
        match reach {
            Reach::Full => self.program.constrain(&terms, Interval::at_least(wanted.by.abs())),
            Reach::AsFarAsCan => {
                let gain = self.program.variable(-1.0, Interval { low: 0.0, high: wanted.by.abs() });
                terms.push((gain, -1.0));
                self.program.constrain(&terms, Interval::at_least(0.0));
            }
        }
    }
}
