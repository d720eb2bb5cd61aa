//! Linear programs, solved by an interior-point method (`clarabel`).
//!
//! Minimize Σ cost · x subject to low ≤ x ≤ high for each variable and low ≤ Σ weight · x ≤ high for each constraint. Of several optima
//! the solver finds one in the middle of them, which suits disclosure control: one state that moves many counts at once.
//! Exact to about 1e-6 of a person; the same bits on every machine and for every number of threads.
//!
//! Degenerate: a program without variables has the empty solution; one that is infeasible or unbounded has none.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, SupportedConeT,
    ZeroConeT,
};

/// A variable of a program, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable(usize);

/// An interval; its ends may be infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
}

impl Interval {
    /// Any value at all.
    pub const ANY: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// Nothing but one value.
    pub const fn exactly(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// Anything from one value up.
    pub const fn at_least(low: f64) -> Self {
        Self { low, high: f64::INFINITY }
    }

    /// Anything up to one value.
    pub const fn at_most(high: f64) -> Self {
        Self { low: f64::NEG_INFINITY, high }
    }

    /// How far its ends are apart.
    pub const fn width(self) -> f64 {
        self.high - self.low
    }
}

/// A linear program to be minimized.
#[derive(Debug, Default)]
pub struct LinearProgram {
    costs: Vec<f64>,
    /// What half the square of each variable costs.
    square_costs: Vec<f64>,
    equalities: Rows,
    inequalities: Rows,
}

/// What half the square of a variable costs, as a fraction of what the variable costs.
const SQUARE: f64 = 1e-6;

/// Rows Σ weight · x = side, or ≤ side.
#[derive(Debug, Default)]
struct Rows {
    sides: Vec<f64>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    weights: Vec<f64>,
}

impl Rows {
    fn push(&mut self, terms: &[(Variable, f64)], sign: f64, side: f64) {
        let row = self.sides.len();
        for (Variable(column), weight) in terms {
            self.rows.push(row);
            self.columns.push(*column);
            self.weights.push(sign * weight);
        }
        self.sides.push(side);
    }
}

impl LinearProgram {
    /// Adds a variable.
    pub fn variable(&mut self, cost: f64, bounds: Interval) -> Variable {
        let variable = Variable(self.costs.len());
        self.costs.push(cost);
        self.square_costs.push(0.0);
        self.constrain(&[(variable, 1.0)], bounds);
        variable
    }

    /// Adds a variable that costs `cost` for each 1 that it is from 0, up or down; returns it and its distance from 0.
    pub fn size_variable(&mut self, cost: f64, bounds: Interval) -> (Variable, Variable) {
        let value = self.idle_variable(0.0, cost * SQUARE, bounds);
        let size = self.variable(cost, Interval::ANY);
        self.constrain(&[(size, 1.0), (value, -1.0)], Interval::at_least(0.0));
        self.constrain(&[(size, 1.0), (value, 1.0)], Interval::at_least(0.0));
        (value, size)
    }

    /// Adds a variable that costs next to nothing beyond `cost`, so much times half its square: it keeps the solver from losing
    /// its way.
    pub fn idle_variable(&mut self, cost: f64, square_cost: f64, bounds: Interval) -> Variable {
        let variable = self.variable(cost, bounds);
        self.square_costs[variable.0] = square_cost;
        variable
    }

    /// Adds a constraint; of a variable that stands in it more than once the weights add up.
    pub fn constrain(&mut self, terms: &[(Variable, f64)], bounds: Interval) {
        if bounds.low == bounds.high {
            self.equalities.push(terms, 1.0, bounds.low);
            return;
        }
        if bounds.low.is_finite() {
            self.inequalities.push(terms, -1.0, -bounds.low);
        }
        if bounds.high.is_finite() {
            self.inequalities.push(terms, 1.0, bounds.high);
        }
    }

    /// The variables of an optimum, by their positions; `None` where there is none.
    pub fn minimize(&self) -> Option<Solution> {
        let (equal, unequal) = (self.equalities.sides.len(), self.inequalities.sides.len());
        let (rows, columns) = (equal + unequal, self.costs.len());
        if columns == 0 {
            return Some(Solution(Vec::new()));
        }
        let lower = self.inequalities.rows.iter().map(|row| row + equal);
        let matrix = CscMatrix::new_from_triplets(
            rows,
            columns,
            self.equalities.rows.iter().copied().chain(lower).collect(),
            [self.equalities.columns.as_slice(), &self.inequalities.columns].concat(),
            [self.equalities.weights.as_slice(), &self.inequalities.weights].concat(),
        );
        let sides = [self.equalities.sides.as_slice(), &self.inequalities.sides].concat();
        let cones: [SupportedConeT<f64>; 2] = [ZeroConeT(equal), NonnegativeConeT(unequal)];
        let settings = DefaultSettingsBuilder::default()
            .verbose(false)
            .max_threads(1)
            .tol_gap_abs(1e-5)
            .tol_gap_rel(1e-6)
            // Ten times the default: with less, the solver fails numerically on programs with many equally good solutions.
            .static_regularization_constant(1e-7)
            .build()
            .ok()?;
        let all: Vec<usize> = (0..columns).collect();
        let squares =
            CscMatrix::new_from_triplets(columns, columns, all.clone(), all, self.square_costs.clone());
        let mut solver = DefaultSolver::new(&squares, &self.costs, &matrix, &sides, &cones, settings).ok()?;
        solver.solve();
        let is_solved = matches!(solver.solution.status, SolverStatus::Solved | SolverStatus::AlmostSolved);
        is_solved.then(|| Solution(std::mem::take(&mut solver.solution.x)))
    }
}

/// The variables of an optimum.
#[derive(Debug)]
pub struct Solution(Vec<f64>);

impl std::ops::Index<Variable> for Solution {
    type Output = f64;

    fn index(&self, Variable(at): Variable) -> &f64 {
        &self.0[at]
    }
}
