//! Why measures could not be computed from others.

use crate::domain::Unit;

pub(crate) const DENOMINATOR_ZERO: &str = "its denominator is 0";

/// With the values computed, there would be more values than allowed.
pub(crate) fn too_many_values(most: usize) -> String {
    let most = Unit::Count.format(most as f64);
    format!("with it, there would be more than {most} published and computed values")
}
