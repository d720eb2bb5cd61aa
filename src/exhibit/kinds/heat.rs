//! Measures by year, shaded by the district's place among its peers.

use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan, above};
use super::labels::year_labels;
use super::series::{ExhibitSeries, ExhibitSeriesSet, comparisons_of};
use crate::domain::{Better, SchoolYear, Unit};
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
    let shading = is_shaded.then(|| words::ONLY_WHAT_MATTERS_IS_SHADED.to_owned());
    Ok(ExhibitDraft {
        figure: Figure::Heat(figure),
        alt: ChartInWords { title: &context.spec.title, values: &sub_line }.table(),
        findings: above(&sub_line, finding(context, &shown)),
        sub_line,
        table: table(&shown, &years, is_shaded),
        series: comparisons_of(&shown),
        years: span,
        notes: context.peers_note().into_iter().chain(shading).collect(),
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
    HeatRow { label: label(series), cells: cells.collect() }
}

/// The name of a measure. That of years says so, since its cells have no room for the word.
fn label(series: &ExhibitSeries<'_>) -> String {
    match series.measure.unit {
        Unit::Years => words::in_years(&series.label),
        _ => series.label.clone(),
    }
}

fn cell(series: &ExhibitSeries<'_>, year: i32, has_peers: bool) -> Option<HeatCell> {
    let value = series.value(year)?;
    let shade = if has_peers { shade(series, year) } else { None };
    let unit = series.measure.unit;
    let text = if unit == Unit::Years { Unit::Ratio.format(value) } else { unit.format(value) };
    Some(HeatCell { text, shade })
}

/// How a value is among those of similar districts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AmongPeers {
    /// Worse than those of more than half of the peers, by a difference from their median that matters.
    Worse,
    /// Neither.
    Like,
    /// Better, likewise.
    Better,
}

impl AmongPeers {
    /// The place in a year; `None` where neither direction is better or too few peers have a value.
    fn of(series: &ExhibitSeries<'_>, year: i32) -> Option<Self> {
        let (value, standing) = (series.value(year)?, series.standing(year)?);
        standing.peer_percentile?;
        let median = standing.peer_median;
        match series.measure.better {
            Better::Neither => None,
            _ if median.is_some_and(|median| series.measure.is_about(value, median)) => Some(Self::Like),
            Better::Higher if standing.is_above_most() => Some(Self::Better),
            Better::Lower if standing.is_below_most() => Some(Self::Better),
            Better::Higher if standing.is_below_most() => Some(Self::Worse),
            Better::Lower if standing.is_above_most() => Some(Self::Worse),
            Better::Higher | Better::Lower => Some(Self::Like),
        }
    }

    fn latest(series: &ExhibitSeries<'_>) -> Option<Self> {
        Self::of(series, series.latest_year()?)
    }
}

/// From −1 (worse than all peers) to 1 (better than all). What is like most peers has no shade, and all else is marked, so that the
/// marks agree with the sentence above them. `None` where neither direction is better or too few peers have a value.
fn shade(series: &ExhibitSeries<'_>, year: i32) -> Option<f64> {
    let from_middle = (series.standing(year)?.peer_percentile? - 50.0).abs() / 50.0;
    let strength = HeatCell::MARKED + (1.0 - HeatCell::MARKED) * from_middle;
    Some(match AmongPeers::of(series, year)? {
        AmongPeers::Worse => -strength,
        AmongPeers::Like => 0.0,
        AmongPeers::Better => strength,
    })
}

/// The values, and if the chart is shaded, what the shading of the latest year says, in words.
fn table(shown: &[&ExhibitSeries<'_>], years: &[i32], is_shaded: bool) -> Table {
    let mut columns = vec![words::MEASURE.to_owned()];
    columns.extend(year_labels(years));
    columns.extend(is_shaded.then(|| words::LATEST_AGAINST_PEERS.to_owned()));
    Table { columns, rows: shown.iter().map(|series| table_row(series, years, is_shaded)).collect() }
}

fn table_row(series: &ExhibitSeries<'_>, years: &[i32], is_shaded: bool) -> Vec<ExhibitCell> {
    let mut row = vec![ExhibitCell::Text(label(series))];
    row.extend(years.iter().map(|year| series.cell(*year)));
    row.extend(is_shaded.then(|| ExhibitCell::Text(against_peers(series).to_owned())));
    row
}

/// How the latest value is among those of similar districts, in words.
fn against_peers(series: &ExhibitSeries<'_>) -> &'static str {
    match AmongPeers::latest(series) {
        None => words::NOT_COMPARED,
        Some(AmongPeers::Worse) => words::WORSE_THAN_MOST,
        Some(AmongPeers::Like) => words::LIKE_MOST,
        Some(AmongPeers::Better) => words::BETTER_THAN_MOST,
    }
}

/// In how many measures the district is better, and worse, than most of its peers, each in its latest year; `None` if its peers are
/// not like it.
fn finding(context: &ExhibitContext<'_>, shown: &[&ExhibitSeries<'_>]) -> Option<String> {
    let places: Vec<AmongPeers> = shown.iter().filter_map(|series| AmongPeers::latest(series)).collect();
    let [better, worse] = [AmongPeers::Better, AmongPeers::Worse]
        .map(|side| places.iter().filter(|place| **place == side).count());
    let can_say = !places.is_empty() && context.are_peers_alike();
    can_say.then(|| finding_parts::against_most(better, worse, places.len()))
}

fn sub_line(context: &ExhibitContext<'_>, shown: &[&ExhibitSeries<'_>], span: YearSpan) -> String {
    let [Ok(first), Ok(last)] = [span.first, span.last].map(SchoolYear::ending) else { return String::new() };
    let compared = shown.iter().filter(|series| AmongPeers::latest(series).is_some()).count();
    let compared = if context.are_peers_alike() { compared } else { 0 };
    finding_parts::measures_in_years(shown.len(), first, last, compared)
}
