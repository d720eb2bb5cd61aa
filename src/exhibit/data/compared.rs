//! What was computed of the district: its standings, trends, gaps and projections, each with what it rests on.

use polars::prelude::{DataFrame, PolarsError};

use super::{Filling, KEY, Value, key_columns, number, rate_interval, text, whole};
use crate::catalog::Catalog;
use crate::compare::{Comparison, Comparisons, Direction, Record, Tested, Trend, Whose};
use crate::domain::Status;

const STANDINGS: [&str; 27] = [
    "school_year",
    "value",
    "n",
    "value_low",
    "value_high",
    "peer_n",
    "peers_without_value",
    "peer_median",
    "peer_p25",
    "peer_p75",
    "peer_percentile",
    "peer_clear",
    "p_value",
    "p_adjusted",
    "state_n",
    "state_median",
    "state_percentile",
    "state_funnel_z",
    "around_n",
    "around_median",
    "expected_matched_in",
    "expected",
    "expected_distance",
    "expected_scale",
    "expected_n",
    "expected_r_squared",
    "method",
];

/// Where the district stands, a year each. What is told of the latest year alone (tests, the expected value, the districts around)
/// is empty in the others.
pub(super) fn standings(comparisons: &Comparisons, catalog: &Catalog) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (comparison, standing) in comparisons.all.iter().flat_map(|c| c.standings.iter().map(move |s| (c, s)))
    {
        let point = comparison.points.iter().find(|p| p.year == standing.year);
        let latest = Some(comparison).filter(|c| c.latest().is_some_and(|p| p.year == standing.year));
        let level = latest.and_then(|c| c.tests.level);
        let expected = latest.and_then(|c| c.expected.as_ref());
        let around = latest.and_then(|c| c.around);
        let unit = catalog.measures.get(&comparison.key.measure).map(|m| m.unit);
        let interval = point.and_then(|p| rate_interval(p.value?, p.n?, unit?));
        let mut cells = key_columns(&comparison.key);
        cells.extend([
            ("school_year", Value::Whole(standing.year.end() as u32)),
            ("value", number(point.and_then(|p| p.value))),
            ("n", number(point.and_then(|p| p.n))),
            ("value_low", number(interval.map(|i| i.0))),
            ("value_high", number(interval.map(|i| i.1))),
            ("peer_n", whole(standing.peer_n)),
            ("peers_without_value", whole(comparisons.peers.peers.len() - standing.peer_n)),
            ("peer_median", number(standing.peer_median)),
            ("peer_p25", number(standing.peer_p25)),
            ("peer_p75", number(standing.peer_p75)),
            ("peer_percentile", number(standing.peer_percentile)),
            ("peer_clear", text(if standing.peer_clear { "yes" } else { "no" })),
            ("p_value", number(level.map(|t| t.p))),
            ("p_adjusted", number(level.map(|t| t.adjusted))),
            ("state_n", whole(standing.state_n)),
            ("state_median", number(standing.state_median)),
            ("state_percentile", number(standing.state_percentile)),
            ("state_funnel_z", number(standing.state_funnel)),
            ("around_n", number(around.map(|a| a.0 as f64))),
            ("around_median", number(around.map(|a| a.1))),
            ("expected_matched_in", number(expected.map(|e| f64::from(e.matched_in.end())))),
            ("expected", number(expected.map(|e| e.value))),
            ("expected_distance", number(expected.map(|e| e.distance))),
            ("expected_scale", number(expected.map(|e| e.scale))),
            ("expected_n", number(expected.map(|e| e.n as f64))),
            ("expected_r_squared", number(expected.map(|e| e.r_squared))),
            ("method", text("interval of the value: Wilson, 95 %; quantiles type 7; percentile mid-rank; funnel: Spiegelhalter; expected: Huber regression")),
        ]);
        filling.push(cells);
    }
    filling.finish(&[&KEY, &STANDINGS])
}

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
        let (masked, withheld) = hidden(comparison, trend);
        let measure = catalog.measures.get(&comparison.key.measure);
        let one_year = measure.and_then(|m| comparison.change_one_year_interval(m));
        let (real, adjusted) = (trend.real, comparison.tests.trend.map(|t| t.adjusted));
        let mut cells = key_columns(&comparison.key);
        cells.extend([
            ("first_year", Value::Whole(trend.first_year.end() as u32)),
            ("last_year", Value::Whole(trend.last_year.end() as u32)),
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
            ("base_year", comparisons.base_year.map_or(number(None), |y| number(Some(f64::from(y.end()))))),
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

/// How many years of the run are masked by their publisher, and withheld here.
fn hidden(comparison: &Comparison, trend: &Trend) -> (usize, usize) {
    let within = |status: Status| {
        let run =
            comparison.points.iter().filter(|p| p.year >= trend.first_year && p.year <= trend.last_year);
        run.filter(|p| p.status == status).count()
    };
    (within(Status::Masked), within(Status::Withheld))
}

const fn of_trend(trend: &Trend) -> &'static str {
    match (trend.direction, trend.n_years) {
        (Direction::TooFewYears, _) => "first and last value; Theil-Sen",
        (_, ..=10) => "Theil-Sen; Mann-Kendall, exact; change of a year: Newcombe",
        _ => "Theil-Sen; Mann-Kendall, normal with ties; change of a year: Newcombe",
    }
}

const GAPS: [&str; 17] = [
    "school_year",
    "value",
    "n",
    "reference_group",
    "reference",
    "reference_n",
    "gap",
    "gap_low",
    "gap_high",
    "small_group",
    "p_value",
    "p_adjusted",
    "gap_slope",
    "gap_direction",
    "risk_ratio",
    "risk_ratio_years",
    "method",
];

/// The gap of each student group to the group it is compared with.
pub(super) fn gaps(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (comparison, gap) in comparisons.all.iter().filter_map(|c| Some((c, c.gap.as_ref()?))) {
        let test: Option<Tested> = comparison.tests.gap;
        let mut cells = key_columns(&comparison.key);
        let direction = gap.trend.as_ref().map(|t| t.direction.id());
        cells.extend([
            ("school_year", Value::Whole(gap.year.end() as u32)),
            ("value", number(Some(gap.reference + gap.gap))),
            ("n", number(gap.n)),
            ("reference_group", text(&gap.reference_group)),
            ("reference", number(Some(gap.reference))),
            ("reference_n", number(gap.reference_n)),
            ("gap", number(Some(gap.gap))),
            ("gap_low", number(gap.interval.map(|i| i.0))),
            ("gap_high", number(gap.interval.map(|i| i.1))),
            ("small_group", text(if gap.is_small() { "yes" } else { "no" })),
            ("p_value", number(test.map(|t| t.p))),
            ("p_adjusted", number(test.map(|t| t.adjusted))),
            ("gap_slope", number(gap.trend.as_ref().map(|t| t.slope))),
            ("gap_direction", direction.map_or(Value::NoText, text)),
            ("risk_ratio", number(gap.risk.map(|r| r.ratio))),
            ("risk_ratio_years", number(gap.risk.map(|r| r.years_at_2 as f64))),
            ("method", text("interval: Newcombe; test: two proportions, latest three years added up, p 1 where they lie the other way; small group: under 20 people on either side")),
        ]);
        filling.push(cells);
    }
    filling.finish(&[&KEY, &GAPS])
}

/// What bands are made of that come of no past projections.
const FLOWS: &str = "flows of the last three years";

const fn of(whose: Whose) -> &'static str {
    match whose {
        Whose::Own => "this district",
        Whose::LikeSize => "districts of like size",
    }
}

const PROJECTIONS: [&str; 12] = [
    "from_year",
    "school_year",
    "value",
    "low",
    "high",
    "method",
    "band_of",
    "band_n",
    "judged_by",
    "judged_n",
    "mean_error_percent",
    "mean_error_as_now_percent",
];

/// The coming years.
pub(super) fn projections(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (comparison, projection) in comparisons.all.iter().filter_map(|c| Some((c, c.projection.as_ref()?))) {
        let (judged_by, n, mean, as_now) = match projection.record {
            Record::Errors { whose, n, mean, mean_same } => (of(whose), Some(n), Some(mean), Some(mean_same)),
            Record::Flows { .. } => (FLOWS, None, None, None),
        };
        for year in &projection.years {
            let mut cells = key_columns(&comparison.key);
            cells.extend([
                ("from_year", Value::Whole(projection.from.end() as u32)),
                ("school_year", Value::Whole(year.year.end() as u32)),
                ("value", number(Some(year.value))),
                ("low", number(Some(year.low))),
                ("high", number(Some(year.high))),
                ("method", text(projection.method)),
                ("band_of", text(year.band_of.map_or(FLOWS, |(whose, _)| of(whose)))),
                ("band_n", number(year.band_of.map(|(_, n)| n as f64))),
                ("judged_by", text(judged_by)),
                ("judged_n", number(n.map(|n| n as f64))),
                ("mean_error_percent", number(mean.map(|e| 100.0 * e))),
                ("mean_error_as_now_percent", number(as_now.map(|e| 100.0 * e))),
            ]);
            filling.push(cells);
        }
    }
    filling.finish(&[&KEY, &PROJECTIONS])
}
