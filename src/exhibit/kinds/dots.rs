//! The district among its peers in the latest year.

use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use super::series::{ExhibitSeries, ExhibitSeriesSet};
use crate::exhibit::figure::{DotRow, Dots, Figure};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::finding::ShownSeries;
use crate::wording::alt::{ChartInWords, among_others, with_range};
use crate::wording::exhibit as words;

/// The smallest number of peers for which the chart is drawn.
const LEAST_PEERS: usize = 5;

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let series = set
        .all
        .iter()
        .find(|series| series.comparison.peer_values.len() >= LEAST_PEERS)
        .ok_or(words::TOO_FEW_PEERS_HAVE_VALUE)?;
    let latest = series.comparison.latest().ok_or(words::NO_VALUE)?;
    let value = series.value(latest.year.end()).ok_or_else(|| series.absence(latest.year.end()))?;
    let figure = figure(context, series, value);
    let label = words::measure_in(&series.measure.label, latest.year);
    let values = series.drawn(&[latest.year.end()]);
    let shown = ShownSeries {
        comparison: series.comparison,
        measure: series.measure,
        catalog: context.catalog,
        values: &values,
        is_after_inflation: false,
        has_peers: context.are_peers_alike(),
        has_state: false,
        all_districts: context.comparisons.all_districts,
        is_named: context.spec.is_panel,
    };
    Ok(ExhibitDraft {
        table: table(&figure, label),
        alt: in_words(context, &shown.sub_line(), &figure),
        figure: Figure::Dots(figure),
        findings: shown.findings(),
        sub_line: shown.sub_line(),
        series: vec![series.comparison],
        years: YearSpan::single(latest.year.end()),
        notes: context.peers_note().into_iter().collect(),
    })
}

fn figure(context: &ExhibitContext<'_>, series: &ExhibitSeries<'_>, value: f64) -> Dots {
    let mut rows = peer_dots(context, series);
    rows.push(DotRow { label: context.district(), value, chosen: true });
    rows.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.label.cmp(&b.label)));
    let median = series.comparison.standing().and_then(|standing| standing.peer_median);
    Dots {
        unit: series.measure.unit,
        rows,
        median: median.map(|median| (words::PEER_MEDIAN.to_owned(), median)),
        range: None,
    }
}

/// The district's value, and the range of its peers.
fn in_words(context: &ExhibitContext<'_>, own: &str, figure: &Dots) -> String {
    let title = &context.spec.title;
    // Rows are sorted from the highest value on.
    let peers: Vec<&DotRow> = figure.rows.iter().filter(|row| !row.chosen).collect();
    let [high, .., low] = peers.as_slice() else { return ChartInWords { title, values: own }.dots() };
    let [low, high] = [low, high].map(|peer| figure.unit.format(peer.value));
    let among = if context.are_peers_alike() { with_range } else { among_others };
    ChartInWords { title, values: &among(own, &low, &high) }.dots()
}

fn peer_dots(context: &ExhibitContext<'_>, series: &ExhibitSeries<'_>) -> Vec<DotRow> {
    let peers = &context.comparisons.peers.peers;
    let mut rows = Vec::new();
    for (index, value) in &series.comparison.peer_values {
        if let Some(peer) = peers.get(*index) {
            rows.push(DotRow {
                label: context.short_name(&peer.district.name),
                value: *value,
                chosen: false,
            });
        }
    }
    rows
}

fn table(figure: &Dots, label: String) -> Table {
    let mut rows = Vec::new();
    for row in &figure.rows {
        rows.push(vec![ExhibitCell::Text(row.label.clone()), ExhibitCell::Number(row.value, figure.unit)]);
    }
    if let Some((name, median)) = &figure.median {
        rows.push(vec![ExhibitCell::Text(name.clone()), ExhibitCell::Number(*median, figure.unit)]);
    }
    Table { columns: vec![words::DISTRICT.to_owned(), label], rows }
}
