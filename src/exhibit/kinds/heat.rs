//! Measures by year, shaded by the district's place among its peers.

use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan, above};
use super::labels::year_labels;
use super::series::{ExhibitSeries, ExhibitSeriesSet, comparisons_of};
use crate::compare::Standing;
use crate::domain::{Better, SchoolYear};
use crate::exhibit::figure::{Figure, Heat, HeatCell, HeatRow};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::ChartInWords;
use crate::wording::exhibit as words;
use crate::wording::finding_parts;

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let shown: Vec<&ExhibitSeries<'a>> =
        if set.all.len() == 1 { set.all.iter().collect() } else { set.parts() };
    if shown.len() < 2 {
        return Err(words::TOO_FEW_MEASURES.to_owned());
    }
    let years = set.years(context.spec.years);
    let span = YearSpan { first: years.first().copied().unwrap_or(set.latest), last: set.latest };
    let figure = figure(&shown, &years, context.are_peers_alike());
    let is_shaded = !figure.ends.0.is_empty();
    let sub_line = sub_line(context, &shown, span);
    Ok(ExhibitDraft {
        figure: Figure::Heat(figure),
        alt: ChartInWords { title: &context.spec.title, values: &sub_line }.table(),
        findings: above(&sub_line, finding(context, &shown)),
        sub_line,
        table: table(&shown, &years, is_shaded),
        series: comparisons_of(&shown),
        years: span,
        notes: context.peers_note().into_iter().collect(),
    })
}

/// Without a shaded cell, the ends of the shading mean nothing. Peers that are not like the district shade none.
fn figure(shown: &[&ExhibitSeries<'_>], years: &[i32], has_peers: bool) -> Heat {
    let rows: Vec<HeatRow> = shown.iter().map(|series| row(series, years, has_peers)).collect();
    let is_shaded = rows.iter().flat_map(|row| &row.cells).flatten().any(|cell| cell.shade.is_some());
    let ends = if is_shaded { [words::LESS_FAVORABLE, words::MORE_FAVORABLE] } else { [""; 2] };
    Heat { columns: year_labels(years), of_years: true, rows, ends: (ends[0].to_owned(), ends[1].to_owned()) }
}

fn row(series: &ExhibitSeries<'_>, years: &[i32], has_peers: bool) -> HeatRow {
    let cells = years.iter().map(|year| cell(series, *year, has_peers));
    HeatRow { label: series.label.clone(), cells: cells.collect() }
}

fn cell(series: &ExhibitSeries<'_>, year: i32, has_peers: bool) -> Option<HeatCell> {
    let value = series.value(year)?;
    let shade = if has_peers { shade(series, year) } else { None };
    Some(HeatCell { text: series.measure.unit.format(value), shade })
}

/// −1 below all peers, 1 above all, with the sign chosen so that positive is favorable; `None` where neither direction is
/// better or too few peers have a value.
fn shade(series: &ExhibitSeries<'_>, year: i32) -> Option<f64> {
    let sign = series.measure.better.sign();
    let percentile = series.standing(year)?.peer_percentile?;
    (sign != 0.0).then_some(sign * (percentile - 50.0) / 50.0)
}

/// The values, and if the chart is shaded, what the shading of the latest year says, in words.
fn table(shown: &[&ExhibitSeries<'_>], years: &[i32], is_shaded: bool) -> Table {
    let mut columns = vec![words::MEASURE.to_owned()];
    columns.extend(year_labels(years));
    columns.extend(is_shaded.then(|| words::LATEST_AGAINST_PEERS.to_owned()));
    Table { columns, rows: shown.iter().map(|series| table_row(series, years, is_shaded)).collect() }
}

fn table_row(series: &ExhibitSeries<'_>, years: &[i32], is_shaded: bool) -> Vec<ExhibitCell> {
    let mut row = vec![ExhibitCell::Text(series.label.clone())];
    row.extend(years.iter().map(|year| series.cell(*year)));
    row.extend(is_shaded.then(|| ExhibitCell::Text(against_peers(series).to_owned())));
    row
}

/// How the latest value is among those of similar districts, in words.
fn against_peers(series: &ExhibitSeries<'_>) -> &'static str {
    let latest = series.latest_year().and_then(|year| series.standing(year));
    let Some(standing) = latest.filter(|standing| standing.peer_percentile.is_some()) else {
        return words::NOT_COMPARED;
    };
    match series.measure.better {
        Better::Neither => words::NOT_COMPARED,
        _ if is_about_the_same(series, standing) => words::LIKE_MOST,
        Better::Higher if standing.is_above_most() => words::BETTER_THAN_MOST,
        Better::Lower if standing.is_below_most() => words::BETTER_THAN_MOST,
        Better::Higher if standing.is_below_most() => words::WORSE_THAN_MOST,
        Better::Lower if standing.is_above_most() => words::WORSE_THAN_MOST,
        Better::Higher | Better::Lower => words::LIKE_MOST,
    }
}

/// In how many measures the district is better than most of its peers, each in its latest year; `None` if its peers are not
/// like it.
fn finding(context: &ExhibitContext<'_>, shown: &[&ExhibitSeries<'_>]) -> Option<String> {
    let judged: Vec<bool> = shown.iter().filter_map(|series| is_better_than_most(series)).collect();
    let better = judged.iter().filter(|is_better| **is_better).count();
    let can_say = !judged.is_empty() && context.are_peers_alike();
    can_say.then(|| finding_parts::better_than_most(better, judged.len()))
}

fn sub_line(context: &ExhibitContext<'_>, shown: &[&ExhibitSeries<'_>], span: YearSpan) -> String {
    let [Ok(first), Ok(last)] = [span.first, span.last].map(SchoolYear::ending) else { return String::new() };
    finding_parts::measures_in_years(shown.len(), first, last, context.are_peers_alike())
}

/// Whether the difference from the median of the peers does not matter.
fn is_about_the_same(series: &ExhibitSeries<'_>, standing: &Standing) -> bool {
    let value = series.latest_year().and_then(|year| series.value(year));
    value.zip(standing.peer_median).is_some_and(|(value, median)| series.measure.is_about(value, median))
}

/// Whether the latest value is more favorable than those of more than half of the peers that have a value, and the difference
/// from their median matters; `None` if neither direction is better or too few peers have a value.
fn is_better_than_most(series: &ExhibitSeries<'_>) -> Option<bool> {
    let standing = series.comparison.standing()?;
    standing.peer_percentile?;
    match series.measure.better {
        Better::Higher | Better::Lower if is_about_the_same(series, standing) => Some(false),
        Better::Higher => Some(standing.is_above_most()),
        Better::Lower => Some(standing.is_below_most()),
        Better::Neither => None,
    }
}
