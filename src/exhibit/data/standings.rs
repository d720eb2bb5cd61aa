//! Where the district stands among its peers, in the state and beside districts with similar students.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsError};

use super::{Filling, KEY, Value, key_columns, number, rate_interval, text, year};
use crate::catalog::Catalog;
use crate::compare::{Comparison, Comparisons, Point, Standing};
use crate::disclosure::Released;
use crate::domain::{Status, Unit};

const STANDINGS: [&str; 29] = [
    "school_year",
    "value",
    "status",
    "n",
    "value_low",
    "value_high",
    "peer_n",
    "peers_without_value",
    "peers_hidden",
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

const METHOD: &str = "interval of the value: Wilson, 95 %; quantiles type 7; percentile mid-rank; funnel: Spiegelhalter; \
                      expected: Huber regression";

/// Where the district stands, a row for each year that it has a value in, or a hidden one. What is told of the latest year
/// alone (tests, the expected value, the districts around) is empty in the others.
pub(super) fn standings(
    released: &Released,
    comparisons: &Comparisons,
    catalog: &Catalog,
) -> Result<DataFrame, PolarsError> {
    let mut filling = Filling::default();
    for comparison in &comparisons.all {
        let hidden = hidden_peers(released, comparisons, comparison)?;
        let unit = catalog.measures.get(&comparison.key.measure).map(|m| m.unit);
        for point in &comparison.points {
            let standing = comparison.standings.iter().find(|s| s.year == point.year);
            if standing.is_none() && !matches!(point.status, Status::Masked | Status::Withheld) {
                continue;
            }
            let hidden = standing.map(|s| hidden.get(&s.year.end()).copied().unwrap_or_default());
            let mut cells = key_columns(&comparison.key);
            cells.extend(own(point, unit));
            cells.extend(among_peers(comparisons, standing, hidden));
            cells.extend(in_state(comparison, point, standing));
            cells.push(("method", text(METHOD)));
            filling.push(cells);
        }
    }
    filling.finish(&[&KEY, &STANDINGS])
}

type Cells = Vec<(&'static str, Value)>;

fn own(point: &Point, unit: Option<Unit>) -> Cells {
    let interval = point.value.zip(point.n).zip(unit).and_then(|((v, n), unit)| rate_interval(v, n, unit));
    vec![
        ("school_year", year(point.year)),
        ("value", number(point.value)),
        ("status", text(point.status.id())),
        ("n", number(point.n)),
        ("value_low", number(interval.map(|i| i.0))),
        ("value_high", number(interval.map(|i| i.1))),
    ]
}

fn among_peers(comparisons: &Comparisons, standing: Option<&Standing>, hidden: Option<usize>) -> Cells {
    let peers = comparisons.peers.peers.len();
    let count = |n: Option<usize>| number(n.map(|n| n as f64));
    let clear = |s: &Standing| text(if s.peer_clear { "yes" } else { "no" });
    vec![
        ("peer_n", count(standing.map(|s| s.peer_n))),
        ("peers_without_value", count(standing.map(|s| peers - s.peer_n))),
        ("peers_hidden", count(hidden)),
        ("peer_median", number(standing.and_then(|s| s.peer_median))),
        ("peer_p25", number(standing.and_then(|s| s.peer_p25))),
        ("peer_p75", number(standing.and_then(|s| s.peer_p75))),
        ("peer_percentile", number(standing.and_then(|s| s.peer_percentile))),
        ("peer_clear", standing.map_or(Value::NoText, clear)),
    ]
}

fn in_state(comparison: &Comparison, point: &Point, standing: Option<&Standing>) -> Cells {
    let latest = Some(comparison).filter(|c| c.latest().is_some_and(|p| p.year == point.year));
    let level = latest.and_then(|c| c.tests.level);
    let expected = latest.and_then(|c| c.expected.as_ref());
    let around = latest.and_then(|c| c.around);
    vec![
        ("p_value", number(level.map(|t| t.p))),
        ("p_adjusted", number(level.map(|t| t.adjusted))),
        ("state_n", number(standing.map(|s| s.state_n as f64))),
        ("state_median", number(standing.and_then(|s| s.state_median))),
        ("state_percentile", number(standing.and_then(|s| s.state_percentile))),
        ("state_funnel_z", number(standing.and_then(|s| s.state_funnel))),
        ("around_n", number(around.map(|a| a.0 as f64))),
        ("around_median", number(around.map(|a| a.1))),
        ("expected_matched_in", number(expected.map(|e| f64::from(e.matched_in.end())))),
        ("expected", number(expected.map(|e| e.value))),
        ("expected_distance", number(expected.map(|e| e.distance))),
        ("expected_scale", number(expected.map(|e| e.scale))),
        ("expected_n", number(expected.map(|e| e.n as f64))),
        ("expected_r_squared", number(expected.map(|e| e.r_squared))),
    ]
}

/// How many peers' values are masked or withheld, by year.
fn hidden_peers(
    released: &Released,
    comparisons: &Comparisons,
    comparison: &Comparison,
) -> Result<BTreeMap<i32, usize>, PolarsError> {
    let view = released.view()?;
    let mut hidden = BTreeMap::new();
    let Some(run) = released.run(&comparison.key) else { return Ok(hidden) };
    for peer in &comparisons.peers.peers {
        for row in view.rows(view.of_district(run, peer.code)) {
            if matches!(row.status, Status::Masked | Status::Withheld) {
                *hidden.entry(row.year).or_default() += 1;
            }
        }
    }
    Ok(hidden)
}
