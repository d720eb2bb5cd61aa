//! Values outside the plausible range of their measure.

use super::input::ReadinessInput;
use super::series::{Series, SeriesPoint, all_series};
use crate::diagnostic::{Diagnostic, Problems};

/// A problem for each published value outside its measure's range.
pub(super) fn problems(input: &ReadinessInput<'_>) -> Problems {
    let mut problems = Problems::new();
    for series in all_series(input) {
        if let Some(plausible) = series.measure.plausible {
            for point in series.published() {
                problems.extend(problem(input, &series, &point, plausible));
            }
        }
    }
    problems
}

/// The problem with a value that is outside its measure's `plausible` range.
fn problem(
    input: &ReadinessInput<'_>,
    series: &Series<'_>,
    point: &SeriesPoint,
    plausible: [f64; 2],
) -> Option<Diagnostic> {
    let (value, [low, high]) = (point.value?, plausible);
    if series.measure.is_plausible(value) {
        return None;
    }
    let unit = series.measure.unit;
    let label = series.label(input, point);
    let [low, high, value] = [low, high, value].map(|number| unit.format(number));
    let problem = Diagnostic::implausible(label.place, &label.text, &value, [&low, &high]);
    Some(series.listed_or_counted(input, point, problem))
}
