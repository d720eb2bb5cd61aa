//! The first and the last year of each part, joined by a line; the first year is the earliest that is
//! comparable with the last.

use super::change::PartChanges;
use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use super::series::{ExhibitSeries, ExhibitSeriesSet, comparisons_of};
use crate::domain::{SchoolYear, Unit};
use crate::exhibit::figure::{Figure, SlopeChart, SlopeRow};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::{ChartInWords, more_lines, part_from_to, with_values};
use crate::wording::exhibit as words;
use crate::wording::listing::plus_or_minus;

/// How many lines are described for readers who cannot see them.
const LINES_IN_WORDS: usize = 3;

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let years = compared_years(context, set).ok_or(words::TOO_FEW_PARTS_IN_TWO_YEARS)?;
    let shown = series_with_both(set, years);
    let changes = PartChanges::new(&shown, &[years.first], years.last).ok_or(words::NOTHING_COMPARABLE)?;
    let title = &context.spec.title;
    let (findings, sub_line) = (changes.findings(context, set), changes.sub_line());
    let figure = figure(&shown, years);
    Ok(ExhibitDraft {
        series: comparisons_of(&shown),
        years,
        table: table(&figure, title),
        alt: in_words(title, &figure),
        figure: Figure::Slope(figure),
        findings,
        sub_line,
        notes: Vec::new(),
    })
}

/// The ends of the first lines.
fn in_words(title: &str, figure: &SlopeChart) -> String {
    let mut lines = Vec::new();
    for row in figure.rows.iter().take(LINES_IN_WORDS) {
        let [from, to] = [row.from, row.to].map(|value| figure.unit.format(value));
        lines.push(part_from_to(&row.label, &from, &to));
    }
    lines.extend(more_lines(figure.rows.len(), LINES_IN_WORDS));
    let years = words::from_to(&figure.from, &figure.to);
    ChartInWords { title, values: &with_values(&years, &lines) }.slope()
}

/// The latest year, and the earliest one in which enough of the series have a value that is comparable with
/// it.
fn compared_years(context: &ExhibitContext<'_>, set: &ExhibitSeriesSet<'_>) -> Option<YearSpan> {
    let enough = set.all.len().div_ceil(2).max(2);
    let candidates = set.years(context.spec.years).into_iter().filter(|year| *year < set.latest);
    let mut spans = candidates.map(|first| YearSpan { first, last: set.latest });
    spans.find(|span| series_with_both(set, *span).len() >= enough)
}

/// The series with comparable values in both years.
fn series_with_both<'s, 'a>(set: &'s ExhibitSeriesSet<'a>, years: YearSpan) -> Vec<&'s ExhibitSeries<'a>> {
    set.all.iter().filter(|series| has_both(series, years)).collect()
}

fn has_both(series: &ExhibitSeries<'_>, years: YearSpan) -> bool {
    series.value(years.first).is_some()
        && series.value(years.last).is_some()
        && series.is_comparable(years.first, years.last)
}

fn figure(shown: &[&ExhibitSeries<'_>], years: YearSpan) -> SlopeChart {
    SlopeChart {
        unit: shown[0].measure.unit,
        from: SchoolYear::text_of(years.first),
        to: SchoolYear::text_of(years.last),
        rows: shown.iter().filter_map(|series| row(series, years)).collect(),
    }
}

fn row(series: &ExhibitSeries<'_>, years: YearSpan) -> Option<SlopeRow> {
    Some(SlopeRow {
        label: series.label.clone(),
        from: series.value(years.first)?,
        to: series.value(years.last)?,
        strong: series.is_whole,
    })
}

fn table(figure: &SlopeChart, title: &str) -> Table {
    Table {
        columns: vec![title.to_owned(), figure.from.clone(), figure.to.clone(), words::CHANGE.to_owned()],
        rows: figure.rows.iter().map(|row| table_row(row, figure.unit)).collect(),
    }
}

fn table_row(row: &SlopeRow, unit: Unit) -> Vec<ExhibitCell> {
    vec![
        ExhibitCell::Text(row.label.clone()),
        ExhibitCell::Number(row.from, unit),
        ExhibitCell::Number(row.to, unit),
        ExhibitCell::Text(plus_or_minus(unit, row.to - row.from)),
    ]
}
