//! The linear programs over what is known of withheld amounts (simplex: `microlp`).
//!
//! Amounts are anything from 0 up. Degenerate: an amount without upper end is as large as infinity; where relations contradict each
//! other there is no solution, unless they may give way.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::bounds::{NEAR, Relation, Span};

/// A linear program over relations, each of which may give way where asked.
pub(super) struct Program {
    problem: Problem,
    variables: BTreeMap<usize, Variable>,
    gives: Vec<Variable>,
}

impl Program {
    /// The program of making an amount as small or large as it can be; without one, of giving way as little as can be.
    fn new(
        direction: OptimizationDirection,
        target: Option<usize>,
        relations: &[Relation],
        gives_way: bool,
    ) -> Self {
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
        let mut gives = Vec::new();
        for relation in relations {
            let mut terms: Vec<(Variable, f64)> = Vec::new();
            for (at, weight) in &relation.terms {
                let cost = f64::from(u8::from(target == Some(*at)));
                let new = || problem.add_var(cost, (0.0, f64::INFINITY));
                terms.push((*variables.entry(*at).or_insert_with(new), *weight));
            }
            if gives_way {
                let cost = f64::from(u8::from(target.is_none()));
                for weight in [1.0, -1.0] {
                    let give = problem.add_var(cost, (0.0, f64::INFINITY));
                    terms.push((give, weight));
                    gives.push(give);
                }
            }
            if relation.from == relation.to {
                problem.add_constraint(&terms, ComparisonOp::Eq, relation.from);
                continue;
            }
            if relation.from.is_finite() {
                problem.add_constraint(&terms, ComparisonOp::Ge, relation.from);
            }
            if relation.to.is_finite() {
                problem.add_constraint(&terms, ComparisonOp::Le, relation.to);
            }
        }
        Self { problem, variables, gives }
    }

    /// The program of making an amount as small or as large as it can be, under relations that give way by `slack` in all; `None`
    /// where it is in none of them.
    pub(super) fn end(
        direction: OptimizationDirection,
        at: usize,
        relations: &[Relation],
        slack: f64,
    ) -> Option<Self> {
        let mut program = Self::new(direction, Some(at), relations, slack > 0.0);
        program.variables.get(&at)?;
        if slack > 0.0 {
            let mut all = LinearExpr::empty();
            program.gives.iter().for_each(|give| all.add(*give, 1.0));
            program.problem.add_constraint(all, ComparisonOp::Le, slack + NEAR);
        }
        Some(program)
    }

    /// The program of making each of some amounts as much more than the least seen of it as is wanted; where nothing was seen yet,
    /// of making all as small as can be.
    pub(super) fn up(relations: &[Relation], wanted: &[(usize, f64)], seen: &[Option<Span>]) -> Self {
        let mut program = Self::new(OptimizationDirection::Maximize, None, relations, false);
        for (at, least) in wanted {
            let Some(amount) = program.variables.get(at) else { continue };
            let (sign, most) = seen[*at].map_or((-1.0, 0.0), |(low, _)| (1.0, low + least));
            let gain = program.problem.add_var(1.0, (f64::NEG_INFINITY, most));
            program.problem.add_constraint([(gain, 1.0), (*amount, -sign)], ComparisonOp::Le, 0.0);
        }
        program
    }

    /// What it comes to, with the amounts of a state in which it does.
    pub(super) fn solve(&self) -> Option<(f64, Vec<(usize, f64)>)> {
        match self.problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => {
                let values = self.variables.iter().map(|(at, variable)| (*at, solution[*variable])).collect();
                Some((solution.objective(), values))
            }
            Err(microlp::Error::Unbounded) => Some((f64::INFINITY, Vec::new())),
            _ => None,
        }
    }
}

/// By how much relations must give way in all so as not to contradict each other.
pub(super) fn least_slack(relations: &[Relation]) -> Option<f64> {
    Program::new(OptimizationDirection::Minimize, None, relations, true)
        .solve()
        .map(|(slack, _)| slack.max(NEAR))
}
