//! Lines over the years: one series with its peers and the state, or the parts of a split.

use super::change::PartChanges;
use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use super::labels::year_label;
use super::series::{ExhibitSeries, ExhibitSeriesSet, comparisons_of};
use crate::catalog::Split;
use crate::compare::Standing;
use crate::exhibit::figure::{Band, Figure, Line, LineRole, LineSeries};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::finding;
use crate::wording::chart_note::PEER_BAND;
use crate::wording::exhibit::{self as words, ChartInWords};

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    if context.spec.split == Split::None {
        return draft_with_peers(context, set.first());
    }
    let years = set.years(context.spec.years);
    let span = span_of(&years)?;
    let shown: Vec<&ExhibitSeries<'a>> = set.all.iter().collect();
    let changes = PartChanges::new(&shown, &years, set.latest).ok_or(words::NOTHING_COMPARABLE)?;
    let headline = changes.headline(&context.spec.title);
    let line = lines_of_parts(&shown, &years);
    Ok(ExhibitDraft {
        table: table(&line, set.first()),
        figure: Figure::Line(line),
        alt: alt(context, span, &headline),
        headline,
        series: comparisons_of(&shown),
        years: span,
        notes: Vec::new(),
    })
}

/// One series with its peers and the state.
fn draft_with_peers<'a>(
    context: &ExhibitContext<'a>,
    series: &ExhibitSeries<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let years = years_of(series, context.spec.years);
    let span = span_of(&years)?;
    let headline = finding::headline(series.comparison, series.measure, context.catalog);
    let line = line_with_peers(context.district(), series, &years);
    Ok(ExhibitDraft {
        table: table(&line, series),
        notes: band_notes(context, &line),
        figure: Figure::Line(line),
        alt: alt(context, span, &headline),
        headline,
        series: vec![series.comparison],
        years: span,
    })
}

/// The years of a series: at most `most`, up to and including its latest.
pub(super) fn years_of(series: &ExhibitSeries<'_>, most: usize) -> Vec<i32> {
    let latest = series.comparison.latest().map_or(0, |point| point.year.end());
    let first = series.comparison.reported().next().map_or(latest, |(year, _)| year.end());
    (first.max(latest + 1 - most as i32)..=latest).collect()
}

fn span_of(years: &[i32]) -> Result<YearSpan, String> {
    match years {
        [first, .., last] => Ok(YearSpan { first: *first, last: *last }),
        _ => Err(words::ONE_YEAR.to_owned()),
    }
}

fn alt(context: &ExhibitContext<'_>, years: YearSpan, headline: &str) -> String {
    words::line_alt(&ChartInWords {
        title: &context.spec.title,
        first: &year_label(years.first),
        last: &year_label(years.last),
        headline,
    })
}

/// Who the peers are, if their band is shown.
fn band_notes(context: &ExhibitContext<'_>, line: &Line) -> Vec<String> {
    if line.band.is_none() {
        return Vec::new();
    }
    context.peers_note().into_iter().chain([PEER_BAND.to_owned()]).collect()
}

fn line_with_peers(district: &str, series: &ExhibitSeries<'_>, years: &[i32]) -> Line {
    let mut lines = vec![LineSeries {
        label: district.to_owned(),
        role: LineRole::District,
        values: series.values(years),
    }];
    let peers = standing_values(series, years, |standing| standing.peer_median);
    lines.extend(line_with_values(words::PEER_MEDIAN, LineRole::PeerMedian, peers));
    if !is_of_size(series) {
        let state = standing_values(series, years, |standing| standing.state_median);
        lines.extend(line_with_values(words::STATE_MEDIAN, LineRole::State, state));
    }
    Line {
        unit: series.measure.unit,
        years: years.to_vec(),
        series: lines,
        band: peer_band(series, years),
        breaks: breaks(series, years),
    }
}

/// A number from the district's standing, for each of the years.
fn standing_values(
    series: &ExhibitSeries<'_>,
    years: &[i32],
    value: fn(&Standing) -> Option<f64>,
) -> Vec<Option<f64>> {
    years.iter().map(|year| series.standing(*year).and_then(value)).collect()
}

/// A line; `None` where it has no value.
fn line_with_values(label: &str, role: LineRole, values: Vec<Option<f64>>) -> Option<LineSeries> {
    let has_value = values.iter().any(Option::is_some);
    has_value.then(|| LineSeries { label: label.to_owned(), role, values })
}

/// Whether the measure is a district's size, in which case the state's median says nothing about the
/// district.
fn is_of_size(series: &ExhibitSeries<'_>) -> bool {
    series.measure.change_is_percent
}

/// The middle half of the peers; `None` if no year has enough of them.
fn peer_band(series: &ExhibitSeries<'_>, years: &[i32]) -> Option<Band> {
    let values: Vec<Option<(f64, f64)>> =
        years.iter().map(|year| peer_quartiles(series.standing(*year)?)).collect();
    let has_value = values.iter().any(Option::is_some);
    has_value.then(|| Band { label: words::PEER_BAND.to_owned(), values })
}

fn peer_quartiles(standing: &Standing) -> Option<(f64, f64)> {
    Some((standing.peer_p25?, standing.peer_p75?))
}

fn lines_of_parts(shown: &[&ExhibitSeries<'_>], years: &[i32]) -> Line {
    Line {
        unit: shown[0].measure.unit,
        years: years.to_vec(),
        series: shown.iter().map(|part| line_of_part(part, years)).collect(),
        band: None,
        breaks: breaks(shown[0], years),
    }
}

fn line_of_part(part: &ExhibitSeries<'_>, years: &[i32]) -> LineSeries {
    LineSeries {
        label: part.label.clone(),
        role: if part.is_whole { LineRole::District } else { LineRole::Part },
        values: part.values(years),
    }
}

/// The breaks of a series among the years shown, with their reasons.
pub(super) fn breaks(series: &ExhibitSeries<'_>, years: &[i32]) -> Vec<(i32, String)> {
    let Some(first) = years.first() else { return Vec::new() };
    let breaks = series.comparison.breaks.iter();
    let inside = breaks.filter(|b| *first < b.year && years.contains(&b.year));
    inside.map(|b| (b.year, b.why.clone())).collect()
}

fn table(line: &Line, series: &ExhibitSeries<'_>) -> Table {
    let mut columns = vec![words::SCHOOL_YEAR.to_owned()];
    columns.extend(line.series.iter().map(|shown| shown.label.clone()));
    if line.band.is_some() {
        columns.extend([words::LOWER_QUARTILE.to_owned(), words::UPPER_QUARTILE.to_owned()]);
    }
    let rows = line.years.iter().enumerate().map(|(index, year)| table_row(line, series, index, *year));
    Table { columns, rows: rows.collect() }
}

/// The row of the year at `index`.
fn table_row(line: &Line, series: &ExhibitSeries<'_>, index: usize, year: i32) -> Vec<ExhibitCell> {
    let mut row = vec![ExhibitCell::Text(year_label(year))];
    row.extend(line.series.iter().map(|shown| series.cell_of(shown.values[index], year)));
    if let Some(band) = &line.band {
        let (low, high) = band.values[index].unzip();
        row.extend([series.cell_of(low, year), series.cell_of(high, year)]);
    }
    row
}
