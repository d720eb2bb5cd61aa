//! Parts that do not add up to their whole: the groups of a dimension, the grades, and measures that the
//! catalog defines as parts of another.

use std::collections::{BTreeMap, BTreeSet};

use super::judgment::Judgment;
use super::jump::upper_median;
use super::part_family::{PartFamily, part_families};
use super::series::{JudgedData, Series, SeriesPoint};
use crate::catalog::TotalsSpec;
use crate::diagnostic::Diagnostic;
use crate::domain::{KeyCode, Status};
use crate::observation::KeyRun;

/// A problem for each whole that differs from the sum of its parts, and for each part that is far larger than its whole.
pub(super) fn judge(data: &JudgedData<'_>, impossible: &BTreeSet<usize>) -> Judgment {
    let mut judgment = Judgment::default();
    for (name, family) in part_families(data) {
        for (whole, parts) in &family.parts {
            if let Ok(position) = data.frame.runs().binary_search_by(|run| run.key.cmp(whole)) {
                let check = TotalCheck::new(data, impossible, &name, &family, parts);
                check.judge(&data.frame.runs()[position], &mut judgment);
            }
        }
    }
    judgment
}

/// The code of a district, and the end of a school year.
type DistrictCodeYear = (u32, i32);

/// The check of one whole against its parts.
struct TotalCheck<'a> {
    data: &'a JudgedData<'a>,
    /// Rows that are left out already.
    impossible: &'a BTreeSet<usize>,
    /// What the parts are called.
    name: &'a str,
    /// A sum of fewer parts than this is incomplete.
    all_parts: usize,
    sums: BTreeMap<DistrictCodeYear, PartsSum>,
}

impl<'a> TotalCheck<'a> {
    fn new(
        data: &'a JudgedData<'a>,
        impossible: &'a BTreeSet<usize>,
        name: &'a str,
        family: &PartFamily,
        parts: &[KeyCode],
    ) -> Self {
        let all_parts = family.least_parts.max(parts.len());
        Self { data, impossible, name, all_parts, sums: sums(data, impossible, parts) }
    }

    fn judge(&self, whole: &KeyRun, judgment: &mut Judgment) {
        for series in self.data.series_of(whole) {
            for point in series.possible(self.impossible) {
                self.add(&series, &point, judgment);
            }
        }
    }

    /// Judges a whole and its parts.
    fn add(&self, series: &Series<'_>, point: &SeriesPoint, judgment: &mut Judgment) {
        let Some(sum) = self.sums.get(&(series.district, point.year)) else { return };
        let Some(value) = point.value else { return };
        let is_complete = sum.parts >= self.all_parts && sum.absent == 0;
        let spec = &self.data.catalog.readiness.totals;
        if !differs(sum.total, value, is_complete, spec) {
            return;
        }
        let wrong = self.wrong_row(series, point, sum);
        let unit = series.measure.unit;
        let label = series.label(self.data, point);
        let (value, sum_text) = (unit.format(value), unit.format(sum.total));
        let place = match wrong {
            Some(row) => self.data.frame.places(row).into_iter().next().unwrap_or(label.place),
            None => label.place,
        };
        let problem = Diagnostic::total_differs(place, &label.text, &value, self.name, &sum_text);
        let problem = if wrong.is_some() { problem.left_out() } else { problem };
        judgment.add(
            wrong.unwrap_or(point.row),
            wrong.is_some(),
            series.listed_or_counted(self.data, point, problem),
        );
    }

    /// The row that cannot be true because a part of people is larger than its whole, in the same sheet or by far: the whole, if the other parts do
    /// not fit into it either or if it is out of line with its other years; otherwise the part. `None` if none is that large.
    fn wrong_row(&self, series: &Series<'_>, point: &SeriesPoint, sum: &PartsSum) -> Option<usize> {
        let spec = &self.data.catalog.readiness.totals;
        let (value, (largest, row)) = (point.value?, sum.largest?);
        let is_impossible = !series.measure.unit.is_money()
            && (largest >= value * spec.impossible || self.are_of_one_sheet(row, point.row))
            && differs(largest, value, false, spec);
        if !is_impossible {
            return None;
        }
        let others_fit = !differs(sum.total - largest, value, false, spec);
        Some(if others_fit && self.is_in_line(series, point, value) { row } else { point.row })
    }

    /// Whether two values are of the same sheet: then they were counted on the same day, in the same way.
    fn are_of_one_sheet(&self, part: usize, whole: usize) -> bool {
        let [part, whole] = [part, whole].map(|row| self.data.frame.places(row).into_iter().next());
        part.zip(whole).is_some_and(|(part, whole)| part.file == whole.file && part.sheet == whole.sheet)
    }

    /// Whether a whole is near those of its other years; true if there are none.
    fn is_in_line(&self, series: &Series<'_>, point: &SeriesPoint, value: f64) -> bool {
        let others = series.possible(self.impossible).into_iter().filter(|other| other.year != point.year);
        let others: Vec<f64> = others.filter_map(|other| other.value).collect();
        let times = self.data.catalog.readiness.totals.impossible;
        others.is_empty() || {
            let usual = upper_median(&others);
            value <= usual * times && usual <= value * times
        }
    }
}

/// The sums of the parts of a whole, by district and year.
fn sums(
    data: &JudgedData<'_>,
    impossible: &BTreeSet<usize>,
    parts: &[KeyCode],
) -> BTreeMap<DistrictCodeYear, PartsSum> {
    let mut sums: BTreeMap<DistrictCodeYear, PartsSum> = BTreeMap::new();
    for run in data.frame.runs().iter().filter(|run| parts.contains(&run.key)) {
        for row in data.view.rows(run.rows.clone()).filter(|row| !impossible.contains(&row.row)) {
            sums.entry((row.district, row.year)).or_default().add(&SeriesPoint::from(row));
        }
    }
    sums
}

/// The sum of a whole's parts.
#[derive(Default)]
struct PartsSum {
    total: f64,
    /// The number of parts, with or without a value.
    parts: usize,
    /// The number of parts without a value that may have one.
    absent: usize,
    /// The largest part, and its row.
    largest: Option<(f64, usize)>,
}

impl PartsSum {
    fn add(&mut self, point: &SeriesPoint) {
        self.parts += 1;
        self.total += point.value.unwrap_or(0.0);
        // A blank counts as a mask here, because nothing says that it is zero.
        self.absent += usize::from(point.value.is_none() && point.status != Status::NotApplicable);
        if let Some(value) = point.value.filter(|value| self.largest.is_none_or(|(most, _)| *value > most)) {
            self.largest = Some((value, point.row));
        }
    }
}

/// Whether a sum and its whole differ by more than rounding. If the sum is incomplete, only a sum that is too
/// large differs.
fn differs(sum: f64, whole: f64, is_complete: bool, spec: &TotalsSpec) -> bool {
    let tolerance = whole.abs() * spec.tolerance / 100.0 + spec.units;
    sum > whole + tolerance || (is_complete && sum < whole - tolerance)
}

#[cfg(test)]
mod tests {
    use super::differs;
    use crate::catalog::Catalog;

    #[test]
    fn rounding_is_allowed_and_masked_parts_can_only_exceed_the_total() {
        let spec = Catalog::embedded().unwrap().readiness.totals;
        // 1% of 1,000, plus 3: any sum from 987 to 1,013 is rounding.
        for (sum, complete, expected) in [
            (1013.0, true, false),
            (1014.0, true, true),
            (987.0, true, false),
            (986.0, true, true),
            (500.0, false, false),
            (1014.0, false, true),
        ] {
            assert_eq!(differs(sum, 1000.0, complete, &spec), expected, "{sum}");
        }
    }
}
