//! The value that districts with similar students have ("beating the odds").
//!
//! Huber regression (see [`robust_regression`](statistics::robust_regression)) of the measure on the matching
//! variables, over the district and all districts that it could have been matched with, in one year. The
//! expected value is the fitted one; the district's distance from it is given in the measure's unit, and as a
//! multiple of the residuals' scale.
//!
//! With fewer than 50 districts, or an R² below 0.2, there is no expected value.
//!
//! An expected value describes districts; it does not estimate an effect of anything. Degenerate: if all
//! districts have their expected value, the scale is 0 and there is no result.

use std::collections::BTreeMap;

use statistics::robust_regression::{huber_regression, round_to_nine_digits};

use super::result::Expected;
use crate::compare::peers::group::MatchCandidates;
use crate::domain::SchoolYear;

/// The minimum number of districts.
const FEWEST_DISTRICTS: usize = 50;

/// The minimum share of the differences that the variables must explain.
const LEAST_R_SQUARED: f64 = 0.2;

/// The expected value of `district`, from the variables of the districts that it could have been `matched`
/// with and all districts' `values` in `year`. The variables are from the latest year up to that one.
pub(in crate::compare) fn expected(
    district: u32,
    year: SchoolYear,
    matched: &[MatchCandidates],
    values: &BTreeMap<u32, f64>,
) -> Option<Expected> {
    let matched = matched.iter().filter(|m| m.year <= year).max_by_key(|m| m.year)?;
    let mut rows: Vec<&[f64]> = Vec::new();
    let mut y: Vec<f64> = Vec::new();
    let mut own = None;
    for candidate in &matched.districts {
        let Some(value) = values.get(&candidate.district) else { continue };
        if candidate.district == district {
            own = Some(rows.len());
        }
        rows.push(&candidate.variables);
        y.push(*value);
    }
    let (own, n) = (own?, rows.len());
    if n < FEWEST_DISTRICTS {
        return None;
    }
    let fit = huber_regression(&rows, &y)?;
    let value = round_to_nine_digits(fit.fitted[own]);
    let scale = round_to_nine_digits(fit.scale);
    let r_squared = round_to_nine_digits(fit.r_squared);
    let distance = y[own] - value;
    let is_explained = scale > 0.0 && r_squared >= LEAST_R_SQUARED;
    is_explained.then_some(Expected { year, matched_in: matched.year, value, distance, scale, n, r_squared })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{MatchCandidates, expected};
    use crate::compare::peers::group::MatchCandidate;
    use crate::domain::SchoolYear;

    /// Matching variables and values of districts.
    type State = (Vec<MatchCandidates>, BTreeMap<u32, f64>);

    fn year(end: i32) -> SchoolYear {
        SchoolYear::ending(end).unwrap()
    }

    /// `n` districts whose value follows the variable with a wave of amplitude 1, with the first district 10
    /// above.
    fn state(n: u32) -> State {
        let x = |i: u32| f64::from(i % 17);
        let candidate = |i: u32| MatchCandidate { district: i, variables: vec![x(i)] };
        let matched = vec![MatchCandidates { year: year(2024), districts: (0..n).map(candidate).collect() }];
        let wave = |i: u32| [1.0, -1.0, 0.5, -0.5][i as usize % 4];
        let value = |i: u32| 40.0 + 2.0 * x(i) + wave(i) + if i == 0 { 10.0 } else { 0.0 };
        (matched, (0..n).map(|i| (i, value(i))).collect())
    }

    #[test]
    fn an_outlier_is_found_and_few_districts_give_no_result() {
        let (matched, values) = state(100);
        let found = expected(0, year(2024), &matched, &values).unwrap();
        assert!((found.distance - 11.0).abs() < 0.5 && found.standardized() > 5.0, "{found:?}");
        assert_eq!(found.n, 100);
        let (matched, values) = state(49);
        assert_eq!(expected(0, year(2024), &matched, &values), None);
    }

    #[test]
    fn nothing_is_expected_if_the_variables_explain_little() {
        let (matched, mut values) = state(100);
        values.iter_mut().for_each(|(i, value)| *value = f64::from(i * 7919 % 101));
        assert_eq!(expected(0, year(2024), &matched, &values), None);
    }

    #[test]
    fn an_outcome_is_matched_with_the_students_of_its_own_year_or_before() {
        let (mut matched, values) = state(100);
        // A year later the district has other students; before 2024, no matching variables are known.
        let mut later = matched[0].clone();
        later.year = year(2025);
        later.districts.iter_mut().for_each(|c| c.variables[0] = f64::from((c.district + 5) % 17));
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
