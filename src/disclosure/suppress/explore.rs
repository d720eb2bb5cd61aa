//! The search for solutions that show how well each suppressed count is protected.
//!
//! A linear program moves many counts at once. Counts that did not get far enough together with others are
//! moved in smaller batches, and finally one by one, so if no solution is found then, none exists.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::super::model::system::{ANYBODY, CountIndex, NEGLIGIBLE};
use super::super::model::{CellSolution, RoundedRate};
use super::super::solve::{
    AlternativeSolution, MoveGoal, PublishedSystem, Relaxation, SearchRequest, TargetMove, search,
};
use super::suppression::{ConstraintIndex, FoundMoves, Suppression};
use statistics::linear_program::Interval;

/// The most counts to move at once when that requires suppressing something.
pub(super) const BATCH_SIZE: usize = 16;
/// How many batches are searched in parallel, whatever the number of threads.
const PARALLEL_BATCHES: usize = 4;
/// The batch sizes, one pass for each: those with fast results first.
const BATCH_SIZES: [usize; 4] = [usize::MAX, BATCH_SIZE, 4, 1];

impl Suppression<'_, '_, '_> {
    /// How wide the feasibility interval of a count must be: the protection level, but no more than the
    /// number of people in its base, if known.
    fn required_width(&self, published: &PublishedSystem<'_>, count: CountIndex) -> f64 {
        let base = self.model.base_of.get(&count).copied().filter(|base| *base != count);
        let known = base.filter(|base| published.is_stated(*base) || self.is_remainder(*base));
        known.map_or(self.protection_level, |base| {
            (self.true_count(base) + NEGLIGIBLE).floor().min(self.protection_level)
        })
    }

    fn is_remainder(&self, count: CountIndex) -> bool {
        self.model.remainders.iter().any(|remainder| remainder.count == count)
    }

    /// By how many people a count's interval, as found so far, is too narrow.
    fn missing_width(&self, published: &PublishedSystem<'_>, count: CountIndex) -> f64 {
        let Interval { low, high } = self.found_interval(count);
        self.required_width(published, count) - (high - low)
    }

    /// By how many people a count's interval is too narrow if a solution that is not recorded yet is
    /// included. It is not included for the base of published rates: since not every number of people fits
    /// the rates, the solution may be impossible.
    fn missing_width_after(
        &self,
        published: &PublishedSystem<'_>,
        count: CountIndex,
        solution: Option<&AlternativeSolution>,
    ) -> f64 {
        let solution = solution.filter(|_| !self.model.rates_of.contains_key(&count));
        let by = solution.map(|solution| solution.move_of(count)).unwrap_or_default();
        self.missing_width(published, count) - (by - self.moves[count.0].up).max(0.0)
    }

    /// The interval of a count over the solutions found, in whole people. Ends that do not fit the published
    /// rates are cut off: 17% is possible for 6 and 12 people, but not for 8.
    pub(super) fn found_interval(&self, count: CountIndex) -> Interval {
        let (truth, moves) = (self.true_count(count), self.moves[count.0]);
        let mut low = (truth + moves.down - NEGLIGIBLE).ceil().max(0.0);
        let mut high = (truth + moves.up + NEGLIGIBLE).floor().max(low);
        let rates = self.published_rates(count);
        if !rates.is_empty() {
            while low + 1.0 <= truth && !is_possible_base(&rates, low) {
                low += 1.0;
            }
            while truth <= high - 1.0 && !is_possible_base(&rates, high) {
                high -= 1.0;
            }
        }
        Interval { low, high }
    }

    /// The published rates of a base that do not state the base.
    fn published_rates(&self, base: CountIndex) -> Vec<RoundedRate> {
        let rates = self.model.rates_of.get(&base).into_iter().flatten();
        rates.filter(|stated| !self.suppressed[stated.cell.0]).map(|stated| stated.rate).collect()
    }

    /// Records a solution and keeps it.
    pub(super) fn record(&mut self, solution: &AlternativeSolution) {
        let mut counts = self.model.system.truth.clone();
        solution.moves.iter().for_each(|(count, by)| counts[count.0] += by);
        self.widen_moves(&counts);
        self.solutions.push(CellSolution::of(self.model, &counts));
    }

    /// Records a solution.
    pub(super) fn widen_moves(&mut self, solution: &[f64]) {
        for ((moves, truth), count) in self.moves.iter_mut().zip(&self.model.system.truth).zip(solution) {
            let by = count - truth;
            *moves = FoundMoves { down: moves.down.min(by), up: moves.up.max(by) };
        }
    }

    /// The counts that must be protected and are not yet known to be.
    pub(super) fn open_counts(&self) -> Vec<CountIndex> {
        let targets: Vec<CountIndex> = self.targets().difference(&self.excluded).copied().collect();
        self.still_open(&targets)
    }

    /// Those of the given counts that are not yet known to be protected.
    pub(super) fn still_open(&self, counts: &[CountIndex]) -> Vec<CountIndex> {
        let published = self.published();
        let open = counts.iter().filter(|count| self.missing_width(&published, **count) > NEGLIGIBLE);
        open.copied().collect()
    }

    /// Searches for solutions in smaller and smaller batches, and returns the counts that remain disclosed.
    pub(super) fn disclosed_counts(&mut self) -> Vec<CountIndex> {
        for size in BATCH_SIZES {
            let mut untried = self.open_counts();
            while !untried.is_empty() {
                let tried = self.search_some(&untried, size);
                untried.retain(|count| !tried.contains(count));
                untried = self.still_open(&untried);
            }
        }
        self.open_counts()
    }

    /// Searches for solutions for some of the counts, in batches of at most `size`; returns those it searched
    /// for.
    fn search_some(&mut self, open: &[CountIndex], size: usize) -> BTreeSet<CountIndex> {
        let batches = self.batches(open, size);
        let solutions: Vec<AlternativeSolution> =
            batches.par_iter().flat_map_iter(|batch| self.search_batch(batch)).collect();
        solutions.iter().for_each(|solution| self.record(solution));
        batches.into_iter().flatten().collect()
    }

    /// The batches of counts to search in parallel.
    fn batches(&self, open: &[CountIndex], size: usize) -> Vec<Vec<CountIndex>> {
        let mut remaining = open.to_vec();
        let mut batches = Vec::new();
        while !remaining.is_empty() && batches.len() < PARALLEL_BATCHES {
            let batch = self.independent_counts(&remaining, size);
            remaining.retain(|count| !batch.contains(count));
            batches.push(batch);
        }
        batches
    }

    /// At most `size` of the counts, no two in the same constraint and none that has failed together with
    /// others; if there are none, just the first count.
    pub(super) fn independent_counts(&self, open: &[CountIndex], size: usize) -> Vec<CountIndex> {
        let mut taken: BTreeSet<ConstraintIndex> = BTreeSet::new();
        let mut batch = Vec::new();
        for count in open.iter().filter(|count| !self.failed_together.contains(count)) {
            if batch.len() == size {
                break;
            }
            let constraints = &self.constraints_of[count.0];
            if constraints.iter().all(|constraint| !taken.contains(constraint)) {
                taken.extend(constraints);
                batch.push(*count);
            }
        }
        if batch.is_empty() { open[..1].to_vec() } else { batch }
    }

    /// Solutions in which counts are far from their true values without more suppression: first up, then down
    /// for those that need it.
    pub(super) fn search_batch(&self, batch: &[CountIndex]) -> Vec<AlternativeSolution> {
        let published = self.published();
        let mut found: Vec<AlternativeSolution> = Vec::new();
        for direction in [1.0, -1.0] {
            let targets = self.target_moves(batch, direction, found.first());
            if !targets.is_empty() {
                let relaxation = Relaxation::None;
                let request = SearchRequest { targets: &targets, relaxation, goal: MoveGoal::Farthest };
                found.extend(search(&published, request));
            }
        }
        found
    }

    /// The moves that some counts still need, all in one direction (1 up, −1 down), if `after`, a solution
    /// that is not recorded yet, is included.
    pub(super) fn target_moves(
        &self,
        batch: &[CountIndex],
        direction: f64,
        after: Option<&AlternativeSolution>,
    ) -> Vec<TargetMove> {
        let published = self.published();
        let mut targets = Vec::new();
        for count in batch {
            let missing = self.missing_width_after(&published, *count, after);
            if missing > NEGLIGIBLE {
                targets.extend(self.target_move(&published, *count, direction * missing));
            }
        }
        targets
    }

    /// The move of a count by `needed` people beyond the farthest solution so far: down to zero at the
    /// lowest, up to its base at the highest. A move up is omitted if it cannot be made in full but a move
    /// down can.
    fn target_move(
        &self,
        published: &PublishedSystem<'_>,
        count: CountIndex,
        needed: f64,
    ) -> Option<TargetMove> {
        let (moves, truth) = (self.moves[count.0], self.true_count(count).max(0.0));
        let base = self.model.base_of.get(&count).filter(|base| published.is_stated(**base));
        let room = base.map_or(f64::INFINITY, |base| (self.true_count(*base) - truth).max(0.0));
        let (up, down) = (moves.up + needed.abs(), needed.abs() - moves.down);
        let by = match (needed > 0.0, up <= room, down <= truth) {
            (true, false, true) => return None,
            (true, ..) => up.min(room),
            (false, ..) => -down.min(truth),
        };
        (by.abs() > NEGLIGIBLE).then_some(TargetMove { count, by })
    }
}

/// Whether all rates are possible for n people.
fn is_possible_base(rates: &[RoundedRate], n: f64) -> bool {
    n < ANYBODY || rates.iter().all(|rate| rate.is_possible_for(n))
}
