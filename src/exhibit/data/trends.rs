//! The trend of each series.

use polars::prelude::{DataFrame, PolarsError};

use super::{Filling, KEY, Value, hidden, key_columns, number, text, whole, year};
use crate::catalog::Catalog;
use crate::compare::{Comparisons, Direction, Trend};

const TRENDS: [&str; 28] = [
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
    "after_break",
    "method",
];

/// The trend of each series over its latest comparable run. Of money it is the trend in dollars of the last year that is
/// tested among many: its adjusted p stands beside its own p, and the published dollars have none.
pub(super) fn trends(comparisons: &Comparisons, catalog: &Catalog) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (comparison, trend) in comparisons.all.iter().filter_map(|c| Some((c, c.trend.as_ref()?))) {
        let run =
            comparison.points.iter().filter(|p| p.year >= trend.first_year && p.year <= trend.last_year);
        let (masked, withheld) = hidden(run);
        let measure = catalog.measures.get(&comparison.key.measure);
        let one_year = measure.and_then(|m| comparison.change_one_year_interval(m));
        let (real, adjusted) = (trend.real, comparison.tests.trend.map(|t| t.adjusted));
        let mut cells = key_columns(&comparison.key);
        cells.extend([
            ("first_year", year(trend.first_year)),
            ("last_year", year(trend.last_year)),
            ("n_years", whole(trend.n_years)),
            ("n", number(comparison.latest().and_then(|p| p.n))),
            ("masked_years", whole(masked)),
            ("withheld_years", whole(withheld)),
            ("slope", number(Some(trend.slope))),
            ("slope_low", number(Some(trend.slope_low))),
            ("slope_high", number(Some(trend.slope_high))),
            ("interval_is_range", text(if trend.interval_is_range { "yes" } else { "no" })),
            ("p_value", number(trend.p)),
            ("p_adjusted", number(adjusted.filter(|_| trend.real.is_none()))),
            ("direction", text(trend.direction.id())),
            ("change_1y", number(trend.change_one_year)),
            ("change_1y_low", number(one_year.map(|i| i.0))),
            ("change_1y_high", number(one_year.map(|i| i.1))),
            ("change_all", number(Some(trend.change_all))),
            ("base_year", number(comparisons.base_year.map(|y| f64::from(y.end())))),
            ("change_since_base", number(comparisons.base_year.and_then(|y| comparison.change_since(y)))),
            ("spread", number(comparison.spread())),
            ("real_slope", number(real.map(|r| r.slope))),
            ("real_slope_low", number(real.map(|r| r.slope_low))),
            ("real_slope_high", number(real.map(|r| r.slope_high))),
            ("real_p_value", number(real.and_then(|r| r.p))),
            ("real_p_adjusted", number(adjusted.filter(|_| real.is_some()))),
            ("real_direction", real.map_or(Value::NoText, |r| text(r.direction.id()))),
            ("after_break", trend.after_break.clone().map_or(Value::NoText, Value::Text)),
            ("method", text(of_trend(trend))),
        ]);
        filling.push(cells);
    }
    filling.finish(&[&KEY, &TRENDS])
}

const fn of_trend(trend: &Trend) -> &'static str {
    match (trend.direction, trend.n_years) {
        (Direction::TooFewYears, _) => "first and last value; Theil-Sen",
        (_, ..=10) => "Theil-Sen; Mann-Kendall, exact; change of a year: Newcombe",
        _ => "Theil-Sen; Mann-Kendall, normal with ties; change of a year: Newcombe",
    }
}
