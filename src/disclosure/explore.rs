//! Between how many people each withheld count can be, as far as states are found that tell so.
//!
//! A linear program moves many counts at once; those that did not get far enough with others are looked for with fewer, and last
//! alone, so that one that is not found then is not to be found.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::cell_state::CellState;
use super::feasible::{NONE, Reach, Shown, State, Wanted, Withholding};
use super::model::{ANYBODY, BareRate, CountIndex};
use super::suppress::{MANY, Moved, Suppression};
use statistics::linear_program::Interval;

/// How many batches of counts are looked for at the same time, whatever the number of threads.
const AT_ONCE: usize = 4;
/// How many counts are looked for in one batch: first what is soon found.
const BATCHES: [usize; 4] = [usize::MAX, MANY, 4, 1];

impl Suppression<'_, '_, '_> {
    /// Within how many people a count must not be told: no more than there are.
    fn least_of(&self, shown: &Shown<'_>, count: CountIndex) -> f64 {
        let base = self.model.base_of.get(&count).filter(|base| **base != count);
        let is_remainder = |base: CountIndex| self.model.remainders.iter().any(|of| of.count == base);
        let is_known = |base: &&CountIndex| shown.is_told(**base) || is_remainder(**base);
        base.filter(is_known)
            .map_or(self.least, |base| (self.model.truth[base.0] + NONE).floor().min(self.least))
    }

    /// By how much a count must still move, all states that were found considered; people do not come in parts.
    fn needed(&self, shown: &Shown<'_>, count: CountIndex) -> f64 {
        let Interval { low, high } = self.found(count);
        self.least_of(shown, count) - (high - low)
    }

    /// By how much a count must still move where a state in which it may have moved up is recorded, too. Where not every number of
    /// people fits the rates that are shown, that state may be none: both directions are looked in.
    fn needed_after(&self, shown: &Shown<'_>, count: CountIndex, state: Option<&State>) -> f64 {
        let by = state.filter(|_| !self.model.rates_of.contains_key(&count));
        let by = by.and_then(|state| state.moves.get(&count)).copied().unwrap_or_default();
        self.needed(shown, count) - (by - self.moved[count.0].up).max(0.0)
    }

    /// Between how many people a count is in the states that were found, those left out in which a rate that is shown could not be
    /// one of so many: 17 % are of 6, of 12, but not of 8.
    pub(super) fn found(&self, count: CountIndex) -> Interval {
        let (truth, moved) = (self.model.truth[count.0], self.moved[count.0]);
        let mut low = (truth + moved.down - NONE).ceil().max(0.0);
        let mut high = (truth + moved.up + NONE).floor().max(low);
        let rates = self.model.rates_of.get(&count).map_or(&[][..], Vec::as_slice);
        let mut shown = rates.iter().filter(|rate| !self.hidden[rate.cell.0]).peekable();
        if shown.peek().is_some() {
            let shown: Vec<&BareRate> = shown.collect();
            let can_be = |n: f64| n < ANYBODY || shown.iter().all(|rate| rate.rounded.can_be_of(n));
            while low + 1.0 <= truth && !can_be(low) {
                low += 1.0;
            }
            while truth <= high - 1.0 && !can_be(high) {
                high -= 1.0;
            }
        }
        Interval { low, high }
    }

    /// Takes a state that was found for possible, and keeps it.
    pub(super) fn record(&mut self, state: &State) {
        let mut counts = self.model.truth.clone();
        state.moves.iter().for_each(|(count, by)| counts[count.0] += by);
        self.see(&counts);
        self.states.push(CellState::of(self.model, &counts));
    }

    /// Takes a state for possible.
    pub(super) fn see(&mut self, state: &[f64]) {
        for ((moved, truth), count) in self.moved.iter_mut().zip(&self.model.truth).zip(state) {
            let by = count - truth;
            *moved = Moved { down: moved.down.min(by), up: moved.up.max(by) };
        }
    }

    pub(super) fn open(&self) -> Vec<CountIndex> {
        let shown = self.shown();
        let targets = self.targets().into_iter().filter(|count| !self.lost.contains(count));
        targets.filter(|count| self.needed(&shown, *count) > NONE).collect()
    }

    /// The counts that no state is found for, by looking for many at once, for fewer, and then for each.
    pub(super) fn explored(&mut self) -> Vec<CountIndex> {
        for most in BATCHES {
            let mut untried: Vec<CountIndex> = self.open();
            while !untried.is_empty() {
                let batches = self.batches(&untried, most);
                let states: Vec<State> =
                    batches.par_iter().flat_map_iter(|batch| self.look_for(batch)).collect();
                states.iter().for_each(|state| self.record(state));
                let tried: BTreeSet<CountIndex> = batches.into_iter().flatten().collect();
                untried.retain(|count| !tried.contains(count));
                untried = self.still_open(&untried);
            }
        }
        self.open()
    }

    /// Some batches of counts that are looked for at the same time.
    fn batches(&self, open: &[CountIndex], most: usize) -> Vec<Vec<CountIndex>> {
        let mut left = open.to_vec();
        let mut batches = Vec::new();
        while !left.is_empty() && batches.len() < AT_ONCE {
            let batch = self.apart(&left, most);
            left.retain(|count| !batch.contains(count));
            batches.push(batch);
        }
        batches
    }

    /// States in which counts are far from the true ones while nothing more is withheld: up, then down where that is not enough.
    pub(super) fn look_for(&self, batch: &[CountIndex]) -> Vec<State> {
        let shown = self.shown();
        let mut found: Vec<State> = Vec::new();
        for sign in [1.0, -1.0] {
            let wanted = self.all_wanted(batch, sign, found.first());
            if !wanted.is_empty() {
                found.extend(shown.search(&wanted, Withholding::Nothing, Reach::AsFarAsCan));
            }
        }
        found
    }

    /// Those of some counts that no state is found for yet.
    pub(super) fn still_open(&self, batch: &[CountIndex]) -> Vec<CountIndex> {
        let shown = self.shown();
        batch.iter().copied().filter(|count| self.needed(&shown, *count) > NONE).collect()
    }

    /// The moves that are still needed of some counts, all in one direction; `after` a state that is not recorded yet.
    pub(super) fn all_wanted(&self, batch: &[CountIndex], sign: f64, after: Option<&State>) -> Vec<Wanted> {
        let shown = self.shown();
        let needed = batch.iter().map(|count| (*count, self.needed_after(&shown, *count, after)));
        let open = needed.filter(|(_, needed)| *needed > NONE);
        open.filter_map(|(count, needed)| self.wanted(&shown, count, sign * needed)).collect()
    }

    /// That a count moves by as much as is needed beyond the farthest state so far, if it can: no lower than to nobody and no higher
    /// than to all that it is of. Up is tried first, unless only down is far enough.
    fn wanted(&self, shown: &Shown<'_>, count: CountIndex, needed: f64) -> Option<Wanted> {
        let (moved, truth) = (self.moved[count.0], self.model.truth[count.0].max(0.0));
        let base = self.model.base_of.get(&count).filter(|base| shown.is_told(**base));
        let most = base.map_or(f64::INFINITY, |base| (self.model.truth[base.0] - truth).max(0.0));
        let (up, down) = (moved.up + needed.abs(), needed.abs() - moved.down);
        let by = match (needed > 0.0, up <= most, down <= truth) {
            (true, false, true) => return None,
            (true, ..) => up.min(most),
            (false, ..) => -down.min(truth),
        };
        (by.abs() > NONE).then_some(Wanted { count, by })
    }

    /// Some of the counts, `most` of them, of which no two are in one constraint; one of those that did not do together with others
    /// where there are no more.
    pub(super) fn apart(&self, open: &[CountIndex], most: usize) -> Vec<CountIndex> {
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let mut batch = Vec::new();
        for count in open.iter().filter(|count| !self.alone.contains(count)) {
            if batch.len() == most {
                break;
            }
            let rows = &self.rows_of[count.0];
            if rows.iter().all(|row| !taken.contains(row)) {
                taken.extend(rows);
                batch.push(*count);
            }
        }
        if batch.is_empty() { open[..1].to_vec() } else { batch }
    }
}
