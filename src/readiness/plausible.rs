//! Values outside the plausible range of their measure.

use super::Known;
use super::series;
use crate::diagnostic::{Diagnostic, Problems};

/// A problem for each published value outside its measure's range.
pub(super) fn problems(known: &Known<'_>) -> Problems {
    let mut problems = Problems::new();
    for series in series::all(known) {
        let Some([low, high]) = series.measure.plausible else { continue };
        for point in series.published() {
            let Some(value) = point.value.filter(|v| !series.measure.is_plausible(*v)) else { continue };
            let unit = series.measure.unit;
            let (what, place) = series.named(known, &point);
            let range = format!("{} to {}", unit.format(low), unit.format(high));
            let problem = Diagnostic::implausible(place, &what, &unit.format(value), &range);
            problems.push(series.told(known, &point, problem));
        }
    }
    problems
}
