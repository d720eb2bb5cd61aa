//! Values outside the plausible range of their measure.

use super::judgment::Judgment;
use super::series::{JudgedData, Series, SeriesPoint};
use crate::diagnostic::Diagnostic;
use crate::observation::KeyRun;

/// A problem for each value outside its measure's range; those that are far outside are impossible.
pub(super) fn judge(data: &JudgedData<'_>) -> Judgment {
    data.of_each_measure(|runs| judge_measure(data, runs)).into_iter().collect()
}

/// Judges the series of a measure.
fn judge_measure(data: &JudgedData<'_>, runs: &[KeyRun]) -> Judgment {
    let mut judgment = Judgment::default();
    for run in runs {
        let Some(measure) = data.measure(run.key).filter(|measure| measure.plausible.is_some()) else {
            continue;
        };
        // Nearly all values are plausible: no series is built for them.
        if data.view.rows(run.all()).filter_map(|row| row.value).all(|value| measure.is_plausible(value)) {
            continue;
        }
        for series in data.series_of_all(run) {
            for point in &series.points {
                add(data, &series, point, &mut judgment);
            }
        }
    }
    judgment
}

/// Judges one value.
fn add(data: &JudgedData<'_>, series: &Series<'_>, point: &SeriesPoint, judgment: &mut Judgment) {
    let (measure, Some(value)) = (series.measure, point.value) else { return };
    let Some([low, high]) = measure.plausible.filter(|_| !measure.is_plausible(value)) else { return };
    let is_impossible = data.catalog.readiness.range.is_impossible(measure, value);
    let label = series.label(data, point);
    let [low, high, value] = [low, high, value].map(|number| measure.unit.format(number));
    let problem = Diagnostic::implausible(label.place, &label.text, &value, [&low, &high]);
    let problem = if is_impossible { problem.left_out() } else { problem };
    judgment.add(point.row, is_impossible, series.listed_or_counted(data, point, problem));
}
