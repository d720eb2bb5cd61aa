//! Linear programs, solved by an interior-point method (`clarabel`).
//!
//! Minimizes Σ cost · x subject to low ≤ x ≤ high for each variable and low ≤ Σ weight · x ≤ high for each
//! constraint. If there are several optima, the solver finds one in the middle of them. That suits disclosure
//! control: one solution moves many counts at once. Accurate to about 1e-6 of a person; the bits are the same
//! on every machine and for any number of threads.
//!
//! Degenerate: a program without variables has the empty solution; one that is infeasible or unbounded has none.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettings, DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus,
    SupportedConeT, ZeroConeT,
};

/// A variable of a program, by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable(usize);

/// An interval, possibly with infinite ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// All numbers.
    pub const ANY: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// A single value.
    pub const fn exactly(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// All values ≥ `low`.
    pub const fn at_least(low: f64) -> Self {
        Self { low, high: f64::INFINITY }
    }

    /// All values ≤ `high`.
    pub const fn at_most(high: f64) -> Self {
        Self { low: f64::NEG_INFINITY, high }
    }

    /// The difference between its ends.
    #[must_use]
    pub const fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether it contains exactly one value.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }

    /// Its only value; `None` if it contains more than one.
    #[must_use]
    pub fn exact_value(self) -> Option<f64> {
        self.is_exact().then_some(self.low)
    }

    /// All values from −`most` to `most`.
    #[must_use]
    pub const fn symmetric(most: f64) -> Self {
        Self { low: -most, high: most }
    }

    /// The interval of x + y for x in this one and y in the other.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// The interval of x − `value` for x in this one.
    #[must_use]
    pub const fn minus(self, value: f64) -> Self {
        Self { low: self.low - value, high: self.high - value }
    }

    /// The smallest interval that contains this one and a value.
    #[must_use]
    pub const fn including(self, value: f64) -> Self {
        Self { low: self.low.min(value), high: self.high.max(value) }
    }
}

/// A linear program to be minimized.
#[derive(Debug, Default)]
pub struct LinearProgram {
    costs: Vec<f64>,
    /// The coefficient of half the square of each variable.
    square_costs: Vec<f64>,
    equalities: SparseRows,
    inequalities: SparseRows,
}

/// The coefficient of half the square of a variable, as a fraction of its cost.
const SQUARE: f64 = 1e-6;

/// Rows Σ weight · x = side or Σ weight · x ≤ side, as triplets.
#[derive(Debug, Default)]
struct SparseRows {
    sides: Vec<f64>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    weights: Vec<f64>,
}

/// A variable and its absolute value.
#[derive(Debug, Clone, Copy)]
pub struct AbsoluteVariable {
    /// The variable itself.
    pub value: Variable,
    /// A variable that is at least its absolute value, and equals it in an optimum.
    pub magnitude: Variable,
}

impl SparseRows {
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
    /// Adds a variable with its cost per unit.
    pub fn add_variable(&mut self, cost: f64, bounds: Interval) -> Variable {
        let variable = Variable(self.costs.len());
        self.costs.push(cost);
        self.square_costs.push(0.0);
        self.add_constraint(&[(variable, 1.0)], bounds);
        variable
    }

    /// Adds a variable whose absolute value costs `cost` per unit.
    pub fn add_absolute_variable(&mut self, cost: f64, bounds: Interval) -> AbsoluteVariable {
        let value = self.add_regularized_variable(0.0, cost * SQUARE, bounds);
        let magnitude = self.add_variable(cost, Interval::ANY);
        self.add_constraint(&[(magnitude, 1.0), (value, -1.0)], Interval::at_least(0.0));
        self.add_constraint(&[(magnitude, 1.0), (value, 1.0)], Interval::at_least(0.0));
        AbsoluteVariable { value, magnitude }
    }

    /// Adds a variable that costs `cost` per unit and, in addition, `square_cost` times half its square. A tiny `square_cost`
    /// keeps the solver numerically stable where many solutions are equally good.
    pub fn add_regularized_variable(&mut self, cost: f64, square_cost: f64, bounds: Interval) -> Variable {
        let variable = self.add_variable(cost, bounds);
        self.square_costs[variable.0] = square_cost;
        variable
    }

    /// Adds a constraint on Σ weight · variable. The weights of a variable that occurs more than once add up.
    pub fn add_constraint(&mut self, terms: &[(Variable, f64)], bounds: Interval) {
        if bounds.is_exact() {
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

    /// Solves the program; `None` if it is infeasible or unbounded, or if the solver fails.
    #[must_use]
    pub fn minimize(&self) -> Option<Solution> {
        if self.costs.is_empty() {
            return Some(Solution(Vec::new()));
        }
        let sides = [self.equalities.sides.as_slice(), &self.inequalities.sides].concat();
        let cones: [SupportedConeT<f64>; 2] =
            [ZeroConeT(self.equalities.sides.len()), NonnegativeConeT(self.inequalities.sides.len())];
        let (squares, matrix) = (self.square_matrix(), self.constraint_matrix());
        let mut solver =
            DefaultSolver::new(&squares, &self.costs, &matrix, &sides, &cones, settings()?).ok()?;
        solver.solve();
        let is_solved = matches!(solver.solution.status, SolverStatus::Solved | SolverStatus::AlmostSolved);
        is_solved.then(|| Solution(std::mem::take(&mut solver.solution.x)))
    }

    /// The weights of all constraints: equalities first, inequalities below them.
    fn constraint_matrix(&self) -> CscMatrix<f64> {
        let equalities = self.equalities.sides.len();
        let lower_rows = self.inequalities.rows.iter().map(|row| row + equalities);
        CscMatrix::new_from_triplets(
            equalities + self.inequalities.sides.len(),
            self.costs.len(),
            self.equalities.rows.iter().copied().chain(lower_rows).collect(),
            [self.equalities.columns.as_slice(), &self.inequalities.columns].concat(),
            [self.equalities.weights.as_slice(), &self.inequalities.weights].concat(),
        )
    }

    /// The coefficients of half the squares, on the diagonal.
    fn square_matrix(&self) -> CscMatrix<f64> {
        let columns = self.costs.len();
        let diagonal: Vec<usize> = (0..columns).collect();
        CscMatrix::new_from_triplets(columns, columns, diagonal.clone(), diagonal, self.square_costs.clone())
    }
}

fn settings() -> Option<DefaultSettings<f64>> {
    DefaultSettingsBuilder::default()
        .verbose(false)
        .max_threads(1)
        .tol_gap_abs(1e-5)
        .tol_gap_rel(1e-6)
        // Ten times the default: with less, the solver fails numerically on programs that have many equally
        // good solutions.
        .static_regularization_constant(1e-7)
        .build()
        .ok()
}

/// The values of the variables in an optimum.
#[derive(Debug)]
pub struct Solution(Vec<f64>);

impl std::ops::Index<Variable> for Solution {
    type Output = f64;

    fn index(&self, Variable(at): Variable) -> &f64 {
        &self.0[at]
    }
}
