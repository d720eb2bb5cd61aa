//! Huber's robust regression of one variable on others, with an intercept.
//!
//! Huber (1964) with t = 1.345. The scale is the median absolute residual / 0.6745, re-estimated at each step
//! (iteratively reweighted least squares: `solow-robust`, which works like statsmodels' `RLM`).
//!
//! The share of the variation that the regressors explain is `R² = 1 − Σ w e² / Σ w (y − ȳ)²`, with Huber's
//! weights w and ȳ the mean weighted by them. Fitted values and the scale are in the unit of y.
//!
//! Small n: a fit from fewer rows than coefficients is useless; the caller decides how many rows are enough.
//! Degenerate: collinear regressors are harmless (the pseudo-inverse splits the effect among them); if all
//! residuals are 0, so is the scale; without rows, or if the iteration fails, there is no fit (`None`). The
//! last bits depend on the machine's order of additions: see [`round_to_nine_digits`].

use ndarray::{Array1, Array2};
use solow_robust::Rlm;
use solow_robust::norms::HuberT;

/// Huber's constant: 95% of the efficiency of least squares if the residuals are normal.
const TUNING: f64 = 1.345;

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub struct HuberFit {
    /// The fitted value of each row.
    pub fitted: Vec<f64>,
    /// The intercept, then the coefficient of each regressor.
    pub coefficients: Vec<f64>,
    /// The robust standard deviation of the residuals.
    pub scale: f64,
    /// The share of the variation that the regressors explain, at most 1.
    pub r_squared: f64,
}

/// Regresses `y` on the regressors in `rows`: one row per y, all of equal length.
#[must_use]
pub fn huber_regression(rows: &[&[f64]], y: &[f64]) -> Option<HuberFit> {
    let width = rows.first()?.len() + 1;
    let design =
        Array2::from_shape_fn((rows.len(), width), |(i, j)| if j == 0 { 1.0 } else { rows[i][j - 1] });
    let model = Rlm::new(Array1::from(y.to_vec()), design, HuberT::new(TUNING)).ok()?;
    let result = model.maxiter(200).tol(1e-10).fit().ok()?;
    let fitted = result.fittedvalues.to_vec();
    let r_squared = r_squared(&result.weights.to_vec(), y, &fitted);
    Some(HuberFit { fitted, coefficients: result.params.to_vec(), scale: result.scale, r_squared })
}

fn r_squared(weights: &[f64], y: &[f64], fitted: &[f64]) -> f64 {
    let total: f64 = weights.iter().sum();
    let mean = weights.iter().zip(y).map(|(w, y)| w * y).sum::<f64>() / total;
    let residuals = y.iter().zip(fitted).map(|(y, fitted)| y - fitted);
    let differences = y.iter().map(|y| y - mean);
    1.0 - weighted_squares(weights, residuals) / weighted_squares(weights, differences)
}

fn weighted_squares(weights: &[f64], values: impl Iterator<Item = f64>) -> f64 {
    weights.iter().zip(values).map(|(w, value)| w * value * value).sum()
}

/// A value to nine significant digits: the last bits of a fit depend on the machine's order of additions.
#[must_use]
pub fn round_to_nine_digits(value: f64) -> f64 {
    format!("{value:.8e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::huber_regression;
    use crate::for_tests::{number, numbers, oracle};

    #[test]
    fn as_by_statsmodels() {
        let case = &oracle()["huber"];
        let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
        let rows: Vec<&[f64]> = x.iter().map(std::slice::from_ref).collect();
        let fit = huber_regression(&rows, &y).unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6 * b.abs(), "{a} is not {b}");
        near(fit.coefficients[0], number(&case["intercept"]));
        near(fit.coefficients[1], number(&case["slope"]));
        near(fit.scale, number(&case["scale_mad"]));
    }

    #[test]
    fn without_rows_there_is_no_fit() {
        assert_eq!(huber_regression(&[], &[]), None);
    }
}
