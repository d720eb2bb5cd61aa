//! How many years in a row a series has gone the same way.

use super::series::MeasuredSeries;
use crate::compare::Comparison;

/// How many consecutive years up to the latest are below zero. A year without a value ends the streak, and so
/// does a break.
pub(super) fn years_below_zero(comparison: &Comparison) -> usize {
    years_with_sign(comparison, -1.0)
}

/// How many consecutive years up to the latest are above zero.
pub(super) fn years_above_zero(comparison: &Comparison) -> usize {
    years_with_sign(comparison, 1.0)
}

/// How many consecutive years up to the latest have values of a sign.
fn years_with_sign(comparison: &Comparison, sign: f64) -> usize {
    let mut years = 0;
    let mut expected_year = None;
    for value in run(comparison).iter().rev() {
        let follows = expected_year.is_none_or(|expected| value.year == expected);
        let continues = follows && sign * value.value > 0.0;
        if !continues {
            break;
        }
        years += 1;
        expected_year = Some(value.year - 1);
    }
    years
}

/// A series that has gone the same way for some years.
#[derive(Clone, Copy)]
pub(super) struct ChangeStreak {
    /// For how many years.
    pub(super) years: usize,
    /// The year before the first change.
    pub(super) from: YearValue,
    /// The latest year.
    pub(super) to: YearValue,
}

/// The streak of changes up to the latest year; `None` if the last two values do not differ.
pub(super) fn change_streak(series: &MeasuredSeries<'_>) -> Option<ChangeStreak> {
    let run = judged_run(series);
    let (last, earlier) = run.split_last()?;
    let sign = (last.value - earlier.last()?.value).signum();
    let years = years_moving(series, sign);
    let from = *run.get(run.len().checked_sub(years + 1)?)?;
    (years > 0).then_some(ChangeStreak { years, from, to: *last })
}

/// How many consecutive one-year changes up to the latest had the sign of `sign`.
pub(super) fn years_moving(series: &MeasuredSeries<'_>, sign: f64) -> usize {
    judged_run(series).windows(2).rev().take_while(|pair| moves(pair[0], pair[1], sign)).count()
}

/// Whether one year follows the other, and its value lies in the direction of the sign.
fn moves(before: YearValue, after: YearValue, sign: f64) -> bool {
    after.year == before.year + 1 && sign * (after.value - before.value) > 0.0
}

/// The value of a year, given by its end.
#[derive(Clone, Copy)]
pub(super) struct YearValue {
    pub(super) year: i32,
    pub(super) value: f64,
}

/// The values of the latest comparable run, ascending.
fn run(comparison: &Comparison) -> Vec<YearValue> {
    comparison.run().map(|(year, value)| YearValue { year: year.end(), value }).collect()
}

/// The same as they are judged: money in dollars of the latest year, since the last year without a price index.
fn judged_run(series: &MeasuredSeries<'_>) -> Vec<YearValue> {
    let run = run(series.comparison);
    let Some(latest) = run.last().map(|value| value.year).filter(|_| series.measure.unit.is_money()) else {
        return run;
    };
    let mut judged = Vec::new();
    for YearValue { year, value } in run.into_iter().rev() {
        match series.catalog.in_dollars_of(latest, year, value) {
            Some(value) => judged.push(YearValue { year, value }),
            None => break,
        }
    }
    judged.reverse();
    judged
}
