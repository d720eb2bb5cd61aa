//! A bar for each part, with the peers' median marked, in the latest year.

use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use super::labels::year_label;
use super::series::{ExhibitSeries, ExhibitSeriesSet, SeriesValue, comparisons_of, values_in};
use crate::domain::Unit;
use crate::exhibit::figure::{BarRow, Bars, Figure};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::exhibit::{self as words, LabeledValue};

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let (year, unit) = (set.latest, set.first().measure.unit);
    let shown: Vec<&ExhibitSeries<'a>> =
        set.all.iter().filter(|series| series.measure.unit == unit && !is_total(series)).collect();
    let values = values_in(&shown, year);
    if values.len() < 2 {
        return Err(words::TOO_FEW_PARTS_IN_LATEST_YEAR.to_owned());
    }
    let figure = figure(&shown, unit, year);
    let title = &context.spec.title;
    let headline = headline(title, &values, &year_label(year));
    Ok(ExhibitDraft {
        table: table(&figure, title, year),
        alt: words::bar_alt(title, &year_label(year), &headline),
        headline,
        series: comparisons_of(&shown),
        years: YearSpan::single(year),
        notes: context.peers_note().filter(|_| figure.mark.is_some()).into_iter().collect(),
        figure: Figure::Bars(figure),
    })
}

/// Whether a series is the total of the other counts, which would dwarf them.
fn is_total(series: &ExhibitSeries<'_>) -> bool {
    series.is_whole && series.measure.change_is_percent
}

fn figure(shown: &[&ExhibitSeries<'_>], unit: Unit, year: i32) -> Bars {
    let rows: Vec<BarRow> = shown.iter().map(|series| bar(series, year)).collect();
    let is_marked = rows.iter().any(|row| row.mark.is_some());
    Bars { unit, rows, mark: is_marked.then(|| words::PEER_MEDIAN.to_owned()) }
}

fn bar(series: &ExhibitSeries<'_>, year: i32) -> BarRow {
    let value = series.value(year);
    BarRow {
        label: series.label.clone(),
        value,
        absent: value.is_none().then(|| series.absence(year)),
        mark: series.standing(year).and_then(|standing| standing.peer_median),
    }
}

fn table(figure: &Bars, title: &str, year: i32) -> Table {
    Table {
        columns: vec![title.to_owned(), year_label(year), words::PEER_MEDIAN.to_owned()],
        rows: figure.rows.iter().map(|row| table_row(row, figure.unit)).collect(),
    }
}

fn table_row(row: &BarRow, unit: Unit) -> Vec<ExhibitCell> {
    let reason = row.absent.as_deref().unwrap_or(words::NOT_PUBLISHED);
    vec![
        ExhibitCell::Text(row.label.clone()),
        ExhibitCell::number_or_absent(row.value, unit, || reason.to_owned()),
        ExhibitCell::number_or_absent(row.mark, unit, || words::TOO_FEW_PEERS.to_owned()),
    ]
}

/// From the lowest to the highest.
fn headline(title: &str, values: &[SeriesValue<'_, '_>], year: &str) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.value.total_cmp(&b.value).then_with(|| a.series.label.cmp(&b.series.label)));
    match sorted.as_slice() {
        [low, .., high] if low.value == high.value => words::equal_parts(title, year, &low.text()),
        [low, .., high] => words::range_of_parts(title, year, &labeled(low), &labeled(high)),
        _ => String::new(),
    }
}

/// The value with the label of its part.
fn labeled<'s>(value: &SeriesValue<'s, '_>) -> LabeledValue<'s> {
    LabeledValue { label: &value.series.label, value: value.text() }
}
