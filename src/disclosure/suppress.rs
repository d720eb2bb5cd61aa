//! Complementary suppression: what else must be withheld so that a withheld count cannot be worked out (methods 10.3).
//!
//! Every count that a withheld value is of, and what the listed parts of a total leave of it, must be possible within s people at
//! least. Those for which no such state of the district is found yet move, as many at once as are in no common sum, to
//! one in which they are far enough; the cheapest in what must be withheld for it, a cell at the number of its people. (Kelly,
//! Golden and Assad 1992, "Cell suppression: disclosure protection for sensitive tabular data", Networks 22.) With a value goes
//! all that was computed from it. Values that are public stay as they are, and nothing more goes for what they alone tell.
//!
//! Small tables: with one part beside the withheld one, that is the one that moves. Degenerate: where all that tells a count is
//! withheld or public there is nothing left to withhold, and it stays exposed.

use std::collections::{BTreeMap, BTreeSet};

use super::cell_state::CellState;
use super::feasible::{NONE, Reach, Shown, State, Wanted, Withholding};
use super::go_along::{go_with_counts, pass_on};
use super::model::{ANYBODY, Cell, CellIndex, CountIndex, Excess, Model, places};
use crate::catalog::Catalog;
use statistics::linear_program::Interval;

/// How often dearer than the smallest group it is to withhold that there is nobody: it protects little.
const NOBODY: f64 = 20.0;
/// How much of its size it costs to withhold what was computed: it mostly goes along with what it was computed from.
const COMPUTED: f64 = 0.01;
/// What it costs to withhold a cell is no smaller a part of what the dearest costs: the solver loses its way among costs that are
/// too far apart.
const CHEAPEST: f64 = 0.01;
/// How many counts move at once at most where something must be withheld for it.
pub(super) const MANY: usize = 16;

/// What came of protecting a district's year.
#[derive(Debug, Default)]
pub(super) struct Protected {
    /// The cells that must be withheld beside those that were.
    pub(super) also: Vec<usize>,
    /// The totals of a little less than their parts.
    pub(super) excesses: Vec<Excess>,
}

/// Withholds more than `hidden`, until nothing withheld is told within less than `least`.
pub(super) fn protect(cells: &[Cell<'_>], hidden: &[bool], catalog: &Catalog, least: f64) -> Protected {
    let model = Model::new(cells, catalog, least);
    let mut suppression = Suppression::new(&model, cells, hidden, least);
    if suppression.targets().is_empty() {
        return Protected { also: Vec::new(), excesses: model.excesses };
    }
    let places = places(cells);
    let mut states = vec![CellState::of(&model, &model.truth)];
    loop {
        let mut changed = suppression.settle();
        changed |= pass_on(cells, &places, &mut suppression.hidden);
        changed |= go_with_counts(cells, &places, &mut suppression.hidden);
        if changed {
            continue;
        }
        states.append(&mut suppression.states);
        if !protect_from_readers(cells, &mut suppression.hidden, &mut states, catalog, least) {
            break;
        }
    }
    let also = (0..cells.len()).filter(|cell| suppression.hidden[*cell] && !hidden[*cell]).collect();
    Protected { also, excesses: model.excesses }
}

/// What else must be withheld of what a reader of several packs has before them; see [`together`](super::earlier::together).
pub(super) fn protect_from_both(
    cells: &[Cell<'_>],
    hidden: &[bool],
    catalog: &Catalog,
    least: f64,
) -> Vec<CellIndex> {
    let mut all = hidden.to_vec();
    while protect_from_readers(cells, &mut all, &mut Vec::new(), catalog, least) {}
    (0..cells.len()).filter(|cell| all[*cell] && !hidden[*cell]).map(CellIndex).collect()
}

/// Withholds more of what readers can tell who know but what is shown, and take for true what follows of it even where the data
/// contradict that; says whether it did. Of the states that were found, the true one first, those are looked at that fit what they
/// know; more are added.
fn protect_from_readers(
    cells: &[Cell<'_>],
    hidden: &mut Vec<bool>,
    states: &mut Vec<CellState>,
    catalog: &Catalog,
    least: f64,
) -> bool {
    let shown: Vec<Cell<'_>> = cells.iter().zip(&*hidden).map(|(cell, hidden)| cell.shown(*hidden)).collect();
    let model = Model::completed_by(&shown, catalog, least, states.first());
    let mut reader = Suppression::new(&model, &shown, hidden, least);
    for state in states.iter().filter_map(|state| state.in_model(&model)) {
        reader.see(&state);
    }
    let is_secret =
        |reader: &Suppression<'_, '_, '_>, count: &CountIndex| reader.found(*count).low < least - NONE;
    reader.leave_out_large();
    let narrow = reader.explored();
    let (secret, others): (Vec<CountIndex>, Vec<CountIndex>) =
        narrow.into_iter().partition(|count| is_secret(&reader, count));
    reader.lost.extend(others);
    let changed = !secret.is_empty() && reader.settle();
    states.append(&mut reader.states);
    *hidden = reader.hidden;
    changed
}

/// A withheld cell that can be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Exposure {
    /// The cell; of what the parts of a total leave, the total.
    pub(super) cell: CellIndex,
    /// Between how many people it can be.
    pub(super) interval: Interval,
}

/// The cells that readers of what is shown can tell within less than `least`.
///
/// Of a larger count, withheld to protect others, that is no secret.
pub(super) fn exposed(cells: &[Cell<'_>], hidden: &[bool], catalog: &Catalog, least: f64) -> Vec<Exposure> {
    let model = Model::new(cells, catalog, least);
    let mut suppression = Suppression::new(&model, cells, hidden, least);
    suppression.leave_out_large();
    let open: BTreeMap<CountIndex, Interval> =
        suppression.explored().into_iter().map(|count| (count, suppression.found(count))).collect();
    let is_secret = |interval: &&Interval| interval.low < least - NONE;
    let of_cell = |cell: usize| {
        let counts = model.cells[cell];
        let all = counts.number.into_iter().chain(counts.rest).chain(counts.base);
        all.filter_map(|count| open.get(&count)).find(is_secret)
    };
    let mut found: Vec<Exposure> = (0..cells.len())
        .filter(|cell| hidden[*cell])
        .filter_map(|cell| Some(Exposure { cell: CellIndex(cell), interval: *of_cell(cell)? }))
        .collect();
    for remainder in &model.remainders {
        if let (Some(interval), Some(cell)) = (open.get(&remainder.count), remainder.total) {
            found.push(Exposure { cell, interval: *interval });
        }
    }
    found
}

/// How far a count was moved in the states that were found.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moved {
    /// The farthest down, below 0.
    pub(super) down: f64,
    /// The farthest up.
    pub(super) up: f64,
}

/// What is withheld of a district's year, and which of it is known to be safe.
pub(super) struct Suppression<'m, 'c, 'a> {
    /// The counts.
    pub(super) model: &'m Model,
    /// The cells.
    pub(super) cells: &'c [Cell<'a>],
    /// The smallest group.
    pub(super) least: f64,
    /// Whether each cell is withheld.
    pub(super) hidden: Vec<bool>,
    /// Whether each cell is public.
    public: Vec<bool>,
    /// What it costs to withhold each cell, a person.
    costs: Vec<f64>,
    /// How far each count was moved.
    pub(super) moved: Vec<Moved>,
    /// The states that were found.
    pub(super) states: Vec<CellState>,
    /// The counts that could not move far enough together with others.
    pub(super) alone: BTreeSet<CountIndex>,
    /// The counts that no withholding protects.
    pub(super) lost: BTreeSet<CountIndex>,
    /// The rows of constraints that each count is in.
    pub(super) rows_of: Vec<Vec<usize>>,
}

impl<'m, 'c, 'a> Suppression<'m, 'c, 'a> {
    fn new(model: &'m Model, cells: &'c [Cell<'a>], hidden: &[bool], least: f64) -> Self {
        let mut rows_of = vec![Vec::new(); model.len()];
        for (i, row) in model.constraints.iter().enumerate() {
            row.terms.iter().for_each(|(count, _)| rows_of[count.0].push(i));
        }
        // All others of a rate move with the number behind it.
        for counts in &model.cells {
            if let (Some(number), Some(rest)) = (counts.number, counts.rest) {
                let rows = rows_of[number.0].clone();
                rows_of[rest.0].extend(rows);
            }
        }
        let size = |cell: usize| {
            let counts = model.cells[cell];
            let of = counts.base.or(counts.number).map_or(least, |count| model.truth[count.0]);
            let of = if of < ANYBODY { NOBODY * least } else { of };
            if cells[cell].computed { COMPUTED * of } else { of }
        };
        let sizes: Vec<f64> = (0..cells.len()).map(size).collect();
        let largest = sizes.iter().copied().fold(1.0, f64::max);
        Self {
            model,
            cells,
            least,
            hidden: hidden.to_vec(),
            public: cells.iter().map(|cell| cell.public).collect(),
            costs: sizes.iter().map(|size| (size / largest).max(CHEAPEST)).collect(),
            moved: vec![Moved::default(); model.len()],
            states: Vec::new(),
            alone: BTreeSet::new(),
            lost: BTreeSet::new(),
            rows_of,
        }
    }

    pub(super) fn shown(&self) -> Shown<'_> {
        Shown::new(self.model, &self.hidden, &self.public)
    }

    /// The counts that must be protected.
    pub(super) fn targets(&self) -> BTreeSet<CountIndex> {
        let shown = self.shown();
        let truth = |count: CountIndex| self.model.truth[count.0];
        let mut targets = BTreeSet::new();
        for (i, cell) in self.cells.iter().enumerate().filter(|(i, _)| self.hidden[*i]) {
            // What was computed is about the same counts as what it was computed from.
            if cell.computed || cell.public {
                continue;
            }
            let counts = self.model.cells[i];
            match (counts.number, counts.base) {
                // Nobody needs no protection: a group that a rate's table leaves out.
                (Some(number), None) => targets.extend((truth(number) > ANYBODY).then_some(number)),
                (number, base) => {
                    // Of whom a withheld value is may be told elsewhere, and whom a share counts.
                    let is_share = counts.rest.is_none();
                    targets.extend(number.filter(|number| !is_share || !shown.is_told(*number)));
                    targets.extend(counts.rest);
                    targets.extend(base.filter(|base| !shown.is_told(*base)));
                }
            }
        }
        let few = |count: &CountIndex| truth(*count) > ANYBODY && truth(*count) < self.least;
        targets.extend(self.model.remainders.iter().map(|remainder| remainder.count).filter(few));
        targets
    }

    /// Leaves out the counts of so many people that they are no secret: where such a one can be less than `least` it can also be
    /// `least` more.
    fn leave_out_large(&mut self) {
        let is_large = |count: &CountIndex| self.model.truth[count.0] >= 2.0 * self.least - 1.0;
        let large: Vec<CountIndex> = self.targets().into_iter().filter(is_large).collect();
        self.lost.extend(large);
    }

    /// Withholds more until every count that must be protected is, as far as can be; says whether it did.
    fn settle(&mut self) -> bool {
        let mut any = false;
        loop {
            let open = self.open();
            if open.is_empty() {
                return any;
            }
            let batch = self.apart(&open, usize::MAX);
            let states = self.look_for(&batch);
            states.iter().for_each(|state| self.record(state));
            let left = self.still_open(&batch);
            if left.len() * 2 > batch.len() || batch.len() == 1 {
                any |= self.withhold_for(&left[..left.len().min(MANY)]);
            }
        }
    }

    /// Withholds what must be so that counts can move far enough; says whether anything was. Those that cannot are lost.
    fn withhold_for(&mut self, batch: &[CountIndex]) -> bool {
        let mut any = false;
        for sign in [1.0, -1.0] {
            let wanted = self.all_wanted(batch, sign, None);
            if wanted.is_empty() {
                continue;
            }
            let Some(state) = self.cheapest(&self.shown(), &wanted) else { continue };
            for CellIndex(cell) in &state.broken {
                self.hidden[*cell] = true;
                any = true;
            }
            // The files show the same in this state from now on.
            self.record(&state);
        }
        let failed = self.still_open(batch);
        if batch.len() == 1 {
            self.lost.extend(failed)
        } else {
            self.alone.extend(failed)
        }
        any
    }

    /// The state in which counts move as far as wanted, or as far as they can, for which least must be withheld.
    fn cheapest(&self, shown: &Shown<'_>, wanted: &[Wanted]) -> Option<State> {
        let withholding = Withholding::At(&self.costs);
        if let Some(state) = shown.search(wanted, withholding, Reach::Full) {
            return Some(state);
        }
        let far = shown.search(wanted, withholding, Reach::AsFarAsCan)?;
        let reached = |wanted: &Wanted| {
            let by = far.moves.get(&wanted.count).copied().unwrap_or_default() * wanted.by.signum();
            let by = by.min(wanted.by.abs()) * (1.0 - 1e-6);
            (by > NONE).then_some(Wanted { by: by * wanted.by.signum(), ..*wanted })
        };
        let wanted: Vec<Wanted> = wanted.iter().filter_map(reached).collect();
        if wanted.is_empty() { None } else { shown.search(&wanted, withholding, Reach::Full) }
    }
}
