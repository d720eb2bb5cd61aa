//! The trend of each series.

use polars::prelude::{DataFrame, PolarsError};

use super::columns::{DataColumn, SeriesRow, data_frame, yes_no};
use super::hidden::HiddenCounts;
use crate::catalog::Catalog;
use crate::compare::{Change, Comparison, Comparisons, Direction, Point, RealTrend, Trend};
use crate::domain::{MeasureKey, SchoolYear};
use crate::wording::method as words;

/// The trend of each series over its latest comparable run. A series with a single year after a break has no
/// trend: its row holds that year and the break. For money, the trend in dollars of the last year is tested:
/// the adjusted p-value belongs to the p-value of that trend, and the one in published dollars has none. Money whose latest
/// year has no price index has no trend.
pub(super) fn trends(comparisons: &Comparisons, catalog: &Catalog) -> Result<DataFrame, PolarsError> {
    let rows: Vec<TrendRow<'_>> = comparisons
        .all
        .iter()
        .filter(|comparison| comparison.run().nth(1).is_some() || comparison.after_break().is_some())
        .map(|comparison| TrendRow::new(comparison, comparisons.base_year, catalog))
        .collect();
    data_frame(&rows, &[&DataColumn::KEY, &TrendRow::COLUMNS])
}

/// The trend of one series.
struct TrendRow<'a> {
    comparison: &'a Comparison,
    /// The years with a value in the latest comparable run, ascending.
    run: Vec<SchoolYear>,
    /// Hidden values from the first to the last year of the run.
    hidden: HiddenCounts,
    /// The interval of the change from the year before.
    one_year_interval: Option<(f64, f64)>,
    /// The year that changes are counted from.
    base_year: Option<SchoolYear>,
}

impl SeriesRow for TrendRow<'_> {
    fn key(&self) -> &MeasureKey {
        &self.comparison.key
    }
}

impl<'a> TrendRow<'a> {
    const COLUMNS: [DataColumn<Self>; 31] = [
        DataColumn::year("first_year", |row| row.run.first().copied()),
        DataColumn::year("last_year", Self::last_year),
        DataColumn::count("n_years", |row| Some(row.run.len())),
        DataColumn::number("n", |row| row.comparison.latest()?.n),
        DataColumn::count("masked_years", |row| Some(row.hidden.masked)),
        DataColumn::count("withheld_years", |row| Some(row.hidden.withheld)),
        DataColumn::number("slope", |row| Some(row.trend()?.slope)),
        DataColumn::number("slope_low", |row| Some(row.trend()?.slope_low)),
        DataColumn::number("slope_high", |row| Some(row.trend()?.slope_high)),
        DataColumn::text("interval_is_range", |row| Some(yes_no(row.trend()?.interval_is_range))),
        DataColumn::number("p_value", |row| row.trend()?.p),
        DataColumn::number("p_adjusted", |row| row.adjusted_p().filter(|_| row.real().is_none())),
        DataColumn::text("direction", |row| Some(row.direction()?.id().to_owned())),
        DataColumn::number("change_1y", |row| row.trend()?.change_one_year),
        DataColumn::number("change_1y_low", |row| Some(row.one_year_interval?.0)),
        DataColumn::number("change_1y_high", |row| Some(row.one_year_interval?.1)),
        DataColumn::number("change_all", |row| Some(row.trend()?.change_all)),
        DataColumn::number("base_year", |row| Some(f64::from(row.base_year?.end()))),
        DataColumn::number("change_since_base", |row| row.since_base().map(|change| change.to - change.from)),
        DataColumn::number("spread", |row| row.comparison.spread()),
        DataColumn::number("real_slope", |row| Some(row.real()?.slope)),
        DataColumn::number("real_slope_low", |row| Some(row.real()?.slope_low)),
        DataColumn::number("real_slope_high", |row| Some(row.real()?.slope_high)),
        DataColumn::number("real_p_value", |row| row.real()?.p),
        DataColumn::number("real_p_adjusted", |row| row.adjusted_p().filter(|_| row.real().is_some())),
        DataColumn::text("real_direction", |row| Some(row.real()?.direction.id().to_owned())),
        DataColumn::number("real_change_1y", |row| row.comparison.changes.one_year.and_then(real_size)),
        DataColumn::number("real_change_all", Self::real_change_all),
        DataColumn::number("real_change_since_base", |row| row.since_base().and_then(real_size)),
        DataColumn::text("after_break", |row| Some(row.comparison.after_break()?.why.clone())),
        DataColumn::text("method", |row| Some(method(row.direction(), row.run.len()).to_owned())),
    ];

    fn new(comparison: &'a Comparison, base_year: Option<SchoolYear>, catalog: &'a Catalog) -> Self {
        let run: Vec<SchoolYear> = comparison.run().map(|(year, _)| year).collect();
        let measure = catalog.measures.get(&comparison.key.measure);
        Self {
            hidden: HiddenCounts::of_points(&points_of_run(comparison, &run)),
            one_year_interval: measure.and_then(|measure| comparison.change_one_year_interval(measure)),
            comparison,
            run,
            base_year,
        }
    }

    fn last_year(&self) -> Option<SchoolYear> {
        self.run.last().copied()
    }

    fn trend(&self) -> Option<&Trend> {
        self.comparison.trend.as_ref()
    }

    /// The trend of money in dollars of the last year.
    fn real(&self) -> Option<RealTrend> {
        self.trend()?.real
    }

    /// The word for its trend; `None` for money that cannot be judged.
    fn direction(&self) -> Option<Direction> {
        match self.trend() {
            Some(trend) => Some(trend.direction),
            None => (self.run.len() < 2).then_some(Direction::TooFewYears),
        }
    }

    fn adjusted_p(&self) -> Option<f64> {
        Some(self.comparison.tests.trend?.adjusted)
    }

    fn since_base(&self) -> Option<Change> {
        self.comparison.changes.since_base
    }

    fn real_change_all(&self) -> Option<f64> {
        self.real()?;
        Some(self.trend()?.real_change())
    }
}

/// The size of a change of money in dollars of its latest year.
fn real_size(change: Change) -> Option<f64> {
    change.real_from.map(|from| change.to - from)
}

/// All points from the first to the last year of the run, including those without a value.
fn points_of_run<'a>(comparison: &'a Comparison, run: &[SchoolYear]) -> Vec<&'a Point> {
    let (first, last) = (run.first().copied(), run.last().copied());
    let points = comparison.points.iter();
    points.filter(|point| first <= Some(point.year) && Some(point.year) <= last).collect()
}

const fn method(direction: Option<Direction>, years: usize) -> &'static str {
    match (direction, years) {
        (_, ..=1) => words::ONE_VALUE,
        (None, _) => words::NO_PRICE_INDEX,
        (Some(Direction::TooFewYears), _) => words::TWO_VALUES,
        (_, ..=10) => words::EXACT_TREND,
        _ => words::NORMAL_TREND,
    }
}
