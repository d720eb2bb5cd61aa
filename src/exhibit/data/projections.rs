//! The coming years of what is carried forward.

use polars::prelude::{DataFrame, PolarsError};

use super::{Filling, KEY, hidden, key_columns, number, text, whole, year};
use crate::compare::{Comparison, Comparisons, Projection, Record, Whose};
use crate::domain::MeasureKey;

/// What bands are made of that come of no past projections.
const FLOWS: &str = "flows of the last three years";

const fn of(whose: Whose) -> &'static str {
    match whose {
        Whose::Own => "this district",
        Whose::LikeSize => "districts of like size",
    }
}

const PROJECTIONS: [&str; 16] = [
    "first_year",
    "from_year",
    "from_value",
    "masked_values",
    "withheld_values",
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
        let (masked, withheld) = hidden_past(comparisons, comparison, projection);
        let now = comparison.points.iter().find(|p| p.year == projection.from).and_then(|p| p.value);
        for ahead in &projection.years {
            let mut cells = key_columns(&comparison.key);
            cells.extend([
                ("first_year", year(projection.first)),
                ("from_year", year(projection.from)),
                ("from_value", number(now)),
                ("masked_values", whole(masked)),
                ("withheld_values", whole(withheld)),
                ("school_year", year(ahead.year)),
                ("value", number(Some(ahead.value))),
                ("low", number(Some(ahead.low))),
                ("high", number(Some(ahead.high))),
                ("method", text(projection.method)),
                ("band_of", text(ahead.band_of.map_or(FLOWS, |(whose, _)| of(whose)))),
                ("band_n", number(ahead.band_of.map(|(_, n)| n as f64))),
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

/// How many values of the years that a projection is made of are masked, and withheld: of the whole and of its grades.
fn hidden_past(comparisons: &Comparisons, whole: &Comparison, projection: &Projection) -> (usize, usize) {
    let (own, made_of) = (&whole.key, projection.first..=projection.from);
    let is_part = |key: &MeasureKey| {
        (&key.measure, &key.group, &key.subject) == (&own.measure, &own.group, &own.subject)
    };
    let parts = comparisons.all.iter().filter(|c| is_part(&c.key)).flat_map(|c| &c.points);
    hidden(parts.filter(|p| made_of.contains(&p.year)))
}
