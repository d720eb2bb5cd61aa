//! Measures by years, shaded by the place among the peers.

use super::parts::{Part, Parts};
use super::{Made, Maker, words};
use crate::domain::Better;
use crate::exhibit::{Figure, Heat, HeatCell, HeatRow, Table, TableCell};

pub(super) fn make<'a>(maker: &Maker<'a>, parts: &Parts<'a>) -> Result<Made<'a>, String> {
    let shown: Vec<&Part<'a>> = parts.all.iter().filter(|p| !p.whole || parts.all.len() == 1).collect();
    if shown.len() < 2 {
        return Err("fewer than two of its measures have a value".to_owned());
    }
    let years = parts.years(maker.spec.years);
    let rows: Vec<HeatRow> = shown
        .iter()
        .map(|p| HeatRow { label: p.label.clone(), cells: years.iter().map(|y| cell(p, *y)).collect() })
        .collect();
    let mut columns = vec!["Measure".to_owned()];
    columns.extend(years.iter().map(|y| words::year(*y)));
    let row = |p: &&Part<'_>| -> Vec<TableCell> {
        [TableCell::Text(p.label.clone())]
            .into_iter()
            .chain(years.iter().map(|y| words::cell(p, *y)))
            .collect()
    };
    let headline = headline(&shown);
    let alt = format!("Table shaded by place among the peers: {}. {headline}", maker.spec.title);
    Ok(Made {
        figure: Figure::Heat(Heat {
            columns: years.iter().map(|y| words::year(*y)).collect(),
            rows,
            ends: ("less favorable than all peers".to_owned(), "more favorable than all peers".to_owned()),
        }),
        headline,
        table: Table { columns, rows: shown.iter().map(row).collect() },
        rests_on: shown.iter().map(|p| p.comparison).collect(),
        shown: (years.first().copied().unwrap_or(parts.latest), parts.latest),
        notes: words::peers(maker).into_iter().collect(),
        alt,
    })
}

fn cell(part: &Part<'_>, year: i32) -> Option<HeatCell> {
    let value = part.value(year)?;
    Some(HeatCell { text: part.measure.unit.format(value), shade: shade(part, year) })
}

/// −1 below all peers, 1 above all, turned so that positive is good; `None` where no way is better or too few
/// peers have a value.
fn shade(part: &Part<'_>, year: i32) -> Option<f64> {
    let sign = part.measure.better.sign();
    let percentile = part.comparison.standings.iter().find(|s| s.year.end() == year)?.peer_percentile?;
    (sign != 0.0).then_some(sign * (percentile - 50.0) / 50.0)
}

/// Whether the latest value is more favorable than those of more than half of the peers that have one; `None` where no way is
/// better or too few peers have a value.
fn is_better_than_most(part: &Part<'_>) -> Option<bool> {
    let standing = part.comparison.standing()?;
    standing.peer_percentile?;
    match part.measure.better {
        Better::Higher => Some(standing.is_above_most()),
        Better::Lower => Some(standing.is_below_most()),
        Better::Neither => None,
    }
}

/// In how many measures the district stands better than most of its peers, in each one's latest year.
fn headline(parts: &[&Part<'_>]) -> String {
    let judged: Vec<bool> = parts.iter().filter_map(|p| is_better_than_most(p)).collect();
    if judged.is_empty() {
        return "No measure here can be compared with enough peers".to_owned();
    }
    let better = judged.iter().filter(|is_better| **is_better).count();
    let noun = if judged.len() == 1 { "measure" } else { "measures" };
    format!("More favorable than most peers in {better} of {} {noun}, latest year of each", judged.len())
}
