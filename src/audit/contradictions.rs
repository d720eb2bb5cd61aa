//! Drops assumptions of the attacker that the tables contradict.
//!
//! An elastic program: every constraint may be violated, at a cost that depends on how sure the attacker is
//! of it, and the cheapest solution is taken. The most violated constraint is dropped, along with others that
//! share no count with it.

use std::collections::BTreeSet;

use super::narrowing::narrowed_bounds;
use super::system::{AttackerSystem, SystemConstraint, SystemConstraintIndex, Trust, UnknownCount};
use statistics::linear_program::{Interval, LinearProgram, Solution, Variable};

/// The cost of violating a constraint by one person.
const fn violation_cost(trust: Trust) -> f64 {
    match trust {
        Trust::Earlier => 1.0,
        Trust::Assumed => 4.0,
        Trust::Certain => 40.0,
    }
}

/// The cost of half the squared count: tiny, only to make the solution stable.
const SQUARE_COST: f64 = 1e-7;
/// A constraint violated by less than this, in people, counts as satisfied.
const LEAST_VIOLATION: f64 = 0.02;
/// More people than any district has.
const MOST_PEOPLE: f64 = 1e6;
/// Violations are compared in units of 1 / this, in people.
const VIOLATION_UNITS: f64 = 20.0;

/// The bounds of a system without contradictions, as far as interval arithmetic can find contradictions.
#[derive(Debug)]
pub(super) struct ConsistentBounds {
    /// The bounds of each count.
    pub(super) bounds: Vec<Interval>,
    /// Whether anything that another pack published had to be dropped, which means that it was revised.
    pub(super) is_revised: bool,
}

/// Drops contradicted constraints until interval arithmetic finds no contradiction.
pub(super) fn drop_contradicted(system: &mut AttackerSystem) -> ConsistentBounds {
    let mut is_revised = false;
    loop {
        match narrowed_bounds(system) {
            Ok(bounds) => return ConsistentBounds { bounds, is_revised },
            Err(contradiction) => is_revised |= drop_near(system, contradiction.constraint),
        }
    }
}

/// Drops as little as possible so that the constraints connected with this one hold; returns whether that
/// includes a figure of another pack.
fn drop_near(system: &mut AttackerSystem, found_at: SystemConstraintIndex) -> bool {
    let mut connected = connected_constraints(system, found_at);
    // If the solver finds no violation, the constraint where the contradiction was found is dropped; it comes
    // first.
    connected.retain(|index| *index != found_at);
    connected.insert(0, found_at);
    let bounds: Vec<Interval> =
        (0..system.len()).map(|count| stated_or_any(system, UnknownCount(count))).collect();
    drop_least(system, &connected, &bounds)
}

/// The value of a stated count, or any number of people.
fn stated_or_any(system: &AttackerSystem, count: UnknownCount) -> Interval {
    let stated = system.stated(count);
    if stated.is_exact() { stated } else { Interval { low: 0.0, high: MOST_PEOPLE } }
}

/// Drops as few of the constraints as possible so that the rest hold together for counts within bounds;
/// returns whether that includes a figure of another pack.
pub(super) fn drop_least(
    system: &mut AttackerSystem,
    constraints: &[SystemConstraintIndex],
    bounds: &[Interval],
) -> bool {
    let mut dropped = most_violated(system, constraints, bounds);
    if dropped.is_empty() {
        // The solver finds no violation, so the first of the contradicting constraints is dropped.
        dropped.extend(constraints.first());
    }
    let is_revised = dropped.iter().any(|index| system.constraint(*index).trust == Trust::Earlier);
    dropped.into_iter().for_each(|index| system.drop_constraint(index));
    is_revised
}

/// The constraints most violated in the cheapest solution, no two of which share a count.
fn most_violated(
    system: &AttackerSystem,
    constraints: &[SystemConstraintIndex],
    bounds: &[Interval],
) -> Vec<SystemConstraintIndex> {
    let mut chosen = Vec::new();
    let mut touched: BTreeSet<UnknownCount> = BTreeSet::new();
    for violation in least_violations(system, constraints, bounds) {
        let counts: Vec<UnknownCount> =
            system.constraint(violation.constraint).terms.iter().map(|(count, _)| *count).collect();
        if violation.by > LEAST_VIOLATION && counts.iter().all(|count| !touched.contains(count)) {
            touched.extend(counts);
            chosen.push(violation.constraint);
        }
    }
    chosen
}

/// The constraints connected to one through counts that are not stated.
fn connected_constraints(
    system: &AttackerSystem,
    start: SystemConstraintIndex,
) -> Vec<SystemConstraintIndex> {
    let constraints_of = system.constraints_by_count();
    let mut found = BTreeSet::from([start]);
    let mut pending = vec![start];
    while let Some(index) = pending.pop() {
        for (count, _) in &system.constraint(index).terms {
            if !system.stated(*count).is_exact() {
                pending.extend(constraints_of[count.0].iter().filter(|other| found.insert(**other)));
            }
        }
    }
    found.into_iter().collect()
}

/// By how much a constraint is violated.
#[derive(Debug, Clone, Copy)]
struct Violation {
    constraint: SystemConstraintIndex,
    /// In people.
    by: f64,
}

impl Violation {
    /// The rounded violation: nearly equal ones are ordered by index, so that the solver does not determine
    /// the choice.
    fn rounded(self) -> f64 {
        (self.by * VIOLATION_UNITS).round()
    }
}

/// The violations of constraints in the cheapest solution, largest first.
fn least_violations(
    system: &AttackerSystem,
    constraints: &[SystemConstraintIndex],
    bounds: &[Interval],
) -> Vec<Violation> {
    let mut elastic = ElasticProgram::new(bounds);
    for index in constraints {
        elastic.add_constraint(*index, system.constraint(*index));
    }
    let Some(solution) = elastic.program.minimize() else { return Vec::new() };
    let mut violations: Vec<Violation> =
        elastic.slacks.iter().map(|slack| slack.violation(&solution)).collect();
    violations.sort_by(|a, b| b.rounded().total_cmp(&a.rounded()).then(a.constraint.cmp(&b.constraint)));
    violations
}

/// The variables by which a constraint may be violated.
struct Slack {
    constraint: SystemConstraintIndex,
    above: Variable,
    below: Variable,
}

impl Slack {
    fn violation(&self, solution: &Solution) -> Violation {
        Violation { constraint: self.constraint, by: solution[self.above].max(solution[self.below]) }
    }
}

/// A linear program in which every constraint may be violated at a cost.
struct ElasticProgram<'a> {
    program: LinearProgram,
    bounds: &'a [Interval],
    /// The variable of each count that has one.
    variables: Vec<Option<Variable>>,
    slacks: Vec<Slack>,
}

impl<'a> ElasticProgram<'a> {
    fn new(bounds: &'a [Interval]) -> Self {
        let variables = vec![None; bounds.len()];
        Self { program: LinearProgram::default(), bounds, variables, slacks: Vec::new() }
    }

    fn add_constraint(&mut self, index: SystemConstraintIndex, constraint: &SystemConstraint) {
        let (cost, bounds) = (violation_cost(constraint.trust), Interval { low: 0.0, high: MOST_PEOPLE });
        let above = self.program.add_variable(cost, bounds);
        let below = self.program.add_variable(cost, bounds);
        let (mut terms, constant) = self.open_terms(constraint);
        terms.extend([(above, 1.0), (below, -1.0)]);
        self.program.add_constraint(&terms, constraint.bounds.minus(constant));
        self.slacks.push(Slack { constraint: index, above, below });
    }

    /// The terms of a constraint whose counts are not known, and the sum of the known ones.
    fn open_terms(&mut self, constraint: &SystemConstraint) -> (Vec<(Variable, f64)>, f64) {
        let (mut terms, mut constant) = (Vec::new(), 0.0);
        for (count, weight) in &constraint.terms {
            let bounds = self.bounds[count.0];
            if bounds.is_exact() && constraint.terms.len() > 1 {
                constant += weight * bounds.low;
            } else {
                terms.push((self.variable(*count), *weight));
            }
        }
        (terms, constant)
    }

    fn variable(&mut self, UnknownCount(count): UnknownCount) -> Variable {
        let Self { program, bounds, variables, .. } = self;
        *variables[count]
            .get_or_insert_with(|| program.add_regularized_variable(0.0, SQUARE_COST, bounds[count]))
    }
}
