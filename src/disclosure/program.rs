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
    /// The program of making an amount, if there is one, as small or large as it can be, under relations each of which may give
    /// way at some cost, if there is one.
    fn new(
        direction: OptimizationDirection,
        target: Option<usize>,
        relations: &[Relation],
        give_way: Option<f64>,
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
            if let Some(cost) = give_way {
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

    /// The same, under relations that give way by `slack` in all.
    fn under(
        direction: OptimizationDirection,
        target: Option<usize>,
        relations: &[Relation],
        slack: f64,
    ) -> Self {
        if slack == 0.0 {
            return Self::new(direction, target, relations, None);
        }
        let mut program = Self::new(direction, target, relations, Some(0.0));
        let mut all = LinearExpr::empty();
        program.gives.iter().for_each(|give| all.add(*give, 1.0));
        program.problem.add_constraint(all, ComparisonOp::Le, slack + NEAR);
        program
    }

    /// The program of making an amount as small or as large as it can be; `None` where it is in no relation.
    pub(super) fn end(
        direction: OptimizationDirection,
        at: usize,
        relations: &[Relation],
        slack: f64,
    ) -> Option<Self> {
        let program = Self::under(direction, Some(at), relations, slack);
        program.variables.contains_key(&at).then_some(program)
    }

    /// The program of making each of some amounts as much more than the least seen of it as is wanted, or as much less than the
    /// most; where nothing was seen yet, of making all as small as can be.
    pub(super) fn apart(
        direction: OptimizationDirection,
        relations: &[Relation],
        slack: f64,
        wanted: &[(usize, f64)],
        seen: &[Option<Span>],
    ) -> Self {
        let mut program = Self::under(OptimizationDirection::Maximize, None, relations, slack);
        for (at, least) in wanted {
            let Some(amount) = program.variables.get(at) else { continue };
            let (sign, most) = match (seen[*at], direction) {
                (None, _) => (-1.0, 0.0),
                (Some((low, _)), OptimizationDirection::Maximize) => (1.0, low + least),
                (Some((_, high)), OptimizationDirection::Minimize) => (-1.0, least - high),
            };
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
    Program::new(OptimizationDirection::Minimize, None, relations, Some(1.0))
        .solve()
        .map(|(slack, _)| slack.max(NEAR))
}
