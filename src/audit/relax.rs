//! Which of what a reader takes for granted is given up where the tables contradict it.
//!
//! An elastic program: every constraint may be missed, at a price by how sure a reader is of it, and the cheapest way is taken.
//! What is missed by most is given up; others that share no unknown with it go at the same time.

use std::collections::BTreeSet;

use super::system::{Constraint, System, Trust, Unknown};
use statistics::linear_program::{Interval, LinearProgram, Variable};

/// What it costs to miss a constraint by one person.
const fn price(trust: Trust) -> f64 {
    match trust {
        Trust::Earlier => 1.0,
        Trust::Assumed => 4.0,
        Trust::Certain => 40.0,
    }
}

/// What it costs to move a count, times half its square: next to nothing.
const FAR: f64 = 1e-7;
/// A constraint that is missed by less holds.
const HOLDS: f64 = 0.02;
/// More people than any program has to reckon with.
const MANY: f64 = 1e6;

/// A system without contradictions, as far as interval arithmetic finds them.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) bounds: Vec<Interval>,
    /// Whether anything that another pack shows was given up.
    pub(super) is_revised: bool,
}

/// Gives up what contradicts itself, until nothing does.
pub(super) fn settle(system: &mut System) -> Settled {
    let mut is_revised = false;
    loop {
        match system.narrowed() {
            Ok(bounds) => return Settled { bounds, is_revised },
            Err(contradiction) => is_revised |= relax(system, contradiction.constraint),
        }
    }
}

/// Gives up the least that makes the constraints around this one hold. Whether another pack's figure is among it.
fn relax(system: &mut System, around: usize) -> bool {
    let mut near = connected(system, around);
    // Where the solver finds no fault, the constraint at which it was seen is the one to go.
    near.retain(|at| *at != around);
    near.insert(0, around);
    let all = (0..system.len()).map(|at| system.shown(Unknown(at)));
    let is_shown = |own: &Interval| own.low == own.high;
    let everybody = Interval { low: 0.0, high: MANY };
    let everybody: Vec<Interval> = all.map(|own| if is_shown(&own) { own } else { everybody }).collect();
    give_way(system, &near, &everybody)
}

/// Gives up the least of these constraints that makes them hold together, for unknowns within bounds. Whether another pack's
/// figure is among it.
pub(super) fn give_way(system: &mut System, near: &[usize], within: &[Interval]) -> bool {
    let missed = missed(system, near, within);
    let mut given_up: Vec<usize> = Vec::new();
    let mut touched: BTreeSet<Unknown> = BTreeSet::new();
    for (constraint, by) in missed {
        let unknowns = system.constraints()[constraint].terms.iter().map(|(unknown, _)| *unknown);
        let unknowns: Vec<Unknown> = unknowns.collect();
        if by > HOLDS && unknowns.iter().all(|unknown| !touched.contains(unknown)) {
            touched.extend(unknowns);
            given_up.push(constraint);
        }
    }
    if given_up.is_empty() {
        // The solver finds no fault: the first of what does not hold together is the one to go.
        given_up.extend(near.first());
    }
    let is_earlier = |at: &usize| system.constraints()[*at].trust == Trust::Earlier;
    let is_revised = given_up.iter().any(is_earlier);
    given_up.into_iter().for_each(|constraint| system.give_up(constraint));
    is_revised
}

/// The constraints that hang together with one by unknowns that are not shown.
fn connected(system: &System, start: usize) -> Vec<usize> {
    let mut touching: Vec<Vec<usize>> = vec![Vec::new(); system.len()];
    for (i, constraint) in system.constraints().iter().enumerate() {
        constraint.terms.iter().for_each(|(Unknown(at), _)| touching[*at].push(i));
    }
    let mut found = BTreeSet::from([start]);
    let mut next = vec![start];
    while let Some(at) = next.pop() {
        for (unknown, _) in &system.constraints()[at].terms {
            let shown = system.shown(*unknown);
            if shown.low == shown.high {
                continue;
            }
            next.extend(touching[unknown.0].iter().filter(|other| found.insert(**other)));
        }
    }
    found.into_iter().collect()
}

/// By how many people each constraint is missed at the least price, from the most.
fn missed(system: &System, near: &[usize], within: &[Interval]) -> Vec<(usize, f64)> {
    let mut program = LinearProgram::default();
    let mut variables: Vec<Option<Variable>> = vec![None; system.len()];
    let mut slacks: Vec<(usize, Variable, Variable)> = Vec::new();
    for at in near {
        let constraint = &system.constraints()[*at];
        let cost = price(constraint.trust);
        let slack =
            |program: &mut LinearProgram| program.add_variable(cost, Interval { low: 0.0, high: MANY });
        let (more, less) = (slack(&mut program), slack(&mut program));
        let (terms, constant) = terms(within, constraint, &mut program, &mut variables);
        let terms: Vec<(Variable, f64)> = terms.into_iter().chain([(more, 1.0), (less, -1.0)]).collect();
        let bounds =
            Interval { low: constraint.bounds.low - constant, high: constraint.bounds.high - constant };
        program.add_constraint(&terms, bounds);
        slacks.push((*at, more, less));
    }
    let Some(solution) = program.minimize() else { return Vec::new() };
    let by = |(at, more, less): &(usize, Variable, Variable)| (*at, solution[*more].max(solution[*less]));
    let mut missed: Vec<(usize, f64)> = slacks.iter().map(by).collect();
    // Nearly equal ones by their order, so that the choice is not the solver's.
    missed.sort_by(|a, b| (b.1 * 20.0).round().total_cmp(&(a.1 * 20.0).round()).then(a.0.cmp(&b.0)));
    missed
}

/// The terms of a constraint whose unknowns are not known, and what the others come to.
fn terms(
    within: &[Interval],
    constraint: &Constraint,
    program: &mut LinearProgram,
    variables: &mut [Option<Variable>],
) -> (Vec<(Variable, f64)>, f64) {
    let (mut terms, mut constant) = (Vec::new(), 0.0);
    for (unknown, weight) in &constraint.terms {
        let own = within[unknown.0];
        if own.low == own.high && constraint.terms.len() > 1 {
            constant += weight * own.low;
            continue;
        }
        let variable =
            *variables[unknown.0].get_or_insert_with(|| program.add_regularized_variable(0.0, FAR, own));
        terms.push((variable, *weight));
    }
    (terms, constant)
}
