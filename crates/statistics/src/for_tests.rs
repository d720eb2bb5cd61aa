//! What the tests of several methods share: reference values, and how close is equal.

use serde_json::Value;

/// Reference values by SciPy, statsmodels and NumPy; `make_oracle.py` beside it makes them.
pub(crate) fn oracle() -> Value {
    serde_json::from_str(include_str!("../../../tests/cases/oracle/oracle.json")).unwrap()
}

/// Reference values of this project's own making, by NumPy; `make_own.py` beside them makes them.
pub(crate) fn own_oracle() -> Value {
    serde_json::from_str(include_str!("../../../tests/cases/oracle/own.json")).unwrap()
}

pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

pub(crate) fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(number).collect()
}

/// A series of the oracle.
pub(crate) fn series(case: &Value) -> Vec<(i32, f64)> {
    numbers(&case["x"]).into_iter().map(|x| x as i32).zip(numbers(&case["y"])).collect()
}

/// Fails unless the two agree in twelve digits.
#[track_caller]
pub(crate) fn close(found: f64, wanted: f64) {
    let off = (found - wanted).abs();
    assert!(off <= 1e-12 * wanted.abs().max(1.0), "{found} is not {wanted}");
}
