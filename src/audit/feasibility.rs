//! The feasibility intervals of counts in a component.
//!
//! A linear program moves many counts that share no constraint at once, each as far as its interval must be
//! wide. Two solutions that are far enough apart show for all of them that they are not disclosed. A count
//! that is still open is moved alone, first with only the counts near it while all others stay fixed, which
//! takes no longer for a large table than for a small one.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::components::{Component, MemberIndex};
use super::solutions::{ComponentConstraintIndex, MoveDirection, MoveTarget, MovedCount, SolutionSearch};
use statistics::linear_program::Interval;

/// The tolerance: people come in whole numbers, and a solution is more exact than this.
const SOLVER_ERROR: f64 = 5e-3;

/// The sizes of batches of counts moved at once, after a first batch of all that can.
const BATCH_SIZES: [usize; 2] = [16, 4];
/// How many counts near one may move with it: the sizes with fast results first.
const NEIGHBORHOOD_SIZES: [usize; 2] = [100, 500];
/// How many neighborhoods are searched in parallel, whatever the number of threads.
const PARALLEL_NEIGHBORHOODS: usize = 32;
/// How many batches are searched in parallel, whatever the number of threads.
const PARALLEL_BATCHES: usize = 4;

/// A request for the feasibility interval of a count.
#[derive(Debug, Clone, Copy)]
pub(super) struct IntervalRequest {
    pub(super) member: MemberIndex,
    /// An interval this wide need not be narrowed down further.
    pub(super) enough_width: f64,
    /// Nor does one that begins at or above this.
    pub(super) enough_low: f64,
}

/// A component that no counts satisfy.
#[derive(Debug)]
pub(super) struct Infeasible;

/// The feasibility intervals of the requested counts, in whole numbers; only part of an interval that is wide
/// enough.
///
/// # Errors
/// If no counts satisfy the component.
pub(super) fn feasibility_intervals(
    component: &Component,
    requests: &[IntervalRequest],
) -> Result<Vec<Interval>, Infeasible> {
    let mut search = SolutionSearch::new(component);
    let first = search.solution(&[]).ok_or(Infeasible)?;
    search.record(&first);
    search.start_from(&first);
    search_in_batches(&mut search, requests, usize::MAX);
    NEIGHBORHOOD_SIZES.iter().for_each(|size| search_nearby(&mut search, requests, *size));
    BATCH_SIZES.iter().for_each(|size| search_in_batches(&mut search, requests, *size));
    Ok(requests.iter().map(|request| interval(&mut search, request)).collect())
}

impl IntervalRequest {
    /// Whether the values found do not yet show that the interval is wide enough or begins high enough.
    fn is_open(&self, search: &SolutionSearch<'_>) -> bool {
        search.found(self.member).is_none_or(|found| {
            let found = whole_numbers(found);
            // An interval that reaches this high either begins at `enough_low` or is wide enough.
            found.high - found.low < self.enough_width && found.high < self.enough_low + self.enough_width
        })
    }

    /// A move in one direction, measured from the opposite end of the values found.
    fn target(&self, search: &SolutionSearch<'_>, direction: MoveDirection) -> MoveTarget {
        let found = search.found(self.member);
        let from = found.map_or(0.0, |found| direction.start(found));
        MoveTarget { member: self.member, direction, from, by: self.enough_width }
    }
}

fn open_requests(search: &SolutionSearch<'_>, requests: &[IntervalRequest]) -> Vec<IntervalRequest> {
    requests.iter().filter(|request| request.is_open(search)).copied().collect()
}

/// Searches for solutions in which many counts, at most `size` at once, are far from the values found so far.
fn search_in_batches(search: &mut SolutionSearch<'_>, requests: &[IntervalRequest], size: usize) {
    let mut untried = open_requests(search, requests);
    while untried.len() > 1 {
        let batches = batches(search, &untried, size);
        let solutions: Vec<Vec<MovedCount>> =
            batches.par_iter().flat_map_iter(|batch| batch_solutions(search, batch)).collect();
        solutions.iter().for_each(|solution| search.record(solution));
        let tried: BTreeSet<MemberIndex> = batches.iter().flatten().map(|request| request.member).collect();
        untried.retain(|request| request.is_open(search) && !tried.contains(&request.member));
    }
}

/// The batches of counts to search in parallel.
fn batches(search: &SolutionSearch<'_>, open: &[IntervalRequest], size: usize) -> Vec<Vec<IntervalRequest>> {
    let mut remaining = open.to_vec();
    let mut batches = Vec::new();
    while !remaining.is_empty() && batches.len() < PARALLEL_BATCHES {
        let batch = independent_requests(search, &remaining, size);
        remaining.retain(|request| batch.iter().all(|taken| taken.member != request.member));
        batches.push(batch);
    }
    batches
}

/// At most `size` of the counts, no two in the same constraint; always includes the first.
fn independent_requests(
    search: &SolutionSearch<'_>,
    open: &[IntervalRequest],
    size: usize,
) -> Vec<IntervalRequest> {
    let mut taken: BTreeSet<ComponentConstraintIndex> = BTreeSet::new();
    let mut batch = Vec::new();
    for request in open {
        if batch.len() == size {
            break;
        }
        let constraints = search.constraints_of(request.member);
        if constraints.iter().all(|constraint| !taken.contains(constraint)) {
            taken.extend(constraints);
            batch.push(*request);
        }
    }
    batch
}

/// Solutions in which the counts of a batch are far from the values found so far, up and down.
fn batch_solutions(search: &SolutionSearch<'_>, batch: &[IntervalRequest]) -> Vec<Vec<MovedCount>> {
    let mut solutions = Vec::new();
    for direction in [MoveDirection::Up, MoveDirection::Down] {
        let targets: Vec<MoveTarget> =
            batch.iter().map(|request| request.target(search, direction)).collect();
        solutions.extend(search.solution(&targets));
    }
    solutions
}

/// Searches for solutions in which one count is far from the values found so far and only about `size` counts
/// near it move.
fn search_nearby(search: &mut SolutionSearch<'_>, requests: &[IntervalRequest], size: usize) {
    let mut untried = open_requests(search, requests);
    while !untried.is_empty() {
        let later = untried.split_off(untried.len().min(PARALLEL_NEIGHBORHOODS));
        let solutions: Vec<Vec<MovedCount>> = untried
            .par_iter()
            .flat_map_iter(|request| search.extremes_nearby(request.member, size))
            .collect();
        solutions.iter().for_each(|solution| search.record(solution));
        untried = later;
        untried.retain(|request| request.is_open(search));
    }
}

/// The feasibility interval of one count, as exact as requested.
fn interval(search: &mut SolutionSearch<'_>, request: &IntervalRequest) -> Interval {
    let bounds = search.bounds(request.member);
    let mut interval = bounds;
    for end in [MoveDirection::Down, MoveDirection::Up] {
        if !request.is_open(search) {
            return search.found(request.member).map_or(bounds, whole_numbers);
        }
        if interval.low >= request.enough_low {
            break;
        }
        let Some(solution) = search.extreme(request.member, end) else { continue };
        let Some(value) = solution.iter().find(|moved| moved.member == request.member) else { continue };
        match end {
            MoveDirection::Down => interval.low = interval.low.max(value.to),
            MoveDirection::Up => interval.high = interval.high.min(value.to),
        }
        search.record(&solution);
    }
    whole_numbers(interval)
}

/// The whole numbers in an interval that is known to the solver's precision.
fn whole_numbers(interval: Interval) -> Interval {
    Interval { low: (interval.low - SOLVER_ERROR).ceil(), high: (interval.high + SOLVER_ERROR).floor() }
}
