//! What can be worked out of withheld amounts, from those that are shown and from how they add up.
//!
//! Every withheld amount is taken to be anything from 0 up. First each line (a total and its parts) narrows the range of
//! its members by the ranges of the others, until nothing changes. Where lines cross in withheld amounts (groups and grades of
//! one table) that finds too wide a range; there the least and the most are the solutions of two linear programs
//! (simplex: `microlp`) under all lines at once. (Methods 10.4.)
//!
//! Degenerate: an amount in no line has no upper end. Where a program has no solution, which only rounding can cause, the
//! ranges of the first step stand.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

/// A total and its parts, by their positions among the amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Position of the total.
    pub(super) total: usize,
    /// Positions of the parts.
    pub(super) parts: Vec<usize>,
}

impl Line {
    pub(super) fn members(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().copied().chain([self.total])
    }

    /// What the withheld members must come to, as the true amounts have it.
    pub(super) fn true_equation(&self, amounts: &[f64], hidden: &[bool]) -> Equation {
        let mut equation = self.equation(hidden);
        let parts: f64 = equation.parts.iter().map(|part| amounts[*part]).sum();
        equation.side = parts - equation.total.map_or(0.0, |total| amounts[total]);
        equation
    }

    /// What the withheld members must come to, as the shown amounts have it.
    pub(super) fn shown_equation(&self, amounts: &[f64], hidden: &[bool]) -> Equation {
        let mut equation = self.equation(hidden);
        let shown: f64 = self.parts.iter().filter(|part| !hidden[**part]).map(|part| amounts[*part]).sum();
        equation.side = if hidden[self.total] { -shown } else { amounts[self.total] - shown };
        equation
    }

    fn equation(&self, hidden: &[bool]) -> Equation {
        let parts = self.parts.iter().copied().filter(|part| hidden[*part]).collect();
        Equation { parts, total: Some(self.total).filter(|total| hidden[*total]), side: 0.0 }
    }
}

/// What is known of withheld amounts: parts − total = side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Equation {
    /// Withheld parts of a line.
    parts: Vec<usize>,
    /// Its total, where that is withheld.
    total: Option<usize>,
    /// What these come to.
    pub(super) side: f64,
}

impl Equation {
    fn members(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.parts.iter().map(|part| (*part, 1.0)).chain(self.total.map(|total| (total, -1.0)))
    }
}

/// The least and the most that an amount can be.
pub(super) type Span = (f64, f64);

/// Passes after which narrowing stops; a table needs a few.
const PASSES: usize = 64;

/// What each of `count` amounts can be, line by line; of those in no equation nothing is known.
pub(super) fn narrowed(count: usize, equations: &[Equation]) -> Vec<Span> {
    let mut spans: Vec<Span> = vec![(0.0, f64::INFINITY); count];
    for _ in 0..PASSES {
        let before = spans.clone();
        equations.iter().for_each(|equation| narrow(&mut spans, equation));
        let near = |a: f64, b: f64| a == b || (a - b).abs() < 1e-9;
        if spans.iter().zip(&before).all(|(a, b)| near(a.0, b.0) && near(a.1, b.1)) {
            break;
        }
    }
    spans
}

fn narrow(spans: &mut [Span], equation: &Equation) {
    for (member, sign) in equation.members() {
        // sign · x = side − the others, each with its own sign.
        let others = equation.members().filter(|(other, _)| *other != member);
        let (low, high) = others.fold((equation.side, equation.side), |(low, high), (other, sign)| {
            let span = spans[other];
            if sign > 0.0 { (low - span.1, high - span.0) } else { (low + span.0, high + span.1) }
        });
        let (low, high) = if sign > 0.0 { (low, high) } else { (-high, -low) };
        spans[member] = (spans[member].0.max(low), spans[member].1.min(high));
    }
}

/// Whether equations share withheld amounts, so that narrowing line by line is not enough.
pub(super) fn cross(count: usize, equations: &[Equation]) -> bool {
    let mut seen = vec![0; count];
    for equation in equations.iter().filter(|equation| equation.members().count() > 1) {
        equation.members().for_each(|(member, _)| seen[member] += 1);
    }
    seen.iter().any(|n| *n > 1)
}

/// What a withheld amount can be under all equations at once; `None` where they contradict each other.
pub(super) fn solved(cell: usize, count: usize, equations: &[Equation]) -> Option<Span> {
    let end = |direction: OptimizationDirection| {
        let mut problem = Problem::new(direction);
        let variable = |i: usize| problem.add_var(f64::from(u8::from(i == cell)), (0.0, f64::INFINITY));
        let variables: Vec<_> = (0..count).map(variable).collect();
        for equation in equations {
            let terms: Vec<_> = equation.members().map(|(member, sign)| (variables[member], sign)).collect();
            if !terms.is_empty() {
                problem.add_constraint(&terms, ComparisonOp::Eq, equation.side);
            }
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => Some(solution.objective()),
            Err(microlp::Error::Unbounded) => Some(f64::INFINITY),
            _ => None,
        }
    };
    Some((end(OptimizationDirection::Minimize)?, end(OptimizationDirection::Maximize)?))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Equation, Line, cross, narrowed, solved};

    #[test]
    fn the_bounds_of_the_oracle() {
        let oracle: Value =
            serde_json::from_str(include_str!("../../tests/cases/oracle/oracle.json")).unwrap();
        let case = &oracle["disclosure"];
        let numbers =
            |v: &Value| v.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect::<Vec<_>>();
        let (rows, columns) = (numbers(&case["row_totals"]), numbers(&case["column_totals"]));
        // Cells row by row, then the totals of rows and columns. True amounts that fit: 25, 5, 10 and 5, 30, 25.
        let mut amounts = vec![25.0, 5.0, 10.0, 5.0, 30.0, 25.0];
        amounts.extend(rows.iter().chain(&columns));
        let mut hidden = vec![true; 6];
        hidden.extend([false; 5]);
        for (at, known) in case["known"].as_object().unwrap() {
            let (row, column) = at.split_once(',').unwrap();
            let cell = row.parse::<usize>().unwrap() * 3 + column.parse::<usize>().unwrap();
            assert_eq!(amounts[cell], known.as_f64().unwrap());
            hidden[cell] = false;
        }
        let of_row = (0..2).map(|r| Line { total: 6 + r, parts: (3 * r..3 * r + 3).collect() });
        let of_column = (0..3).map(|c| Line { total: 8 + c, parts: vec![c, c + 3] });
        let lines: Vec<Line> = of_row.chain(of_column).collect();
        let equations: Vec<Equation> = lines.iter().map(|l| l.shown_equation(&amounts, &hidden)).collect();
        assert_eq!(equations, lines.iter().map(|l| l.true_equation(&amounts, &hidden)).collect::<Vec<_>>());
        assert!(cross(amounts.len(), &equations));
        let spans = narrowed(amounts.len(), &equations);
        for (at, bounds) in case["bounds"].as_object().unwrap() {
            let (row, column) = at.split_once(',').unwrap();
            let cell = row.parse::<usize>().unwrap() * 3 + column.parse::<usize>().unwrap();
            let wanted = numbers(bounds);
            let exact = solved(cell, amounts.len(), &equations).unwrap();
            for (found, wanted) in [exact.0, exact.1].iter().zip(&wanted) {
                assert!((found - wanted).abs() < 1e-9, "{at}: {exact:?}");
            }
            assert!(spans[cell].0 <= exact.0 + 1e-9 && spans[cell].1 >= exact.1 - 1e-9);
        }
    }

    #[test]
    fn one_withheld_part_is_no_secret_and_a_total_with_it_is() {
        let line = Line { total: 2, parts: vec![0, 1] };
        let spans = |hidden: &[bool]| narrowed(3, &[line.true_equation(&[7.0, 93.0, 100.0], hidden)]);
        assert_eq!(spans(&[true, false, false])[0], (7.0, 7.0));
        let open = spans(&[true, false, true]);
        assert_eq!((open[0], open[2]), ((0.0, f64::INFINITY), (93.0, f64::INFINITY)));
    }
}
