//! The trend of each series.

use polars::prelude::{DataFrame, PolarsError};

use super::{Filling, KEY, Value, hidden, key_columns, number, text, whole, year};
use crate::catalog::Catalog;
use crate::compare::{Comparison, Comparisons, Direction, Trend};
use crate::domain::SchoolYear;

const TRENDS: [&str; 31] = [
    "first_year",
    "last_year",
    "n_years",
    "n",
    "masked_years",
    "withheld_years",
    "slope",
    "slope_low",
    "slope_high",
    "interval_is_range",
    "p_value",
    "p_adjusted",
    "direction",
    "change_1y",
    "change_1y_low",
    "change_1y_high",
    "change_all",
    "base_year",
    "change_since_base",
    "spread",
    "real_slope",
    "real_slope_low",
    "real_slope_high",
    "real_p_value",
    "real_p_adjusted",
    "real_direction",
    "real_change_1y",
    "real_change_all",
    "real_change_since_base",
    "after_break",
    "method",
];

/// The trend of each series over its latest comparable run; of one that a break has left a single year, that year and the break.
/// Of money it is the trend in dollars of the last year that is tested among many: its adjusted p stands beside its own p, and
/// the published dollars have none.
pub(super) fn trends(comparisons: &Comparisons, catalog: &Catalog) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for comparison in &comparisons.all {
        if comparison.trend.is_some() || comparison.after_break().is_some() {
            filling.push(row(comparison, comparisons.base_year, catalog));
        }
    }
    filling.finish(&[&KEY, &TRENDS])
}

fn row(comparison: &Comparison, base: Option<SchoolYear>, catalog: &Catalog) -> Vec<(&'static str, Value)> {
    let years: Vec<SchoolYear> = comparison.run().map(|(year, _)| year).collect();
    let (first, last) = (years.first().copied(), years.last().copied());
    let run = comparison.points.iter().filter(|p| first <= Some(p.year) && Some(p.year) <= last);
    let (masked, withheld) = hidden(run);
    let measure = catalog.measures.get(&comparison.key.measure);
    let one_year = measure.and_then(|m| comparison.change_one_year_interval(m));
    let trend = comparison.trend.as_ref();
    let real = trend.and_then(|t| t.real);
    let adjusted = comparison.tests.trend.map(|t| t.adjusted);
    let of = |value: fn(&Trend) -> f64| number(trend.map(value));
    let real_since = |year: Option<SchoolYear>| comparison.real_change_since(year?, &catalog.prices);
    let year_before = last.and_then(|year| SchoolYear::ending(year.end() - 1).ok());
    let direction = trend.map_or(Direction::TooFewYears, |t| t.direction);
    let mut cells = key_columns(&comparison.key);
    cells.extend([
        ("first_year", first.map_or(Value::Number(None), year)),
        ("last_year", last.map_or(Value::Number(None), year)),
        ("n_years", whole(years.len())),
        ("n", number(comparison.latest().and_then(|p| p.n))),
        ("masked_years", whole(masked)),
        ("withheld_years", whole(withheld)),
        ("slope", of(|t| t.slope)),
        ("slope_low", of(|t| t.slope_low)),
        ("slope_high", of(|t| t.slope_high)),
        (
            "interval_is_range",
            trend.map_or(Value::NoText, |t| text(if t.interval_is_range { "yes" } else { "no" })),
        ),
        ("p_value", number(trend.and_then(|t| t.p))),
        ("p_adjusted", number(adjusted.filter(|_| real.is_none()))),
        ("direction", text(direction.id())),
        ("change_1y", number(trend.and_then(|t| t.change_one_year))),
        ("change_1y_low", number(one_year.map(|i| i.0))),
        ("change_1y_high", number(one_year.map(|i| i.1))),
        ("change_all", of(|t| t.change_all)),
        ("base_year", number(base.map(|y| f64::from(y.end())))),
        ("change_since_base", number(base.and_then(|y| comparison.change_since(y)))),
        ("spread", number(comparison.spread())),
        ("real_slope", number(real.map(|r| r.slope))),
        ("real_slope_low", number(real.map(|r| r.slope_low))),
        ("real_slope_high", number(real.map(|r| r.slope_high))),
        ("real_p_value", number(real.and_then(|r| r.p))),
        ("real_p_adjusted", number(adjusted.filter(|_| real.is_some()))),
        ("real_direction", real.map_or(Value::NoText, |r| text(r.direction.id()))),
        ("real_change_1y", number(real_since(year_before))),
        ("real_change_all", number(trend.filter(|_| real.is_some()).map(Trend::real_change))),
        ("real_change_since_base", number(real_since(base))),
        ("after_break", comparison.after_break().map_or(Value::NoText, |b| Value::Text(b.why.clone()))),
        ("method", text(of_trend(direction, years.len()))),
    ]);
    cells
}

const fn of_trend(direction: Direction, years: usize) -> &'static str {
    match (direction, years) {
        (_, ..=1) => "one value",
        (Direction::TooFewYears, _) => "first and last value; Theil-Sen",
        (_, ..=10) => "Theil-Sen; Mann-Kendall, exact; change of a year: Newcombe",
        _ => "Theil-Sen; Mann-Kendall, normal with ties; change of a year: Newcombe",
    }
}
