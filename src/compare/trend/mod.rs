//! Where a series is going: its trend, and the word for it.
//!
//! Uses the latest comparable run: reported values since the last break of the measure, each year once,
//! without imputed years. The slope is from [`theil_sen`], the test from [`mann_kendall`]. With M the
//! measure's meaningful change (or that percentage of the median of the run's values) and span = last − first
//! year, the word is the first that fits:
//!
//! 1. fewer than 4 values: **too few years**;
//! 2. p ≤ 0.10 and |slope · span| ≥ M: **rising** or **falling**;
//! 3. both ends of the slope's interval, times span, within ±M, or every value within ±M/2 of the median:
//!    **steady**;
//! 4. else **no clear direction**.
//!
//! Money is also fitted in constant dollars of the last year (CPI-U, mean of July to June), with a word of
//! its own: what rises in dollars may fall in purchasing power. The run of money begins after the last year
//! without a price index. If the latest year has none, the fit is of published dollars, and nobody may judge it
//! ([`MeasureContext::judges`]).
//!
//! A break ends a run: nothing is computed across it. A missing year is not a break: no value is imputed for
//! it, and slopes use the actual years. But the catalog does list spring 2020, when no state tests were
//! given, as a break for tested measures.
//!
//! Comparisons with M allow for rounding errors (see [`threshold`](super::threshold)).
//! Degenerate: with fewer than two values in the run there is no trend (`None`); equal values are steady.

mod change;
pub(super) mod every_district;
pub(super) mod result;

use std::collections::BTreeMap;

use statistics::mann_kendall::mann_kendall;
use statistics::quantile::{median, sort_ascending};
use statistics::theil_sen::{TheilSen, theil_sen};

use self::result::{Direction, RealTrend, Trend};
use super::threshold::{reaches, stays_within};
use crate::catalog::Measure;
use crate::domain::{Break, SchoolYear};

/// The largest p that counts as a direction.
const MAX_P: f64 = 0.10;

/// The minimum number of values for a direction.
const FEWEST_VALUES: usize = 4;

/// Buffers, reused for every series of a thread.
#[derive(Debug, Default)]
pub(super) struct TrendBuffers {
    fit: FitBuffers,
    /// Year and value in constant dollars.
    real: Vec<(i32, f64)>,
}

#[derive(Debug, Default)]
struct FitBuffers {
    sorted: Vec<f64>,
    slopes: Vec<f64>,
}

/// What a series is judged by, besides its values.
#[derive(Debug, Clone, Copy)]
pub(super) struct MeasureContext<'a> {
    /// The measure that the series is of.
    pub(super) measure: &'a Measure,
    /// The breaks in comparability of the series.
    pub(super) breaks: &'a [Break],
    /// The price level of each school year, by the year in which it ends.
    pub(super) prices: &'a BTreeMap<i32, f64>,
}

impl<'a> MeasureContext<'a> {
    /// A value of a year in dollars of another; the value itself if the prices of either are unknown.
    pub(super) fn in_dollars_of(self, other: i32, year: i32, value: f64) -> f64 {
        match (self.price(other), self.price(year)) {
            (Some(other), Some(price)) => value * other / price,
            _ => value,
        }
    }

    /// Whether a trend shows where the series is going. One of published dollars does not: prices may have risen more.
    pub(super) const fn judges(self, trend: &Trend) -> bool {
        !self.measure.unit.is_money() || trend.real.is_some()
    }

    /// The price level of a year, if known.
    fn price(self, year: i32) -> Option<f64> {
        self.prices.get(&year).copied().filter(|price| *price > 0.0)
    }
}

/// The trend of the reported values `points` (year, value), ascending, each year once.
pub(super) fn trend(
    points: &[(i32, f64)],
    context: MeasureContext<'_>,
    buffers: &mut TrendBuffers,
) -> Option<Trend> {
    let (run, last_break) = latest_run(points, context);
    let run = run_with_prices(run, context);
    let (first, last) = (run.first()?, run.last()?);
    let fit = fit(run, context.measure, &mut buffers.fit)?;
    let real = if context.measure.unit.is_money() { real_trend(run, context, buffers) } else { None };
    let year_before = run.iter().rev().nth(1).filter(|p| p.0 == last.0 - 1);
    Some(Trend {
        first_year: SchoolYear::ending(first.0).ok()?,
        last_year: SchoolYear::ending(last.0).ok()?,
        n_years: run.len(),
        first: first.1,
        last: last.1,
        slope: fit.slope.slope,
        slope_low: fit.slope.low,
        slope_high: fit.slope.high,
        interval_is_range: fit.slope.is_range,
        p: fit.p,
        direction: fit.direction,
        change_one_year: year_before.map(|p| last.1 - p.1),
        change_all: last.1 - first.1,
        real,
        after_break: last_break.map(|b| b.why.clone()),
    })
}

/// The values since the last break, and that break if there are values before it.
fn latest_run<'p, 'b>(
    points: &'p [(i32, f64)],
    context: MeasureContext<'b>,
) -> (&'p [(i32, f64)], Option<&'b Break>) {
    let Some((last, _)) = points.last() else { return (points, None) };
    let Some(latest) = last_break(context.breaks.iter(), *last) else { return (points, None) };
    let from = points.partition_point(|(year, _)| *year < latest.year);
    (&points[from..], (from > 0).then_some(latest))
}

/// The values of money since the last year without a price index; all of them if the latest year has none.
fn run_with_prices<'p>(run: &'p [(i32, f64)], context: MeasureContext<'_>) -> &'p [(i32, f64)] {
    let unpriced = run.iter().rposition(|(year, _)| context.price(*year).is_none());
    match unpriced {
        Some(last) if context.measure.unit.is_money() && last + 1 < run.len() => &run[last + 1..],
        _ => run,
    }
}

/// The last break up to and including a year.
pub(super) fn last_break<'b>(breaks: impl Iterator<Item = &'b Break>, year: i32) -> Option<&'b Break> {
    breaks.filter(|b| b.year <= year).max_by_key(|b| b.year)
}

/// The slope of a run, its test, and the word for it.
struct RunFit {
    slope: TheilSen,
    p: Option<f64>,
    direction: Direction,
}

fn fit(run: &[(i32, f64)], measure: &Measure, buffers: &mut FitBuffers) -> Option<RunFit> {
    let FitBuffers { sorted, slopes } = buffers;
    sorted.clear();
    sorted.extend(run.iter().map(|p| p.1));
    sort_ascending(sorted);
    let slope = theil_sen(run, sorted, slopes)?;
    let p = (run.len() >= FEWEST_VALUES).then(|| mann_kendall(run, sorted).p);
    let span = f64::from(run.last()?.0 - run.first()?.0);
    let direction = match p {
        Some(p) => direction(FittedChange { slope, span, p }, sorted, measure)?,
        None => Direction::TooFewYears,
    };
    Some(RunFit { slope, p, direction })
}

/// A slope, the years that it covers, and the p-value of its test.
struct FittedChange {
    slope: TheilSen,
    span: f64,
    p: f64,
}

impl FittedChange {
    /// The change over all years.
    fn total(&self) -> f64 {
        self.slope.slope * self.span
    }

    /// The larger absolute value of the two ends of its interval.
    fn largest_size(&self) -> f64 {
        (self.slope.low * self.span).abs().max((self.slope.high * self.span).abs())
    }
}

/// The word for a change of values, which are given in ascending order; `None` if there are none.
fn direction(change: FittedChange, sorted: &[f64], measure: &Measure) -> Option<Direction> {
    let (middle, least, most) = (median(sorted)?, sorted.first()?, sorted.last()?);
    let meaningful = measure.matters_from(middle);
    let total = change.total();
    if change.p <= MAX_P && total != 0.0 && reaches(total.abs(), meaningful) {
        return Some(if total > 0.0 { Direction::Rising } else { Direction::Falling });
    }
    let is_interval_within = stays_within(change.largest_size(), meaningful);
    let are_values_near = stays_within((middle - least).max(most - middle), meaningful / 2.0);
    let is_steady = is_interval_within || are_values_near;
    Some(if is_steady { Direction::Steady } else { Direction::NoClearDirection })
}

/// The fit in dollars of the run's last year; `None` if the prices of any of its years are unknown.
fn real_trend(
    run: &[(i32, f64)],
    context: MeasureContext<'_>,
    buffers: &mut TrendBuffers,
) -> Option<RealTrend> {
    let TrendBuffers { fit: fit_buffers, real } = buffers;
    let price_now = context.price(run.last()?.0)?;
    real.clear();
    for (year, value) in run {
        real.push((*year, value * price_now / context.price(*year)?));
    }
    let first = real.first()?.1;
    let RunFit { slope, p, direction } = fit(real, context.measure, fit_buffers)?;
    let TheilSen { slope, low: slope_low, high: slope_high, .. } = slope;
    Some(RealTrend { first, slope, slope_low, slope_high, p, direction })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{MeasureContext, TrendBuffers, trend};
    use crate::catalog::Measure;
    use crate::compare::tests::{close, measure, oracle, series};
    use crate::compare::{Direction, Trend};
    use crate::domain::Break;
    use crate::domain::Unit;

    fn of(points: &[(i32, f64)], measure: &Measure) -> Option<Trend> {
        with_prices(points, measure, &BTreeMap::new())
    }

    fn with_prices(points: &[(i32, f64)], measure: &Measure, prices: &BTreeMap<i32, f64>) -> Option<Trend> {
        let context = MeasureContext { measure, breaks: &measure.breaks, prices };
        trend(points, context, &mut TrendBuffers::default())
    }

    fn yearly(values: &[f64]) -> Vec<(i32, f64)> {
        (2016..).zip(values.iter().copied()).collect()
    }

    fn word(values: &[f64], measure: &Measure) -> Direction {
        of(&yearly(values), measure).unwrap().direction
    }

    #[test]
    fn the_words() {
        use Direction::{Falling, NoClearDirection, Rising, Steady, TooFewYears};
        let rate = measure("rate", Unit::Percent, 1.0);
        for (values, direction) in [
            // Every step goes the same way: p = 0.083 with four values, which is enough.
            (&[10.0, 11.0, 12.5, 13.0][..], Rising),
            (&[13.0, 12.5, 11.0, 10.0], Falling),
            // The same with one step back: p = 0.33.
            (&[10.0, 12.5, 11.0, 13.0], NoClearDirection),
            // Always down, but by too little to matter.
            (&[94.3, 94.2, 94.1, 94.0, 93.9], Steady),
            // 0.25 a year over four years is just enough to matter.
            (&[94.0, 94.25, 94.5, 94.75, 95.0], Rising),
            (&[80.0, 80.3, 79.8, 80.2, 79.9, 80.1], Steady),
            (&[50.0; 6], Steady),
            (&[80.0, 86.0, 75.0, 84.0, 79.0, 82.0], NoClearDirection),
            (&[10.0, 20.0, 30.0], TooFewYears),
            (&[10.0, 20.0], TooFewYears),
        ] {
            assert_eq!(word(values, &rate), direction, "{values:?}");
        }
    }

    #[test]
    fn a_change_in_percent_is_of_the_runs_median() {
        let mut count = measure("enrollment", Unit::Count, 5.0);
        count.change_is_percent = true;
        let case = series(&oracle()["trend"]["falling8"]);
        let fitted = of(&case, &count).unwrap();
        assert_eq!((fitted.direction, fitted.n_years), (Direction::Falling, 8));
        assert_eq!((fitted.change_all, fitted.change_one_year), (-247.0, Some(-34.0)));
        close(fitted.p.unwrap(), 2.0 * 8.0 / 40_320.0);
        // 12% of the median of 2,052.5 is 246.3; the fitted change of 247.75 reaches that, but not 13%.
        count.meaningful_change = 12.0;
        assert_eq!(of(&case, &count).unwrap().direction, Direction::Falling);
        count.meaningful_change = 13.0;
        assert_ne!(of(&case, &count).unwrap().direction, Direction::Falling);
        assert_eq!(word(&[0.0; 5], &count), Direction::Steady);
    }

    #[test]
    fn nothing_is_computed_across_a_break() {
        let mut rate = measure("rate", Unit::Percent, 1.0);
        rate.breaks = vec![
            Break { year: 2018, why: "new standards".to_owned() },
            Break { year: 2021, why: "new test".to_owned() },
            Break { year: 2030, why: "not yet".to_owned() },
        ];
        let points = [(2017, 1.0), (2019, 2.0), (2021, 40.0), (2022, 41.0), (2024, 45.0)];
        let fitted = of(&points, &rate).unwrap();
        assert_eq!((fitted.first_year.end(), fitted.n_years, fitted.slope), (2021, 3, 5.0 / 3.0));
        assert_eq!(fitted.after_break.as_deref(), Some("new test"));
        assert_eq!((fitted.change_one_year, fitted.change_all, fitted.p), (None, 5.0, None));
        // A series that begins at or after the break loses nothing to it.
        assert_eq!(of(&points[2..], &rate).unwrap().after_break, None);
        assert_eq!(of(&points[..3], &rate), None);
    }

    #[test]
    fn fewer_than_two_values_have_no_trend() {
        let rate = measure("rate", Unit::Percent, 1.0);
        assert_eq!(of(&[], &rate), None);
        assert_eq!(of(&[(2020, 1.0)], &rate), None);
        assert_eq!(of(&[(2020, 1.0), (2024, 3.0)], &rate).unwrap().slope, 0.5);
    }

    #[test]
    fn rising_dollars_may_fall_after_inflation() {
        let mut salary = measure("teacher-salary", Unit::Dollars, 2.0);
        salary.change_is_percent = true;
        let prices: BTreeMap<i32, f64> = (2016..).zip([100.0, 105.0, 110.0, 120.0, 125.0]).collect();
        let points = yearly(&[50_000.0, 51_000.0, 52_000.0, 53_000.0, 54_000.0]);
        let fitted = with_prices(&points, &salary, &prices).unwrap();
        assert_eq!((fitted.slope, fitted.direction), (1000.0, Direction::Rising));
        let after_inflation = fitted.real.unwrap();
        assert_eq!(after_inflation.direction, Direction::Falling);
        let real = [62_500.0, 51_000.0 / 1.05 * 1.25, 52_000.0 / 1.1 * 1.25, 53_000.0 / 1.2 * 1.25, 54_000.0];
        let same = of(&yearly(&real), &salary).unwrap();
        close(after_inflation.slope, same.slope);
        close(after_inflation.first, 62_500.0);
        close(fitted.real_change(), 54_000.0 - 62_500.0);
        close(after_inflation.slope_low, same.slope_low);
        assert_eq!(after_inflation.p, same.p);
        let unknown = of(&points, &salary).unwrap();
        assert_eq!((unknown.real, unknown.real_change()), (None, 4_000.0));
        let rate = measure("rate", Unit::Percent, 1.0);
        assert_eq!(with_prices(&points, &rate, &prices).unwrap().real, None);
    }
}
