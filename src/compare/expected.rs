//! The value that districts with similar students have ("beating the odds").
//!
//! Huber's regression (1964; t = 1.345) of the measure on the matching variables, over the districts that this one could
//! have been matched with, itself among them, in one year; the scale is the median size of the residuals / 0.6745,
//! estimated again at each step (iteratively reweighted least squares: `solow-robust`, which does as statsmodels' `RLM`).
//! The expected value is the fitted one; the district's distance from it is told in the measure's unit, and in scales.
//!
//! How much of the differences between districts the variables tell is `R² = 1 − Σ w e² / Σ w (y − ȳ)²`, with Huber's
//! weights w and the mean ȳ weighted by them. Under 50 districts, or with R² under 0.2, nothing is expected of anybody.
//!
//! What is expected describes districts, and is no effect of anything. Degenerate: variables that say the same do no harm
//! (the pseudo-inverse shares out their part); where all districts have the expected value the scale is 0, and there is
//! nothing to tell.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2};
use solow_robust::Rlm;
use solow_robust::norms::HuberT;

use crate::domain::SchoolYear;

/// The fewest districts.
const FEWEST_DISTRICTS: usize = 50;

/// The least share of the differences that the variables must tell.
const LEAST_R_SQUARED: f64 = 0.2;

/// Huber's constant: 95 % of the efficiency of least squares where residuals are normal.
const TUNING: f64 = 1.345;

/// The districts that one could have been matched with, itself among them, with their matching variables of a year.
#[derive(Debug, Clone)]
pub(super) struct Matched {
    /// The year of the variables.
    pub(super) year: SchoolYear,
    /// Codes of the districts, ascending, with their standardised variables.
    pub(super) districts: Vec<(u32, Vec<f64>)>,
}

/// What districts with similar students have.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// School year.
    pub year: SchoolYear,
    /// The school year of the matching variables: the same, or the nearest before it that has them.
    pub matched_in: SchoolYear,
    /// The expected value, in the measure's unit.
    pub value: f64,
    /// The district's value less it.
    pub distance: f64,
    /// The usual size of such a distance (a standard deviation, were they normal), in the measure's unit.
    pub scale: f64,
    /// How many districts it rests on.
    pub n: usize,
    /// How much of the differences between them the matching variables tell, 0–1.
    pub r_squared: f64,
}

impl Expected {
    /// The distance in usual sizes.
    #[must_use]
    pub fn standardised(&self) -> f64 {
        self.distance / self.scale
    }
}

/// What is expected of `district`, from the `matched` districts' variables and all districts' `values` in `year`. The
/// variables are of the latest year that is not later.
pub(super) fn expected(
    district: u32,
    year: SchoolYear,
    matched: &[Matched],
    values: &BTreeMap<u32, f64>,
) -> Option<Expected> {
    let matched = matched.iter().filter(|m| m.year <= year).max_by_key(|m| m.year)?;
    let districts = matched.districts.iter();
    let known: Vec<(u32, &[f64], f64)> =
        districts.filter_map(|(code, x)| Some((*code, x.as_slice(), *values.get(code)?))).collect();
    let own = known.iter().position(|(code, ..)| *code == district)?;
    if known.len() < FEWEST_DISTRICTS {
        return None;
    }
    let y: Vec<f64> = known.iter().map(|(.., y)| *y).collect();
    let fit = huber(&known.iter().map(|(_, x, _)| *x).collect::<Vec<_>>(), &y)?;
    let told = |e: &Expected| e.scale > 0.0 && e.r_squared >= LEAST_R_SQUARED;
    let value = rounded(fit.fitted[own]);
    let scale = rounded(fit.scale);
    let r_squared = rounded(fit.r_squared);
    let (matched_in, distance, n) = (matched.year, y[own] - value, known.len());
    Some(Expected { year, matched_in, value, distance, scale, n, r_squared }).filter(told)
}

struct Fit {
    fitted: Vec<f64>,
    scale: f64,
    r_squared: f64,
    #[cfg(test)]
    coefficients: Vec<f64>,
}

fn huber(rows: &[&[f64]], y: &[f64]) -> Option<Fit> {
    let width = rows.first()?.len() + 1;
    let design =
        Array2::from_shape_fn((rows.len(), width), |(i, j)| if j == 0 { 1.0 } else { rows[i][j - 1] });
    let model = Rlm::new(Array1::from(y.to_vec()), design, HuberT::new(TUNING)).ok()?;
    let found = model.maxiter(200).tol(1e-10).fit().ok()?;
    let weights = found.weights.to_vec();
    let total: f64 = weights.iter().sum();
    let mean = weights.iter().zip(y).map(|(w, y)| w * y).sum::<f64>() / total;
    let squares = |of: &dyn Fn(usize) -> f64| -> f64 {
        weights.iter().enumerate().map(|(i, w)| w * of(i) * of(i)).sum()
    };
    let fitted = found.fittedvalues.to_vec();
    let r_squared = 1.0 - squares(&|i| y[i] - fitted[i]) / squares(&|i| y[i] - mean);
    Some(Fit {
        scale: found.scale,
        r_squared,
        #[cfg(test)]
        coefficients: found.params.to_vec(),
        fitted,
    })
}

/// Nine digits: the last ones hang on the machine's way of adding.
fn rounded(value: f64) -> f64 {
    format!("{value:.8e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Matched, expected, huber};
    use crate::compare::tests::{number, numbers, oracle};
    use crate::domain::SchoolYear;

    #[test]
    fn as_by_statsmodels() {
        let case = &oracle()["huber"];
        let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
        let rows: Vec<&[f64]> = x.iter().map(std::slice::from_ref).collect();
        let fit = huber(&rows, &y).unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6 * b.abs(), "{a} is not {b}");
        near(fit.coefficients[0], number(&case["intercept"]));
        near(fit.coefficients[1], number(&case["slope"]));
        near(fit.scale, number(&case["scale_mad"]));
    }

    /// Matching variables and values of districts.
    type State = (Vec<Matched>, BTreeMap<u32, f64>);

    fn year(end: i32) -> SchoolYear {
        SchoolYear::ending(end).unwrap()
    }

    /// `n` districts of which the value follows the variable with a wave of height 1, and the first lies 10 above.
    fn state(n: u32) -> State {
        let x = |i: u32| f64::from(i % 17);
        let matched =
            vec![Matched { year: year(2024), districts: (0..n).map(|i| (i, vec![x(i)])).collect() }];
        let wave = |i: u32| [1.0, -1.0, 0.5, -0.5][i as usize % 4];
        let value = |i: u32| 40.0 + 2.0 * x(i) + wave(i) + if i == 0 { 10.0 } else { 0.0 };
        (matched, (0..n).map(|i| (i, value(i))).collect())
    }

    #[test]
    fn a_district_that_lies_apart_is_seen_and_few_districts_tell_nothing() {
        let (matched, values) = state(100);
        let found = expected(0, year(2024), &matched, &values).unwrap();
        assert!((found.distance - 11.0).abs() < 0.5 && found.standardised() > 5.0, "{found:?}");
        assert_eq!(found.n, 100);
        let (matched, values) = state(49);
        assert_eq!(expected(0, year(2024), &matched, &values), None);
    }

    #[test]
    fn where_the_variables_tell_little_nothing_is_expected() {
        let (matched, mut values) = state(100);
        values.iter_mut().for_each(|(i, value)| *value = f64::from(i * 7919 % 101));
        assert_eq!(expected(0, year(2024), &matched, &values), None);
    }

    #[test]
    fn an_outcome_is_held_against_the_students_of_its_own_year_or_before() {
        let (mut matched, values) = state(100);
        // A year later the district has other students; earlier, nobody's are told apart.
        let mut later = matched[0].clone();
        later.year = year(2025);
        later.districts.iter_mut().for_each(|(i, x)| x[0] = f64::from((*i + 5) % 17));
        matched.insert(0, later);
        let then = |end| expected(0, year(end), &matched, &values).map(|e| e.matched_in.end());
        assert_eq!([then(2023), then(2024)], [None, Some(2024)]);
        assert_eq!(then(2026), expected(0, year(2025), &matched, &values).map(|e| e.matched_in.end()));
        assert_eq!(
            expected(0, year(2024), &matched, &values),
            expected(0, year(2024), &matched[1..], &values)
        );
    }
}
