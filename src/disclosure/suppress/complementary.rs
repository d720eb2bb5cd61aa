//! Complementary suppression: which other cells must be suppressed so that a suppressed count cannot be
//! worked out (methods 10.3).
//!
//! The feasibility interval of every count in a suppressed cell, and of every small remainder, must be as
//! wide as the protection level. Each search takes as many counts as possible that share no sum and are not
//! yet known to be protected, and moves them to a solution where they are far enough from their true values.
//! Among such solutions it takes the one that needs the cheapest suppression, where a cell costs its number
//! of people. (Kelly, Golden and Assad 1992, "Cell suppression: disclosure protection for sensitive tabular
//! data", Networks 22.) A cell computed from a suppressed cell is suppressed with it. Public cells stay as
//! they are, and nothing more is suppressed because of what they alone disclose.
//!
//! Small tables: if only one other part is left besides the suppressed one, that part moves. Degenerate: if
//! every cell that states a count is suppressed or public, nothing is left to suppress, and the count stays
//! disclosed.

use std::collections::BTreeMap;

use super::super::model::system::{CellIndex, CountIndex, NEGLIGIBLE};
use super::super::model::{
    CellSolution, ModelCell, ProtectionPolicy, TotalExcess, build, build_with_solution, cells_by_place,
};
use super::super::solve::{
    AlternativeSolution, MoveGoal, PublishedSystem, Relaxation, SearchRequest, TargetMove, search,
};
use super::explore::BATCH_SIZE;
use super::follow_on::{suppress_computed, suppress_rates_of_suppressed_counts};
use super::suppression::Suppression;
use statistics::linear_program::Interval;

/// The share of a move that a second search must reach: slightly less than what the first found possible.
const REACHED_SHARE: f64 = 1.0 - 1e-6;

/// The suppressions that protect a district's year.
#[derive(Debug, Default)]
pub(super) struct ComplementarySuppression {
    /// The cells that must be suppressed in addition to those already suppressed.
    pub(super) cells: Vec<CellIndex>,
    /// The totals that are slightly smaller than the sums of their parts.
    pub(super) excesses: Vec<TotalExcess>,
}

/// Suppresses more cells until no suppressed count is disclosed.
pub(super) fn protect(
    cells: &[ModelCell<'_>],
    suppressed: &[bool],
    policy: ProtectionPolicy<'_>,
) -> ComplementarySuppression {
    let model = build(cells, policy);
    let mut suppression = Suppression::new(&model, cells, suppressed, policy.protection_level);
    if !has_cells_left(cells, suppressed) || suppression.targets().is_empty() {
        return ComplementarySuppression { cells: Vec::new(), excesses: model.excesses };
    }
    let by_place = cells_by_place(cells);
    let mut solutions = vec![CellSolution::of_truth(&model)];
    loop {
        let mut has_changed = suppression.protect_counts();
        has_changed |= suppress_computed(cells, &by_place, &mut suppression.suppressed);
        has_changed |= suppress_rates_of_suppressed_counts(cells, &by_place, &mut suppression.suppressed);
        if has_changed {
            continue;
        }
        solutions.append(&mut suppression.solutions);
        if !protect_from_attacker(cells, &mut suppression.suppressed, &mut solutions, policy) {
            break;
        }
    }
    let cells = newly_suppressed(&suppression.suppressed, suppressed);
    ComplementarySuppression { cells, excesses: model.excesses }
}

/// The additional cells to suppress so that an attacker who also has an earlier pack cannot work out
/// suppressed ones; see [`combine`](super::earlier_pack::combine).
pub(super) fn protect_combined(
    cells: &[ModelCell<'_>],
    suppressed: &[bool],
    policy: ProtectionPolicy<'_>,
) -> Vec<CellIndex> {
    let mut all = suppressed.to_vec();
    while protect_from_attacker(cells, &mut all, &mut Vec::new(), policy) {}
    newly_suppressed(&all, suppressed)
}

/// Whether any cell can still be suppressed. If not, no search changes anything.
fn has_cells_left(cells: &[ModelCell<'_>], suppressed: &[bool]) -> bool {
    cells.iter().zip(suppressed).any(|(cell, is_suppressed)| !cell.is_public && !is_suppressed)
}

fn newly_suppressed(after: &[bool], before: &[bool]) -> Vec<CellIndex> {
    (0..after.len()).filter(|cell| after[*cell] && !before[*cell]).map(CellIndex).collect()
}

/// Suppresses more cells against an attacker who knows only what is published, and believes what follows from
/// it even where the data contradicts it; returns whether it suppressed any. `solutions` holds those found so
/// far, the true one first. They are tried before others are searched for, and new ones are appended.
fn protect_from_attacker(
    cells: &[ModelCell<'_>],
    suppressed: &mut Vec<bool>,
    solutions: &mut Vec<CellSolution>,
    policy: ProtectionPolicy<'_>,
) -> bool {
    if !has_cells_left(cells, suppressed) {
        return false;
    }
    let published: Vec<ModelCell<'_>> =
        cells.iter().zip(&*suppressed).map(|(cell, suppressed)| cell.as_published(*suppressed)).collect();
    let model = build_with_solution(&published, policy, solutions.first());
    let mut attacked = Suppression::new(&model, &published, suppressed, policy.protection_level);
    for solution in solutions.iter().filter_map(|solution| solution.in_model(&model)) {
        attacked.widen_moves(&solution);
    }
    attacked.exclude_large_counts();
    let disclosed = attacked.disclosed_counts();
    let (sensitive, others): (Vec<CountIndex>, Vec<CountIndex>) =
        disclosed.into_iter().partition(|count| attacked.is_sensitive(attacked.found_interval(*count)));
    attacked.excluded.extend(others);
    let has_changed = !sensitive.is_empty() && attacked.protect_counts();
    solutions.append(&mut attacked.solutions);
    *suppressed = attacked.suppressed;
    has_changed
}

/// A suppressed cell that is disclosed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DisclosedCell {
    /// The cell; for a remainder, the cell of its total.
    pub(super) cell: CellIndex,
    /// The feasibility interval of its count, in people.
    pub(super) interval: Interval,
}

/// The suppressed cells that an attacker can work out more closely than the protection level allows.
///
/// A larger count, suppressed only to protect others, is not itself sensitive.
pub(super) fn disclosed_cells(
    cells: &[ModelCell<'_>],
    suppressed: &[bool],
    policy: ProtectionPolicy<'_>,
) -> Vec<DisclosedCell> {
    let model = build(cells, policy);
    let mut suppression = Suppression::new(&model, cells, suppressed, policy.protection_level);
    suppression.exclude_large_counts();
    let disclosed = suppression.disclosed_counts();
    let intervals: BTreeMap<CountIndex, Interval> =
        disclosed.into_iter().map(|count| (count, suppression.found_interval(count))).collect();
    let mut found = Vec::new();
    let suppressed_counts = model.cells.iter().zip(suppressed).enumerate().filter(|(_, (_, is))| **is);
    for (i, (counts, _)) in suppressed_counts {
        let counts = counts.counted.into_iter().chain(counts.complement).chain(counts.base);
        let mut disclosed = counts.filter_map(|count| intervals.get(&count));
        let sensitive = disclosed.find(|interval| suppression.is_sensitive(**interval));
        found.extend(sensitive.map(|interval| DisclosedCell { cell: CellIndex(i), interval: *interval }));
    }
    for remainder in &model.remainders {
        if let (Some(interval), Some(cell)) = (intervals.get(&remainder.count), remainder.total) {
            found.push(DisclosedCell { cell, interval: *interval });
        }
    }
    found
}

impl Suppression<'_, '_, '_> {
    /// Whether a count with this feasibility interval could be sensitive.
    fn is_sensitive(&self, interval: Interval) -> bool {
        interval.low < self.protection_level - NEGLIGIBLE
    }

    /// Suppresses more cells until every count that must be protected is protected, where possible; returns
    /// whether it suppressed any.
    fn protect_counts(&mut self) -> bool {
        let mut has_changed = false;
        while has_cells_left(self.cells, &self.suppressed) {
            let open = self.open_counts();
            if open.is_empty() {
                break;
            }
            let batch = self.independent_counts(&open, usize::MAX);
            let solutions = self.search_batch(&batch);
            solutions.iter().for_each(|solution| self.record(solution));
            let open = self.still_open(&batch);
            if open.len() * 2 > batch.len() || batch.len() == 1 {
                has_changed |= self.suppress_for(&open[..open.len().min(BATCH_SIZE)]);
            }
        }
        has_changed
    }

    /// Suppresses the cells that keep counts from moving far enough; returns whether there were any. Counts
    /// that still cannot move are tried individually later, or excluded if that has already been done.
    fn suppress_for(&mut self, batch: &[CountIndex]) -> bool {
        let mut has_changed = false;
        for direction in [1.0, -1.0] {
            let targets = self.target_moves(batch, direction, None);
            if targets.is_empty() {
                continue;
            }
            let Some(solution) = self.cheapest_solution(&targets) else { continue };
            for CellIndex(cell) in &solution.contradicting_cells {
                self.suppressed[*cell] = true;
                has_changed = true;
            }
            // From here on, the published cells agree with this solution.
            self.record(&solution);
        }
        let failed = self.still_open(batch);
        if batch.len() == 1 {
            self.excluded.extend(failed)
        } else {
            self.failed_together.extend(failed)
        }
        has_changed
    }

    /// The solution with the cheapest suppression in which the target moves are made, or the farthest
    /// possible ones.
    fn cheapest_solution(&self, targets: &[TargetMove]) -> Option<AlternativeSolution> {
        let published = self.published();
        if let Some(solution) = self.search_relaxed(&published, targets, MoveGoal::Full) {
            return Some(solution);
        }
        let farthest = self.search_relaxed(&published, targets, MoveGoal::Farthest)?;
        let reached: Vec<TargetMove> =
            targets.iter().filter_map(|target| reached_move(*target, &farthest)).collect();
        if reached.is_empty() { None } else { self.search_relaxed(&published, &reached, MoveGoal::Full) }
    }

    fn search_relaxed(
        &self,
        published: &PublishedSystem<'_>,
        targets: &[TargetMove],
        goal: MoveGoal,
    ) -> Option<AlternativeSolution> {
        search(published, SearchRequest { targets, relaxation: Relaxation::CellCosts(&self.costs), goal })
    }
}

/// A target move, shortened to what a solution reaches; `None` if it does not move.
fn reached_move(target: TargetMove, solution: &AlternativeSolution) -> Option<TargetMove> {
    let by = solution.move_of(target.count) * target.by.signum();
    let by = by.min(target.by.abs()) * REACHED_SHARE;
    (by > NEGLIGIBLE).then_some(TargetMove { by: by * target.by.signum(), ..target })
}
