//! The gaps between student groups.

use std::collections::BTreeSet;

use polars::prelude::{DataFrame, PolarsError};

use super::{Filling, KEY, Value, key_columns, number, text, whole, year};
use crate::compare::{Comparison, Comparisons, Tested};
use crate::domain::{MeasureKey, SchoolYear, Status};

const GAPS: [&str; 24] = [
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
    "first_year",
    "last_year",
    "n_years",
    "masked_years",
    "withheld_years",
    "gap_slope",
    "gap_slope_low",
    "gap_slope_high",
    "gap_direction",
    "risk_ratio",
    "risk_ratio_years",
    "method",
];

const METHOD: &str = "interval: Newcombe; test: two proportions, latest three years added up, p 1 where they lie the other \
                      way; small group: under 20 people on either side; course of the gap: Theil-Sen, Mann-Kendall";

/// The gap of each student group to the group it is compared with.
pub(super) fn gaps(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for (comparison, gap) in comparisons.all.iter().filter_map(|c| Some((c, c.gap.as_ref()?))) {
        let test: Option<Tested> = comparison.tests.gap;
        let mut cells = key_columns(&comparison.key);
        let course = gap.trend.as_ref();
        let (masked, withheld) = hidden_years(comparisons, comparison, &gap.reference_group);
        cells.extend([
            ("school_year", year(gap.year)),
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
            ("first_year", number(course.map(|t| f64::from(t.first_year.end())))),
            ("last_year", number(course.map(|t| f64::from(t.last_year.end())))),
            ("n_years", number(course.map(|t| t.n_years as f64))),
            ("masked_years", whole(masked)),
            ("withheld_years", whole(withheld)),
            ("gap_slope", number(course.map(|t| t.slope))),
            ("gap_slope_low", number(course.map(|t| t.slope_low))),
            ("gap_slope_high", number(course.map(|t| t.slope_high))),
            ("gap_direction", course.map_or(Value::NoText, |t| text(t.direction.id()))),
            ("risk_ratio", number(gap.risk.map(|r| r.ratio))),
            ("risk_ratio_years", number(gap.risk.map(|r| r.years_at_2 as f64))),
            ("method", text(METHOD)),
        ]);
        filling.push(cells);
    }
    filling.finish(&[&KEY, &GAPS])
}

/// In how many years the group or those it is compared with are masked, and withheld.
fn hidden_years(comparisons: &Comparisons, group: &Comparison, reference: &str) -> (usize, usize) {
    let reference = MeasureKey { group: reference.to_owned(), ..group.key.clone() };
    let sides = [Some(group), comparisons.get(&reference)];
    let points = || sides.into_iter().flatten().flat_map(|side| &side.points);
    let years = |status: Status| {
        points().filter(|p| p.status == status).map(|p| p.year).collect::<BTreeSet<SchoolYear>>().len()
    };
    (years(Status::Masked), years(Status::Withheld))
}
